"""The columns of a table by what they hold, and whether a table with these columns is one of action items."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tracksync.documents import naming
from tracksync.documents.sections import Section
from tracksync.documents.words import Role, Sense, Words

_TELLING = (Role.OWNER, Role.DUE, Role.STATUS, Role.PRIORITY, Role.LINK)

_OPEN = frozenset((Role.DUE, Role.STATUS, Role.PRIORITY))
"""What only actions have that are still to be done."""

_REMARK = re.compile(r"\s*[(\[（].*")
_BESIDE = re.compile(r"\s*[/&+]\s*|\s(?:and|or)\s")


class Header(NamedTuple):
    """The columns of a table by what they hold. `twice` names a header that stands there two times."""

    columns: Mapping[Role, int]
    width: int
    foreign: str
    """A header that action items don't have; "" when there is none."""
    twice: str
    weak: bool = False
    """The column of the action has a name that other things have too."""

    @property
    def telling(self) -> int:
        """How many columns there are that only action items have together."""
        return sum(role in self.columns for role in _TELLING)

    @property
    def owned(self) -> bool:
        """An owner and a due date: only what somebody must do has both."""
        return Role.OWNER in self.columns and Role.DUE in self.columns


class Verdict(NamedTuple):
    """Whether a table, list or block is one of action items, and why. `fault`: it is, and can't be read."""

    taken: bool
    reason: str
    fault: str = ""


def header(names: Sequence[str], words: Words) -> Header:
    """The columns by their names (see `plain_word`)."""
    names = [_meant(name, words) for name in names]
    columns: dict[Role, int] = {}
    twice = ""
    for role, synonyms in words.headers.items():
        present = [name for name in synonyms if name in names]
        free = [names.index(name) for name in present if names.index(name) not in columns.values()]
        if free:
            columns[role] = free[0]
            twice = twice or (names[free[0]] if names.count(names[free[0]]) > 1 else "")
    weak = Role.ACTION in columns and names[columns[Role.ACTION]] in words.weak_actions
    if Role.ACTION not in columns:
        free = [at for at, name in enumerate(names) if at not in columns.values() and _acts(name, words)]
        if free:
            columns[Role.ACTION], weak = free[0], True
    logs = frozenset() if any(role in columns for role in _TELLING) else words.results
    foreign = next((name for name in names if name in words.foreign | logs), "")
    return Header(columns, len(names), foreign, twice, weak)


@lru_cache(maxsize=1024)
def _meant(name: str, words: Words) -> str:
    """The known header that a name says: before a remark, on one side of a slash, in one number, or as its noun."""
    known, foreign = _known(words)
    if name in known or name in foreign:
        return name
    bare = _REMARK.sub("", name)
    parts = [bare, *_BESIDE.split(bare)]
    forms = [form for part in parts for form in (part, part.removesuffix("s"))]
    ends = [word for word in (*bare.split(" ")[-1:], bare.split(" ")[0]) if word in words.header_nouns]
    start = " ".join(bare.split(" ")[:2])
    found = [form for group in (foreign, known) for form in forms if form in group]
    return next(iter([*found, *ends, *({start} & known)]), name)


@lru_cache(maxsize=8)
def _known(words: Words) -> tuple[frozenset[str], frozenset[str]]:
    """The headers of action items, and those of other tables."""
    return frozenset(name for names in words.headers.values() for name in names), words.foreign | words.results


def _acts(name: str, words: Words) -> bool:
    """Whether a header may be that of actions: what a section of them may be called, or one kind of them."""
    return name in words.kinds or naming.strength(name) > 0


def judge(found: Header, section: Section) -> Verdict:
    """By its columns and the section it stands in."""
    acting = Role.ACTION in found.columns
    hinted = section.sense is Sense.HINT and found.telling > 0
    hinted = hinted or (section.sense is Sense.PAST and not _OPEN.isdisjoint(found.columns))
    named = section.sense in (Sense.ITEMS, Sense.WEAK) or hinted
    if found.foreign:
        return Verdict(False, f'a column "{found.foreign}" is not one of action items')
    if section.sense is Sense.OTHER:
        return Verdict(False, f'"{section.name}" names something else')
    if acting and (named or found.telling >= (3 if found.weak else 2)):
        by = f'"{section.name}" names action items' if named else "its columns are those of action items"
        fault = f"this table has two columns `{found.twice}`; give one of them another name" if found.twice else ""
        return Verdict(True, by, fault)
    if (named and found.telling) or found.owned:
        return Verdict(True, "", "this table has no column for the action; name that column `Action`")
    if acting:
        return Verdict(False, "no heading names action items, and too few columns tell of them")
    return Verdict(False, "no column for the action, and no heading that names action items")
