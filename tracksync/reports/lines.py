"""Lines of a text report: each has a kind (for colour) and is fitted to the terminal without losing a word."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from tracksync.reports.plain import plain

KINDS = (
    "heading",
    "create",
    "update",
    "close",
    "reopen",
    "write",
    "adopt",
    "row",
    "conflict",
    "error",
    "warning",
    "note",
    "skip",
    "summary",
    "good",
    "refused",
)
"""Every kind of line that a report may hold: what a `Style` may be asked for."""

Style = Callable[[str, str], str]
"""(kind, text) → the text as the terminal should get it."""


class Line(NamedTuple):
    """One line of a report. `hang` is the indent (columns) of what doesn't fit and goes on below."""

    kind: str
    text: str
    hang: int = 6


BLANK = Line("row", "")


def no_style(kind: str, text: str) -> str:
    """The text as it is: the style of a pipe."""
    return text


def render(lines: Iterable[Line], width: int | None, style: Style) -> str:
    """The report, harmless (see `plain`) and ending with a newline.

    Longer lines are broken at spaces to fit `width` columns; a single word that is longer (a path, a command)
    stays whole, so that it can be copied.
    """
    out = []
    for line in lines:
        out += [style(line.kind, piece) if piece else "" for piece in _fit(plain(line.text), width, line.hang)]
    return "\n".join(out) + "\n"


def columns(text: str) -> int:
    """How many terminal columns `text` takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    """`text` filled with spaces to `width` columns."""
    return text + " " * (width - columns(text))


def _fit(text: str, width: int | None, hang: int) -> list[str]:
    if width is None or columns(text) <= width:
        return [text]
    pieces, piece = [], ""
    for word in re.findall(" *[^ ]+", text):
        if piece and columns(piece + word) > width:
            pieces.append(piece)
            piece = " " * hang + word.lstrip(" ")
        else:
            piece += word
    return [*pieces, piece]
