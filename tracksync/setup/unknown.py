"""The owners that no login is known for: each name with its spellings and places, those like each other together."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from tracksync.model import Document
from tracksync.owners import Directory, folded

_WORD = re.compile(r"[^\W_]+")
_GENERIC = frozenset({"team", "teams", "the", "group", "oncall", "on", "call", "eng", "engineering", "dev", "ops"})
"""Words that many names of teams share: no sign that two of them are the same."""

_NEIGHBOURS = 200
"""How many names that share a word are compared with one name: names without end must not take time without end."""


@dataclass(frozen=True, slots=True)
class UnknownOwner:
    """One name: `spellings` differ in case and blanks at most, the most frequent first."""

    spellings: tuple[str, ...]
    places: tuple[tuple[str, int], ...]
    """(path, line) of each item, in order."""
    like: str | None = None
    """The more frequent name that is probably the same person's or team's."""
    known: tuple[tuple[str, str], ...] = ()
    """(name, login or label) of those in the configuration that it may mean."""

    @property
    def name(self) -> str:
        """The name as it is written most often."""
        return self.spellings[0]


def unknown_owners(documents: Iterable[Document], directory: Directory) -> list[UnknownOwner]:
    """The unknown owners of the items that are not skipped: most frequent first, those like each other together."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, dict[tuple[str, int], None]] = defaultdict(dict)
    for document in documents:
        for item in document.items:
            if item.skip is None:
                for name in directory.resolve(item)[1]:
                    spellings[folded(name)][name] += 1
                    places[folded(name)][(document.path, item.line)] = None
    owners = []
    for key, counts in spellings.items():
        names = sorted(counts, key=lambda name: (-counts[name], name))
        owners.append(UnknownOwner(tuple(names), tuple(sorted(places[key])), known=directory.similar(names[0])))
    return list(_grouped(sorted(owners, key=lambda owner: (-len(owner.places), owner.name))))


def _grouped(owners: Sequence[UnknownOwner]) -> Iterator[UnknownOwner]:
    """Each name followed by those like it."""
    words = [_words(owner.name) for owner in owners]
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(words):
        for key in _keys(own):
            by_key[key].append(number)
    taken: set[int] = set()
    for number, owner in enumerate(owners):
        if number in taken:
            continue
        taken.add(number)
        yield owner
        near = sorted({other for key in _keys(words[number]) for other in islice(by_key[key], _NEIGHBOURS)} - taken)
        for other in near:
            if alike(words[number], words[other]):
                taken.add(other)
                yield replace(owners[other], like=owner.name)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, or of what stands before the @ of an e-mail address, without accents and case."""
    local = name.partition("@")[0] or name
    decomposed = unicodedata.normalize("NFKD", local.casefold())
    return tuple(_WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c))))


def _keys(words: tuple[str, ...]) -> set[str]:
    """What two names that are alike have in common, one of these at least."""
    return {word for word in words if len(word) > 1 and word not in _GENERIC} | _logins(words)


def _logins(words: tuple[str, ...]) -> set[str]:
    """The logins that are often made of a name: aliceexample, aexample, alicee."""
    if not words:
        return set()
    return {"".join(words), words[0][0] + "".join(words[1:]), words[0] + "".join(word[0] for word in words[1:])}


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names in words are probably the same: `alice e` and `alice example`, `aexample`, not two teams."""
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and short[0] in _logins(long):
        return len(short[0]) > 2
    left, same = list(long), False
    for word in short:
        match = next((its for its in left if its == word), None) or next(
            (its for its in left if 1 in (len(its), len(word)) and its[0] == word[0]), None
        )
        if match is None:
            return False
        left.remove(match)
        same = same or (match == word and len(word) > 1 and word not in _GENERIC)
    return same
