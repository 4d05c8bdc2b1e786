"""Writes at the pace that a platform allows, instead of running into its limits."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from tracksync.model import Window

MARGIN = 1.02
"""A little slower than allowed: a platform's clock has whole seconds, and its windows begin when it likes."""


class Pace:
    """Remembers when was written. Writes are spread evenly over the shortest window and counted in every other."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self._windows = sorted(windows, key=lambda window: window.seconds)
        self._written: deque[datetime] = deque(maxlen=max((window.most for window in windows), default=0))

    def seconds_to_wait(self, now: datetime) -> float:
        """How long the next write has to wait."""
        if not self._windows or not self._written:
            return 0.0
        short = self._windows[0]
        earliest = self._written[-1] + timedelta(seconds=MARGIN * short.seconds / short.most)
        for window in self._windows[1:]:
            if len(self._written) >= window.most:
                earliest = max(earliest, self._written[-window.most] + timedelta(seconds=window.seconds + 1))
        return max((earliest - now).total_seconds(), 0.0)

    def wrote(self, now: datetime) -> None:
        """Something was written."""
        self._written.append(now)
