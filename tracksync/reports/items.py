"""The action items of documents as text and as JSON (docs/schemas/items.json)."""

from collections.abc import Callable, Iterator, Sequence

from tracksync.model import ActionItem, Document, IssueRef, Problem, Publication, Reading
from tracksync.planning.changes import ref_json
from tracksync.reports.json_text import json_text
from tracksync.reports.lines import BLANK, Line, Style, columns, no_style, padded, render
from tracksync.reports.plain import plain
from tracksync.reports.words import SKIP_WORDS, STATUS_WORDS, counted

Resolve = Callable[[str], IssueRef | None]
"""The issue that a reference in a document names, or None when it is not one of our tracker's."""


def items_json(documents: Sequence[Document], resolve: Resolve) -> str:
    """All items as JSON text. `issue` is what `resolve` makes of the item's link."""
    return json_text({"schema": 1, "documents": [_document(document, resolve) for document in documents]})


def items_text(documents: Sequence[Document], *, width: int | None = None, style: Style = no_style) -> str:
    """All items as text: each document with its date, severity and publication, aligned rows, and its problems."""
    return render(_lines(documents), width, style)


def _document(document: Document, resolve: Resolve) -> dict[str, object]:
    return {
        "path": document.path,
        "title": document.title,
        "date": document.date,
        "severity": document.severity,
        "published": document.publication is Publication.PUBLISHED,
        "status_raw": document.status_raw,
        "items": [_item(item, resolve) for item in document.items],
        "problems": [_problem(problem) for problem in document.problems],
    }


def _item(item: ActionItem, resolve: Resolve) -> dict[str, object]:
    return {
        "action": item.action,
        "action_raw": item.action_raw,
        "owners": list(item.owners),
        "due": item.due,
        "due_raw": item.due_raw,
        "priority": item.priority,
        "priority_raw": item.priority_raw,
        "status": item.status.value if item.status else None,
        # A cell with nothing but the link says nothing about the status.
        "status_raw": "" if item.status_raw and item.readings.status is Reading.EMPTY else item.status_raw,
        "kind": item.kind.value if item.kind else None,
        "links": list(item.links),
        "issue": ref_json(resolve(item.link)) if item.link else None,
        "skip": item.skip.value if item.skip else None,
        "line": item.line,
        "column": item.column,
        "format": item.format,
    }


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "line": problem.line,
        "message": problem.message,
    }


def _lines(documents: Sequence[Document]) -> Iterator[Line]:
    for document in documents:
        yield Line("heading", document.path)
        yield Line("row", f"  {_about(document)}")
        yield from _rows(document.items)
        for p in document.problems:
            where = f"L{p.line} " if p.line else ""
            yield Line(p.severity.value, f"  {where}{p.severity} {p.rule}: {p.message}")
        yield BLANK
    items = sum(len(document.items) for document in documents)
    yield Line("summary", f"{counted(items, 'action item')} in {counted(len(documents), 'document')}.")


def _about(document: Document) -> str:
    publication = {
        Publication.PUBLISHED: "published",
        Publication.HELD: f'held back (status "{document.status_raw}")',
        Publication.UNKNOWN: f'held back (unknown status "{document.status_raw}")',
    }[document.publication]
    parts = [document.title, document.date, document.severity, publication]
    return ", ".join(part for part in parts if part)


def _rows(items: Sequence[ActionItem]) -> Iterator[Line]:
    rows = [_cells(item) for item in items]
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    for item, row in zip(items, rows, strict=True):
        cells = "  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True))
        left_alone = f"   ({SKIP_WORDS[item.skip]})" if item.skip else ""
        yield Line("skip" if item.skip else "row", f"  {cells}  {item.action}{left_alone}")


def _cells(item: ActionItem) -> list[str]:
    status = STATUS_WORDS[item.status] if item.status else item.status_raw
    owners = ", ".join(item.owners) or item.owner_raw
    cells = [f"L{item.line}", status, owners, item.due or item.due_raw, item.priority or item.priority_raw]
    # Made plain before they are measured, so that columns stay aligned.
    return [plain((cell or "").strip()) or "-" for cell in cells]
