"""A person says whose value counts where both sides contradict each other. Each field is one change of the issue. Pure.

What the document says is set in the issue. What the tracker says comes into the document with the next run, like any
other edit of the issue: for that it is enough that the document's value is remembered as known.
"""

from collections.abc import Iterable
from enum import StrEnum

from tracksync.model import Field
from tracksync.planning import explain
from tracksync.planning.changes import Action, Change, Conflict
from tracksync.planning.findings import action_for, change_of
from tracksync.planning.identity import Match, Standing
from tracksync.planning.plan import Planned
from tracksync.planning.visibility import WAY_OUT, forbids, out


class Take(StrEnum):
    """The side whose value counts."""

    DOCUMENT = "document"
    TRACKER = "tracker"


def resolution(planned: Planned, wanted: str, take: Take, which: Field | None) -> list[Change] | str:
    """What settles the conflicts of the item that a KEY names, of one field or of all; a sentence when none can be."""
    matches = {one.key: one for one in explain.find(planned, wanted) if one.standing is Standing.TWO_WAY}
    conflicts = [one for one in planned.plan.conflicts if one.key in matches and which in (None, one.field)]
    if not matches:
        return f"{wanted} names no published action item that has an issue of its own"
    if not conflicts:
        return f"{_named(matches.values())} has no conflict{f' about {which}' if which else ''}, so nothing was done"
    changes = [_change(matches[one.key], one, take) for one in conflicts]
    forbidden = next((reach for change in changes if (reach := forbids(change, planned.world.reach))), None)
    return f"{out(forbidden)}; {WAY_OUT}" if forbidden else changes


def _named(matches: Iterable[Match]) -> str:
    return " and ".join(str(one.issue.ref) for one in matches if one.issue)


def _change(match: Match, conflict: Conflict, take: Take) -> Change:
    value = conflict.document or ""
    if take is Take.TRACKER or match.issue is None:
        return change_of(match, Action.UPDATE, conflict.field, value, value, "the tracker's value counts")
    action = action_for(conflict.field, value, match.issue)
    return change_of(match, action, conflict.field, conflict.tracker, value, "the document's value counts")
