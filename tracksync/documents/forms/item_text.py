"""What stands around the words of an item in a list: owner, due date, priority, status, link, before and behind them.

    - [DONE] P1: Rotate the keys (@alice, due 2026-02-15) - #12

Both ends are peeled piece by piece; what is not surely one of these stays with the action. Positions are within `text`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracksync.documents import references, values
from tracksync.documents.forms import leading, names
from tracksync.documents.forms.pieces import (
    HANDLES,
    Piece,
    Span,
    labelled,
    piece,
    status_lead,
    stripped,
    unnamed,
)
from tracksync.documents.markdown import LONGEST, struck
from tracksync.documents.words import Role, Words, plain_word
from tracksync.model import Reading

_WINDOW = 300
"""Characters at the end in which a separator is looked for."""

_OPENERS = {")": "(", "]": "[", "）": "（", "】": "【"}
_BLANK = " \t\n"
_STOPS = _BLANK + ".;,。"
_COMMAS = ",;，；、"
_DASHES = "-–—|·•"
_SPLIT = re.compile(
    r"\s{0,4}(?:,(?!\s{0,4}[0-9]{4}(?![-/.\w]))|[;，；、|])\s{0,4}|\s{1,4}[-–—·/]\s{1,4}"
    r"|(?<!owned)(?<!tracked)(?<!due)(?<!\bno)\s{1,4}(?=(?:due|by|eta|deadline|owner|status|priority)\b[: ])",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s{1,4}(?:[-–—|•·→]{1,3}|->|=>)\s{1,4}|(?<=[.;,])\s{1,4}|(?<=[，；、。])")
_DASH = re.compile(r"\s{1,4}[-–—]{1,3}\s{1,4}")
_TIMED = re.compile(r"\s(?:due|by|until|before|eta)\b[^\n]{2,30}\Z", re.IGNORECASE)
_SHOUTED = re.compile(r"(?<=\s)(?:[A-Z][A-Z']*\s){0,2}[A-Z][A-Z']{2,}\Z")
_READ = (Reading.SET, Reading.PLACEHOLDER, Reading.EMPTY)
_LAST_WORD = re.compile(r"[\w.]*[.:,]?\Z")


class Peeled(NamedTuple):
    """An item's text in parts: the action from `start` to `end`, and its values."""

    start: int
    end: int
    spans: Mapping[Role, Span]


def peel(text: str, words: Words, boxed: bool = False, named: bool = False, led: bool = False) -> Peeled:
    """The parts of an item's text.

    `boxed`: a check box has said its status already. `named`: in this list a mere name at the end is the owner. `led`:
    see `leading.in_brackets`.
    """
    if len(text) > LONGEST:
        return Peeled(0, len(text), {})
    if inner := struck(text):
        return _shifted(peel(text[slice(*inner)], words, boxed, named, led), inner[0])
    spans: dict[Role, Span] = {Role.STATUS: Span(0, 0)} if boxed else {}
    start = leading.front(text, words, spans, led)
    end = _back(text, start, words, named, spans)
    if boxed:
        del spans[Role.STATUS]
    return Peeled(start, end, spans)


def _shifted(peeled: Peeled, by: int) -> Peeled:
    spans = {role: Span(span.start + by, span.end + by, span.labelled) for role, span in peeled.spans.items()}
    return Peeled(peeled.start + by, peeled.end + by, spans)


def leads(text: str, words: Words) -> bool:
    """True when the text starts with a marked owner and goes on: `**JP** Rotate the keys`, `@alice: rotate them`."""
    spans: dict[Role, Span] = {}
    at = leading.front(text, words, spans)
    owner = spans.get(Role.OWNER)
    marked = owner is not None and (text[owner.start] == "@" or text[:1] in "*_[(")
    return marked and bool(text[at:].strip())


def several(text: str, words: Words) -> bool:
    """True when values with labels stand before the text, and another value: not the field of an item, but one."""
    peeled = peel(text, words)
    rest = text[peeled.start : peeled.end]
    first = min(peeled.spans.values(), default=Span(0, 0))
    return (
        len(peeled.spans) > 1
        and first.labelled
        and first.start < peeled.start
        and labelled(rest, 0, len(rest), words) is None
        and piece(rest, 0, len(rest), words) is None
    )


def _back(text: str, start: int, words: Words, named: bool, spans: dict[Role, Span]) -> int:
    end = len(text)
    while True:
        found = (
            _bracket(text, start, end, words, named)
            or _segment(text, start, end, words, named)
            or _last(text, start, end, words)
        )
        if found is None:
            break
        at, pieces = found
        new = _roles(pieces)
        if at <= start or not new or any(role in spans for role in new) or not text[start:at].strip(" .*_"):
            break
        spans.update(new)
        end = at
    said = None if Role.STATUS in spans else _said(text, start, end, words)
    if said:
        end, spans[Role.STATUS] = said
    # A colon belongs to the values behind it. Brackets can be added behind any text, so they change nothing in it.
    joined = end < len(text) and not text[end:].lstrip(_BLANK + _COMMAS).startswith(tuple(_OPENERS.values()))
    return stripped(text, start, end, _BLANK + _COMMAS + (":：" if joined else ""))


def _roles(pieces: list[Piece]) -> dict[Role, Span]:
    """The spans by role; owners side by side are one value."""
    found: dict[Role, Span] = {}
    for role, span, _ in pieces:
        if role is Role.OWNER and role in found:
            found[role] = Span(found[role].start, span.end, found[role].labelled)
        elif role is not None:
            found.setdefault(role, span)
    return found


def _bracket(text: str, start: int, end: int, words: Words, named: bool) -> tuple[int, list[Piece]] | None:
    """Values in the last brackets: `(@alice, due 2026-02-15)`, `[Rick]`."""
    last = stripped(text, start, end, _STOPS)
    close = stripped(text, start, last, "*_") - 1
    opener = _OPENERS.get(text[close]) if close > start else None
    opened = _opening(text, max(start, close - _WINDOW), close, opener) if opener else -1
    square = opener in ("[", "【")
    linked = text[opened - 1 : opened] in ("]", "!") or (square and text[:opened].rstrip().endswith((":", "：")))
    if opened < 0 or linked:
        return None
    inner = text[opened + 1 : close]
    square = square and (names.titled(inner, words) or unnamed(inner, words))
    pieces = _several(text, opened + 1, close, words, square or named)
    marks = text[close + 1 : last]
    before = opened - len(marks) if marks and text.endswith(marks, start, opened) else opened
    return (stripped(text, start, before, _BLANK + "-–—"), pieces) if pieces else None


def _opening(text: str, start: int, close: int, opener: str) -> int:
    """Where the bracket opens that closes at `close`; -1: nowhere near."""
    depth = 0
    for at in range(close, start - 1, -1):
        depth += (text[at] == text[close]) - (text[at] == opener)
        if depth == 0:
            return at
    return -1


def _several(text: str, start: int, end: int, words: Words, named: bool, whole: bool = False) -> list[Piece]:
    """What the parts of a list of values are; [] when they are something else. In good company names are owners.

    `whole`: every part must be a value.
    """
    parts = list(_parts(text, start, end))
    found = [one for span in parts if (one := piece(text, *span, words, alone=named and len(parts) == 1))]
    company = any(one.sure or (one.role is Role.OWNER and one.span.start == start) for one in found)
    if company:
        found = [one for span in parts if (one := piece(text, *span, words, alone=True))]
    return found if (company and not whole) or len(found) == len(parts) else []


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for cut in (*_SPLIT.finditer(text, start, end), None):
        stop = cut.start() if cut else end
        part = text[at:stop]
        if part.strip():
            yield at + len(part) - len(part.lstrip()), at + len(part.rstrip())
        at = cut.end() if cut else end


def _segment(text: str, start: int, end: int, words: Words, named: bool) -> tuple[int, list[Piece]] | None:
    """Values behind the last dash, bar or full stop: `— due 2026-02-15`."""
    end = stripped(text, start, end, _STOPS + _COMMAS)
    cuts = list(_SEPARATOR.finditer(text, max(start, end - _WINDOW), end))
    dashes = [cut for cut in cuts if cut.group().strip()]
    for cut in (*dashes[-1:], *cuts[-1:]):
        pieces = _several(text, cut.end(), end, words, named, whole=True)
        stands_off = bool(cut.group().strip())
        if not stands_off and _listed(text[start : cut.start()].rpartition(" ")[2], pieces):
            continue
        if pieces and (stands_off or all(one.sure for one in pieces)):
            return cut.start(), pieces
    return None


def _listed(before: str, pieces: list[Piece]) -> bool:
    """True when a list of handles or references goes on behind a comma: it has begun in the sentence."""
    roles = {one.role for one in pieces}
    return (Role.OWNER in roles and before.startswith("@")) or (Role.LINK in roles and bool(references.find(before)))


def _last(text: str, start: int, end: int, words: Words) -> tuple[int, list[Piece]] | None:
    """A link, a handle or a day that simply stands last."""
    end = stripped(text, start, end, _STOPS)
    if timed := _TIMED.search(text, max(start, end - _WINDOW // 6), end):
        one = piece(text, timed.start() + 1, end, words)
        if one and one.role is Role.DUE and values.due(text[one.span.start : one.span.end], words)[1] in _READ:
            return stripped(text, start, timed.start(), _STOPS + _DASHES), [one]
    if shouted := _SHOUTED.search(text, max(start, end - _WINDOW // 6), end):
        one = piece(text, shouted.start(), end, words)
        if one and one.role is Role.STATUS and one.span.end == end:
            return shouted.start(), [one]
    at = max(start, 1 + max(text.rfind(blank, start, end) for blank in _BLANK))
    spans = [(start + one.start, start + one.end) for one in references.find(text[start:end])]
    spans += [one.span() for one in HANDLES.finditer(text, start, end)]
    at = next((begin for begin, stop in spans if stop == end), at)
    if text.endswith("</a>", start, end):
        at = max(start, text.rfind("<a ", start, end))
    before = text[:at].rstrip()
    one = piece(text, at, end, words)
    if one is None or one.role is None or _mentioned(before, words):
        return None
    if before.endswith(",") and _listed(before.rpartition(" ")[2], [one]):
        return None
    bare = text[at] == "#" and before[-1:] not in (".", ":", "!", "?", ")", "]")
    return (at, [one]) if one.sure and not bare and one.role in (Role.LINK, Role.OWNER, Role.STATUS) else None


def _mentioned(before: str, words: Words) -> bool:
    """True when the word before makes what follows a part of the sentence: `ask @alice`, `see #12`."""
    word = _LAST_WORD.search(before[-20:])
    return word is not None and plain_word(word.group().rstrip(".:,")) in words.mentions


def _said(text: str, start: int, end: int, words: Words) -> tuple[int, Span] | None:
    """A status word behind a dash with a remark of any form after it: ` - done: nobody answered - yet`."""
    for cut in _DASH.finditer(text, start, end):
        if cut.start() > start and (lead := status_lead(text[cut.end() : end], words)):
            return cut.start(), Span(cut.end(), cut.end() + lead)
    return None
