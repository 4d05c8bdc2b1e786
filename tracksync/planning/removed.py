"""Live issues whose row is gone from its document: reported, or by policy closed as not planned. Pure.

Absence proves little: the row may have been reworded, moved, or never have come this far. So an issue is closed only
where the committed history shows its row and nothing that could be it is left anywhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tracksync.model import (
    ActionItem,
    Document,
    Field,
    Issue,
    Problem,
    Publication,
    Severity,
    SkipReason,
    Status,
)
from tracksync.planning.canonical import birth_keys, text_digest
from tracksync.planning.changes import Action, Change
from tracksync.planning.claims import renamed
from tracksync.planning.identity import Matching
from tracksync.planning.orphans import Lost
from tracksync.planning.rules import Removed, Rules
from tracksync.planning.world import World

_ROWS = (None, SkipReason.DONE_WITHOUT_LINK, SkipReason.STRUCK)
"""What an item that is not tracked (yet) may be skipped for."""


class Removals(NamedTuple):
    """What becomes of the issues whose rows are gone."""

    changes: list[Change]
    problems: list[Problem]
    issues: list[Issue]
    """Those that are to be closed."""


def removals(world: World, rules: Rules, matching: Matching) -> Removals:
    """Decide about every live issue of this run's documents that belongs to no row."""
    found, told = Removals([], [], []), defaultdict[tuple[str, str], list[Issue]](list)
    doubts = _Doubts(world, rules, matching) if rules.removed is Removed.CLOSE else None
    for path, lost in matching.orphans.lost.items():
        for one in lost:
            doubt = doubts.about(path, one) if doubts else ""
            if doubt or not doubts:
                told[path, doubt].append(one.issue)
            else:
                found.changes.append(_closing(path, one))
                found.issues.append(one.issue)
    found.problems.extend(_lost_row(path, issues, doubt) for (path, doubt), issues in told.items())
    return found


def _closing(path: str, lost: Lost) -> Change:
    issue, key = lost.issue, lost.marker.key
    before, after = issue.status.value, Status.WONT_DO.value
    reason = "its item was removed from the document"
    return Change(
        Action.CLOSE, key, path, 0, issue.ref, Field.STATUS, before, after, reason, title=issue.title, index=-1
    )


def _lost_row(path: str, issues: Sequence[Issue], doubt: str) -> Problem:
    message = f"no item belongs to {', '.join(str(issue.ref) for issue in issues)}: restore or relink the item, or "
    message += "close the issue" + (f"; not closed, because {doubt}" if doubt else "")
    return Problem("orphan-issue", Severity.WARNING, path, 0, message)


class _Doubts:
    """Why an issue may not be closed."""

    def __init__(self, world: World, rules: Rules, matching: Matching) -> None:
        self.world = world
        self.repository = rules.repository
        self.documents = {document.path: document for document in world.documents}
        matched = {(match.document.path, match.item.index) for match in matching.matches if match.issue}
        self.loose = [
            (document, item)
            for document in world.documents
            for item in document.items
            if item.skip in _ROWS and item.link is None and (document.path, item.index) not in matched
        ]

    def about(self, path: str, lost: Lost) -> str:
        """The first doubt, as the end of a sentence; "" when there is none."""
        return next(self._all(self.documents[path], lost), "")

    def _all(self, document: Document, lost: Lost) -> Iterator[str]:
        if not self.world.issues.complete:
            yield "the list of issues is incomplete"
        yield from (f"{path} has errors, so its items may be incomplete" for path in self._unsure())
        if document.publication is not Publication.PUBLISHED:
            yield "the document is not published"
        yield from (f"{_at(other, item)} may be this item" for other, item in self._alike(document, lost))
        yield from (f"{_at(other, item)} names it" for other, item in self._naming(lost))
        if renamed(lost.issue):
            yield "its title is not that of its item"
        if self._has(self.world.settled.get(document.path, document), lost):
            yield "its removal is not committed yet"
        if not any(self._has(version, lost) for version in self.world.history(document.path)):
            yield "no committed version of the document shows its item"

    def _unsure(self) -> Iterable[str]:
        for document in self.world.documents:
            if any(problem.severity is Severity.ERROR for problem in document.problems):
                yield document.path

    def _alike(self, document: Document, lost: Lost) -> Iterable[tuple[Document, ActionItem]]:
        for other, item in self.loose:
            if other.path == document.path or text_digest(item.action) == lost.marker.text:
                yield other, item

    def _naming(self, lost: Lost) -> Iterable[tuple[Document, ActionItem]]:
        for document in self.world.documents:
            for item in document.items:
                if any(self.world.resolve(link) == lost.issue.ref for link in item.links):
                    yield document, item

    def _has(self, document: Document, lost: Lost) -> bool:
        linked = any(item.link and self.world.resolve(item.link) == lost.issue.ref for item in document.items)
        return linked or lost.marker.key in birth_keys(self.repository, document)


def _at(document: Document, item: ActionItem) -> str:
    return f"{document.path}:{item.line}"
