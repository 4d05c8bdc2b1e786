"""Settled conflicts as text: whose value counts, and what comes of it."""

from collections.abc import Sequence

from tracksync.planning.changes import Change
from tracksync.planning.resolution import Take
from tracksync.reports.lines import Line, Style, no_style, render
from tracksync.reports.plan_words import what
from tracksync.reports.words import SYNC, place


def resolution_text(changes: Sequence[Change], take: Take, *, width: int | None = None, style: Style = no_style) -> str:
    """One line for each field that was settled."""
    return render([_line(change, take) for change in changes], width, style)


def _line(change: Change, take: Take) -> Line:
    if take is Take.DOCUMENT:
        return Line(change.action.value, f"{change.issue} {what(change)}   ({change.reason})")
    where = place(change.path, change.line)
    return Line("adopt", f"{change.issue} {change.field}: {change.reason}; `{SYNC}` writes it into {where}")
