"""A GitHub tracker as a configuration describes it."""

from urllib.parse import urlsplit

from tracksync.errors import ConfigError
from tracksync.trackers.base import Tracker
from tracksync.trackers.github.address import Address, address
from tracksync.trackers.github.connection import Connection
from tracksync.trackers.github.fields import Names
from tracksync.trackers.github.signals import Signals
from tracksync.trackers.github.signing import App, Token
from tracksync.trackers.github.tracker import PACE, GitHubTracker, Options
from tracksync.trackers.opening import Wanted
from tracksync.trackers.web.budget import Budget
from tracksync.trackers.web.pace import Pace
from tracksync.trackers.web.wire import Wire


def open_tracker(wanted: Wanted) -> Tracker:
    """The tracker; nothing is sent yet. Raises `ConfigError` without a credential."""
    return tracker_at(address(wanted.base_url), wanted)


def tracker_at(place: Address, wanted: Wanted) -> GitHubTracker:
    """The tracker at an address."""
    budget = Budget(wanted.requests, wanted.minutes, wanted.clock.now())
    parts, pace = urlsplit(place.api), wanted.paces.setdefault(place.host, Pace(PACE))

    def wire_of(connection: Connection) -> Wire:
        origin = f"{parts.scheme}://{parts.netloc}"
        return Wire(origin, connection.send, pace, budget, wanted.clock, wanted.say, wanted.sent)

    credential: App | Token
    if wanted.app is not None:
        credential = App(wanted.app, place, wanted.project, wanted.clock, wire_of)
    elif wanted.token.strip():
        credential = Token(wanted.token)
    else:
        raise ConfigError(
            "there is no token for GitHub",
            "set GITHUB_TOKEN, or name another variable with `token: env/TRACKSYNC_TOKEN` under `tracker`",
        )
    options = Options(
        trusted=frozenset(login.lower() for login in wanted.trusted),
        formerly=wanted.formerly,
        names=Names(wanted.due_field or Names().due, wanted.priority_field or Names().priority, wanted.status_field),
        issue_type=wanted.issue_type,
        standing=credential.standing,
        signals=Signals("pull_requests" in wanted.signals, "dependencies" in wanted.signals, wanted.board),
    )
    return GitHubTracker(wire_of(Connection(place, credential)), place, wanted.project, wanted.memory, options)
