"""Changes turned into orders for the hands: drafts, patches, edits and what the journal must remember. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tracksync.model import (
    MERGED,
    Base,
    Carrier,
    CarrierState,
    Document,
    Field,
    Issue,
    IssueDraft,
    IssuePatch,
    ItemEdit,
    Marker,
)
from tracksync.owners import NEEDS_OWNER, parted
from tracksync.planning import source
from tracksync.planning.canonical import text_digest
from tracksync.planning.changes import Action, Change
from tracksync.planning.identity import Match
from tracksync.planning.project import BLANK, document_side
from tracksync.planning.settled import Settled
from tracksync.planning.world import World

NO_NUMBERS: Mapping[str, int] = {}


def draft(match: Match, world: World, repository: str, above: Mapping[str, int] = NO_NUMBERS) -> IssueDraft:
    """The issue for a new row: what the document states of it, else, in a row that was never committed, shows.

    Its base is what both sides say from then on; it travels in the POST itself. `above`: see `highest_named`.
    """
    stated = Settled(world, repository).stated(match)
    item, path = stated or match.item, match.document.path
    project = world.routes.project(match.document, item, world.directory)
    side = document_side(item, world.directory, world.hold, project)
    values = {which: side.says(which) or BLANK[which] for which in MERGED}
    marker = Marker(
        key=match.key,
        repository=repository,
        document=path,
        text=text_digest(match.item.action),
        base={which: Base(value, 0) for which, value in values.items()},
    )
    logins, teams = parted(values[Field.OWNER])
    labels = teams | ({NEEDS_OWNER} if item.owners and not values[Field.OWNER] else set())
    document = world.settled.get(path, match.document) if stated else match.document
    return IssueDraft(
        values | {Field.OWNER: logins},
        marker,
        title_of(match.document),
        labels,
        above.get(project, 0),
        project=project,
        source=source.section(world.origin, document, item),
        permalink=source.permalink(world.origin, path, item.line) if stated and path not in world.uncommitted else "",
        confidential=world.reach(project if world.routes.routes else "", True).hides_new,
    )


def highest_named(world: World) -> dict[str, int]:
    """The highest number of an issue that a document names, existing or not, by project; "" where there is one only.

    A number that means something else, or an issue of a database that is gone, must not become the name of a new one.
    """
    found: dict[str, int] = {}
    for link in {item.link for document in world.documents for item in document.items if item.link}:
        if ref := world.resolve(link):
            project = ref.project if world.routes.routes else ""
            found[project] = max(found.get(project, 0), ref.number)
    return found


def title_of(document: Document) -> str:
    """What the managed block calls a document."""
    return document.title or document.path


def patch(issue: Issue, changes: Sequence[Change]) -> IssuePatch:
    """One PATCH for all changes of one issue: the fields and, in the same request, the base that goes with them."""
    values = {change.field: change.after or "" for change in changes if change.field and not change.remembers_only}
    before = {change.field: change.before or "" for change in changes}
    made = IssuePatch(values, None)
    if Field.OWNER in values:
        logins, teams = parted(values[Field.OWNER])
        old_teams = parted(before[Field.OWNER])[1]
        made = IssuePatch(values | {Field.OWNER: logins}, None, teams - old_teams, old_teams - teams)
    if NEEDS_OWNER in issue.labels and values.get(Field.OWNER, issue.owner):
        made = replace(made, remove_labels=made.remove_labels | {NEEDS_OWNER})
    return replace(made, marker=_moved(issue.marker, changes)) if isinstance(issue.marker, Marker) else made


def _moved(marker: Marker, changes: Iterable[Change]) -> Marker:
    """The marker with the base of these fields moved on."""
    fresh = Base("", max((known.serial for known in marker.base.values()), default=0))
    moved = {c.field: Base(c.after or "", marker.base.get(c.field, fresh).serial + 1) for c in changes if c.field}
    return replace(marker, base={**marker.base, **moved})


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


def unaccounted(changes: Iterable[Change]) -> set[tuple[str, Field | None]]:
    """The cells, as (key, field), whose base is still to be moved: nothing new is written into them before that.

    A value that landed and is not accounted for would be forgotten with the next one that is remembered.
    """
    return {(change.key, change.field) for change in changes if change.remembers_only}


def outdated(carriers: Iterable[Carrier], issues: Iterable[Issue]) -> list[Carrier]:
    """The proposals that belong to an earlier agreement: nothing will ever ask for them again."""
    memory = {issue.marker.key: issue.marker.base for issue in issues if isinstance(issue.marker, Marker)}
    return [
        one
        for one in carriers
        if (base := memory.get(one.key, {}).get(one.field)) is not None and base.serial > one.serial
    ]
