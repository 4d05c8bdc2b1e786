"""Which section of a document a line stands in, and what that section says about its lists and tables."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from tracksync.documents.blocks import Outline
from tracksync.documents.found import Page
from tracksync.documents.markdown import plain
from tracksync.documents.words import Sense, Words, plain_word

_LONGEST = 4
"""Words in the longest phrase that names a section."""

_SHORT = 3
"""Words in a heading that is named by its last one (Customer impact)."""

_JOINING = frozenset(("and", "&", "of", "on", "from", "for", "by", "in", "during", "to", "/"))
"""What follows the first word of a heading that is named by it (Impact on customers)."""

_EMOJI = re.compile(r":[a-z0-9_+-]+:")
_ITEM = frozenset(("item", "items", "itens", "elementos"))
"""A list of action items may be one of those that are done; actions that were taken are none."""

_NUMBER = re.compile(r"^\W*(?:[0-9]+(?:\.[0-9]+)*[.):]?\s+)?")
_TAIL = re.compile(r"\s*(?::|\(|（|\s[-–—/|]\s).*$")
_REMARK = re.compile(r"[(（:：]\s*([^()（）]*)[)）]?\s*$")
_LABEL = re.compile(r"\s{0,3}(?:\*\*|__)(?P<text>[^*_]+)(?:\*\*|__):?\s*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that write no blanks between words, or join them: a phrase may stand anywhere in a heading."""


class Section(NamedTuple):
    """What is said about a line: by which heading or label, and with what sense (None: by none)."""

    sense: Sense | None
    name: str


NOWHERE = Section(None, "")


def around(structure: Outline, line: int, words: Words) -> Section:
    """What the headings above a line say together."""
    chain = []
    at = bisect_left(structure.headings, line, key=lambda heading: heading.line) - 1
    while at >= 0:
        # The title of the document is about the incident.
        if at > 0 or structure.headings[0].level > 1 or sense(structure.headings[0].text, words) is Sense.ITEMS:
            chain.append(structure.headings[at].text)
        at = structure.parents[at]
    return section(chain, words)


def over(page: Page, line: int, words: Words) -> Section:
    """What a bold label right above a line says of it, else the headings."""
    above = line - 1
    while above > 0 and not page.source.lines[above].strip():
        above -= 1
    label = _LABEL.fullmatch(page.source.lines[above]) if above >= 0 else None
    means = sense(label["text"], words) if label else None
    if label and means in (Sense.ITEMS, Sense.OTHER):
        return Section(means, label["text"])
    return around(page.structure, line, words) if page.structure else NOWHERE


def section(chain: Iterable[str], words: Words) -> Section:
    """What headings say together, the nearest first.

    The nearest that is sure decides. A kind of action (Detection, Mitigation) divides a list of items, and is a section
    of its own elsewhere. A weak one gives way to a heading further up that is sure.
    """
    found = NOWHERE
    kind = NOWHERE
    for heading in chain:
        means = sense(heading, words)
        if means is Sense.ITEMS:
            return Section(means, heading)
        if means is Sense.OTHER:
            if topic(heading) not in words.kinds:
                return Section(means, heading)
            kind = kind if kind.sense else Section(means, heading)
        elif means and not found.sense:
            found = Section(means, heading)
    return kind if kind.sense else found


@lru_cache(maxsize=1024)
def topic(heading: str) -> str:
    """What a heading is about: no number, no emoji, nothing behind a colon, dash or bracket."""
    return plain_word(_TAIL.sub("", _NUMBER.sub("", _EMOJI.sub("", plain(heading)))))


@lru_cache(maxsize=2048)
def sense(heading: str, words: Words) -> Sense | None:
    """What one heading or label means."""
    about = topic(heading)
    means = words.senses.get(about) or _part(about, words)
    if means in (None, Sense.WEAK, Sense.HINT) and (remark := _REMARK.search(plain(heading))):
        said = plain_word(remark[1])
        if means and said.split(" ")[-1] in words.taken:
            return Sense.OTHER
        if words.senses.get(said) is Sense.ITEMS:
            return Sense.ITEMS
    return means


def _part(about: str, words: Words) -> Sense | None:
    """The sense of a phrase within a heading: several words at its start or end, or one that names another thing."""
    parts = about.split(" ")
    rests = (parts[:-1] if parts[-1] in words.taken else [], parts[1:] if parts[0] in words.taken else [])
    done = [words.senses.get(" ".join(rest)) for rest in rests if not _ITEM.intersection(rest)]
    if any(means in (Sense.ITEMS, Sense.WEAK, Sense.HINT) for means in done):
        return Sense.OTHER
    counts = range(min(len(parts) - 1, _LONGEST), 0, -1)
    phrases = [" ".join(some) for count in counts for some in (parts[-count:], parts[:count])]
    for phrase in phrases:
        means = words.senses.get(phrase)
        if means and " " in phrase and len(phrase) > len("to dos"):
            return means
        names = (phrase == parts[-1] and len(parts) <= _SHORT) or (phrase == parts[0] and parts[1] in _JOINING)
        if means is Sense.OTHER and names:
            return means
        if means and means is not Sense.OTHER and phrase == parts[-1]:
            return Sense.HINT if means is Sense.HINT else Sense.WEAK
    if _WIDE.search(about):
        inside = [phrase for phrase in words.senses if phrase in about and _WIDE.search(phrase) and len(phrase) > 1]
        return words.senses[max(inside, key=len)] if inside else None
    return None
