"""What goes over the wire: a request, an answer to it, and a connection that breaks instead."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.servers.clock import Clock


@dataclass(frozen=True)
class Request:
    """One request. Header names are lower case; `path` is percent-encoded, without query and prefix.

    A parameter of the query that comes several times (`iids[]`) holds its values with commas between them.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    root: str = ""
    """Scheme, host, port and the API's prefix: what the URLs in answers start with."""
    template: str = ""
    """The path as the platform's documentation writes it: `/repos/{owner}/{repo}`."""

    def json(self) -> Any:
        """The body read as JSON; None if there is none. Raises ValueError."""
        return json.loads(self.body) if self.body else None


@dataclass
class Answer:
    """One answer. `drip` is a speed in bytes a second; `cut` the number of bytes after which the connection ends."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    drip: int | None = None
    cut: int | None = None


class ConnectionLost(Exception):
    """No answer: the connection is closed (FIN) or reset (RST)."""

    def __init__(self, reset: bool) -> None:
        super().__init__("reset" if reset else "closed")
        self.reset = reset


@dataclass
class Exchange:
    """A request on its way to the platform. `applied` is what the platform answered once it has carried it out."""

    request: Request
    clock: Clock
    platform: Callable[[Request], Answer]
    applied: Answer | None = None

    def apply(self) -> Answer:
        self.applied = self.platform(self.request)
        return self.applied


def of_json(status: int, value: object, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer whose body is `value` as JSON."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(status, body, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})
