"""What one run works with, opened from the configuration."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from tracksync.cache import Cache
from tracksync.config.settings import Settings
from tracksync.documents import WORDS, Words
from tracksync.journal import Journal
from tracksync.lock import Say, alone
from tracksync.planning.rules import Rules
from tracksync.progress import Progress, unseen
from tracksync.state import STATE
from tracksync.trackers import open_tracker
from tracksync.trackers.base import Tracker


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything one run works with. The clock is a value, so that tests can set it."""

    settings: Settings
    words: Words
    tracker: Tracker
    journal: Journal
    cache: Cache | None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    progress: Progress = unseen
    say: Say = lambda sentence: None
    """Tells a person who may be watching what the run waits for."""

    @property
    def repository(self) -> str:
        """The identity of the documents' repository, part of every key and marker."""
        return f"{self.tracker.host}/{self.tracker.project}"

    def alone(self) -> AbstractContextManager[None]:
        """No other run on this machine writes meanwhile. Raises `TracksyncError` when another one doesn't end."""
        return alone(self.settings.root / STATE, self.say)

    def rules(self) -> Rules:
        """The configured rules, for this repository."""
        return self.settings.rules(self.repository)


def open_workspace(settings: Settings) -> Workspace:
    """The workspace of a configuration. Writes nothing."""
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
    tracker = open_tracker(settings.tracker, state, settings.project)
    return Workspace(
        settings, words, tracker, Journal(state / "journal"), Cache(state / "cache") if settings.cache else None
    )
