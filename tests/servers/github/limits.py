"""Rate limits on the fake's clock: requests an hour, and content creations."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.servers.clock import Clock
from tests.servers.github.entities import Token
from tests.servers.github.refusals import LIMITS, PRIMARY, SECONDARY, Refused

HOUR = timedelta(hours=1)
ANONYMOUS = 60
HOMES = ("/repos/{owner}/{repo}", "/repositories/{repository_id}")
CREATING = frozenset(
    {
        *(f"POST {home}/issues" for home in HOMES),
        *(f"POST {home}/issues/{{issue_number}}/comments" for home in HOMES),
        *(f"POST {home}/labels" for home in HOMES),
        "POST /orgs/{org}/projectsV2/{project_number}/items",
    }
)
"""What counts as a creation of content."""


@dataclass
class _Window:
    ends: datetime
    used: int = 0


class Limits:
    """`hourly` None: what the token has (5,000; GITHUB_TOKEN 1,000). Creations are limited when a number is set."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.on = True
        self.hourly: int | None = None
        self.creations_a_minute: int | None = None
        self.creations_an_hour: int | None = None
        self._windows: dict[tuple[Any, str], _Window] = {}
        self._creations: dict[Any, list[datetime]] = defaultdict(list)

    def like_github(self) -> None:
        """80 content creations a minute and 500 an hour."""
        self.creations_a_minute, self.creations_an_hour = 80, 500

    def check(self, token: Token | None, resource: str, creates: bool) -> None:
        """Raises Refused (403) when a limit is reached."""
        if not self.on:
            return
        if self._window(token, resource).used >= self.limit(token):
            raise Refused(403, PRIMARY, documentation_url=LIMITS)
        if creates and self._too_many(_bucket(token)):
            raise Refused(403, SECONDARY, {"Retry-After": "60"}, documentation_url=LIMITS)

    def _too_many(self, bucket: Any) -> bool:
        now = self.clock.now
        spans = ((self.creations_a_minute, timedelta(minutes=1)), (self.creations_an_hour, HOUR))
        times = self._creations[bucket]
        return any(most is not None and sum(time > now - span for time in times) >= most for most, span in spans)

    def count(self, token: Token | None, resource: str, points: int, created: bool) -> None:
        self._window(token, resource).used += points
        if created:
            self._creations[_bucket(token)].append(self.clock.now)

    def affords(self, token: Token | None, resource: str, points: int) -> bool:
        return not self.on or self._window(token, resource).used + points <= self.limit(token)

    def resets(self, token: Token | None, resource: str) -> datetime:
        return self._window(token, resource).ends

    def limit(self, token: Token | None) -> int:
        return self.hourly or (token.hourly if token else ANONYMOUS)

    def _window(self, token: Token | None, resource: str) -> _Window:
        key = (_bucket(token), resource)
        window = self._windows.get(key)
        if window is None or window.ends <= self.clock.now:
            window = self._windows[key] = _Window(self.clock.now + HOUR)
        return window

    def shown(self, token: Token | None, resource: str) -> dict[str, int]:
        window, limit = self._window(token, resource), self.limit(token)
        remaining = max(0, limit - window.used)
        return {"limit": limit, "remaining": remaining, "reset": int(window.ends.timestamp()), "used": window.used}

    def headers(self, token: Token | None, resource: str) -> dict[str, str]:
        if not self.on:
            return {}
        shown = self.shown(token, resource)
        named = {f"X-RateLimit-{name.capitalize()}": str(value) for name, value in shown.items()}
        return {**named, "X-RateLimit-Resource": resource}


def _bucket(token: Token | None) -> Any:
    """People share one among their tokens; workflows of a repository and tokens of an installation likewise."""
    if token is None:
        return None
    if token.installation:
        return ("installation", token.installation.id)
    if token.kind == "installation":
        return ("repository", tuple(one.id for one in token.repositories or ()))
    return token.account.id
