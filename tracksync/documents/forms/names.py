"""Whether a text names people or a team, where no word says so: a label above a list, initials before an item."""

import re

from tracksync.documents.values import SEPARATOR
from tracksync.documents.words import Words, plain_word

_HANDLE = re.compile(r"@[\w./-]*\w")
_INITIALS = re.compile(r"[A-Z]{2,4}")
_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+\.?(?:\s+[^\W\d_a-z][\w’'-]*\.?){0,2}")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TEAM = re.compile(r"(?:[\w-]+\s+){1,3}[Tt]eam|[Tt]eam(?:\s+[\w-]+){1,2}|(?:SRE|QA|DevOps|Ops)")
_THING = re.compile(r"(?:ing|tion|sion|ment|ity|ness|ance|ence|ures|ics|ship|ware|able)s?\Z", re.IGNORECASE)
"""Endings of what people do and have, not of their names."""


def initials(text: str, words: Words) -> bool:
    """Capitals alone (`JP`, `AC/RK`), none of which is a known abbreviation."""
    parts = [part for part in SEPARATOR.split(text.strip()) if part]
    return bool(parts) and all(_INITIALS.fullmatch(part) and _free(part, words) for part in parts)


def person(text: str, words: Words) -> bool:
    """Handles, initials, capitalised names or teams, and nothing else."""
    parts = [part for part in SEPARATOR.split(text.strip()) if part]
    return bool(parts) and len(text) <= 80 and all(_one(part, words) for part in parts)


def _one(part: str, words: Words) -> bool:
    if _HANDLE.fullmatch(part) or _TEAM.fullmatch(part):
        return True
    if _INITIALS.fullmatch(part):
        return _free(part, words)
    if not _NAME.fullmatch(part) or _WIDE.search(part):
        return False
    return _free(part, words) and not any(_THING.search(word) and len(word) > 6 for word in part.split())


def _free(part: str, words: Words) -> bool:
    """True when no word in it means something else here."""
    return not any(
        word in group
        for word in (plain_word(part), *map(plain_word, part.split()))
        for group in (words.not_names, words.kinds, words.senses, words.statuses, words.priorities, words.labels)
    )
