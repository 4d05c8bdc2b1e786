"""Action items that are no list: a paragraph with its owner or number in front, or a heading with its fields below."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from tracksync.documents import sections
from tracksync.documents.blocks import Block, Entry, Outline
from tracksync.documents.forms import item_text, pieces
from tracksync.documents.forms.inline import Slice
from tracksync.documents.found import Page
from tracksync.documents.sections import Section
from tracksync.documents.words import Role, Sense, Words

NUMBER = re.compile(
    r"[ \t]*(?:\*\*|__)?(?:(?:action(?:[ -]item)?|item|task|ai|ap|ca|pa|a|t|todo)[ -]?#?[0-9]{1,4}|[0-9]{1,3})"
    r"(?:\*\*|__)?(?:[.:)]|[ \t][-–—])[ \t]*(?:\*\*|__)?[ \t]*",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?:\*\*|__)\S")
_BULLET = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*\Z")
_FIELDS = 12
"""Lines below a title that may hold its fields."""

_LINES = 6
"""Lines of a paragraph that is an item, at most: longer ones tell a story."""


class Title(NamedTuple):
    """One item: its own lines, those of its fields, and the line where what belongs to it ends."""

    main: tuple[Slice, ...]
    fields: tuple[Slice, ...]
    last: int
    section: Section
    heading: bool


def titles(page: Page, words: Words) -> Iterator[Title]:
    """All items of this kind, in the order of the document."""
    structure = page.structure
    if structure is None:
        return
    for number, parent in enumerate(structure.parents):
        if parent >= 0 and (title := _heading(page, structure, number, words)):
            yield title
    taken = 0
    for paragraph in structure.paragraphs:
        if paragraph.first >= taken and (title := _paragraph(page, structure, paragraph, words)):
            taken = title.last
            yield title


def _heading(page: Page, structure: Outline, number: int, words: Words) -> Title | None:
    heading = structure.headings[number]
    section = sections.around(structure, heading.line, words)
    if section.sense not in (Sense.ITEMS, Sense.WEAK):
        return None
    begin = heading.line + 1
    fields = _fields(page, structure, begin, words)
    opening = _HEADING.match(page.source.lines[heading.line])
    if opening is None or not (fields or _alone(page, structure, number, section, words)):
        return None
    line = page.source.lines[heading.line]
    closing = _CLOSING.search(line, opening.end())
    end = len((line[: closing.start()] if closing else line).rstrip(" \t"))
    start = _numbered(line, opening.end(), end)
    last = fields[-1].line + 1 if fields else begin
    return Title((Slice(heading.line, start, end),), tuple(fields), last, section, True)


def _alone(page: Page, structure: Outline, number: int, section: Section, words: Words) -> bool:
    """Whether a heading is an item by its number and its words, with nothing but prose below it."""
    heading = structure.headings[number]
    numbered = NUMBER.match(heading.text)
    if section.sense is not Sense.ITEMS or numbered is None or section.name == heading.text:
        return False
    later = structure.headings[number + 1 : number + 2]
    end = later[0].line if later else len(page.source.lines)
    parent = bool(later) and later[0].level > heading.level
    inside = any(_begins(some, heading.line, end) for some in (structure.entries, structure.tables))
    told = heading.text[numbered.end() :].count(" ") > 1 and sections.sense(heading.text, words) is None
    return told and not parent and not inside


def _begins(blocks: Sequence[Entry | Block], first: int, last: int) -> bool:
    """Whether one of these blocks begins between two lines."""
    at = bisect_right(blocks, first, key=lambda block: block.first)
    return at < len(blocks) and blocks[at].first < last


def _paragraph(page: Page, structure: Outline, paragraph: Block, words: Words) -> Title | None:
    lines = [
        _trimmed(page, number) for number in range(paragraph.first, min(paragraph.last, paragraph.first + _FIELDS))
    ]
    first = lines[0]
    text = page.source.lines[first.line][first.start : first.end]
    if not text or _field(page, first, words):
        return None
    section = sections.around(structure, first.line, words)
    if section.sense not in (Sense.ITEMS, Sense.WEAK):
        return None
    main = list(takewhile(lambda one: not _field(page, one, words), lines))
    fields = [one for one in lines[len(main) :] if _field(page, one, words)]
    fields = fields or _fields(page, structure, paragraph.last, words, listed=True)
    start = _numbered(page.source.lines[first.line], first.start, first.end)
    led = item_text.leads(text, words)
    numbered = start > first.start and bool(_BOLD.match(text))
    if not (led or (section.sense is Sense.ITEMS and (numbered or (fields and len(main) == 1)))):
        return None
    if paragraph.last - paragraph.first > _LINES + len(fields):
        return None
    last = _end(page, structure, max(paragraph.last, fields[-1].line + 1 if fields else 0))
    return Title((Slice(first.line, start, first.end), *main[1:]), tuple(fields), last, section, False)


def _numbered(line: str, start: int, end: int) -> int:
    """Where the text starts behind its number (`1.`, `Action 3:`), if there is text."""
    found = NUMBER.match(line, start, end)
    return found.end() if found and found.end() < end else start


def _fields(page: Page, structure: Outline, begin: int, words: Words, listed: bool = False) -> list[Slice]:
    """Lines that are a label and its value right below: in a list, or (unless `listed`) in a paragraph."""
    found: list[Slice] = []
    for number in range(begin, min(begin + _FIELDS, len(page.source.lines))):
        one = _trimmed(page, number)
        if one.start == one.end:
            continue
        line = page.source.lines[number]
        bullet = _BULLET.match(line)
        value = Slice(number, bullet.end(), one.end) if bullet and bullet.end() < one.end else one
        if (listed and not bullet) or not _field(page, value, words):
            if not found and not listed and not bullet and not line.startswith("#"):
                continue
            break
        found.append(value)
    return found


def _end(page: Page, structure: Outline, last: int) -> int:
    """Where the list ends that stands right below an item and holds its details."""
    while last < len(page.source.lines) and not page.source.lines[last].strip():
        last += 1
    at = bisect_left(structure.entries, last, key=lambda entry: entry.first)
    inside = takewhile(lambda entry: entry.group == last, islice(structure.entries, at, None))
    return max((entry.last for entry in inside), default=last)


def _field(page: Page, one: Slice, words: Words) -> bool:
    found = pieces.labelled(page.source.lines[one.line], one.start, one.end, words)
    return found is not None and found[0] is not Role.ACTION


def _trimmed(page: Page, number: int) -> Slice:
    line = page.source.lines[number]
    start = len(line) - len(line.lstrip(" \t"))
    return Slice(number, start, max(start, len(line.rstrip(" \t"))))
