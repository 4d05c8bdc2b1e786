"""What every tracker can do, and the words for it.

LISTING   all issues that carry the tracksync label, in every state
VERSION   an opaque text that differs whenever the issue changed
REFERENCE text that names an issue in a document ("#12", "acme/web#12", a URL)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from tracksync.checks import Check
from tracksync.model import (
    Fetched,
    Field,
    Issue,
    IssueDraft,
    IssuePatch,
    IssueRef,
    Overwritten,
    Problem,
    Window,
    Written,
)

LABEL = "tracksync"
"""Every issue we create carries this label; the listing finds issues by it."""


@dataclass
class Requests:
    """How many requests were sent. A page of a listing is one read."""

    read: int = 0
    write: int = 0


class Memory(Protocol):
    """What is remembered of a project between runs. It saves reads; lost or old, it changes no result."""

    def get(self, name: str) -> Any:
        """What was put there, None when nothing was or it is too old."""
        ...

    def put(self, name: str, value: Any) -> Any:
        """Remember a value that JSON can hold; gives it back."""
        ...


class Forgetful:
    """Remembers for as long as it lives."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def get(self, name: str) -> Any:
        """What was put there."""
        return self._known.get(name)

    def put(self, name: str, value: Any) -> Any:
        """Remember it; None forgets."""
        self._known[name] = value
        return value


class RepositoryFacts(NamedTuple):
    """A repository on the tracker's host."""

    name: str
    """Its present path, `acme/pm`."""
    ident: str
    """Host and number, `github.com/12345678`: they stay when it is renamed or moved."""
    default_branch: str
    visibility: str
    """`public`, `internal` or `private`."""


class Tracker(Protocol):
    """One project in one tracker.

    Every method may raise `TrackerError`. A tracker executes and decides nothing.
    """

    host: str
    project: str
    notes: list[str]
    """What went wrong beside a write that succeeded, as sentences."""
    pace: tuple[Window, ...]
    """How fast the platform lets anybody write; none: as fast as can be."""
    histories: int
    """How many issues' histories one request tells; 0: none are looked at."""

    @property
    def reader(self) -> str:
        """Who reads and whom they trust: what is told of an author depends on it. "" where it doesn't."""
        ...

    @property
    def requests(self) -> Requests:
        """How many requests were sent so far."""
        ...

    def check(self) -> list[Problem]:
        """What stands in the way of working with this project; empty when nothing does."""
        ...

    def called(self) -> str:
        """The project's present name, as far as it is known without asking: another one after a rename."""
        ...

    def repository(self, remote: str) -> RepositoryFacts:
        """The repository with this path (`acme/pm`) on the tracker's host. A local tracker is never asked."""
        ...

    def visibility(self, names: Sequence[str]) -> Mapping[str, str]:
        """Who can see these repositories now: `public`, `internal` or `private`; one that can't be seen is missing.

        One request where the platform allows that. A local tracker is never asked.
        """
        ...

    def diagnose(self, documents: str, now: datetime) -> list[Check]:
        """All that can be known, without writing, about whether a run can work. Raises nothing.

        `documents` is the documents' repository, "" where it is not on the tracker's host.
        """
        ...

    def issues(self, since: str = "", *, every: bool = False) -> Fetched:
        """The listing; `every`: of all issues of the project, also those without our label.

        With `since` (a `version` seen before) everything that changed at or after it, also issues that lost our label
        (`labelled` tells): what a cache holds would stay wrong otherwise.
        """
        ...

    def fetch(self, refs: Sequence[IssueRef]) -> Mapping[IssueRef, Issue]:
        """These issues by number, labelled or not; those that are gone are missing from the answer."""
        ...

    def whereabouts(self, ref: IssueRef) -> str:
        """What the last `fetch` learned of an issue that it did not find, like "was moved to …"; "" nothing."""
        ...

    def refined(self, issues: Sequence[Issue]) -> Sequence[Issue]:
        """The issues with what only further requests tell, as far as the configuration wants it."""
        ...

    def create(self, draft: IssueDraft) -> Issue:
        """One new issue, marker included. Raises `OutcomeUnknown` when the answer was lost."""
        ...

    def update(self, seen: Issue, patch: IssuePatch) -> Issue:
        """Re-read, compare versions with `seen`, then one write. Raises `StaleIssue` when it moved."""
        ...

    def overwritten(self, written: Sequence[Written]) -> list[Overwritten]:
        """People's edits that our updates overwrote, by the issues' history."""
        ...

    def editors(self, asked: Sequence[tuple[IssueRef, Field]]) -> Mapping[tuple[IssueRef, Field], str]:
        """The person who changed these fields last, by the issues' history; missing where it was us, or isn't told."""
        ...

    def hold(self, values: Mapping[Field, str], project: str = "") -> Mapping[Field, str]:
        """These values as this tracker's project ("" for the default one) would show them after storing them.

        A field that it can't hold is left out, and so is each login that can't be assigned.
        """
        ...

    def reference(self, text: str) -> IssueRef | None:
        """The issue that a reference in a document names, or None when it is not one of this tracker's."""
        ...

    def link(self, ref: IssueRef) -> str:
        """The reference to write into a document, as Markdown."""
        ...
