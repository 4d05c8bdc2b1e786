"""Owners, due dates, priorities and kinds: from a cell's text to a value and how well it could be read."""

import re
from collections.abc import Sequence
from functools import lru_cache

from tracksync.documents import dates
from tracksync.documents.markdown import plain
from tracksync.documents.words import Words, plain_word
from tracksync.model import Kind, Reading

_BRACKETED = re.compile(r"\[[^\[\]]+\]|<[^<>@]+>|\{\{.*\}\}|\{[^{}]+\}")
_TAG = re.compile(r"\s*<[\w ]+>\s*")
SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?+(?:[,/&+;]|(?<=\s)(?:and|AND|And)(?=\s))\s*")
"""Blanks are tried from their first one only: a megabyte of them must not take time that grows with the square."""
_P = re.compile(r"\W*P([0-4])\b(?!.*\bP[0-4])\s*[-–—:(]?[\w )]*", re.IGNORECASE)


def emptiness(text: str, words: Words) -> Reading:
    """EMPTY, PLACEHOLDER, or SET for anything that somebody filled in. Text without Markdown around it."""
    folded = text.casefold().strip()
    if folded in words.nothing:
        return Reading.EMPTY
    if folded in words.placeholders or _BRACKETED.fullmatch(folded) or not folded.strip("?._ …"):
        return Reading.PLACEHOLDER
    return Reading.SET


def bare(text: str) -> str:
    """The text without Markdown, but with brackets that are no link: they mark what nobody has filled in."""
    return text.strip() if _TAG.fullmatch(text) else plain(text)


@lru_cache(maxsize=2048)
def owners(raw: str | None, words: Words) -> tuple[tuple[str, ...], Reading]:
    """The names in a cell, split, without @ and brackets, as written."""
    if raw is None:
        return (), Reading.ABSENT
    text = bare(raw)
    reading = emptiness(text, words)
    if reading is not Reading.SET:
        return (), reading
    parts = [part for part in SEPARATOR.split(text) if emptiness(part, words) is Reading.SET]
    names = tuple(dict.fromkeys(filter(None, map(_name, parts))))
    return names, Reading.SET if names else Reading.PLACEHOLDER


def _name(text: str) -> str:
    text = text.strip("`* \t")
    while text[:1] + text[-1:] in ("[]", "()"):
        text = text[1:-1].strip()
    return text.removeprefix("@").strip()


def separator(raw: str) -> str:
    """What stands between the owners of a cell."""
    found = SEPARATOR.search(raw.strip())
    return found.group() if found else ", "


@lru_cache(maxsize=2048)
def due(raw: str | None, words: Words) -> tuple[str | None, Reading]:
    """The day as ISO text."""
    if raw is None:
        return None, Reading.ABSENT
    text = bare(raw)
    reading = emptiness(text, words)
    if reading is not Reading.SET:
        return None, reading
    day = dates.read(text)
    return (day.isoformat(), Reading.SET) if day else (None, Reading.UNREADABLE)


@lru_cache(maxsize=1024)
def priority(raw: str | None, words: Words) -> tuple[str | None, Reading]:
    """P0 to P4."""
    if raw is None:
        return None, Reading.ABSENT
    text = bare(raw)
    reading = emptiness(text, words)
    if reading is not Reading.SET:
        return None, reading
    if found := words.priorities.get(plain_word(text)):
        return found, Reading.SET
    level = _P.fullmatch(text)
    return (f"P{level[1]}", Reading.SET) if level else (None, Reading.UNREADABLE)


@lru_cache(maxsize=1024)
def kind(raw: str, words: Words) -> Kind | None:
    """Prevent, detect, mitigate or process, where a cell says so."""
    return words.kinds.get(plain_word(bare(raw)))


def names(texts: Sequence[str]) -> tuple[str, ...]:
    """Texts without empty ones, once each, in order."""
    return tuple(dict.fromkeys(filter(None, texts)))
