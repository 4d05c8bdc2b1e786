"""`Words`: everything the readers look up, built from `wordlist` and extendable by configuration."""

import re
import unicodedata
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


class Sense(StrEnum):
    """What a heading or label says about the lists and tables under it."""

    ITEMS = "items"
    """They are action items."""
    WEAK = "weak"
    """They are, unless a heading further up says something else."""
    HINT = "hint"
    """They may be: they must show an owner, a date, a priority or a check box."""
    PAST = "past"
    """They were done in the incident: they must show that they are still to be done."""
    OTHER = "other"
    """They are something else."""


_SPACES = re.compile(r"[\s_-]+")
_ACCENTS = re.compile(r"[\u0300-\u036f]")


@lru_cache(maxsize=4096)
def plain_word(text: str) -> str:
    """The form in which words are compared: lower case, no accents, no Markdown or emoji around, blanks for dashes."""
    folded = text.replace("’", "'").replace("`", "").replace("*", "").casefold().strip()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKC", _ACCENTS.sub("", unicodedata.normalize("NFKD", folded)))
    return _SPACES.sub(" ", _EDGES.sub("", folded)).strip() or folded


def _index(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {plain_word(word): name for name, group in reversed(list(words.items())) for word in group}


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """All words by meaning, in the form of `plain_word`. Compared and hashed by identity."""

    headers: Mapping[Role, tuple[str, ...]]
    foreign: frozenset[str]
    weak_actions: frozenset[str]
    header_nouns: frozenset[str]
    results: frozenset[str]
    keys: Mapping[Role, tuple[str, ...]]
    lists: frozenset[str]
    senses: Mapping[str, Sense]
    """What the name of a section means."""
    taken: frozenset[str]
    """Said of a section of actions: they were done in the incident."""
    holders: frozenset[str]
    """Names of any list, whatever it lists."""
    joining: frozenset[str]
    coordinating: frozenset[str]
    meanwhile: frozenset[str]
    happenings: frozenset[str]
    towards: frozenset[str]
    improving: frozenset[str]
    outsiders: frozenset[str]
    labels: Mapping[str, Role]
    """What stands before a value in a text."""
    bare_labels: frozenset[str]
    mentions: frozenset[str]
    remarks: frozenset[str]
    not_names: frozenset[str]
    given_names: frozenset[str]
    family_names: tuple[str, ...]
    """Where they stand first, in scripts without blanks."""
    honorifics: tuple[str, ...]
    """What ends the name of somebody, or of a team, in such scripts."""
    modals: frozenset[str]
    vague_times: frozenset[str]
    kinds: Mapping[str, Kind]
    statuses: Mapping[str, Status]
    status_written: Mapping[Status, str]
    status_like: Mapping[str, Mapping[Status, str]]
    """For a status word of another language than English: what that language writes for each status."""
    status_marks: Mapping[str, Status]
    doubts: frozenset[str]
    leads: frozenset[str]
    priorities: Mapping[str, str]
    priority_written: Mapping[str, str]
    priority_named: Mapping[str, str]
    """What is written among words like High, where `priority_written` is for a place without an example."""
    priority_like: Mapping[str, Mapping[str, str]]
    """The same for priorities."""
    nothing: frozenset[str]
    placeholders: frozenset[str]
    describing: frozenset[str]
    fillers: frozenset[str]
    examples: frozenset[str]
    published: frozenset[str]
    not_yet: frozenset[str]
    incident: frozenset[str]
    fields: Mapping[str, str]
    """Labels of the document's own fields, in lower case."""
    about_document: tuple[str, ...]
    owners: frozenset[str] = frozenset()
    """Names that the configuration maps to logins or teams."""
    document_bytes: int = MAX_BYTES
    """Not a word: the size up to which a document is looked at (`limits.document_bytes`)."""
    issue_column: bool = False
    """Not a word: a table without a place for links gets a column for them (`documents.issue_column`)."""

    def extended(
        self,
        *,
        published: Iterable[str] = (),
        not_yet: Iterable[str] = (),
        incident: Iterable[str] = (),
        document_bytes: int = MAX_BYTES,
        issue_column: bool = False,
        statuses: Mapping[Status, tuple[str, ...]] | None = None,
        priorities: Mapping[str, tuple[str, ...]] | None = None,
        sections: Iterable[str] = (),
        not_sections: Iterable[str] = (),
        headers: Mapping[str, tuple[str, ...]] | None = None,
        owners: Iterable[str] = (),
    ) -> "Words":
        """These words and more; a word that had another meaning takes the new one.

        The first word of a status or priority is the one that is written. `headers`: by role, see `Role`. `owners`:
        the names of the owner map.
        """
        lists = [_plain(group) for group in (published, not_yet, incident)]
        more_statuses = {status: group for status, group in (statuses or {}).items() if group}
        more_priorities = {priority: group for priority, group in (priorities or {}).items() if group}
        more_headers = {Role(role): tuple(map(plain_word, group)) for role, group in (headers or {}).items()}
        senses = dict.fromkeys(_plain(sections), Sense.ITEMS) | dict.fromkeys(_plain(not_sections), Sense.OTHER)
        taken = {word for group in more_headers.values() for word in group}
        return replace(
            self,
            published=(self.published - lists[1] - lists[2]) | lists[0],
            not_yet=(self.not_yet - lists[0] - lists[2]) | lists[1],
            incident=(self.incident - lists[0] - lists[1]) | lists[2],
            document_bytes=document_bytes,
            issue_column=issue_column,
            statuses={**self.statuses, **{plain_word(w): s for s, group in more_statuses.items() for w in group}},
            status_written={**self.status_written, **{s: group[0] for s, group in more_statuses.items()}},
            priorities={**self.priorities, **{plain_word(w): p for p, group in more_priorities.items() for w in group}},
            priority_written={**self.priority_written, **{p: group[0] for p, group in more_priorities.items()}},
            priority_named={**self.priority_named, **{p: group[0] for p, group in more_priorities.items()}},
            senses={**self.senses, **senses},
            headers={
                role: more_headers.get(role, ()) + tuple(word for word in group if word not in taken)
                for role, group in self.headers.items()
            },
            foreign=self.foreign - taken,
            owners=self.owners | {plain_word(name.lstrip("@")) for name in owners},
        )


def _plain(words: Iterable[str]) -> frozenset[str]:
    return frozenset(plain_word(word) for word in words)


def _senses() -> dict[str, Sense]:
    groups = (
        (Sense.OTHER, wordlist.NOT_SECTIONS, "not actions"),
        (Sense.PAST, wordlist.SECTIONS_PAST, "section past"),
        (Sense.HINT, wordlist.SECTIONS_HINT, "section hint"),
        (Sense.WEAK, wordlist.SECTIONS_WEAK, "section weak"),
        (Sense.ITEMS, wordlist.SECTIONS, "section"),
    )
    return {plain_word(word): sense for sense, english, key in groups for word in (*english, *_others(key))}


def _others(key: str) -> tuple[str, ...]:
    """The words of a group in all other languages."""
    return tuple(word for language in wordlist.LANGUAGES.values() for word in language.get(key, ()))


def _all(english: Mapping[str, tuple[str, ...]], group: str) -> dict[str, tuple[str, ...]]:
    return {name: (*words, *_others(f"{group} {name}")) for name, words in english.items()}


def _like(group: str, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """By word, what its language writes for each meaning; languages that come first keep a word they share."""
    found: dict[str, dict[str, str]] = {}
    for language in wordlist.LANGUAGES.values():
        listed = {name: language.get(f"{group} {name}", []) for name in names}
        written = {name: words[0] for name, words in listed.items() if words}
        for words in listed.values():
            for word in words:
                found.setdefault(plain_word(word), written)
    return found


_HEADERS = _all(wordlist.HEADERS, "header")
_LABELS = {Role(role): (*group, *_others(f"header {role}")) for role, group in wordlist.LABEL_WORDS.items()}
_STATUSES = _index(_all(wordlist.STATUSES, "status"))
_PRIORITIES = _index(_all(wordlist.PRIORITIES, "priority"))

_FIELDS = {word: name for name in set(wordlist.FIELDS.values()) for word in _others(f"field {name}")} | wordlist.FIELDS

WORDS = Words(
    headers={Role(role): tuple(dict.fromkeys(map(plain_word, group))) for role, group in _HEADERS.items()},
    foreign=_plain((*wordlist.FOREIGN_HEADERS, *_others("foreign"))),
    weak_actions=_plain(wordlist.WEAK_ACTIONS),
    header_nouns=_plain(wordlist.HEADER_NOUNS),
    results=_plain((*wordlist.RESULT_HEADERS, *_others("result"))),
    keys={Role(role): group for role, group in wordlist.KEYS.items()},
    lists=frozenset(wordlist.LISTS),
    senses=_senses(),
    taken=_plain(wordlist.TAKEN),
    holders=_plain((*wordlist.HOLDERS, *_others("holders"))),
    joining=_plain((*wordlist.JOINING, *_others("joining"))),
    coordinating=_plain((*wordlist.COORDINATING, *_others("coordinating"))),
    meanwhile=_plain((*wordlist.MEANWHILE, *_others("meanwhile"))),
    happenings=_plain((*wordlist.HAPPENINGS, *_others("happenings"))),
    towards=_plain((*wordlist.TOWARDS, *_others("towards"))),
    improving=_plain((*wordlist.IMPROVING, *_others("improving"))),
    outsiders=_plain((*wordlist.OUTSIDERS, *_others("outsiders"))),
    labels={plain_word(word): role for role, group in _LABELS.items() for word in group},
    bare_labels=_plain(wordlist.BARE_LABELS),
    mentions=_plain((*wordlist.MENTIONS, *_others("mention"))),
    remarks=frozenset(wordlist.REMARKS),
    not_names=_plain(wordlist.NOT_NAMES),
    given_names=_plain((*wordlist.GIVEN_NAMES, *_others("given name"))),
    family_names=_others("family name"),
    honorifics=_others("honorific"),
    modals=_plain(wordlist.MODALS),
    vague_times=_plain((*wordlist.VAGUE_TIMES, *_others("vague time"))),
    kinds={word: Kind(kind) for word, kind in _index(_all(wordlist.KINDS, "kind")).items()},
    statuses={word: Status(status) for word, status in _STATUSES.items()},
    status_written={Status(status): word for status, word in wordlist.STATUS_WRITTEN.items()},
    status_like={
        word: {Status(status): text for status, text in written.items()}
        for word, written in _like("status", wordlist.STATUSES).items()
        if word not in _index(wordlist.STATUSES)
    },
    status_marks={mark: Status(status) for status, marks in wordlist.STATUS_MARKS.items() for mark in marks},
    doubts=frozenset(wordlist.DOUBTS),
    leads=_plain(wordlist.LEADS),
    priorities=_PRIORITIES,
    priority_written={priority: priority for priority in wordlist.PRIORITIES},
    priority_named={priority: group[0].capitalize() for priority, group in wordlist.PRIORITIES.items()},
    priority_like={
        word: written
        for word, written in _like("priority", wordlist.PRIORITIES).items()
        if word not in _index(wordlist.PRIORITIES)
    },
    nothing=frozenset((*wordlist.NOTHING, *_others("nothing"))),
    placeholders=frozenset((*wordlist.PLACEHOLDERS, *_others("placeholder"))),
    describing=_plain((*wordlist.DESCRIBING, *_others("describing"))),
    fillers=_plain((*wordlist.FILLERS, *_others("filler"))),
    examples=_plain((*wordlist.EXAMPLES, *_others("example"))),
    published=_plain((*wordlist.PUBLISHED, *_others("published"))),
    not_yet=_plain((*wordlist.NOT_YET, *_others("not yet"))),
    incident=_plain((*wordlist.INCIDENT, *_others("incident"))),
    fields=_FIELDS,
    about_document=tuple(map(plain_word, wordlist.ABOUT_DOCUMENT)),
)
