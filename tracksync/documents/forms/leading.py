"""What stands before the words of an item in a list: a status, a priority, an owner, or fields with their labels."""

import re

from tracksync.documents import statuses, values
from tracksync.documents.forms import names
from tracksync.documents.forms.pieces import HANDLES, Span, emptied, labelled, vague
from tracksync.documents.markdown import LINK
from tracksync.documents.words import Role, Words, plain_word
from tracksync.model import Reading

_LEADING = re.compile(
    r"[*_]{1,2}(?P<bold>[^*_\n]{1,60})[*_]{1,2}\s{0,4}[:：–—-]?\s{0,4}"
    r"|\[(?P<square>[^\[\]\n]{1,40})\](?![\[(])\s{0,4}[:：–—-]?\s{0,4}"
    r"|\((?P<round>[^()\n]{1,40})\)\s{0,4}[:：–—-]?\s{0,4}"
    rf"|(?P<handles>{HANDLES.pattern})\s{{0,4}}(?:[:：–—]\s{{0,4}}|-\s{{1,4}})"
    r"|(?P<word>[^\W\d_][\w'’? .,&/+-]{0,40}?)\s{0,4}(?:：\s{0,4}|:\s{1,4}|\s[–—-]\s{1,4})"
)
_LINKED = re.compile(rf"{LINK}\s{{0,4}}[:：–—-]?\s{{0,4}}")
_FIELD = re.compile(
    r"[*_]{0,3}[^\W\d_][^:：*_@()\[\]\n]{0,28}?[*_]{0,3}\s{0,4}[:：][^:：\n]{1,60}?(?=(?P<end>;\s{1,4}|\s{1,4}[-–—|·•]\s{1,4}))"
)
_WORD = re.compile(r"\s(\w+)(?=(?P<end>\s{1,4})(?!be\b)\S)")
_ASSIGNED = 60
"""Characters of the names before a word like `to`."""


def front(text: str, words: Words, spans: dict[Role, Span], led: bool = False) -> int:
    """Where the action starts behind the values before it, which are added to `spans`. `led`: see `in_brackets`."""
    at = len(text) - len(text.lstrip())
    while True:
        found = (
            _mark(text, at, words)
            or _field(text, at, words)
            or _lead(text, at, words, led)
            or assigned(text, at, words)
        )
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
    return (role, span, found.end("end")) if _fits(role, text[span.start : span.end], words) else None


def _fits(role: Role, value: str, words: Words) -> bool:
    """Whether a value is one of its field: a sentence may begin with the same word and colon."""
    if role is Role.OWNER:
        return names.named(value, words) or values.emptiness(values.bare(value), words) is not Reading.SET
    if role is Role.DUE:
        return values.due(value, words)[1] is not Reading.UNREADABLE or vague(value, words)
    if role is Role.PRIORITY:
        return values.priority(value, words)[1] is not Reading.UNREADABLE
    return role is Role.STATUS and statuses.read(value, words).reading is not Reading.UNREADABLE


def in_brackets(text: str) -> str:
    """What stands in brackets before a text, "" when nothing does.

    Where most items of a list have somebody there, all have: then items are `led`, and a login will do.
    """
    found = _LEADING.match(text)
    return (found["square"] or found["round"] or "") if found else ""


def _lead(text: str, at: int, words: Words, led: bool) -> tuple[Role, Span, int] | None:
    """A status, priority or owner in front: bold, in brackets, or before a colon or dash."""
    linked = _LINKED.match(text, at)
    if linked and statuses.lookup(linked["label"], words):
        return Role.STATUS, Span(at, linked.end("target") + 1), linked.end()
    found = _LEADING.match(text, at)
    if found is None:
        return None
    kind = str(found.lastgroup)
    inner = found[kind].strip(" :：[]" if kind == "bold" else " :：")
    begin = found.start(kind) + found[kind].index(inner)
    end = found.end()
    field = labelled(text, begin, begin + len(inner), words) if kind in ("bold", "square", "round") else None
    if field and _fits(field[0], text[field[1].start : field[1].end], words):
        return *field, end
    role = _role(kind, inner, words) if inner else None
    if role is None and led and kind in ("square", "round") and names.logins(inner, words):
        return Role.OWNER, Span(begin, begin + len(inner)), end
    if role is Role.OWNER:
        modal = _WORD.match(text, end - 1)
        if modal and _modal(modal[1], words):
            end = modal.end("end")
        elif kind == "bold" and _narrates(found, text[end : end + 1]) and not names.written(inner, words):
            return None
    return (role, Span(begin, begin + len(inner)), end) if role else None


def _narrates(found: re.Match[str], following: str) -> bool:
    """A small letter goes on with a sentence about somebody, unless a colon or dash stands in or behind the bold."""
    set_off = found["bold"].endswith((":", "：")) or found.group().rstrip()[-1] not in "*_"
    return following.islower() and not set_off


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
    return Role.OWNER if kind == "bold" and names.written(inner, words) else None


def assigned(text: str, at: int, words: Words) -> tuple[Role, Span, int] | None:
    """Who is to do it: `@alice to rotate the keys`, `Alice will rotate the keys`."""
    for found in _WORD.finditer(text, at, at + _ASSIGNED):
        if _modal(found[1], words):
            who = text[at : found.start()]
            return (Role.OWNER, Span(at, found.start()), found.end("end")) if names.somebody(who, words) else None
    return None


def _modal(word: str, words: Words) -> bool:
    return plain_word(word) in words.modals
