"""What was asked of a platform: every request with the status that left, kept for a test to look at."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.servers.messages import Answer, Exchange, Request

SECRET_HEADERS = ("authorization", "private-token", "job-token")


@dataclass(frozen=True)
class Recorded:
    """One request. `status` is None when the connection was lost; `applied` what the platform itself answered."""

    method: str
    template: str
    path: str
    query: dict[str, str]
    body: Any
    headers: dict[str, str]
    """Without the secret."""
    at: datetime
    status: int | None
    applied: int | None
    answer: bytes = b""
    spoilt: bool = False
    """A fault changed the answer, or stood in for it."""

    @property
    def writes(self) -> bool:
        """GraphQL counts as a read unless it holds a mutation."""
        if self.method in ("GET", "HEAD"):
            return False
        query = self.body.get("query", "") if isinstance(self.body, dict) else ""
        return not self.template.endswith("/graphql") or str(query).lstrip().startswith("mutation")


class Recording:
    """The requests in the order in which they were answered.

    `creating`: "POST /template" of what creates content; `judge`: what the platform's description has against one.
    """

    def __init__(self, creating: frozenset[str], judge: Callable[[Recorded], list[str]]) -> None:
        self.creating = creating
        self._judge = judge
        self.all: list[Recorded] = []

    def __iter__(self) -> Iterator[Recorded]:
        return iter(list(self.all))

    def __len__(self) -> int:
        return len(self.all)

    def clear(self) -> None:
        self.all.clear()

    def add(self, exchange: Exchange, answer: Answer | None) -> None:
        request = exchange.request
        self.all.append(
            Recorded(
                request.method,
                request.template,
                request.path,
                dict(request.query),
                _readable(request),
                {name: _veiled(name, value) for name, value in request.headers.items()},
                exchange.clock.now,
                answer.status if answer else None,
                exchange.applied.status if exchange.applied else None,
                answer.body if answer else b"",
                answer is None or answer is not exchange.applied,
            )
        )

    def counts(self) -> Counter[str]:
        """`{"POST /repos/{owner}/{repo}/issues": 3, …}`"""
        return Counter(f"{one.method} {one.template}" for one in self)

    def reads(self) -> int:
        return sum(not one.writes for one in self)

    def writes(self) -> int:
        return sum(one.writes for one in self)

    def of(self, method: str, template: str) -> list[Recorded]:
        return [one for one in self if (one.method, one.template) == (method, template)]

    def violations(self) -> list[str]:
        """What the platform's description has against any of the requests."""
        return [wrong for one in self for wrong in self._judge(one)]

    def creations(self) -> list[Recorded]:
        """The requests that created content, which platforms limit more tightly than other requests."""
        return [one for one in self if one.applied == 201 and f"{one.method} {one.template}" in self.creating]

    def busiest(self, seconds: float) -> int:
        """The most content creations that fell into any span of so many seconds on the platform's clock."""
        times = [one.at for one in self.creations()]
        span = timedelta(seconds=seconds)
        return max((sum(start <= time < start + span for time in times) for start in set(times)), default=0)


def _readable(request: Request) -> Any:
    try:
        return request.json()
    except ValueError:
        return request.body.decode("utf-8", "replace")


def _veiled(name: str, value: str) -> str:
    """The scheme stays, the secret goes."""
    if name not in SECRET_HEADERS:
        return value
    scheme, _, secret = value.rpartition(" ")
    return f"{scheme} ***".strip() if secret else value


def parsed(recorded: Recorded) -> Any:
    """The answer's body read as JSON. Raises ValueError."""
    return json.loads(recorded.answer) if recorded.answer else None
