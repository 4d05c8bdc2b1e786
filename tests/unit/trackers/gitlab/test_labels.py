"""Statuses and priorities as scoped labels, in exactly this case."""

import pytest

from tracksync.model import Status
from tracksync.trackers.gitlab.labels import LOOKS, VALUE_LABELS, priority_of, status_of, with_priority, with_status


@pytest.mark.parametrize("status", Status)
def test_what_is_written_is_what_is_read(status):
    labels = with_status(status, frozenset({"sev1", "status::blocked"}))
    assert status is status_of(status.closed, False, labels)
    assert "sev1" in labels


@pytest.mark.parametrize(
    ("closed", "duplicate", "labels", "status"),
    [
        (False, False, {"status::won't do"}, Status.NOT_STARTED),
        (True, False, {"status::blocked"}, Status.COMPLETE),
        (True, True, {"status::won't do"}, Status.DUPLICATE),
        (False, False, {"status::blocked", "status::in progress"}, Status.BLOCKED),
        (False, False, {"Status::Blocked"}, Status.NOT_STARTED),
        (False, False, {"status::review"}, Status.NOT_STARTED),
    ],
)
def test_a_label_counts_only_where_it_fits(closed, duplicate, labels, status):
    assert status is status_of(closed, duplicate, labels)


@pytest.mark.parametrize("priority", ["P0", "P1", "P2", "P3", "P4", ""])
def test_a_priority_is_one_label(priority):
    labels = with_priority(priority, frozenset({"priority::1", "priority::3", "priority::high"}))
    assert (priority, True) == (priority_of(labels), "priority::high" in labels)
    assert len(labels) == 1 + bool(priority)


def test_the_most_urgent_of_several_counts():
    assert "P1" == priority_of({"priority::4", "priority::1", "PRIORITY::0"})


def test_each_label_that_says_a_value_has_a_look():
    assert VALUE_LABELS <= LOOKS.keys()
    assert all(len(look.colour) == 6 and look.description for look in LOOKS.values())
