"""What a tracker is opened with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tracksync.trackers.base import Forgetful, Memory, Requests
from tracksync.trackers.web.clock import Clock
from tracksync.trackers.web.pace import Pace


@dataclass(frozen=True, slots=True)
class AppKey:
    """A GitHub App: its id (or client id) and its private key in PEM."""

    ident: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A project in a tracker, and everything the configuration and the environment say about it."""

    state: Path
    """The folder for local state."""
    project: str
    base_url: str = ""
    """The server; "" for the platform's own."""
    token: str = field(default="", repr=False)
    app: AppKey | None = None
    trusted: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    issue_type: str = ""
    due_field: str = ""
    priority_field: str = ""
    status_field: str = ""
    signals: tuple[str, ...] = ()
    """What else tells a status: `pull_requests`, `dependencies`; on GitLab `merge_requests`, `work_item_status`."""
    board: int = 0
    """The number of a board of the organisation; 0: none."""
    confidential: bool = False
    """New issues are confidential (GitLab)."""
    job_tokens: tuple[str, ...] = field(default=(), repr=False)
    """Tokens of the CI job that this runs in: they can't be meant."""
    requests: int = 0
    """What one run may send; 0: no limit."""
    minutes: int = 0
    """How long one run may take; 0: no limit."""
    sent: Requests = field(default_factory=Requests)
    """What the run has sent so far, to all projects: its budget counts that."""
    paces: dict[str, Pace] = field(default_factory=dict)
    """The pace of writes to each host: a platform counts those to all projects together."""
    memory: Memory = field(default_factory=Forgetful)
    clock: Clock = field(default_factory=Clock)
    say: Callable[[str], None] = lambda sentence: None
    """Tells a person who may be watching what is waited for."""
