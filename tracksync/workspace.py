"""What one run works with, opened from the configuration."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from tracksync import home
from tracksync.cache import Cache
from tracksync.config.settings import Settings
from tracksync.documents import WORDS, Words
from tracksync.journal import Journal
from tracksync.lock import Say, alone
from tracksync.opening import wanted
from tracksync.planning.rules import Rules
from tracksync.progress import Progress, unseen
from tracksync.readers import Readers
from tracksync.state import STATE
from tracksync.trackers import open_tracker
from tracksync.trackers.base import RepositoryFacts, Requests, Tracker
from tracksync.trackers.routed import routed
from tracksync.trackers.web.pace import Pace


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def unheard(sentence: str) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything one run works with. The clock is a value, so that tests can set it."""

    settings: Settings
    words: Words
    tracker: Tracker
    journal: Journal
    cache: Cache | None
    now: Callable[[], datetime] = utc_now
    progress: Progress = unseen
    say: Say = unheard
    """Tells a person who may be watching what the run waits for."""
    known: dict[str, RepositoryFacts] = field(default_factory=dict)
    """What the tracker said of repositories."""
    fresh: dict[str, str] = field(default_factory=dict)
    """Who sees them, asked in this run: name → visibility, "" where it wasn't told."""

    @property
    def repository(self) -> str:
        """The identity of the documents' repository, part of every key and marker. Raises as `home.identity`."""
        return home.identity(self.settings, self.tracker, self.facts_of)

    def facts_of(self, remote: str) -> RepositoryFacts:
        """What the tracker says of a repository on its host; asked once. Raises `TrackerError`."""
        if remote not in self.known:
            self.known[remote] = self.tracker.repository(remote)
        return self.known[remote]

    def readers(self) -> Readers:
        """Who sees the documents, and who the issues."""
        return Readers(self.settings, self.tracker, self.facts_of, self.fresh)

    def alone(self) -> AbstractContextManager[None]:
        """No other run on this machine writes meanwhile. Raises `TracksyncError` when another one doesn't end."""
        return alone(self.settings.root / STATE, self.say)

    def rules(self) -> Rules:
        """The configured rules, for this repository."""
        return self.settings.rules(self.repository)


def open_workspace(
    settings: Settings,
    *,
    environment: Mapping[str, str] | None = None,
    now: Callable[[], datetime] = utc_now,
    progress: Progress = unseen,
    say: Say = unheard,
) -> Workspace:
    """The workspace of a configuration. Writes nothing, sends nothing. `environment` holds what secrets are called by.

    Raises `ConfigError` when a hosted tracker can't be opened.
    """
    words = WORDS.extended(
        statuses=settings.status_words,
        priorities=settings.priority_words,
        published=settings.published,
        not_yet=settings.not_yet,
        incident=settings.incident,
        sections=settings.sections,
        not_sections=settings.not_sections,
        headers=settings.header_words,
        owners=settings.owners,
        document_bytes=settings.document_bytes,
        issue_column=settings.issue_column,
    )
    state = settings.root / STATE
    sent, paces = Requests(), dict[str, Pace]()

    def open_one(project: str) -> Tracker:
        asked = wanted(replace(settings, project=project), environment or {}, now, say)
        own = asked if project == settings.project else replace(asked, formerly=())
        return open_tracker(settings.tracker, replace(own, sent=sent, paces=paces))

    tracker = routed(settings.project, [route.project for route in settings.routes], open_one)
    cache = Cache(state / "cache") if settings.cache else None
    return Workspace(settings, words, tracker, Journal(state / "journal"), cache, now, progress, say)
