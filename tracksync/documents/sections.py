"""Which section of a document a line stands in, and what that section says about its lists and tables."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from tracksync.documents import naming
from tracksync.documents.blocks import Outline
from tracksync.documents.found import Page
from tracksync.documents.markdown import plain
from tracksync.documents.words import Sense, Words, plain_word

_LONGEST = 4
"""Words in the longest phrase that names a section."""

_SHORT = 3
"""Words in a heading that is named by its last one (Customer impact)."""

_UNSURE = (Sense.WEAK, Sense.HINT, Sense.PAST)
_STRENGTHS = (None, Sense.HINT, Sense.WEAK, Sense.ITEMS)
"""By `naming.strength`."""
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


def label(page: Page, line: int) -> str:
    """The bold label right above a line, "" when there is none."""
    above = line - 1
    while above > 0 and not page.source.lines[above].strip():
        above -= 1
    found = _LABEL.fullmatch(page.source.lines[above]) if above >= 0 else None
    return found["text"] if found else ""


def over(page: Page, line: int, words: Words) -> Section:
    """What a bold label right above a line says of it, else the headings."""
    text = label(page, line)
    means = sense(text, words)
    if means in (Sense.ITEMS, Sense.OTHER):
        return Section(means, text)
    return around(page.structure, line, words) if page.structure else NOWHERE


def section(chain: Iterable[str], words: Words) -> Section:
    """What headings say together, the nearest first.

    The nearest that is sure decides. A kind of action (Detection, Mitigation) divides a list of items, and is a section
    of its own elsewhere. A weak one gives way to a heading further up that is sure, what was done at once to any.
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
        elif means and found.sense in (None, Sense.PAST):
            found = Section(means, heading)
    return kind if kind.sense else found


@lru_cache(maxsize=1024)
def topic(heading: str) -> str:
    """What a heading is about: no number, no emoji, nothing behind a colon, dash or bracket."""
    return plain_word(_TAIL.sub("", _NUMBER.sub("", _EMOJI.sub("", plain(heading)))).rstrip("?!. "))


@lru_cache(maxsize=2048)
def sense(heading: str, words: Words) -> Sense | None:
    """What one heading or label means."""
    about = topic(heading)
    means = words.senses.get(about) or _part(about, words)
    if means in (None, *_UNSURE) and (remark := _REMARK.search(plain(heading))):
        said = plain_word(remark[1])
        if means and (said.split(" ")[-1] in words.taken or _outsiders(said.split(" "), words)):
            return Sense.OTHER
        if words.senses.get(said) is Sense.ITEMS:
            return Sense.ITEMS
    return means


def _part(about: str, words: Words) -> Sense | None:
    """The sense of a phrase within a heading: several words at its start or end, or one that names another thing."""
    parts = about.split(" ")
    if _done(parts, words) or _outside(parts, words) or _another(parts, words):
        return Sense.OTHER
    phrases = _phrases(parts)
    for phrase in phrases:
        means = words.senses.get(phrase)
        if means and " " in phrase and (len(phrase) > len("to dos") or _WIDE.search(phrase)):
            return means
    if together := _STRENGTHS[naming.strength(about)]:
        return together
    for phrase in phrases:
        means = words.senses.get(phrase)
        if means is Sense.OTHER and (
            (phrase == parts[-1] and len(parts) <= _SHORT)
            or (phrase == parts[0] and parts[1] in words.joining | words.coordinating)
        ):
            return means
        if means and means is not Sense.OTHER and phrase == parts[-1]:
            return Sense.WEAK if means is Sense.ITEMS else means
    if _WIDE.search(about):
        inside = [phrase for phrase in words.senses if phrase in about and _WIDE.search(phrase) and len(phrase) > 1]
        return words.senses[max(inside, key=len)] if inside else None
    return None


def _phrases(parts: list[str]) -> list[str]:
    """The words at the end and the start of a heading, the longest first."""
    counts = range(min(len(parts), _LONGEST), 0, -1)
    return [" ".join(some) for count in counts for some in (parts[-count:], parts[:count])]


def _done(parts: list[str], words: Words) -> bool:
    """True when it says that the actions were done: in one word at its start or end, or that it was in the incident."""
    rests = [parts[:-1] if parts[-1] in words.taken else [], parts[1:] if parts[0] in words.taken else []]
    heading = " ".join(parts)
    heads = [heading.partition(f" {word} ")[0].split(" ") for word in words.meanwhile if f" {word} " in heading]
    if any(head[-1] in words.taken for head in heads):
        return True
    rests += heads if parts[-1] in words.happenings else []
    done = (words.senses.get(" ".join(rest)) for rest in rests if not _ITEM.intersection(rest))
    return any(means in (Sense.ITEMS, *_UNSURE) for means in done)


def _outside(parts: list[str], words: Words) -> bool:
    """True when it says that others have to act: Next steps for customers."""
    improving = words.improving.intersection(parts)
    return _outsiders(parts, words) and not improving and _lists(parts[:-1], words)


def _outsiders(parts: list[str], words: Words) -> bool:
    return parts[-1] in words.outsiders and not words.towards.isdisjoint(parts[:-1])


def _another(parts: list[str], words: Words) -> bool:
    """True when it names something else that is about action items: Follow-up questions, Questions on next steps."""
    if len(parts) > 1 and _other(parts[0], words) and parts[1] in words.joining:
        return _lists(parts[2:], words)
    apart = words.joining.isdisjoint(parts) and parts[-2:-1] and parts[-2] not in words.coordinating
    return bool(apart) and _other(parts[-1], words) and _lists(parts[:-1], words)


def _lists(parts: list[str], words: Words) -> bool:
    """True when these words start or end with the name of a list of action items."""
    return any(words.senses.get(phrase) in (Sense.ITEMS, Sense.WEAK) for phrase in _phrases(parts))


def _other(word: str, words: Words) -> bool:
    return words.senses.get(word) is Sense.OTHER and word not in words.holders and word not in words.kinds
