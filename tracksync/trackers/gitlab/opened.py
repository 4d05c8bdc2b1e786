"""A GitLab tracker as a configuration describes it."""

from urllib.parse import urlsplit

from tracksync.errors import ConfigError
from tracksync.trackers.base import Tracker
from tracksync.trackers.gitlab.address import address
from tracksync.trackers.gitlab.connection import Connection
from tracksync.trackers.gitlab.signals import Signals
from tracksync.trackers.gitlab.tracker import PACE, GitLabTracker, Options
from tracksync.trackers.opening import Wanted
from tracksync.trackers.web.budget import Budget
from tracksync.trackers.web.pace import Pace
from tracksync.trackers.web.wire import Wire

JOB_TOKEN = "glcbt-"
"""What the token of a CI job begins with since GitLab 17 ("Token overview", docs.gitlab.com)."""


def open_tracker(wanted: Wanted) -> Tracker:
    """The tracker; nothing is sent yet. Raises `ConfigError` without a token that can work."""
    place = address(wanted.base_url)
    if not wanted.token:
        raise ConfigError(
            "there is no token for GitLab",
            "set GITLAB_TOKEN, or name another variable with `token: env/TRACKSYNC_TOKEN` under `tracker`",
        )
    if wanted.token.startswith(JOB_TOKEN) or wanted.token in wanted.job_tokens:
        raise ConfigError(
            "this is the token of a CI job (CI_JOB_TOKEN), and GitLab gives it no access to issues",
            "make a project access token with the scope `api` and the role Reporter, and store it as a masked, "
            "protected CI variable",
        )
    parts = urlsplit(place.web)
    origin = f"{parts.scheme}://{parts.netloc}"
    budget = Budget(wanted.requests, wanted.minutes, wanted.clock.now())
    pace = wanted.paces.setdefault(place.host, Pace(PACE))
    wire = Wire(origin, Connection(place, wanted.token).send, pace, budget, wanted.clock, wanted.say, wanted.sent)
    options = Options(
        trusted=frozenset(login.lower() for login in wanted.trusted),
        formerly=wanted.formerly,
        issue_type=wanted.issue_type,
        confidential=wanted.confidential,
        signals=Signals("merge_requests" in wanted.signals, "work_item_status" in wanted.signals),
    )
    return GitLabTracker(wire, place, wanted.project, wanted.memory, options)
