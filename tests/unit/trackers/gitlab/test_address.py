"""Where GitLab is, also below a path, and what is the page of an issue there."""

import pytest

from tracksync.errors import ConfigError
from tracksync.trackers.gitlab.address import address, project_path

ADDRESSES = {
    "": ("https://gitlab.com", "gitlab.com"),
    "https://gitlab.com/": ("https://gitlab.com", "gitlab.com"),
    "https://GitLab.example.com": ("https://gitlab.example.com", "gitlab.example.com"),
    "https://git.acme.org/gitlab": ("https://git.acme.org/gitlab", "git.acme.org"),
    "https://git.acme.org/Git/Lab/": ("https://git.acme.org/Git/Lab", "git.acme.org"),
    "https://git.acme.org:8443/gitlab": ("https://git.acme.org:8443/gitlab", "git.acme.org:8443"),
    "https://git.acme.org:443": ("https://git.acme.org", "git.acme.org"),
    "http://127.0.0.1:8080": ("http://127.0.0.1:8080", "127.0.0.1:8080"),
    "http://localhost:443": ("http://localhost", "localhost"),
}


@pytest.mark.parametrize("base_url", [one for one in ADDRESSES if "localhost" not in one])
def test_a_server_has_its_pages_and_its_name(base_url):
    assert ADDRESSES[base_url] == tuple(address(base_url))


def test_both_interfaces_are_below_the_path():
    place = address("https://git.acme.org/gitlab")
    assert ("https://git.acme.org/gitlab/api/v4", "https://git.acme.org/gitlab/api/graphql") == (
        place.api,
        place.graphql,
    )


@pytest.mark.parametrize(
    ("base_url", "said"),
    [
        ("https://user:secret@gitlab.com", "no name and no password"),
        ("https://git.acme.org/api/v4", "the address of a server"),
        ("https://git.acme.org/gitlab/api/v4/", "the address of a server"),
        ("https://git.acme.org?x=1", "the address of a server"),
        ("https://git.acme.org#x", "the address of a server"),
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
        ("https://gitlab.com/acme/web/-/issues/12", ("acme/web", 12)),
        ("https://gitlab.com/acme/web/-/work_items/12", ("acme/web", 12)),
        ("https://gitlab.com/acme/web/issues/12/", ("acme/web", 12)),
        ("https://gitlab.com/acme/sub/group/web/-/issues/12#note_1", ("acme/sub/group/web", 12)),
        ("https://gitlab.com/acme/web/-/issues/12?x=y", ("acme/web", 12)),
        ("https://GITLAB.com/acme/web/-/issues/12", ("acme/web", 12)),
        ("https://gitlab.com/acme/web/-/merge_requests/12", None),
        ("https://gitlab.com/acme/web/-/issues/0", None),
        ("https://gitlab.com/acme/web/-/issues/12345678901", None),
        ("http://gitlab.com/acme/web/-/issues/12", None),
        ("https://gitlab.com.evil.com/acme/web/-/issues/12", None),
        ("https://gitlab.com@evil.com/acme/web/-/issues/12", None),
        ("https://[gitlab.com/acme/web/-/issues/12", None),
    ],
)
def test_the_page_of_an_issue_is_known_by_its_address(url, named):
    assert named == address().number_of(url)


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://git.acme.org/gitlab/acme/web/-/issues/12", ("acme/web", 12)),
        ("https://git.acme.org/acme/web/-/issues/12", None),
        ("https://git.acme.org/gitlabs/acme/web/-/issues/12", None),
    ],
)
def test_below_a_path_only_its_pages_count(url, named):
    assert named == address("https://git.acme.org/gitlab").number_of(url)


def test_an_issue_has_a_page_and_a_project_a_path():
    place = address("https://git.acme.org/gitlab")
    assert "https://git.acme.org/gitlab/acme/web/-/issues/12" == place.issue("acme/web", 12)
    assert ("/projects/acme%2Fsub%2Fweb", "/projects/17") == (project_path("acme/sub/web"), project_path(17))
