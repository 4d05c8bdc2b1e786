"""Action items in the tables and lists of HTML, in a Markdown document or a page of its own."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from tracksync.documents import boxes, sections
from tracksync.documents.boxes import BOX
from tracksync.documents.forms import bullets, columns, html_scan, inline, item_text
from tracksync.documents.forms import placed as placing
from tracksync.documents.forms.columns import Header, Verdict
from tracksync.documents.forms.html_scan import Cell, Heading, Items, Table
from tracksync.documents.forms.inline import Slice
from tracksync.documents.forms.pieces import Span
from tracksync.documents.forms.placed import Placed
from tracksync.documents.found import Found, Page
from tracksync.documents.markdown import LINK, struck
from tracksync.documents.sections import Section
from tracksync.documents.text import Splice
from tracksync.documents.words import Role, Sense, Words, plain_word
from tracksync.model import Considered, Problem, SkipReason

_TAKEN = (Sense.ITEMS, Sense.WEAK)
_WRAP = re.compile(r"\s*<(?P<name>strong|b|em|i|code|span|p|div|font|small|u|mark)\b[^<>]{0,200}>\s*", re.IGNORECASE)
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,500}?href\s*=\s*[\"'](?P<target>[^\"'<>\s]+)[\"'][^<>]{0,500}>(?P<label>[^<>]*)</a>", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<!--[^<>]{0,2000}-->")
_TAG_NO_BOX = re.compile(rf"(?!{BOX.pattern}){_TAG.pattern}", re.IGNORECASE)
_KEPT = re.compile(rf"{LINK}|{BOX.pattern}", re.IGNORECASE)
_BOX = re.compile(
    rf"\s*(?:<(?P<wrap>label|p|span|div)\b[^<>]{{0,200}}>\s*)?(?P<box>{BOX.pattern})\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)


class Row(NamedTuple):
    """The cells of one row by role: where their text stands, tags around it left out."""

    cells: Mapping[Role, tuple[int, int]]
    raw: Mapping[Role, str]


def find(page: Page, words: Words) -> Iterator[Found | Problem]:
    """The rows and items of the tables and lists of action items."""
    for part, section in _parts(page, words):
        if isinstance(part, Table):
            yield from _table(page, part, section, words)
        elif section.sense in _TAKEN:
            for cell in part.items:
                yield _item(page, part, cell, words)


def consider(page: Page, words: Words) -> Iterator[Considered]:
    """Every table and list in HTML."""
    for part, section in _parts(page, words):
        if isinstance(part, Table):
            verdict = _judged(page, part, section, words)[1]
            yield Considered(
                part.line + 1, "html", verdict.taken and not verdict.fault, verdict.fault or verdict.reason
            )
        else:
            taken = section.sense in _TAKEN
            says = "names action items" if taken else "does not name action items"
            reason = f'"{section.name}" {says}' if section.name else "no heading above it names action items"
            yield Considered(part.line + 1, "html", taken, reason)


def _judged(page: Page, table: Table, section: Section, words: Words) -> tuple[Header, Verdict]:
    text = page.source.text
    cells = table.rows[0] if table.rows else []
    header = columns.header([plain_word(shown(text[cell.start : cell.end])) for cell in cells], words)
    verdict = columns.judge(header, section)
    if verdict.taken and table.spanned:
        fault = "a cell of this table spans several rows or columns; write each cell"
        verdict = verdict._replace(fault=verdict.fault or fault)
    return header, verdict


def _parts(page: Page, words: Words) -> Iterator[tuple[Table | Items, Section]]:
    """Tables and lists with what the headings above them say, those in HTML and those in Markdown."""
    structure, source = page.structure, page.source
    if structure is None or not structure.html:
        return
    starts = [*(source.offset(line, 0) for line in range(len(source.lines))), len(source.text)]
    spans = [(starts[first], starts[last], first) for first, last in _joined(page)]
    above: list[Heading] = []
    for part in html_scan.scan(source.text, spans):
        if isinstance(part, Heading):
            above = [one for one in above if one.level < part.level] + [part]
            continue
        nearest = max((heading.line for heading in structure.headings if heading.line < part.line), default=-1)
        texts = [shown(source.text[one.start : one.end]) for one in reversed(above) if one.line > nearest]
        own = sections.section(texts, words)
        yield part, own if own.sense else sections.around(structure, part.line, words)


def _joined(page: Page) -> Iterator[tuple[int, int]]:
    """The lines of the HTML blocks; those with only blank lines between are one."""
    structure, lines = page.structure, page.source.lines
    assert structure is not None
    first = last = -1
    for block in structure.html:
        if last >= 0 and any(line.strip() for line in lines[last : block.first]):
            yield first, last
            first = -1
        first = block.first if first < 0 else first
        last = block.last
    yield first, last


def _table(page: Page, table: Table, section: Section, words: Words) -> Iterator[Found | Problem]:
    header, verdict = _judged(page, table, section, words)
    if not verdict.taken:
        return
    if verdict.fault:
        yield page.problem("table-unreadable", table.line + 1, verdict.fault)
        return
    for row in table.rows[1:]:
        if row:
            yield _row(page, table, row, header)


def _row(page: Page, table: Table, row: list[Cell], header: Header) -> Found:
    text, at, index = page.source.text, header.columns[Role.ACTION], header.columns.get(Role.INDEX)
    cells = {role: _core(text, row[at]) for role, at in header.columns.items() if at < len(row)}
    texts = dict.fromkeys(header.columns, "")
    texts |= {role: shown(text[start:end], role is Role.STATUS) for role, (start, end) in cells.items()}
    line = row[min(at, len(row) - 1)].line
    column = cells.get(Role.ACTION, (row[0].start, 0))[0] - page.source.offset(line, 0) + 1
    skip = None if any(texts.values()) else SkipReason.BLANK
    return Found(
        "html",
        line + 1,
        max(1, column),
        texts,
        Row(cells, {role: text[slice(*span)] for role, span in cells.items()}),
        table.line,
        False,
        skip=skip,
        around=tuple(shown(text[one.start : one.end]) for number, one in enumerate(row) if number != index),
        struck=bool(row[at:]) and struck(text[row[at].start : row[at].end]) is not None,
    )


def _core(text: str, cell: Cell) -> tuple[int, int]:
    """Where a cell's text stands: behind the blanks and tags that are around all of it."""
    start, end = cell.start, cell.end
    while (wrap := _WRAP.match(text, start, end)) and (inner := _unwrapped(text, wrap, end)) is not None:
        start, end = wrap.end(), inner
    content = text[start:end]
    blank = len(content) - len(content.lstrip())
    return start + blank if content.strip() else start, start + len(content.rstrip())


def _unwrapped(text: str, wrap: re.Match[str], end: int) -> int | None:
    """Where the closing tag starts that ends both the tag `wrap` and the content."""
    close = f"</{wrap['name']}>"
    stop = len(text[wrap.start() : end].rstrip()) + wrap.start()
    if text[stop - len(close) : stop].lower() != close.lower():
        return None
    inside = text[wrap.end() : stop - len(close)].lower()
    return stop - len(close) if close.lower() not in inside else None


def shown(content: str, boxed: bool = False) -> str:
    """The text of HTML: a link as Markdown, or as its URL where that is what it shows. `boxed`: check boxes stay."""
    tags = _TAG_NO_BOX if boxed else _TAG
    return html.unescape(tags.sub("", _ANCHOR.sub(_link, content))).strip()


def _link(anchor: re.Match[str]) -> str:
    label, target = anchor["label"].strip(), anchor["target"]
    return target if label in (target, "") else f"[{label}]({target})"


def _written(text: str) -> str:
    """The HTML that shows a text: the inverse of `shown`."""
    parts, at = [], 0
    for kept in _KEPT.finditer(text):
        parts += [html.escape(text[at : kept.start()], quote=False), _tag(kept)]
        at = kept.end()
    return "".join((*parts, html.escape(text[at:], quote=False)))


def _tag(kept: re.Match[str]) -> str:
    """A check box as it is, a link of Markdown as one of HTML."""
    if kept["target"] is None:
        return kept.group()
    return f'<a href="{html.escape(kept["target"])}">{html.escape(kept["label"], quote=False)}</a>'


def _item(page: Page, part: Items, cell: Cell, words: Words) -> Found:
    content = page.source.text[cell.start : cell.end]
    boxed = _BOX.fullmatch(content)
    box = (cell.start + boxed.start("box"), cell.start + boxed.end("box")) if boxed else None
    slices = list(_slices(page, _within(cell, content, boxed) if boxed else cell))
    text = inline.of(page.source, slices)
    peeled = item_text.peel(text.text, words, boxed=boxed is not None)
    placed = Placed(text, Span(peeled.start, peeled.end), peeled.spans, len(text.text), box)
    said = {Role.STATUS: ("[x]" if boxes.says(boxed["box"]) else "[ ]") if boxed else ""}
    first = slices[0]
    around = tuple(page.source.lines[one.line] for one in slices[: bullets.DETAILS])
    skip = None if text.text.strip() else SkipReason.BLANK
    made = placing.found("html", placed, first.start + 1, part.line, said, around, skip)
    return replace(made, line=page.source.line_of(box[0])) if box else made


def _within(cell: Cell, content: str, boxed: re.Match[str]) -> Cell:
    """An item without its check box, and without the tag that is around both."""
    start, end = boxed.span("text")
    close = f"</{boxed['wrap']}>"
    if content[:end].rstrip().lower().endswith(close.lower()):
        end = len(content[:end].rstrip()) - len(close)
    lines = len(re.findall(r"\r\n|\r|\n", content[:start]))
    return Cell(cell.start + start, cell.start + max(start, end), cell.line + lines)


def _slices(page: Page, cell: Cell) -> Iterator[Slice]:
    """The lines of an item without the blanks around each."""
    at = cell.start
    for number, content in enumerate(re.split(r"\r\n|\r|\n", page.source.text[cell.start : cell.end].rstrip())):
        line = cell.line + number
        begin = at - page.source.offset(line, 0) if number == 0 else 0
        lead = len(content) - len(content.lstrip())
        yield Slice(line, begin + lead, begin + max(lead, len(content.rstrip())))


def hold(found: Found, role: Role) -> bool:
    """A cell that shows exactly what its HTML says, so that it can be written and read back."""
    if isinstance(found.place, Placed):
        return placing.hold(found, role)
    row = found.place
    assert isinstance(row, Row)
    return role in row.cells and _written(found.texts[role]) == row.raw[role]


def edit(page: Page, found: Found, texts: Mapping[Role, str]) -> list[Splice]:
    """Cell by cell; tags around the text stay."""
    if isinstance(found.place, Placed):
        return placing.edit(page, found, texts)
    row = found.place
    assert isinstance(row, Row)
    return [Splice(*row.cells[role], _written(text)) for role, text in texts.items()]
