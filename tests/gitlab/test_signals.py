"""Signals: what a configuration may ask for beyond an issue's own fields."""

from pathlib import Path

import pytest

from tests.servers.gitlab import gitlab
from tracksync.errors import TrackerError
from tracksync.model import Issue, Status

from .world import GRAPHQL, World, draft, row

BOTH = ("merge_requests", "work_item_status")


def seen(world: World, *signals: str) -> Issue:
    tracker = world.tracker(signals=signals)
    (issue,) = tracker.refined(tracker.issues().issues)
    return issue


def test_nothing_is_asked_that_is_not_wanted(premium: World) -> None:
    tracker = premium.tracker()
    tracker.create(draft())
    premium.person().edits(1, status="In progress")
    issues, before = tracker.issues().issues, tracker.requests.read
    assert list(issues) == list(tracker.refined(issues))
    assert before == tracker.requests.read


def test_an_open_merge_request_that_will_close_it_says_in_progress(world: World) -> None:
    world.tracker().create(draft())
    world.person().opens_merge_request("Names it", mentions=[1])
    assert Status.NOT_STARTED is seen(world, "merge_requests").status
    request = world.person().opens_merge_request("Alert", closes=[1])
    assert Status.IN_PROGRESS is seen(world, "merge_requests").status
    request.state = "closed"
    assert Status.NOT_STARTED is seen(world, "merge_requests").status


@pytest.mark.parametrize(
    ("set_to", "status"),
    [
        ("To do", Status.NOT_STARTED),
        ("In progress", Status.IN_PROGRESS),
        ("Done", Status.COMPLETE),
        ("Won't do", Status.WONT_DO),
        ("Duplicate", Status.DUPLICATE),
    ],
)
def test_the_status_of_a_work_item_is_the_trackers_status(premium: World, set_to: str, status: Status) -> None:
    premium.tracker().create(draft())
    premium.person().edits(1, status=set_to)
    assert status is seen(premium, *BOTH).status


@pytest.mark.parametrize("status", ["blocked", "in_progress", "wont_do", "duplicate"])
def test_a_label_that_says_a_status_wins(premium: World, status: str) -> None:
    made = premium.tracker().create(draft(status=status))
    assert made.status is seen(premium, *BOTH).status


def test_on_free_there_is_no_status_and_the_other_signal_works(world: World) -> None:
    world.tracker().create(draft())
    world.person().opens_merge_request("Alert", closes=[1])
    assert Status.IN_PROGRESS is seen(world, *BOTH).status


def test_a_server_that_knows_no_statuses_is_told_with_what_to_do(tmp_path: Path) -> None:
    with gitlab(version="17.0", enterprise=False) as server:
        world = World(server, tmp_path)
        world.tracker().create(draft())
        with pytest.raises(TrackerError, match=r"doesn't tell what tracker\.signals asks for") as raised:
            seen(world, "work_item_status")
        assert "Premium and GitLab 18.2" in raised.value.hint


def test_a_hundred_and_one_issues_are_two_queries_and_closed_ones_cost_merge_requests_nothing(premium: World) -> None:
    for number in range(102):
        premium.person().opens(f"Item {number}", labels=["tracksync"])
    premium.person().edits(102, state="closed")
    for signals, queries in (("merge_requests",), 2), (BOTH, 2):
        tracker = premium.tracker(signals=signals)
        issues = tracker.issues().issues
        premium.server.requests.clear()
        assert 102 == len(tracker.refined(issues))
        asked = premium.server.requests.of("POST", GRAPHQL)
        assert (queries, 102 - (len(signals) == 1)) == (
            len(asked),
            sum(len(one.body["variables"]["iids"]) for one in asked),
        )


def test_a_signal_reaches_the_document_and_settles(premium: World) -> None:
    premium.document(row("Give retries a limit"))
    premium.sync(premium.tracker(signals=BOTH))
    premium.person().edits(1, status="In progress")
    premium.sync(premium.tracker(signals=BOTH))
    assert "In Progress" in premium.read()
    premium.person().edits(1, status="Won't do")
    for _ in range(2):
        premium.sync(premium.tracker(signals=BOTH))
    assert "Won't Do" in premium.read()
    premium.settled(premium.tracker(signals=BOTH))
