"""What the user configured: one YAML file, found upward from the working directory, resolved to `Settings`.

Every fault of the file is reported at once, each with its line and column. A key that would do nothing is refused.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from tracksync.config.conflicts import conflicts
from tracksync.config.faults import of_the_model
from tracksync.config.file import read_file, with_owners
from tracksync.config.model import Configuration, Tracker
from tracksync.config.yaml import KeyPath, Place, Read, read
from tracksync.errors import ConfigError, UsageError
from tracksync.model import Field, Status
from tracksync.planning.routes import Route
from tracksync.planning.rules import FieldPolicy, Limits, Policy, Removed, Rules

FILE_NAMES = ("tracksync.yml", ".tracksync.yml", "config/tracksync.yml")
"""Looked for in this order, in each folder upward."""


UNUSABLE = "the configuration can't be used:"
"""The first line of a `ConfigError`; each fault has one of its own, so that editors find the place."""


MOST = 100
"""Faults that are listed; a file with more is hardly a configuration."""


class Hosted(NamedTuple):
    """What only a hosted tracker wants to know; variables are names of environment variables."""

    base_url: str = ""
    token_variable: str = ""
    app_id: str = ""
    app_key_variable: str = ""
    trusted_authors: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    issue_type: str = ""
    due_field: str = ""
    priority_field: str = ""
    status_field: str = ""
    signals: tuple[str, ...] = ()
    board: int = 0
    confidential: bool = False
    allow_more_public: bool = False
    allow_less_public: bool = False


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
    repository: str
    """The name of the documents' repository; "": it is found out."""
    since: str
    """ISO date; documents dated before it get no new issues. "": all do."""
    published: tuple[str, ...]
    """Words added to the three lists that decide publication, as written: these and the next two."""
    not_yet: tuple[str, ...]
    incident: tuple[str, ...]
    tracker: str
    project: str
    routes: tuple[Route, ...]
    """Where new issues are made, if not in `project`."""
    hosted: Hosted
    owners: Mapping[str, str]
    """Name in the documents → login, both without @, or a team's label as `label:NAME`."""
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
    relist_hours: int
    """After so many hours all issues are listed, whatever the cache knows."""
    requests: int
    """Requests that one run may send, and the minutes that it may take; 0: any number."""
    minutes: int
    document_bytes: int
    """The size up to which a document is read."""
    issue_column: bool
    """A table without a place for links gets a column for them."""
    policy: Policy
    removed: Removed
    publish: str
    cache: bool

    def rules(self, repository: str, allowed: Mapping[str, int] | None = None) -> Rules:
        """What planning needs to know; `allowed` lifts limits for this run (limit name → number)."""
        lifted = Limits(**{name: getattr(self.limits, name) for name in LIMIT_NAMES}, allowed=allowed or {})
        return Rules(repository, self.fields, self.policy, lifted, self.removed)


LIMIT_NAMES = tuple(name for name in Limits.__slots__ if name != "allowed")


@dataclass(frozen=True, slots=True)
class Configured:
    """What the user wrote, and where."""

    configuration: Configuration
    root: Path
    """See `Settings`: this and the next two."""
    top: Path | None
    file: Path | None
    name: str
    """The file as people see it: as `--config` names it, else relative to the working directory; "" without one."""
    places: Mapping[KeyPath, Place]
    """Where each key stands that was given."""
    ignored: tuple[str, ...] = ()
    """Configuration files of the same folder that don't count."""

    def settings(self) -> Settings:
        """The same, as a run wants it."""
        configuration = self.configuration
        documents = configuration.documents
        return Settings(
            root=self.root,
            top=self.top,
            file=self.file,
            include=documents.include,
            exclude=documents.exclude,
            repository=documents.repository,
            since=documents.since,
            published=documents.published.published,
            not_yet=documents.published.not_yet,
            incident=documents.published.incident,
            tracker=configuration.tracker.kind,
            project=configuration.tracker.project,
            routes=tuple(Route(**route) for route in configuration.tracker.routes),
            hosted=_hosted(configuration.tracker),
            owners=configuration.owners,
            fields={Field(name): policy for name, policy in configuration.fields},
            status_words={Status(name): words for name, words in configuration.status},
            priority_words=dict(configuration.priority),
            sections=configuration.words.sections,
            not_sections=configuration.words.not_sections,
            header_words=dict(configuration.words.headers),
            limits=Limits(**{name: getattr(configuration.limits, name) for name in LIMIT_NAMES}),
            relist_hours=configuration.tracker.relist_hours,
            requests=configuration.limits.requests,
            minutes=configuration.limits.minutes,
            document_bytes=configuration.limits.document_bytes,
            issue_column=documents.issue_column,
            policy=configuration.policy,
            removed=configuration.removed,
            publish=configuration.publish,
            cache=configuration.cache,
        )


def _hosted(tracker: Tracker) -> Hosted:
    return Hosted(
        base_url=tracker.base_url,
        token_variable=_variable(tracker.token),
        app_id=tracker.app_id,
        app_key_variable=_variable(tracker.app_key),
        trusted_authors=tracker.trusted_authors,
        formerly=tracker.formerly,
        issue_type=tracker.issue_type,
        due_field=tracker.due_field,
        priority_field=tracker.priority_field,
        status_field=tracker.status_field,
        signals=tracker.signals,
        board=tracker.board,
        confidential=tracker.confidential,
        allow_more_public=tracker.allow_more_public,
        allow_less_public=tracker.allow_less_public,
    )


def _variable(reference: str | None) -> str:
    return (reference or "").removeprefix("env/")


def load(cwd: Path, top: Path | None, file: Path | None = None) -> Settings:
    """The settings for a run in `cwd`; see `configured`."""
    return configured(cwd, top, file).settings()


def configured(cwd: Path, top: Path | None, file: Path | None = None) -> Configured:
    """The configuration for `cwd`. `file` is what `--config` names; `top` is git's top level there, else in `cwd`.

    Raises `UsageError` when `file` doesn't exist, `ConfigError` with one line per fault.
    """
    if file is not None and not os.path.isfile(file):
        raise UsageError(*_missing(file))
    found = file.parent.resolve() / file.name if file else find(cwd, top)
    if found is None:
        return Configured(Configuration(), (top or cwd).absolute(), top, None, "", {})
    root, name = _root(found, top), str(file or os.path.relpath(found, cwd))
    content = with_owners(read_file(found, name), found.parent, root)
    others = () if file else tuple(one for one in _candidates(root) if one != found)
    return Configured(
        _checked(content), root, top, found, name, content.keys, tuple(os.path.relpath(one, cwd) for one in others)
    )


def _missing(file: Path) -> tuple[str, str]:
    if not file.is_dir():
        return f"there is no configuration file {file}", f"without --config it is looked for: {', '.join(FILE_NAMES)}"
    inside = next(iter(_candidates(file)), "FILE")
    return f"{file} is a folder, not a configuration file", f"name the file: --config {inside}"


def _candidates(folder: Path) -> list[Path]:
    """What may be the configuration of `folder`; broken or not, something of that name is meant to be one."""
    return [folder / name for name in FILE_NAMES if os.path.lexists(folder / name)]


def _root(file: Path, top: Path | None) -> Path:
    """The folder that `file` is for; never one above git's top level."""
    above = file.parent.parent
    belongs_above = file.match(FILE_NAMES[2]) and (top is None or above.resolve().is_relative_to(top.resolve()))
    return above if belongs_above else file.parent


def find(cwd: Path, top: Path | None) -> Path | None:
    """The configuration file for `cwd`: the nearest folder upward that has one, up to `top` when there is one."""
    here = cwd.absolute()
    for folder in (here, *here.parents):
        if candidates := _candidates(folder):
            return candidates[0]
        if top is not None and folder.resolve() == top.resolve():
            break
    return None


def parse(text: str, name: str) -> Configuration:
    """The configuration in `text`. Raises `ConfigError` with every fault, each beginning `name:line:column`."""
    return _checked(read(text, name))


def _checked(found: Read) -> Configuration:
    """The first fault of a place is the nearest to its cause: what YAML says, what can't be, what the model says."""
    faults = [*found.faults, *conflicts(found)]
    configuration = Configuration()
    try:
        configuration = Configuration.model_validate(found.data)
    except ValidationError as error:
        faults.extend(of_the_model(error, found))
    if faults:
        reasons = {fault.place: fault.reason for fault in reversed(faults)}
        first = found.values[()].file
        ordered = sorted(reasons, key=lambda place: (place.file != first, place))
        lines = [f"{place}: {reasons[place]}" for place in ordered]
        more = [f"and {len(lines) - MOST} more: is this the right file?"] if len(lines) > MOST else []
        raise ConfigError("\n".join([UNUSABLE, *lines[:MOST], *more]))
    return configuration
