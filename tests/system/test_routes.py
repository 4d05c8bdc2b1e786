"""Issues in several projects. Every scenario ends with: run again, No changes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tracksync import app, config
from tracksync.errors import BudgetSpent, TrackerError
from tracksync.model import Fetched
from tracksync.reports.run import RunReport
from tracksync.trackers.local import LocalTracker
from tracksync.trackers.local_people import LocalPeople
from tracksync.trackers.routed import routed
from tracksync.workspace import open_workspace

from .conftest import TABLE, YAML, Repository

QUEUE, CACHE = "postmortems/queue.md", "postmortems/cache.yml"
ROUTES = """tracker:
  kind: local
  project: pm
  routes:
    - {team: bob, project: web}
    - {path: "**/cache.yml", project: data}
"""


@pytest.fixture
def routes(repository: Callable[..., Repository]) -> Repository:
    return repository(postmortems__queue_md=TABLE, postmortems__cache_yml=YAML, tracksync_yml=ROUTES)


def people(repository: Repository, project: str) -> LocalPeople:
    return LocalPeople(repository.root / ".tracksync" / "tracker.db", project)


def titles(repository: Repository) -> dict[str, list[str]]:
    return {name: [issue.title for issue in people(repository, name).listing()] for name in ("pm", "web", "data")}


EXPECTED = {
    "pm": ["Alert when the queue holds more than 5,000 messages"],
    "web": ["Give retries a limit"],
    "data": ["Warm the cache before traffic arrives"],
}


def test_each_item_gets_its_issue_in_the_project_of_its_route(routes: Repository) -> None:
    result = routes.run("sync")
    assert 0 == result.status
    assert EXPECTED == titles(routes)
    assert "no issue yet, goes to web: bob" in result.err
    assert ["pm#1", "web#1"] == [link for link in ("pm#1", "web#1", "data#1") if link in routes.read(QUEUE)]
    assert "data#1" in routes.read(CACHE)
    routes.settled()


def test_what_changes_later_moves_no_issue(routes: Repository) -> None:
    routes.run("sync")
    routes.edit(QUEUE, "@bob", "@carol")
    routes.write("tracksync.yml", ROUTES.replace("team: bob", "team: nobody"))
    routes.commit()
    routes.run("sync")
    assert EXPECTED == titles(routes)
    assert "carol" == people(routes, "web").show(1).issue.owner
    people(routes, "web").close(1, actor="carol")
    routes.run("sync")
    assert "Complete" in routes.read(QUEUE)
    routes.settled()


def test_a_link_that_was_lost_is_found_in_whatever_project_the_issue_is(routes: Repository) -> None:
    routes.run("sync")
    text = routes.read(QUEUE)
    routes.write(QUEUE, TABLE)
    routes.write("tracksync.yml", ROUTES.replace("team: bob", "team: alice"))
    routes.run("sync")
    assert (EXPECTED, text) == (titles(routes), routes.read(QUEUE))
    routes.settled()


def test_a_limit_counts_in_each_project_and_names_it(routes: Repository) -> None:
    routes.write("tracksync.yml", ROUTES + "limits: {creates: 1}\n")
    row = "| Give callers a limit | @bob | 2026-12-15 | P2 | Not Started |\n"
    routes.write(QUEUE, TABLE + row)
    result = routes.run("sync")
    assert "2 creates planned in web, at most 1 allowed" in result.err
    assert {"pm": [], "web": [], "data": []} == titles(routes)
    assert 0 == routes.run("sync", "--allow-creates", "2").status
    assert ["Give retries a limit", "Give callers a limit"] == titles(routes)["web"]
    routes.settled()


class Silent(LocalTracker):
    """A project that can't be listed at times."""

    error: TrackerError | None = None

    def issues(self, since: str = "", *, every: bool = False) -> Fetched:
        if self.error:
            raise self.error
        return super().issues(since, every=every)


def sync(repository: Repository, **errors: TrackerError) -> RunReport:
    space = open_workspace(config.load(repository.root, repository.root))

    def opened(project: str) -> Silent:
        tracker = Silent(Path(repository.root / ".tracksync" / "tracker.db"), project)
        tracker.error = errors.get(project)
        return tracker

    return app.sync(replace(space, cache=None, tracker=routed("pm", ["web", "data"], opened)))


class TestAProjectThatCanNotBeListed:
    def test_keeps_nobody_from_the_others_but_nothing_is_created_anywhere(self, routes: Repository) -> None:
        routes.run("sync")
        routes.edit(QUEUE, "2026-12-01", "2027-02-03")
        routes.write("postmortems/new.md", TABLE.replace("Give retries", "Give callers").replace("Alert", "Page us"))
        routes.commit()
        report = sync(routes, web=TrackerError("web is down"))
        assert "2027-02-03" == people(routes, "pm").show(1).issue.due
        assert EXPECTED == titles(routes)
        told = {problem.rule: problem.message for problem in report.plan.problems}
        assert {"listing-incomplete", "issue-missing", "project-unlisted"} == set(told)
        assert "not created: the list of issues is incomplete (web: web is down)" == told["listing-incomplete"]
        assert "web#1 was not seen because the list of issues is incomplete" == told["issue-missing"]
        routes.run("sync")
        assert 2 == len(titles(routes)["web"])
        routes.settled()

    def test_is_the_end_of_the_run_when_no_other_can_be_either(self, routes: Repository) -> None:
        down = TrackerError("it is down")
        with pytest.raises(TrackerError, match="it is down"):
            sync(routes, pm=down, web=down, data=down)

    def test_is_something_else_than_a_budget_that_is_spent(self, routes: Repository) -> None:
        with pytest.raises(BudgetSpent):
            sync(routes, web=BudgetSpent("the requests of this run are used up"))
