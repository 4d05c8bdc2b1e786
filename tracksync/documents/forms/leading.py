"""What stands before the words of an item in a list: a status, a priority, an owner, or fields with their labels."""

import re

from tracksync.documents import statuses, values
from tracksync.documents.forms import names
from tracksync.documents.forms.pieces import HANDLES, Span, emptied, labelled, vague
from tracksync.documents.markdown import LINK
from tracksync.documents.words import Role, Words, plain_word
from tracksync.model import Reading

_LEADING = re.compile(
    r"(?:\*\*|__)(?P<bold>[^*_\n]{1,60})(?:\*\*|__)\s{0,4}[:：–—-]?\s{0,4}"
    r"|\[(?P<square>[^\[\]\n]{1,40})\](?![\[(])\s{0,4}[:：–—-]?\s{0,4}"
    r"|\((?P<round>[^()\n]{1,40})\)\s{0,4}[:：–—-]?\s{0,4}"
    rf"|(?P<handles>{HANDLES.pattern})\s{{0,4}}(?:[:：–—]\s{{0,4}}|-\s{{1,4}})"
    r"|(?P<word>[^\W\d_][\w'’? .,&/+-]{0,40}?)\s{0,4}(?:：\s{0,4}|:\s{1,4}|\s[–—-]\s{1,4})"
)
_LINKED = re.compile(rf"{LINK}\s{{0,4}}[:：–—-]?\s{{0,4}}")
_FIELD = re.compile(
    r"[*_]{0,3}[^\W\d_][^:：*_@()\[\]\n]{0,28}?[*_]{0,3}\s{0,4}[:：][^:：\n]{1,60}?(?=(?P<end>\s{1,4}[-–—|·•]\s{1,4}))"
)
_WORD = re.compile(r"\s(\w+)(?=(?P<end>\s{1,4})(?!be\b)\S)")
_ASSIGNED = 60
"""Characters of the names before a word like `to`."""


def front(text: str, words: Words, spans: dict[Role, Span]) -> int:
    """Where the action starts behind the values before it, which are added to `spans`."""
    at = len(text) - len(text.lstrip())
    while True:
        found = _mark(text, at, words) or _field(text, at, words) or _lead(text, at, words) or assigned(text, at, words)
        if found is None or found[0] in spans or not text[found[2] :].strip(" .*_"):
            return at
        role, span, at = found
        spans[role] = span


def _mark(text: str, at: int, words: Words) -> tuple[Role, Span, int] | None:
    """A status mark (✅) before the text."""
    mark = next((mark for mark in words.status_marks if mark[0] != "[" and text.startswith(mark, at)), None)
    if mark is None:
        return None
    end = at + len(mark)
    end += text.startswith("\ufe0f", end)
    return Role.STATUS, Span(at, end), end + len(text[end:]) - len(text[end:].lstrip())


def _field(text: str, at: int, words: Words) -> tuple[Role, Span, int] | None:
    """A label, its value and a dash before the text: `**Owner:** Alice - `."""
    found = _FIELD.match(text, at)
    field = labelled(text, at, found.end(), words) if found else None
    if found is None or field is None:
        return None
    role, span = field
    value = text[span.start : span.end]
    if role is Role.OWNER:
        fits = names.person(value, words) or values.emptiness(values.bare(value), words) is not Reading.SET
    elif role is Role.DUE:
        fits = values.due(value, words)[1] is not Reading.UNREADABLE or vague(value, words)
    elif role is Role.PRIORITY:
        fits = values.priority(value, words)[1] is not Reading.UNREADABLE
    else:
        fits = role is Role.STATUS and statuses.read(value, words).reading is not Reading.UNREADABLE
    return (role, span, found.end("end")) if fits else None


def _lead(text: str, at: int, words: Words) -> tuple[Role, Span, int] | None:
    """A status, priority or owner in front: bold, in brackets, or before a colon or dash."""
    linked = _LINKED.match(text, at)
    if linked and statuses.lookup(linked["label"], words):
        return Role.STATUS, Span(at, linked.end("target") + 1), linked.end()
    found = _LEADING.match(text, at)
    if found is None:
        return None
    kind = str(found.lastgroup)
    inner = found[kind].strip(" :：")
    begin = found.start(kind) + found[kind].index(inner)
    role = _role(kind, inner, words) if inner else None
    end = found.end()
    if role is Role.OWNER:
        modal = _WORD.match(text, end - 1)
        if modal and _modal(modal[1], words):
            end = modal.end("end")
        elif (
            kind == "bold"
            and text[end : end + 1].islower()
            and not _set_off(found)
            and not names.initials(inner, words)
        ):
            return None
    return (role, Span(begin, begin + len(inner)), end) if role else None


def _set_off(found: re.Match[str]) -> bool:
    """A colon or dash stands in or behind the bold: else a small letter goes on with a sentence about somebody."""
    return found["bold"].endswith((":", "：")) or found.group().rstrip()[-1] not in "*_"


def _role(kind: str, inner: str, words: Words) -> Role | None:
    if statuses.lookup(inner, words):
        # A plain word before a colon may begin a sentence: `Blocked: requests that ...`.
        sure = kind != "word" or inner.isupper() or not inner.isascii() or plain_word(inner) in words.leads
        return Role.STATUS if sure else None
    if values.priority(inner, words)[1] is Reading.SET:
        return Role.PRIORITY
    if names.somebody(inner, words):
        return Role.OWNER
    if gone := emptied(inner):
        return gone
    return Role.OWNER if kind == "bold" and names.initials(inner, words) else None


def assigned(text: str, at: int, words: Words) -> tuple[Role, Span, int] | None:
    """Who is to do it: `@alice to rotate the keys`, `Alice will rotate the keys`."""
    for found in _WORD.finditer(text, at, at + _ASSIGNED):
        if _modal(found[1], words):
            who = text[at : found.start()]
            return (Role.OWNER, Span(at, found.start()), found.end("end")) if names.somebody(who, words) else None
    return None


def _modal(word: str, words: Words) -> bool:
    return plain_word(word) in words.modals
