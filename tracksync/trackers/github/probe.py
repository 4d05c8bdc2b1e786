"""Asks GitHub what can be known about a token and a repository without writing. What each answer means is said in
`diagnosis`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from tracksync.errors import TrackerError
from tracksync.trackers.github import graph
from tracksync.trackers.github.address import Address
from tracksync.trackers.github.facts import HINTS, PAGE, rows_of
from tracksync.trackers.github.fields import Names
from tracksync.trackers.github.graph import Repository
from tracksync.trackers.github.signals import Signals
from tracksync.trackers.github.signing import Standing
from tracksync.trackers.web.message import Answer, Request
from tracksync.trackers.web.wire import Wire, refused

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was asked and what came back, or why nothing did; None: not asked, because something before it failed."""

    address: Address
    project: str
    now: datetime
    standing: Standing
    names: Names
    documents: str
    """The documents' repository, "" where it is on another host."""
    limits: Answer | TrackerError
    """The first answer of all; also of which server, when, and for which token."""
    viewer: str = ""
    repository: Repository | TrackerError | None = None
    listed: Answer | TrackerError | None = None
    """One issue with our label."""
    labels: frozenset[str] | TrackerError | None = None
    assignable: int | TrackerError | None = None
    fields: Answer | TrackerError | None = None
    """The organisation's issue fields; None also where no organisation owns the repository."""
    number: int = 0
    """Of the board that the configuration names; 0: it names none."""
    board: Answer | TrackerError | None = None
    """The fields of that board."""
    branch: str = ""
    """The default branch of the documents' repository."""
    rules: Answer | TrackerError | None = None
    """The rules of that branch."""


class Probe:
    """Asks one question after the other; that one fails doesn't keep the next from being asked."""

    def __init__(self, wire: Wire, address: Address, project: str, standing: Callable[[], Standing]) -> None:
        self._wire = wire
        self._address = address
        self._project = project
        self._standing = standing

    def seen(self, documents: str, names: Names, signals: Signals, now: datetime) -> Seen:
        """Everything that can be known."""
        limits = self._get("/rate_limit")
        known: dict[str, Any] = {"number": signals.board}
        if isinstance(limits, Answer) and limits.status != 401:
            known |= self._of_repository(signals.board) | self._of_documents(documents)
        return Seen(self._address, self._project, now, self._standing(), names, documents, limits, **known)

    def _of_repository(self, board: int) -> dict[str, Any]:
        found = _tried(lambda: self._basics(self._project))
        if isinstance(found, TrackerError):
            return {"repository": found}
        repository = graph.repository_of(found)
        path, owner = f"/repos/{repository.name}", repository.organisation
        return {
            "viewer": graph.login(found.get("viewer")),
            "repository": repository,
            "listed": self._get(f"{path}/issues", {"labels": "tracksync", "state": "all", "per_page": "1"}),
            "labels": _tried(lambda: frozenset(str(one["name"]).lower() for one in self._rows(f"{path}/labels"))),
            "assignable": _tried(lambda: len(self._rows(f"{path}/assignees"))),
            "fields": self._get(f"/orgs/{owner}/issue-fields") if owner else None,
            "board": self._get(f"/orgs/{owner}/projectsV2/{board}/fields", PAGE) if owner and board else None,
        }

    def _of_documents(self, name: str) -> dict[str, Any]:
        found = _tried(lambda: self._basics(name)) if name else None
        if found is None or isinstance(found, TrackerError):
            return {}
        repository = graph.repository_of(found)
        rules = self._get(f"/repos/{repository.name}/rules/branches/{repository.branch}", PAGE)
        return {"branch": repository.branch, "rules": rules} if repository.branch else {}

    def _get(self, path: str, query: Mapping[str, str] | None = None) -> Answer | TrackerError:
        return _tried(lambda: self._wire.ask(Request("GET", path, query or {}, reads=True)))

    def _rows(self, path: str) -> list[dict[str, Any]]:
        pages = self._wire.pages(Request("GET", path, PAGE, reads=True))
        return [row for answer in pages for row in rows_of(answer, f"reading {path}")]

    def _basics(self, name: str) -> Mapping[str, Any]:
        owner, _, short = name.partition("/")
        answer = self._wire.ask(graph.query(self._address, graph.BASICS, {"owner": owner, "name": short}))
        if answer.status != 200:
            raise refused(answer, f"looking at {name}", HINTS)
        found = graph.data(answer, f"looking at {name}")
        if not found.get("repository"):
            raise TrackerError(f"{name} doesn't exist on {self._address.host}, or the token can't see it", HINTS[404])
        return found


def _tried(ask: Callable[[], T]) -> T | TrackerError:
    try:
        return ask()
    except TrackerError as error:
        return error
