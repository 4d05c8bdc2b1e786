"""Several projects of one GitLab as one tracker, and documents that are hosted there too."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.servers.gitlab.entities import Project
from tracksync import app, config
from tracksync.reports.run import RunReport
from tracksync.trackers.base import Requests
from tracksync.trackers.gitlab.opened import open_tracker
from tracksync.trackers.opening import Wanted
from tracksync.trackers.routed import Routed, routed
from tracksync.trackers.web.clock import Clock
from tracksync.trackers.web.pace import Pace
from tracksync.workspace import open_workspace

from .world import QUEUE, World, row, rules

CONFIGURATION = """tracker:
  kind: gitlab
  project: acme/web
  base_url: {url}
  formerly: [acme/old-web]
  signals: [merge_requests]
  routes:
    - {{team: bob, project: acme/sub/pay}}
"""


class Acme:
    """Issues go to acme/web, bob's to acme/sub/pay; the documents are those of acme/pm."""

    def __init__(self, world: World) -> None:
        self.world = world
        state, people = world.server.state, {world.alice: 40, world.bob: 30}
        self.pay = state.project(state.group("sub", parent=world.acme), "pay", members=people, visibility="private")
        self.pm = state.project(world.acme, "pm", members=people, visibility="private")
        world.token = state.group_token(world.acme, level=20)
        world.write("tracksync.yml", CONFIGURATION.format(url=world.server.url))
        world.document(row("Give retries a limit"), row("Warm the cache", "@bob"))
        url = f"{world.server.url}/acme/pm.git"
        subprocess.run(["git", "remote", "add", "origin", url], cwd=world.root, check=True)

    def sync(self) -> RunReport:
        """One run, as the configuration describes it."""
        world = self.world
        world.server.clock.advance(1)
        settings = config.load(world.root, world.root)
        environment = {"GITLAB_TOKEN": world.token, "TRACKSYNC_HOST": world.server.url.partition("://")[2]}
        space = open_workspace(settings, environment=environment, now=lambda: world.server.clock.now)
        clock = Clock(lambda: world.server.clock.now, world.server.clock.advance)
        sent, paces = Requests(), dict[str, Pace]()

        def opened(project: str):
            wanted = Wanted(world.root, project, base_url=world.server.url, token=world.token, clock=clock)
            return open_tracker(replace(wanted, sent=sent, paces=paces, signals=settings.hosted.signals))

        tracker = routed(settings.project, [route.project for route in settings.routes], opened)
        report = app.sync(replace(space, tracker=tracker))
        world.commit()
        return report


@pytest.fixture
def acme(world: World) -> Acme:
    return Acme(world)


def titles(project: Project) -> list[str]:
    return [one.title for one in project.issues.values()]


def test_each_item_has_one_issue_in_its_project_and_a_second_run_has_nothing_to_do(acme: Acme) -> None:
    report = acme.sync()
    assert ((), []) == (report.failed, [problem.message for problem in report.plan.problems])
    assert (["Give retries a limit"], ["Warm the cache"], []) == tuple(
        titles(one) for one in (acme.world.web, acme.pay, acme.pm)
    )
    text, url = acme.world.read(QUEUE), acme.world.server.url
    assert (True, True) == (f"({url}/acme/web/-/issues/1)" in text, f"({url}/acme/sub/pay/-/issues/1)" in text)
    again = acme.sync()
    assert ((), (), 0, []) == (again.plan.changes, again.failed, again.writes, rules(again))


def test_only_where_more_people_see_the_project_issues_are_confidential(acme: Acme) -> None:
    acme.sync()
    assert (True, False) == (acme.world.web.issues[1].confidential, acme.pay.issues[1].confidential)


def test_the_marker_names_the_documents_by_their_number_and_the_block_links_them(acme: Acme) -> None:
    acme.sync()
    host, text = acme.world.server.url.partition("://")[2], acme.pay.issues[1].description or ""
    assert f'"repository": "{host}/{acme.pm.id}"' in text
    assert f"{acme.world.server.url}/acme/pm/-/blob/main/{QUEUE}#action-items" in text


def test_requests_and_pace_are_those_of_the_run(acme: Acme) -> None:
    report = acme.sync()
    assert len(acme.world.server.requests) == report.reads + report.writes
    made = [one.at for one in acme.world.server.requests if one.method == "POST" and one.path.endswith("/issues")]
    assert (made[1] - made[0]).total_seconds() >= 60 / 200


def test_a_workspace_opens_one_tracker_for_each_project_with_one_count(acme: Acme) -> None:
    root: Path = acme.world.root
    environment = {"GITLAB_TOKEN": "t", "TRACKSYNC_HOST": acme.world.server.url.partition("://")[2]}
    tracker = open_workspace(config.load(root, root), environment=environment).tracker
    assert isinstance(tracker, Routed)
    web, pay = tracker.parts
    assert (("acme/web", "acme/sub/pay"), True) == ((web.project, pay.project), web.requests is pay.requests)
    assert ("acme/web", None) == tuple(
        found.project if (found := part.reference("acme/old-web#3")) else None for part in (web, pay)
    )
