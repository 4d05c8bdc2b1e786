"""Action items in GFM pipe tables."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tracksync.documents import cells, sections, statuses
from tracksync.documents.blocks import Block
from tracksync.documents.forms import columns, labels
from tracksync.documents.forms.columns import Header, Verdict
from tracksync.documents.forms.urgency import urgency
from tracksync.documents.found import Found, Page
from tracksync.documents.markdown import escaped, is_plain, plain
from tracksync.documents.text import Splice
from tracksync.documents.words import Role, Words, plain_word
from tracksync.model import Considered, Problem, Severity, SkipReason

_NESTING = re.compile(r"[\s>]*(?:(?:[-*+]|[0-9]{1,9}[.)])\s+)*")


NEW_COLUMN = "Issue"


class Row(NamedTuple):
    """One row: its line (from 0), its cells, and where its table has each role."""

    table: Block
    line: int
    spans: tuple[tuple[int, int], ...]
    columns: Mapping[Role, int]
    new: int | None = None
    """Where a column for links may be added, if it may."""


@lru_cache(maxsize=512)
def header(line: str, words: Words) -> Header:
    """The columns of a header row."""
    return columns.header([plain_word(plain(cells.text(line, span))) for span in cells.split(line)], words)


def may_matter(line: str, words: Words, in_section: Callable[[], bool]) -> bool:
    """Whether a table with this header row can have anything to say. `in_section`: some heading names action items."""
    found = header(_NESTING.sub("", line, count=1), words)
    return not found.foreign and (Role.ACTION in found.columns or found.owned or in_section())


def find(page: Page, words: Words) -> Iterator[Found | Problem]:
    """The rows of all tables of action items, and the tables that only look like one."""
    for table, found, verdict in _judged(page, words):
        if not verdict.taken:
            continue
        if table.nested:
            message = "a table of action items in a quote or list is not read; move it to the left margin"
            if Role.ACTION in found.columns:
                yield page.problem("table-nested", table.first + 1, message)
        elif verdict.fault:
            yield page.problem("table-unreadable", table.first + 1, verdict.fault)
        else:
            yield from _rows(page, table, _with_status(page, table, found, words), words)


def consider(page: Page, words: Words) -> Iterator[Considered]:
    """Every table."""
    for table, _, verdict in _judged(page, words):
        fault = verdict.fault or ("a table in a quote or list is not read" if table.nested else "")
        yield Considered(table.first + 1, "table", verdict.taken and not fault, fault or verdict.reason)


def _judged(page: Page, words: Words) -> Iterator[tuple[Block, Header, Verdict]]:
    for table in page.structure.tables if page.structure else ():
        line = page.source.lines[table.first]
        found = header(_NESTING.sub("", line, count=1) if table.nested else line, words)
        yield table, found, columns.judge(found, sections.over(page, table.first, words))


def _with_status(page: Page, table: Block, found: Header, words: Words) -> Header:
    """A link column that holds status words, in a table without a status column, is the place of both."""
    at = found.columns.get(Role.LINK)
    if at is None or Role.STATUS in found.columns:
        return found
    lines = [page.source.lines[number] for number in range(table.first + 2, table.last)]
    texts = [cells.text(line, spans[at]) for line in lines if len(spans := cells.split(line)) > at]
    if not any(statuses.read(text, words).status for text in texts):
        return found
    roles = dict(found.columns)
    roles[Role.STATUS] = roles.pop(Role.LINK)
    return found._replace(columns=roles)


def _rows(page: Page, table: Block, found: Header, words: Words) -> Iterator[Found | Problem]:
    new = found.width if words.issue_column and _extendable(page, table, found) else None
    priority = "" if Role.PRIORITY in found.columns else _priority(page, table, words)
    for number in range(table.first + 2, table.last):
        line = page.source.lines[number]
        every = cells.split(line)
        spans = every[: found.width]
        if any(line[start:end].strip(" \t") for start, end in every[found.width :]):
            message = "this row has more cells than its table, and Markdown drops them; write a | in a text as \\|"
            yield page.problem("row-long", number + 1, message, Severity.WARNING)
        texts = {role: cells.text(line, spans[at]) if at < len(spans) else "" for role, at in found.columns.items()}
        texts |= {Role.PRIORITY: priority} if priority else {}
        skip = None
        if not any(line[start:end].strip(" \t") for start, end in spans):
            skip = SkipReason.BLANK
        elif not cells.has_pipe(line):
            skip = SkipReason.TEXT_AFTER_TABLE
            texts = {Role.ACTION: line.strip(" \t")}
        row = Row(table, number, spans, found.columns, new)
        around = tuple(cells.text(line, span) for at, span in enumerate(spans) if at != found.columns.get(Role.INDEX))
        column = _start(line, row) + 1
        above = (Role.PRIORITY,) if priority else ()
        yield Found(
            "table", number + 1, column, texts, row, table.first, True, new is not None, skip, around, above=above
        )


def _priority(page: Page, table: Block, words: Words) -> str:
    """What the label or heading above a table says of all its rows; "" for nothing."""
    label, heading = (
        sections.label(page, table.first),
        labels.headed(page.structure, table.first) if page.structure else "",
    )
    return urgency(label, words) or urgency(heading, words)


def _extendable(page: Page, table: Block, found: Header) -> bool:
    """A table without a place for a link, whose rows have nothing where one more column would be."""
    if Role.LINK in found.columns or Role.STATUS in found.columns:
        return False
    return all(len(cells.split(line)) <= found.width for line in page.source.lines[table.first : table.last])


def _start(line: str, row: Row) -> int:
    at = row.columns[Role.ACTION]
    if at >= len(row.spans):
        return len(line) - len(line.lstrip(" \t"))
    start, end = row.spans[at]
    content = line[start:end]
    return start + len(content) - len(content.lstrip(" \t")) if content.strip(" \t") else start


def hold(found: Found, role: Role) -> bool:
    """Every column of the row; the action only while it is plain text, because Markdown in it would be lost."""
    if role is Role.LINK and found.addable:
        return True
    if role not in found.texts or role in found.above or found.skip is SkipReason.TEXT_AFTER_TABLE:
        return False
    return (
        role is not Role.ACTION or is_plain(found.texts[role]) or escaped(plain(found.texts[role])) == found.texts[role]
    )


def edit(page: Page, found: Found, texts: Mapping[Role, str]) -> list[Splice]:
    """Cell by cell; cells that a short row doesn't have are added at its end, and so is a column for links."""
    row = found.place
    assert isinstance(row, Row)
    line = page.source.lines[row.line]
    closed = line.rstrip(" \t").endswith("|")
    wanted = {row.columns.get(role, row.new or 0): cells.written(text) for role, text in texts.items()}
    splices = _column(page, row) if row.new in wanted else []
    for at, text in wanted.items():
        if at < len(row.spans):
            start, end = row.spans[at]
            last = not closed and at == len(row.spans) - 1
            begin = page.source.offset(row.line, start)
            splices.append(
                Splice(begin, begin + end - start, cells.refilled(line[start:end], text, last, _width(page, row, at)))
            )
    missing = [wanted.get(at, "") for at in range(len(row.spans), max(wanted) + 1)]
    return [*splices, _added(page, row.line, missing)] if missing else splices


def _added(page: Page, number: int, texts: Sequence[str]) -> Splice:
    """Cells at the end of a line."""
    bare = page.source.lines[number].rstrip(" \t")
    end = page.source.offset(number, len(bare))
    closed = bare.endswith("|")
    return Splice(end, end, "".join(f" {text} |" if closed else f" | {text}" for text in texts))


def _column(page: Page, row: Row) -> list[Splice]:
    """The head of a column for links. Other rows stay as they are: a row may be shorter than its table."""
    rule = page.source.lines[row.table.first + 1].rstrip(" \t")
    end = page.source.offset(row.table.first + 1, len(rule))
    dashes = "---|" if rule.endswith(("-|", ":|")) else " --- |" if rule.endswith("|") else " | ---"
    return [_added(page, row.table.first, [NEW_COLUMN]), Splice(end, end, dashes)]


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
