"""Which markers count, and which may lie. A marker is text in an issue: whoever may edit the issue can paste one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tracksync.model import Issue, IssueRef, Marker, Reading, Trust
from tracksync.planning.canonical import canonical_text
from tracksync.planning.claims import Row, renamed
from tracksync.planning.world import World

TRUSTED = (Trust.OURS, Trust.WRITER)


def trusted_markers(world: World, repository: str) -> dict[str, list[Issue]]:
    """key → the issues that may speak for it, lowest number first.

    An issue whose author's account is gone speaks only where a row links to it: somebody who may write the documents
    has decided so.
    """
    linked = _linked(world)
    by_key: dict[str, list[Issue]] = defaultdict(list)
    for issue in world.issues.issues:
        trusted = issue.trust in TRUSTED or (issue.trust is Trust.GHOST and issue.ref in linked)
        if trusted and isinstance(issue.marker, Marker) and issue.marker.repository == repository:
            by_key[issue.marker.key].append(issue)
    for found in by_key.values():
        found.sort(key=lambda issue: issue.ref)
    return by_key


def alive(issue: Issue) -> bool:
    """True for an open issue of somebody who may write."""
    return issue.trust in TRUSTED and not issue.status.closed


def ghosts(issues: Iterable[Issue], repository: str) -> dict[str, IssueRef]:
    """Key → the issue of an author whose account is gone."""
    return {
        issue.marker.key: issue.ref
        for issue in issues
        if issue.trust is Trust.GHOST and isinstance(issue.marker, Marker) and issue.marker.repository == repository
    }


def without_marker(world: World) -> dict[str, IssueRef]:
    """Text → the live issue of ours that lost its marker and that no row names."""
    linked = _linked(world)
    bare = (one for one in world.issues.issues if one.marker is None and one.labelled and alive(one))
    return {canonical_text(one.title): one.ref for one in bare if one.ref not in linked}


def _linked(world: World) -> set[IssueRef | None]:
    return {world.resolve(item.link) for document in world.documents for item in document.items if item.link}


def copied(row: Row, kept: Issue, same: Sequence[Issue]) -> str:
    """Why the issue that would stay may not be this item's at all: the marker may have been pasted into it."""
    if not renamed(kept):
        return ""
    if right := next((issue for issue in same if not renamed(issue)), None):
        return (
            f"{kept.ref} has another title and the same marker as {right.ref}, so somebody may have pasted it: remove "
            f"it from one of them, or let go of {kept.ref}: `tracksync release {kept.ref}`"
        )
    if kept != row.linked and row.item.readings.issue is not Reading.ABSENT:
        return (
            f"{kept.ref} has the marker of this item and another title, so somebody may have pasted it. If it is the "
            f"issue of this item: {row.adopting(kept.ref)}. If not: `tracksync release {kept.ref}`"
        )
    return ""


def distrust(issue: Issue, marker: Marker, repository: str) -> str:
    """Why a marker doesn't count, after the name of its issue."""
    if marker.repository != repository:
        return f"was made for an item of another repository ({marker.repository})"
    who = issue.author or "somebody whose account is gone"
    return f"carries a marker, but {who} is not known to have write access (if they have: `tracker.trusted_authors`)"
