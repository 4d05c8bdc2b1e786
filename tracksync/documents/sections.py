"""Which section of a document a line stands in, and whether that section is about action items."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tracksync.documents.blocks import Heading
from tracksync.documents.found import Page
from tracksync.documents.markdown import plain
from tracksync.documents.words import Words, plain_word

_LONGEST = 4
"""Words in the longest phrase that names a section."""

_NUMBER = re.compile(r"^\W*(?:[0-9]+(?:\.[0-9]+)*[.):]?\s+)?")
_TAIL = re.compile(r"\s*(?::|\(|\s[-–—/|]\s).*$")
_LABEL = re.compile(r"\s{0,3}(?:\*\*|__)(?P<text>[^*_]+)(?:\*\*|__):?\s*")


def enclosing(headings: tuple[Heading, ...], line: int) -> Iterator[Heading]:
    """The headings a line stands under, from the nearest up."""
    level = 7
    for heading in reversed(headings):
        if heading.line < line and heading.level < level:
            yield heading
            level = heading.level


def names_actions(page: Page, line: int, words: Words) -> bool:
    """True when a heading above the line, or a bold label right above it, names action items."""
    label = _label(page.source.lines, line)
    if label and about_actions(label, words):
        return True
    headings = page.structure.headings if page.structure else ()
    return any(about_actions(heading.text, words) for heading in enclosing(headings, line))


def _label(lines: list[str], line: int) -> str:
    above = line - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    found = _LABEL.fullmatch(lines[above]) if above >= 0 else None
    return found["text"] if found else ""


@lru_cache(maxsize=1024)
def topic(heading: str) -> str:
    """What a heading is about: no number, no emoji, nothing behind a colon, dash or bracket."""
    return plain_word(_TAIL.sub("", _NUMBER.sub("", plain(heading))))


@lru_cache(maxsize=1024)
def about_actions(heading: str, words: Words) -> bool:
    """True when a heading names action items; a phrase of several words may also start or end it."""
    about = topic(heading)
    if about in words.sections:
        return True
    parts = about.split(" ")
    counts = range(2, min(len(parts), _LONGEST) + 1)
    return any(" ".join(end) in words.sections for count in counts for end in (parts[:count], parts[-count:]))
