"""What one run may ask for: so many requests, so many minutes; writes end first."""

from datetime import timedelta

import pytest

from tracksync.errors import BudgetSpent
from tracksync.trackers.web.budget import Budget

from .given import NOW


def spent(budget: Budget, sent: int, *, reads: bool, minutes: float = 0, wait: float = 0) -> BudgetSpent | None:
    try:
        budget.check(sent, NOW + timedelta(minutes=minutes), wait, reads=reads)
    except BudgetSpent as error:
        return error
    return None


def test_zero_means_no_limit():
    budget = Budget(0, 0, NOW)
    assert spent(budget, 10**6, reads=False, minutes=10**5, wait=10**5) is None


def test_writes_end_a_few_requests_before_reads():
    budget = Budget(10, 0, NOW)
    writes = [spent(budget, sent, reads=False) is None for sent in range(12)]
    reads = [spent(budget, sent, reads=True) is None for sent in range(12)]
    assert (6, 10) == (sum(writes), sum(reads))
    assert (sorted(writes, reverse=True), sorted(reads, reverse=True)) == (writes, reads)


def test_a_spent_number_of_requests_needs_no_waiting():
    error = spent(Budget(10, 0, NOW), 10, reads=True)
    assert error is not None
    assert ("this run's budget of 10 requests is used up", "") == (str(error), error.resume)
    assert "limits.requests" in error.hint


def test_time_that_is_up_ends_writes_and_not_what_looks_at_them():
    budget = Budget(0, 30, NOW)
    assert spent(budget, 0, reads=False, minutes=30) is None
    assert spent(budget, 0, reads=False, minutes=30.1) is not None
    assert spent(budget, 0, reads=True, minutes=30.1) is None


@pytest.mark.parametrize("reads", [True, False])
def test_a_wait_that_would_end_too_late_is_not_begun_and_says_when_to_go_on(reads):
    error = spent(Budget(0, 30, NOW), 0, reads=reads, minutes=20, wait=3_600)
    assert error is not None
    assert "2026-03-01T13:20:00Z" == error.resume
    assert "this run's budget of 30 minutes would be exceeded" == str(error)
    assert "run again after 2026-03-01T13:20:00Z" in error.hint


@pytest.mark.parametrize("reads", [True, False])
def test_a_wait_that_ends_in_time_is_begun(reads):
    assert spent(Budget(0, 30, NOW), 0, reads=reads, minutes=20, wait=600) is None
