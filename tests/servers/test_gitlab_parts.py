"""The fake GitLab carries quick actions out, keeps histories, knows tokens, and says when it is too much."""

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
import requests
from gitlab import Gitlab, GitlabAuthenticationError, GitlabCreateError
from gitlab.exceptions import RedirectError

from tests.servers import faults
from tests.servers.gitlab import gitlab
from tests.servers.gitlab.commands import extract
from tests.servers.gitlab.entities import DEVELOPER, MAINTAINER
from tests.servers.gitlab.refusals import rate_limited, sent_elsewhere


@pytest.mark.parametrize(
    "text",
    [
        "/close",
        "text\n/close\nmore",
        "text\r\n/close\r\nmore",
        "/CLOSE",
        "/close now",
        "~~~\n/close\n~~~",
        "<!--\n/close\n-->",
        "<details><summary>x</summary>\n\n/close\n</details>",
        "a ` alone\n/close",
    ],
)
def test_a_line_that_is_a_command_is_carried_out_and_taken_out(lab, text):
    made = lab.ask("POST", lab.issues, {"title": "a", "description": text}).json()
    assert ("closed", False) == (made["state"], "/close" in made["description"].lower())
    assert ["close"] == [one.name for one in lab.ops.issues[1].commands]


@pytest.mark.parametrize(
    "text",
    [
        "```\n/close\n```",
        "<div>\n/close\n</div>",
        ">>>\n/close\n>>>",
        "a ` b\n/close\nc ` d",
        " /close",
        "- /close",
        "> /close",
        "\\/close",
        "&#47;close",
        "/closed beta",
        "/move/to/foo",
        "/cc @alice",
        "/unknown",
    ],
)
def test_a_line_that_is_no_command_stays(lab, text):
    made = lab.ask("POST", lab.issues, {"title": "a", "description": text}).json()
    assert ("opened", text, []) == (made["state"], made["description"], lab.ops.issues[1].commands)


def test_a_text_is_stored_without_carriage_returns_and_without_space_at_its_end():
    assert ("  a  \nb", []) == extract("  a  \r\nb \r\n\n \t")
    assert ("", []) == extract("\r\n")


def test_a_command_takes_the_blank_lines_after_it_along():
    assert "a\nb" == extract("a\n/close\n\n\nb")[0]


def test_a_picture_takes_the_place_of_its_command():
    assert "hm ¯\\＿(ツ)＿/¯\nb" == extract("/shrug hm\nb")[0]


@pytest.mark.parametrize("tier", ["free", "premium"])
def test_commands_change_what_they_name(labs, tier):
    lab = labs(tier=tier)
    for name in ("bug", "very bad", "old"):
        lab.server.state.label(lab.ops, name)
    lab.them.opens("a", labels=["old"], assignees=[lab.bob])
    text = '/title New\n/label ~bug ~"very bad" ~none\n/unlabel ~old\n/assign @alice\n/due 2026-03-01\n/confidential'
    shown = lab.ask("PUT", f"{lab.issues}/1", {"description": text}).json()
    assert ("", "New", ["bug", "very bad"], "2026-03-01", True) == tuple(
        shown[name] for name in ("description", "title", "labels", "due_date", "confidential")
    )
    expected = ["alice"] if tier == "free" else ["bob", "alice"]
    assert expected == [one["username"] for one in shown["assignees"]]
    gone = "/unassign\n/remove_due_date\n/relabel ~old\n/lock\n/close"
    again = lab.ask("PUT", f"{lab.issues}/1", {"description": gone}).json()
    assert ([], None, ["old"], True, "closed") == tuple(
        again[name] for name in ("assignees", "due_date", "labels", "discussion_locked", "state")
    )
    assert "opened" == lab.ask("PUT", f"{lab.issues}/1", {"description": "/reopen\n/unlock"}).json()["state"]


def test_commands_of_guests_are_taken_out_and_do_nothing(lab):
    lab.them.opens("a")
    answer = lab.ask("POST", f"{lab.issues}/1/notes", {"body": "x\n/close"}, token=lab.tokens["bob"])
    assert (201, "x") == (answer.status_code, answer.json()["body"])
    assert "opened" == lab.ops.issues[1].state


def test_a_command_moves_an_issue_or_marks_it_as_a_duplicate(lab):
    for title in ("a", "b", "c"):
        lab.them.opens(title)
    lab.ask("PUT", f"{lab.issues}/2", {"description": "/duplicate #1"})
    lab.ask("PUT", f"{lab.issues}/3", {"description": "/move acme/other"})
    duplicate, moved = (lab.ask("GET", f"{lab.issues}/{iid}").json() for iid in (2, 3))
    assert duplicate["_links"]["closed_as_duplicate_of"].endswith(f"{lab.issues}/1")
    assert (lab.other.issues[2].id, "closed") == (moved["moved_to_id"], moved["state"])
    lab.ask("PUT", f"{lab.issues}/1", {"description": "/relate #2"})
    assert [2] == [one["iid"] for one in lab.ask("GET", f"{lab.issues}/1/links").json()]


def test_a_note_of_commands_alone_is_not_kept(lab):
    lab.them.opens("a")
    answer = lab.ask("POST", f"{lab.issues}/1/notes", {"body": "/close"})
    assert (202, None, "closed") == (answer.status_code, answer.json().get("id"), lab.ops.issues[1].state)
    assert [] == lab.ask("GET", f"{lab.issues}/1/notes?activity_filter=only_comments").json()


def test_notes_are_mixed_with_those_of_the_system_newest_first(lab):
    lab.them.opens("a")
    lab.ask("POST", f"{lab.issues}/1/notes", {"body": "hello"})
    lab.server.clock.advance(1)
    lab.ask("PUT", f"{lab.issues}/1", {"title": "b", "description": "c", "due_date": "2026-03-01"})
    notes = f"{lab.issues}/1/notes"
    expected = ["hello", "changed title from **a** to **b**", "changed the description"]
    expected.append("changed due date to March 01, 2026")
    assert expected[::-1] == [one["body"] for one in lab.ask("GET", notes).json()]
    assert expected == [one["body"] for one in lab.ask("GET", f"{notes}?sort=asc").json()]
    assert ["hello"] == [one["body"] for one in lab.ask("GET", f"{notes}?activity_filter=only_comments").json()]
    assert {True} == {one["system"] for one in lab.ask("GET", f"{notes}?activity_filter=only_activity").json()}
    assert 400 == lab.ask("GET", f"{notes}?activity_filter=none").status_code
    assert 1 == lab.ask("GET", f"{lab.issues}/1").json()["user_notes_count"]


def test_a_note_is_checked_edited_and_read_alone(lab):
    lab.them.opens("a")
    notes = f"{lab.issues}/1/notes"
    assert {"error": "body is missing"} == lab.ask("POST", notes, {}).json()
    assert "can't be blank" in lab.ask("POST", notes, {"body": ""}).json()["message"]
    made = lab.ask("POST", notes, {"body": "x"}).json()
    assert "y" == lab.ask("PUT", f"{notes}/{made['id']}", {"body": "y"}).json()["body"]
    assert "y" == lab.ask("GET", f"{notes}/{made['id']}").json()["body"]
    assert 403 == lab.ask("PUT", f"{notes}/{made['id']}", {"body": "z"}, token=lab.tokens["bob"]).status_code
    assert 404 == lab.ask("GET", f"{notes}/1").status_code


def test_internal_notes_are_for_members_who_plan(lab):
    lab.them.opens("a")
    lab.ask("POST", f"{lab.issues}/1/notes", {"body": "x", "internal": True})
    assert 1 == len(lab.ask("GET", f"{lab.issues}/1/notes").json())
    assert [] == lab.ask("GET", f"{lab.issues}/1/notes", token=lab.tokens["bob"]).json()


def test_closing_and_reopening_leave_events_and_no_notes(lab):
    lab.them.opens("a")
    for event in ("close", "close", "reopen"):
        assert 200 == lab.ask("PUT", f"{lab.issues}/1", {"state_event": event}).status_code
    events = lab.ask("GET", f"{lab.issues}/1/resource_state_events").json()
    assert [("closed", "alice"), ("reopened", "alice")] == [(one["state"], one["user"]["username"]) for one in events]
    assert [] == lab.ask("GET", f"{lab.issues}/1/notes").json()
    assert 400 == lab.ask("PUT", f"{lab.issues}/1", {"state_event": "closed"}).status_code


def test_a_moved_issue_is_closed_and_says_where_it_went(lab):
    lab.server.state.label(lab.other, "known")
    lab.them.opens("a", "text", labels=["known", "unknown"], assignees=[lab.bob])
    moved = lab.ask("POST", f"{lab.issues}/1/move", {"to_project_id": lab.other.id})
    assert (201, 2, ["known"], []) == (moved.status_code, *(moved.json()[n] for n in ("iid", "labels", "assignees")))
    old = lab.ask("GET", f"{lab.issues}/1").json()
    assert ("closed", moved.json()["id"]) == (old["state"], old["moved_to_id"])
    assert "moved to acme/other#2" in [one["body"] for one in lab.ask("GET", f"{lab.issues}/1/notes").json()]
    assert 400 == lab.ask("POST", f"{lab.issues}/1/move", {"to_project_id": lab.other.id}).status_code


def test_links_need_a_licence_for_more_than_relations(labs):
    for settings, status in (({"enterprise": False}, 400), ({}, 403), ({"tier": "premium"}, 201)):
        lab = labs(**settings)
        lab.them.opens("a")
        lab.them.opens("b")
        body = {"target_project_id": lab.ops.id, "target_issue_iid": 2}
        assert status == lab.ask("POST", f"{lab.issues}/1/links", {**body, "link_type": "blocks"}).status_code
        assert 201 == lab.ask("POST", f"{lab.issues}/1/links", body).status_code
        assert ["marked as related to #2"] == [note.body for note in lab.ops.issues[1].notes]


def test_confidential_issues_are_for_those_whom_they_concern(lab):
    lab.them.opens("a", confidential=True)
    asking = {"token": lab.tokens["bob"]}
    assert ([], 404) == (
        lab.ask("GET", lab.issues, **asking).json(),
        lab.ask("GET", f"{lab.issues}/1", **asking).status_code,
    )
    assert 1 == len(lab.ask("GET", lab.issues).json())
    lab.them.edits(1, assignees=[lab.bob])
    assert 200 == lab.ask("GET", f"{lab.issues}/1", **asking).status_code


def test_merge_requests_of_an_issue_are_those_that_name_or_close_it(lab):
    lab.them.opens("a")
    closing = lab.them.opens_merge_request("Draft: fix", closes=[1])
    lab.them.opens_merge_request("talk", mentions=[1], branch="other")
    related = lab.ask("GET", f"{lab.issues}/1/related_merge_requests").json()
    assert {("Draft: fix", True, "opened"), ("talk", False, "opened")} == {
        (one["title"], one["draft"], one["state"]) for one in related
    }
    assert ["Draft: fix"] == [one["title"] for one in lab.ask("GET", f"{lab.issues}/1/closed_by").json()]
    lab.them.merges(closing)
    assert "closed" == lab.ops.issues[1].state


def test_a_merge_request_is_opened_changed_and_talked_about_by_a_real_client(lab):
    project = lab.client().projects.get("acme/ops")
    lab.ops.branches["topic"] = "c" * 40
    body = {
        "source_branch": "topic",
        "target_branch": "main",
        "title": "Sync",
        "description": "x\n/close",
        "labels": "a",
    }
    made = project.mergerequests.create(body)
    assert ("x", ["a"], "c" * 40) == (made.description, made.labels, made.sha)
    with pytest.raises(GitlabCreateError, match="already exists"):
        project.mergerequests.create(body)
    with pytest.raises(GitlabCreateError, match="does not exist"):
        project.mergerequests.create({**body, "source_branch": "none"})
    made.notes.create({"body": "hello"})
    project.mergerequests.update(made.iid, {"description": "y", "state_event": "close"})
    found = project.mergerequests.list(state="closed", source_branch="topic", iterator=True)
    assert [("Sync", "y", "closed", 1)] == [(o.title, o.description, o.state, o.user_notes_count) for o in found]
    assert [] == lab.server.requests.violations()


def test_branches_tell_who_may_push(lab):
    branches = f"/projects/{lab.ops.id}/repository/branches"
    assert (True, False) == tuple(lab.ask("GET", f"{branches}/main").json()[n] for n in ("can_push", "protected"))
    lab.server.state.protect(lab.ops, "main", push=0, merge=DEVELOPER)
    assert (False, True) == tuple(lab.ask("GET", f"{branches}/main").json()[n] for n in ("can_push", "protected"))
    assert 404 == lab.ask("GET", f"{branches}/none").status_code
    lab.ops.branches["a/b"] = "d" * 40
    assert "a/b" == lab.ask("GET", f"{branches}/a%2Fb").json()["name"]
    rules = lab.ask("GET", f"/projects/{lab.ops.id}/protected_branches").json()
    assert [("main", 0, 30)] == [
        (one["name"], *(one[f"{kind}_access_levels"][0]["access_level"] for kind in ("push", "merge"))) for one in rules
    ]


@pytest.mark.parametrize("header", [{"PRIVATE-TOKEN": "{}"}, {"Authorization": "Bearer {}"}])
def test_a_token_is_known_in_either_header(lab, header):
    sent = {name: value.format(lab.tokens["alice"]) for name, value in header.items()}
    shown = lab.ask("GET", "/user", token=None, headers=sent).json()
    assert ("alice", False) == (shown["username"], shown["bot"])
    assert lab.tokens["alice"] not in str(list(lab.server.requests))


def test_bad_tokens_are_refused_each_in_its_words(lab):
    state = lab.server.state
    old = state.personal_token(lab.alice, expires_at=date(2020, 1, 1))
    gone = state.personal_token(lab.alice)
    state.revoke(gone)
    answers = [lab.ask("GET", "/user", token=token) for token in ("glpat-none", old, gone, None)]
    assert {401} == {one.status_code for one in answers}
    assert ["401 Unauthorized", "Token is expired", "Token was revoked", "401 Unauthorized"] == [
        one.json().get("message") or one.json()["error_description"].split(".")[0] for one in answers
    ]
    lab.alice.state = "blocked"
    assert 403 == lab.ask("GET", "/user").status_code
    with pytest.raises(GitlabAuthenticationError):
        Gitlab(lab.server.url, oauth_token="glpat-none").auth()


def test_a_token_expires_on_the_servers_clock(lab):
    assert 200 == lab.ask("GET", "/user").status_code
    lab.server.clock.advance(timedelta(days=365).total_seconds())
    assert 401 == lab.ask("GET", "/user").status_code


def test_a_token_tells_of_itself(lab):
    secret = lab.server.state.project_token(lab.ops, "read_api", expires_at=date(2030, 1, 2))
    shown = lab.ask("GET", "/personal_access_tokens/self", token=secret).json()
    assert (["read_api"], "2030-01-02", True) == (shown["scopes"], shown["expires_at"], shown["active"])
    oauth = lab.server.state.oauth_token(lab.alice)
    assert 400 == lab.ask("GET", "/personal_access_tokens/self", token=oauth).status_code


def test_oauth_is_a_bearer_only(lab):
    secret = lab.server.state.oauth_token(lab.alice)
    assert 200 == lab.ask("GET", "/user", token=secret).status_code
    assert 401 == lab.ask("GET", "/user", token=None, headers={"PRIVATE-TOKEN": secret}).status_code


@pytest.mark.parametrize("kind", ["project", "group"])
def test_a_project_or_group_token_has_a_bot_that_sees_its_home_alone(lab, kind):
    lab.other.visibility = "private"
    secret = getattr(lab.server.state, f"{kind}_token")(lab.ops if kind == "project" else lab.acme)
    shown = lab.ask("GET", "/user", token=secret).json()
    assert (True, True) == (shown["bot"], shown["username"].startswith(f"{kind}_"))
    assert 201 == lab.ask("POST", lab.issues, {"title": "a", "labels": "x"}, token=secret).status_code
    expected = 404 if kind == "project" else 200
    assert expected == lab.ask("GET", f"/projects/{lab.other.id}", token=secret).status_code
    assert shown["username"] in {
        one["username"] for one in lab.ask("GET", f"/projects/{lab.ops.id}/members/all").json()
    }


def test_after_a_renewal_the_old_bots_issues_belong_to_the_ghost(lab):
    state = lab.server.state
    old = state.project_token(lab.ops)
    made = lab.ask("POST", lab.issues, {"title": "a"}, token=old).json()
    lab.ask("POST", f"{lab.issues}/1/notes", {"body": "x"}, token=old)
    new = state.renew(old)
    assert 401 == lab.ask("GET", "/user", token=old).status_code
    again = lab.ask("GET", f"{lab.issues}/1", token=new).json()
    assert ("ghost", "Ghost User") == (again["author"]["username"], again["author"]["name"])
    assert made["author"]["id"] != lab.ask("GET", "/user", token=new).json()["id"]
    assert ["ghost"] == [one["author"]["username"] for one in lab.ask("GET", f"{lab.issues}/1/notes").json()]


def test_a_jobs_token_has_no_issues(lab):
    secret = lab.server.state.job_token(lab.alice)
    sent = {"token": None, "headers": {"JOB-TOKEN": secret}}
    assert 200 == lab.ask("GET", "/job", **sent).status_code
    assert [404, 401, 401] == [
        lab.ask(method, path, {"title": "a"} if method == "POST" else None, **sent).status_code
        for method, path in (("GET", lab.issues), ("POST", lab.issues), ("POST", f"/projects/{lab.other.id}/issues"))
    ]
    assert 401 == lab.ask("GET", "/user", token=secret).status_code
    assert 401 == lab.ask("GET", "/job", token=None, headers={"JOB-TOKEN": lab.tokens["alice"]}).status_code


@pytest.mark.parametrize("keeps", [True, False])
def test_a_moved_project_redirects_with_or_without_the_query(lab, keeps):
    lab.server.state.moved_keeps_query = keeps
    lab.them.opens("a")
    lab.them.opens("b", state="closed")
    lab.server.state.move_project(lab.ops, "new")
    answer = lab.ask("GET", "/projects/acme%2Fops/issues?state=closed")
    query = "?state=closed" if keeps else ""
    assert (301, f"{lab.server.url}/api/v4{lab.issues}{query}") == (answer.status_code, answer.headers["Location"])
    project = lab.client().projects.get("acme%2Fops".replace("%2F", "/"), lazy=True)
    assert (1 if keeps else 2) == len(project.issues.list(state="closed", get_all=True))
    with pytest.raises(RedirectError):
        project.issues.create({"title": "c"})
    assert 2 == len(lab.ops.issues)
    assert "acme/new" == lab.ask("GET", f"/projects/{lab.ops.id}").json()["path_with_namespace"]


def test_a_moved_private_project_is_not_betrayed(lab):
    lab.server.state.move_project(lab.ops, "new")
    assert 404 == lab.ask("GET", "/projects/acme%2Fops", token=lab.tokens["mallory"]).status_code


def test_a_redirect_to_another_host_shows_which_header_leaks(lab):
    with gitlab() as elsewhere:
        lab.server.faults.add(
            "GET", "/user", sent_elsewhere(f"{elsewhere.url.replace('127.0.0.1', 'localhost')}/x"), times=2
        )
        for header in ({"PRIVATE-TOKEN": "glpat-1"}, {"Authorization": "Bearer glpat-1"}):
            requests.get(f"{lab.server.url}/api/v4/user", headers=header, timeout=5)
        leaked = [("private-token" in one.headers, "authorization" in one.headers) for one in elsewhere.requests]
    assert [(True, False), (False, False)] == leaked


def test_links_to_further_pages_start_with_what_the_instance_takes_for_its_address(lab):
    lab.them.opens("a")
    lab.them.opens("b")
    lab.server.state.external_url = "https://elsewhere.example"
    found = lab.ask("GET", f"{lab.issues}?per_page=1").links["next"]["url"]
    assert found.startswith("https://elsewhere.example/api/v4/projects/")


def test_limits_count_on_the_servers_clock(lab):
    lab.server.limits.like_gitlab_com()
    statuses = [lab.ask("POST", lab.issues, {"title": str(n)}).status_code for n in range(201)]
    assert [201] * 200 + [429] == statuses
    refused = lab.ask("POST", lab.issues, {"title": "x"})
    assert ("60", {"error"}) == (refused.headers["Retry-After"], set(refused.json()["message"]))
    assert "2000" == refused.headers["RateLimit-Limit"]
    lab.server.clock.advance(60)
    assert 201 == lab.ask("POST", lab.issues, {"title": "x"}).status_code
    assert (200, 201) == (lab.server.requests.busiest(60), len(lab.server.requests.creations()))


def test_notes_are_limited_more_tightly(lab):
    lab.server.limits.like_gitlab_com()
    lab.them.opens("a")
    statuses = [lab.ask("POST", f"{lab.issues}/1/notes", {"body": "x"}).status_code for _ in range(61)]
    assert [201] * 60 + [429] == statuses


def test_requests_are_limited_and_the_headers_say_how_far(lab):
    lab.server.limits.requests = 2
    lab.server.limits.dates = True
    first, second, third = (lab.ask("GET", "/version") for _ in range(3))
    assert ["1", "0", "0"] == [one.headers["RateLimit-Remaining"] for one in (first, second, third)]
    assert (429, "Retry later\n") == (third.status_code, third.text)
    wait = parsedate_to_datetime(third.headers["Retry-After"]) - lab.server.clock.now
    assert 60 == wait.total_seconds()
    assert "RateLimit-Limit" not in lab.ask("GET", "/version", token=None).headers


def test_a_limit_can_be_a_fault_in_text_or_json_with_seconds_or_a_date(lab):
    lab.server.faults.add("GET", "/version", rate_limited(7))
    lab.server.faults.add("GET", "/version", rate_limited(7, date=True, named=False, text=None), nth=2)
    first, second, third = (lab.ask("GET", "/version") for _ in range(3))
    assert [429, 429, 200] == [one.status_code for one in (first, second, third)]
    assert ("7", "Retry later\n", "0") == (
        first.headers["Retry-After"],
        first.text,
        first.headers["RateLimit-Remaining"],
    )
    wait = parsedate_to_datetime(second.headers["Retry-After"]) - lab.server.clock.now
    assert (7, {"message"}) == (wait.total_seconds(), set(second.json()))
    assert "RateLimit-Reset" not in second.headers
    assert [] == lab.server.faults.unused()


def test_faults_meet_gitlabs_routes(lab):
    lab.server.faults.add("POST", "/projects/{id}/issues", faults.fails_after(502))
    assert 502 == lab.ask("POST", lab.issues, {"title": "a"}).status_code
    assert [1] == list(lab.ops.issues)
    assert [("POST", "/projects/{id}/issues", 502, 201)] == [
        (one.method, one.template, one.status, one.applied) for one in lab.server.requests
    ]


def test_forms_and_queries_count_as_bodies(lab):
    made = lab.session.post(
        f"{lab.server.url}/api/v4{lab.issues}?labels=x",
        data={"title": "a"},
        headers={"PRIVATE-TOKEN": lab.tokens["alice"]},
    )
    assert ("a", ["x"]) == (made.json()["title"], made.json()["labels"])
    broken = lab.ask("POST", lab.issues, headers={"Content-Type": "application/json"}, data="{")
    assert 400 == broken.status_code


def test_a_namespace_tells_its_plan(labs):
    lab = labs(tier="premium")
    assert "premium" == lab.ask("GET", "/namespaces/acme").json()["plan"]
    assert 404 == lab.ask("GET", "/namespaces/none").status_code


def test_members_of_groups_around_a_project_count(lab):
    inner = lab.server.state.group("inner", parent=lab.acme, members={lab.mallory: MAINTAINER})
    project = lab.server.state.project(inner, "deep", visibility="private")
    assert (
        "acme/inner/deep"
        == lab.ask("GET", "/projects/acme%2Finner%2Fdeep", token=lab.tokens["mallory"]).json()["path_with_namespace"]
    )
    assert 404 == lab.ask("GET", f"/projects/{project.id}").status_code
    lab.acme.members[lab.alice] = DEVELOPER
    assert 200 == lab.ask("GET", f"/projects/{project.id}").status_code


def test_a_personal_project_belongs_to_its_owner(lab):
    mine = lab.server.state.project(lab.alice, "mine", visibility="private")
    shown = lab.ask("GET", "/projects/alice%2Fmine").json()
    assert ("user", 50) == (shown["namespace"]["kind"], shown["permissions"]["project_access"]["access_level"])
    assert mine.id == shown["id"]


def test_the_clock_can_be_set():
    with gitlab(now=datetime(2026, 3, 1, tzinfo=UTC)) as server:
        alice = server.state.user("alice")
        project = server.state.project(alice, "mine")
        assert "2026-03-01" == server.people(project, alice).opens("a").created_at.date().isoformat()
