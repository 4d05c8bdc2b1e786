"""Live issues whose row can't be found. They stop creation in their document: the row may only have been reworded."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tracksync.model import ActionItem, Document, Issue, Marker, Problem, Severity
from tracksync.planning.canonical import text_digest
from tracksync.planning.world import World


class Lost(NamedTuple):
    """A live issue of ours that belongs to no row."""

    issue: Issue
    marker: Marker


@dataclass(frozen=True, slots=True)
class Orphans:
    """Orphaned issues by the document that they may belong to."""

    by_document: Mapping[str, Sequence[Issue]]
    by_text: Mapping[str, Sequence[Issue]]
    """By the digest of their item's text: in whichever document such a row comes up, it may be theirs."""
    lost: Mapping[str, Sequence[Lost]]
    """Those of this run's documents that still have other items."""
    problems: tuple[Problem, ...]
    """About whole documents: one that is gone, excluded or emptied."""
    count: int
    """Orphans, those of this run's documents."""
    emptied: int
    """Documents that had items and show none."""

    def blocking(self, path: str, item: ActionItem) -> Sequence[Issue]:
        """The orphans because of which no issue may be created for an unlinked row of this document."""
        return self.by_document.get(path) or self.by_text.get(text_digest(item.action), ())


def find_orphans(
    world: World,
    by_key: Mapping[str, Sequence[Issue]],
    claimed: Collection[str],
    rows: Iterable[tuple[str, ActionItem, Issue | None]],
) -> Orphans:
    """Live trusted issues that no row claims."""
    looked_at = {document.path: document for document in world.documents}
    places: dict[str, dict[str, list[Lost]]] = {"own": {}, "excluded": {}, "vanished": {}}
    by_text: dict[str, list[Issue]] = {}
    for key, issues in by_key.items():
        live = next((issue for issue in issues if not issue.status.closed), None)
        marker = live.marker if live else None
        if live is None or key in claimed or not isinstance(marker, Marker):
            continue
        path = marker.document
        place = "own" if path in looked_at else "excluded" if path in world.excluded else "vanished"
        places[place].setdefault(path, []).append(Lost(live, marker))
        if place == "own":
            by_text.setdefault(marker.text, []).append(live)
    own, vanished = places["own"], places["vanished"]
    mine = {path: issues for path, issues in own.items() if world.looks_at(path)}
    lost = {path: found for path, found in mine.items() if looked_at[path].items}
    problems: list[Problem] = []
    emptied = [_emptied(path, issues) for path, issues in mine.items() if _emptied_by_somebody(looked_at[path])]
    count = sum(map(len, mine.values()))
    if world.chosen is None:
        problems += [_elsewhere(path, issues) for path, issues in places["excluded"].items()]
        problems += [_lost_document(path, issues) for path, issues in vanished.items()]
        count += sum(map(len, vanished.values()))
    blocking = {path: [one.issue for one in found] for path, found in own.items()}
    for path, old in _successors(rows, vanished):
        blocking.setdefault(path, []).extend(one.issue for one in vanished[old])
    return Orphans(blocking, by_text, lost, (*problems, *emptied), count, len(emptied))


def _successors(
    rows: Iterable[tuple[str, ActionItem, Issue | None]], vanished: Mapping[str, Sequence[Lost]]
) -> set[tuple[str, str]]:
    """(new path, vanished path): one row that links to an issue of the vanished document, or that has the text of
    one of its lost items, is evidence that the document was renamed.
    """
    if not vanished:
        return set()
    texts = {one.marker.text: old for old, lost in vanished.items() for one in lost}
    found = set()
    for path, item, issue in rows:
        if issue is not None and isinstance(issue.marker, Marker) and issue.marker.document in vanished:
            found.add((path, issue.marker.document))
        elif issue is None and (old := texts.get(text_digest(item.action))):
            found.add((path, old))
    return found


def _emptied_by_somebody(document: Document) -> bool:
    """False also when the document itself could not be read: that problem says it all."""
    return not document.items and all(problem.severity is not Severity.ERROR for problem in document.problems)


def _emptied(path: str, issues: Sequence[Lost]) -> Problem:
    message = f"had action items and now shows none, but these issues are open: {_refs(issues)}"
    return Problem("items-emptied", Severity.ERROR, path, 0, message + "; restore the items or close the issues")


def _elsewhere(path: str, issues: Sequence[Lost]) -> Problem:
    message = f"is not among the documents that the configuration includes; left alone: {_refs(issues)}"
    return Problem("document-excluded", Severity.NOTE, path, 0, message)


def _lost_document(path: str, issues: Sequence[Lost]) -> Problem:
    message = f"the document is gone, but these issues are open and now left alone: {_refs(issues)}"
    return Problem("document-gone", Severity.WARNING, path, 0, message)


def _refs(issues: Sequence[Lost]) -> str:
    return ", ".join(str(one.issue.ref) for one in issues)
