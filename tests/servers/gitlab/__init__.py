"""A stateful fake of GitLab's interface: `with gitlab() as server:` and talk to `server.url`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tests.servers.clock import Clock
from tests.servers.faults import Faults
from tests.servers.gitlab.entities import Project, User
from tests.servers.gitlab.limits import Limits
from tests.servers.gitlab.people import People
from tests.servers.gitlab.platform import GitLab
from tests.servers.gitlab.state import State
from tests.servers.recording import Recording
from tests.servers.service import service


class Server:
    """`url`: the instance, without `/api/v4`; `state`: what it knows; `faults`: what goes wrong.

    `requests`: what came; `limits` are off until a test turns them on.
    """

    def __init__(self, platform: GitLab, url: str, faults: Faults, requests: Recording) -> None:
        self.url = url
        self.state: State = platform.state
        self.clock: Clock = platform.clock
        self.limits: Limits = platform.limits
        self.faults = faults
        self.requests = requests

    def people(self, project: Project, actor: User) -> People:
        """What `actor` does in the browser."""
        return People(self.state, project, actor)


@contextmanager
def gitlab(
    *,
    version: str = "19.2",
    tier: str = "free",
    enterprise: bool = True,
    prefix: str = "",
    now: datetime | None = None,
) -> Iterator[Server]:
    """A fresh GitLab of that version; `tier` (free, premium) is what its groups have.

    `enterprise` False: a Community Edition. `prefix`: the path below which the instance lives (`/gitlab`). At the end
    it raises the first exception that happened inside the fake. Its clock stands still at `now` (default: the time of
    the start) until `server.clock.advance(seconds)`.
    """
    platform = GitLab(State(Clock(now), version, tier, enterprise), prefix)
    with service(platform) as (root, faults, requests):
        yield Server(platform, root + prefix, faults, requests)
