"""Where GitHub is: github.com, a server of one's own, or ghe.com. Pure.

Source: "Getting started with the REST API" (docs.github.com, with its variants for Enterprise Server and for
Enterprise Cloud with data residency).
"""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from tracksync.errors import ConfigError

GITHUB = "https://github.com"
API_VERSION = "2022-11-28"
"""Sent to github.com only: a server of one's own refuses versions that it doesn't know with 400."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_ISSUE = re.compile(r"/(?P<project>[^/]+/[^/]+)/issues/(?P<number>[1-9][0-9]{0,9})/?")


class Address(NamedTuple):
    """`web`: what browsers open; `api`: where requests go; `host`: the name in references and marker."""

    web: str
    api: str
    host: str

    @property
    def graphql(self) -> str:
        """Where GraphQL queries go."""
        return self.api.removesuffix("/v3") + "/graphql"

    @property
    def version(self) -> str | None:
        """The API version to ask for."""
        return API_VERSION if self.host == "github.com" or self.host.endswith(".ghe.com") else None

    def issue(self, project: str, number: int) -> str:
        """The page of an issue."""
        return f"{self.web}/{project}/issues/{number}"

    def number_of(self, url: str) -> tuple[str, int] | None:
        """(project, number) when `url` is the page of an issue here."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        match = _ISSUE.fullmatch(parts.path)
        if match is None or f"{parts.scheme}://{parts.netloc}".lower() != self.web:
            return None
        return match["project"], int(match["number"])


def address(base_url: str = "") -> Address:
    """The address that `tracker.base_url` stands for. Raises `ConfigError` for what is no address of a server."""
    try:
        parts = urlsplit((base_url or GITHUB).rstrip("/").lower().removesuffix(":443"))
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise _no_server() from None
    if parts.username or parts.password:
        raise ConfigError("tracker.base_url must hold no name and no password")
    if not host or parts.path or parts.query or parts.fragment:
        raise _no_server()
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise ConfigError("tracker.base_url must begin with https://: a token never goes over an open line")
    web = f"{parts.scheme}://{parts.netloc}"
    if host == "github.com" or host.endswith(".ghe.com"):
        return Address(web, f"{parts.scheme}://api.{parts.netloc}", parts.netloc)
    return Address(web, f"{web}/api/v3", parts.netloc)


def _no_server() -> ConfigError:
    return ConfigError(
        "tracker.base_url must be the address of a server, like https://github.example.com",
        "leave out everything behind the host",
    )
