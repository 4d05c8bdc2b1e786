"""What stands around the words of an item in a list: owner, due date, priority, status and link, before and behind them.

    - [DONE] P1: Rotate the keys (@alice, due 2026-02-15) - #12

Both ends are peeled piece by piece; what is not surely one of these stays with the action. Positions are within `text`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracksync.documents import dates, names, references, statuses, values
from tracksync.documents.markdown import LINK, LONGEST
from tracksync.documents.references import Target
from tracksync.documents.words import Role, Words, plain_word
from tracksync.model import Reading, Status

_PIECES = 8
"""Pieces at one end; real items have at most five."""

_OPENERS = {")": "(", "]": "[", "）": "（", "】": "【"}
_WINDOW = 300
"""Characters at the end in which a separator is looked for."""

_BLANK = " \t\n"
_STOPS = _BLANK + ".;,。"
_SPLIT = re.compile(
    r"\s{0,4}[,;，；、|]\s{0,4}|\s{1,4}[-–—·/]\s{1,4}|\s{1,4}(?=(?:due|by|eta|deadline|owner|status|priority)\b[: ])",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s{1,4}(?:[-–—|•·→]{1,3}|->|=>)\s{1,4}|(?<=[.;,])\s{1,4}")
_DASH = re.compile(r"\s{1,4}[-–—]{1,3}\s{1,4}")
_LABELLED = re.compile(
    r"[*_]{0,3}(?P<label>[^\W\d_][^:：*_@()\[\]\n]{0,28}?)[*_]{0,3}\s*[:：][*_]{0,3}\s*(?P<value>\S.*)?", re.DOTALL
)
_BARE = re.compile(r"(?P<label>[^\W\d_]+(?:\s(?:by|on|to|in|as))?)\s+(?P<value>\S.*)", re.DOTALL)
_HANDLES = re.compile(r"@[\w./-]*\w(?:\s*(?:[,&/+]|\band\b)\s*@[\w./-]*\w)*")
_EVIDENCE = re.compile(r"(?:in\s+)?(?:commit|git|sha)?:?\s*`?[0-9a-f]{7,40}`?", re.IGNORECASE)
_LEADING = re.compile(
    r"(?P<mark>(?:\*\*|__)(?P<bold>[^*_\n]{1,60})(?:\*\*|__)\s*[:：–—-]?\s*"
    r"|\[(?P<square>[^\[\]\n]{1,40})\](?![\[(])\s*[:：–—-]?\s*|\((?P<round>[^()\n]{1,40})\)\s*[:：–—-]?\s*"
    rf"|(?P<handles>{_HANDLES.pattern})\s*(?:[:：–—]\s*|-\s+|\s(?=(?:to|will|should)\s))"
    r"|(?P<word>[^\W\d_][\w' ]{1,15}?)\s*(?:[:：]\s+|\s[–—-]\s+))"
)
_LINKED = re.compile(rf"{LINK}\s*[:：–—-]?\s*")
_SHORTCUT = re.compile(r"\[(?P<label>[^\[\]\n]{1,80})\]\[[^\[\]\n]{0,80}\]")
_MENTION = re.compile(
    r"(?:^|\s)(?:in|on|at|by|to|of|with|from|for|see|per|via|like|into|and|or|as|the|a|an|is|ask|tell|let|ping|thank|help|"
    r"contact|revert|fix|merge|close|e\.g|eg|after|before|than|about|under|using)[.,:]?\Z",
    re.IGNORECASE,
)
_AFTER_STATUS = re.compile(
    r"\s*(?:\Z|[,;:.–—(\[]|-\s|(?:and|as\s+of|on|in|by|via|with|at|see|https?:|[0-9#])\b)", re.IGNORECASE
)


class Span(NamedTuple):
    """Where a value stands; `labelled`: a word before it says what it is."""

    start: int
    end: int
    labelled: bool = False


class Peeled(NamedTuple):
    """An item's text in parts: the action from `start` to `end`, and its values."""

    start: int
    end: int
    spans: Mapping[Role, Span]


class _Piece(NamedTuple):
    """A recognised piece; without a role it is evidence, which belongs to nothing. `sure`: nothing else can be meant."""

    role: Role | None
    span: Span
    sure: bool


def peel(text: str, words: Words, boxed: bool = False) -> Peeled:
    """The parts of an item's text. `boxed`: a check box has said its status already."""
    if len(text) > LONGEST:
        return Peeled(0, len(text), {})
    spans: dict[Role, Span] = {Role.STATUS: Span(0, 0)} if boxed else {}
    start = _front(text, words, spans)
    end = _back(text, start, words, spans)
    if boxed:
        del spans[Role.STATUS]
    return Peeled(start, end, spans)


def labelled(text: str, start: int, end: int, words: Words) -> tuple[Role, Span] | None:
    """The value of a line that is nothing but a label and a value: `**Owner**: @alice`."""
    found = _LABELLED.fullmatch(text, start, end)
    role = words.labels.get(plain_word(found["label"])) if found else None
    if found is None or role is None:
        return None
    begin, stop = found.span("value") if found["value"] else (end, end)
    while stop > begin and text[stop - 1] in " \t":
        stop -= 1
    return role, Span(begin, stop, True)


def leads(text: str, words: Words) -> bool:
    """True when the text starts with an owner and goes on: `**JP** Rotate the keys`."""
    spans: dict[Role, Span] = {}
    at = _front(text, words, spans)
    return Role.OWNER in spans and bool(text[at:].strip())


def _front(text: str, words: Words, spans: dict[Role, Span]) -> int:
    at = len(text) - len(text.lstrip())
    for _ in range(_PIECES):
        found = _mark(text, at, words) or _lead(text, at, words)
        if found is None or found[0] in spans or not text[found[2] :].strip(" .*_"):
            return at
        role, span, at = found
        spans[role] = span
    return at


def _mark(text: str, at: int, words: Words) -> tuple[Role, Span, int] | None:
    """A status mark (✅) before the text."""
    mark = next((mark for mark in words.status_marks if mark[0] != "[" and text.startswith(mark, at)), None)
    if mark is None:
        return None
    end = at + len(mark)
    end += text.startswith("\ufe0f", end)
    return Role.STATUS, Span(at, end), end + len(text[end:]) - len(text[end:].lstrip())


def _lead(text: str, at: int, words: Words) -> tuple[Role, Span, int] | None:
    """A status, priority or owner in front: bold, in brackets, or before a colon or dash."""
    linked = _LINKED.match(text, at)
    if linked and statuses.lookup(linked["label"], words):
        return Role.STATUS, Span(at, linked.end("target") + 1), linked.end()
    found = _LEADING.match(text, at)
    if found is None:
        return None
    kind = next(name for name in ("bold", "square", "round", "handles", "word") if found[name] is not None)
    inner = found[kind].strip().rstrip(":：").strip()
    begin = found.start(kind) + found[kind].index(inner) if inner else at
    role = _leading_role(kind, inner, words)
    return (role, Span(begin, begin + len(inner)), found.end()) if role else None


def _leading_role(kind: str, inner: str, words: Words) -> Role | None:
    if not inner:
        return None
    if statuses.lookup(inner, words) and not inner.startswith("@"):
        return Role.STATUS
    if values.priority(inner, words)[1] is Reading.SET and len(inner) <= len("medium priority"):
        return Role.PRIORITY
    if _HANDLES.fullmatch(inner):
        return Role.OWNER
    return Role.OWNER if kind == "bold" and names.initials(inner, words) else None


def _back(text: str, start: int, words: Words, spans: dict[Role, Span]) -> int:
    end = len(text)
    for _ in range(_PIECES):
        found = _bracket(text, start, end, words) or _segment(text, start, end, words) or _word(text, start, end, words)
        if found is None:
            break
        at, pieces = found
        new = _roles(pieces)
        if at <= start or any(role in spans for role in new) or not any(new) or not text[start:at].strip(" .*_"):
            break
        spans.update(new)
        end = at
    said = None if Role.STATUS in spans else _said(text, start, end, words)
    if said:
        end, spans[Role.STATUS] = said
    return _stripped(text, start, end, _BLANK)


def _roles(pieces: list[_Piece]) -> dict[Role, Span]:
    """The spans by role; owners side by side are one value."""
    found: dict[Role, Span] = {}
    for role, span, _ in pieces:
        if role is Role.OWNER and role in found:
            found[role] = Span(found[role].start, span.end, found[role].labelled)
        elif role is not None:
            found.setdefault(role, span)
    return found


def _bracket(text: str, start: int, end: int, words: Words) -> tuple[int, list[_Piece]] | None:
    """Values in the last brackets: `(@alice, due 2026-02-15)`, `[Rick]`."""
    close = _stripped(text, start, _stripped(text, start, end, _STOPS), "*_") - 1
    opener = _OPENERS.get(text[close]) if close > start else None
    opened = text.rfind(opener, start, close) if opener else -1
    square = opener in ("[", "【")
    if opened < 0 or (square and text[opened - 1 : opened] in ("]", "!")) or text[:opened].rstrip()[-1:] in (":", "："):
        return None
    parts = list(_parts(text, opened + 1, close))
    pieces = [piece for span in parts if (piece := _piece(text, *span, words, alone=square and len(parts) == 1))]
    company = any(piece.sure for piece in pieces)
    if company:
        pieces = [piece for span in parts if (piece := _piece(text, *span, words, alone=True))]
    if not pieces or not any(piece.role for piece in pieces) or (len(pieces) < len(parts) and not company):
        return None
    return _stripped(text, start, opened, _BLANK + "*_-–—"), pieces


def _stripped(text: str, start: int, end: int, characters: str) -> int:
    """The end without these characters before it."""
    while end > start and text[end - 1] in characters:
        end -= 1
    return end


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for cut in (*_SPLIT.finditer(text, start, end), None):
        stop = cut.start() if cut else end
        part = text[at:stop]
        if part.strip():
            yield at + len(part) - len(part.lstrip()), at + len(part.rstrip())
        at = cut.end() if cut else end


def _segment(text: str, start: int, end: int, words: Words) -> tuple[int, list[_Piece]] | None:
    """Values behind the last dash, bar or full stop: `— due 2026-02-15`."""
    cuts = list(_SEPARATOR.finditer(text, max(start, end - _WINDOW), end))
    if not cuts:
        return None
    last = cuts[-1]
    piece = _piece(text, last.end(), _stripped(text, last.end(), end, _STOPS), words, alone=False)
    punctuation = not last.group().strip()
    if piece is None or (punctuation and not piece.sure):
        return None
    return last.start(), [piece]


def _word(text: str, start: int, end: int, words: Words) -> tuple[int, list[_Piece]] | None:
    """A link or handle that simply stands last."""
    end = _stripped(text, start, end, _STOPS)
    at = max(start, 1 + max(text.rfind(blank, start, end) for blank in _BLANK))
    for one in references.find(text[start:end]):
        if start + one.end == end:
            at = start + one.start
    before = text[:at].rstrip()
    piece = _piece(text, at, end, words, alone=False)
    if piece is None or _MENTION.search(before[-12:]):
        return None
    if text[at:end].isupper() and len(text[at:end]) > len("ok") and piece.role is Role.STATUS:
        return at, [piece]
    if piece.role not in (Role.LINK, Role.OWNER, Role.STATUS) or not piece.sure:
        return None
    if text[at] == "#" and before[-1:] not in (".", ":", "!", "?"):
        return None
    return at, [piece]


def _piece(text: str, start: int, end: int, words: Words, alone: bool) -> _Piece | None:
    """What a piece of text is. `alone`: it may be a mere name."""
    while start < end and text[start] in "*_ ":
        start += 1
    end = _stripped(text, start, end, "*_ ")
    part = text[start:end]
    if not part:
        return None
    if named := _labelled_piece(text, start, end, words):
        return named
    if _HANDLES.fullmatch(part):
        return _Piece(Role.OWNER, Span(start, end), True)
    if dates.read(part):
        return _Piece(Role.DUE, Span(start, end), True)
    if link := _link(part, words):
        return _Piece(link[0], Span(start + link[1], start + link[2]), True)
    if values.priority(part, words)[1] is Reading.SET:
        return _Piece(Role.PRIORITY, Span(start, end), bool(re.fullmatch(r"[Pp][0-4]", part)))
    if _EVIDENCE.fullmatch(part):
        return _Piece(None, Span(start, end), False)
    status = statuses.read(part, words)
    if status.status:
        return _Piece(Role.STATUS, Span(start, end), False)
    if lead := _status_lead(part, words, inside=text[start - 1 : start] in tuple("([（【*_")):
        return _Piece(Role.STATUS, Span(start, start + lead), False)
    if alone and (part.casefold() in names.NOBODY or names.person(part, words) or _unnamed(part, words)):
        return _Piece(Role.OWNER, Span(start, end), False)
    return None


def _unnamed(part: str, words: Words) -> bool:
    """The place of a name in a template."""
    return values.emptiness(part, words) is Reading.PLACEHOLDER and part.casefold().strip("@") in ("name", "owner", "team")


def _labelled_piece(text: str, start: int, end: int, words: Words) -> _Piece | None:
    found = labelled(text, start, end, words)
    if found:
        role, span = found
        value = text[span.start : span.end]
        fits = role is not Role.LINK or references.listed(value) or values.emptiness(value, words) is not Reading.SET
        return _Piece(role, span, True) if value and fits else None
    bare = _BARE.fullmatch(text, start, end)
    label = plain_word(bare["label"]) if bare else ""
    if bare is None or label not in words.bare_labels:
        return None
    role, value = words.labels[label], values.bare(bare["value"])
    if role is Role.DUE:
        fits = values.due(value, words)[1] in (Reading.SET, Reading.PLACEHOLDER) or label.startswith("due")
    elif role is Role.LINK:
        fits = references.listed(value)
    else:
        fits = bool(_HANDLES.fullmatch(value)) or names.person(value, words)
    return _Piece(role, Span(*bare.span("value"), True), True) if fits else None


def _link(part: str, words: Words) -> tuple[Role | None, int, int] | None:
    """A part that is one reference and nothing else; a page linked from a status word is that status."""
    if shortcut := _SHORTCUT.fullmatch(part):
        inner = _link(shortcut["label"], words)
        return (inner[0], 0, len(part)) if inner else None
    found = references.find(part)
    if len(found) != 1 or part[: found[0].start].strip(" ([") or part[found[0].end :].strip(" )]"):
        return None
    one = found[0]
    if one.target is Target.PAGE:
        label = re.match(LINK, part[one.start :])
        return (Role.STATUS, one.start, one.end) if label and statuses.lookup(label["label"], words) else None
    return (None if one.target is Target.CHANGE else Role.LINK), one.start, one.end


def _status_lead(part: str, words: Words, inside: bool = False) -> int:
    """The length of a status word with which a remark starts (`done and list updated`); 0: there is none.

    `inside`: in brackets any remark may follow.
    """
    if words.doubts.intersection(re.findall(r"[a-z']+", part.casefold())):
        return 0
    for found in reversed(list(re.finditer(r"[\w'’]+", part[:40]))[:3]):
        status = statuses.lookup(part[: found.end()], words)
        if status in (Status.COMPLETE, Status.WONT_DO, Status.DUPLICATE) and (
            inside or _AFTER_STATUS.match(part, found.end())
        ):
            return found.end()
    return 0


def _said(text: str, start: int, end: int, words: Words) -> tuple[int, Span] | None:
    """A status word behind a dash with a remark of any form after it: ` - done: nobody answered - yet`."""
    for cut in _DASH.finditer(text, start, end):
        if cut.start() > start and (lead := _status_lead(text[cut.end() : end], words)):
            return cut.start(), Span(cut.end(), cut.end() + lead)
    return None
