"""PyGithub, tamed: it builds and signs requests; it never sends twice, follows no redirect, and waits for nothing.

Left to itself it sends a POST again after a 5xx or a lost connection, loses the query at a 301, sleeps inside a call
for up to six hours, and knows no total time for a request (all measured).
"""

from collections.abc import ItemsView, Mapping
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

import github
from github.Auth import Auth
from github.Requester import HTTPRequestsConnectionClass, HTTPSRequestsConnectionClass

from tracksync.trackers.github.address import Address
from tracksync.trackers.web.message import Answer, Request
from tracksync.trackers.web.once import SECONDS, Reply, exchange

AGENT = "tracksync"


class Credential(Protocol):
    """What signs a request."""

    def auth(self) -> Auth:
        """The signature that is valid now."""
        ...


class _Redirect(Exception):
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


class _Response(NamedTuple):
    """What PyGithub wants to know of an answer."""

    status: int
    headers: Mapping[str, str]
    text: str

    def read(self) -> str:
        return self.text

    def getheaders(self) -> ItemsView[str, str]:
        return self.headers.items()


class _Once:
    """One exchange for each `getresponse`. The next class is one of PyGithub's."""

    seconds = SECONDS

    def getresponse(self: Any) -> Any:
        url = f"{self.protocol}://{self.host}:{self.port}{self.url}"
        reply = exchange(
            self.session, self.verb, url, self.seconds, headers=self.headers, data=self.input, verify=self.verify
        )
        if 300 <= reply.status < 400 and "location" in reply.headers:
            raise _Redirect(reply)
        return _Response(*reply)


class _Plain(_Once, HTTPRequestsConnectionClass):
    pass


class _Secure(_Once, HTTPSRequestsConnectionClass):
    pass


class Connection:
    """Sends single requests to one GitHub, signed by a credential."""

    def __init__(self, address: Address, credential: Credential, seconds: float = SECONDS) -> None:
        self._address = address
        self._credential = credential
        self._seconds = seconds
        self._signed: tuple[Auth, github.Github] | None = None

    def send(self, request: Request) -> Answer:
        """One exchange. Raises `Unsent`, `Lost`."""
        headers: dict[str, Any] = {"Accept": "application/vnd.github+json", **request.headers}
        try:
            status, answered, text = self._client().requester.requestJson(
                request.method,
                request.path,
                parameters=dict(request.query),
                headers=headers,
                input=request.body,
                cnx=self._line(),
            )
        except _Redirect as redirect:
            return Answer(*redirect.reply)
        return Answer(status, {name.lower(): str(value) for name, value in answered.items()}, text)

    def _client(self) -> github.Github:
        auth = self._credential.auth()
        if self._signed is None or self._signed[0] is not auth:
            client = github.Github(
                auth=auth,
                base_url=self._address.api,
                user_agent=AGENT,
                per_page=100,
                retry=None,
                seconds_between_requests=None,
                seconds_between_writes=None,
                api_version=self._address.version,
            )
            self._signed = auth, client
        return self._signed[1]

    def _line(self) -> HTTPRequestsConnectionClass | HTTPSRequestsConnectionClass:
        """A connection of PyGithub's kind that keeps its session between requests."""
        parts = urlsplit(self._address.api)
        if self._kept is None:
            kind = _Secure if parts.scheme == "https" else _Plain
            self._kept = kind(parts.hostname or "", parts.port, retry=0)
            self._kept.seconds = self._seconds
        return self._kept

    _kept: _Plain | _Secure | None = None
