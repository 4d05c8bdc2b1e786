"""Carries out a plan, one change after the other. Whatever dies in between, the next run finds the rest to do:
every step leaves its memory in what it writes (design section "Merge and memory").
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from tracksync.documents import Words, rewrite
from tracksync.errors import BudgetSpent, PublishError, StaleDocument, TracksyncError
from tracksync.journal import Entry, Journal
from tracksync.model import Issue, IssueRef, Problem, Written
from tracksync.planning import orders
from tracksync.planning.changes import Action, Change
from tracksync.planning.plan import Planned, cell
from tracksync.planning.world import Cell
from tracksync.publish import worktree
from tracksync.reports.run import Failure

MOVED = "changed while this run was going on; it will be looked at again"


@dataclass(slots=True)
class Results:
    """What happened so far."""

    applied: list[Change] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    stale: list[Change] = field(default_factory=list)
    """Not carried out because one side moved after planning: to be planned again."""
    created: set[str] = field(default_factory=set)
    """Keys of the items for which an issue was created, or may have been."""
    made: dict[IssueRef, Issue] = field(default_factory=dict)
    """The issues that were created: known by number, whatever the listing shows."""
    written: list[tuple[Written, Change]] = field(default_factory=list)
    """Each update that was carried out, with one of its changes."""
    spent: BudgetSpent | None = None
    """What ended the run early."""
    remaining: list[Change] = field(default_factory=list)
    """What the plan had and the budget did not allow."""
    lost: str = ""
    """Why no further issue may be created."""
    noticed: list[Problem] = field(default_factory=list)
    """What came up after the plan was shown: a new link that can't be written, a field that the tracker dropped."""

    @property
    def purposes(self) -> set[tuple[object, ...]]:
        """What has been dealt with, one way or the other."""
        failed = [failure.change for failure in self.failed]
        return {change.purpose for change in (*self.applied, *failed, *self.stale)}

    def known(self, issues: Iterable[Issue]) -> tuple[Issue, ...]:
        """These issues as they are after what was made and written."""
        written = {one.after.ref: one.after for one, _ in self.written}
        return tuple(({issue.ref: issue for issue in issues} | self.made | written).values())

    def settle(self, planned: Planned) -> None:
        """Creates whose answer was lost and whose issue has turned up since have succeeded after all."""
        for failure in [failure for failure in self.failed if failure.unknown]:
            if failure.change.action is Action.CREATE and planned.issue_of(failure.change):
                self.failed.remove(failure)
                self.applied.append(failure.change)


@dataclass(frozen=True, slots=True)
class DocumentWriter:
    """Writes cells into documents of the working tree, remembering in the journal what is on its way."""

    root: Path
    words: Words
    names: Mapping[str, str]
    journal: Journal

    def write(self, planned: Planned, changes: Sequence[Change], results: Results) -> None:
        """Write all changes, document by document; one that can't be written never stops the others."""
        for path, cells in _by_document(changes):
            try:
                self._one(path, planned, cells, results)
            except StaleDocument:
                results.stale.extend(cells)
            except PublishError as error:
                results.failed.extend(Failure(change, told(error), False) for change in cells)

    def rehearse(self, planned: Planned) -> dict[Cell, str]:
        """The cells of a plan that can't be written as meant, and why. Writes nothing."""
        refused: dict[Cell, str] = {}
        for path, cells in _by_document([c for c in planned.plan.changes if c.action is Action.WRITE]):
            with suppress(PublishError):
                data = worktree.read(self.root, path)
                if worktree.digest(data) == planned.match(cells[0]).document.digest:
                    refused |= {cell(change): reason for change, reason in self._rewritten(path, data, cells).refused}
        return refused

    def _one(self, path: str, planned: Planned, changes: Sequence[Change], results: Results) -> None:
        data = worktree.read(self.root, path)
        digest = planned.match(changes[0]).document.digest
        if worktree.digest(data) != digest:
            results.stale.extend(changes)
            return
        new = self._rewritten(path, data, changes)
        results.failed.extend(Failure(change, reason) for change, reason in new.refused)
        if new.data != data:
            # A value that is taken back is one that HEAD has: remembered, it would look like one of ours that landed.
            withdrawn = _entries(planned, [change for change in new.done if orders.withdraws(change)])
            brought = _entries(planned, [change for change in new.done if not orders.withdraws(change)])
            self.journal.remember(brought)
            worktree.write(self.root, path, digest, new.data)
            self.journal.confirm(brought)
            self.journal.forget(withdrawn)
            results.documents.append(path)
        results.applied.extend(new.done)

    def _rewritten(self, path: str, data: bytes, changes: Sequence[Change]) -> "_New":
        edits = [orders.edit(change) for change in changes]
        rewritten = rewrite(path, data, edits, self.words, self.names)
        done = [change for change, edit in zip(changes, edits, strict=True) if edit in rewritten.done]
        reasons = {problem.line: problem.message for problem in reversed(rewritten.problems)}
        some = next(iter(reasons.values()), "this cell can't be written safely")
        refused = [(change, reasons.get(change.line, some)) for change in changes if change not in done]
        return _New(rewritten.data, done, refused)


class _New(NamedTuple):
    """A document with changes made, and those that can't be made with the reason."""

    data: bytes
    done: list[Change]
    refused: list[tuple[Change, str]]


def _by_document(changes: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    for path, group in groupby(sorted(changes, key=lambda change: change.path), key=lambda change: change.path):
        yield path, list(group)


def _entries(planned: Planned, changes: Sequence[Change]) -> list[Entry]:
    paths = {(change.key, change.field): change.path for change in changes}
    return [
        Entry(c.key, c.field, c.value, c.serial, paths[c.key, c.field], planned.world.head)
        for c in orders.carriers(changes, planned.matches)
    ]


def told(error: TracksyncError) -> str:
    """An error with its hint, as one sentence."""
    return f"{error}; {error.hint}" if error.hint else str(error)


def in_phase(plan_changes: Iterable[Change], phase: str) -> list[Change]:
    """The changes of one phase; the phases in their order: `create`, `withdraw`, `tracker`, `document`."""
    return [change for change in plan_changes if _phase(change) == phase]


def _phase(change: Change) -> str:
    if change.action is Action.CREATE:
        return "create"
    if change.action is Action.WRITE:
        return "withdraw" if orders.withdraws(change) else "document"
    return "tracker"
