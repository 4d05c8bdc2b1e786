"""`Words`: everything the readers look up, built from `wordlist` and extendable by configuration."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from tracksync.documents import wordlist
from tracksync.documents.text import MAX_BYTES
from tracksync.model import Kind, Status


class Role(StrEnum):
    """What a column or key of an action item holds."""

    ACTION = "action"
    OWNER = "owner"
    DUE = "due"
    STATUS = "status"
    PRIORITY = "priority"
    LINK = "link"
    KIND = "kind"
    INDEX = "index"


_EDGES = re.compile(r"^[\W_]+|(?<=[\w)?%.])[^\w)?%.]++$")
_SPACES = re.compile(r"[\s_-]+")


@lru_cache(maxsize=4096)
def plain_word(text: str) -> str:
    """The form in which words are compared: lower case, no Markdown or emoji around, blanks for dashes."""
    folded = text.replace("’", "'").replace("`", "").replace("*", "").casefold().strip()
    return _SPACES.sub(" ", _EDGES.sub("", folded)).strip() or folded


def _index(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {plain_word(word): name for name, group in reversed(list(words.items())) for word in group}


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """All words by meaning, in the form of `plain_word`. Compared and hashed by identity."""

    headers: Mapping[Role, tuple[str, ...]]
    foreign: frozenset[str]
    keys: Mapping[Role, tuple[str, ...]]
    lists: frozenset[str]
    sections: frozenset[str]
    kinds: Mapping[str, Kind]
    statuses: Mapping[str, Status]
    status_written: Mapping[Status, str]
    status_marks: Mapping[str, Status]
    doubts: frozenset[str]
    priorities: Mapping[str, str]
    priority_written: Mapping[str, str]
    priority_named: Mapping[str, str]
    """What is written among words like High, where `priority_written` is for a place without an example."""
    nothing: frozenset[str]
    placeholders: frozenset[str]
    published: frozenset[str]
    not_yet: frozenset[str]
    incident: frozenset[str]
    document_bytes: int = MAX_BYTES
    """Not a word: the size up to which a document is looked at (`limits.document_bytes`)."""

    def extended(
        self,
        *,
        published: Iterable[str] = (),
        not_yet: Iterable[str] = (),
        incident: Iterable[str] = (),
        document_bytes: int = MAX_BYTES,
        statuses: Mapping[Status, tuple[str, ...]] | None = None,
        priorities: Mapping[str, tuple[str, ...]] | None = None,
    ) -> "Words":
        """These words and more; a word that had another meaning takes the new one.

        The first word of a status or priority is the one that is written.
        """
        lists = [frozenset(plain_word(word) for word in group) for group in (published, not_yet, incident)]
        more_statuses = {status: group for status, group in (statuses or {}).items() if group}
        more_priorities = {priority: group for priority, group in (priorities or {}).items() if group}
        return replace(
            self,
            published=(self.published - lists[1] - lists[2]) | lists[0],
            not_yet=(self.not_yet - lists[0] - lists[2]) | lists[1],
            incident=(self.incident - lists[0] - lists[1]) | lists[2],
            document_bytes=document_bytes,
            statuses={**self.statuses, **{plain_word(w): s for s, group in more_statuses.items() for w in group}},
            status_written={**self.status_written, **{s: group[0] for s, group in more_statuses.items()}},
            priorities={**self.priorities, **{plain_word(w): p for p, group in more_priorities.items() for w in group}},
            priority_written={**self.priority_written, **{p: group[0] for p, group in more_priorities.items()}},
            priority_named={**self.priority_named, **{p: group[0] for p, group in more_priorities.items()}},
        )


def _plain(words: Iterable[str]) -> frozenset[str]:
    return frozenset(plain_word(word) for word in words)


WORDS = Words(
    headers={Role(role): tuple(map(plain_word, group)) for role, group in wordlist.HEADERS.items()},
    foreign=_plain(wordlist.FOREIGN_HEADERS),
    keys={Role(role): group for role, group in wordlist.KEYS.items()},
    lists=frozenset(wordlist.LISTS),
    sections=_plain(wordlist.SECTIONS),
    kinds={word: Kind(kind) for word, kind in _index(wordlist.KINDS).items()},
    statuses={word: Status(status) for word, status in _index(wordlist.STATUSES).items()},
    status_written={Status(status): word for status, word in wordlist.STATUS_WRITTEN.items()},
    status_marks={mark: Status(status) for status, marks in wordlist.STATUS_MARKS.items() for mark in marks},
    doubts=frozenset(wordlist.DOUBTS),
    priorities=_index(wordlist.PRIORITIES),
    priority_written={priority: priority for priority in wordlist.PRIORITIES},
    priority_named={priority: group[0].capitalize() for priority, group in wordlist.PRIORITIES.items()},
    nothing=frozenset(wordlist.NOTHING),
    placeholders=frozenset(wordlist.PLACEHOLDERS),
    published=_plain(wordlist.PUBLISHED),
    not_yet=_plain(wordlist.NOT_YET),
    incident=_plain(wordlist.INCIDENT),
)
