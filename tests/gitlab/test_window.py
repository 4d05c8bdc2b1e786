"""The one round trip between our re-read and our write: GitLab has no write on condition, so what a person saved in it
can be overwritten. It is told, and nothing else is.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.servers import faults
from tests.servers.gitlab import refusals
from tracksync.model import Field, IssuePatch, Written
from tracksync.reports.run import RunReport

from .world import ISSUE, NOTES, QUEUE, World, draft, row

Act = Callable[[Any], None]


def meanwhile(world: World, act: Act, *, late: bool = False) -> RunReport:
    """A cell of the document changed, and alice acts between our re-read and our write; `late`: just after it."""
    when = faults.after(lambda: act(world.person())) if late else faults.before(lambda: _acts(world, act))
    world.server.faults.add("PUT", ISSUE, when)
    world.edit("Give retries a limit", "Give retries a limit of 3")
    return world.sync()


def _acts(world: World, act: Act) -> None:
    act(world.person())
    world.server.clock.advance(1)


@pytest.fixture
def item(world: World) -> World:
    world.document(row("Give retries a limit"))
    world.sync()
    world.server.clock.advance(60)
    return world


OVERWRITTEN: dict[str, tuple[Act, str]] = {
    "title": (lambda them: them.edits(1, title="Hers"), "title from Hers"),
    "text": (lambda them: them.edits(1, description="Hers"), "the text"),
}
KEPT: dict[str, Act] = {
    "label": lambda them: them.edits(1, labels=["tracksync", "priority::1", "sev1"]),
    "assignee": lambda them: them.edits(1, assignees=[them.state.users["bob"]]),
    "due": lambda them: them.edits(1, due_date=date(2027, 5, 5)),
    "state": lambda them: them.edits(1, state="closed"),
    "note": lambda them: them.notes(1, "changed the description"),
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
    one = item.web.issues[1]
    report = meanwhile(item, KEPT[name])
    assert () == report.noticed
    assert {
        "label": "sev1" in item.labels(1),
        "assignee": [item.bob] == one.assignees,
        "due": date(2027, 5, 5) == one.due_date,
        "state": "closed" == one.state,
        "note": "changed the description" in [note.body for note in one.notes if not note.system],
    }[name]


@pytest.mark.parametrize("act", [*(act for act, _ in OVERWRITTEN.values()), *KEPT.values()])
def test_an_edit_after_our_write_was_not_overwritten(item: World, act: Act) -> None:
    assert () == meanwhile(item, act, late=True).noticed


@pytest.mark.parametrize("act", [*(act for act, _ in OVERWRITTEN.values()), *KEPT.values()])
def test_an_edit_before_our_reread_is_never_overwritten(item: World, act: Act) -> None:
    item.server.faults.add("GET", ISSUE, faults.before(lambda: _acts(item, act)))
    item.edit("Give retries a limit", "Give retries a limit of 3")
    report = item.sync()
    assert "overwrote" not in [one.rule for one in report.noticed]
    assert ("Hers" == item.web.issues[1].description) is (act is OVERWRITTEN["text"][0])


@pytest.mark.parametrize(
    ("old", "new", "act", "said"),
    [
        ("@alice", "", lambda them: them.edits(1, assignees=[them.state.users["bob"]]), "owner from bob"),
        ("2026-12-01", "2027-01-01", lambda them: them.edits(1, due_date=date(2027, 5, 5)), "due from 2027-05-05"),
        ("2026-12-01", "2027-01-01", lambda them: them.edits(1, due_date=None), "due from none"),
    ],
)
def test_a_value_that_both_changed_in_it_is_told(item: World, old: str, new: str, act: Act, said: str) -> None:
    item.server.faults.add("PUT", ISSUE, faults.before(lambda: _acts(item, act)))
    item.edit(old, new)
    (told,) = item.sync().noticed
    assert f"acme/web#1: overwrote alice's change of {said}" == told.message


def test_each_of_two_writes_of_one_run_is_looked_at(world: World) -> None:
    tracker = world.tracker()
    made = tracker.create(draft())
    world.server.clock.advance(60)
    world.server.faults.add("PUT", ISSUE, faults.before(lambda: _acts(world, OVERWRITTEN["title"][0])))
    first = IssuePatch({Field.TITLE: "Ours"}, made.marker)
    after = tracker.update(made, first)
    world.server.clock.advance(60)
    second = IssuePatch({Field.DUE: "2027-01-01"}, made.marker)
    last = tracker.update(after, second)
    found = tracker.overwritten([Written(made, first, after), Written(after, second, last)])
    assert [("title", "alice", "Hers")] == [(one.field, one.person, one.value) for one in found]


def test_a_history_that_can_not_be_read_is_told_and_fails_nothing(item: World) -> None:
    item.server.faults.add("GET", NOTES, faults.answers(403, {"message": "no"}))
    item.edit("Give retries a limit", "Give retries a limit of 3")
    report = item.sync()
    assert ["history-unread"] == [one.rule for one in report.noticed]
    assert ((), "Give retries a limit of 3") == (report.failed, item.web.issues[1].title)


def test_a_history_that_a_limit_holds_up_is_waited_for(item: World) -> None:
    item.server.faults.add("GET", NOTES, refusals.rate_limited(120))
    assert ["overwrote"] == [one.rule for one in meanwhile(item, OVERWRITTEN["title"][0]).noticed]
