"""The tables, lists and headings in the HTML of a document, with the positions of their cells and items.

Not a browser: a tag opens and closes what it names, and what is left open ends with what comes next.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>table|tr|t[hd]|[uo]l|li|h[1-6]|script|style|pre)\b[^<>]{0,2000}>", re.IGNORECASE
)
_SPANNED = re.compile(r"\b(?:row|col)span\s*=\s*[\"']?(?!1\b)[0-9]", re.IGNORECASE)


class Cell(NamedTuple):
    """Where the content of a cell or item starts and ends, and in which line (from 0)."""

    start: int
    end: int
    line: int


@dataclass(slots=True)
class Table:
    """Rows of cells. `spanned`: a cell reaches over several rows or columns."""

    line: int
    rows: list[list[Cell]] = field(default_factory=list)
    spanned: bool = False


@dataclass(slots=True)
class Items:
    """The items of a list that stands in no other, each up to what is nested in it."""

    line: int
    items: list[Cell] = field(default_factory=list)


class Heading(NamedTuple):
    """A heading."""

    line: int
    level: int
    start: int
    end: int


class _Tag(NamedTuple):
    name: str
    closes: bool
    start: int
    end: int
    line: int
    spanned: bool


def scan(text: str, blocks: Iterable[tuple[int, int, int]]) -> Iterator[Table | Items | Heading]:
    """What stands in these parts of a text, each given by start, end and line. Part by part: nothing spans two."""
    for start, end, line in blocks:
        yield from _Scanner().read(_tags(text, start, end, line), end)


def _tags(text: str, start: int, end: int, line: int) -> Iterator[_Tag]:
    """The tags that matter; comments, scripts, styles and preformatted text hold none."""
    at, counted = start, start
    while found := _TAG.search(text, at, end):
        comment = text.find("<!--", at, found.start())
        if comment >= 0:
            close = text.find("-->", comment + 4, end)
            at = close + 3 if close >= 0 else end
            continue
        line += text.count("\n", counted, found.start())
        counted, at = found.start(), found.end()
        name, closes = found["name"].lower(), bool(found["close"])
        if name in ("script", "style", "pre"):
            close = -1 if closes else text.find(f"</{name}", at, end)
            at = at if closes else close if close >= 0 else end
            continue
        yield _Tag(name, closes, found.start(), found.end(), line, bool(_SPANNED.search(found.group())))


class _Scanner:
    """Follows the tags of one part."""

    def __init__(self) -> None:
        self.table: Table | None = None
        self.tables = 0
        self.items: Items | None = None
        self.lists = 0
        self.cell: tuple[int, int] | None = None
        self.item: tuple[int, int] | None = None
        self.heading: _Tag | None = None

    def read(self, tags: Iterable[_Tag], end: int) -> Iterator[Table | Items | Heading]:
        for tag in tags:
            if tag.name == "table":
                yield from self._table(tag)
            elif tag.name in ("tr", "td", "th"):
                self._row(tag)
            elif tag.name in ("ul", "ol"):
                yield from self._list(tag)
            elif tag.name == "li":
                self._item(tag)
            elif not tag.closes:
                self.heading = tag
            elif self.heading is not None:
                yield Heading(tag.line, int(self.heading.name[1]), self.heading.end, tag.start)
                self.heading = None
        self._end_cell(end)
        self._end_item(end)
        yield from (part for part in (self.table, self.items) if part)

    def _table(self, tag: _Tag) -> Iterator[Table]:
        if not tag.closes:
            self.tables += 1
            if self.tables == 1:
                self.table = Table(tag.line)
            return
        self.tables = max(0, self.tables - 1)
        if self.tables == 0 and self.table:
            self._end_cell(tag.start)
            yield self.table
            self.table = None

    def _row(self, tag: _Tag) -> None:
        if self.table is None or self.tables > 1:
            return
        self._end_cell(tag.start)
        if tag.closes:
            return
        if tag.name == "tr" or not self.table.rows:
            self.table.rows.append([])
        if tag.name != "tr":
            self.cell = (tag.end, tag.line)
            self.table.spanned = self.table.spanned or tag.spanned

    def _end_cell(self, end: int) -> None:
        if self.cell and self.table:
            self.table.rows[-1].append(Cell(self.cell[0], end, self.cell[1]))
        self.cell = None

    def _list(self, tag: _Tag) -> Iterator[Items]:
        self._end_item(tag.start)
        if not tag.closes:
            self.lists += 1
            if self.lists == 1 and self.tables == 0:
                self.items = Items(tag.line)
            return
        self.lists = max(0, self.lists - 1)
        if self.lists == 0 and self.items:
            yield self.items
            self.items = None

    def _item(self, tag: _Tag) -> None:
        if self.lists > 1:
            return
        self._end_item(tag.start)
        if not tag.closes and self.items:
            self.item = (tag.end, tag.line)

    def _end_item(self, end: int) -> None:
        if self.item and self.items:
            self.items.items.append(Cell(self.item[0], end, self.item[1]))
        self.item = None
