"""The block structure of a Markdown document: headings, tables, fences, and lines that are code or comments.

markdown-it-py decides (commonmark and tables, blocks only). It is the slowest part of reading, so only the sections
that may matter are given to it: a heading at the left margin after a blank line closes every open block but a
top-level fence or an HTML block, so sections between such headings can be parsed alone.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
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


class Outline(NamedTuple):
    """What a document is made of, as far as it was looked at."""

    headings: tuple[Heading, ...]
    tables: tuple[Block, ...]
    fences: tuple[Block, ...]
    hidden: tuple[Block, ...]
    """Fences, indented code and HTML: nothing in there is the document's own text."""


_SPECIAL = re.compile(
    r"^(?:(?P<heading>\#{1,6}(?=[ \t\n]|\Z)[^\n]*)"
    r"|[ \t>]+\#{1,6}(?=[ \t\n]|\Z)|(?P<setext>[ \t>]*(?:=+|-+)[ \t]*(?=\n|\Z))"
    r"|(?P<rule>[^\n]*(?:-[ \t:]*\||\|[ \t]*:?-)[^\n]*))",
    re.MULTILINE,
)
_OPENER = re.compile(r"```|~~~|<(?=[!?]|pre|script|style|textarea)", re.IGNORECASE)
_RULE = re.compile(r"^[^\n]*(?:-[ \t:]*\||\|[ \t]*:?-)[^\n]*", re.MULTILINE)
_HEADLINE = re.compile(
    r"^[ \t>]*(?:#{1,6}[ \t]|\*\*|__)[^\n]*|^[^\n]+(?=\n[ \t>]*(?:=+|-+)[ \t]*(?:\n|\Z))", re.MULTILINE
)
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def outline(text: str, first: int, wanted: Callable[[int], bool]) -> Outline:
    """The structure from line `first` on; `wanted` says whether the table whose delimiter row is on a line matters.

    Tables that don't matter, and hidden lines around which nothing matters, may be missing from the answer.
    """
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    headings: list[Heading] = []
    blocks: dict[str, list[Block]] = {"table": [], "fence": [], "hidden": []}
    end = 0
    for begin, stop, interesting in _sections(text, starts, lines, first, wanted):
        if begin < end or begin == stop:
            continue
        if not interesting:
            headings.extend(_margin_heading(lines, begin))
            continue
        tokens = _parse(lines, begin, stop)
        end = stop
        if _runs_on(tokens, stop - begin) and stop < len(lines):
            tokens, end = _parse(lines, begin, len(lines)), len(lines)
        _collect(tokens, begin, headings, blocks)
    return Outline(tuple(headings), tuple(blocks["table"]), tuple(blocks["fence"]), tuple(blocks["hidden"]))


def _sections(
    text: str, starts: list[int], lines: list[str], first: int, wanted: Callable[[int], bool]
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
            if wanted(line):
                marked.add(len(begins) - 1)
        elif match["setext"] is None or not blank_before:
            marked.add(len(begins) - 1)
    for match in _OPENER.finditer(text, starts[first]):
        marked.add(bisect_right(begins, bisect_right(starts, match.start()) - 1) - 1)
    for number, (begin, stop) in enumerate(zip(begins, [*begins[1:], len(lines)], strict=True)):
        yield begin, stop, number in marked


def _margin_heading(lines: list[str], line: int) -> Iterator[Heading]:
    text = lines[line]
    level = len(text) - len(text.lstrip("#"))
    if 1 <= level <= 6 and text[level : level + 1] in ("", " ", "\t"):
        yield Heading(line, level, _CLOSING.sub("", text[level:].strip(" \t")).strip(" \t"))


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


def _collect(tokens: list[Token], offset: int, headings: list[Heading], blocks: dict[str, list[Block]]) -> None:
    names = {"table_open": "table", "fence": "fence", "code_block": "hidden", "html_block": "hidden"}
    for number, token in enumerate(tokens):
        if token.map is None:
            continue
        if token.type == "heading_open" and token.level == 0:
            headings.append(Heading(token.map[0] + offset, int(token.tag[1]), tokens[number + 1].content))
        elif name := names.get(token.type):
            block = Block(token.map[0] + offset, token.map[1] + offset, token.level > 0, token.info.strip())
            blocks[name].append(block)
            if name == "fence":
                blocks["hidden"].append(block)


def any_table(text: str, first: int, wanted: Callable[[int], bool]) -> bool:
    """A cheap look: whether any line may be the delimiter row of a table that matters."""
    if "|" not in text:
        return False
    return any(line >= first and wanted(line) for line in _rules(text))


def _rules(text: str) -> Iterator[int]:
    line, at = 0, 0
    for match in _RULE.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        yield line


def headlines(text: str) -> Iterator[str]:
    """Every line that may be a heading or a bold label: more than there are."""
    return (match.group() for match in _HEADLINE.finditer(text))
