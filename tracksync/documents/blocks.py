"""The block structure of a Markdown document: headings, tables, lists, fences, and lines that are code or comments.

markdown-it-py decides (commonmark and tables, blocks only). It is the slowest part of reading, so only the sections
that may matter are given to it: a heading at the left margin after a blank line closes every open block but a
top-level fence or an HTML block, so sections between such headings can be parsed alone.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token


class Heading(NamedTuple):
    """A heading; `line` counts from 0."""

    line: int
    level: int
    text: str


class Block(NamedTuple):
    """Lines `first` to `last` (counted from 0, `last` not included); `nested`: inside a quote or list."""

    first: int
    last: int
    nested: bool
    info: str = ""
    """The language of a fence."""


class Entry(NamedTuple):
    """An item of a list, from line `first` to `last` (not included). `text` is where its first paragraph ends."""

    first: int
    last: int
    text: int
    depth: int
    """Lists around it: 0 at the top."""
    group: int
    """The line in which its list starts."""
    quoted: bool


class Outline(NamedTuple):
    """What a document is made of, as far as it was looked at."""

    headings: tuple[Heading, ...]
    tables: tuple[Block, ...]
    fences: tuple[Block, ...]
    hidden: tuple[Block, ...]
    """Fences, indented code and HTML: nothing in there is the document's own text."""
    html: tuple[Block, ...]
    entries: tuple[Entry, ...]
    paragraphs: tuple[Block, ...]
    """Those that stand in no list or quote."""
    parents: tuple[int, ...]
    """For each heading the number of the one it stands under; -1: under none."""


class Interest(NamedTuple):
    """What matters in a document: only sections with something of it are parsed."""

    table: Callable[[int], bool]
    """Whether the table whose delimiter row is on a line matters."""
    section: Callable[[Sequence[str]], bool]
    """Whether the lists and paragraphs under these headings matter, the nearest first."""
    label: Callable[[str], bool]
    """Whether a line that may be a label makes what stands under it matter."""


@dataclass(slots=True)
class _Found:
    headings: list[Heading] = field(default_factory=list)
    tables: list[Block] = field(default_factory=list)
    fences: list[Block] = field(default_factory=list)
    hidden: list[Block] = field(default_factory=list)
    html: list[Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    paragraphs: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)

    def under(self, level: int) -> int:
        """The number of the heading under which one of this level would stand next."""
        at = len(self.headings) - 1
        while at >= 0 and self.headings[at].level >= level:
            at = self.parents[at]
        return at

    def add(self, heading: Heading) -> None:
        """Add the next heading."""
        self.parents.append(self.under(heading.level))
        self.headings.append(heading)

    def chain(self, heading: Heading | None) -> list[str]:
        """The headings over what would stand next under this one, the nearest first; None: there is no new one."""
        texts = [heading.text] if heading else []
        at = self.under(heading.level) if heading else len(self.headings) - 1
        while at >= 0:
            texts.append(self.headings[at].text)
            at = self.parents[at]
        return texts


_SPECIAL = re.compile(
    r"^(?:(?P<heading>\#{1,6}(?=[ \t\n]|\Z)[^\n]*)"
    r"|[ \t>]+\#{1,6}(?=[ \t\n]|\Z)|(?P<setext>[ \t>]*(?:=+|-+)[ \t]*(?=\n|\Z))"
    r"|(?P<rule>[^\n]*(?:-[ \t:]*\||\|[ \t]*:?-)[^\n]*))",
    re.MULTILINE,
)
_FENCE = re.compile(r"```|~~~")
_HTML = re.compile(r"<(?=[!?]|pre|script|style|textarea|table|[uo]l|h[1-6])", re.IGNORECASE)
_LISTED = re.compile(r"^[ \t]*(?:[-*+][ \t]|[0-9]{1,9}[.)][ \t]|\*\*|__|@|[^\W\d_][\w ]{0,20}[:：])", re.MULTILINE)
_LABEL_END = re.compile(r"[*_:：][ \t]*(?:\n|\Z)")
_LABEL = re.compile(
    r"[ \t]{0,3}(?:(?:\*\*|__)[^*_\n]{1,60}(?:\*\*|__)[:：]?|[^\W\d_](?:[^\W_]|[ /-]){0,60}[:：])[ \t]*\n?"
)
_HEADLINE = re.compile(
    r"^[ \t>]*(?:#{1,6}[ \t]|\*\*|__)[^\n]*|^[^\n]+(?=\n[ \t>]*(?:=+|-+)[ \t]*(?:\n|\Z))", re.MULTILINE
)
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def outline(text: str, first: int, interest: Interest) -> Outline:
    """The structure from line `first` on.

    What doesn't matter, and hidden lines around which nothing matters, may be missing from the answer.
    """
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    found = _Found()
    end = 0
    for begin, stop, marked in _sections(text, starts, lines, first, interest):
        if begin < end or begin == stop:
            continue
        if not marked:
            heading = _margin_heading(lines, begin)
            listed = _LISTED.search(text, starts[begin + (heading is not None)], max(0, starts[stop] - 1))
            if not (listed and interest.section(found.chain(heading))):
                if heading is not None:
                    found.add(heading)
                continue
        tokens = _parse(lines, begin, stop)
        end = stop
        if _runs_on(tokens, stop - begin) and stop < len(lines):
            tokens, end = _parse(lines, begin, len(lines)), len(lines)
        _collect(tokens, begin, found)
    return Outline(
        tuple(found.headings),
        tuple(found.tables),
        tuple(found.fences),
        tuple(found.hidden),
        tuple(found.html),
        tuple(found.entries),
        tuple(found.paragraphs),
        tuple(found.parents),
    )


def page_of_html(lines: int) -> Outline:
    """The structure of a document that is HTML as a whole."""
    whole = (Block(0, lines, False),)
    return Outline((), (), (), whole, whole, (), (), ())


def _sections(
    text: str, starts: list[int], lines: list[str], first: int, interest: Interest
) -> Iterator[tuple[int, int, bool]]:
    """First line, end, and whether markdown-it must look at it."""
    begins, marked = [first], set()
    for match in _SPECIAL.finditer(text, starts[first]):
        line = bisect_right(starts, match.start()) - 1
        blank_before = line == first or not lines[line - 1].strip(" \t")
        if match["heading"] is not None and blank_before:
            if line > first:
                begins.append(line)
        elif match["rule"] is not None:
            if interest.table(line):
                marked.add(len(begins) - 1)
        elif match["setext"] is None or not blank_before:
            marked.add(len(begins) - 1)
    for at in _openers(text, starts[first], interest):
        marked.add(bisect_right(begins, bisect_right(starts, at) - 1) - 1)
    for number, (begin, stop) in enumerate(zip(begins, [*begins[1:], len(lines)], strict=True)):
        yield begin, stop, number in marked


def _openers(text: str, first: int, interest: Interest) -> Iterator[int]:
    """Where a fence, an HTML block or a label that matters may start."""
    if "```" in text or "~~~" in text:
        yield from (match.start() for match in _FENCE.finditer(text, first))
    if "<" in text:
        yield from (match.start() for match in _HTML.finditer(text, first))
    for end in _LABEL_END.finditer(text, first):
        begin = max(first, text.rfind("\n", first, end.start()) + 1)
        if _LABEL.fullmatch(text, begin, end.end()) and interest.label(text[begin : end.end()].rstrip()):
            yield begin


def _margin_heading(lines: list[str], line: int) -> Heading | None:
    text = lines[line]
    level = len(text) - len(text.lstrip("#"))
    if 1 <= level <= 6 and text[level : level + 1] in ("", " ", "\t"):
        return Heading(line, level, _CLOSING.sub("", text[level:].strip(" \t")).strip(" \t"))
    return None


def _parse(lines: list[str], begin: int, stop: int) -> list[Token]:
    tokens: list[Token] = []
    markdown = _markdown()
    state = StateBlock("\n".join([*lines[begin:stop], ""]), markdown, {}, tokens)
    markdown.block.tokenize(state, state.line, state.lineMax)
    return tokens


def _runs_on(tokens: list[Token], lines: int) -> bool:
    """True when the last block may go on behind the lines that were parsed: a fence or comment without its end."""
    last = tokens[-1] if tokens else None
    return last is not None and last.type in ("fence", "html_block") and last.map is not None and last.map[1] >= lines


def _collect(tokens: list[Token], offset: int, found: _Found) -> None:
    lists: list[int] = []
    items: list[tuple[int, int]] = []
    quotes = 0
    for number, token in enumerate(tokens):
        kind = token.type
        if kind in ("blockquote_open", "blockquote_close"):
            quotes += token.nesting
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif kind == "list_item_close":
            items.pop()
        if token.map is None:
            continue
        first, last = token.map[0] + offset, token.map[1] + offset
        if kind == "heading_open" and token.level == 0:
            found.add(Heading(first, int(token.tag[1]), tokens[number + 1].content))
        elif kind in ("bullet_list_open", "ordered_list_open"):
            lists.append(first)
        elif kind == "list_item_open":
            items.append((len(found.entries), token.level))
            found.entries.append(Entry(first, last, first, len(lists) - 1, lists[-1], quotes > 0))
        elif kind == "paragraph_open":
            if token.level == 0:
                found.paragraphs.append(Block(first, last, False))
            elif items and token.level == items[-1][1] + 1 and tokens[number - 1].type == "list_item_open":
                at = items[-1][0]
                found.entries[at] = found.entries[at]._replace(text=last)
        elif kind in ("table_open", "fence", "code_block", "html_block"):
            _block(kind, Block(first, last, token.level > 0, token.info.strip()), found)


def _block(kind: str, block: Block, found: _Found) -> None:
    if kind == "table_open":
        found.tables.append(block)
        return
    found.hidden.append(block)
    if kind == "fence":
        found.fences.append(block)
    elif kind == "html_block":
        found.html.append(block)


def headlines(text: str) -> Iterator[str]:
    """Every line that may be a heading or a bold label: more than there are."""
    return (match.group() for match in _HEADLINE.finditer(text))
