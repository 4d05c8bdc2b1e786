"""The clock of a served platform: it stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class Clock:
    """UTC. Starts now unless told otherwise."""

    def __init__(self, start: datetime | None = None) -> None:
        self._exact = (start or datetime.now(UTC).replace(microsecond=0)).astimezone(UTC)

    @property
    def now(self) -> datetime:
        """In whole seconds, as in GitHub's timestamps."""
        return self._exact.replace(microsecond=0)

    @property
    def exact(self) -> datetime:
        """With what is below a second."""
        return self._exact

    def advance(self, seconds: float) -> None:
        """Also a stand-in for `time.sleep` in a client that shall wait on this clock."""
        self._exact += timedelta(seconds=seconds)


def written(moment: datetime) -> str:
    """`2026-03-01T12:00:00Z`"""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
