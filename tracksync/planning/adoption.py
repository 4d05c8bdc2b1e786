"""Which issue a person may make an item's own, and which issues are ours to let go. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from tracksync.model import (
    MERGED,
    ActionItem,
    Base,
    Bond,
    Document,
    Issue,
    IssuePatch,
    IssueRef,
    Marker,
    MarkerFault,
    Reading,
    SkipReason,
    Trust,
)
from tracksync.planning import source
from tracksync.planning.canonical import birth_keys, text_digest
from tracksync.planning.identity import Matching, Standing
from tracksync.planning.orders import title_of
from tracksync.planning.project import document_side, tracker_side
from tracksync.planning.trust import TRUSTED
from tracksync.planning.visibility import WAY_OUT, Reach, out
from tracksync.planning.world import World

NO_ITEM = (SkipReason.PLACEHOLDER, SkipReason.BLANK, SkipReason.TEXT_AFTER_TABLE)


@dataclass(frozen=True, slots=True)
class Row:
    """An action item in its document."""

    document: Document
    item: ActionItem

    def __str__(self) -> str:
        return f"{self.document.path}:{self.item.line}"


@dataclass(frozen=True, slots=True)
class Adoption:
    """An issue that becomes an item's own. Nothing but the tie changes: what differs is left to the next plan."""

    row: Row
    issue: Issue
    marker: Marker
    link: str | None
    """What is to be written into the row; None where it names the issue already, or has no place for it."""
    source: str = ""
    """The address of the row's section."""

    @property
    def patch(self) -> IssuePatch | None:
        """What makes the issue ours; None when it is."""
        if self.issue.marker == self.marker and self.issue.labelled:
            return None
        return IssuePatch(
            {}, self.marker, bond=Bond.TIE, document_title=title_of(self.row.document), source=self.source
        )


def rows(world: World) -> Iterator[Row]:
    """Every action item of what this run is about, published or not."""
    for document in world.documents:
        if world.looks_at(document.path):
            yield from (Row(document, item) for item in document.items if item.skip not in NO_ITEM)


def adoption(world: World, matching: Matching, repository: str, row: Row, issue: Issue) -> Adoption | str:
    """How the row takes the issue for its own; a sentence when it can't be."""
    refused = _issue_refused(repository, issue) or _row_refused(world, matching, row, issue.ref)
    refused = refused or _not_seen_there(world.reach(issue.ref.project, True), issue)
    if refused:
        return refused
    named = row.item.link is not None
    placeless = not named and row.item.readings.issue is Reading.ABSENT
    rekeyed = placeless or _claimed_elsewhere(world, repository, row, issue)
    marker = _marker(world, repository, row, issue, rekeyed)
    link = None if named or placeless else world.link(issue.ref)
    return Adoption(row, issue, marker, link, source.section(world.origin, row.document, row.item))


def _claimed_elsewhere(world: World, repository: str, row: Row, issue: Issue) -> bool:
    """True when another row names the issue, or is the one that it was made for."""
    key = issue.marker.key if isinstance(issue.marker, Marker) else ""
    return any(
        item is not row.item and (birth == key or (item.link is not None and world.resolve(item.link) == issue.ref))
        for document in world.documents
        for item, birth in zip(document.items, birth_keys(repository, document), strict=True)
    )


def _issue_refused(repository: str, issue: Issue) -> str:
    if issue.trust is Trust.STRANGER:
        return f"{issue.ref} was opened by somebody without write access, who could edit its marker: open one yourself"
    if isinstance(issue.marker, MarkerFault):
        return f"{issue.ref}: {issue.marker.reason} `tracksync release {issue.ref}` takes the marker away"
    if issue.marker is not None and issue.marker.repository != repository:
        return f"{issue.ref} belongs to the documents of {issue.marker.repository}: release it there first"
    return ""


def _not_seen_there(reach: Reach, issue: Issue) -> str:
    """The tie would bring the document's title and path into the issue."""
    found = reach.hidden if issue.confidential else reach
    return f"{out(found)}; {WAY_OUT}" if found.keeps_out else ""


def _row_refused(world: World, matching: Matching, row: Row, ref: IssueRef) -> str:
    for path, line, owned in _owned(matching):
        here = (path, line) == (row.document.path, row.item.line)
        if here and owned == ref:
            return f"{ref} is this item's own issue already"
        if here:
            return f"this item has {owned}: `tracksync release {owned}` first"
        if owned == ref:
            return f"{ref} belongs to {path}:{line}: `tracksync release {ref}` first"
    if row.item.readings.issue is Reading.UNREADABLE:
        return "several issues stand in this row: keep the one that tracks the item"
    if row.item.link is not None and world.resolve(row.item.link) != ref:
        return f"this row names {row.item.link}: change that first"
    return ""


def _owned(matching: Matching) -> Iterator[tuple[str, int, IssueRef]]:
    """(path, line, issue) of every row that has an issue of its own, in documents that aren't published too."""
    for match in matching.matches:
        if match.issue is not None and match.standing is Standing.TWO_WAY:
            yield match.document.path, match.item.line, match.issue.ref
    for skipped in matching.skipped:
        if skipped.reason is SkipReason.UNPUBLISHED and skipped.issue is not None:
            yield skipped.path, skipped.line, skipped.issue


def _marker(world: World, repository: str, row: Row, issue: Issue, rekeyed: bool) -> Marker:
    """The marker of the tie. One that is there is carried on: its row was only reworded or moved.

    `rekeyed`: a link can't tell which row it belongs to, so the key must. Without a memory the base holds what both
    sides show alike; about the rest the next plan decides, as where nothing is remembered (design, the merge table).
    """
    key = birth_keys(repository, row.document)[row.item.index]
    path, text = row.document.path, text_digest(row.item.action)
    if isinstance(issue.marker, Marker):
        return replace(issue.marker, key=key, document=path, text=text) if rekeyed else issue.marker
    side = document_side(row.item, world.directory, world.hold, issue.ref.project)
    shown = tracker_side(issue, world.directory, row.item)
    base = {which: Base(shown[which], 0) for which in MERGED if side.says(which) == shown[which]}
    return Marker(key, repository, path, text, base)


def by_links(world: World, matching: Matching, repository: str) -> list[tuple[Row, Adoption | str]]:
    """Every row that names an issue of this tracker which is nobody's, with its adoption or why there is none."""
    issues = {issue.ref: issue for issue in world.issues.issues}
    found: list[tuple[Row, Adoption | str]] = [
        (row, f"{ref} doesn't exist or can't be seen")
        for row in rows(world)
        if row.item.link and (ref := world.resolve(row.item.link)) and ref not in issues
    ]
    named: dict[IssueRef, list[Row]] = defaultdict(list)
    for match in matching.matches:
        if match.standing is Standing.READ_ONLY and match.issue and world.looks_at(match.document.path):
            named[match.issue.ref].append(Row(match.document, match.item))
    for ref, own in named.items():
        if len(own) > 1:
            places = " and ".join(map(str, own))
            reason = f"{ref} is named by {places}: `tracksync adopt {own[0]} {ref}` tells whose it is"
            found.extend((row, reason) for row in own)
        else:
            found.append((own[0], adoption(world, matching, repository, own[0], issues[ref])))
    return sorted(found, key=lambda pair: (pair[0].document.path, pair[0].item.line))


def without_issue(world: World, matching: Matching) -> list[Row]:
    """The open rows that have no issue of their own and could take one."""
    owned = {(path, line) for path, line, _ in _owned(matching)}
    return [
        row
        for row in rows(world)
        if (row.document.path, row.item.line) not in owned
        and row.item.skip is None
        and row.item.readings.issue is not Reading.UNREADABLE
        and not (row.item.link and world.resolve(row.item.link) is None)
    ]


def unlinked(world: World, matching: Matching, refs: Collection[IssueRef]) -> list[Row]:
    """The rows that are tied to one of these issues by its marker alone."""
    return [
        Row(match.document, match.item)
        for match in matching.matches
        if match.standing is Standing.TWO_WAY and match.issue and match.issue.ref in refs
        if not (match.item.link and world.resolve(match.item.link) == match.issue.ref)
    ]


def ours(world: World, repository: str) -> list[Issue]:
    """Every issue with our marker, also a damaged one."""
    return [issue for issue in world.issues.issues if _is_ours(issue, repository)]


def _is_ours(issue: Issue, repository: str) -> bool:
    if isinstance(issue.marker, MarkerFault):
        return issue.trust in TRUSTED
    return issue.marker is not None and issue.marker.repository == repository
