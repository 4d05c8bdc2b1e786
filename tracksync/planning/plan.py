"""From everything seen to the Plan. Deterministic: the same world gives the same plan, byte for byte."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracksync.model import (
    Carrier,
    Document,
    Issue,
    IssueRef,
    Marker,
    Problem,
    Publication,
    Severity,
    SkipReason,
    Window,
)
from tracksync.planning.changes import Action, Change, Cost, Plan, Skipped, in_order
from tracksync.planning.findings import Findings, no_places
from tracksync.planning.identity import Match, Matching, match
from tracksync.planning.items import ItemPlanner
from tracksync.planning.limits import hold_against, permitted
from tracksync.planning.removed import removals
from tracksync.planning.rules import Rules
from tracksync.planning.visibility import forbids, problems
from tracksync.planning.world import Cell, World

NOT_WRITTEN = "not-written"
"""The rule of a problem: a cell that can't be written as meant."""

PAGE = 100
"""Issues a page of a listing holds, on every tracker."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and for each row (path, item index) what it was made from: needed to carry it out."""

    plan: Plan
    world: World
    repository: str
    matches: Mapping[tuple[str, int], Match]
    removed: Mapping[IssueRef, Issue] = field(default_factory=dict)
    """Issues to be closed because their rows are gone."""
    taken_back: tuple[Carrier, ...] = ()
    """Proposals to forget: should somebody commit such a value later, it is theirs."""

    def issue_of(self, change: Change) -> Issue | None:
        """The issue that a change's row has now."""
        found = self.matches.get((change.path, change.index))
        return found.issue if found and found.key == change.key else None

    def match(self, change: Change) -> Match:
        """The row and issue that a change is about."""
        return self.matches[change.path, change.index]

    def candidates(self, change: Change) -> tuple[Issue, ...]:
        """The issues that a change may be about."""
        found = self.matches.get((change.path, change.index))
        mine = (found.issue, *found.duplicates) if found else self.removed.values()
        return tuple(issue for issue in mine if issue is not None)


def build(world: World, rules: Rules) -> Planned:
    """Decide everything that one run would do."""
    matching = match(world, rules.repository)
    found = Findings(
        problems=[problem for problem in matching.problems if world.looks_at(problem.path)],
        skipped=[skipped for skipped in matching.skipped if world.looks_at(skipped.path)],
    )
    planner = ItemPlanner(world, rules, found)
    for one in matching.matches:
        if world.looks_at(one.document.path):
            planner.plan(one)
    found.problems.extend(no_places(found.unplaced))
    gone = removals(world, rules, matching)
    found.changes += gone.changes
    found.problems += gone.problems
    _leave_out_refused(found, world)
    left_out = [_left_out(change) for change in found.changes if not permitted(change, rules.policy)]
    changes = [change for change in found.changes if permitted(change, rules.policy)]
    guarded = _guard(changes, found, world)
    left_out += [_left_out(change, "more people see it there") for change in guarded]
    changes = [change for change in changes if change not in guarded]
    plan = _assemble(world, rules, matching, found, in_order(changes), left_out)
    matches = {(one.document.path, one.item.index): one for one in matching.matches}
    removed = {issue.ref: issue for issue in gone.issues}
    return Planned(plan, world, rules.repository, matches, removed, tuple(found.taken_back))


def _guard(changes: Sequence[Change], found: Findings, world: World) -> list[Change]:
    """The changes that would show something to people who can't see it now."""
    hidden = {issue.ref for issue in world.issues.issues if issue.confidential}
    forbidden = [(change, reach) for change in changes if (reach := forbids(change, world.reach, hidden))]
    found.problems += problems(reach for _, reach in forbidden)
    return [change for change, _ in forbidden]


def _leave_out_refused(found: Findings, world: World) -> None:
    """What a rehearsal could not write becomes a problem, instead of failing in each run."""
    for change in [one for one in found.changes if cell(one) in world.refused]:
        found.changes.remove(change)
        reason = world.refused[cell(change)]
        found.problems.append(Problem(NOT_WRITTEN, Severity.WARNING, change.path, change.line, reason))


def cell(change: Change) -> Cell:
    """What a change writes into a document. A change of an issue has a cell that no document has."""
    index = change.index if change.action is Action.WRITE else -1
    return Cell(change.path, index, change.field, change.after or "")


def _assemble(
    world: World,
    rules: Rules,
    matching: Matching,
    found: Findings,
    changes: tuple[Change, ...],
    left_out: list[Skipped],
) -> Plan:
    documents = [document for document in world.documents if world.looks_at(document.path)]
    tracked = [one.issue for one in matching.matches if one.issue and world.looks_at(one.document.path)]
    read = [problem for document in documents for problem in document.problems if _concerns(problem, document, world)]
    problems = [*world.problems, *read, *found.problems]
    return Plan(
        changes=changes,
        skipped=tuple(sorted([*found.skipped, *left_out], key=lambda s: (s.path, s.line, s.reason, s.field or ""))),
        problems=tuple(sorted(problems, key=_place)),
        conflicts=tuple(sorted(found.conflicts, key=lambda c: (c.path, c.line, c.field))),
        limits=hold_against(rules.limits, changes, _tracked(world, tracked), matching.orphans),
        cost=replace(_cost(changes, len(world.issues.issues), world), signals=world.signals),
        documents=len(documents),
        held=tuple((d.path, d.status_raw or "") for d in documents if _held(d)),
        items=sum(len(document.items) for document in documents),
        tracked=len(tracked),
        in_sync=found.in_sync,
    )


def _tracked(world: World, matched: Sequence[Issue]) -> dict[str, int]:
    """How many items have an issue, by project: those of this run, or all live issues of ours, if they are more."""
    live = [one for one in world.issues.issues if isinstance(one.marker, Marker) and not one.status.closed]
    if not world.routes.routes:
        return {"": max(len(matched), len(live))}
    counts = [Counter(issue.ref.project for issue in issues) for issues in (matched, live)]
    return {project: max(count[project] for count in counts) for project in world.routes.projects}


def _held(document: Document) -> bool:
    return bool(document.items) and document.publication is not Publication.PUBLISHED


def _concerns(problem: Problem, document: Document, world: World) -> bool:
    """Faint problems of an old document without a link concern nobody: none of its rows takes part."""
    takes_part = document.path not in world.older or any(item.link for item in document.items)
    return takes_part or problem.severity is Severity.ERROR


def _place(problem: Problem) -> tuple[str, int, str, str]:
    return problem.path, problem.line, problem.rule, problem.message


def _left_out(change: Change, reason: str = "") -> Skipped:
    detail = f"{change.action} {change.field or ''}".strip() + (f": {reason}" if reason else "")
    return Skipped(change.path, change.line, SkipReason.POLICY, detail, change.key, change.issue, change.field)


def _cost(changes: tuple[Change, ...], issues: int, world: World) -> Cost:
    """One write for each new issue and one listing after them; one read and one write for each issue that changes, and
    a look at their history where a platform has one; a look at the issues whose values go into documents, unless they
    were just listed.
    """
    creates = sum(change.action is Action.CREATE for change in changes)
    touched = {c.issue for c in changes if c.action not in (Action.CREATE, Action.WRITE)}
    written = {c.issue for c in changes if c.action is Action.WRITE}
    listed = issues + creates if creates else 0
    history = math.ceil(len(touched) / world.histories) if world.histories else 0
    fetched = len(written) + creates if touched or not creates else 0
    reads = len(touched) + history + sum(math.ceil(count / PAGE) for count in (listed, fetched))
    writes = creates + len(touched)
    return Cost(reads, writes, math.ceil(duration(writes, world.pace) / 60))


def duration(writes: int, pace: Sequence[Window]) -> float:
    """Seconds from the first to the last of so many writes, evenly spread over the shortest window."""
    waiting, seconds = max(0, writes - 1), 0.0
    *long, short = sorted(pace, key=lambda window: -window.seconds) or [Window(1, 0)]
    for window in long:
        seconds += waiting // window.most * window.seconds
        waiting %= window.most
    return seconds + waiting / short.most * short.seconds
