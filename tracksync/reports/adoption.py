"""Adoptions as text: what would become whose, and what is left alone."""

from collections.abc import Iterable, Sequence

from tracksync.model import Field, Issue
from tracksync.planning.adoption import Adoption, Row
from tracksync.reports.lines import Line, Style, no_style, render
from tracksync.reports.words import STATUS_WORDS, shown


def adoption_text(
    found: Iterable[tuple[Row, Adoption | str]], *, width: int | None = None, style: Style = no_style
) -> str:
    """One line for each row: the issue it takes, or why it takes none; "" when there are no rows."""
    lines = [_line(row, one) for row, one in found]
    return render(lines, width, style) if lines else ""


def row_text(row: Row, suggestions: Sequence[Issue], *, width: int | None = None, style: Style = no_style) -> str:
    """One row with the numbered issues that it may have."""
    lines = [Line("heading", f"{row}  {row.item.action}")]
    lines += [Line("row", f"  {number}) {_issue(issue)}") for number, issue in enumerate(suggestions, 1)]
    return render(lines, width, style)


def _line(row: Row, found: Adoption | str) -> Line:
    if isinstance(found, str):
        return Line("skip", f"  {row} left alone: {found}")
    link = "" if found.link is None else ", which is written into the row"
    return Line("adopt", f"= {row} takes {found.issue.ref}{link}: {row.item.action}")


def _issue(issue: Issue) -> str:
    owner = shown(Field.OWNER, issue.owner)
    return f"{issue.ref}  {issue.title}  ({STATUS_WORDS[issue.status]}, {owner})"
