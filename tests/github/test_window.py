"""The one round trip between our re-read and our write: neither platform has a write on condition, so what a person
saved in it can be overwritten. It is told, and nothing else is.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.servers import faults
from tests.servers.github import refusals
from tracksync.model import Field, IssuePatch, Written
from tracksync.reports.run import RunReport

from .world import GRAPHQL, ISSUE, QUEUE, World, draft, row

Act = Callable[[Any], None]


def meanwhile(world: World, act: Act, *, late: bool = False) -> RunReport:
    """A cell of the document changed, and alice acts between our re-read and our write; `late`: just after it."""
    when = faults.after if late else faults.before
    world.server.faults.add("PATCH", ISSUE, when(lambda: act(world.person())))
    world.edit("Give retries a limit", "Give retries a limit of 3")
    return world.sync()


@pytest.fixture
def item(world: World) -> World:
    world.document(row("Give retries a limit"))
    world.sync()
    world.server.clock.advance(60)
    return world


OVERWRITTEN: dict[str, tuple[Act, str]] = {
    "title": (lambda them: them.edits(1, title="Hers"), "title from Hers"),
    "text": (lambda them: them.edits(1, body="Hers"), "the text"),
}
KEPT: dict[str, Act] = {
    "label": lambda them: them.edits(1, labels=["tracksync", "priority/P1", "sev1"]),
    "assignee": lambda them: them.edits(1, assignees=[them.actor, them.state.accounts["bob"]]),
    "state": lambda them: them.edits(1, state="closed"),
    "comment": lambda them: them.comments(1, "Seen"),
}


@pytest.mark.parametrize("name", OVERWRITTEN)
def test_an_edit_in_the_round_trip_is_told_with_who_made_it(item: World, name: str) -> None:
    act, said = OVERWRITTEN[name]
    report = meanwhile(item, act)
    assert [(QUEUE, 10, "overwrote", f"acme/web#1: overwrote alice's change of {said}")] == [
        (one.path, one.line, one.rule, one.message) for one in report.noticed
    ]
    assert "Give retries a limit of 3" == item.web.issues[1].title


@pytest.mark.parametrize("name", KEPT)
def test_what_our_write_does_not_touch_is_kept_and_not_told(item: World, name: str) -> None:
    before = item.web.issues[1]
    report = meanwhile(item, KEPT[name])
    assert () == report.noticed
    kept = {
        "label": "sev1" in [label.name for label in before.labels],
        "assignee": {item.alice, item.bob} == set(before.assignees),
        "state": "closed" == before.state,
        "comment": 1 == len(before.comments),
    }
    assert kept[name]


@pytest.mark.parametrize("act", [*(act for act, _ in OVERWRITTEN.values()), *KEPT.values()])
def test_an_edit_after_our_write_was_not_overwritten(item: World, act: Act) -> None:
    assert () == meanwhile(item, act, late=True).noticed


@pytest.mark.parametrize("act", [*(act for act, _ in OVERWRITTEN.values()), *KEPT.values()])
def test_an_edit_before_our_reread_is_never_overwritten(item: World, act: Act) -> None:
    item.server.faults.add("GET", ISSUE, faults.before(lambda: act(item.person())))
    item.edit("Give retries a limit", "Give retries a limit of 3")
    report = item.sync()
    assert "overwrote" not in [one.rule for one in report.noticed]
    assert ("Hers" in (item.web.issues[1].title, item.web.issues[1].body)) == (
        act in [one for one, _ in OVERWRITTEN.values()][1:]
    )


@pytest.mark.parametrize("replaced", ["labels", "assignees"])
def test_a_set_that_is_replaced_whole_tells_what_it_lost(item: World, replaced: str) -> None:
    act = KEPT["label" if replaced == "labels" else "assignee"]
    item.server.faults.add("PATCH", ISSUE, faults.before(lambda: act(item.person())))
    item.edit("| P1 |" if replaced == "labels" else "@alice", "| P0 |" if replaced == "labels" else "@robot")
    (told,) = item.sync().noticed
    lost = "label from sev1" if replaced == "labels" else "owner from bob"
    assert f"acme/web#1: overwrote alice's change of {lost}" == told.message


def test_each_of_two_writes_of_one_run_is_looked_at(world: World) -> None:
    tracker = world.tracker()
    made = tracker.create(draft())
    world.server.clock.advance(60)
    world.server.faults.add("PATCH", ISSUE, faults.before(lambda: world.person().edits(1, title="Hers")))
    first = IssuePatch({Field.TITLE: "Ours"}, made.marker)
    after = tracker.update(made, first)
    world.server.clock.advance(60)
    second = IssuePatch({Field.DUE: "2027-01-01"}, made.marker)
    last = tracker.update(after, second)
    found = tracker.overwritten([Written(made, first, after), Written(after, second, last)])
    assert [("title", "alice", "Hers")] == [(one.field, one.person, one.value) for one in found]


def test_a_history_that_can_not_be_read_is_told_and_fails_nothing(item: World) -> None:
    item.server.faults.add("POST", GRAPHQL, faults.answers(403, {"message": "no"}))
    item.edit("Give retries a limit", "Give retries a limit of 3")
    report = item.sync()
    assert ["history-unread"] == [one.rule for one in report.noticed]
    assert ((), "Give retries a limit of 3") == (report.failed, item.web.issues[1].title)


def test_a_history_that_a_limit_holds_up_is_waited_for(item: World) -> None:
    item.server.faults.add("POST", GRAPHQL, refusals.graphql_limited(120))
    assert ["overwrote"] == [one.rule for one in meanwhile(item, OVERWRITTEN["title"][0]).noticed]


def test_a_hundred_and_one_written_issues_are_two_queries(world: World) -> None:
    world.document(*(row(f"Do thing {number}") for number in range(101)))
    world.sync(many=1_000)
    world.write(QUEUE, world.read().replace("2026-12-01", "2027-02-03"))
    world.commit()
    world.server.faults.add("PATCH", ISSUE, faults.before(lambda: world.person().edits(101, body="Hers")), nth=101)
    world.server.requests.clear()
    report = world.sync(many=1_000)
    assert 2 == len(world.server.requests.of("POST", GRAPHQL))
    assert ["acme/web#101: overwrote alice's change of the text"] == [one.message for one in report.noticed]
