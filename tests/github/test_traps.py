"""Every trap of GitHub and of its client library that is known, and that we don't fall into it.

sending       a POST or PATCH whose fate is unclear is never sent again; what a limit refused is; 429 is a limit;
              GraphQL says RATE_LIMITED in an answer with status 200; partial data is no data
redirects     a renamed repository keeps the query and is told; the token never leaves for another server
listing       pull requests, more than 10,000 issues, `since` in UTC and inclusive, whole seconds, ETags of a token,
              no search, no counting, no request for each issue
writing       labels and assignees replace the set; who can't be assigned fails the whole request; without push
              access fields are dropped silently; labels have a colour and a description; caps; a reason changes only
              with the state
being gone    deleted, transferred, locked, a pull request; issues switched off; an archived repository
being nobody  GITHUB_TOKEN may not ask GET /user
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.servers import faults
from tests.servers.github import github, refusals
from tests.servers.messages import Answer, Exchange, of_json
from tracksync.errors import BudgetSpent, OutcomeUnknown, StaleIssue, TrackerError
from tracksync.model import Bond, Field, IssuePatch, Marker, Severity, Status
from tracksync.trackers import body
from tracksync.trackers.base import Forgetful, Requests
from tracksync.trackers.github import connection
from tracksync.trackers.github.address import Address
from tracksync.trackers.github.opened import tracker_at
from tracksync.trackers.labels import LOOKS
from tracksync.trackers.opening import Wanted
from tracksync.trackers.web.clock import Clock
from tracksync.trackers.web.once import SECONDS

from .world import GRAPHQL, ISSUE, ISSUES, LABELS, VALUES, World, draft, row, rules

UNCLEAR: dict[str, Callable[[], Any]] = {
    "lost before": lambda: faults.lost_before(),
    "reset before": lambda: faults.lost_before(reset=True),
    "lost after": lambda: faults.lost_after(),
    "reset after": lambda: faults.lost_after(reset=True),
    "500 before": lambda: faults.fails_before(500),
    "502 after": lambda: faults.fails_after(502),
    "503 before": lambda: faults.fails_before(503),
    "504 after": lambda: faults.fails_after(504),
    "cut off": lambda: faults.truncated(),
    "a page": lambda: faults.html_page(),
    "a page with 502": lambda: faults.html_page(502),
}
LIMITED: dict[str, Callable[[World], Any]] = {
    "primary 403": lambda world: refusals.primary_limit(600),
    "primary 429": lambda world: refusals.primary_limit(600, 429),
    "secondary 403": lambda world: refusals.secondary_limit(),
    "secondary 403, seconds": lambda world: refusals.secondary_limit("30"),
    "secondary 403, date": lambda world: refusals.secondary_limit(faults.http_date(world.server.clock, 45)),
    "secondary 429": lambda world: refusals.secondary_limit(status=429),
    "secondary 429, seconds": lambda world: refusals.secondary_limit("30", 429),
    "secondary 429, date": lambda world: refusals.secondary_limit(faults.http_date(world.server.clock, 45), 429),
}
SECONDS_OF = {"primary": 601, "seconds": 30, "date": 45}


def waited(name: str) -> int:
    """How long a limit of this name is waited for; a minute when it doesn't say."""
    return next((seconds for word, seconds in SECONDS_OF.items() if word in name), 60)


def elapsed(world: World, act: Callable[[], object]) -> float:
    began = world.server.clock.now
    act()
    return (world.server.clock.now - began).total_seconds()


def sent(world: World, method: str, template: str) -> int:
    return len(world.server.requests.of(method, template))


class TestSending:
    @pytest.mark.parametrize("fault", UNCLEAR)
    def test_a_create_whose_fate_is_unclear_is_never_sent_again(self, world: World, fault: str) -> None:
        world.server.faults.add("POST", ISSUES, UNCLEAR[fault](), times=None)
        with pytest.raises(OutcomeUnknown):
            world.tracker().create(draft())
        assert 1 == sent(world, "POST", ISSUES)
        assert len(world.numbers()) == sum(one.applied == 201 for one in world.server.requests.of("POST", ISSUES))

    @pytest.mark.parametrize("fault", UNCLEAR)
    def test_an_update_whose_fate_is_unclear_is_never_sent_again(self, world: World, fault: str) -> None:
        made = world.tracker().create(draft())
        world.server.faults.add("PATCH", ISSUE, UNCLEAR[fault](), times=None)
        with pytest.raises(OutcomeUnknown):
            world.tracker().update(made, IssuePatch({Field.TITLE: "Another"}, None))
        assert 1 == sent(world, "PATCH", ISSUE)

    @pytest.mark.parametrize("fault", UNCLEAR)
    def test_reading_is_tried_again(self, world: World, fault: str) -> None:
        made = world.tracker().create(draft())
        for method, path in (("GET", ISSUES), ("POST", GRAPHQL)):
            world.server.faults.add(method, path, UNCLEAR[fault](), times=2)
        world.forget()
        assert (made,) == world.tracker().issues().issues
        assert {made.ref: made} == world.tracker().fetch([made.ref])

    @pytest.mark.parametrize("limit", LIMITED)
    def test_a_create_that_a_limit_refused_is_sent_again_after_the_wait(self, world: World, limit: str) -> None:
        tracker = world.tracker()
        tracker.facts.ensure_labels(frozenset(LOOKS))
        world.server.clock.advance(60)
        world.server.faults.add("POST", ISSUES, LIMITED[limit](world))
        assert waited(limit) == elapsed(world, lambda: tracker.create(draft()))
        assert ([1], 2) == (world.numbers(), sent(world, "POST", ISSUES))
        assert [f"127.0.0.1 asks to wait: going on in {waited(limit)} s"] == world.said

    @pytest.mark.parametrize("limit", LIMITED)
    def test_so_is_an_update_and_a_listing(self, world: World, limit: str) -> None:
        made = world.tracker().create(draft())
        tracker = world.tracker()
        for method, path in (("PATCH", ISSUE), ("GET", ISSUES)):
            world.server.faults.add(method, path, LIMITED[limit](world))
        assert waited(limit) == elapsed(world, lambda: tracker.update(made, IssuePatch({Field.TITLE: "Another"}, None)))
        assert "Another" == tracker.issues().issues[0].title

    def test_graphql_says_with_status_200_that_its_limit_is_reached(self, world: World) -> None:
        world.server.faults.add("POST", GRAPHQL, refusals.graphql_limited(300))
        assert 301 == elapsed(world, lambda: world.tracker().facts.viewer())

    def test_a_part_of_an_answer_is_no_answer(self, world: World) -> None:
        """What was not found because of an error must not look gone."""
        made = [world.tracker().create(draft()) for _ in range(2)]
        partial = {
            "data": {"repository": {"i1": None, "i2": None}},
            "errors": [{"type": "FORBIDDEN", "path": ["repository", "i1"], "message": "no access"}],
        }
        tracker = world.tracker()
        world.server.faults.add("POST", GRAPHQL, faults.answers(200, partial))
        with pytest.raises(TrackerError, match="no access"):
            tracker.fetch([one.ref for one in made])

    @pytest.mark.parametrize("status", [401, 404])
    def test_a_query_that_is_refused_is_told(self, world: World, status: int) -> None:
        made = world.tracker().create(draft())
        world.server.faults.add("POST", GRAPHQL, faults.answers(status, {"message": "No"}))
        with pytest.raises(TrackerError, match=f"reading issues of acme/web was refused with status {status}: No"):
            world.tracker().fetch([made.ref])

    def test_a_limit_that_lasts_longer_than_the_run_may_ends_it(self, world: World) -> None:
        tracker = world.tracker(minutes=10)
        world.server.faults.add("GET", ISSUES, refusals.primary_limit(3_000))
        with pytest.raises(BudgetSpent) as raised:
            tracker.issues()
        assert raised.value.resume > world.server.clock.now.isoformat()[:16]
        assert [] == world.said

    def test_an_answer_that_drips_ends_in_time(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection._Once, "seconds", 0.2)
        monkeypatch.setattr(connection.Connection.__init__, "__defaults__", (0.2,))
        assert SECONDS > 0.2
        world.tracker().facts.viewer()
        world.tracker().facts.ensure_labels(frozenset(LOOKS))
        world.server.faults.add("POST", ISSUES, faults.drips(100))
        with pytest.raises(OutcomeUnknown, match=r"no whole answer within 0\.2 s"):
            world.tracker().create(draft())
        assert (1, [1]) == (sent(world, "POST", ISSUES), world.numbers())

    def test_writing_keeps_within_the_limits_for_content(self, world: World) -> None:
        world.server.limits.like_github()
        tracker = world.tracker()
        for _ in range(170):
            tracker.create(draft())
        assert {201} == {one.status for one in world.server.requests.of("POST", ISSUES)}
        assert world.server.requests.busiest(60) <= 80

    def test_the_hour_of_a_jobs_token_is_waited_out(self, world: World) -> None:
        world.server.limits.hourly = 30
        tracker = world.tracker()
        for _ in range(40):
            tracker.create(draft())
        assert list(range(1, 41)) == world.numbers()
        assert {201, 403} == {one.status for one in world.server.requests.of("POST", ISSUES)}
        assert 1 == sum(one.status == 403 for one in world.server.requests.of("POST", ISSUES))


class TestRedirects:
    def test_a_renamed_repository_is_the_same_list_and_is_told(self, world: World) -> None:
        made = [world.tracker().create(draft()) for _ in range(3)]
        world.person().edits(2, state="closed")
        world.person().opens("Not ours")
        world.server.state.rename(world.web, "site")
        world.forget()
        tracker = world.tracker()
        assert [one.ref for one in made] == [one.ref for one in tracker.issues().issues]
        (listed,) = world.server.requests.of("GET", "/repositories/{repository_id}/issues")
        assert ["all", "tracksync", "100"] == [listed.query[name] for name in ("state", "labels", "per_page")]
        assert "acme/site" == tracker.called()

    def test_each_run_tells_what_it_is_called_now(self, world: World) -> None:
        world.document(row("Give retries a limit"))
        world.sync()
        world.server.state.rename(world.web, "site")
        world.forget()
        report = world.sync()
        assert (["project-renamed"], 1) == (rules(report), len(world.numbers()))
        assert "acme/web is now called acme/site" in report.plan.problems[0].message

    def test_everything_else_works_there_too(self, world: World) -> None:
        made = world.tracker().create(draft())
        world.server.state.rename(world.web, "site")
        world.forget()
        tracker = world.tracker()
        assert made == tracker.fetch([made.ref])[made.ref]
        changed = tracker.update(made, IssuePatch({Field.TITLE: "Another"}, None))
        assert (made.ref, "Another") == (changed.ref, changed.title)
        assert 2 == tracker.create(draft()).ref.number
        assert made.ref == tracker.reference("https://github.com/acme/web/issues/1")

    def test_pages_that_follow_go_on_by_the_repositorys_id(self, world: World) -> None:
        for number in range(250):
            world.person().opens(f"{number}", labels=["tracksync"])
        world.server.state.rename(world.web, "site")
        assert list(range(1, 251)) == [one.ref.number for one in world.tracker().issues().issues]

    def test_a_redirect_to_another_server_is_refused(self, world: World) -> None:
        elsewhere = faults.answers(301, {}, {"Location": "https://evil.example.com/repos/acme/web/issues"})
        tracker = world.tracker()
        world.server.faults.add("GET", ISSUES, elsewhere)
        with pytest.raises(TrackerError, match="the token stays here"):
            tracker.issues()


class TestListing:
    def test_pull_requests_are_left_out(self, world: World) -> None:
        made = world.tracker().create(draft())
        world.person().opens_pull("A fix", labels=["tracksync"])
        assert (made,) == world.tracker().issues().issues
        assert {made.ref: made} == world.tracker().fetch([world.ref(1), world.ref(2)])

    def test_the_number_of_a_pull_request_is_told_as_such(self, world: World) -> None:
        world.person().opens_pull("A fix")
        tracker = world.tracker()
        assert {} == tracker.fetch([world.ref(1)])
        assert "is a pull request, not an issue" == tracker.whereabouts(world.ref(1))

    def test_more_issues_than_pages_by_number_can_show_are_all_there(self, world: World) -> None:
        world.server.state.page_ceiling = 200
        for number in range(450):
            world.person().opens(f"{number}", labels=["tracksync"])
        assert list(range(1, 451)) == [one.ref.number for one in world.tracker().issues().issues]
        assert 5 == sent(world, "GET", "/repositories/{repository_id}/issues") + sent(world, "GET", ISSUES)

    def test_since_is_in_utc_and_includes_its_second(self, world: World) -> None:
        first = world.tracker().create(draft())
        second = world.tracker().create(draft())
        world.server.clock.advance(1)
        third = world.tracker().create(draft())
        assert [second.ref, third.ref] == [one.ref for one in world.tracker().issues(second.version).issues][-2:]
        assert first.version.partition("~")[0] <= second.version.partition("~")[0]
        asked = {one.query["since"] for one in world.server.requests.of("GET", ISSUES)}
        assert {second.version.partition("~")[0]} == asked
        assert "Z" == asked.pop()[-1]

    def test_two_changes_within_one_second_are_two_versions(self, world: World) -> None:
        made = world.tracker().create(draft())
        world.server.people(world.web, world.alice).edits(1, title="Hers")
        with pytest.raises(StaleIssue):
            world.tracker().update(made, IssuePatch({Field.TITLE: "Ours"}, None))
        assert ("Hers", made.version[:20]) == (
            world.web.issues[1].title,
            world.tracker().issues().issues[0].version[:20],
        )

    def test_a_listing_in_the_midst_of_which_it_fails_is_no_listing(self, world: World) -> None:
        for number in range(150):
            world.person().opens(f"{number}", labels=["tracksync"])
        tracker = world.tracker()
        world.server.faults.add("GET", "/repositories/{repository_id}/issues", faults.fails_before(503), times=None)
        with pytest.raises(TrackerError, match="answers with status 503, 5 times in a row"):
            tracker.issues()

    @pytest.mark.parametrize("answer", [{}, None, "x", [1], [None]])
    def test_an_answer_that_is_no_list_is_no_empty_list(self, world: World, answer: object) -> None:
        tracker = world.tracker()
        world.server.faults.add("GET", ISSUES, faults.answers(200, answer))
        with pytest.raises(TrackerError, match="the answer is no list"):
            tracker.issues()

    def test_what_did_not_change_costs_nothing_of_the_limit_for_the_same_token_only(self, world: World) -> None:
        version = world.tracker().create(draft()).version
        for token in (world.token, world.token, world.server.state.classic_token(world.robot)):
            assert 1 == len(world.tracker(token).issues(version).issues)
        assert [200, 304, 200] == [one.status for one in world.server.requests.of("GET", ISSUES)]

    def test_not_modified_without_a_question_is_no_empty_list(self, world: World) -> None:
        tracker = world.tracker()
        world.server.faults.add("GET", ISSUES, faults.answers(304, None))
        with pytest.raises(TrackerError, match="an answer without a question"):
            tracker.issues("2026-03-01T12:00:00Z~x")

    def test_too_much_that_changed_is_no_cheaper_than_everything(self, world: World) -> None:
        version = world.tracker().create(draft()).version
        for number in range(1_100):
            world.server.people(world.web, world.alice).opens(f"{number}")
        fetched = world.tracker().issues(version)
        assert (False, ()) == (fetched.complete, fetched.issues)
        assert 1 == len(world.tracker().issues().issues)

    def test_a_whole_life_sends_no_search_counts_nothing_and_reads_no_issue_alone(self, world: World) -> None:
        tracker = world.tracker()
        made = [tracker.create(draft()) for _ in range(3)]
        tracker.issues()
        tracker.issues(made[0].version)
        tracker.fetch([one.ref for one in made])
        seen = tracker.update(made[0], IssuePatch({Field.TITLE: "Another"}, None))
        tracker.overwritten([])
        assert "Another" == seen.title
        counts = world.server.requests.counts()
        assert {
            f"POST {GRAPHQL}": 2,
            "GET /orgs/{org}/issue-fields": 1,
            "GET /repos/{owner}/{repo}/assignees": 1,
            f"GET {LABELS}": 1,
            f"POST {LABELS}": 2,
            f"POST {ISSUES}": 3,
            f"GET {ISSUES}": 2,
            f"GET {ISSUE}": 1,
            f"PATCH {ISSUE}": 1,
        } == counts
        lists = [one for one in world.server.requests if one.template.endswith(("issues", "labels", "assignees"))]
        assert {"100"} == {one.query["per_page"] for one in lists if one.method == "GET"}
        assert Requests(8, 6) == tracker.requests


class TestWriting:
    @pytest.mark.parametrize("body", [{}, [], None, {"message": "ok"}])
    def test_an_answer_that_is_no_issue_is_an_unknown_outcome(self, world: World, body: object) -> None:
        tracker = world.tracker()
        world.server.faults.add("POST", ISSUES, faults.answers(201, body))
        with pytest.raises(OutcomeUnknown, match="the answer is no issue"):
            tracker.create(draft())

    @pytest.mark.parametrize("status", [400, 401, 404, 410])
    def test_a_create_that_is_refused_is_told_and_no_unknown_outcome(self, world: World, status: int) -> None:
        tracker = world.tracker()
        world.server.faults.add("POST", ISSUES, faults.answers(status, {"message": "No"}))
        with pytest.raises(
            TrackerError, match=f"making an issue in acme/web was refused with status {status}: No"
        ) as raised:
            tracker.create(draft())
        assert not isinstance(raised.value, OutcomeUnknown)

    def test_people_keep_their_labels_assignees_and_text(self, world: World) -> None:
        made = world.tracker().create(draft())
        them = world.person()
        them.edits(1, labels=["tracksync", "priority/P1", "sev1"], assignees=[world.alice, world.bob])
        them.edits(1, body=f"Seen.\n\n{made.body}\nA note.")
        (seen,) = world.tracker().issues().issues
        assert isinstance(seen.marker, Marker)
        patch = IssuePatch({Field.DUE: "2027-01-01", Field.PRIORITY: "P0"}, seen.marker)
        done = world.tracker().update(seen, patch)
        issue = world.web.issues[1]
        assert {"tracksync", "priority/P0", "sev1"} == {label.name for label in issue.labels}
        assert {world.alice, world.bob} == set(issue.assignees)
        assert (True, True) == (done.body.startswith("Seen.\n\n"), done.body.endswith("\nA note."))
        assert ("2027-01-01", "P0") == (done.due, done.priority)

    def test_a_label_that_is_there_in_another_case_is_ours(self, world: World) -> None:
        for name in ("Tracksync", "PRIORITY/P1", "Status/Blocked"):
            world.server.state.label(world.web, name)
        made = world.tracker().create(draft(status="blocked"))
        assert (True, "P1", Status.BLOCKED) == (made.labelled, made.priority, made.status)
        assert 0 == sent(world, "POST", LABELS)
        done = world.tracker().update(made, IssuePatch({Field.STATUS: "not_started"}, made.marker))
        assert (Status.NOT_STARTED, {"Tracksync", "PRIORITY/P1"}) == (
            done.status,
            {label.name for label in world.web.issues[1].labels},
        )

    def test_labels_have_a_colour_and_a_description_and_are_made_once(self, world: World) -> None:
        for _ in range(2):
            world.forget()
            world.tracker().create(replace(draft(status="in_progress"), labels=frozenset({"needs-owner"})))
        made = {label.name: (label.color, label.description) for label in world.web.labels.values()}
        names = ("tracksync", "needs-owner", "status/in-progress", "priority/P1")
        assert {name: tuple(LOOKS[name]) for name in names} == made
        assert 4 == sent(world, "POST", LABELS)

    def test_a_label_that_somebody_else_made_meanwhile_does_no_harm(self, world: World) -> None:
        act = faults.before(lambda: world.server.state.label(world.web, "tracksync"))
        world.server.faults.add("POST", LABELS, act, nth=2)
        assert world.tracker().create(draft()).labelled

    def test_a_label_that_is_too_long_is_told_and_makes_no_issue(self, world: World) -> None:
        with pytest.raises(TrackerError, match=r"making the label x+ in acme/web was refused with status 422"):
            world.tracker().create(replace(draft(), labels=frozenset({"x" * 51})))
        assert [] == world.numbers()

    def test_who_left_meanwhile_is_not_assigned_and_the_issue_is_made(self, world: World) -> None:
        tracker = world.tracker()
        tracker.create(draft())
        del world.web.collaborators[world.alice]
        made = tracker.create(draft(owner="alice,bob"))
        assert "bob" == made.owner
        assert [1, 2] == world.numbers()

    def test_somebody_whom_the_platform_refuses_again_never_loses_the_item(self, world: World) -> None:
        refused = {
            "message": "Validation Failed",
            "errors": [{"field": "assignees", "code": "invalid", "value": "alice"}],
        }
        world.server.faults.add("POST", ISSUES, faults.answers(422, refused), times=2)
        made = world.tracker().create(draft())
        assert ("", [1], 3) == (made.owner, world.numbers(), sent(world, "POST", ISSUES))

    def test_who_left_meanwhile_is_no_reason_to_lose_an_update(self, world: World) -> None:
        tracker = world.tracker()
        made = tracker.create(draft())
        del world.web.collaborators[world.bob]
        with pytest.raises(StaleIssue):
            tracker.update(made, IssuePatch({Field.OWNER: "bob", Field.TITLE: "Another"}, made.marker))
        assert {Field.TITLE: "Another"} == tracker.hold({Field.OWNER: "bob", Field.TITLE: "Another"})
        done = tracker.update(made, IssuePatch({Field.OWNER: "bob", Field.TITLE: "Another"}, made.marker))
        assert ("Another", "alice") == (done.title, done.owner)

    def test_without_push_access_what_was_dropped_shows_in_the_answer(self, world: World) -> None:
        world.tracker().create(draft())
        world.forget()
        made = world.tracker(world.server.state.classic_token(world.mallory)).create(draft())
        assert (False, [], []) == (made.labelled, world.web.issues[2].labels, world.web.issues[2].assignees)

    def test_without_push_access_the_check_says_so_before_anything_is_written(self, world: World) -> None:
        (problem,) = world.tracker(world.server.state.classic_token(world.mallory)).check()
        assert "the token may not set labels in acme/web; give the token the permission" in problem.message
        assert Severity.ERROR is problem.severity

    def test_a_long_title_and_a_long_body_fit(self, world: World) -> None:
        long = replace(
            draft(title="x" * 1_000), document_title="y" * 100_000, source="https://github.com/" + "z" * 2_000
        )
        made = world.tracker().create(long)
        assert (256, True) == (len(made.title), len(made.body) <= 65_000)

    def test_a_text_that_leaves_no_room_for_ours_is_refused_and_stays(self, world: World) -> None:
        theirs = "x" * 65_500
        world.person().opens("Long", theirs)
        (seen,) = world.tracker().fetch([world.ref(1)]).values()
        tie = IssuePatch(VALUES, draft().marker, bond=Bond.TIE, document_title="Queue outage")
        with pytest.raises(TrackerError, match=r"body is too long \(maximum is 65536 characters\)"):
            world.tracker().update(seen, tie)
        assert (theirs, []) == (world.web.issues[1].body, world.web.issues[1].labels)

    @pytest.mark.parametrize("reason", ["wont_do", "duplicate", "complete"])
    def test_a_reason_changes_only_with_the_state(self, world: World, reason: str) -> None:
        first = "complete" if reason != "complete" else "wont_do"
        made = world.tracker().create(draft(status=first))
        done = world.tracker().update(made, IssuePatch({Field.STATUS: reason}, made.marker))
        assert (first, reason) == (made.status, done.status)

    def test_an_issue_has_the_type_that_is_configured(self, world: World) -> None:
        world.server.state.issue_type(world.acme, "Task")
        world.tracker(issue_type="Task").create(draft())
        assert "Task" == world.web.issues[1].type.name  # type: ignore[union-attr]

    def test_text_of_a_document_mentions_closes_and_ends_nothing(self, world: World) -> None:
        nasty = replace(draft(), document_title="fixes #1 @alice <!-- --> ```\r\n::set-output x")
        made = world.tracker().create(nasty)
        shown = body.without_marker(made.body)
        assert ("@alice" in shown.replace("**Owner:** @alice", ""), "#1" in shown) == (False, False)
        assert isinstance(made.marker, Marker)


class TestBeingGone:
    def gone(self, world: World) -> tuple[Any, str]:
        tracker = world.tracker()
        found = tracker.fetch([world.ref(1)])
        return found, tracker.whereabouts(world.ref(1))

    def test_a_deleted_issue_is_missing_and_the_reason_told(self, world: World) -> None:
        world.tracker().create(draft())
        world.person().deletes(1)
        assert ({}, "was deleted, or the token can't see it") == self.gone(world)

    def test_a_transferred_issue_is_missing_and_its_new_place_told(self, world: World) -> None:
        world.tracker().create(draft())
        other = world.server.state.repository(world.acme, "ops", push=[world.robot])
        moved = world.person().transfers(1, other)
        found, where = self.gone(world)
        assert {} == found
        assert where.startswith("was moved to ")
        assert where.endswith(f"/acme/ops/issues/{moved.number}")

    @pytest.mark.parametrize("act", ["deletes", "transfers"])
    def test_one_that_went_after_planning_is_not_written(self, world: World, act: str) -> None:
        made = world.tracker().create(draft())
        other = world.server.state.repository(world.acme, "ops", push=[world.robot])
        them = world.person()
        them.deletes(1) if act == "deletes" else them.transfers(1, other)
        with pytest.raises(TrackerError, match=r"acme/web#1 was (deleted|moved)") as raised:
            world.tracker().update(made, IssuePatch({Field.TITLE: "Another"}, made.marker))
        assert "change or remove its link in the document" == raised.value.hint
        assert 0 == sent(world, "PATCH", ISSUE)

    def test_a_locked_issue_is_written_like_any_other(self, world: World) -> None:
        made = world.tracker().create(draft())
        world.person().locks(1)
        (seen,) = world.tracker().issues().issues
        assert "Another" == world.tracker().update(seen, IssuePatch({Field.TITLE: "Another"}, made.marker)).title

    def test_issues_that_are_switched_off_are_told_with_what_to_do(self, world: World) -> None:
        world.web.has_issues = False
        tracker = world.tracker()
        for act in (tracker.issues, lambda: tracker.create(draft())):
            with pytest.raises(TrackerError, match="status 410") as raised:
                act()
            assert "switch issues on in the repository's settings" in raised.value.hint
        (problem,) = tracker.check()
        assert "issues are switched off in acme/web" in problem.message

    def test_an_archived_repository_is_told(self, world: World) -> None:
        world.web.archived = True
        (problem,) = world.tracker().check()
        assert "acme/web is archived, so nothing can be written" == problem.message

    def test_a_repository_that_is_hidden_or_misspelt_is_told_as_either(self, world: World) -> None:
        world.web.visibility = "private"
        (problem,) = world.tracker(world.server.state.classic_token(world.mallory)).check()
        assert "acme/web doesn't exist on github.com, or the token can't see it" in problem.message


class TestBeingNobody:
    def test_a_jobs_token_works_without_asking_for_its_user(self, world: World) -> None:
        tracker = world.tracker(world.server.state.actions_token(world.web))
        made = tracker.create(draft())
        assert ([], "github-actions[bot]") == (tracker.check(), made.author)
        assert (made,) == tracker.issues().issues
        assert "GET /user" not in world.server.requests.counts()

    def test_a_jobs_token_may_not_read_the_fields_of_the_organisation_and_needs_none(self, world: World) -> None:
        world.server.state.issue_field(world.acme, "Target date", "date")
        made = world.tracker(world.server.state.actions_token(world.web)).create(draft())
        assert ("2026-12-01", {}) == (made.due, world.web.issues[1].values)

    def test_a_token_of_one_repository_is_enough(self, world: World) -> None:
        world.web.visibility = "private"
        token = world.server.state.fine_grained_token(world.robot, [world.web], issues="write")
        tracker = world.tracker(token)
        assert ([], 1) == (tracker.check(), tracker.create(draft()).ref.number)


class TestFields:
    """The rung on which the organisation has fields of its own for due date and priority."""

    @pytest.fixture
    def fields(self, world: World) -> World:
        state = world.server.state
        self.due = state.issue_field(world.acme, "Target date", "date")
        self.effort = state.issue_field(world.acme, "Effort", "single_select", ["High", "Low"])
        self.priority = state.issue_field(world.acme, "Priority", "single_select", ["Urgent", "High", "Medium", "Low"])
        world.token = state.classic_token(world.robot, "repo", "read:org")
        return world

    def test_they_are_set_in_the_create_itself_and_read_by_the_options_name(self, fields: World) -> None:
        made = fields.tracker().create(draft())
        assert ("2026-12-01", "P1") == (made.due, made.priority)
        assert {self.due.id: "2026-12-01", self.priority.id: "High"} == fields.web.issues[1].values
        assert ["tracksync"] == [label.name for label in fields.web.issues[1].labels]
        assert 1 == sent(fields, "POST", ISSUES)
        assert (made,) == fields.tracker().issues().issues
        assert {made.ref: made} == fields.tracker().fetch([made.ref])

    def test_other_peoples_fields_stay(self, fields: World) -> None:
        made = fields.tracker().create(draft())
        everything = dict(fields.web.issues[1].values) | {self.effort.id: "High"}
        fields.person().edits(1, values=everything)
        (seen,) = fields.tracker().issues().issues
        done = fields.tracker().update(seen, IssuePatch({Field.PRIORITY: "P0", Field.DUE: ""}, made.marker))
        assert ("", "P0") == (done.due, done.priority)
        assert {self.effort.id: "High", self.priority.id: "Urgent"} == fields.web.issues[1].values

    def test_a_field_that_can_not_be_cleared_is_told_and_nothing_else_is_written(self, fields: World) -> None:
        made = fields.tracker().create(draft())
        fields.server.faults.add("DELETE", "/repos/*/issue-field-values/*", faults.answers(403, {"message": "No"}))
        with pytest.raises(TrackerError, match="clearing a field of acme/web#1 was refused"):
            fields.tracker().update(made, IssuePatch({Field.DUE: "", Field.TITLE: "Another"}, made.marker))
        assert 0 == sent(fields, "PATCH", ISSUE)

    def test_a_deleted_issue_is_missing_here_too(self, fields: World) -> None:
        made = [fields.tracker().create(draft()) for _ in range(2)]
        fields.person().deletes(1)
        assert [made[1].ref] == list(fields.tracker().fetch([one.ref for one in made]))

    def test_a_person_sets_and_clears_them(self, fields: World) -> None:
        fields.tracker().create(draft())
        fields.person().edits(1, values={self.due.id: "2027-02-02"})
        (seen,) = fields.tracker().issues().issues
        assert ("2027-02-02", "") == (seen.due, seen.priority)


def without_duplicates(exchange: Exchange) -> Answer:
    """An Enterprise Server up to 3.16 doesn't know this argument, and answers nothing of the query."""
    if b"enableDuplicate" not in exchange.request.body:
        return exchange.apply()
    code = {
        "code": "argumentNotAccepted",
        "name": "stateReason",
        "typeName": "Field",
        "argumentName": "enableDuplicate",
    }
    message = "Field 'stateReason' doesn't accept argument 'enableDuplicate'"
    return of_json(200, {"errors": [{"path": ["query"], "extensions": code, "message": message}]})


def test_an_older_enterprise_server_knows_no_duplicates_and_is_asked_without(world: World) -> None:
    made = world.tracker().create(draft())
    world.server.faults.add("POST", GRAPHQL, without_duplicates, times=None)
    world.server.requests.clear()
    tracker = world.tracker()
    for _ in range(2):
        assert {made.ref: made} == tracker.fetch([made.ref])
    assert 3 == sent(world, "POST", GRAPHQL)


def test_an_enterprise_server_is_spoken_to_under_its_prefix(tmp_path: Path) -> None:
    with github(enterprise="3.17") as server:
        robot = server.state.user("robot")
        server.state.repository(
            server.state.organization("acme", robot), "web", push=[robot, server.state.user("alice")]
        )
        clock = Clock(lambda: server.clock.now, server.clock.advance)
        place = Address("https://git.acme.org", server.url, "git.acme.org")
        memory = Forgetful()
        wanted = Wanted(tmp_path, "acme/web", token=server.state.classic_token(robot), memory=memory, clock=clock)
        tracker = tracker_at(place, wanted)
        made = tracker.create(draft())
        assert ("git.acme.org", "[#1](https://git.acme.org/acme/web/issues/1)") == (
            made.ref.host,
            tracker.link(made.ref),
        )
        assert (made,) == tracker.issues().issues
        assert {made.ref: made} == tracker.fetch([made.ref])
        assert "Another" == tracker.update(made, IssuePatch({Field.TITLE: "Another"}, made.marker)).title
        assert ["GET /orgs/acme/issue-fields: no such operation"] == server.requests.violations(), "a probe"
