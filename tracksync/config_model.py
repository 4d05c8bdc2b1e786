"""The keys of the configuration file, as pydantic models.

The models read the text of `config_yaml`: a number is written in digits, a switch as `true` or `false`, nothing is
guessed. `LATER` names what the documentation promises for later versions, so that using it early is told apart from
a misspelling.
"""

import re
from contextlib import suppress
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from tracksync.planning.rules import FieldPolicy, Limits, Policy

LATER = frozenset(
    {
        ("tracker", "base_url"),
        ("tracker", "token"),
        ("tracker", "routes"),
        ("labels",),
        ("badges",),
        ("lint",),
        ("digest",),
        ("escalation",),
        ("report",),
    }
)
"""Keys of the contract that this version doesn't have."""

INCLUDE = ("**/postmortems/**", "**/post-mortems/**")
"""Where postmortems usually lie. `**` at the end of a pattern means every Markdown and YAML file below."""

_LIMITS = Limits()


def _whole_number(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,8}", value):
        return int(value)
    raise ValueError("must be a whole number, 0 or more")


def _switch(value: object) -> object:
    if value not in ("true", "false"):
        raise ValueError("must be true or false")
    return value == "true"


def _one_line(value: str) -> str:
    text = " ".join(value.split())
    if not text:
        raise ValueError("must not be empty")
    return text


def _glob(value: str) -> str:
    if "\\" in value:
        raise ValueError('must be written with "/", not with "\\"')
    if value.startswith(("/", "~")) or re.match(r"[A-Za-z]:", value) or ".." in value.split("/"):
        raise ValueError("must stay inside the folder that the configuration is for")
    if value.count("{") != value.count("}"):
        raise ValueError('has a "{" or "}" without the other')
    return value.removeprefix("./")


def _day(value: str) -> str:
    with suppress(ValueError):
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value).isoformat()
    raise ValueError("must be a day, written as YYYY-MM-DD")


def _at_least_one(globs: tuple[str, ...]) -> tuple[str, ...]:
    if not globs:
        raise ValueError("must name at least one")
    return globs


def _project(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*", value):
        raise ValueError('must be made of letters, digits, "_", "-", "." and "/"')
    return value


def one_login(value: str) -> str:
    """A login without its @. Raises `ValueError` when `value` is none."""
    login = value.removeprefix("@")
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.\[\]-]*", login):
        raise ValueError("must be one login")
    return login


def _hosted(value: object) -> object:
    if value in ("github", "gitlab"):
        raise ValueError(f"{value} is not available in this version")
    return value


def _elsewhere(value: object) -> object:
    if value in ("push", "pull_request"):
        raise ValueError(f"{value} is not available in this version")
    return value


def _inline(value: object) -> object:
    if isinstance(value, str):
        raise ValueError("must be a mapping from name to login: a file of owners is not available in this version")
    return value


Number = Annotated[int, BeforeValidator(_whole_number)]
Percent = Annotated[int, Field(le=100), BeforeValidator(_whole_number)]
Switch = Annotated[bool, BeforeValidator(_switch)]
Word = Annotated[str, AfterValidator(_one_line)]
Words = tuple[Word, ...]
Glob = Annotated[Word, AfterValidator(_glob)]
Day = Annotated[Word, AfterValidator(_day)]
Login = Annotated[Word, AfterValidator(one_login)]
Name = Annotated[Word, AfterValidator(lambda name: name.removeprefix("@"))]


class Section(BaseModel):
    """A mapping with fixed keys; any other key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Published(Section):
    """Words of status lines that decide publication, added to the built-in ones."""

    published: Words = ()
    not_yet: Words = ()
    incident: Words = ()
    """Words about the incident, which say nothing about publication."""


class Documents(Section):
    """Which files are postmortems, and which of them are published."""

    include: Annotated[tuple[Glob, ...], AfterValidator(_at_least_one)] = INCLUDE
    exclude: tuple[Glob, ...] = ()
    since: Day = ""
    published: Published = Published()


class Tracker(Section):
    """Where issues live."""

    kind: Annotated[Literal["local"], BeforeValidator(_hosted)] = "local"
    project: Annotated[Word, AfterValidator(_project)] = "local"


class Fields(Section):
    """Which side each field follows."""

    title: FieldPolicy = FieldPolicy.DOCUMENT
    owner: FieldPolicy = FieldPolicy.MERGE
    due: FieldPolicy = FieldPolicy.MERGE
    priority: FieldPolicy = FieldPolicy.MERGE
    status: FieldPolicy = FieldPolicy.TRACKER


class StatusWords(Section):
    """Words for each status: the first is written, all are read."""

    not_started: Words = ()
    in_progress: Words = ()
    blocked: Words = ()
    complete: Words = ()
    wont_do: Words = ()
    duplicate: Words = ()


class PriorityWords(Section):
    """Words for each priority: the first is written, all are read."""

    P0: Words = ()
    P1: Words = ()
    P2: Words = ()
    P3: Words = ()
    P4: Words = ()


class HeaderWords(Section):
    """Names of table columns, by what the column holds."""

    action: Words = ()
    owner: Words = ()
    due: Words = ()
    status: Words = ()
    priority: Words = ()
    link: Words = ()
    kind: Words = ()


class DocumentWords(Section):
    """Words by which action items are found, added to the built-in ones."""

    sections: Words = ()
    not_sections: Words = ()
    headers: HeaderWords = HeaderWords()


class RunLimits(Section):
    """How much one run may do."""

    creates: Number = _LIMITS.creates
    closes: Number = _LIMITS.closes
    reopens: Number = _LIMITS.reopens
    updates: Number = _LIMITS.updates
    documents: Number = _LIMITS.documents
    relative_percent: Percent = _LIMITS.relative_percent
    relative_from: Number = _LIMITS.relative_from


class Configuration(Section):
    """The whole file."""

    documents: Documents = Documents()
    tracker: Tracker = Tracker()
    owners: Annotated[dict[Name, Login], BeforeValidator(_inline)] = {}
    fields: Fields = Fields()
    status: StatusWords = StatusWords()
    priority: PriorityWords = PriorityWords()
    words: DocumentWords = DocumentWords()
    limits: RunLimits = RunLimits()
    policy: Policy = Policy.FULL
    publish: Annotated[Literal["worktree"], BeforeValidator(_elsewhere)] = "worktree"
    cache: Switch = True
