"""How many requests a run sends: counted, and so exact."""

import pytest

from .figures import whole_life
from .world import ISSUES, LABELS, World, row, rules


@pytest.mark.parametrize("items", [1, 100, 101])
def test_what_a_run_sends(world: World, items: int) -> None:
    whole_life(world, items)


@pytest.mark.proofs
def test_what_a_run_sends_for_5_000_items(world: World) -> None:
    whole_life(world, 5_000)


def test_labels_are_listed_once_however_many_there_are(world: World) -> None:
    world.document(*(row(f"Do thing {number}", priority=f"P{number}") for number in range(5)))
    world.sync()
    counts = world.server.requests.counts()
    assert (1, 6) == (counts[f"GET {LABELS}"], counts[f"POST {LABELS}"])


def test_links_to_issues_that_the_listing_lacks_are_one_read_for_a_hundred(world: World) -> None:
    for number in range(101):
        world.person().opens(f"Theirs {number}")
    world.document(*(row(f"Theirs {n}").replace("Not Started", f"Not Started (#{n + 1})") for n in range(100)))
    world.sync()
    world.server.requests.clear()
    world.sync(cache=False)
    assert (2, 0) == (world.server.requests.reads(), world.server.requests.writes())
    assert 0 == len(world.server.requests.of("GET", f"{ISSUES}/{{issue_number}}"))


def test_a_hundred_changes_are_a_read_and_a_write_each_and_one_look_at_their_history(world: World) -> None:
    world.document(*(row(f"Do thing {number}") for number in range(100)))
    world.sync(many=1_000)
    world.write("postmortems/queue.md", world.read().replace("2026-12-01", "2027-02-03"))
    world.commit()
    world.server.requests.clear()
    report = world.sync(many=1_000)
    assert (102, 100) == (report.reads, report.writes)
    assert (101, 100) == (report.plan.cost.reads, report.plan.cost.writes)
    world.settled()


def test_a_hundred_people_who_change_one_issue_each_are_one_read_more(world: World) -> None:
    world.document(*(row(f"Do thing {number}") for number in range(100)))
    world.sync(many=1_000)
    for number in range(1, 101):
        world.person().edits(number, assignees=[world.bob])
    report = world.sync(many=1_000)
    assert (2, 0) == (report.reads, report.writes)
    assert 100 == world.read().count("@bob")


def test_a_budget_lets_a_run_end_and_the_next_one_go_on(world: World) -> None:
    world.document(*(row(f"Do thing {number}") for number in range(20)))
    report = world.sync(world.tracker(requests=20))
    assert (17, True) == (report.reads + report.writes, report.stopped.startswith("this run's budget of 20 requests"))
    made = len(world.numbers())
    assert (20 - made, made) == (len([c for c in report.remaining if c.field is None]), world.read().count("[#"))
    world.sync()
    assert list(range(1, 21)) == world.numbers()
    world.settled()


def test_a_budget_of_minutes_ends_a_run_before_it_waits_for_an_hour(world: World) -> None:
    world.server.limits.hourly = 40
    world.document(*(row(f"Do thing {number}") for number in range(60)))
    report = world.sync(world.tracker(minutes=10), many=100)
    assert report.resume > world.server.clock.now.isoformat()[:16]
    assert [] == rules(report)
    world.server.clock.advance(3_600)
    world.sync(many=100)
    world.server.clock.advance(3_600)
    world.sync(many=100)
    assert list(range(1, 61)) == world.numbers()
    world.settled()
