"""Names of lists of action items that are known by their words together: `Corrective/Preventative measures`.

People join a few words in more ways than a list of phrases can hold. Each word must be one that such names are made
of; a long one may be misspelt.
"""

import re
from difflib import get_close_matches

from tracksync.documents.wordlist import NAMING

_WORD = re.compile(r"[^\W_]+")
_MISSPELT = 7
"""Letters of a word that is known although some are wrong: a shorter one is soon another word."""
_LONGEST = 6
"""Words of such a name, at most."""

_SURE, _MAYBE, _FILLERS = NAMING["nouns"], NAMING["maybe"], NAMING["fillers"]
_AHEAD, _PENDING = NAMING["ahead"], NAMING["pending"]
_QUALITIES = NAMING["aims"] | _AHEAD | _PENDING
_LONG = [word for word in _QUALITIES if len(word) >= _MISSPELT]


def strength(about: str) -> int:
    """How surely a name in the form of `plain_word` is that of things to be done.

    3: they are open; 2: they are to be done; 1: they may have been done; 0: it is no such name.
    """
    parts = [part for part in _WORD.findall(about) if part not in _FILLERS]
    nouns = (_SURE | _MAYBE).intersection(parts[:1] + parts[-1:])
    if not nouns or not 2 <= len(parts) <= _LONGEST:
        return 0
    others = {_spelt(part) for part in parts if part not in _SURE | _MAYBE} | (_QUALITIES & set(parts[:-1]))
    if not others <= _QUALITIES:
        return 0
    if nouns & _SURE:
        return 3 if others & _PENDING else 2
    return 2 if others & (_AHEAD | _PENDING) else 1


def _spelt(part: str) -> str:
    """The word that is meant, or "" for none."""
    if part in _QUALITIES or not _MISSPELT <= len(part) <= 2 * _MISSPELT:
        return part
    alike = [word for word in _LONG if word[0] == part[0]]
    return next(iter(get_close_matches(part, alike, 1, 0.8)), "")
