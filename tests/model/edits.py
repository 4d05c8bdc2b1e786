"""What a run may overwrite. A value carries the set of people's edits that it was made with; it may take the place of
another one that was made with no others, or that is what both sides last agreed on: there and back again is no edit.
"""

from collections.abc import Sequence

from tests.model.states import Broken, Place, Row, State, Ticket, View
from tests.model.thinking import FIELD, REPORTED
from tracksync.model import Field
from tracksync.planning import orders
from tracksync.planning.changes import Action, Change

DOCUMENT_EDITS = 0b00001111
"""The bits of edits in the document; those of the issue are above."""


def patch(state: State, stated: Row, now: Ticket, after: Ticket, changes: Sequence[Change]) -> tuple[State, Ticket]:
    """What an update of an issue means. Raises `Broken` when it overwrites what it may not."""
    if now.trust != "ours":
        raise Broken("an issue that is not ours was written to")
    for change in changes:
        if change.action is Action.CLOSE and now.edits & ~DOCUMENT_EDITS:
            raise Broken("an issue in which a person worked was closed as a duplicate")
        if change.field is not FIELD:
            continue
        if not change.remembers_only:
            if change.after != stated.value:
                raise Broken("an issue got a value that nobody wrote")
            if _lost(state, now.value, now.edits & ~DOCUMENT_EDITS, stated.edits) and not reported(change):
                raise Broken("a person's edit of the issue was overwritten silently")
            state, after = state._replace(agreed=(after.value, stated.edits)), after._replace(edits=stated.edits)
        elif stated.value == now.value == change.after:
            both = now.edits | stated.edits
            state = _same(state, stated.edits, now.edits)._replace(agreed=(now.value, both))
            after = after._replace(edits=both)
    return state, after


def write(state: State, old: Row, head: Row, new: Row, changes: Sequence[Change]) -> State:
    """What an edit of a document means. Raises `Broken` when it overwrites what it may not."""
    for change in changes:
        if change.field is Field.ISSUE:
            linked = state.ticket(new.link)
            if linked is None or linked.trust != "ours":
                raise Broken("an item was linked to an issue that is not ours")
        elif orders.withdraws(change):
            if old.edits & DOCUMENT_EDITS & ~head.edits:
                raise Broken("an edit that was not committed was taken back")
        elif _lost(state, old.value, old.edits & DOCUMENT_EDITS, new.edits) and not reported(change):
            raise Broken("a person's edit of the document was overwritten silently")
    return state


def reported(change: Change) -> bool:
    """True when the plan says what is overwritten."""
    return change.reason.startswith(REPORTED)


def ended(state: State, view: View, head: Row) -> State:
    """What is true when a run ends that saw both sides say the same, and nothing left to do about it."""
    linked = state.ticket(head.link)
    seen = next((ticket for ticket in view.tickets if ticket.number == head.link), None)
    if linked is None or seen is None or not seen.current or (view.head.content != head.content):
        return state
    if linked.value != head.value:
        return state
    both = linked.edits | head.edits
    state = _same(state, head.edits, linked.edits)._replace(agreed=(head.value, both))
    new = linked._replace(edits=both)
    return state._replace(tickets=tuple(new if one.number == new.number else one for one in state.tickets))


def _lost(state: State, old: str, old_edits: int, new_edits: int) -> bool:
    """True when something is overwritten by what was made without it: unless it is what both sides agreed on, and the
    other has moved since.
    """
    if not old_edits & ~new_edits:
        return False
    value, edits = state.agreed or ("", 0)
    return old != value or not new_edits & ~edits


def _same(state: State, stated: int, told: int) -> State:
    """Both sides were seen to say the same: what was made with the one was made with the other."""

    def both(row: Row) -> Row:
        return row._replace(edits=row.edits | told) if row.edits & stated == stated else row

    def seen(view: View) -> View:
        return view._replace(file=both(view.file), head=both(view.head))

    def of(place: Place) -> Place:
        run = place.run._replace(view=seen(place.run.view)) if place.run and place.run.view else place.run
        return place._replace(head=both(place.head), file=both(place.file), run=run)

    return state._replace(places=tuple(map(of, state.places)), main=both(state.main))
