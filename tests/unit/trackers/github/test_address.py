"""Where GitHub is, and what is the page of an issue there."""

import pytest

from tracksync.errors import ConfigError
from tracksync.trackers.github.address import Address, address

ADDRESSES = {
    "": ("https://github.com", "https://api.github.com", "github.com"),
    "https://github.com/": ("https://github.com", "https://api.github.com", "github.com"),
    "https://GitHub.com": ("https://github.com", "https://api.github.com", "github.com"),
    "https://acme.ghe.com": ("https://acme.ghe.com", "https://api.acme.ghe.com", "acme.ghe.com"),
    "https://git.acme.org": ("https://git.acme.org", "https://git.acme.org/api/v3", "git.acme.org"),
    "https://git.acme.org:8443": ("https://git.acme.org:8443", "https://git.acme.org:8443/api/v3", "git.acme.org:8443"),
    "https://git.acme.org:443": ("https://git.acme.org", "https://git.acme.org/api/v3", "git.acme.org"),
    "https://notghe.com": ("https://notghe.com", "https://notghe.com/api/v3", "notghe.com"),
    "http://127.0.0.1:8080": ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v3", "127.0.0.1:8080"),
}


@pytest.mark.parametrize("base_url", ADDRESSES)
def test_a_server_has_its_pages_its_interface_and_its_name(base_url):
    assert ADDRESSES[base_url] == tuple(address(base_url))


@pytest.mark.parametrize(
    ("base_url", "graphql"),
    [
        ("", "https://api.github.com/graphql"),
        ("https://acme.ghe.com", "https://api.acme.ghe.com/graphql"),
        ("https://git.acme.org", "https://git.acme.org/api/graphql"),
    ],
)
def test_graphql_has_an_address_of_its_own(base_url, graphql):
    assert graphql == address(base_url).graphql


def test_a_version_is_asked_for_only_where_it_is_known():
    known = ["", "https://acme.ghe.com", "https://git.acme.org"]
    assert ["2022-11-28", "2022-11-28", None] == [address(one).version for one in known]


@pytest.mark.parametrize(
    ("base_url", "said"),
    [
        ("https://user:secret@github.com", "no name and no password"),
        ("https://github.com/acme", "the address of a server"),
        ("https://git.acme.org/api/v3", "the address of a server"),
        ("https://git.acme.org?x=1", "the address of a server"),
        ("https://", "the address of a server"),
        ("git.acme.org", "the address of a server"),
        ("http://git.acme.org", "must begin with https://"),
        ("ftp://git.acme.org", "must begin with https://"),
        ("https://git.acme.org:port", "the address of a server"),
        ("https://[git", "the address of a server"),
    ],
)
def test_what_is_no_address_is_refused_and_never_quoted(base_url, said):
    with pytest.raises(ConfigError, match=said) as raised:
        address(base_url)
    assert "secret" not in f"{raised.value}{raised.value.hint}"


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://github.com/acme/web/issues/12", ("acme/web", 12)),
        ("https://github.com/acme/web/issues/12/", ("acme/web", 12)),
        ("https://github.com/acme/web/issues/12#issuecomment-1", ("acme/web", 12)),
        ("https://github.com/acme/web/issues/12?x=y", ("acme/web", 12)),
        ("https://GITHUB.com/acme/web/issues/12", ("acme/web", 12)),
        ("https://github.com/acme/web/pull/12", None),
        ("https://github.com/acme/web/issues/0", None),
        ("https://github.com/acme/web/issues/12345678901", None),
        ("https://github.com/acme/issues/12", None),
        ("http://github.com/acme/web/issues/12", None),
        ("https://github.com.evil.com/acme/web/issues/12", None),
        ("https://github.com@evil.com/acme/web/issues/12", None),
        ("https://[github.com/acme/web/issues/12", None),
    ],
)
def test_the_page_of_an_issue_is_known_by_its_address(url, named):
    assert named == address().number_of(url)


def test_an_issue_has_a_page():
    assert "https://github.com/acme/web/issues/12" == address().issue("acme/web", 12)
    assert ("acme/web", 12) == Address("https://github.com", "http://127.0.0.1", "github.com").number_of(
        "https://github.com/acme/web/issues/12"
    )
