"""Whether a text names people or a team, where no word says so: a label above a list, a name before or behind an item.

Nothing in the shape of a word tells Alice from Datadog. So a name counts by itself only when somebody knows it: the
owner map, a handle, a team by its word, or a usual first name. Others count in the company of such a one.
"""

import re
from functools import lru_cache

from tracksync.documents.values import SEPARATOR
from tracksync.documents.words import Words, plain_word

_HANDLE = re.compile(r"@[\w./-]*\w")
_INITIALS = re.compile(r"[A-Z]{2,4}")
_SHORT = 2
"""Letters of initials: more of them are an abbreviation, as a rule."""
_LOGIN = re.compile(r"(?P<name>[^\W\d_][\w.-]{1,30})(?: [Tt]eams?)?\??")
_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+\.?(?:\s+[^\W\d_a-z][\w’'-]*\.?){0,2}")
_WIDE = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,7}")
_TEAM = re.compile(r"(?:[Tt]he\s+)?(?:[^\W\d_a-z][\w-]*\s+){1,3}[Tt]eam")
_DEPARTMENT = re.compile(r"SRE|QA|DevOps|Ops|[Tt]eam(?:\s+[^\W\d_a-z][\w-]*){1,2}")
"""Somebody, or something of theirs: Team Payments, Team meeting."""
_THING = re.compile(r"(?:ing|tion|sion|ment|ity|ness|ance|ence|ures|ics|ship|ware|able)s?\Z", re.IGNORECASE)
"""Endings of what people do and have, not of their names."""


def written(text: str, words: Words) -> bool:
    """Capitals alone (`JP`, `AC/RK`) that are no known abbreviation, and what is written in their place: handles, or
    names of the owner map.
    """
    return bool(_parts(text)) and all(
        (_INITIALS.fullmatch(part) and _free(part, words)) or _mapped(part, words) for part in _parts(text)
    )


@lru_cache(maxsize=2048)
def person(text: str, words: Words) -> bool:
    """What can be read as handles, initials, capitalised names or teams, in the company of those that surely are."""
    parts = _parts(text)
    return bool(parts) and len(text) <= 80 and all(_one(part, words) for part in parts)


def named(text: str, words: Words) -> bool:
    """What can be a name where a word before it says that it is an owner: any capitalised words will do."""
    parts = _parts(text)
    shaped = (_NAME.fullmatch(part) and not _WIDE.search(part) for part in parts)
    return bool(parts) and len(text) <= 80 and (all(shaped) or person(text, words))


def somebody(text: str, words: Words) -> bool:
    """The same, and at least one of them is known."""
    return person(text, words) and any(_known(part, words) for part in _parts(text))


def titled(text: str, words: Words) -> bool:
    """The same where names are usual, above a list or in square brackets: two initials or a department will do."""
    parts = _parts(text)
    short = any((_INITIALS.fullmatch(part) and len(part) == _SHORT) or _DEPARTMENT.fullmatch(part) for part in parts)
    return (short and person(text, words)) or somebody(text, words)


def logins(text: str, words: Words) -> bool:
    """What can be logins, perhaps with a question mark, where others that stand alike are known."""
    parts = _parts(text)
    return bool(parts) and all((one := _LOGIN.fullmatch(part)) and _free(one["name"], words) for part in parts)


def known(text: str, words: Words) -> bool:
    """The same, and one of them is a first name in whatever case, a team, or in the owner map."""
    parts = [plain_word(part) for part in _parts(text)]
    some = any(part in words.given_names | words.owners or part.endswith((" team", " teams")) for part in parts)
    return some and logins(text, words)


def _parts(text: str) -> list[str]:
    return [part for part in SEPARATOR.split(text.strip()) if part]


@lru_cache(maxsize=2048)
def _known(part: str, words: Words) -> bool:
    if _mapped(part, words) or _TEAM.fullmatch(part):
        return True
    if _WIDE.fullmatch(part):
        return part.endswith(words.honorifics) or any(_of_family(part, name) for name in words.family_names)
    first = plain_word(part).split(" ")[0]
    return bool(_NAME.fullmatch(part)) and first in words.given_names and _free(part, words)


def _mapped(part: str, words: Words) -> bool:
    return plain_word(part) in words.owners or _HANDLE.fullmatch(part) is not None


def _of_family(part: str, name: str) -> bool:
    """A family name of two characters may stand alone; one character begins too many other words."""
    rest = len(part) - len(name)
    return part.startswith(name) and (rest <= 3 if len(name) > 1 else 1 <= rest <= 2)


@lru_cache(maxsize=2048)
def _one(part: str, words: Words) -> bool:
    if _known(part, words) or _DEPARTMENT.fullmatch(part):
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
