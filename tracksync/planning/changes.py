"""The Plan: the ordered, printable, digestible list of changes that one run would make."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracksync.model import Field, IssueRef, Problem, SkipReason


class Action(StrEnum):
    """What a change does. `CREATE` to `REOPEN` and `ADOPT` touch the tracker, `WRITE` touches a document."""

    CREATE = "create"
    UPDATE = "update"
    CLOSE = "close"
    REOPEN = "reopen"
    WRITE = "write"
    ADOPT = "adopt"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one field (for `CREATE`: of a whole item; `field` is None).

    `before` and `after` are canonical values. An `UPDATE` or `ADOPT` whose two values are equal shows nothing new to
    anybody: it moves the base in the marker only.
    """

    action: Action
    key: str
    path: str
    line: int
    issue: IssueRef | None
    field: Field | None
    before: str | None
    after: str | None
    reason: str
    title: str = ""
    """The item's text, for people; not part of the digest."""
    text: str | None = None
    """For `WRITE`: the exact former cell text to put back, if any; not part of the digest."""
    index: int = 0
    """The item's position among those of its document; not part of the digest."""
    goes_to: str = ""
    """For `CREATE`: the project, where there are several; not part of the digest, `reason` names it."""

    @property
    def project(self) -> str:
        """The project of its issue; "" where that goes without saying."""
        return self.issue.project if self.issue else self.goes_to

    @property
    def id(self) -> str:
        """Unique within a plan and the same on every machine."""
        issue = f":{self.issue.number}" if self.action is Action.CLOSE and self.issue else ""
        return f"{self.action}:{self.key}{issue}" + (f":{self.field}" if self.field else "")

    @property
    def purpose(self) -> tuple[object, ...]:
        """What the change is for, however the document around it moved."""
        return self.action, self.key, self.path, self.issue, self.field, self.after

    @property
    def remembers_only(self) -> bool:
        """True when only the base moves."""
        return self.action in (Action.UPDATE, Action.ADOPT) and self.before == self.after


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides moved, or one moved that may not: nothing is touched until a person decides. None = nothing known."""

    key: str
    path: str
    line: int
    issue: IssueRef
    field: Field
    base: str | None
    document: str | None
    tracker: str | None
    reason: str
    title: str = ""
    person: str = ""
    """Who changed it in the tracker; "" where nobody asked, or nobody tells."""

    @property
    def why(self) -> str:
        """The reason, and who."""
        return f"{self.reason}; in the tracker by {self.person}" if self.person else self.reason


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item that was looked at and left alone, and why. `detail` is a sentence fragment for people (may be empty)."""

    path: str
    line: int
    reason: SkipReason
    detail: str = ""
    key: str = ""
    issue: IssueRef | None = None
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit held against a plan. `counted` is what the plan would do, `allowed` the most that may happen."""

    name: str
    counted: int
    allowed: int
    project: str = ""
    """Where each project has its own."""

    @property
    def where(self) -> str:
        """Of which project it tells, for the end of a sentence."""
        return f" in {self.project}" if self.project else ""

    @property
    def exceeded(self) -> bool:
        """True when the plan must not be applied."""
        return self.counted > self.allowed


@dataclass(frozen=True, slots=True)
class Cost:
    """What applying the plan takes: requests, and minutes at the tracker's pace."""

    reads: int
    writes: int
    minutes: int
    signals: int = 0
    """Reads that each run costs because of signals and boards, changes or not."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything one run found and would do. Every item of every document is counted exactly once in
    changed, `in_sync`, `skipped`, `problems` or `conflicts`.
    """

    changes: tuple[Change, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...]
    conflicts: tuple[Conflict, ...]
    limits: tuple[Limit, ...]
    cost: Cost
    documents: int
    """Documents looked at."""
    held: tuple[tuple[str, str], ...]
    """(path, status line) of documents with items that are not published."""
    items: int
    tracked: int
    """Items that have an issue."""
    in_sync: int

    @classmethod
    def nothing(cls) -> "Plan":
        """The plan of a run that found no document."""
        return cls((), (), (), (), (), Cost(0, 0, 0), documents=0, held=(), items=0, tracked=0, in_sync=0)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over `changes` alone: same inputs, same digest, on any day and machine."""
        text = json.dumps([as_json(c) for c in self.changes], sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def exceeded(self) -> tuple[Limit, ...]:
        """The limits that forbid applying this plan."""
        return tuple(limit for limit in self.limits if limit.exceeded)

    @property
    def lifting(self) -> str:
        """The options that lift these limits for one run. Documents that lost all their items have vanished, too."""
        names = {"emptied": "vanished"}
        wanted: dict[str, int] = {}
        for limit in self.exceeded:
            name = names.get(limit.name, limit.name)
            wanted[name] = max(wanted.get(name, 0), limit.counted)
        return " ".join(f"--allow-{name} {count}" for name, count in wanted.items())


def as_json(change: Change) -> dict[str, object]:
    """A change as the JSON contract has it (docs/schemas/plan.json)."""
    return {
        "id": change.id,
        "action": change.action.value,
        "key": change.key,
        "path": change.path,
        "line": change.line,
        "issue": ref_json(change.issue),
        "field": change.field.value if change.field else None,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
    }


def ref_json(ref: IssueRef | None) -> dict[str, object] | None:
    """An issue reference as the JSON contract has it: host, project, number."""
    return None if ref is None else {"host": ref.host, "project": ref.project, "number": ref.number}


def in_order(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The total order of a plan: by document and line, then what happens first."""
    rank = {action: n for n, action in enumerate(Action)}
    return tuple(
        sorted(changes, key=lambda c: (c.path, c.line, c.key, rank[c.action], c.field or "", c.issue or ("",)))
    )
