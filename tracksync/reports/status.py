"""How things stand: all documents at a glance, or one item field by field (docs/schemas/status.json)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracksync.model import ActionItem, Document, Field, IssueRef, SkipReason, Status
from tracksync.planning.changes import Plan, ref_json
from tracksync.planning.fields import Facts
from tracksync.planning.identity import Match
from tracksync.planning.merge import Verdict
from tracksync.reports.json_text import json_text
from tracksync.reports.lines import Line, Style, columns, no_style, padded, render
from tracksync.reports.plain import plain
from tracksync.reports.words import counted, place, settling, shown

_WIDEST = 32
_NOT_ITEMS = (SkipReason.PLACEHOLDER, SkipReason.BLANK, SkipReason.TEXT_AFTER_TABLE)


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document at a glance: its items by the document's own status column, and what needs a person."""

    path: str
    title: str | None
    open: int
    complete: int
    """Items with nothing left to do: complete, won't do, duplicate."""
    conflicts: int
    problems: int


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of one item, as everyone concerned sees it: canonical values, None where nothing is known."""

    field: Field
    base: str | None
    """The value both sides last agreed on."""
    serial: int | None
    document: str | None
    """What the document states (its committed version, where there is one): this counts."""
    shown: str | None
    """What the file shows now."""
    in_flight: str | None
    """A tracker's value on its way into the document."""
    tracker: str | None
    verdict: str
    """What the next run makes of it, in a few words."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item with all that is known about it."""

    path: str
    line: int
    title: str
    key: str
    issue: IssueRef | None
    rows: tuple[FieldView, ...]
    undecided: bool = False
    """True when a person has to say whose value counts."""


def overview(documents: Sequence[Document], plan: Plan) -> tuple[DocumentView, ...]:
    """Each document with items, conflicts or problems, in the order given."""
    conflicts = Counter(conflict.path for conflict in plan.conflicts)
    problems = Counter(problem.path for problem in plan.problems)
    views = (_document(d, conflicts[d.path], problems[d.path]) for d in documents)
    return tuple(view for view in views if view.open or view.complete or view.conflicts or view.problems)


def item_view(match: Match, explained: Iterable[tuple[Facts, str]]) -> ItemView:
    """One item from what planning knows of each field and the verdict in words."""
    ref = match.issue.ref if match.issue else None
    known = tuple(explained)
    rows = tuple(_field_view(facts, verdict) for facts, verdict in known)
    undecided = any(facts.decision.verdict in (Verdict.CONFLICT, Verdict.HOLD) for facts, _ in known)
    return ItemView(match.document.path, match.item.line, match.item.action, match.key, ref, rows, undecided)


def overview_json(views: Sequence[DocumentView]) -> str:
    """The overview as JSON text."""
    return json_text({"schema": 1, "documents": [_document_value(view) for view in views], "item": None})


def overview_text(views: Sequence[DocumentView], *, width: int | None = None, style: Style = no_style) -> str:
    """The overview as text: one row for each document and a line with the sums."""
    header = ("Open", "Complete", "Conflicts", "Problems", "Document")
    rows = [(str(v.open), str(v.complete), str(v.conflicts), str(v.problems), plain(v.path)) for v in views]
    kinds = ["conflict" if view.conflicts else "warning" if view.problems else "row" for view in views]
    lines = [*_table(header, rows, kinds), Line("summary", _sums(views))]
    return render(lines, width, style)


def item_json(view: ItemView) -> str:
    """One item as JSON text."""
    value = {
        "path": view.path,
        "line": view.line,
        "title": view.title,
        "key": view.key,
        "issue": ref_json(view.issue),
        "fields": [_field_value(row) for row in view.rows],
    }
    return json_text({"schema": 1, "documents": None, "item": value})


def item_text(view: ItemView, *, width: int | None = None, style: Style = no_style) -> str:
    """One item as text: what it is, then a table of its fields."""
    header = ("Field", "Last agreed", "Document", "In flight", "Tracker", "Verdict")
    rows = [_field_row(row) for row in view.rows]
    about = [
        Line("heading", view.title),
        Line("row", f"  {place(view.path, view.line)}"),
        Line("row", f"  issue {view.issue or 'none'}, key {view.key}"),
    ]
    advice = [Line("row", settling(view.issue))] if view.undecided else []
    return render([*about, *_table(header, rows, ["row"] * len(rows)), *advice], width, style)


def _document(document: Document, conflicts: int, problems: int) -> DocumentView:
    items = [item for item in document.items if item.skip not in _NOT_ITEMS]
    complete = sum(_closed(item) for item in items)
    return DocumentView(document.path, document.title, len(items) - complete, complete, conflicts, problems)


def _closed(item: ActionItem) -> bool:
    return item.skip is SkipReason.STRUCK or (item.status or Status.NOT_STARTED).closed


def _field_view(facts: Facts, verdict: str) -> FieldView:
    return FieldView(
        facts.field,
        base=facts.base.value if facts.base else None,
        serial=facts.base.serial if facts.base else None,
        document=facts.stated,
        shown=facts.shown,
        in_flight=facts.carrier.value if facts.carrier and facts.proposed else None,
        tracker=facts.tracker,
        verdict=verdict,
    )


def _document_value(view: DocumentView) -> dict[str, object]:
    return {
        "path": view.path,
        "title": view.title,
        "open": view.open,
        "complete": view.complete,
        "conflicts": view.conflicts,
        "problems": view.problems,
    }


def _field_value(row: FieldView) -> dict[str, object]:
    return {
        "field": row.field.value,
        "base": row.base,
        "serial": row.serial,
        "document": row.document,
        "shown": row.shown,
        "in_flight": row.in_flight,
        "tracker": row.tracker,
        "verdict": row.verdict,
    }


def _field_row(row: FieldView) -> tuple[str, ...]:
    base = _value(row.field, row.base)
    serial = "" if row.serial is None else f" ({row.serial})"
    document = _value(row.field, row.document)
    if row.shown != row.document:
        document += f" (file: {_value(row.field, row.shown)})"
    cells = (row.field.value, base + serial, document, _value(row.field, row.in_flight), _value(row.field, row.tracker))
    return (*(_clipped(plain(cell)) for cell in cells), plain(row.verdict))


def _clipped(cell: str) -> str:
    # The title stands in full above the table; a column is for comparing.
    return cell if len(cell) <= _WIDEST else cell[: _WIDEST - 1] + "…"


def _value(field: Field, value: str | None) -> str:
    return "-" if value is None else shown(field, value)


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]], kinds: Sequence[str]) -> Iterator[Line]:
    widths = [max(map(columns, column)) for column in zip(header, *rows, strict=True)]
    for kind, row in zip(("heading", *kinds), (header, *rows), strict=True):
        cells = [padded(cell, width) for cell, width in zip(row, widths, strict=True)]
        yield Line(kind, "  ".join(cells).rstrip(" "))


def _sums(views: Sequence[DocumentView]) -> str:
    opened, complete = sum(view.open for view in views), sum(view.complete for view in views)
    conflicts, problems = sum(view.conflicts for view in views), sum(view.problems for view in views)
    parts = [f"{opened} open", f"{complete} complete", counted(conflicts, "conflict"), counted(problems, "problem")]
    return f"{counted(len(views), 'document')}: {', '.join(parts)}."
