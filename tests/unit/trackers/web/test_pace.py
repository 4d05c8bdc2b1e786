"""Writes are spread so that no window of the platform is ever exceeded, and no slower than it allows."""

from datetime import timedelta

import pytest

from tracksync.model import Window
from tracksync.planning.plan import duration
from tracksync.trackers.github.tracker import PACE
from tracksync.trackers.web.pace import Pace

from .given import NOW


def times(windows: tuple[Window, ...], count: int) -> list[float]:
    """When so many writes leave, in seconds from the first on, one right after the other."""
    pace, now, found = Pace(windows), NOW, []
    for _ in range(count):
        now += timedelta(seconds=pace.seconds_to_wait(now))
        pace.wrote(now)
        found.append((now - NOW).total_seconds())
    return found


def busiest(found: list[float], seconds: float) -> int:
    return max(sum(start <= time < start + seconds for time in found) for start in found)


def test_without_windows_nothing_waits():
    assert [0.0] * 5 == times((), 5)


def test_the_first_write_waits_for_nothing():
    assert 0.0 == Pace(PACE).seconds_to_wait(NOW)


def test_writes_are_spread_evenly_over_the_shortest_window():
    assert [0.0, 0.765, 1.53, 2.295] == times(PACE, 4)


def test_no_window_is_ever_exceeded():
    found = times(PACE, 1_700)
    assert (79, 500) == (busiest(found, 60), busiest(found, 3_600))


def test_the_order_of_the_windows_does_not_matter():
    assert times(PACE, 600) == times(tuple(reversed(PACE)), 600)


@pytest.mark.parametrize("count", [1, 2, 80, 81, 500, 501, 1_200])
def test_the_plan_predicts_the_time_that_writing_takes(count):
    assert duration(count, PACE) == pytest.approx(times(PACE, count)[-1], rel=0.03)


def test_ninety_five_percent_of_the_allowed_rate_is_used():
    """500 an hour are allowed: 2,000 take three hours and the time of the last 500."""
    assert times(PACE, 2_000)[-1] <= (3 * 3_600 + 500 * 0.75) / 0.95


def test_a_pause_is_not_caught_up_with_a_burst():
    pace = Pace(PACE)
    pace.wrote(NOW)
    later = NOW + timedelta(hours=2)
    assert 0.0 == pace.seconds_to_wait(later)
    pace.wrote(later)
    assert 0.765 == pace.seconds_to_wait(later)
