"""Several projects as one tracker."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.contract.tracker_contract import draft
from tests.hosted import PM, Hosted
from tracksync.errors import TrackerError
from tracksync.model import Fetched, Field, IssueDraft, IssuePatch, IssueRef, Overwritten, Problem, Severity, Written
from tracksync.trackers.base import Requests
from tracksync.trackers.local import LocalTracker
from tracksync.trackers.routed import Routed, parts, routed


class Project(Hosted):
    """A project whose platform can be told what to answer."""

    host = "local"

    def __init__(self, path: Path, project: str) -> None:
        super().__init__(path)
        self.project = project
        self.held: list[str] = []
        self.complete = True

    def check(self) -> list[Problem]:
        return [Problem("tracker-unusable", Severity.ERROR, "", 0, self.project)]

    def hold(self, values, project=""):
        self.held.append(project)
        return super().hold(values, project)

    def issues(self, since="", *, every=False):
        found = super().issues(since, every=every)
        return found if self.complete else Fetched(found.issues, False, f"page 2 of {self.project} is missing")

    def whereabouts(self, ref):
        return f"was moved out of {self.project}"

    def refined(self, issues):
        return [replace(issue, priority="P0") for issue in issues] if self.project == "web" else issues

    def overwritten(self, written):
        return [Overwritten(one.after.ref, "due", "dana", self.project) for one in written]

    def editors(self, asked):
        return dict.fromkeys(asked, self.project)


@pytest.fixture
def both(tmp_path: Path) -> Routed:
    tracker = routed("pm", ["web", "pm", "web"], lambda project: Project(tmp_path / "t.db", project))
    assert isinstance(tracker, Routed)
    return tracker


def drafted(project: str) -> IssueDraft:
    return replace(draft(), project=project)


def test_without_other_projects_it_is_the_tracker_of_the_default_one(tmp_path: Path) -> None:
    tracker = routed("pm", ["pm"], lambda project: LocalTracker(tmp_path / "t.db", project))
    assert isinstance(tracker, LocalTracker)
    assert (tracker,) == parts(tracker)


def test_it_is_made_of_one_tracker_for_each_project(both: Routed) -> None:
    assert ["pm", "web"] == [part.project for part in parts(both)]
    assert ("local", "pm", ()) == (both.host, both.project, both.pace)


def test_an_issue_is_made_read_and_changed_in_its_own_project(both: Routed) -> None:
    made = [both.create(drafted(project)) for project in ("web", "pm", "")]
    refs = [IssueRef("local", "web", 1), IssueRef("local", "pm", 1), IssueRef("local", "pm", 2)]
    assert refs == [issue.ref for issue in made]
    assert {refs[1], refs[2], refs[0]} == {issue.ref for issue in both.issues().issues}
    changed = both.update(made[0], IssuePatch({Field.DUE: "2027-03-03"}, None))
    assert "2027-03-03" == both.fetch([refs[0]])[refs[0]].due == changed.due


def test_a_fetch_asks_only_the_projects_that_are_meant(both: Routed) -> None:
    made = both.create(drafted("web"))
    gone = IssueRef("local", "elsewhere", 1)
    sent = both.requests.read
    assert [made.ref] == list(both.fetch([gone, made.ref._replace(host="github.com"), made.ref]))
    assert 1 == both.requests.read - sent


def test_requests_are_summed_and_a_count_that_is_shared_counts_once(both: Routed) -> None:
    both.create(drafted("web"))
    both.create(drafted("pm"))
    assert Requests(0, 2) == both.requests
    for part in both.parts:
        part.requests = Requests(3, 4)  # type: ignore[misc]
    assert Requests(6, 8) == both.requests
    shared = Requests(3, 4)
    for part in both.parts:
        part.requests = shared  # type: ignore[misc]
    assert shared == both.requests


def test_a_listing_is_complete_when_each_part_is(both: Routed) -> None:
    both.create(drafted("pm"))
    _, web = both.parts
    web.complete = False  # type: ignore[attr-defined]
    found = both.issues()
    assert (1, False, "page 2 of web is missing") == (len(found.issues), found.complete, found.reason)


def test_what_changed_since_a_version_is_asked_of_one_project(both: Routed) -> None:
    with pytest.raises(ValueError, match="ask the parts"):
        both.issues("2027-01-01")


def test_a_reference_without_a_project_is_the_default_ones(both: Routed) -> None:
    assert IssueRef("local", "pm", 12) == both.reference("#12")
    assert IssueRef("local", "web", 12) == both.reference("web#12")
    assert None is both.reference("elsewhere#12")
    assert "web#12" == both.link(IssueRef("local", "web", 12))


def test_values_are_held_by_their_project(both: Routed) -> None:
    default, web = both.parts
    both.hold({Field.OWNER: "alice"})
    both.hold({Field.OWNER: "alice"}, "web")
    assert ([""], ["web"]) == (default.held, web.held)  # type: ignore[attr-defined]


def test_problems_histories_and_repositories_are_those_of_the_parts(both: Routed) -> None:
    assert ["pm", "web"] == [problem.message for problem in both.check()]
    made = [both.create(drafted(project)) for project in ("web", "pm")]
    found = both.overwritten([Written(issue, IssuePatch({}, None), issue) for issue in made])
    assert [("web", "web"), ("pm", "pm")] == [(one.ref.project, one.value) for one in found]
    asked = [(issue.ref, Field.DUE) for issue in made]
    assert {asked[0]: "web", asked[1]: "pm"} == both.editors(asked)
    assert PM == both.repository("acme/pm")


def test_what_only_a_project_knows_is_asked_there(both: Routed) -> None:
    made = [both.create(drafted(project)) for project in ("web", "pm")]
    assert {"web": "P0", "pm": "P1"} == {issue.ref.project: issue.priority for issue in both.refined(made)}
    assert "was moved out of web" == both.whereabouts(made[0].ref)


def test_notes_of_all_projects_are_in_one_list(both: Routed) -> None:
    both.parts[1].notes.append("web#1 is not on the board")
    assert ["web#1 is not on the board"] == both.notes


def test_a_project_that_nobody_configured_is_told(both: Routed) -> None:
    with pytest.raises(TrackerError, match="elsewhere is not among the projects"):
        both.create(drafted("elsewhere"))


def test_who_sees_a_project_its_own_tracker_knows(both: Routed) -> None:
    asked: dict[str, list[list[str]]] = {"pm": [], "web": []}
    for part in both.parts:
        part.visibility = lambda names, of=part.project: asked[of].append(list(names)) or {}  # type: ignore[method-assign]
    both.visibility(["web", "acme/pm"])
    both.visibility(["acme/pm"])
    assert {"pm": [["acme/pm"]], "web": [["web", "acme/pm"]]} == asked
