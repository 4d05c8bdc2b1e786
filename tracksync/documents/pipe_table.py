"""Action items in GFM pipe tables."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from tracksync.documents import cells, sections
from tracksync.documents.blocks import Block
from tracksync.documents.found import Found, Page
from tracksync.documents.markdown import is_plain, plain
from tracksync.documents.text import Splice
from tracksync.documents.words import Role, Sense, Words, plain_word
from tracksync.model import Problem, SkipReason

_TELLING = (Role.OWNER, Role.DUE, Role.STATUS, Role.PRIORITY, Role.LINK)
_NESTING = re.compile(r"[\s>]*(?:(?:[-*+]|[0-9]{1,9}[.)])\s+)*")


class Header(NamedTuple):
    """The columns of a table by what they hold. `twice` names a header that stands there two times."""

    columns: Mapping[Role, int]
    width: int
    foreign: bool
    twice: str

    @property
    def telling(self) -> int:
        """How many columns there are that only action items have together."""
        return sum(role in self.columns for role in _TELLING)


class Row(NamedTuple):
    """One row: its line (from 0), its cells, and where its table has each role."""

    table: Block
    line: int
    spans: tuple[tuple[int, int], ...]
    columns: Mapping[Role, int]


@lru_cache(maxsize=512)
def header(line: str, words: Words) -> Header:
    """The columns of a header row."""
    names = [plain_word(plain(cells.text(line, span))) for span in cells.split(line)]
    columns: dict[Role, int] = {}
    twice = ""
    for role, synonyms in words.headers.items():
        present = [name for name in synonyms if name in names]
        free = [names.index(name) for name in present if names.index(name) not in columns.values()]
        if free:
            columns[role] = free[0]
            twice = twice or (names[free[0]] if names.count(names[free[0]]) > 1 else "")
    return Header(columns, len(names), any(name in words.foreign for name in names), twice)


def may_matter(line: str, words: Words, in_section: Callable[[], bool]) -> bool:
    """Whether a table with this header row can have anything to say. `in_section`: some heading names action items."""
    found = header(_NESTING.sub("", line, count=1), words)
    return not found.foreign and (Role.ACTION in found.columns or _owned(found) or in_section())


def _owned(found: Header) -> bool:
    return Role.OWNER in found.columns and Role.DUE in found.columns


def find(page: Page, words: Words) -> Iterator[Found | Problem]:
    """The rows of all tables of action items, and the tables that only look like one."""
    if page.structure is None:
        return
    for table in page.structure.tables:
        line = page.source.lines[table.first]
        columns = header(_NESTING.sub("", line, count=1) if table.nested else line, words)
        section = sections.over(page, table.first, words)
        named = section.sense in (Sense.ITEMS, Sense.WEAK)
        items = Role.ACTION in columns.columns and (named or columns.telling >= 2)
        if columns.foreign or section.sense is Sense.OTHER or not (items or (named and columns.telling) or _owned(columns)):
            continue
        reason = _unreadable(columns)
        if table.nested:
            message = "a table of action items in a quote or list is not read; move it to the left margin"
            if items:
                yield page.problem("table-nested", table.first + 1, message)
        elif reason:
            yield page.problem("table-unreadable", table.first + 1, reason)
        else:
            yield from _rows(page, table, columns)


def _unreadable(columns: Header) -> str:
    if Role.ACTION not in columns.columns:
        return "this table has no column for the action; name that column `Action`"
    if columns.twice:
        return f"this table has two columns `{columns.twice}`; give one of them another name"
    return ""


def _rows(page: Page, table: Block, columns: Header) -> Iterator[Found]:
    for number in range(table.first + 2, table.last):
        line = page.source.lines[number]
        spans = cells.split(line)[: columns.width]
        texts = {role: cells.text(line, spans[at]) if at < len(spans) else "" for role, at in columns.columns.items()}
        skip = None
        if not any(line[start:end].strip(" \t") for start, end in spans):
            skip = SkipReason.BLANK
        elif not cells.has_pipe(line):
            skip = SkipReason.TEXT_AFTER_TABLE
            texts = {Role.ACTION: line.strip(" \t")}
        row = Row(table, number, spans, columns.columns)
        yield Found("table", number + 1, _start(line, row) + 1, texts, row, table.first, skip=skip)


def _start(line: str, row: Row) -> int:
    at = row.columns[Role.ACTION]
    if at >= len(row.spans):
        return len(line) - len(line.lstrip(" \t"))
    start, end = row.spans[at]
    content = line[start:end]
    return start + len(content) - len(content.lstrip(" \t")) if content.strip(" \t") else start


def hold(found: Found, role: Role) -> bool:
    """Every column of the row; the action only while it is plain text, because Markdown in it would be lost."""
    if role not in found.texts or found.skip is SkipReason.TEXT_AFTER_TABLE:
        return False
    return role is not Role.ACTION or is_plain(found.texts[role])


def edit(page: Page, found: Found, texts: Mapping[Role, str]) -> list[Splice]:
    """Cell by cell; cells that a short row doesn't have are added at its end."""
    row = found.place
    assert isinstance(row, Row)
    line = page.source.lines[row.line]
    bare = line.rstrip(" \t")
    closed = bare.endswith("|")
    wanted = {row.columns[role]: cells.written(text) for role, text in texts.items()}
    splices = []
    for at, text in wanted.items():
        if at < len(row.spans):
            start, end = row.spans[at]
            last = not closed and at == len(row.spans) - 1
            begin = page.source.offset(row.line, start)
            splices.append(
                Splice(begin, begin + end - start, cells.refilled(line[start:end], text, last, _width(page, row, at)))
            )
    missing = [wanted.get(at, "") for at in range(len(row.spans), max(wanted) + 1)]
    if missing:
        end = page.source.offset(row.line, len(bare))
        new = "".join(f" {text} |" for text in missing) if closed else "".join(f" | {text}" for text in missing)
        splices.append(Splice(end, end, new))
    return splices


def _width(page: Page, row: Row, at: int) -> int:
    """The width of an aligned column, 0 for a compact one: so that a text and its way back leave the same bytes."""

    def width(number: int) -> int:
        spans = cells.split(page.source.lines[number])
        return spans[at][1] - spans[at][0] if at < len(spans) else 0

    own, wanted = width(row.line), width(row.table.first)
    if own <= wanted:
        return wanted if own == wanted else 0
    others = [width(number) for number in range(row.table.first + 2, row.table.last) if number != row.line]
    return wanted if 2 * others.count(wanted) > len(others) else 0
