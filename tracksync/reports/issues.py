"""Issues of the tracker as text and as JSON (docs/schemas/issues.json)."""

from collections.abc import Iterator, Sequence

from tracksync.model import Field, Issue, Marker
from tracksync.planning.changes import ref_json
from tracksync.reports.json_text import json_text
from tracksync.reports.lines import Line, Style, columns, no_style, padded, render
from tracksync.reports.plain import plain
from tracksync.reports.words import STATUS_WORDS, counted


def issues_json(issues: Sequence[Issue]) -> str:
    """The issues as JSON text, in the order given; one issue is a list of one."""
    return json_text({"schema": 1, "issues": [_issue(issue) for issue in issues]})


def issues_text(issues: Sequence[Issue], *, width: int | None = None, style: Style = no_style) -> str:
    """The issues as text: one aligned row each, and how many are open."""
    return render(_lines(issues), width, style)


def issue_text(issue: Issue) -> str:
    """One issue as one line: how it stands now."""
    return render(_rows([issue]), None, no_style)


def _issue(issue: Issue) -> dict[str, object]:
    marker = issue.marker if isinstance(issue.marker, Marker) else None
    return {
        "issue": ref_json(issue.ref),
        "title": issue.title,
        "owners": issue.owner.split(",") if issue.owner else [],
        "due": issue.due or None,
        "priority": issue.priority or None,
        "status": issue.status.value,
        "author": issue.author,
        "key": marker.key if marker else None,
        "document": marker.document if marker else None,
        "body": issue.body,
    }


def _lines(issues: Sequence[Issue]) -> Iterator[Line]:
    yield from _rows(issues)
    opened = sum(not issue.status.closed for issue in issues)
    yield Line("summary", f"{counted(len(issues), 'issue')}, {opened} open.")


def _rows(issues: Sequence[Issue]) -> Iterator[Line]:
    rows = [_cells(issue) for issue in issues]
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    for issue, row in zip(issues, rows, strict=True):
        cells = "  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True))
        yield Line("skip" if issue.status.closed else "row", f"{cells}  {issue.title}")


def _cells(issue: Issue) -> list[str]:
    values = [issue.value(which) or "-" for which in (Field.OWNER, Field.DUE, Field.PRIORITY)]
    return [plain(cell) for cell in (str(issue.ref), STATUS_WORDS[issue.status], *values)]
