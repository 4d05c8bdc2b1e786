"""Whether a document is published, by its status line."""

import re

from tracksync.documents.markdown import plain
from tracksync.documents.words import Words, plain_word
from tracksync.model import Publication

_CHOICE = re.compile(r"\s*(?:\\?\||\s/\s|(?<=\w)/(?=\w))\s*")
_FIRST = re.compile(r"\s*(?:[(,;:.]|\s[-–—]\s|[-–—]\s).*$")


def of(status: str | None, words: Words) -> Publication:
    """PUBLISHED without a status or with one about the incident; HELD while the choices still stand there."""
    text = plain(status or "")
    if not text:
        return Publication.PUBLISHED
    choices = [_lookup(part, words) for part in _CHOICE.split(text)]
    if len(choices) > 1 and (Publication.HELD in choices or all(choices)):
        return Publication.HELD
    for candidate in (text, _FIRST.sub("", text)):
        if found := _lookup(candidate, words):
            return found
    return Publication.UNKNOWN


def _lookup(text: str, words: Words) -> Publication | None:
    if _whole(text, words.not_yet):
        return Publication.HELD
    if _whole(text, words.published) or _whole(text, words.incident):
        return Publication.PUBLISHED
    return None


def _whole(text: str, group: frozenset[str]) -> bool:
    return plain_word(text) in group
