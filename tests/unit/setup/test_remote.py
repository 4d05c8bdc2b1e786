import pytest

from tracksync.setup.remote import Remote, parse

SECRET = "glpat-s3cret"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/acme/web.git", "github.com/acme/web"),
        ("https://github.com/acme/web", "github.com/acme/web"),
        ("https://github.com/acme/web/", "github.com/acme/web"),
        ("http://git.example:8080/acme/web.git", "git.example:8080/acme/web"),
        ("git@github.com:acme/web.git", "github.com/acme/web"),
        ("github.com:acme/web", "github.com/acme/web"),
        ("ssh://git@gitlab.example:2222/group/sub/web.git", "gitlab.example/group/sub/web"),
        ("git+ssh://git@github.com/acme/web.git", "github.com/acme/web"),
        ("git://GitHub.com/acme/web.git", "github.com/acme/web"),
        ("https://gitlab.com/a/b/c/d.git", "gitlab.com/a/b/c/d"),
        (f"https://oauth2:{SECRET}@gitlab.com/acme/web.git", "gitlab.com/acme/web"),
        (f"https://{SECRET}@github.com/acme/web.git", "github.com/acme/web"),
        (f"https://a:{SECRET}@b@github.com/acme/web.git", "github.com/acme/web"),
        (f"{SECRET}@host.example:acme/web", "host.example/acme/web"),
    ],
)
def test_a_hosted_repository_is_its_host_and_path_without_credentials(url: str, expected: str) -> None:
    assert expected == str(parse(url))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/srv/git/web.git",
        "../web",
        "./a:b/c",
        "file:///srv/git/web.git",
        "C:/git/web",
        "C:\\git\\web",
        "https://github.com",
        "https://github.com/",
        "https://github.com/web",
        f"https://github.com/acme/web?private_token={SECRET}",
        f"https://github.com/acme/web#{SECRET}",
        f"https://user:{SECRET}/x@github.com/acme/web",
        "https://github.com/acme/we\x1b[31mb",
        "https://exa mple/acme/web",
        "codecommit::eu-west-1://web",
    ],
)
def test_any_other_url_is_none(url: str) -> None:
    assert None is parse(url)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("github.com", "GitHub"), ("gitlab.acme.example", "GitLab"), ("github.acme.example", "GitHub"), ("git.acme", "")],
)
def test_the_platform_is_told_by_the_host(host: str, expected: str) -> None:
    assert expected == Remote(host, "acme/web").platform
