"""What the user configured: one YAML file, found upward from the working directory, resolved to `Settings`.

Every fault of the file is reported at once, each with its line and column. A key that would do nothing is refused.
"""

import difflib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from tracksync.config_model import LATER, Configuration
from tracksync.config_yaml import START, Fault, KeyPath, Read, dotted, read
from tracksync.errors import ConfigError, UsageError
from tracksync.model import Field, Status
from tracksync.planning.rules import FieldPolicy, Limits, Policy, Rules

FILE_NAMES = ("tracksync.yml", ".tracksync.yml", "config/tracksync.yml")
"""Looked for in this order, in each folder upward."""

MESSAGES = {
    "model_type": "must be a mapping (key: value)",
    "dict_type": "must be a mapping (key: value)",
    "tuple_type": "must be a list",
    "string_type": "must be text",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "enum": "must be one of {expected}",
}
"""Our words for pydantic's error types."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of one run. `root` is the folder that all document paths are relative to."""

    root: Path
    top: Path | None
    """Git's top level, None outside a repository."""
    file: Path | None
    """None: no file was found, these are the defaults."""
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    since: str
    """ISO date; documents dated before it get no new issues. "": all do."""
    published: tuple[str, ...]
    """Words added to the three lists that decide publication, as written: these and the next two."""
    not_yet: tuple[str, ...]
    incident: tuple[str, ...]
    tracker: str
    project: str
    owners: Mapping[str, str]
    """Name in the documents → login, both without @."""
    fields: Mapping[Field, FieldPolicy]
    status_words: Mapping[Status, tuple[str, ...]]
    """The first word of a status is written, all are read; an empty tuple leaves the built-in ones."""
    priority_words: Mapping[str, tuple[str, ...]]
    sections: tuple[str, ...]
    """Headings over action items, and over something else: these and the next."""
    not_sections: tuple[str, ...]
    header_words: Mapping[str, tuple[str, ...]]
    """Names of columns by what they hold: action, owner, due, status, priority, link, kind."""
    limits: Limits
    policy: Policy
    publish: str
    cache: bool

    def rules(self, repository: str, allowed: Mapping[str, int] | None = None) -> Rules:
        """What planning needs to know; `allowed` lifts limits for this run (limit name → number)."""
        lifted = Limits(**{name: getattr(self.limits, name) for name in LIMIT_NAMES}, allowed=allowed or {})
        return Rules(repository=repository, fields=self.fields, policy=self.policy, limits=lifted)


LIMIT_NAMES = tuple(name for name in Limits.__slots__ if name != "allowed")


def load(cwd: Path, top: Path | None, file: Path | None = None) -> Settings:
    """The settings for a run in `cwd`. `file` is what `--config` names; `top` is git's top level there, else in `cwd`.

    Raises `UsageError` when `file` doesn't exist, `ConfigError` with one line per fault.
    """
    if file is not None and not os.path.isfile(file):
        raise UsageError(f"there is no configuration file {file}")
    found = file.parent.resolve() / file.name if file else find(cwd, top)
    if found is None:
        return _settings(Configuration(), (top or cwd).absolute(), top, None)
    return _settings(parse(_text(found), str(file or found)), _root(found, top), top, found)


def _root(file: Path, top: Path | None) -> Path:
    """The folder that `file` is for; never one above git's top level."""
    above = file.parent.parent
    belongs_above = file.match(FILE_NAMES[2]) and (top is None or above.resolve().is_relative_to(top.resolve()))
    return above if belongs_above else file.parent


def find(cwd: Path, top: Path | None) -> Path | None:
    """The configuration file for `cwd`: the nearest folder upward that has one, up to `top` when there is one."""
    here = cwd.absolute()
    for folder in (here, *here.parents):
        for name in FILE_NAMES:
            if (folder / name).is_file():
                return folder / name
        if top is not None and folder.resolve() == top.resolve():
            break
    return None


def parse(text: str, name: str) -> Configuration:
    """The configuration in `text`. Raises `ConfigError` with every fault, each beginning `name:line:column`."""
    found = read(text)
    faults = {fault.place: fault for fault in reversed(found.faults)}
    try:
        configuration = Configuration.model_validate(found.data)
    except ValidationError as error:
        modelled = [_model_fault(detail, found) for detail in error.errors()]
    else:
        modelled = list(_ambiguous_words(configuration, found))
    for fault in modelled:
        faults.setdefault(fault.place, fault)
    if faults:
        raise ConfigError("\n".join(f"{name}:{p.line}:{p.column}: {faults[p].reason}" for p in sorted(faults)))
    return configuration


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{file}:1:1: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}:1:1: not UTF-8") from error


def _model_fault(detail: Any, found: Read) -> Fault:
    path = detail["loc"][:-1] if detail["loc"][-1:] == ("[key]",) else detail["loc"]
    key = dotted(path)
    if detail["type"] == "extra_forbidden":
        return Fault(found.keys[path], _unknown(path))
    if detail["type"] == "value_error":
        reason = str(detail["ctx"]["error"])
    else:
        reason = MESSAGES.get(detail["type"], detail["msg"]).format(**detail.get("ctx", {}))
    return Fault(found.values.get(path, START), f"{key or 'the file'} {reason}")


def _unknown(path: KeyPath) -> str:
    if path in LATER:
        return f"{dotted(path)} is not available in this version"
    known = list(keys())
    siblings = [key[-1] for key in known if key[:-1] == path[:-1]]
    near = difflib.get_close_matches(str(path[-1]), siblings, n=1)
    elsewhere = [dotted(key) for key in known if key[-1] == path[-1]]
    suggestions = [dotted((*path[:-1], near[0]))] if near else elsewhere
    advice = f"did you mean {suggestions[0]}?" if suggestions else f"known here: {', '.join(siblings)}"
    return f"{dotted(path)} is not a key; {advice}"


def keys(model: type[BaseModel] = Configuration, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every key that the configuration file may have, sections included."""
    for name, info in model.model_fields.items():
        yield (*above, name)
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from keys(info.annotation, (*above, name))


def _ambiguous_words(configuration: Configuration, found: Read) -> Iterator[Fault]:
    lists: tuple[tuple[KeyPath, BaseModel], ...] = (
        (("documents", "published"), configuration.documents.published),
        (("status",), configuration.status),
        (("priority",), configuration.priority),
    )
    for path, section in lists:
        seen: dict[str, str] = {}
        for meaning, words in section:
            for number, word in enumerate(words):
                first = seen.setdefault(word.casefold(), meaning)
                if first != meaning:
                    here = (*path, meaning, number)
                    yield Fault(found.values[here], f"{dotted(here)}: {word!r} already stands for {first}")


def _settings(configuration: Configuration, root: Path, top: Path | None, file: Path | None) -> Settings:
    documents = configuration.documents
    return Settings(
        root=root,
        top=top,
        file=file,
        include=documents.include,
        exclude=documents.exclude,
        since=documents.since,
        published=documents.published.published,
        not_yet=documents.published.not_yet,
        incident=documents.published.incident,
        tracker=configuration.tracker.kind,
        project=configuration.tracker.project,
        owners=configuration.owners,
        fields={Field(name): policy for name, policy in configuration.fields},
        status_words={Status(name): words for name, words in configuration.status},
        priority_words=dict(configuration.priority),
        sections=configuration.words.sections,
        not_sections=configuration.words.not_sections,
        header_words=dict(configuration.words.headers),
        limits=Limits(**dict(configuration.limits)),
        policy=configuration.policy,
        publish=configuration.publish,
        cache=configuration.cache,
    )
