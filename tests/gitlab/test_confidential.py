"""Who sees what on GitLab, where a single issue can be kept from all but the members of its project."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.servers.gitlab import gitlab
from tests.servers.gitlab.entities import Issue
from tracksync import app, config, examination
from tracksync.model import Status
from tracksync.reports.run import RunReport
from tracksync.workspace import Workspace, open_workspace

from .world import ISSUES, PROJECT, World, draft, row, rules


class Place(World):
    """The documents are in `acme/pm`, on the same GitLab, unless they are elsewhere."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.pm = self.server.state.project(self.acme, "pm", visibility="private", members={self.alice: 40})
        self.pm.members[self.server.state.tokens[self.token].user] = 20
        self.document(row("Give retries a limit"))
        self.hosted("acme/pm")

    def hosted(self, project: str) -> None:
        subprocess.run(["git", "remote", "remove", "origin"], cwd=self.root, capture_output=True)
        url = f"{self.server.url}/{project}.git"
        subprocess.run(["git", "remote", "add", "origin", url], cwd=self.root, check=True)

    def space(self, **hosted: Any) -> Workspace:
        opened = open_workspace(config.load(self.root, self.root), now=lambda: self.server.clock.now)
        settings = replace(
            opened.settings, tracker="gitlab", project="acme/web", hosted=opened.settings.hosted._replace(**hosted)
        )
        tracker = self.tracker(confidential=settings.hosted.confidential)
        return replace(opened, settings=settings, tracker=tracker, cache=None)

    def run(self, **hosted: Any) -> RunReport:
        self.server.clock.advance(1)
        report = app.sync(self.space(**hosted))
        assert () == report.failed
        self.commit()
        return report

    @property
    def issue(self) -> Issue:
        return self.web.issues[1]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with gitlab() as server:
        made = Place(server, tmp_path)
        yield made
        assert [] == server.requests.violations()


def test_issues_of_private_documents_are_confidential_in_a_public_project(place: Place) -> None:
    assert [] == rules(place.run())
    assert (True, "opened") == (place.issue.confidential, place.issue.state)
    report = place.run()
    assert ((), []) == (report.plan.changes, rules(report))


def test_both_sides_go_on_as_with_any_issue(place: Place) -> None:
    place.run()
    place.edit("Give retries a limit", "Give retries a limit of 3")
    place.person().edits(1, state="closed", assignees=[place.bob])
    for _ in range(2):
        assert [] == rules(place.run())
    assert "Give retries a limit of 3" == place.issue.title
    assert ("Complete" in place.read(), "@bob" in place.read()) == (True, True)


@pytest.mark.parametrize("visibility", ["public", "internal"])
def test_as_many_people_see_the_documents_and_nothing_is_hidden(place: Place, visibility: str) -> None:
    place.pm.visibility = place.web.visibility = visibility
    assert [] == rules(place.run())
    assert not place.issue.confidential


def test_unless_every_issue_is_to_be(place: Place) -> None:
    place.pm.visibility = "public"
    assert [] == rules(place.run(confidential=True))
    assert place.issue.confidential


def test_what_may_be_seen_by_more_people_is_not_hidden(place: Place) -> None:
    assert [] == rules(place.run(allow_more_public=True))
    assert not place.issue.confidential


def test_an_issue_that_somebody_made_visible_gets_nothing_more_of_private_documents(place: Place) -> None:
    place.run()
    place.person().edits(1, confidential=False)
    place.edit("Give retries a limit", "Give retries a secret limit")
    assert ["more-public"] == rules(place.run())
    assert "Give retries a limit" == place.issue.title
    place.person().edits(1, confidential=True)
    assert [] == rules(place.run())
    assert "Give retries a secret limit" == place.issue.title


@pytest.mark.parametrize("same", [True, False])
def test_of_a_confidential_issue_only_the_status_comes_into_public_documents(place: Place, same: bool) -> None:
    place.pm.visibility = "public"
    if same:
        place.hosted("acme/web")
    place.run()
    assert not place.issue.confidential
    place.person().edits(1, confidential=True, assignees=[place.bob], state="closed")
    for _ in range(2):
        assert ["less-public"] == rules(place.run())
    assert ("Complete" in place.read(), "@bob" in place.read()) == (True, False)
    place.run(allow_less_public=True)
    assert "@bob" in place.read()


def test_where_issues_are_for_members_only_the_project_counts_as_private(place: Place) -> None:
    place.web.issues_access_level = "private"
    assert [] == rules(place.run())
    assert not place.issue.confidential
    place.pm.visibility = "public"
    place.forget()
    place.person().edits(1, assignees=[place.bob])
    assert ["less-public"] == rules(place.run())


def test_who_sees_it_is_asked_once_before_the_first_create_and_never_when_nothing_changes(place: Place) -> None:
    place.run()
    place.document(row("Give retries a limit"), row("Another"), row("A third"), path="postmortems/b.md")
    place.server.requests.clear()
    place.run()
    assert 2 == len(place.server.requests.of("GET", PROJECT))
    assert {True} == {one.confidential for one in place.web.issues.values()}
    place.server.requests.clear()
    place.run()
    assert 0 == len(place.server.requests.of("GET", PROJECT))


def test_an_issue_that_came_back_open_to_everybody_is_told_and_no_other_one_is_made(place: Place) -> None:
    place.document(row("Give retries a limit"), row("Another"))

    def ignored(exchange: Any) -> Any:
        answer = exchange.apply()
        place.issue.confidential = False
        return replace(answer, body=json.dumps(json.loads(answer.body) | {"confidential": False}).encode())

    place.server.faults.add("POST", ISSUES, ignored)
    report = app.sync(place.space())
    assert [1] == place.numbers()
    assert ["acme/web#1 was to be confidential and is not"] == [
        one.message.partition(":")[0] for one in report.noticed if one.rule == "beside"
    ]
    assert ["not created, because acme/web#1 was to be confidential and is not"] == [
        one.message.partition(";")[0] for one in report.failed
    ]


def test_doctor_says_that_issues_will_be_confidential(place: Place) -> None:
    (told,) = [one for one in examination.of_workspace(place.space()) if one.name == "visibility"]
    said = "acme/web is public and the documents are private, so new issues are confidential there"
    assert told.message.startswith(said)


def test_the_tracker_alone_makes_what_a_draft_wants(world: World) -> None:
    made = world.tracker().create(replace(draft(), confidential=True))
    assert (True, Status.NOT_STARTED) == (made.confidential, made.status)
    assert (made,) == world.tracker().issues().issues
