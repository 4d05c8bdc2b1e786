"""What goes over the wire, as values, and how sending can end.

Unsent   the server was never reached: surely nothing happened
Lost     a request was sent and no whole answer came: it may have happened
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_NEXT = re.compile(r'<([^<>]*)>\s*;[^,<]*\brel="?next"?')


class Unsent(Exception):
    """The server could not be reached; nothing was sent."""


class Lost(Exception):
    """Something was sent, and no whole answer came back."""


class Garbled(Lost):
    """An answer came that is not what this API answers with: a proxy's page, a body cut off."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `path` begins with "/" and is below the API's address, or is a whole address of the same origin."""

    method: str
    path: str
    query: Mapping[str, str | list[str]] = field(default_factory=dict)
    """A list is sent as a parameter that is repeated."""
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    reads: bool = False
    """Sending it twice is harmless."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; the names of `headers` are in lower case."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def good(self) -> bool:
        """True for what was asked for; "not modified" counts."""
        return 200 <= self.status < 300 or self.status == 304

    def data(self) -> Any:
        """The JSON of the body, None where there is no body. Raises `Garbled`."""
        if not self.text.strip():
            return None
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            raise Garbled("the answer is not JSON") from None

    @property
    def errors(self) -> list[Mapping[str, Any]]:
        """What GraphQL calls wrong beside the data; [] where nothing is, or where the body is something else."""
        try:
            data = self.data()
        except Garbled:
            return []
        found = data.get("errors") if isinstance(data, dict) else None
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    @property
    def next(self) -> str | None:
        """The address of the next page (RFC 8288), None on the last one."""
        found = _NEXT.search(self.headers.get("link", ""))
        return found[1] if found else None

    @property
    def message(self) -> str:
        """What the server says about a refusal, in one line; "" when it says nothing readable."""
        try:
            data = self.data()
        except Garbled:
            return ""
        said = data.get("message", data.get("error", "")) if isinstance(data, dict) else ""
        details = data.get("errors") if isinstance(data, dict) else None
        more = [_detail(one) for one in details] if isinstance(details, list) else []
        described = str(data.get("error_description") or "") if isinstance(data, dict) else ""
        both = ": ".join(filter(None, (str(said or ""), described, ", ".join(filter(None, more)))))
        return " ".join(both.split())[:300]


def _detail(error: object) -> str:
    if isinstance(error, dict):
        named = " ".join(str(error[key]) for key in ("field", "code", "value") if error.get(key) is not None)
        return str(error.get("message") or named)
    return str(error)
