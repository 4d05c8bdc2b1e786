"""Lists that stand among action items and are none: facts about what follows, names, what the writer has to check."""

import re
from collections.abc import Sequence

from tracksync.documents import dates
from tracksync.documents.words import Words, plain_word

_FACT = re.compile(r"(?:\*\*|__)[^*_]{1,60}?(?:[:：](?:\*\*|__)|(?:\*\*|__)\s?[:：])\s*(?P<value>.*)")
_TIME = re.compile(r"[\s,@]*(?:at\s)?\s*[0-9]{1,2}[:h][0-9]{2}.{0,12}\Z")
_NAME = re.compile(r"[!-~]+")

_SENTENCE = 8
"""Blanks in a sentence that leads to a list: a label has fewer."""


def aside(texts: Sequence[str], above: str, words: Words) -> str:
    """Why a list with these items is none of action items, "" when nothing tells. `above`: the paragraph over it."""
    if len(texts) < 2:
        return ""
    facts = [_FACT.fullmatch(text) for text in texts]
    if all(facts) and any(dates.read(_TIME.sub("", one["value"]).strip()) for one in facts if one):
        return "its lines are facts with a date"
    if above.endswith(":") and above.count(" ") >= _SENTENCE and all(_NAME.fullmatch(text) for text in texts):
        return "its lines are names"
    about = [text for text in map(plain_word, texts) if any(phrase in text for phrase in words.about_document)]
    return "its items are about the document itself" if len(about) >= max(2, len(texts) / 2) else ""
