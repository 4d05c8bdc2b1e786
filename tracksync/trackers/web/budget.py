"""What one run may ask of a tracker: so many requests, so many minutes."""

from datetime import UTC, datetime, timedelta

from tracksync.errors import BudgetSpent


class Budget:
    """0 means no limit. Writes end a little before reads, so that what was begun can be looked at and linked."""

    def __init__(self, requests: int, minutes: int, started: datetime) -> None:
        self._requests = requests
        self._until = started + timedelta(minutes=minutes) if minutes else None
        self._minutes = minutes
        self.reserve = 4
        """Requests that are kept back for looking at what was done: the pages of a listing, and some more."""

    def check(self, sent: int, now: datetime, wait: float = 0.0, *, reads: bool) -> None:
        """May a request be sent, `wait` seconds from now, when `sent` were sent already? Raises `BudgetSpent`."""
        then = now + timedelta(seconds=wait)
        if self._requests and sent + (0 if reads else self.reserve) >= self._requests:
            raise BudgetSpent(
                f"this run's budget of {self._requests} requests is used up",
                "the next run goes on where this one stopped; limits.requests sets the budget",
            )
        if self._until is not None and then > self._until and (wait or not reads):
            resume = then.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
            raise BudgetSpent(
                f"this run's budget of {self._minutes} minutes would be exceeded",
                f"run again after {resume}; limits.minutes sets the budget",
                resume,
            )
