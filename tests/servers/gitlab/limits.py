"""Rate limits on the fake's clock: requests a minute, and creations a minute."""

from collections import defaultdict
from datetime import datetime, timedelta

from tests.servers.clock import Clock
from tests.servers.faults import http_date
from tests.servers.gitlab.entities import User
from tests.servers.gitlab.refusals import exhausted, throttled

MINUTE = timedelta(minutes=1)
ISSUE = "POST /projects/{id}/issues"
NOTES = frozenset(
    f"POST /projects/{{id}}/{kind}/notes" for kind in ("issues/{issue_iid}", "merge_requests/{merge_request_iid}")
)
CREATING = frozenset({ISSUE, *NOTES, "POST /projects/{id}/labels", "POST /projects/{id}/merge_requests"})
THROTTLE = "throttle_authenticated_api"


class Limits:
    """Off unless a number is set, as on a fresh instance of one's own."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.requests: int | None = None
        self.issues: int | None = None
        self.notes: int | None = None
        self.dates = False
        """Whether Retry-After is an HTTP date."""
        self._times: dict[tuple[int, str], list[datetime]] = defaultdict(list)

    def like_gitlab_com(self) -> None:
        """2,000 requests a minute, 200 new issues, 60 notes."""
        self.requests, self.issues, self.notes = 2000, 200, 60

    def check(self, user: User | None, route: str) -> None:
        """Counts the request. Raises Refused (429) when a limit is reached."""
        if user is None:
            return
        if self.requests is not None and not self._counts(user, THROTTLE, self.requests):
            seconds = self._wait(user, THROTTLE)
            headers = exhausted(self.clock, seconds, self.requests, THROTTLE)
            raise throttled({**headers, **self._retry_after(seconds)}, text="Retry later\n")
        kind, most = ("issues", self.issues) if route == ISSUE else ("notes", self.notes if route in NOTES else None)
        if most is not None and not self._counts(user, kind, most):
            raise throttled(self._retry_after(self._wait(user, kind)))

    def _counts(self, user: User, kind: str, most: int) -> bool:
        """False if there is no room left in the last minute."""
        now = self.clock.exact
        recent = [time for time in self._times[user.id, kind] if time > now - MINUTE]
        fits = len(recent) < most
        self._times[user.id, kind] = [*recent, now] if fits else recent
        return fits

    def _wait(self, user: User, kind: str) -> int:
        """Whole seconds until the oldest request of the last minute is forgotten."""
        rest = min(self._times[user.id, kind], default=self.clock.exact) + MINUTE - self.clock.exact
        return max(1, -int(-rest.total_seconds() // 1))

    def _retry_after(self, seconds: int) -> dict[str, str]:
        return {"Retry-After": http_date(self.clock, seconds) if self.dates else str(seconds)}

    def headers(self, user: User | None) -> dict[str, str]:
        """Nothing where there is no limit."""
        if user is None or self.requests is None:
            return {}
        now = self.clock.exact
        used = sum(time > now - MINUTE for time in self._times[user.id, THROTTLE])
        return {
            "RateLimit-Limit": str(self.requests),
            "RateLimit-Name": THROTTLE,
            "RateLimit-Observed": str(used),
            "RateLimit-Remaining": str(self.requests - used),
            "RateLimit-Reset": str(int(self.clock.now.timestamp()) + 60),
        }
