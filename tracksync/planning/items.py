"""What is to be done for one matched item: its fields decided, its link written."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tracksync.model import (
    MERGED,
    ActionItem,
    Base,
    Carrier,
    CarrierState,
    Field,
    Issue,
    Marker,
    Problem,
    Reading,
    Severity,
    SkipReason,
    Status,
)
from tracksync.planning.changes import Action, Change, Conflict, Skipped
from tracksync.planning.identity import Match, Standing
from tracksync.planning.merge import Decision, Opinion, Verdict, decide
from tracksync.planning.project import BLANK, Side, document_side, tracker_side, writable
from tracksync.planning.rules import Rules
from tracksync.planning.settled import Settled, carrier_of
from tracksync.planning.world import World


@dataclass(slots=True)
class Findings:
    """What planning has to say, collected over all items."""

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    in_sync: int = 0

    @property
    def size(self) -> int:
        """How much was found so far: unchanged after an item means that the item is in sync."""
        return len(self.changes) + len(self.conflicts) + len(self.problems) + len(self.skipped)


class ItemPlanner:
    """Plans one item after the other against the same world."""

    def __init__(self, world: World, rules: Rules, findings: Findings) -> None:
        self.world = world
        self.rules = rules
        self.found = findings
        self.settled = Settled(world, rules.repository)
        self.carriers: dict[tuple[str, Field], list[Carrier]] = {}
        for carrier in world.carriers:
            self.carriers.setdefault((carrier.key, carrier.field), []).append(carrier)

    def plan(self, match: Match) -> None:
        """Add what is to be done for one match."""
        before = self.found.size
        if match.issue is None:
            self._new(match)
        elif match.standing is Standing.READ_ONLY:
            self._read_only(match, match.issue)
        else:
            self._two_way(match, match.issue)
        if self.found.size == before:
            self.found.in_sync += 1

    def _new(self, match: Match) -> None:
        path, line = match.document.path, match.item.line
        if path in self.world.older:
            detail = f"from before {self.world.since}"
            self.found.skipped.append(Skipped(path, line, SkipReason.OLDER, detail, match.key))
        elif path in self.world.undated:
            self.found.skipped.append(Skipped(path, line, SkipReason.UNDATED, "", match.key))
            message = (
                f"has no date that tells whether it is from before {self.world.since} (`documents.since`), so its "
                "items get no issue: write a line `Date: YYYY-MM-DD` into it"
            )
            problem = Problem("date-unknown", Severity.WARNING, path, 0, message)
            self.found.problems.extend([problem] if problem not in self.found.problems[-1:] else [])
        else:
            self._create(match)

    def _create(self, match: Match) -> None:
        owner, unknown = self.world.directory.resolve(match.item) if match.item.owners else ("", ())
        self._owners_known(match, unknown)
        item = match.item
        due = f"due {item.due}" if item.due else ""
        status = item.status.replace("_", " ") if item.status and item.status is not Status.NOT_STARTED else ""
        known = ", ".join(part for part in (owner.replace(",", " and "), due, item.priority, status) if part)
        reason = f"no issue yet: {known}" if known else "no issue yet"
        self.found.changes.append(_change(match, Action.CREATE, None, None, match.item.action, reason))

    def _two_way(self, match: Match, issue: Issue) -> None:
        for duplicate in match.duplicates:
            reason = f"duplicate of {issue.ref}"
            change = _change(match, Action.CLOSE, Field.STATUS, duplicate.status.value, Status.DUPLICATE.value, reason)
            self.found.changes.append(replace(change, issue=duplicate.ref))
        self._link(match, issue)
        sides = self.sides(match)
        self._owners_known(match, sides.shown.unknown_owners)
        if sides.item is None:
            self._not_committed(match, issue, sides.shown)
            return
        for facts in self.facts(match, issue, sides):
            _OneField(self.found, match, issue, sides, facts).carry_out()

    def _not_committed(self, match: Match, issue: Issue, shown: Side) -> None:
        """A row that HEAD lacks states nothing yet: going back to HEAD must not look like anybody's edit."""
        values = tracker_side(issue)
        if any(shown.says(which) not in (None, values[which]) for which in MERGED):
            detail = "this row is not committed yet"
            skip = Skipped(match.document.path, match.item.line, SkipReason.UNCOMMITTED, detail, match.key, issue.ref)
            self.found.skipped.append(skip)

    def sides(self, match: Match) -> "Sides":
        """What the document states and shows about one item."""
        shown, item = self._side(match.item), self.settled.stated(match)
        former = tuple(self._side(row) for row in self.settled.former(match))
        if item is None or item is match.item:
            return Sides(item, shown, shown, former)
        return Sides(item, self._side(item), shown, former)

    def _side(self, item: ActionItem) -> Side:
        return document_side(item, self.world.directory, self.world.hold)

    def facts(self, match: Match, issue: Issue, sides: "Sides") -> Iterator["Facts"]:
        """Each merged field of a two-way item: all that is known about it, and what is decided."""
        values = tracker_side(issue)
        memory = issue.marker.base if isinstance(issue.marker, Marker) else {}
        for which in MERGED:
            stated, shown, base = sides.stated.says(which), sides.shown.says(which), memory.get(which)
            former = [side.says(which) for side in sides.former]
            carrier = carrier_of(self.carriers.get((match.key, which), ()), base, stated, shown, former)
            policy = self.rules.fields[which]
            ticked = which is Field.STATUS and _closed(stated) and not issue.status.closed
            decision = decide(stated, values[which], base, carrier, policy, BLANK[which], ticked)
            yield Facts(which, stated, shown, values[which], base, carrier, decision)

    def _link(self, match: Match, issue: Issue) -> None:
        if match.item.link and self.world.resolve(match.item.link) == issue.ref:
            return
        if match.item.readings.issue is Reading.ABSENT:
            message = f"{issue.ref} has no place in this row: add a status or an issue column"
            self.found.problems.append(_problem(match, "no-place", Severity.NOTE, message))
            return
        after = self.world.link(issue.ref)
        reason = "moved to the issue that stays" if match.item.link else "found by its marker"
        self.found.changes.append(_change(match, Action.WRITE, Field.ISSUE, match.item.link, after, reason))

    def _read_only(self, match: Match, issue: Issue) -> None:
        """A link to an issue that isn't ours: only its status is read. There is no memory, so a closed item is never
        opened again on its word, and an open issue says nothing about how far the work is.
        """
        shown = match.item.status
        opened = shown is not None and not issue.status.closed
        if shown == issue.status or (opened and shown is not None and not shown.closed):
            return
        if opened:
            message = f"complete here, but {issue.ref} is open and not ours to close"
            self.found.problems.append(_problem(match, "read-only-differs", Severity.NOTE, message))
        elif match.item.readings.status in (Reading.SET, Reading.EMPTY, Reading.PLACEHOLDER):
            before = shown.value if shown else ""
            reason = f"status of {issue.ref} (read-only)"
            self.found.changes.append(_change(match, Action.WRITE, Field.STATUS, before, issue.status.value, reason))

    def _owners_known(self, match: Match, unknown: tuple[str, ...]) -> None:
        if unknown:
            message = f"no login is known for {', '.join(unknown)}: add them to `owners` in the configuration"
            self.found.problems.append(_problem(match, "owner-unknown", Severity.WARNING, message))


class Sides(NamedTuple):
    """One item as its document has it: the row in HEAD, what that states, what the file shows, what was committed."""

    item: ActionItem | None
    """None: HEAD has no such row."""
    stated: Side
    shown: Side
    former: tuple[Side, ...] = ()


class Facts(NamedTuple):
    """One merged field of one item: every side's value, the memory, and the decision."""

    field: Field
    stated: Opinion
    shown: Opinion
    tracker: str
    base: Base | None
    carrier: Carrier | None
    decision: Decision

    @property
    def proposed(self) -> bool:
        """True when what the file shows beyond HEAD was written by us."""
        return self.carrier is not None and self.carrier.state is CarrierState.OPEN


class _OneField:
    """One field of one two-way item: turns its decision into changes."""

    def __init__(self, found: Findings, match: Match, issue: Issue, sides: Sides, facts: Facts) -> None:
        self.found, self.match, self.issue, self.sides, self.facts = found, match, issue, sides, facts
        self.field, self.stated, self.shown, self.tracker = facts.field, facts.stated, facts.shown, facts.tracker

    def carry_out(self) -> None:
        decision = self.facts.decision
        if decision.remember is not None and decision.verdict is not Verdict.PATCH:
            self._remember(decision)
        if decision.withdraw:
            self._withdraw()
        if decision.verdict is Verdict.WRITE:
            self._write(decision)
        elif decision.verdict is Verdict.PATCH:
            self._patch(decision)
        elif decision.verdict in (Verdict.CONFLICT, Verdict.HOLD):
            self._conflict(decision)
        elif decision.verdict in (Verdict.LEFT, Verdict.DECLINED):
            message = f"{self.field}: {self.issue.ref} says {self.tracker or 'nothing'!r}: {decision.reason}"
            self._problem("left-as-it-is", Severity.NOTE, message)
        if decision.verdict is not Verdict.WRITE:
            self._uncommitted()

    def _remember(self, decision: Decision) -> None:
        action = Action.ADOPT if decision.adopted else Action.UPDATE
        self._change(action, decision.remember, decision.remember, "remembered: " + decision.reason)

    def _withdraw(self) -> None:
        text = (self.sides.item or self.match.item).raw(self.field) or ""
        reason = "taken back: no longer what the tracker says"
        change = _change(self.match, Action.WRITE, self.field, self.shown, self.stated or "", reason, text)
        self.found.changes.append(change)

    def _write(self, decision: Decision) -> None:
        if self.shown == decision.value:
            self._skip(SkipReason.PROPOSED, f"{self.field}: {decision.value or 'empty'} waits to be committed")
        elif self.shown != self.stated and not self.facts.proposed:
            self._skip(SkipReason.UNCOMMITTED, f"{self.field}: the file has an edit that is not committed")
        elif writable(self.match.item, self.field, self.sides.shown):
            self._change(Action.WRITE, self.shown or "", decision.value, decision.reason)
        elif self.match.item.readings.of(self.field) is not Reading.ABSENT:
            value = decision.value or "nothing"
            message = f"{self.field}: {self.issue.ref} says {value}, but the text here can't be read: left as it is"
            self._problem("unreadable-kept", Severity.WARNING, message)
        elif self.field is Field.STATUS:
            self._problem(
                "no-place", Severity.NOTE, f"{self.issue.ref} is {decision.value}, but this row has no status"
            )

    def _patch(self, decision: Decision) -> None:
        action = Action.ADOPT if decision.adopted else Action.UPDATE
        if self.field is Field.STATUS:
            closes, closed = Status(decision.value).closed, self.issue.status.closed
            action = action if closes == closed else Action.CLOSE if closes else Action.REOPEN
        self._change(action, self.tracker, decision.value, decision.reason)

    def _conflict(self, decision: Decision) -> None:
        item, base = self.match.item, self.facts.base
        self.found.conflicts.append(
            Conflict(
                self.match.key,
                self.match.document.path,
                item.line,
                self.issue.ref,
                self.field,
                base.value if base else None,
                self.stated,
                self.tracker,
                decision.reason,
                item.action,
            )
        )

    def _uncommitted(self) -> None:
        if self.shown not in (self.stated, self.tracker) and not self.facts.proposed:
            self._skip(SkipReason.UNCOMMITTED, f"{self.field}: {self.shown or 'empty'} is not committed yet")

    def _skip(self, reason: SkipReason, detail: str) -> None:
        path, line = self.match.document.path, self.match.item.line
        self.found.skipped.append(Skipped(path, line, reason, detail, self.match.key, self.issue.ref, self.field))

    def _change(self, action: Action, before: str | None, after: str | None, reason: str) -> None:
        self.found.changes.append(_change(self.match, action, self.field, before, after, reason))

    def _problem(self, rule: str, severity: Severity, message: str) -> None:
        self.found.problems.append(_problem(self.match, rule, severity, message))


def _closed(status: Opinion) -> bool:
    return status is not None and Status(status).closed


def _change(
    match: Match,
    action: Action,
    which: Field | None,
    before: str | None,
    after: str | None,
    reason: str,
    text: str | None = None,
) -> Change:
    ref = match.issue.ref if match.issue else None
    path, item = match.document.path, match.item
    return Change(action, match.key, path, item.line, ref, which, before, after, reason, item.action, text, item.index)


def _problem(match: Match, rule: str, severity: Severity, message: str) -> Problem:
    return Problem(rule, severity, match.document.path, match.item.line, message)
