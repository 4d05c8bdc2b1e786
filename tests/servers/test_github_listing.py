"""The fake GitHub lists issues as api.github.com does: filters, pages, cursors."""

from datetime import timedelta

import pytest

ISSUES = "/repos/acme/ops/issues"


def test_pull_requests_are_in_the_listing_and_by_number(world):
    world.them.opens_pull("Fix", draft=True)
    (shown,) = world.ask("GET", ISSUES).json()
    assert (True, "pull_request") == (shown["draft"], next(key for key in shown if key == "pull_request"))
    assert "pull_request" in world.ask("GET", f"{ISSUES}/1").json()


def test_a_listing_leaves_out_what_only_a_single_issue_shows(world):
    world.them.opens("a")
    assert "closed_by" not in world.ask("GET", ISSUES).json()[0]
    assert "closed_by" in world.ask("GET", f"{ISSUES}/1").json()


def test_the_listing_filters(world):
    world.them.opens("one", labels=["A", "b"], assignees=[world.alice])
    world.them.opens("two", labels=["a"], state="closed")
    world.server.people(world.ops, world.alice).opens("three", labels=["b"])

    def titles(query: str) -> list[str]:
        return [one["title"] for one in world.ask("GET", f"{ISSUES}?{query}").json()]

    assert ["three", "one"] == titles("")
    assert ["three", "two", "one"] == titles("state=all")
    assert ["two"] == titles("state=closed&labels=A")
    assert ["one"] == titles("state=all&labels=a,B")
    assert [] == titles("labels=a,none")
    assert ["one", "three"] == titles("direction=asc&sort=created")
    assert ["two", "one"] == titles("state=all&creator=Bob")
    assert ["one"] == titles("state=all&assignee=alice")
    assert (["three"], ["one"]) == (titles("assignee=none"), titles("assignee=*"))
    assert (["three", "one"], []) == (titles("milestone=none"), titles("milestone=*"))
    assert ["three", "one"] == titles("labelz=x")


@pytest.mark.parametrize("query", ["state=bogus", "sort=x", "direction=up", "since=yesterday", "milestone=x"])
def test_a_filter_with_a_bad_value_is_refused(world, query):
    assert 422 == world.ask("GET", f"{ISSUES}?{query}").status_code


def test_since_is_an_instant_and_includes_its_second(world):
    world.them.opens("old")
    world.server.clock.advance(60)
    changed = world.server.clock.now
    world.them.opens("new")

    def titles(since: str) -> list[str]:
        return [one["title"] for one in world.ask("GET", ISSUES, params={"since": since}).json()]

    assert ["new"] == titles(changed.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert [] == titles((changed + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert ["new"] == titles((changed + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M:%S+09:00"))


def test_pages_follow_the_link_header(world):
    for number in range(25):
        world.them.opens(f"{number}", labels=["x"])
    first = world.ask("GET", f"{ISSUES}?labels=x&per_page=10&state=all")
    assert (10, {"next", "last"}) == (len(first.json()), set(first.links))
    assert f"/repositories/{world.ops.id}/issues?labels=x&per_page=10&state=all&page=2" in first.links["next"]["url"]
    second = world.ask("GET", first.links["next"]["url"])
    assert {"prev", "next", "last", "first"} == set(second.links)
    third = world.ask("GET", second.links["next"]["url"])
    assert (5, {"prev", "first"}) == (len(third.json()), set(third.links))
    assert 25 == len({one["number"] for page in (first, second, third) for one in page.json()})
    assert 25 == len(world.ask("GET", f"{ISSUES}?per_page=1000").json())
    assert [] == world.ask("GET", f"{ISSUES}?page=9").json()


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_beyond_the_ceiling_only_cursors_lead_on(world, direction):
    world.server.state.page_ceiling = 20
    for number in range(45):
        world.them.opens(f"{number}")
    refused = world.ask("GET", f"{ISSUES}?page=3&per_page=10")
    assert (422, True) == (refused.status_code, "cursor based pagination" in refused.json()["message"])
    url, seen = f"{ISSUES}?per_page=10&direction={direction}", []
    while url:
        answer = world.ask("GET", url)
        assert {"next"} >= set(answer.links)
        seen += [one["number"] for one in answer.json()]
        url = answer.links.get("next", {}).get("url")
    assert seen == sorted(range(1, 46), reverse=direction == "desc")
    with world.client() as gh:
        assert 45 == len(list(gh.get_repo("acme/ops").get_issues()))


def test_a_cursor_that_leads_nowhere_is_refused(world):
    assert 422 == world.ask("GET", f"{ISSUES}?after=nonsense").status_code


def test_a_page_is_not_shifted_by_what_vanishes_meanwhile(world):
    world.server.state.page_ceiling = 3
    for number in range(6):
        world.them.opens(f"{number}")
    first = world.ask("GET", f"{ISSUES}?per_page=2")
    world.them.deletes(6)
    rest = world.ask("GET", first.links["next"]["url"]).json()
    assert [[6, 5], [4, 3]] == [[one["number"] for one in first.json()], [one["number"] for one in rest]]
