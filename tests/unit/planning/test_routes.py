"""In which project a new issue is made, and what each project may be asked in one run."""

from dataclasses import replace

import pytest

from tracksync.model import Document, Field, Kind
from tracksync.owners import Directory
from tracksync.planning import orders
from tracksync.planning.changes import Action, Limit
from tracksync.planning.plan import build
from tracksync.planning.routes import Route, Routes

from .given import REPOSITORY, RULES, document, issue, item, world

DIRECTORY = Directory({"Payments": "label:team/pay", "Alice Example": "alice"})
PAGE = document(item(), services=("Checkout API",), path="postmortems/web/2026/queue.md")


def project(route: Route, owner: str = "", page: Document = PAGE, kind: Kind | None = None) -> str:
    routes = Routes("acme/pm", (route,))
    return routes.project(page, item(owner=owner, kind=kind), DIRECTORY)


@pytest.mark.parametrize(
    ("team", "owner"),
    [
        ("Payments", "Payments"),
        ("payments", "@PAYMENTS"),
        ("team/pay", "Payments"),
        ("label:team/pay", "Payments"),
        ("alice", "Alice Example"),
        ("@alice", "@Bob, @alice"),
        ("Nobody Known", "Nobody Known"),
    ],
)
def test_a_team_is_one_of_the_owners_as_written_or_as_meant(team: str, owner: str) -> None:
    assert "acme/pay" == project(Route("acme/pay", team=team), owner)


@pytest.mark.parametrize(("team", "owner"), [("pay", "Payments"), ("bob", "@alice"), ("alice", "")])
def test_another_owner_is_no_team(team: str, owner: str) -> None:
    assert "acme/pm" == project(Route("acme/pay", team=team), owner)


def test_a_service_is_one_of_the_documents() -> None:
    assert "acme/web" == project(Route("acme/web", service="checkout  api"))
    assert "acme/pm" == project(Route("acme/web", service="checkout"))


@pytest.mark.parametrize(
    ("path", "matches"),
    [("postmortems/web/**", True), ("postmortems/web", True), ("**/queue.md", True), ("web/**", False)],
)
def test_a_path_is_a_pattern_for_the_document(path: str, matches: bool) -> None:
    assert ("acme/web" if matches else "acme/pm") == project(Route("acme/web", path=path))


def test_a_kind_is_that_of_the_item() -> None:
    assert "acme/sre" == project(Route("acme/sre", kind="detect"), kind=Kind.DETECT)
    assert ["acme/pm"] * 2 == [project(Route("acme/sre", kind="detect"), kind=kind) for kind in (Kind.PREVENT, None)]


def test_all_conditions_of_a_route_have_to_be_met_and_the_first_route_counts() -> None:
    both = Route("acme/both", team="alice", path="postmortems/web/**")
    routes = Routes("acme/pm", (both, Route("acme/web", path="**"), Route("acme/late", team="bob")))
    found = {owner: routes.project(PAGE, item(owner=owner), DIRECTORY) for owner in ("@alice", "@bob")}
    assert {"@alice": "acme/both", "@bob": "acme/web"} == found
    assert ("acme/pm", "acme/both", "acme/web", "acme/late") == routes.projects


def test_without_routes_there_is_one_project_and_nobody_names_it() -> None:
    assert ("", ()) == (Routes("acme/pm").project(PAGE, item(), DIRECTORY), Routes("acme/pm").projects)


ROUTES = Routes("local", (Route("web", team="bob"),))


class TestANewIssue:
    def test_goes_to_the_project_of_its_route_and_the_plan_says_so(self) -> None:
        page = document(item("One", owner="@bob", due="", priority=""), item("Two", owner="", due="", priority=""))
        given = world(page, routes=ROUTES)
        planned = build(given, RULES)
        reasons = ["no issue yet, goes to web: bob", "no issue yet, goes to local"]
        assert reasons == [change.reason for change in planned.plan.changes]
        drafts = [orders.draft(planned.match(change), given, REPOSITORY) for change in planned.plan.changes]
        assert ["web", "local"] == [draft.project for draft in drafts]

    def test_is_held_as_that_project_holds_it(self) -> None:
        asked = []

        def hold(values: dict[Field, str], project: str) -> dict[Field, str]:
            asked.append(project)
            return values

        given = world(document(item(owner="@bob")), routes=ROUTES, hold=hold)
        planned = build(given, RULES)
        orders.draft(planned.match(planned.plan.changes[0]), given, REPOSITORY)
        assert {"web"} == set(asked)

    def test_gets_a_number_above_those_that_documents_name_in_its_project(self) -> None:
        page = document(item("One", owner="@bob"), item("Two", link="#7"), item("Three", link="elsewhere"))
        for routes, expected in ((ROUTES, {"local": 7}), (Routes(), {"": 7})):
            given = world(page, issues=[issue(7, page, 1)], routes=routes)
            above = orders.highest_named(given)
            assert expected == above
            planned = build(given, RULES)
            made = orders.draft(planned.matches[page.path, 0], given, REPOSITORY, above)
            assert (0 if routes.routes else 7) == made.above


class TestLimits:
    def planned(self, in_web: int, here: int, **more: object) -> list[Limit]:
        rows = [item(f"Item {n}", owner="@bob" if n < in_web else "@alice") for n in range(in_web + here)]
        planned = build(world(document(*rows), routes=ROUTES), RULES)
        return [limit for limit in planned.plan.limits if limit.name == "creates"]

    def test_each_project_has_its_own(self) -> None:
        assert [Limit("creates", 20, 25, "local"), Limit("creates", 26, 25, "web")] == self.planned(26, 20)

    def test_that_is_exceeded_names_its_project_and_what_lifts_it_lifts_it_in_all(self) -> None:
        rows = [item(f"Item {n}", owner="@bob" if n < 30 else "@alice") for n in range(57)]
        plan = build(world(document(*rows), routes=ROUTES), RULES).plan
        assert [" in local", " in web"] == [limit.where for limit in plan.exceeded]
        assert "--allow-creates 30" == plan.lifting
        assert "" == Limit("creates", 1, 0).where

    def test_the_share_is_one_of_the_items_of_the_project(self) -> None:
        rows = [item(f"Item {n}", link=f"#{n + 1}", due="2026-03-03" if n < 4 else "2026-02-01") for n in range(20)]
        page = document(*rows)
        before = document(*(replace(row, due="2026-02-01") for row in rows))
        issues = [issue(n + 1, before, n) for n in range(20)]
        elsewhere = [replace(one, ref=one.ref._replace(project="web")) for one in issues[:10]]
        given = world(page, issues=[*elsewhere, *issues[10:]], routes=ROUTES)
        refs = {f"#{one.ref.number}": one.ref for one in given.issues.issues}
        plan = build(replace(given, resolve=refs.get), RULES).plan
        assert [("local", 0, 3), ("web", 4, 3)] == [
            (limit.project, limit.counted, limit.allowed) for limit in plan.limits if limit.name == "updates"
        ]
        assert {"web"} == {change.project for change in plan.changes if change.action is Action.UPDATE}
