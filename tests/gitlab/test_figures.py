"""How many requests a run sends: counted, and so exact."""

from pathlib import Path

import pytest

from tests.servers.gitlab import gitlab

from .figures import whole_life
from .world import GRAPHQL, ISSUE, ISSUES, World, row


@pytest.mark.parametrize("items", [1, 100, 101])
def test_what_a_run_sends(world: World, items: int) -> None:
    whole_life(world, items)


def test_what_a_run_sends_to_an_older_server(tmp_path: Path) -> None:
    with gitlab(version="17.0") as server:
        whole_life(World(server, tmp_path), 101)


@pytest.mark.proofs
def test_what_a_run_sends_for_5_000_items(world: World) -> None:
    whole_life(world, 5_000)


def test_links_to_issues_that_the_listing_lacks_are_one_read_for_a_hundred(world: World) -> None:
    for number in range(101):
        world.person().opens(f"Theirs {number}")
    world.document(*(row(f"Theirs {n}").replace("Not Started", f"Not Started (#{n + 1})") for n in range(100)))
    world.sync()
    world.server.requests.clear()
    world.sync(cache=False)
    assert (2, 0) == (world.server.requests.reads(), world.server.requests.writes())
    assert 0 == len(world.server.requests.of("GET", ISSUE))


def test_a_hundred_changes_are_a_read_a_write_and_a_look_at_the_history_each(world: World) -> None:
    world.document(*(row(f"Do thing {number}") for number in range(100)))
    world.sync(many=1_000)
    world.write("postmortems/queue.md", world.read().replace("2026-12-01", "2027-02-03"))
    world.commit()
    world.server.requests.clear()
    report = world.sync(many=1_000)
    assert (201, 100) == (report.reads, report.writes)
    assert (200, 100) == (report.plan.cost.reads, report.plan.cost.writes)
    world.settled()


def test_a_hundred_people_who_change_one_issue_each_are_one_read_more(world: World) -> None:
    world.document(*(row(f"Do thing {number}") for number in range(100)))
    world.sync(many=1_000)
    for number in range(1, 101):
        world.person().edits(number, assignees=[world.bob])
    report = world.sync(many=1_000)
    assert (2, 0) == (report.reads, report.writes)
    assert 100 == world.read().count("@bob")


def test_several_owners_are_one_query_more_and_remembered(world: World) -> None:
    world.document(row("Give retries a limit", owner="@alice, @bob"))
    world.sync()
    assert 1 == len(world.server.requests.of("POST", GRAPHQL))
    world.server.requests.clear()
    world.sync()
    assert {f"GET {ISSUES}": 1} == world.server.requests.counts()


def test_a_budget_lets_a_run_end_and_the_next_one_go_on(world: World) -> None:
    world.document(*(row(f"Do thing {number}") for number in range(20)))
    report = world.sync(world.tracker(requests=20))
    assert report.stopped.startswith("this run's budget of 20 requests")
    made = len(world.numbers())
    assert (20 - made, made) == (len([c for c in report.remaining if c.field is None]), world.read().count("[#"))
    world.sync()
    assert list(range(1, 21)) == world.numbers()
    world.settled()
