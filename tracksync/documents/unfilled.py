"""Whether the text of an action is what a template says in its place, without brackets around it."""

import re
from functools import lru_cache

from tracksync.documents.words import Role, Words, plain_word

_LONGEST = 80
"""Characters; a template says what goes here in fewer."""
_LED = re.compile(r"(?P<word>[^:：]{1,20}?)[\s0-9]*[:：]|(?P<short>(?:[^\W\d_]{1,2}\. ?){1,3})(?:,|\s)")
_BEHIND = re.compile(r"[(\[（]\s*(?P<word>[^()\[\]（）]{1,20}?)[.\s]*[)\]）][.\s]*\Z")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")


def exemplary(text: str, words: Words) -> bool:
    """An example, or words that say what to write: `Example: add an alert`, `Describe the action`."""
    return _example(text, words) or bool(_said(text, words) & words.describing)


def nameless(text: str, words: Words) -> bool:
    """Only a word for an action, perhaps with a number: `Action item 1`."""
    return bool(_said(text, words))


def _example(text: str, words: Words) -> bool:
    found = (_LED.match(text), _BEHIND.search(text[-_LONGEST:]))
    return any(one and plain_word(one[str(one.lastgroup)]).rstrip(".") in words.examples for one in found)


def _said(text: str, words: Words) -> frozenset[str]:
    """The words of a text about an action, if it has no others than those of a template."""
    nouns, known, joined = _vocabulary(words)
    said: set[str] = set()
    for part in _WORD.findall(plain_word(text)) if len(text) <= _LONGEST else ():
        inside = joined.findall(part)
        if part in known or (len(part) == 1 and part.isascii()):
            said.add(part)
        elif inside and "".join(inside) == part:
            said.update(inside)
        else:
            return frozenset()
    return frozenset(said) if said & nouns else frozenset()


@lru_cache(maxsize=8)
def _vocabulary(words: Words) -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    """Words for an action, all words of templates, and those that join without blanks."""
    names = words.headers[Role.ACTION]
    nouns = frozenset(name for name in names if " " not in name)
    known = words.describing | words.fillers | {word for name in names for word in name.split(" ")}
    wide = sorted((word for word in known if _WIDE.match(word)), key=len, reverse=True)
    return nouns, known, re.compile("|".join(map(re.escape, wide)))
