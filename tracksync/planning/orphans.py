"""Live issues whose row can't be found. They stop creation in their document: the row may only have been reworded."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracksync.model import ActionItem, Document, Issue, Marker, Problem, Severity
from tracksync.planning.canonical import text_digest
from tracksync.planning.world import World


@dataclass(frozen=True, slots=True)
class Orphans:
    """Orphaned issues by the document that they may belong to."""

    by_document: Mapping[str, Sequence[Issue]]
    problems: tuple[Problem, ...]
    count: int

    def blocking(self, path: str) -> Sequence[Issue]:
        """The orphans because of which no issue may be created for an unlinked row of this document."""
        return self.by_document.get(path, ())


def find_orphans(
    world: World,
    by_key: Mapping[str, Sequence[Issue]],
    claimed: Collection[str],
    rows: Iterable[tuple[str, ActionItem, Issue | None]],
) -> Orphans:
    """Live trusted issues that no row claims, of documents that were looked at or no longer exist."""
    looked_at = {document.path: document for document in world.documents}
    own: dict[str, list[Issue]] = defaultdict(list)
    vanished: dict[str, list[Issue]] = defaultdict(list)
    for key, issues in by_key.items():
        live = next((issue for issue in issues if not issue.status.closed), None)
        marker = live.marker if live else None
        if live is None or key in claimed or not isinstance(marker, Marker):
            continue
        if marker.document in looked_at:
            own[marker.document].append(live)
        elif marker.document not in world.known:
            vanished[marker.document].append(live)
    problems = [
        _lost_row(path, issues, not looked_at[path].items) for path, issues in own.items() if _read(looked_at[path])
    ]
    problems += [_lost_document(path, issues) for path, issues in vanished.items()]
    count = sum(len(issues) for issues in (*own.values(), *vanished.values()))
    for path, old in _successors(rows, vanished):
        own[path].extend(vanished[old])
    return Orphans(own, tuple(problems), count)


def _successors(
    rows: Iterable[tuple[str, ActionItem, Issue | None]], vanished: Mapping[str, Sequence[Issue]]
) -> set[tuple[str, str]]:
    """(new path, vanished path): one row that links to an issue of the vanished document, or that has the text of
    one of its lost items, is evidence that the document was renamed.
    """
    if not vanished:
        return set()
    texts = {
        issue.marker.text: old for old, lost in vanished.items() for issue in lost if isinstance(issue.marker, Marker)
    }
    found = set()
    for path, item, issue in rows:
        if issue is not None and isinstance(issue.marker, Marker) and issue.marker.document in vanished:
            found.add((path, issue.marker.document))
        elif issue is None and (old := texts.get(text_digest(item.action))):
            found.add((path, old))
    return found


def _read(document: Document) -> bool:
    """False when the document itself could not be read: that problem says it all."""
    return bool(document.items) or all(problem.severity is not Severity.ERROR for problem in document.problems)


def _lost_row(path: str, issues: Sequence[Issue], emptied: bool) -> Problem:
    refs = ", ".join(str(issue.ref) for issue in issues)
    if emptied:
        message = (
            f"had action items and now shows none, but these issues are open: {refs}; restore them or close the issues"
        )
        return Problem("items-emptied", Severity.ERROR, path, 0, message)
    message = f"no item belongs to {refs}: restore or relink the item, or close the issue"
    return Problem("orphan-issue", Severity.WARNING, path, 0, message)


def _lost_document(path: str, issues: Sequence[Issue]) -> Problem:
    refs = ", ".join(str(issue.ref) for issue in issues)
    message = f"the document is gone or no longer included, but these issues are open and now left alone: {refs}"
    return Problem("document-gone", Severity.WARNING, path, 0, message)
