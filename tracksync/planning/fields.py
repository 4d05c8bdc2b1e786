"""One merged field of one two-way item: all that is known about it, and its decision turned into changes."""

from typing import NamedTuple

from tracksync.model import ActionItem, Base, Carrier, CarrierState, Field, Issue, Reading, Severity, SkipReason
from tracksync.owners import parted
from tracksync.planning.changes import Action, Conflict, Skipped
from tracksync.planning.findings import Findings, action_for, change_of, problem_of
from tracksync.planning.identity import Match
from tracksync.planning.merge import Decision, Opinion, Verdict
from tracksync.planning.project import Side, writable


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


class OneField:
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
        change = change_of(self.match, Action.WRITE, self.field, self.shown, self.stated or "", reason, text)
        self.found.changes.append(change)

    def _write(self, decision: Decision) -> None:
        if self.shown == decision.value:
            self._skip(SkipReason.PROPOSED, f"{self.field}: {decision.value or 'empty'} waits to be committed")
        elif self.field is Field.OWNER and parted(decision.value)[1]:
            message = f"{self.issue.ref} belongs to a team by its label, which is not written here: {decision.value}"
            self._problem("no-place", Severity.NOTE, message)
        elif self.field in self.match.item.above:
            message = (
                f"{self.field}: {self.issue.ref} says {decision.value or 'nothing'}, and a label above says it here"
            )
            self._problem("no-place", Severity.NOTE, f"{message} for several items: left as it is")
        elif self.shown != self.stated and not self.facts.proposed:
            self._skip(SkipReason.UNCOMMITTED, f"{self.field}: the file has an edit that is not committed")
        elif writable(self.match.item, self.field, self.sides.shown):
            self._change(Action.WRITE, self.shown or "", decision.value, decision.reason)
        elif self.match.item.readings.of(self.field) is not Reading.ABSENT:
            value, shown = decision.value or "nothing", self.sides.shown
            unread = self.field is not Field.OWNER or shown.unknown_owners
            reason = "the text here can't be read" if unread else "who is named here can't be assigned"
            message = f"{self.field}: {self.issue.ref} says {value}, but {reason}: left as it is"
            self._problem("unreadable-kept", Severity.WARNING, message)
        elif self.field is Field.STATUS:
            self._problem(
                "no-place", Severity.NOTE, f"{self.issue.ref} is {decision.value}, but this row has no status"
            )
        elif decision.value:
            self.found.unplaced.setdefault((self.match.document.path, self.field), []).append(self.match)

    def _patch(self, decision: Decision) -> None:
        otherwise = Action.ADOPT if decision.adopted else Action.UPDATE
        action = action_for(self.field, decision.value, self.issue, otherwise)
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
        self.found.changes.append(change_of(self.match, action, self.field, before, after, reason))

    def _problem(self, rule: str, severity: Severity, message: str) -> None:
        self.found.problems.append(problem_of(self.match, rule, severity, message))
