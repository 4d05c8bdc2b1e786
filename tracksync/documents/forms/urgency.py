"""The priority that a heading or label says of the items below it: `P0 - at once`, `High priority`."""

import re

from tracksync.documents import values
from tracksync.documents.markdown import plain
from tracksync.documents.words import Role, Words, plain_word
from tracksync.model import Reading

_REST = re.compile(r"\s*[:：(（–—].*|\s+[-/|]\s.*")
_LEVEL = re.compile(r"\W*(P[0-4])\b(?!.*\bP[0-9])", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_MOST = 3
"""Words: the priority, what says that it is one, and what has it."""


def urgency(text: str, words: Words) -> str:
    """The word for the priority, "" when there is none."""
    core = _REST.sub("", plain(text))
    if level := _LEVEL.match(core):
        return level[1]
    said = _WORD.findall(core)
    called = any(plain_word(word) in words.headers[Role.PRIORITY] for word in said)
    found = [word for word in said if values.priority(word, words)[1] is Reading.SET]
    return found[0] if len(found) == 1 and (len(said) == 1 or (called and len(said) <= _MOST)) else ""
