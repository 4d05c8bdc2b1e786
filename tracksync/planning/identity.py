"""Which row is which issue. Refuses every ambiguity: a wrong match would overwrite somebody's work.

Matching, in order (design section "Identity"): the link in the row; a trusted marker with the key the row would get;
a live issue of this document whose row can't be found stops creation; else the row is new.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracksync.model import (
    ActionItem,
    Document,
    Issue,
    IssueRef,
    Marker,
    MarkerFault,
    Problem,
    Publication,
    Reading,
    Severity,
    SkipReason,
)
from tracksync.planning.canonical import birth_keys, canonical_text
from tracksync.planning.changes import Skipped
from tracksync.planning.claims import Row, kept_of, rightful, worked_on
from tracksync.planning.orphans import Orphans, find_orphans
from tracksync.planning.project import document_side
from tracksync.planning.trust import alive, copied, distrust, ghosts, trusted_markers, without_marker
from tracksync.planning.world import World


class Standing(StrEnum):
    """How an item and an issue belong together."""

    TWO_WAY = "two_way"
    READ_ONLY = "read_only"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Match:
    """A row and its issue. `key` is carried by the marker, `birth` is what the row would get today."""

    standing: Standing
    document: Document
    item: ActionItem
    key: str
    birth: str
    issue: Issue | None = None
    duplicates: tuple[Issue, ...] = ()
    """Other open issues with the same key in which nobody worked: to be closed."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The result for all rows. A row that is in no match has a Skipped or a Problem."""

    matches: tuple[Match, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...]
    orphans: Orphans


def match(world: World, repository: str) -> Matching:
    """Match every row of every document with the issues of the listing."""
    return _Matcher(world, repository).run()


class _Matcher:
    """The state of one matching: what was decided so far, row by row."""

    def __init__(self, world: World, repository: str) -> None:
        self.world = world
        self.repository = repository
        self.by_ref: Mapping[IssueRef, Issue] = {issue.ref: issue for issue in world.issues.issues}
        self.by_key = trusted_markers(world, repository)
        self.keys = {issue.ref: key for key, issues in self.by_key.items() for issue in issues}
        self.ghosts = ghosts(world.issues.issues, repository)
        self.bare = without_marker(world)
        self.unreadable = {
            i.ref: i.marker for i in world.issues.issues if isinstance(i.marker, MarkerFault) and alive(i)
        }
        self.matches: list[Match] = []
        self.skipped: list[Skipped] = []
        self.problems: list[Problem] = []
        self.claims: dict[str, list[Row]] = defaultdict(list)
        self.unlinked: list[Row] = []

    def run(self) -> Matching:
        for document in self.world.documents:
            for item, birth in zip(document.items, birth_keys(self.repository, document), strict=True):
                self._claim(Row(document, item, birth))
        for key, rows in self.claims.items():
            self._settle_claim(key, rows)
        orphans = find_orphans(self.world, self.by_key, self.claims.keys(), self._relations())
        for row in self.unlinked:
            self._place_unlinked(row, orphans)
        return Matching(tuple(self.matches), tuple(self.skipped), (*self.problems, *orphans.problems), orphans)

    def _claim(self, row: Row) -> None:
        item = row.item
        if item.skip not in (None, SkipReason.DONE_WITHOUT_LINK, SkipReason.STRUCK):
            self.skipped.append(row.skipped(item.skip or SkipReason.BLANK))
        elif item.readings.issue is Reading.UNREADABLE:
            self.skipped.append(row.skipped(SkipReason.TRACKED_ELSEWHERE, "more than one link"))
        elif item.link:
            self._claim_by_link(row, item.link)
        elif row.birth in self.by_key:
            self.claims[row.birth].append(row)
        else:
            self.unlinked.append(row)

    def _claim_by_link(self, row: Row, link: str) -> None:
        ref = self.world.resolve(link)
        issue = self.by_ref.get(ref) if ref else None
        if ref is None:
            self.skipped.append(row.skipped(SkipReason.TRACKED_ELSEWHERE, link))
        elif issue is None:
            self.problems.append(row.problem("issue-missing", _missing(ref, self.world)))
        elif issue.ref in self.keys:
            self.claims[self.keys[issue.ref]].append(Row(row.document, row.item, row.birth, issue))
        else:
            self._read_only(row, issue)

    def _read_only(self, row: Row, issue: Issue) -> None:
        if isinstance(issue.marker, MarkerFault):
            self.unreadable.pop(issue.ref, None)
            self.problems.append(row.problem("marker-unreadable", f"{issue.ref}: {issue.marker.reason}"))
            return
        if issue.marker is not None:
            message = f"{issue.ref} {distrust(issue, issue.marker, self.repository)}; only its status is read"
            self.problems.append(
                Problem("marker-untrusted", Severity.WARNING, row.document.path, row.item.line, message)
            )
        self._matched(Match(Standing.READ_ONLY, row.document, row.item, row.birth, row.birth, issue))

    def _settle_claim(self, key: str, rows: Sequence[Row]) -> None:
        refs = sorted({row.linked.ref for row in rows if row.linked})
        if len(refs) > 1:
            named = " and ".join(str(ref) for ref in refs)
            for row in rows:
                issue = row.linked.ref if row.linked else refs[0]
                message = f"{named} carry the same marker, so one of them is not what its row says; say whose it is: "
                self.problems.append(row.problem("same-issue-twice", message + row.adopting(issue)))
            return
        owner = rightful(key, rows, self.by_key[key])
        if owner is None:
            ref = self.by_key[key][0].ref
            lines = ", ".join(f"{row.document.path}:{row.item.line}" for row in rows)
            message = (
                f"{len(rows)} rows claim {ref} ({lines}); remove the link from those that don't own it, or say who "
            )
            message += f"does, like {rows[0].adopting(ref)}"
            self.problems.extend(row.problem("same-issue-twice", message) for row in rows)
            return
        for row in rows:
            if row is not owner and row.linked is not None:
                self._matched(Match(Standing.READ_ONLY, row.document, row.item, row.birth, row.birth, row.linked))
            elif row is not owner:
                message = f"reads like line {owner.item.line} of {owner.document.path} once did; reword one of them"
                self.problems.append(row.problem("same-text", message))
        self._two_way(key, owner)

    def _two_way(self, key: str, row: Row) -> None:
        same = self.by_key[key]
        live = [issue for issue in same if not issue.status.closed]
        kept = kept_of(row.linked, live, same)
        if kept is None:
            refs = ", ".join(str(issue.ref) for issue in same)
            message = f"one item, two issues ({refs}), and the linked one is closed; close the other or change the link"
            self.problems.append(row.problem("second-issue", message))
            return
        others = tuple(issue for issue in live if issue.ref != kept.ref)
        if row.linked is None and kept.status.closed and not self._as_created(row, kept):
            message = (
                f"{kept.ref} was made for an item with this text and is closed; reword this item, or take that issue "
                f"for it: {row.adopting(kept.ref)}"
            )
            self.problems.append(row.problem("closed-before", message))
            return
        if doubt := copied(row, kept, same):
            self.problems.append(row.problem("marker-copied", doubt))
            return
        worked = [str(issue.ref) for issue in others if worked_on(issue, self.world.directory)]
        if worked:
            message = f"{', '.join(worked)} duplicates {kept.ref}, but somebody worked in it; close one of them by hand"
            self.problems.append(row.problem("duplicate-worked-on", message))
            return
        closable = others if self.world.issues.complete else ()
        self._matched(Match(Standing.TWO_WAY, row.document, row.item, key, row.birth, kept, closable))

    def _as_created(self, row: Row, issue: Issue) -> bool:
        """True when the row still says what was agreed at creation: it was never linked, rather than written anew."""
        side = document_side(row.item, self.world.directory, self.world.hold, issue.ref.project)
        memory = issue.marker.base if isinstance(issue.marker, Marker) else {}
        return all(side.says(which) in (None, base.value) for which, base in memory.items())

    def _matched(self, found: Match) -> None:
        if found.document.publication is Publication.PUBLISHED:
            self.matches.append(found)
        else:
            issue = found.issue.ref if found.issue else None
            detail = f"status line: {found.document.status_raw or 'none'}"
            self.skipped.append(
                Skipped(found.document.path, found.item.line, SkipReason.UNPUBLISHED, detail, found.key, issue)
            )

    def _relations(self) -> Iterable[tuple[str, ActionItem, Issue | None]]:
        """(path, item, its issue) of every row: how a renamed document is recognised."""
        for key, rows in self.claims.items():
            for row in rows:
                yield row.document.path, row.item, row.linked or self.by_key[key][0]
        for row in self.unlinked:
            yield row.document.path, row.item, None

    def _place_unlinked(self, row: Row, orphans: Orphans) -> None:
        blocking = orphans.blocking(row.document.path, row.item)
        ghost, bare = self.ghosts.get(row.birth), self.bare.get(canonical_text(row.item.action))
        if row.item.skip is not None:
            self.skipped.append(row.skipped(row.item.skip))
        elif row.document.publication is not Publication.PUBLISHED:
            self._matched(Match(Standing.NEW, row.document, row.item, row.birth, row.birth))
        elif ghost:
            message = f"{ghost} was made for this item by an account that is gone; to keep it: {row.adopting(ghost)}"
            self.problems.append(row.problem("author-gone", message))
        elif bare:
            message = (
                f"{bare} has this text and our label, but its marker was taken out; to keep it: {row.adopting(bare)}. "
                "Remove its label to have a new issue"
            )
            self.problems.append(row.problem("marker-removed", message))
        elif blocking:
            self.problems.append(row.problem("reworded-or-new", _reworded(row, blocking)))
        elif self.unreadable:
            ref, marker = min(self.unreadable.items())
            message = f"not created, because {ref} may be its issue: {marker.reason}"
            self.problems.append(row.problem("marker-unreadable", message))
        elif not self.world.issues.complete:
            message = f"not created: the list of issues is incomplete ({self.world.issues.reason})"
            self.problems.append(row.problem("listing-incomplete", message))
        else:
            self._matched(Match(Standing.NEW, row.document, row.item, row.birth, row.birth))


def _missing(ref: IssueRef, world: World) -> str:
    if not world.issues.complete:
        return f"{ref} was not seen because the list of issues is incomplete"
    if where := world.whereabouts.get(ref):
        return f"{ref} {where}; change the link, or remove it to have a new issue created"
    return f"{ref} doesn't exist or can't be seen; restore it, or remove the link to have a new issue created"


def _reworded(row: Row, blocking: Sequence[Issue]) -> str:
    refs = [str(issue.ref) for issue in blocking]
    first, others = refs[0], f" (or {', '.join(refs[1:3])})" if len(refs) > 1 else ""
    return (
        f"is this {first}{others} reworded or moved, or a new item? The same: {row.adopting(blocking[0].ref)}. "
        f"New: `tracksync release {first}` lets go of the issue that lost its row"
    )
