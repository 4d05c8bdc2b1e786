"""Every trap of GitLab and of its client library that is known, and that we don't fall into it.

sending       a POST or PUT whose fate is unclear is never sent again; a 429 is waited for, in seconds or until a date,
              whatever its body; the wait has an end; an answer that drips ends in time
signing       Bearer only, never PRIVATE-TOKEN; never to another server; a CI job's own token is refused early
refusing      four shapes of error; 404 is also what may not be seen; a token that may only read
listing       unknown parameters are ignored silently; pages by cursor or by number, by Link alone; no count; weak ETags
              and 304; times with an offset; milliseconds; `iid` and never `id`; moved projects keep the query
writing       text is never a command; labels differ in case and have scopes; one assignee or several, found out; who
              is no member; what is stored is what was sent, normalised; no `save()`
being gone    deleted, moved, hidden, closed as a duplicate; issues switched off; an archived project
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta, timezone
from typing import Any

import pytest

from tests.github.test_traps import UNCLEAR, elapsed
from tests.servers import faults
from tests.servers.gitlab import gitlab, refusals
from tracksync.errors import BudgetSpent, ConfigError, OutcomeUnknown, StaleIssue, TrackerError
from tracksync.model import Bond, Field, IssuePatch, Marker, Status
from tracksync.trackers.base import Requests
from tracksync.trackers.gitlab import connection
from tracksync.trackers.gitlab.labels import LOOKS

from .world import GRAPHQL, ISSUE, ISSUES, LABELS, MEMBERS, NOTES, PROJECT, VALUES, World, draft

LIMITED: dict[str, dict[str, Any]] = {
    "seconds": {},
    "a date": {"date": True},
    "seconds alone": {"named": False},
    "a date alone": {"date": True, "named": False},
    "as JSON": {"text": None},
    "as a page": {"text": "<html>Slow down</html>"},
    "without a body": {"text": ""},
}


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
        world.server.faults.add("PUT", ISSUE, UNCLEAR[fault](), times=None)
        with pytest.raises(OutcomeUnknown):
            world.tracker().update(made, IssuePatch({Field.TITLE: "Another"}, None))
        assert 1 == sent(world, "PUT", ISSUE)

    @pytest.mark.parametrize("fault", UNCLEAR)
    def test_reading_is_tried_again(self, world: World, fault: str) -> None:
        made = world.tracker().create(draft())
        world.server.faults.add("GET", ISSUES, UNCLEAR[fault](), times=2)
        world.server.faults.add("GET", "/user", UNCLEAR[fault](), times=1)
        world.forget()
        assert (made,) == world.tracker().issues().issues
        assert {made.ref: made} == world.tracker().fetch([made.ref])

    @pytest.mark.parametrize("limit", LIMITED)
    @pytest.mark.parametrize("seconds", [7, 600])
    def test_a_limit_is_waited_for_and_what_it_refused_sent_again(self, world: World, limit: str, seconds: int) -> None:
        tracker = world.tracker()
        made = tracker.create(draft())
        world.server.clock.advance(60)
        for method, path in (("POST", ISSUES), ("PUT", ISSUE), ("GET", ISSUES)):
            world.server.faults.add(method, path, refusals.rate_limited(seconds, **LIMITED[limit]))
        assert seconds == elapsed(world, lambda: tracker.create(draft()))  # type: ignore[arg-type]
        world.server.clock.advance(60)
        patch = IssuePatch({Field.TITLE: "Another"}, None)
        assert seconds == elapsed(world, lambda: tracker.update(made, patch))  # type: ignore[arg-type]
        assert seconds == elapsed(world, tracker.issues)  # type: ignore[arg-type]
        assert ([1, 2], "Another") == (world.numbers(), world.web.issues[1].title)
        assert [f"127.0.0.1 asks to wait: going on in {seconds} s"] * 3 == world.said

    def test_a_limit_that_lasts_longer_than_the_run_may_ends_it(self, world: World) -> None:
        tracker = world.tracker(minutes=10)
        world.server.faults.add("GET", PROJECT, refusals.rate_limited(3_000))
        with pytest.raises(BudgetSpent) as raised:
            tracker.issues()
        assert raised.value.resume > world.server.clock.now.isoformat()[:16]
        assert [] == world.said

    def test_an_answer_that_drips_ends_in_time(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection.Connection.__init__, "__defaults__", (0.2,))
        world.tracker().facts.viewer()
        world.tracker().facts.members()
        world.tracker().facts.ensure_labels(frozenset(LOOKS))
        world.server.faults.add("POST", ISSUES, faults.drips(100))
        with pytest.raises(OutcomeUnknown, match=r"no whole answer within 0\.2 s"):
            world.tracker().create(draft())
        assert (1, [1]) == (sent(world, "POST", ISSUES), world.numbers())

    def test_writing_keeps_within_the_limits_of_gitlab_com(self, world: World) -> None:
        world.server.limits.like_gitlab_com()
        tracker = world.tracker()
        for _ in range(410):
            tracker.create(draft())
        assert {201} == {one.status for one in world.server.requests.of("POST", ISSUES)}
        assert 195 <= world.server.requests.busiest(60) <= 200

    def test_nobody_writes_notes(self, world: World) -> None:
        """Sixty notes a minute is the tightest limit of all."""
        tracker = world.tracker()
        made = tracker.create(draft())
        tracker.update(made, IssuePatch({Field.STATUS: "complete"}, made.marker))
        assert [] == [note.body for note in world.web.issues[1].notes if not note.system]

    def test_a_server_with_tighter_limits_than_gitlab_com_is_waited_for(self, world: World) -> None:
        world.server.limits.issues, world.server.limits.dates = 20, True
        tracker = world.tracker()
        for _ in range(50):
            tracker.create(draft())
        assert list(range(1, 51)) == world.numbers()


class TestSigning:
    def test_every_request_is_signed_as_a_bearer_and_by_nothing_else(self, world: World) -> None:
        tracker = world.tracker()
        tracker.create(draft())
        tracker.facts.several_assignees()
        secrets = {"authorization", "private-token", "job-token", "cookie"}
        assert {"Bearer ***"} == {one.headers["authorization"] for one in world.server.requests}
        assert {"authorization"} == {name for one in world.server.requests for name in one.headers if name in secrets}

    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_a_redirect_to_another_server_is_refused(self, world: World, method: str, status: int) -> None:
        tracker = world.tracker()
        tracker.facts.viewer()
        elsewhere = refusals.sent_elsewhere("https://evil.example.com/api/v4/projects/1/issues", status)
        world.server.faults.add(method, ISSUES, elsewhere)
        with pytest.raises(TrackerError, match="the token stays here"):
            tracker.issues() if method == "GET" else tracker.create(draft())

    def test_a_page_on_another_server_is_refused(self, world: World) -> None:
        for number in range(101):
            world.person().opens(f"{number}", labels=["tracksync"])
        world.server.state.external_url = "https://gitlab.internal.example.com"
        with pytest.raises(TrackerError, match=r"points to another server \(https://gitlab.internal.example.com\)"):
            world.tracker().issues()

    @pytest.mark.parametrize("kind", ["by its form", "by what the job says"])
    def test_the_token_of_a_job_is_refused_with_the_reason_and_the_way_out(self, world: World, kind: str) -> None:
        token = world.server.state.job_token(world.alice)
        wanted: dict[str, Any] = {}
        if kind != "by its form":
            token = "old-form-of-a-job-token"
            wanted = {"job_tokens": (token,)}
        with pytest.raises(ConfigError, match="gives it no access to issues") as raised:
            world.tracker(token, **wanted)
        assert "make a project access token" in raised.value.hint
        assert 0 == len(world.server.requests)
        assert token not in f"{raised.value}{raised.value.hint}"

    @pytest.mark.parametrize("kind", ["personal", "project", "group", "oauth"])
    def test_each_kind_of_token_works(self, world: World, kind: str) -> None:
        state = world.server.state
        token = {
            "personal": lambda: state.personal_token(world.alice),
            "project": lambda: world.token,
            "group": lambda: state.group_token(world.acme, level=20),
            "oauth": lambda: state.oauth_token(world.alice),
        }[kind]()
        tracker = world.tracker(token)
        made = tracker.create(draft())
        assert ([], (made,)) == (tracker.check(), tracker.issues().issues)


class TestRefusing:
    def said(self, act: Callable[[], object]) -> tuple[str, str]:
        with pytest.raises(TrackerError) as raised:
            act()
        return str(raised.value), raised.value.hint

    def test_a_token_that_is_wrong(self, world: World) -> None:
        said, hint = self.said(world.tracker("glpat-wrong").issues)
        assert ("401 Unauthorized" in said, "make a new one" in hint) == (True, True)

    @pytest.mark.parametrize("act", ["revoked", "expired"])
    def test_a_token_that_is_no_longer_good(self, world: World, act: str) -> None:
        if act == "revoked":
            world.server.state.revoke(world.token)
        else:
            world.token = world.server.state.personal_token(world.alice, expires_at=date(2020, 1, 1))
        said, hint = self.said(world.tracker().issues)
        assert ("invalid_token" in said, act in said, "make a new one" in hint) == (True, True, True)

    def test_a_token_that_may_only_read(self, world: World) -> None:
        tracker = world.tracker(world.server.state.personal_token(world.alice, "read_api"))
        said, hint = self.said(lambda: tracker.create(draft()))
        assert ("insufficient_scope" in said, "the scope `api`" in hint) == (True, True)
        assert [] == world.numbers()

    def test_a_project_that_is_hidden_or_misspelt(self, world: World) -> None:
        world.web.visibility = "private"
        for tracker in (
            world.tracker(world.server.state.personal_token(world.mallory)),
            world.tracker(project="acme/nope"),
        ):
            (problem,) = tracker.check()
            assert "404 Project Not Found; check tracker.project" in problem.message

    def test_a_member_who_is_a_guest_is_told_before_anything_is_written(self, world: World) -> None:
        world.web.members[world.bob] = 10
        (problem,) = world.tracker(world.server.state.personal_token(world.bob)).check()
        assert "the token may not change issues in acme/web" in problem.message

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            ({"message": "404 Not found"}, "404 Not found"),
            ({"message": {"title": ["can't be blank"]}}, "title"),
            ({"error": "state does not have a valid value"}, "state does not have a valid value"),
            (
                {"error": "invalid_token", "error_description": "Token was revoked."},
                "invalid_token: Token was revoked",
            ),
            ("text", ""),
            ([], ""),
        ],
    )
    def test_each_shape_of_an_error_is_read(self, world: World, answer: object, said: str) -> None:
        tracker = world.tracker()
        world.server.faults.add("POST", ISSUES, faults.answers(400, answer))
        told, _ = self.said(lambda: tracker.create(draft()))
        assert told.startswith("making an issue in acme/web was refused with status 400")
        assert said in told


class TestListing:
    @pytest.mark.parametrize("version", ["17.0", "18.2", "18.3", "19.2"])
    def test_pages_are_by_cursor_where_the_server_has_cursors(self, tmp_path: Any, version: str) -> None:
        with gitlab(version=version) as server:
            world = World(server, tmp_path)
            for number in range(250):
                world.person().opens(f"{number}", labels=["tracksync"])
            assert list(range(1, 251)) == [one.ref.number for one in world.tracker().issues().issues]
            asked = server.requests.of("GET", ISSUES)
            by_cursor = version in ("18.3", "19.2")
            assert (3, by_cursor) == (len(asked), all("cursor" in one.query for one in asked[1:]))
            assert {"100"} == {one.query["per_page"] for one in asked}
            assert [] == server.requests.violations()

    def test_a_server_that_refuses_cursors_gives_pages_by_number(self, world: World) -> None:
        world.tracker().create(draft())
        refused = {"error": "Keyset pagination is not yet available for this type of request"}
        world.server.faults.add("GET", ISSUES, faults.answers(405, refused))
        assert 1 == len(world.tracker().issues().issues)
        assert ["keyset", None] == [one.query.get("pagination") for one in world.server.requests.of("GET", ISSUES)]

    def test_a_long_list_that_tells_no_total_is_read_to_its_end(self, tmp_path: Any) -> None:
        with gitlab(version="17.0") as server:
            world = World(server, tmp_path)
            server.state.count_ceiling = 100
            for number in range(450):
                world.person().opens(f"{number}", labels=["tracksync"])
            assert 450 == len(world.tracker().issues().issues)
            assert "page" not in server.requests.of("GET", ISSUES)[0].query

    def test_what_comes_and_goes_while_it_is_read_hides_nothing(self, world: World) -> None:
        for number in range(250):
            world.person().opens(f"{number}", labels=["tracksync"])
        world.server.faults.add("GET", ISSUES, faults.before(lambda: world.person().edits(1, labels=[])), nth=2)
        world.server.faults.add("GET", ISSUES, faults.before(lambda: world.person().edits(2, labels=[])), nth=3)
        assert set(range(3, 251)) <= {one.ref.number for one in world.tracker().issues().issues}

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ({"labels": "tracksync"}, "with the label that was asked for"),
            ({"order_by": "created_at", "sort": "asc"}, "in the order that was asked for"),
        ],
    )
    def test_a_parameter_that_is_ignored_shows_in_what_comes(
        self, world: World, query: dict[str, str], said: str
    ) -> None:
        for _ in range(2):
            world.person().opens("Ours", labels=["tracksync"])
        theirs = world.person().opens("Not ours")
        if "sort" in query:
            theirs.labels = list(world.web.issues[1].labels)
        tracker = world.tracker()

        def ignoring(exchange: Any) -> Any:
            kept = {name: value for name, value in exchange.request.query.items() if name not in query}
            exchange.request.query.clear()
            exchange.request.query.update(kept)
            return exchange.apply()

        world.server.faults.add("GET", ISSUES, ignoring)
        with pytest.raises(TrackerError, match=said):
            tracker.issues()

    def test_numbers_and_times_that_are_ignored_show_too(self, world: World) -> None:
        first, second = (world.tracker().create(draft()) for _ in range(2))
        everything = [{"iid": 9, "updated_at": "2020-01-01T00:00:00Z"}]
        for act in (lambda: world.tracker().fetch([first.ref]), lambda: world.tracker().issues(second.version)):
            world.server.faults.add("GET", ISSUES, faults.answers(200, everything))
            with pytest.raises(TrackerError, match=r"that (was|were) asked for|of the time that"):
                act()

    @pytest.mark.parametrize("answer", [{}, None, "x", [1], [None]])
    def test_an_answer_that_is_no_list_is_no_empty_list(self, world: World, answer: object) -> None:
        tracker = world.tracker()
        world.server.faults.add("GET", ISSUES, faults.answers(200, answer))
        with pytest.raises(TrackerError, match="the answer is no list"):
            tracker.issues()

    def test_a_listing_in_the_midst_of_which_it_fails_is_no_listing(self, world: World) -> None:
        for number in range(150):
            world.person().opens(f"{number}", labels=["tracksync"])
        tracker = world.tracker()
        world.server.faults.add("GET", ISSUES, faults.fails_before(503), nth=2, times=None)
        with pytest.raises(TrackerError, match="answers with status 503, 5 times in a row"):
            tracker.issues()

    def test_what_did_not_change_is_not_sent_again(self, world: World) -> None:
        version = world.tracker().create(draft()).version
        for _ in range(3):
            assert 1 == len(world.tracker().issues(version).issues)
        assert [200, 304, 304] == [one.status for one in world.server.requests.of("GET", ISSUES)]
        assert all(
            one.headers["if-none-match"].startswith('W/"') for one in world.server.requests.of("GET", ISSUES)[1:]
        )
        world.person().edits(1, title="Hers")
        assert ["Hers"] == [one.title for one in world.tracker().issues(version).issues]

    def test_since_includes_its_millisecond(self, world: World) -> None:
        first = world.tracker().create(draft())
        world.server.clock.advance(0.001)
        second = world.tracker().create(draft())
        world.server.clock.advance(0.001)
        third = world.tracker().create(draft())
        assert [second.ref, third.ref] == [one.ref for one in world.tracker().issues(second.version).issues]
        assert first.version < second.version < third.version

    def test_versions_sort_although_the_servers_clock_changes_its_offset(self, world: World) -> None:
        """In the night in which summer time ends, half past two comes twice."""
        world.server.state.zone = timezone(timedelta(hours=2))
        first = world.tracker().create(draft())
        world.server.clock.advance(60)
        world.server.state.zone = timezone(timedelta(hours=1))
        second = world.tracker().create(draft())
        assert first.version < second.version
        assert [second.ref] == [one.ref for one in world.tracker().issues(second.version).issues]

    def test_two_changes_within_one_millisecond_are_two_versions(self, world: World) -> None:
        made = world.tracker().create(draft())
        world.server.people(world.web, world.alice).edits(1, title="Hers")
        with pytest.raises(StaleIssue):
            world.tracker().update(made, IssuePatch({Field.TITLE: "Ours"}, None))
        assert "Hers" == world.web.issues[1].title

    def test_too_much_that_changed_is_no_cheaper_than_everything(self, world: World) -> None:
        version = world.tracker().create(draft()).version
        for number in range(1_100):
            world.server.people(world.web, world.alice).opens(f"{number}")
        fetched = world.tracker().issues(version)
        assert (False, ()) == (fetched.complete, fetched.issues)

    def test_the_numbers_of_routes_are_those_of_the_project(self, world: World) -> None:
        other = world.server.state.project(world.acme, "ops", members={world.alice: 40})
        for number in range(3):
            world.server.people(other, world.alice).opens(f"{number}")
        made = world.tracker().create(draft())
        world.tracker().update(made, IssuePatch({Field.TITLE: "Another"}, made.marker))
        assert (1, f"/projects/{world.web.id}/issues/1") == (
            made.ref.number,
            world.server.requests.of("PUT", ISSUE)[0].path,
        )
        assert world.web.issues[1].id != 1

    def test_a_whole_life_reads_no_issue_alone_that_is_not_written(self, world: World) -> None:
        tracker = world.tracker()
        made = [tracker.create(draft()) for _ in range(3)]
        tracker.issues()
        tracker.issues(made[0].version)
        tracker.fetch([one.ref for one in made])
        tracker.update(made[0], IssuePatch({Field.TITLE: "Another"}, None))
        tracker.overwritten([])
        assert {
            "GET /user": 1,
            f"GET {PROJECT}": 1,
            f"GET {MEMBERS}": 1,
            f"GET {LABELS}": 1,
            f"POST {LABELS}": 2,
            f"POST {ISSUES}": 3,
            f"GET {ISSUES}": 3,
            f"GET {ISSUE}": 1,
            f"PUT {ISSUE}": 1,
        } == world.server.requests.counts()
        assert Requests(8, 6) == tracker.requests


class TestMovedProjects:
    @pytest.mark.parametrize("keeps", [True, False])
    def test_a_project_that_moved_is_the_same_list_and_is_told(self, world: World, keeps: bool) -> None:
        made = [world.tracker().create(draft()) for _ in range(3)]
        world.person().edits(2, state="closed")
        world.person().opens("Not ours")
        world.server.state.moved_keeps_query = keeps
        world.server.state.move_project(world.web, "site")
        world.forget()
        tracker = world.tracker()
        assert [one.ref for one in made] == [one.ref for one in tracker.issues().issues]
        (listed,) = world.server.requests.of("GET", ISSUES)
        assert ["all", "tracksync", "100"] == [listed.query[name] for name in ("state", "labels", "per_page")]
        assert "acme/site" == tracker.called()

    def test_everything_goes_on_by_the_projects_number(self, world: World) -> None:
        made = world.tracker().create(draft())
        world.server.state.move_project(world.web, "site")
        for forgotten in (False, True):
            if forgotten:
                world.forget()
            tracker = world.tracker()
            assert {made.ref: made} == tracker.fetch([made.ref])
            made = tracker.update(made, IssuePatch({Field.TITLE: f"Another {forgotten}"}, made.marker))
        assert 2 == world.tracker().create(draft()).ref.number
        assert {301} == {one.status for one in world.server.requests if one.status not in (200, 201)}


class TestWriting:
    def test_people_keep_their_labels_their_assignee_and_their_text(self, world: World) -> None:
        made = world.tracker().create(draft())
        them = world.person()
        them.edits(1, labels=["tracksync", "priority::1", "sev1", "team::db"], assignees=[world.bob])
        them.edits(1, description=f"Seen.\n\n{made.body}\nA note.")
        (seen,) = world.tracker().issues().issues
        patch = IssuePatch({Field.DUE: "2027-01-01", Field.PRIORITY: "P0"}, made.marker)
        done = world.tracker().update(seen, patch)
        assert {"tracksync", "priority::0", "sev1", "team::db"} == world.labels(1)
        assert [world.bob] == world.web.issues[1].assignees
        assert (True, True) == (done.body.startswith("Seen.\n\n"), done.body.endswith("\nA note."))
        assert ("2027-01-01", "P0") == (done.due, done.priority)

    def test_labels_are_added_and_removed_by_name_and_never_replaced(self, world: World) -> None:
        made = world.tracker().create(draft())
        world.server.faults.add(
            "PUT", ISSUE, faults.before(lambda: world.person().edits(1, labels=["tracksync", "priority::1", "sev1"]))
        )
        world.tracker().update(made, IssuePatch({Field.PRIORITY: "P2"}, made.marker))
        assert {"tracksync", "priority::2", "sev1"} == world.labels(1)
        (put,) = world.server.requests.of("PUT", ISSUE)
        assert {"add_labels": "priority::2", "remove_labels": "priority::1"} == put.body

    @pytest.mark.parametrize("tier", ["free", "premium"])
    def test_a_scope_has_one_label_on_every_tier(self, tmp_path: Any, tier: str) -> None:
        with gitlab(tier=tier) as server:
            world = World(server, tmp_path)
            made = world.tracker().create(draft(status="blocked"))
            done = world.tracker().update(
                made, IssuePatch({Field.PRIORITY: "P3", Field.STATUS: "in_progress"}, made.marker)
            )
            assert {"tracksync", "priority::3", "status::in progress"} == world.labels(1)
            assert ("P3", Status.IN_PROGRESS) == (done.priority, done.status)

    def test_a_label_in_another_case_is_another_label(self, world: World) -> None:
        for name in ("Tracksync", "PRIORITY::1"):
            world.server.state.label(world.web, name)
        made = world.tracker().create(draft())
        assert (True, "P1") == (made.labelled, made.priority)
        assert {"tracksync", "priority::1"} == world.labels(1)
        world.person().edits(1, labels=["Tracksync", "PRIORITY::1"])
        (seen,) = world.tracker().fetch([made.ref]).values()
        assert (False, "", {"Tracksync", "PRIORITY::1"}) == (seen.labelled, seen.priority, seen.labels)

    def test_labels_have_a_colour_and_a_description_and_are_made_once(self, world: World) -> None:
        for _ in range(2):
            world.forget()
            world.tracker().create(replace(draft(status="in_progress"), labels=frozenset({"needs-owner"})))
        made = {label.name: (label.color, label.description) for label in world.web.labels.values()}
        names = ("tracksync", "needs-owner", "status::in progress", "priority::1")
        assert {name: (f"#{LOOKS[name].colour}", LOOKS[name].description) for name in names} == made
        assert 4 == sent(world, "POST", LABELS)

    def test_a_label_of_a_group_is_not_made_again(self, world: World) -> None:
        world.server.state.label(world.acme, "tracksync")
        assert world.tracker().create(draft()).labelled
        assert ["priority::1"] == list(world.web.labels)

    def test_a_label_that_somebody_else_made_meanwhile_does_no_harm(self, world: World) -> None:
        act = faults.before(lambda: world.server.state.label(world.web, "tracksync"))
        world.server.faults.add("POST", LABELS, act, nth=2)
        assert world.tracker().create(draft()).labelled

    def test_a_label_that_can_not_be_is_told_and_makes_no_issue(self, world: World) -> None:
        with pytest.raises(TrackerError, match="making the label a, b in acme/web was refused with status 400"):
            world.tracker().create(replace(draft(), labels=frozenset({"a, b"})))
        assert [] == world.numbers()

    def test_on_free_an_issue_has_one_assignee_and_on_premium_several(self, world: World, premium: World) -> None:
        for place, owner in ((world, "alice"), (premium, "alice,bob")):
            tracker = place.tracker()
            assert owner == tracker.hold({Field.OWNER: "alice,bob"})[Field.OWNER]
            assert owner == tracker.create(draft(owner="alice,bob")).owner
            assert owner == tracker.create(draft(owner="alice,bob")).owner
            assert 1 == sent(place, "POST", GRAPHQL)

    def test_whether_several_can_be_assigned_is_asked_again_where_it_was_not_told(self, premium: World) -> None:
        tracker = premium.tracker()
        for answer in (faults.answers(403, {}), faults.answers(200, {"errors": [{"message": "no such field"}]})):
            premium.server.faults.add("POST", GRAPHQL, answer)
            assert "alice" == tracker.hold({Field.OWNER: "alice,bob"})[Field.OWNER]
            premium.server.faults.clear()
        assert "alice,bob" == tracker.hold({Field.OWNER: "alice,bob"})[Field.OWNER]

    def test_one_owner_asks_nobody_how_many_there_may_be(self, world: World) -> None:
        world.tracker().create(draft())
        assert 0 == sent(world, "POST", GRAPHQL)

    def test_who_is_no_member_or_blocked_is_not_assigned(self, world: World) -> None:
        world.bob.state = "blocked"
        tracker = world.tracker()
        assert {} == tracker.hold({Field.OWNER: "bob,mallory"})
        assert {Field.OWNER: "alice"} == tracker.hold({Field.OWNER: "alice,bob,mallory"})

    def test_a_member_of_a_group_above_is_assigned(self, world: World) -> None:
        world.acme.members[world.mallory] = 30
        assert "mallory" == world.tracker().create(draft(owner="mallory")).owner

    @pytest.mark.parametrize("refused", [True, False], ids=["refused", "left out silently"])
    def test_who_left_meanwhile_is_not_assigned_and_the_issue_is_made(self, world: World, refused: bool) -> None:
        world.server.state.strangers_refused = refused
        tracker = world.tracker()
        tracker.create(draft())
        del world.web.members[world.alice]
        made = tracker.create(draft())
        assert ("", [1, 2]) == (made.owner, world.numbers())
        assert {} == tracker.hold({Field.OWNER: "alice"})

    def test_somebody_whom_the_server_refuses_again_never_loses_the_item(self, world: World) -> None:
        refused = {"message": {"assignee_ids": ["is invalid"]}}
        world.server.faults.add("POST", ISSUES, faults.answers(400, refused), times=2)
        made = world.tracker().create(draft())
        assert ("", [1], 3) == (made.owner, world.numbers(), sent(world, "POST", ISSUES))

    def test_who_left_meanwhile_is_no_reason_to_lose_an_update(self, world: World) -> None:
        world.server.state.strangers_refused = True
        tracker = world.tracker()
        made = tracker.create(draft())
        del world.web.members[world.bob]
        patch = IssuePatch({Field.OWNER: "bob", Field.TITLE: "Another"}, made.marker)
        with pytest.raises(StaleIssue):
            tracker.update(made, patch)
        done = tracker.update(made, patch)
        assert ("Another", "alice") == (done.title, done.owner)

    def test_everybody_can_be_taken_away(self, world: World) -> None:
        made = world.tracker().create(draft())
        done = world.tracker().update(made, IssuePatch({Field.OWNER: "", Field.DUE: ""}, made.marker))
        assert ("", "") == (done.owner, done.due)
        assert ([], None) == (world.web.issues[1].assignees, world.web.issues[1].due_date)

    @pytest.mark.parametrize(
        "text",
        [
            "/close",
            "Seen.\n/close\nOr not.",
            "Seen.\r\n/assign @mallory\r\n",
            "~~~\n/close\n~~~",
            "<!--\n/close\n-->",
            "<details><summary>More</summary>\n\n/close\n</details>",
            "```\n/usr/bin/env\n```",
            "/tableflip",
            "\r/close",
        ],
    )
    def test_text_that_was_there_is_never_a_command_when_it_is_sent_again(self, world: World, text: str) -> None:
        world.person().opens("Theirs", text)
        (seen,) = world.tracker().fetch([world.ref(1)]).values()
        tie = IssuePatch(VALUES, draft().marker, bond=Bond.TIE, document_title="Queue outage")
        done = world.tracker().update(seen, tie)
        issue = world.web.issues[1]
        assert ([], "opened", [world.alice]) == (issue.commands, issue.state, issue.assignees)
        assert not any(line.startswith("/") for line in (issue.description or "").splitlines())
        assert isinstance(done.marker, Marker)
        (again,) = world.tracker().fetch([world.ref(1)]).values()
        patch = replace(IssuePatch({}, replace(draft().marker, text="ABCDEFGHIJKLMNOA")))
        assert done.body.count("\\") == world.tracker().update(again, patch).body.count("\\")

    def test_what_is_stored_is_what_was_sent_and_a_second_write_sends_nothing(self, world: World) -> None:
        made = world.tracker().create(draft())
        (post,) = world.server.requests.of("POST", ISSUES)
        assert post.body["description"].rstrip() == made.body
        assert made == world.tracker().update(made, IssuePatch(VALUES, made.marker))
        assert 0 == sent(world, "PUT", ISSUE)

    def test_a_persons_carriage_returns_and_spaces_cause_no_write(self, world: World) -> None:
        made = world.tracker().create(draft())
        world.person().edits(1, description=made.body.replace("\n", "\r\n") + "  \r\n\r\n")
        (seen,) = world.tracker().issues().issues
        assert seen.marker == made.marker
        world.tracker().update(seen, IssuePatch(VALUES, made.marker))
        assert 0 == sent(world, "PUT", ISSUE)

    def test_a_document_can_not_mention_close_or_command(self, world: World) -> None:
        nasty = replace(draft(), document_title="/close\n/assign @mallory fixes #1 !2 <!-- -->\r/close")
        made = world.tracker().create(nasty)
        shown = made.body.partition("<!-- tracksync:marker")[0]
        assert (False, False) == ("@mallory" in shown, "#1" in shown)
        assert isinstance(made.marker, Marker)

    def test_a_long_title_fits(self, world: World) -> None:
        made = world.tracker().create(draft(title="x" * 1_000))
        assert ("x" * 255, "x" * 255) == (made.title, world.web.issues[1].title)

    @pytest.mark.parametrize("kind", ["issue", "incident", "task"])
    def test_an_issue_has_the_type_that_is_configured(self, world: World, kind: str) -> None:
        made = world.tracker(issue_type=kind).create(draft())
        assert kind == world.web.issues[1].issue_type
        assert (made,) == world.tracker().issues().issues

    def test_only_what_differs_is_sent(self, world: World) -> None:
        """The library's own way of saving an object would send its labels and assignees too, as they were read."""
        made = world.tracker().create(draft())
        patch = IssuePatch({Field.TITLE: "Another"}, None)
        world.tracker().update(made, patch)
        assert {"title": "Another"} == world.server.requests.of("PUT", ISSUE)[0].body

    def test_an_issue_that_is_made_closed_is_made_and_closed(self, world: World) -> None:
        made = world.tracker().create(draft(status="wont_do"))
        assert (Status.WONT_DO, "closed") == (made.status, world.web.issues[1].state)

    def test_without_rights_what_was_dropped_shows_in_the_answer(self, world: World) -> None:
        world.tracker().create(draft())
        world.forget()
        made = world.tracker(world.server.state.personal_token(world.mallory)).create(draft())
        assert (False, "", "") == (made.labelled, made.owner, made.due)


class TestBeingGone:
    def gone(self, world: World) -> str:
        tracker = world.tracker()
        assert {} == tracker.fetch([world.ref(1)])
        return tracker.whereabouts(world.ref(1))

    def test_a_deleted_issue_is_missing_and_the_reason_told(self, world: World) -> None:
        world.tracker().create(draft())
        world.person().deletes(1)
        assert "was deleted, or the token can't see it" == self.gone(world)
        assert "" == world.tracker().whereabouts(world.ref(2))

    def test_a_confidential_issue_that_the_token_may_not_see_is_told_like_a_deleted_one(self, world: World) -> None:
        world.person().opens("Hers", confidential=True)
        world.token = world.server.state.personal_token(world.mallory)
        assert "was deleted, or the token can't see it" == self.gone(world)

    def test_a_moved_issue_is_missing_and_its_new_place_told_for_one_request(self, world: World) -> None:
        world.tracker().create(draft())
        other = world.server.state.project(world.acme, "ops", members={world.alice: 40})
        world.server.people(other, world.alice).opens("First there")
        world.person().moves(1, other)
        assert () == world.tracker().issues().issues
        world.server.requests.clear()
        url = f"{world.server.url}/acme/ops/-/issues/2"
        assert f"was moved to acme/ops#2, {url}" == self.gone(world)
        assert {f"GET {ISSUES}": 1, f"GET {NOTES}": 1} == world.server.requests.counts()

    def test_a_move_of_which_nothing_is_told_is_a_move_all_the_same(self, world: World) -> None:
        world.tracker().create(draft())
        world.person().moves(1, world.server.state.project(world.acme, "ops"))
        for answer in (faults.answers(403, {}), faults.answers(200, [{"system": True, "body": None}])):
            world.server.faults.add("GET", NOTES, answer)
            assert "was moved to another project" == self.gone(world)

    def test_many_that_were_moved_are_not_all_looked_for(self, world: World) -> None:
        other = world.server.state.project(world.acme, "ops")
        refs = [world.tracker().create(draft()).ref for _ in range(8)]
        for ref in refs:
            world.person().moves(ref.number, other)
        tracker = world.tracker()
        assert {} == tracker.fetch(refs)
        assert 5 == sent(world, "GET", NOTES)
        assert "was moved to another project" == tracker.whereabouts(refs[7])

    @pytest.mark.parametrize("act", ["deletes", "moves"])
    def test_one_that_went_after_planning_is_not_written(self, world: World, act: str) -> None:
        made = world.tracker().create(draft())
        them = world.person()
        them.deletes(1) if act == "deletes" else them.moves(1, world.server.state.project(world.acme, "ops"))
        with pytest.raises(TrackerError, match=r"acme/web#1 was (deleted|moved to acme/ops#1)") as raised:
            world.tracker().update(made, IssuePatch({Field.TITLE: "Another"}, made.marker))
        assert "change or remove its link in the document" == raised.value.hint
        assert 0 == sent(world, "PUT", ISSUE)

    def test_a_duplicate_is_one_until_it_is_closed_for_another_reason(self, world: World) -> None:
        made, _ = (world.tracker().create(draft()) for _ in range(2))
        world.person().marks_duplicate(1, 2)
        seen = world.tracker().fetch([made.ref])[made.ref]
        assert Status.DUPLICATE is seen.status
        done = world.tracker().update(seen, IssuePatch({Field.STATUS: "wont_do"}, made.marker))
        assert (Status.WONT_DO, "closed") == (done.status, world.web.issues[1].state)
        assert Status.NOT_STARTED is (
            world.tracker().update(done, IssuePatch({Field.STATUS: "not_started"}, made.marker)).status
        )

    def test_a_locked_issue_is_written_like_any_other(self, world: World) -> None:
        made = world.tracker().create(draft())
        world.web.issues[1].locked = True
        assert "Another" == world.tracker().update(made, IssuePatch({Field.TITLE: "Another"}, made.marker)).title

    def test_issues_that_are_switched_off_are_told_with_what_to_do(self, world: World) -> None:
        world.web.issues_access_level = "disabled"
        (problem,) = world.tracker().check()
        assert "issues are switched off in acme/web: switch them on in its settings" == problem.message

    def test_an_archived_project_is_told(self, world: World) -> None:
        world.web.archived = True
        (problem,) = world.tracker().check()
        assert "acme/web is archived, so nothing can be written" == problem.message


def test_an_instance_under_a_path_is_spoken_to_there(tmp_path: Any) -> None:
    with gitlab(prefix="/gitlab", version="17.0", enterprise=False) as server:
        world = World(server, tmp_path)
        tracker = world.tracker()
        made = tracker.create(draft())
        assert f"[#1]({server.url}/acme/web/-/issues/1)" == tracker.link(made.ref)
        assert made.ref == tracker.reference(f"{server.url}/acme/web/-/issues/1")
        assert made.ref == tracker.reference(f"{server.url}/acme/web/-/work_items/1")
        assert None is tracker.reference(f"{server.url.removesuffix('/gitlab')}/acme/web/-/issues/1")
        assert "alice" == tracker.hold({Field.OWNER: "alice,bob"})[Field.OWNER]
        assert (made,) == tracker.issues().issues
        assert "Another" == tracker.update(made, IssuePatch({Field.TITLE: "Another"}, made.marker)).title
        assert {"/gitlab"} == {one.path[:7] for one in server.requests if one.template == ""} | {"/gitlab"}
        assert [] == server.requests.violations()


class TestFacts:
    def test_who_sees_projects_is_asked_now_and_one_that_is_hidden_is_missing(self, world: World) -> None:
        tracker = world.tracker()
        assert "public" == tracker.repository("acme/web").visibility
        world.web.issues_access_level = "private"
        pm = world.server.state.project(world.acme, "pm", visibility="internal", issues_access_level="private")
        pm.members[world.server.state.tokens[world.token].user] = 20
        told = tracker.visibility(["acme/web", "acme/pm", "acme/nope"])
        assert {"acme/web": "private", "acme/pm": "internal"} == told
        assert "private" == tracker.repository("acme/web").visibility

    def test_a_refusal_is_no_project_that_is_missing(self, world: World) -> None:
        world.server.faults.add("GET", PROJECT, faults.answers(403, {"message": "403 Forbidden"}))
        with pytest.raises(TrackerError, match="looking at acme/web was refused with status 403"):
            world.tracker().visibility(["acme/web"])

    def test_a_project_is_known_by_its_number_and_its_default_branch(self, world: World) -> None:
        found = world.tracker().repository("acme/web")
        host = world.server.url.partition("://")[2]
        assert ("acme/web", f"{host}/{world.web.id}", "main") == found[:3]

    @pytest.mark.parametrize("answer", [[], {}, {"nonsense": True}, {"id": 7}, {"id": 7, "path_with_namespace": None}])
    def test_an_answer_that_is_no_project_or_no_user_is_told(self, world: World, answer: object) -> None:
        for path, act in (
            (PROJECT, world.tracker().issues),
            (PROJECT, lambda: world.tracker().visibility(["acme/web"])),
            ("/user", world.tracker().facts.viewer),
        ):
            world.server.faults.add("GET", path, faults.answers(200, answer))
            with pytest.raises(TrackerError, match="the answer is none of GitLab's") as raised:
                act()
            assert "check tracker.base_url" == raised.value.hint

    def test_a_write_whose_answer_is_no_issue_may_have_happened(self, world: World) -> None:
        made = world.tracker().create(draft())
        for method, path, act in (
            ("POST", ISSUES, lambda: world.tracker().create(draft())),
            ("PUT", ISSUE, lambda: world.tracker().update(made, IssuePatch({Field.TITLE: "Another"}, None))),
        ):
            status = 201 if method == "POST" else 200
            world.server.faults.add(method, path, faults.answers(status, {"id": 1}))
            with pytest.raises(OutcomeUnknown, match="the answer is no issue"):
                act()

    def test_an_update_and_a_reading_that_are_refused_say_so(self, world: World) -> None:
        made = world.tracker().create(draft())
        patch = IssuePatch({Field.TITLE: "Another"}, made.marker)
        for method, said in (("GET", "reading"), ("PUT", "changing")):
            world.server.faults.add(method, ISSUE, faults.answers(403, {"message": "403 Forbidden"}))
            with pytest.raises(TrackerError, match=f"{said} acme/web#1 was refused with status 403: 403 Forbidden"):
                world.tracker().update(made, patch)

    def test_a_marker_that_somebody_removed_meanwhile_is_no_longer_written(self, world: World) -> None:
        made = world.tracker().create(draft())
        world.web.issues[1].description = "Hers"
        (seen,) = world.tracker().fetch([made.ref]).values()
        with pytest.raises(StaleIssue, match="the marker of acme/web#1 was removed"):
            world.tracker().update(seen, IssuePatch({}, made.marker))

    def test_who_reads_is_who_the_token_is_and_whom_they_trust(self, world: World) -> None:
        bot = world.server.state.tokens[world.token].user.username
        assert f"{bot},ann,bob" == world.tracker(trusted=("Bob", "ann")).reader
