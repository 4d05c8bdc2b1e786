"""Several repositories of one GitHub as one tracker, and documents that are hosted there too."""

import subprocess
from dataclasses import replace

import pytest

from tracksync import app, config
from tracksync.reports.run import RunReport
from tracksync.trackers.base import Requests
from tracksync.trackers.github.address import Address
from tracksync.trackers.github.opened import tracker_at
from tracksync.trackers.github.tracker import GitHubTracker
from tracksync.trackers.opening import Wanted
from tracksync.trackers.routed import Routed, routed
from tracksync.trackers.web.clock import Clock
from tracksync.trackers.web.pace import Pace
from tracksync.workspace import open_workspace

from .world import QUEUE, World, row

CONFIGURATION = """tracker:
  kind: github
  project: acme/web
  formerly: [acme/old-web]
  routes:
    - {team: bob, project: acme/pay}
"""


@pytest.fixture
def acme(world: World) -> World:
    """Issues go to acme/web, bob's to acme/pay; the documents are those of acme/pm."""
    for name in ("pay", "pm"):
        world.server.state.repository(world.acme, name, push=[world.robot, world.alice, world.bob])
    world.write("tracksync.yml", CONFIGURATION)
    world.document(row("Give retries a limit"), row("Warm the cache", "@bob"))
    subprocess.run(["git", "remote", "add", "origin", "git@github.com:acme/pm.git"], cwd=world.root, check=True)
    return world


def sync(world: World) -> RunReport:
    """One run, as the configuration describes it, against the fake."""
    world.server.clock.advance(1)
    place = Address("https://github.com", world.server.url, "github.com")
    clock = Clock(lambda: world.server.clock.now, world.server.clock.advance)
    sent, paces = Requests(), dict[str, Pace]()

    def opened(project: str) -> GitHubTracker:
        return tracker_at(place, Wanted(world.root, project, token=world.token, clock=clock, sent=sent, paces=paces))

    settings = config.load(world.root, world.root)
    space = open_workspace(settings, environment={"GITHUB_TOKEN": world.token}, now=lambda: world.server.clock.now)
    tracker = routed(settings.project, [route.project for route in settings.routes], opened)
    report = app.sync(replace(space, tracker=tracker))
    world.commit()
    return report


def repository(world: World, name: str):
    return next(one for one in world.server.state.repositories if one.name == name)


def test_each_item_has_one_issue_in_its_repository_and_a_second_run_has_nothing_to_do(acme: World) -> None:
    report = sync(acme)
    assert ((), []) == (report.failed, [problem.message for problem in report.plan.problems])
    titles = {name: [one.title for one in repository(acme, name).issues.values()] for name in ("web", "pay", "pm")}
    assert {"web": ["Give retries a limit"], "pay": ["Warm the cache"], "pm": []} == titles
    text = acme.read(QUEUE)
    assert "(https://github.com/acme/web/issues/1)" in text
    assert "(https://github.com/acme/pay/issues/1)" in text
    again = sync(acme)
    assert ((), (), 0) == (again.plan.changes, again.failed, again.writes)
    assert [] == [problem.message for problem in again.plan.problems]


def test_the_marker_names_the_documents_by_their_number_and_the_block_links_them(acme: World) -> None:
    sync(acme)
    pm = repository(acme, "pm")
    body = next(iter(repository(acme, "pay").issues.values())).body
    assert f'"repository": "github.com/{pm.id}"' in body
    assert f"https://github.com/acme/pm/blob/{pm.default_branch}/{QUEUE}#action-items" in body


def test_requests_and_pace_are_those_of_the_run(acme: World) -> None:
    report = sync(acme)
    assert len(acme.server.requests) == report.reads + report.writes
    made = [one.at for one in acme.server.requests if one.method == "POST" and one.path.endswith("/issues")]
    assert (made[1] - made[0]).total_seconds() >= 60 / 80


def test_a_workspace_opens_one_tracker_for_each_repository_with_one_count(acme: World) -> None:
    settings = config.load(acme.root, acme.root)
    tracker = open_workspace(settings, environment={"GITHUB_TOKEN": "t"}).tracker
    assert isinstance(tracker, Routed)
    assert ["acme/web", "acme/pay"] == [part.project for part in tracker.parts]
    web, pay = tracker.parts
    assert web.requests is pay.requests
    assert ("acme/web", None) == tuple(
        found.project if (found := part.reference("acme/old-web#3")) else None for part in (web, pay)
    )
