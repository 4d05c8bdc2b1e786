"""Changes turned into orders for the hands: drafts, patches, edits and what the journal must remember. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from tracksync.model import MERGED, Base, Carrier, CarrierState, Field, Issue, IssueDraft, IssuePatch, ItemEdit, Marker
from tracksync.planning.canonical import text_digest
from tracksync.planning.changes import Action, Change
from tracksync.planning.identity import Match
from tracksync.planning.project import BLANK, document_side
from tracksync.planning.world import World


def draft(match: Match, world: World, repository: str) -> IssueDraft:
    """The issue for a new row. Its base is what both sides show from then on; it travels in the POST itself."""
    side = document_side(match.item, world.directory, world.hold)
    values = {which: side.says(which) or BLANK[which] for which in MERGED}
    marker = Marker(
        key=match.key,
        repository=repository,
        document=match.document.path,
        text=text_digest(match.item.action),
        base={which: Base(value, 0) for which, value in values.items()},
    )
    return IssueDraft(values, marker, match.document.title or match.document.path)


def patch(issue: Issue, changes: Sequence[Change]) -> IssuePatch:
    """One PATCH for all changes of one issue: the fields and, in the same request, the base that goes with them."""
    values = {change.field: change.after or "" for change in changes if change.field and not change.remembers_only}
    if not isinstance(issue.marker, Marker):
        return IssuePatch(values, None)
    old = issue.marker.base
    fresh = Base("", max((known.serial for known in old.values()), default=0))
    moved = {c.field: Base(c.after or "", old.get(c.field, fresh).serial + 1) for c in changes if c.field}
    marker = issue.marker
    return IssuePatch(values, Marker(marker.key, marker.repository, marker.document, marker.text, {**old, **moved}))


def edit(change: Change) -> ItemEdit:
    """The edit of one cell."""
    return ItemEdit(change.index, change.field or Field.ISSUE, change.after or "", change.text)


def withdraws(change: Change) -> bool:
    """True for a write that takes back what we proposed."""
    return change.action is Action.WRITE and change.text is not None


def carriers(changes: Sequence[Change], matches: Mapping[tuple[str, int], Match]) -> list[Carrier]:
    """What the journal must know before these cells are written: nothing for links, which are never merged."""
    found = []
    for change in changes:
        issue = matches[change.path, change.index].issue
        marker = issue.marker if issue else None
        base = marker.base.get(change.field) if isinstance(marker, Marker) and change.field else None
        if base is not None and change.field is not None and change.field is not Field.ISSUE:
            found.append(Carrier(change.key, change.field, change.after or "", base.serial, CarrierState.OPEN))
    return found


def outdated(carriers: Iterable[Carrier], issues: Iterable[Issue]) -> list[Carrier]:
    """The proposals that belong to an earlier agreement: nothing will ever ask for them again."""
    memory = {issue.marker.key: issue.marker.base for issue in issues if isinstance(issue.marker, Marker)}
    return [
        one
        for one in carriers
        if (base := memory.get(one.key, {}).get(one.field)) is not None and base.serial > one.serial
    ]
