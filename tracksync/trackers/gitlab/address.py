"""Where GitLab is: gitlab.com, or a server of one's own, also below a path. Pure.

Source: "REST API" and "Install GitLab under a relative URL" (docs.gitlab.com).
"""

import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from tracksync.errors import ConfigError

GITLAB = "https://gitlab.com"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_ISSUE = re.compile(r"/(?P<project>[^\s?#]+?)/(?:-/)?(?:issues|work_items)/(?P<number>[1-9][0-9]{0,9})/?")


class Address(NamedTuple):
    """`web`: what browsers open, its path prefix included; `host`: the name in references and markers."""

    web: str
    host: str

    @property
    def api(self) -> str:
        """Where requests go."""
        return f"{self.web}/api/v4"

    @property
    def graphql(self) -> str:
        """Where GraphQL queries go."""
        return f"{self.web}/api/graphql"

    def issue(self, project: str, number: int) -> str:
        """The page of an issue."""
        return f"{self.web}/{project}/-/issues/{number}"

    def number_of(self, url: str) -> tuple[str, int] | None:
        """(project, number) when `url` is the page of an issue here."""
        try:
            parts, here = urlsplit(url), urlsplit(self.web)
        except ValueError:
            return None
        same = (parts.scheme.lower(), parts.netloc.lower()) == (here.scheme, here.netloc)
        if not same or not parts.path.startswith(here.path):
            return None
        match = _ISSUE.fullmatch(parts.path.removeprefix(here.path))
        return (match["project"], int(match["number"])) if match else None


def address(base_url: str = "") -> Address:
    """The address that `tracker.base_url` stands for. Raises `ConfigError` for what is no address of a server."""
    try:
        parts = urlsplit((base_url or GITLAB).rstrip("/"))
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise _no_server() from None
    if parts.username or parts.password:
        raise ConfigError("tracker.base_url must hold no name and no password")
    if not host or parts.query or parts.fragment or parts.path.endswith("/api/v4"):
        raise _no_server()
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise ConfigError("tracker.base_url must begin with https://: a token never goes over an open line")
    netloc = parts.netloc.lower().removesuffix(":443") if port == 443 else parts.netloc.lower()
    return Address(f"{parts.scheme}://{netloc}{parts.path}", netloc)


def _no_server() -> ConfigError:
    return ConfigError(
        "tracker.base_url must be the address of a server, like https://gitlab.example.com",
        "it may have a path where GitLab has one, but not that of the API (/api/v4)",
    )


def project_path(project: str | int) -> str:
    """The path of a project below the API: by its number, or by its quoted name."""
    return f"/projects/{quote(str(project), safe='')}"
