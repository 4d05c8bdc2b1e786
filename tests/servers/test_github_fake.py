"""The fake GitHub answers as api.github.com does: repositories, labels and issues, by PyGithub and by plain HTTP."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from github import GithubException, UnknownObjectException

from tests.servers.github import github

OPS = "/repos/acme/ops"
ISSUES = f"{OPS}/issues"


def test_an_issue_is_created_changed_and_closed_by_a_real_client(world):
    with world.client() as gh:
        repository = gh.get_repo("acme/ops")
        issue = repository.create_issue("Fix it", body="now", labels=["sev1"], assignees=["alice"])
        issue.edit(title="Fix it well", labels=["sev2"], state="closed", state_reason="not_planned")
        again = repository.get_issue(1)
        events = [event.event for event in again.get_timeline()]
    assert ("Fix it well", "closed", "not_planned") == (again.title, again.state, again.state_reason)
    assert (["sev2"], ["alice"]) == ([one.name for one in again.labels], [one.login for one in again.assignees])
    assert ["labeled", "assigned", "renamed", "unlabeled", "labeled", "closed"] == events
    assert "alice" == again.closed_by.login
    assert [] == world.server.requests.violations()


def test_a_repository_tells_what_the_caller_may_do(world):
    mine = world.ask("GET", OPS).json()
    theirs = world.ask("GET", OPS, token=world.tokens["bob"]).json()
    assert (True, False) == (mine["permissions"]["push"], theirs["permissions"]["push"])
    assert ("public", False, "Organization", True) == (
        mine["visibility"],
        mine["private"],
        mine["owner"]["type"],
        mine["has_issues"],
    )


def test_it_starts_within_fifty_milliseconds():
    def started() -> float:
        start = time.perf_counter()
        with github():
            return time.perf_counter() - start

    assert min(started() for _ in range(5)) < 0.05


def test_timestamps_are_whole_seconds_and_the_clock_stands_still(world):
    first = world.ask("POST", ISSUES, {"title": "a"}).json()
    world.server.clock.advance(1.5)
    second = world.ask("PATCH", f"{ISSUES}/1", {"body": "b"}).json()
    assert first["created_at"] == first["updated_at"] == second["created_at"]
    assert first["updated_at"] < second["updated_at"]
    assert "Z" == second["updated_at"][-1]
    assert 20 == len(second["updated_at"])


def test_a_change_that_changes_nothing_leaves_no_trace(world):
    world.ask("POST", ISSUES, {"title": "a", "labels": ["x"]})
    world.server.clock.advance(10)
    body = world.ask("PATCH", f"{ISSUES}/1", {"title": "a", "labels": ["X"], "state": "open"}).json()
    assert body["created_at"] == body["updated_at"]


def test_someone_who_may_not_be_assigned_fails_the_whole_create(world):
    answer = world.ask("POST", ISSUES, {"title": "a", "assignees": ["alice", "bob"]})
    assert 422 == answer.status_code
    error = {"resource": "Issue", "field": "assignees", "code": "invalid", "value": "bob"}
    assert ("Validation Failed", [error]) == (answer.json()["message"], answer.json()["errors"])
    assert [] == world.ask("GET", ISSUES).json()
    assert 422 == world.ask("POST", ISSUES, {"title": "a", "assignee": "nobody-knows"}).status_code


def test_assignable_people_are_those_who_may_push(world):
    assert ["alice"] == [one["login"] for one in world.ask("GET", f"{OPS}/assignees").json()]
    assert [204, 404, 404] == [
        world.ask("GET", f"{OPS}/assignees/{login}").status_code for login in ("Alice", "bob", "nobody")
    ]


def test_labels_and_assignees_replace_the_set(world):
    world.ask("POST", ISSUES, {"title": "a", "labels": ["x", "y"], "assignees": ["alice"]})
    body = world.ask("PATCH", f"{ISSUES}/1", {"labels": ["y", "z"], "assignees": []}).json()
    assert ["y", "z"] == [one["name"] for one in body["labels"]]
    assert ([], None) == (body["assignees"], body["assignee"])


def test_single_labels_and_assignees_come_and_go(world):
    world.ask("POST", ISSUES, {"title": "a"})
    assert ["x", "y"] == [one["name"] for one in world.ask("POST", f"{ISSUES}/1/labels", {"labels": ["x", "y"]}).json()]
    assert ["y"] == [one["name"] for one in world.ask("DELETE", f"{ISSUES}/1/labels/X").json()]
    assert 404 == world.ask("DELETE", f"{ISSUES}/1/labels/x").status_code
    added = world.ask("POST", f"{ISSUES}/1/assignees", {"assignees": ["alice", "bob"]})
    assert (201, ["alice"]) == (added.status_code, [one["login"] for one in added.json()["assignees"]])
    assert [] == world.ask("DELETE", f"{ISSUES}/1/assignees", {"assignees": ["Alice"]}).json()["assignees"]


def test_a_real_client_adds_labels_as_a_bare_list_which_the_description_doesnt_know(world):
    world.them.opens("a")
    with world.client() as gh:
        gh.get_repo("acme/ops").get_issue(1).add_to_labels("x")
    assert ["x"] == [label.name for label in world.ops.issues[1].labels]
    assert 1 == len(world.server.requests.violations())


def test_a_label_is_made_on_the_fly_in_grey(world):
    label = world.ask("POST", ISSUES, {"title": "a", "labels": ["new"]}).json()["labels"][0]
    assert ("ededed", None) == (label["color"], label["description"])


def test_labels_differ_in_more_than_case(world):
    made = world.ask("POST", f"{OPS}/labels", {"name": "sev1", "color": "ff0000", "description": "bad"})
    assert 201 == made.status_code
    again = world.ask("POST", f"{OPS}/labels", {"name": "SEV1"})
    assert (422, "already_exists") == (again.status_code, again.json()["errors"][0]["code"])
    assert ["sev1"] == [
        one["name"] for one in world.ask("POST", ISSUES, {"title": "a", "labels": ["SEV1"]}).json()["labels"]
    ]
    assert ["sev1"] == [one["name"] for one in world.ask("GET", f"{OPS}/labels").json()]
    assert "sev1" == world.ask("GET", f"{OPS}/labels/Sev1").json()["name"]
    assert 404 == world.ask("GET", f"{OPS}/labels/none").status_code


@pytest.mark.parametrize(
    "body", [{}, {"name": "a" * 51}, {"name": "a", "color": "red"}, {"name": "a", "description": "d" * 101}]
)
def test_a_bad_label_is_refused(world, body):
    assert 422 == world.ask("POST", f"{OPS}/labels", body).status_code
    assert {} == world.ops.labels


def test_a_label_name_with_a_slash_is_found(world):
    world.ask("POST", f"{OPS}/labels", {"name": "priority/P1"})
    assert 200 == world.ask("GET", f"{OPS}/labels/priority%2FP1").status_code


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": ""},
        {"title": "x" * 257},
        {"title": ["x"]},
        {"title": "x", "body": "x" * 65_537},
        {"title": "x", "body": 1},
        {"title": "x", "labels": "a"},
        {"title": "x", "labels": ["x" * 51]},
        {"title": "x", "labels": [""]},
        {"title": "x", "labels": [1]},
        {"title": "x", "milestone": 7},
        {"title": "x", "issue_field_values": [{"field_id": 1}]},
    ],
)
def test_a_bad_issue_is_refused_and_nothing_created(world, body):
    assert 422 == world.ask("POST", ISSUES, body).status_code
    assert {} == world.ops.issues


def test_the_longest_title_and_body_are_taken(world):
    body = {"title": "x" * 256, "body": "é" * 65_536, "labels": ["x" * 50]}
    assert 201 == world.ask("POST", ISSUES, body).status_code


@pytest.mark.parametrize(
    "body", [{"state": "done"}, {"state": "closed", "state_reason": "fixed"}, {"state_reason": "duplicate", "state": 1}]
)
def test_a_bad_change_is_refused_whole(world, body):
    world.ask("POST", ISSUES, {"title": "a"})
    assert 422 == world.ask("PATCH", f"{ISSUES}/1", {"title": "b", **body}).status_code
    assert "a" == world.ops.issues[1].title


@pytest.mark.parametrize("body", ["{", "[1]", "1"])
def test_what_is_no_object_is_a_bad_request(world, body):
    headers = {"Authorization": f"token {world.tokens['alice']}"}
    assert 400 == world.session.post(world.server.url + ISSUES, data=body, headers=headers).status_code


def test_a_reason_counts_only_when_the_state_changes(world):
    original = world.ask("POST", ISSUES, {"title": "a"}).json()
    world.ask("POST", ISSUES, {"title": "b"})
    change = {"state": "closed", "state_reason": "duplicate", "duplicate_issue_id": original["id"]}
    assert "duplicate" == world.ask("PATCH", f"{ISSUES}/2", change).json()["state_reason"]
    assert world.ops.issues[1] is world.ops.issues[2].duplicate_of
    kept = world.ask("PATCH", f"{ISSUES}/2", {"state": "closed", "state_reason": "completed"}).json()
    assert "duplicate" == kept["state_reason"]
    assert "duplicate" == world.ask("PATCH", f"{ISSUES}/2", {"state_reason": "not_planned"}).json()["state_reason"]
    reopened = world.ask("PATCH", f"{ISSUES}/2", {"state": "open"}).json()
    assert ("open", "reopened", None) == (reopened["state"], reopened["state_reason"], reopened["closed_at"])
    unknown = {"state": "closed", "state_reason": "duplicate", "duplicate_issue_id": 1}
    assert 422 == world.ask("PATCH", f"{ISSUES}/2", unknown).status_code


def test_many_clients_at_once_get_different_numbers(world):
    def create(number: int) -> int:
        with world.client() as gh:
            return gh.get_repo("acme/ops").create_issue(f"{number}").number

    with ThreadPoolExecutor(8) as pool:
        assert set(range(1, 41)) == set(pool.map(create, range(40)))


def test_comments_count_and_move_the_update(world):
    world.them.opens("a")
    world.server.clock.advance(5)
    with world.client() as gh:
        issue = gh.get_repo("acme/ops").get_issue(1)
        issue.create_comment("hello")
        assert ["hello"] == [one.body for one in issue.get_comments()]
        assert ["commented"] == [event.event for event in issue.get_timeline()]
        assert [] == list(issue.get_events())
    shown = world.ask("GET", f"{ISSUES}/1").json()
    assert (1, True) == (shown["comments"], shown["updated_at"] > shown["created_at"])
    assert 422 == world.ask("POST", f"{ISSUES}/1/comments", {}).status_code


def test_a_locked_issue_takes_no_comments_of_others(world):
    world.them.opens("a")
    world.them.locks(1, "resolved")
    comment = {"body": "hello"}
    assert 403 == world.ask("POST", f"{ISSUES}/1/comments", comment, token=world.tokens["bob"]).status_code
    assert 201 == world.ask("POST", f"{ISSUES}/1/comments", comment).status_code
    shown = world.ask("GET", f"{ISSUES}/1").json()
    assert (True, "resolved") == (shown["locked"], shown["active_lock_reason"])


def test_errors_say_status_and_where_to_read(world):
    answer = world.ask("GET", f"{ISSUES}/9")
    assert {
        "message": "Not Found",
        "status": "404",
        "documentation_url": "https://docs.github.com/rest",
    } == answer.json()
    with world.client() as gh, pytest.raises(UnknownObjectException):
        gh.get_repo("acme/none")
    assert 404 == world.ask("GET", "/no/such/route").status_code


def test_a_real_client_shows_the_reason_of_a_refusal(world):
    with world.client() as gh, pytest.raises(GithubException) as raised:
        gh.get_repo("acme/ops").create_issue("a", assignees=["bob"])
    assert (422, "assignees") == (raised.value.status, raised.value.data["errors"][0]["field"])


def test_milestones_are_set_by_number(world):
    world.server.state.milestone(world.ops, "June", world.alice)
    shown = world.ask("POST", ISSUES, {"title": "a", "milestone": 1}).json()
    assert "June" == shown["milestone"]["title"]
    assert 1 == len(world.ask("GET", f"{ISSUES}?milestone=1").json())
    assert world.ask("PATCH", f"{ISSUES}/1", {"milestone": None}).json()["milestone"] is None


def test_rules_of_a_branch_are_listed(world):
    world.ops.branch_rules["release/1"] = [{"type": "required_signatures"}]
    rules = world.ask("GET", f"{OPS}/rules/branches/release/1").json()
    assert [("required_signatures", "acme/ops")] == [(one["type"], one["ruleset_source"]) for one in rules]
    assert [] == world.ask("GET", f"{OPS}/rules/branches/main").json()
