"""Projection: both sides brought to what can be compared, so that no difference of form looks like a person's edit."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from tracksync.model import MERGED, ActionItem, Field, Issue, Reading, Status
from tracksync.owners import LABEL, Directory, joined, parted
from tracksync.planning.merge import Opinion

Hold = Callable[[Mapping[Field, str], str], Mapping[Field, str]]
"""What a project of a tracker would show after storing these values; what it can't hold is left out."""

WRITABLE = (Reading.SET, Reading.EMPTY, Reading.PLACEHOLDER)
BLANK: Mapping[Field, str] = dict.fromkeys(MERGED, "") | {Field.STATUS: Status.NOT_STARTED.value}


class Side(NamedTuple):
    """What one item of a document says, per merged field, in the tracker's terms."""

    opinions: Mapping[Field, Opinion]
    unknown_owners: tuple[str, ...]
    unheld_owners: tuple[str, ...] = ()
    """Logins that can't be assigned in the tracker."""

    def says(self, which: Field) -> Opinion:
        """The opinion on one field; None also where the tracker can't hold what is written."""
        return self.opinions.get(which)


def document_side(item: ActionItem, directory: Directory, hold: Hold, project: str = "") -> Side:
    """An item's values as the tracker's project would show them.

    No opinion: no place, placeholder, unreadable, an owner who is unknown or can't be assigned.
    """
    owner, unknown = directory.resolve(item) if item.owners else ("", ())
    written = {
        Field.TITLE: item.action or None,
        Field.OWNER: owner or (None if unknown else _emptied(item.readings.owner)),
        Field.DUE: item.due or _emptied(item.readings.due),
        Field.PRIORITY: item.priority or _emptied(item.readings.priority),
        Field.STATUS: in_place(item, item.status).value if item.status else None,
    }
    logins, teams = parted(owner)
    held = hold({which: value for which, value in (written | {Field.OWNER: logins}).items() if value}, project)
    shown = {which: held.get(which) if value else value for which, value in written.items()}
    assigned = joined(held.get(Field.OWNER, "").split(","))
    if owner:
        shown[Field.OWNER] = _owner(assigned, teams) or None
    unheld = set(logins.split(",")) - set(assigned.split(","))
    return Side(shown, unknown, tuple(sorted(unheld - {""})))


def tracker_side(issue: Issue, directory: Directory, item: ActionItem | None = None) -> Mapping[Field, str]:
    """An issue's values in canonical form; with an item, as its places can show them. Team labels count as owners."""
    return {which: issue.value(which) for which in MERGED} | {
        Field.OWNER: _owner(issue.owner, issue.labels & directory.teams),
        Field.STATUS: in_place(item, issue.status).value if item else issue.status.value,
    }


def in_place(item: ActionItem, status: Status) -> Status:
    """A status as the item's place can show it: a check box is ticked or not."""
    if not item.box:
        return status
    return Status.COMPLETE if status.closed else Status.NOT_STARTED


def writable(item: ActionItem, which: Field, side: Side) -> bool:
    """True when writing here can't destroy something that a person wrote and that we can't read or can't bring over."""
    nobody_held = side.unheld_owners and side.says(which) is None
    if which is Field.OWNER and (side.unknown_owners or nobody_held):
        return False
    return item.readings.of(which) in WRITABLE


def _emptied(reading: Reading) -> Opinion:
    return "" if reading is Reading.EMPTY else None


def _owner(logins: str, teams: Iterable[str]) -> str:
    return joined([*logins.split(","), *(LABEL + team for team in teams)])
