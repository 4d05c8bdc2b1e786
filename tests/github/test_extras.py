"""Signals and a board: what a configuration may ask for beyond an issue's own fields."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.tracker_contract import VALUES, draft, marker
from tests.servers import faults
from tests.servers.github import Server, github
from tracksync.model import Field, Issue, IssuePatch, Status
from tracksync.trackers.base import Requests
from tracksync.trackers.github.address import Address
from tracksync.trackers.github.opened import tracker_at
from tracksync.trackers.github.tracker import GitHubTracker
from tracksync.trackers.opening import Wanted
from tracksync.trackers.web.clock import Clock


class Acme:
    """An organisation with a board, its project, and people in it."""

    def __init__(self, server: Server) -> None:
        state = server.state
        self.server = server
        self.clock = Clock(lambda: server.clock.now, server.clock.advance)
        self.alice, self.bob = state.user("alice"), state.user("bob")
        self.organisation = state.organization("acme", self.alice, self.bob)
        self.web = state.repository(self.organisation, "web", push=[self.alice, self.bob])
        self.board = state.project(self.organisation, "Follow-ups")
        state.project_field(self.board, "Target date", "date")
        state.project_field(self.board, "Priority", "single_select", ["Urgent", "High", "Medium", "Low"])
        state.project_field(self.board, "Status", "single_select", ["Todo", "In Progress", "Done"])
        self.token = state.classic_token(self.alice, "repo", "project", "read:org")

    def tracker(self, *signals: str, board: bool = False) -> GitHubTracker:
        place = Address("https://github.com", self.server.url, "github.com")
        number = self.board.number if board else 0
        wanted = Wanted(
            Path(), "acme/web", token=self.token, signals=signals, board=number, status_field="Status", clock=self.clock
        )
        return tracker_at(place, wanted)

    def people(self):
        return self.server.people(self.web, self.bob)

    def on_board(self) -> dict[str, object]:
        (item,) = self.board.items
        names = {field.id: field for field in self.board.fields}
        return {names[ident].name: names[ident].options.get(str(value), value) for ident, value in item.values.items()}

    def sets(self, **values: object) -> None:
        """Bob changes the board: field → option or day."""
        (item,) = self.board.items
        for field in self.board.fields:
            if field.name.split(" ")[0].lower() in values:
                value = values[field.name.split(" ")[0].lower()]
                item.values[field.id] = next((key for key, name in field.options.items() if name == value), value)


@pytest.fixture
def acme() -> Iterator[Acme]:
    with github() as server:
        yield Acme(server)
        assert [] == server.requests.violations()


def seen(tracker: GitHubTracker) -> Issue:
    (issue,) = tracker.refined(tracker.issues().issues)
    return issue


class TestSignals:
    def test_nothing_is_asked_that_is_not_wanted(self, acme: Acme) -> None:
        tracker = acme.tracker()
        tracker.create(draft())
        issues, before = tracker.issues().issues, tracker.requests.read
        assert list(issues) == tracker.refined(issues)
        assert before == tracker.requests.read

    def test_an_open_pull_request_that_will_close_it_says_in_progress(self, acme: Acme) -> None:
        tracker = acme.tracker("pull_requests")
        made = tracker.create(draft())
        pull = acme.people().opens_pull("Alert", closes=[made.ref.number])
        assert Status.IN_PROGRESS is seen(tracker).status
        acme.people().edits(pull.number, state="closed")
        assert Status.NOT_STARTED is seen(tracker).status

    def test_an_issue_that_waits_for_an_open_one_is_blocked(self, acme: Acme) -> None:
        tracker = acme.tracker("dependencies")
        made = tracker.create(draft())
        other = acme.people().opens("First this")
        acme.web.issues[made.ref.number].blocked_by.append(other)
        assert Status.BLOCKED is seen(tracker).status
        acme.people().edits(other.number, state="closed")
        assert Status.NOT_STARTED is seen(tracker).status

    def test_a_closed_issue_is_closed_and_costs_nothing(self, acme: Acme) -> None:
        tracker = acme.tracker("pull_requests", "dependencies")
        made = tracker.create(draft())
        acme.people().edits(made.ref.number, state="closed")
        issues, before = tracker.issues().issues, tracker.requests.read
        assert [Status.COMPLETE] == [issue.status for issue in tracker.refined(issues)]
        assert before == tracker.requests.read

    def test_a_hundred_and_one_issues_are_two_queries(self, acme: Acme) -> None:
        for number in range(101):
            acme.people().opens(f"Item {number}", labels=["tracksync"])
        tracker = acme.tracker("pull_requests", "dependencies", board=True)
        issues, before = tracker.issues().issues, tracker.requests.read
        assert 101 == len(tracker.refined(issues))
        assert 2 == tracker.requests.read - before


class TestBoard:
    def test_a_new_issue_gets_an_item_that_says_due_date_and_priority(self, acme: Acme) -> None:
        tracker = acme.tracker(board=True)
        tracker.create(draft(priority="P1"))
        assert {"Target date": VALUES[Field.DUE], "Priority": "High"} == acme.on_board()
        assert VALUES[Field.DUE] == seen(tracker).due

    def test_what_a_person_sets_on_the_board_is_the_trackers_value(self, acme: Acme) -> None:
        tracker = acme.tracker(board=True)
        tracker.create(draft())
        acme.sets(target="2027-05-05", status="In Progress")
        assert ("2027-05-05", Status.IN_PROGRESS) == (seen(tracker).due, seen(tracker).status)
        acme.sets(status="Done")
        assert Status.NOT_STARTED is seen(tracker).status

    def test_an_update_is_written_to_the_board_before_the_issue(self, acme: Acme) -> None:
        tracker = acme.tracker(board=True)
        tracker.create(draft())
        issue = seen(tracker)
        acme.server.faults.add("PATCH", "/repos/{owner}/{repo}/issues/{issue_number}", faults.fails_before(502))
        with pytest.raises(Exception, match="lost"):
            tracker.update(issue, IssuePatch({Field.DUE: "2027-06-06"}, marker(1)))
        assert {"Target date": "2027-06-06", "Priority": "High"} == acme.on_board()
        again = seen(tracker)
        assert ("2027-06-06", VALUES[Field.DUE]) == (again.due, again.marker.base[Field.DUE].value)
        tracker.update(again, IssuePatch({Field.DUE: ""}, marker(2)))
        assert "" == seen(tracker).due

    def test_what_is_there_already_is_not_written(self, acme: Acme) -> None:
        tracker = acme.tracker(board=True)
        tracker.create(draft())
        issue, before = seen(tracker), tracker.requests.write
        tracker.update(issue, IssuePatch({Field.STATUS: "blocked"}, marker(1)))
        assert 2 == tracker.requests.write - before  # the label "status/blocked" is made, and the issue changed

    def test_a_board_that_can_not_be_written_loses_no_issue(self, acme: Acme) -> None:
        tracker = acme.tracker(board=True)
        acme.server.faults.add("POST", "/orgs/*/items", faults.answers(403, {"message": "Forbidden"}))
        made = tracker.create(draft())
        assert VALUES[Field.DUE] == made.due
        assert [f"{made.ref} is not on the board"] == [
            note[: len(f"{made.ref} is not on the board")] for note in tracker.notes
        ]

    def test_the_project_of_a_person_has_no_board(self, acme: Acme) -> None:
        acme.web = acme.server.state.repository(acme.alice, "web")
        place = Address("https://github.com", acme.server.url, "github.com")
        tracker = tracker_at(place, Wanted(Path(), "alice/web", token=acme.token, board=1))
        made = tracker.create(draft(owner=""))
        assert Requests is type(tracker.requests)
        assert [f"{made.ref} is not on the board as it should be: tracker.board 1 belongs to an organisation"] == [
            note.partition(", ")[0] for note in tracker.notes
        ]
