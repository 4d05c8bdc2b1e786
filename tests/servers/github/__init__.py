"""A stateful fake of GitHub's interface that real clients speak to over HTTP.

with github() as server:
    alice = server.state.user("alice")
    ops = server.state.repository(server.state.organization("acme", alice), "ops", push=[alice])
    token = server.state.classic_token(alice)
    server.faults.add("POST", "/repos/{owner}/{repo}/issues", lost_after())
    server.people(ops, alice).opens("a title", labels=["x"])
    ...  # a client asks at server.url
    assert [] == server.requests.violations()
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tests.servers.clock import Clock
from tests.servers.faults import Faults
from tests.servers.github.entities import Account, Repository
from tests.servers.github.limits import Limits
from tests.servers.github.people import People
from tests.servers.github.platform import GitHub
from tests.servers.github.state import State
from tests.servers.recording import Recording
from tests.servers.service import service


class Server:
    """`url` is the base URL for a client; `state` what GitHub knows; `faults` what goes wrong; `requests` what came."""

    def __init__(self, platform: GitHub, url: str, faults: Faults, requests: Recording) -> None:
        self.url = url
        self.state: State = platform.state
        self.clock: Clock = platform.clock
        self.limits: Limits = platform.limits
        self.faults = faults
        self.requests = requests

    def people(self, repository: Repository, actor: Account) -> People:
        """What `actor` does in the browser."""
        return People(self.state, repository, actor)


@contextmanager
def github(*, enterprise: str | None = None, now: datetime | None = None) -> Iterator[Server]:
    """A fresh GitHub, or an Enterprise Server of version `enterprise` ("3.17").

    At the end it raises the first exception that happened inside the fake. Its clock stands still at
    `now` (default: the time of the start) until `server.clock.advance(seconds)`.
    """
    platform = GitHub(State(Clock(now), enterprise))
    with service(platform) as (root, faults, requests):
        yield Server(platform, root + ("/api/v3" if enterprise else ""), faults, requests)
