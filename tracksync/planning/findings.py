"""What planning has to say, and how it says it of one item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracksync.model import Carrier, Field, Issue, Problem, Severity, Status
from tracksync.planning.changes import Action, Change, Conflict, Skipped
from tracksync.planning.identity import Match

_NAMED = 3
"""Issues that a problem of several names."""


@dataclass(slots=True)
class Findings:
    """What planning has to say, collected over all items."""

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    in_sync: int = 0
    taken_back: list[Carrier] = field(default_factory=list)
    """Proposals that nobody wants any more: no longer the tracker's value, and not in the document either."""
    unplaced: dict[tuple[str, Field], list[Match]] = field(default_factory=dict)
    """By document and field, the items whose issue has a value that they have no place for."""

    @property
    def size(self) -> int:
        """How much was found so far: unchanged after an item means that the item is in sync."""
        return len(self.changes) + len(self.conflicts) + len(self.problems) + len(self.skipped)


def no_places(unplaced: Mapping[tuple[str, Field], Sequence[Match]]) -> Iterator[Problem]:
    """One problem for each field of a document whose values have no place in it; the items are in sync all the same."""
    for (_, which), matches in unplaced.items():
        refs = [str(one.issue.ref) for one in matches if one.issue]
        more = f" and {len(refs) - _NAMED} more" if len(refs) > _NAMED else ""
        where = f"set in {', '.join(refs[:_NAMED])}{more}, but without a place here, so it stays in the tracker"
        advice = "to see it here, add a column, or write it behind the item"
        yield problem_of(matches[0], "no-place", Severity.NOTE, f"{which}: {where}; {advice}")


def change_of(
    match: Match,
    action: Action,
    which: Field | None,
    before: str | None,
    after: str | None,
    reason: str,
    text: str | None = None,
) -> Change:
    """A change of one field of a matched item; `which` is None for the whole item."""
    ref = match.issue.ref if match.issue else None
    path, item = match.document.path, match.item
    return Change(action, match.key, path, item.line, ref, which, before, after, reason, item.action, text, item.index)


def action_for(which: Field, value: str, issue: Issue, otherwise: Action = Action.UPDATE) -> Action:
    """What it is to give a field of an issue this value: a status may close it or open it again."""
    if which is not Field.STATUS or Status(value).closed is issue.status.closed:
        return otherwise
    return Action.CLOSE if Status(value).closed else Action.REOPEN


def problem_of(match: Match, rule: str, severity: Severity, message: str) -> Problem:
    """A problem at a matched item's line."""
    return Problem(rule, severity, match.document.path, match.item.line, message)
