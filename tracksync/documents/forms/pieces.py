"""One piece of an item's text by itself: an owner, a day, a priority, a status, a link, with or without a label."""

import re
from typing import NamedTuple

from tracksync.documents import dates, references, statuses, values
from tracksync.documents.forms import names
from tracksync.documents.markdown import LINK
from tracksync.documents.references import Target
from tracksync.documents.words import Role, Words, plain_word
from tracksync.model import Reading

_LABELLED = re.compile(
    r"[*_]{0,3}(?P<label>[^\W\d_][^:：*_@()\[\]\n]{0,28}?)[*_]{0,3}\s{0,4}[:：][*_]{0,3}\s{0,4}(?P<value>\S.*)?",
    re.DOTALL,
)
_BARE = re.compile(r"(?P<label>[^\W\d_]+(?:\s(?:by|on|to|in|as))?)\s+(?P<value>\S.*)", re.DOTALL)
_HANDLE = r"(?<![\w@.])@(?![0-9.]+(?![\w-]))[\w./-]*\w"
HANDLES = re.compile(rf"{_HANDLE}(?:\s*(?:[,&/+]|\band\b)\s*{_HANDLE})*")
"""Logins, one or several; `package@1.2.3` is none."""
_EVIDENCE = re.compile(r"(?:in\s+)?(?:commit|git|sha)?:?\s*`?[0-9a-f]{7,40}`?", re.IGNORECASE)
_SHORTCUT = re.compile(r"\[(?P<label>[^\[\]\n]{1,80})\]\[[^\[\]\n]{0,80}\]")
_ANCHOR = re.compile(r"<a\s[^<>]{1,500}>[^<>]*</a>", re.IGNORECASE)
_QUARTER = re.compile(r"[qth][1-4]\b")
_EMPTIED = {"no due date": Role.DUE, "no priority": Role.PRIORITY, "unassigned": Role.OWNER, "no owner": Role.OWNER}


class Span(NamedTuple):
    """Where a value stands; `labelled`: a word before it says what it is."""

    start: int
    end: int
    labelled: bool = False


class Piece(NamedTuple):
    """A recognised piece; without a role it is evidence, of no field. `sure`: nothing else can be meant."""

    role: Role | None
    span: Span
    sure: bool


def piece(text: str, start: int, end: int, words: Words, alone: bool = False) -> Piece | None:
    """What the characters `start` to `end` of a text are. `alone`: they may be a mere name."""
    while start < end and text[start] in "*_ ":
        start += 1
    end = stripped(text, start, end, "*_ ")
    part = text[start:end]
    if not part:
        return None
    if named := _with_label(text, start, end, words):
        return named
    whole = Span(start, end)
    if HANDLES.fullmatch(part):
        return Piece(Role.OWNER, whole, True)
    if dates.read(part):
        return Piece(Role.DUE, whole, True)
    if link := _link(part, words):
        return Piece(link[0], Span(start + link[1], start + link[2]), True)
    if role := emptied(part):
        return Piece(role, whole, True)
    if values.priority(part, words)[1] is Reading.SET:
        return Piece(Role.PRIORITY, whole, bool(re.fullmatch(r"[Pp][0-4]", part)))
    if _EVIDENCE.fullmatch(part):
        return Piece(None, whole, False)
    if statuses.read(part, words).status:
        return Piece(Role.STATUS, whole, False)
    if lead := status_lead(part, words, inside=text[start - 1 : start] in tuple("([（【*_")):
        return Piece(Role.STATUS, Span(start, start + lead), False)
    if alone and vague(part, words):
        return Piece(Role.DUE, whole, False)
    if names.somebody(part, words) or (alone and (names.person(part, words) or unnamed(part, words))):
        return Piece(Role.OWNER, whole, False)
    return None


def emptied(part: str) -> Role | None:
    """The field of which a text says that it has no value."""
    return _EMPTIED.get(part.casefold())


def labelled(text: str, start: int, end: int, words: Words) -> tuple[Role, Span] | None:
    """The value of a line that is nothing but a label and a value: `**Owner**: @alice`."""
    found = _LABELLED.fullmatch(text, start, end)
    role = words.labels.get(plain_word(found["label"])) if found else None
    if found is None or role is None:
        return None
    begin, stop = found.span("value") if found["value"] else (end, end)
    return role, Span(begin, stripped(text, begin, stop, " \t"), True)


def _with_label(text: str, start: int, end: int, words: Words) -> Piece | None:
    if found := labelled(text, start, end, words):
        role, span = found
        value = text[span.start : span.end]
        fits = role is not Role.LINK or references.listed(value) or values.emptiness(value, words) is not Reading.SET
        return Piece(role, span, True) if value and fits else None
    bare = _BARE.fullmatch(text, start, end)
    label = plain_word(bare["label"]) if bare else ""
    if bare is None or label not in words.bare_labels:
        return None
    role, value = words.labels[label], values.bare(bare["value"])
    if role is Role.DUE:
        surely = values.due(value, words)[1] is not Reading.UNREADABLE or label.startswith("due")
    elif role is Role.LINK:
        surely = bool(references.listed(value))
    else:
        nobody = values.emptiness(value, words) is Reading.EMPTY
        surely = nobody or bool(HANDLES.fullmatch(value)) or names.named(value, words)
    return Piece(role, Span(*bare.span("value"), True), True) if surely else None


def vague(part: str, words: Words) -> bool:
    """A rough time, with or without a word before it: `by end of Q1`."""
    label = _BARE.fullmatch(part)
    dated = label is not None and words.labels.get(plain_word(label["label"])) is Role.DUE
    time = plain_word(label["value"] if label and dated else part)
    starts = (word if not word.isascii() else f"{word} " for word in words.vague_times)
    return bool(_QUARTER.match(time)) or f"{time} ".startswith(tuple(starts))


def unnamed(part: str, words: Words) -> bool:
    """The place of a name in a template."""
    unfilled = values.emptiness(part, words) is Reading.PLACEHOLDER
    return unfilled and part.casefold().strip("@") in ("name", "owner", "team")


def _link(part: str, words: Words) -> tuple[Role | None, int, int] | None:
    """A part that is one reference and nothing else; a page linked from a status word is that status."""
    if shortcut := _SHORTCUT.fullmatch(part):
        inner = _link(shortcut["label"], words)
        return (inner[0], 0, len(part)) if inner else None
    found = references.find(part)
    if _ANCHOR.fullmatch(part) and found and found[0].target is Target.ISSUE:
        return Role.LINK, 0, len(part)
    if len(found) != 1 or part[: found[0].start].strip(" ([") or part[found[0].end :].strip(" )]"):
        return None
    one = found[0]
    if one.target is Target.PAGE:
        label = re.match(LINK, part[one.start :])
        return (Role.STATUS, one.start, one.end) if label and statuses.lookup(label["label"], words) else None
    return (None if one.target is Target.CHANGE else Role.LINK), one.start, one.end


def status_lead(part: str, words: Words, inside: bool = False) -> int:
    """The length of a status word with which a remark starts (`done and list updated`); 0: there is none.

    `inside`: in brackets any remark may follow.
    """
    if words.doubts.intersection(re.findall(r"[a-z']+", part.casefold())):
        return 0
    for found in reversed(list(re.finditer(r"[\w'’]+", part[:40]))[:3]):
        status = statuses.lookup(part[: found.end()], words)
        rest = part[found.end() :].lstrip()
        remarked = not rest or rest[0] in ":,;("
        if status and (remarked or (status.closed and (inside or _goes_on(rest, words)))):
            return found.end()
    return 0


def _goes_on(rest: str, words: Words) -> bool:
    """True when what follows a status word is a remark on it, not the rest of a sentence."""
    return not rest[0].isalpha() or rest.startswith("http") or rest.split(maxsplit=1)[0].casefold() in words.remarks


def stripped(text: str, start: int, end: int, characters: str) -> int:
    """The end without these characters before it."""
    while end > start and text[end - 1] in characters:
        end -= 1
    return end
