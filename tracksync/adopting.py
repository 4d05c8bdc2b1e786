"""Adopting and letting go: a person decides which issue is an item's own. Each tie is one PATCH, then the row's link.

Whatever dies in between, the next run finds the rest: a tied issue is found by its marker, and then it is linked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tracksync.documents import rewrite
from tracksync.errors import LimitExceeded, PublishError, StaleIssue, TrackerError, UsageError
from tracksync.look import look
from tracksync.model import Bond, Field, Issue, IssuePatch, IssueRef, ItemEdit, Marker
from tracksync.planning import adoption, explain
from tracksync.planning.adoption import Adoption, Row
from tracksync.planning.identity import Matching, match
from tracksync.planning.likeness import Candidates
from tracksync.planning.plan import build
from tracksync.planning.world import World
from tracksync.publish import worktree
from tracksync.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Seen:
    """Both sides as they are, and which row is which issue."""

    world: World
    matching: Matching


def see(space: Workspace, paths: Sequence[Path] = (), refs: Sequence[IssueRef] = ()) -> Seen:
    """One look; `refs` are fetched where the listing lacks them. Raises `TrackerError`, also for a partial listing."""
    world = look(space, paths)
    if not world.issues.complete:
        raise TrackerError(f"the list of issues is incomplete ({world.issues.reason})", "run this again")
    missing = [ref for ref in refs if ref not in {issue.ref for issue in world.issues.issues}]
    fetched = space.tracker.fetch(missing).values() if missing else ()
    world = replace(world, issues=replace(world.issues, issues=(*world.issues.issues, *fetched)))
    return Seen(world, match(world, space.repository))


def reference(space: Workspace, text: str) -> IssueRef:
    """The issue that a person names. Raises `UsageError`."""
    found = space.tracker.reference(f"#{text}" if text.isdecimal() else text)
    if found is None:
        example = space.tracker.link(IssueRef(space.tracker.host, space.tracker.project, 12))
        raise UsageError(f"{text!r} is no issue of {space.tracker.project}", f"name one as {example}")
    return found


def planned(space: Workspace, seen: Seen, row: Row, ref: IssueRef) -> Adoption:
    """The adoption of one issue by one row. Raises `UsageError` with the reason when it can't be."""
    issue = next((one for one in seen.world.issues.issues if one.ref == ref), None)
    if issue is None:
        raise UsageError(f"there is no issue {ref}, or it can't be seen")
    found = adoption.adoption(seen.world, seen.matching, space.repository, row, issue)
    if isinstance(found, str):
        raise UsageError(found)
    return found


def row_at(seen: Seen, wanted: str) -> Row:
    """The row at PATH:LINE, as the archive names it. Raises `UsageError`."""
    path, _, line = wanted.rpartition(":")
    found = [row for row in adoption.rows(seen.world) if (row.document.path, str(row.item.line)) == (path, line)]
    if not found:
        known = [str(row.item.line) for row in adoption.rows(seen.world) if row.document.path == path]
        hint = f"its items stand in lines {', '.join(known[:10])}" if known else "see `tracksync items`"
        raise UsageError(f"there is no action item at {wanted}", hint)
    return found[0]


def adopt(space: Workspace, found: Adoption) -> None:
    """Tie the issue to the row, then write the link. Raises `TrackerError`, `PublishError`."""
    if found.patch is not None:
        _update(space, found.issue, found.patch)
    if found.link is not None:
        _write_link(space, found.row, found.link)


def let_go(space: Workspace, issue: Issue) -> None:
    """Take label, block and marker away; values, links and people's text stay. Raises `TrackerError`."""
    _update(space, issue, IssuePatch({}, None, bond=Bond.UNTIE))


def _update(space: Workspace, issue: Issue, patch: IssuePatch) -> None:
    try:
        space.tracker.update(issue, patch)
    except StaleIssue as error:
        raise TrackerError(
            f"{issue.ref} was changed at this moment; nothing was done to it", "run this again"
        ) from error


def _write_link(space: Workspace, row: Row, link: str) -> None:
    root, path = space.settings.root, row.document.path
    data = worktree.read(root, path)
    if worktree.digest(data) != row.document.digest:
        raise PublishError(f"{path} changed since it was read", "run `tracksync sync`: it finds the issue and links it")
    rewritten = rewrite(path, data, [ItemEdit(row.item.index, Field.ISSUE, link)], space.words)
    if not rewritten.done:
        raise PublishError(f"{row}: {rewritten.problems[0].message}")
    worktree.write(root, path, row.document.digest, rewritten.data)


def candidates(space: Workspace, seen: Seen) -> Candidates:
    """The issues that no row has yet, whoever made them: one listing of the whole project."""
    taken = {one.issue.ref for one in seen.matching.matches if one.issue}
    return Candidates(space.tracker.issues(every=True).issues, taken)


def hold_against_limit(space: Workspace, found: Sequence[Adoption], allowed: int | None) -> None:
    """Raises `LimitExceeded` when more issues would be changed than one run may update."""
    most = space.settings.limits.updates if allowed is None else allowed
    number = sum(one.patch is not None for one in found)
    if number > most:
        raise LimitExceeded(
            f"{number} issues to adopt, at most {most} allowed; nothing was written",
            f"if that is meant, run this again with --allow-updates {number}",
        )


def to_let_go(space: Workspace, seen: Seen, wanted: str) -> list[Issue]:
    """The issues that a KEY names: key, issue or PATH:LINE. Raises `UsageError`."""
    rows = explain.find(build(seen.world, space.rules()), wanted)
    refs = {row.issue.ref for row in rows if row.issue} | {space.tracker.reference(wanted)}
    ours = adoption.ours(seen.world, space.repository)
    found = [one for one in ours if one.ref in refs or _key_of(one) == wanted.upper()]
    if not found:
        raise UsageError(f"{wanted} names no issue of ours", "KEY is a key, an issue (#12) or PATH:LINE")
    return found


def _key_of(issue: Issue) -> str:
    return issue.marker.key if isinstance(issue.marker, Marker) else ""
