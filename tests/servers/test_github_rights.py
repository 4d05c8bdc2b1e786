"""Who sees and may do what in the fake GitHub, by kind of token."""

import pytest

OPS = "/repos/acme/ops"
ISSUES = f"{OPS}/issues"


def test_an_unknown_token_is_refused(world):
    answer = world.ask("GET", OPS, token="ghp_unknown")
    assert (401, "Bad credentials") == (answer.status_code, answer.json()["message"])


def test_nobody_reads_what_is_public_and_writes_nothing(world):
    assert 200 == world.ask("GET", ISSUES, token=None).status_code
    assert 401 == world.ask("POST", ISSUES, {"title": "a"}, token=None).status_code
    assert 401 == world.ask("GET", "/user", token=None).status_code


@pytest.mark.parametrize("visibility", ["private", "internal"])
def test_a_private_repository_is_not_there_for_strangers(world, visibility):
    world.ops.visibility = visibility
    tokens = [None, world.tokens["mallory"], world.tokens["bob"]]
    assert [404, 404, 200] == [world.ask("GET", OPS, token=token).status_code for token in tokens]
    assert visibility == world.ask("GET", OPS).json()["visibility"]


def test_without_push_access_labels_and_the_like_are_dropped_silently(world):
    state = world.server.state
    field, kind = state.issue_field(world.acme, "Due", "date"), state.issue_type(world.acme, "Task")
    wanted = {
        "title": "a",
        "labels": ["x"],
        "assignees": ["alice", "nobody"],
        "milestone": 1,
        "type": kind.name,
        "issue_field_values": [{"field_id": field.id, "value": "2026-01-02"}],
    }
    answer = world.ask("POST", ISSUES, wanted, token=world.tokens["bob"])
    shown = answer.json()
    assert (201, [], [], None) == (answer.status_code, shown["labels"], shown["assignees"], shown["milestone"])
    assert (None, []) == (shown["type"], shown["issue_field_values"])
    changed = world.ask("PATCH", f"{ISSUES}/1", {"title": "b", "labels": ["x"]}, token=world.tokens["bob"]).json()
    assert ("b", []) == (changed["title"], changed["labels"])
    assert 403 == world.ask("POST", f"{ISSUES}/1/labels", {"labels": ["x"]}, token=world.tokens["bob"]).status_code
    silent = world.ask("POST", f"{ISSUES}/1/assignees", {"assignees": ["alice"]}, token=world.tokens["bob"])
    assert (201, []) == (silent.status_code, silent.json()["assignees"])


def test_without_push_access_only_ones_own_issues_change(world):
    world.ask("POST", ISSUES, {"title": "a"})
    answer = world.ask("PATCH", f"{ISSUES}/1", {"title": "b"}, token=world.tokens["bob"])
    assert (403, "a") == (answer.status_code, world.ops.issues[1].title)
    assert 403 == world.ask("POST", f"{OPS}/labels", {"name": "x"}, token=world.tokens["bob"]).status_code


def test_the_association_comes_from_membership_and_not_from_the_right_to_write(world):
    state = world.server.state
    carol, dave = state.user("carol"), state.user("dave")
    world.ops.collaborators[carol] = "read"
    world.ops.contributors.add(dave)
    own = state.repository(carol, "own")
    authors = {"MEMBER": world.bob, "COLLABORATOR": carol, "CONTRIBUTOR": dave, "NONE": world.mallory}
    for author in authors.values():
        world.server.people(world.ops, author).opens("a")
    shown = world.ask("GET", f"{ISSUES}?direction=asc").json()
    assert list(authors) == [one["author_association"] for one in shown]
    world.server.people(own, carol).opens("a")
    assert "OWNER" == world.ask("GET", "/repos/carol/own/issues/1").json()["author_association"]


def test_owners_may_everything(world):
    state = world.server.state
    carol = state.user("carol")
    world.acme.owners.add(carol)
    state.repository(carol, "own")
    token = state.classic_token(carol)
    for path in (OPS, "/repos/carol/own"):
        assert world.ask("GET", path, token=token).json()["permissions"]["admin"]
        assert 204 == world.ask("GET", f"{path}/assignees/carol", token=token).status_code
    assert "User" == world.ask("GET", "/repos/carol/own").json()["owner"]["type"]


def test_scopes_of_a_classic_token(world):
    state = world.server.state
    public, none = state.classic_token(world.alice, "public_repo"), state.classic_token(world.alice, "gist")
    assert 201 == world.ask("POST", ISSUES, {"title": "a"}, token=public).status_code
    assert 404 == world.ask("POST", ISSUES, {"title": "a"}, token=none).status_code
    world.ops.visibility = "private"
    assert [404, 404] == [world.ask("GET", OPS, token=token).status_code for token in (public, none)]
    assert "public_repo" == world.ask("GET", "/user", token=public).headers["X-OAuth-Scopes"]


def test_permissions_of_a_fine_grained_token(world):
    state = world.server.state
    web = state.repository(world.acme, "web", push=[world.alice], visibility="private")
    writes = state.fine_grained_token(world.alice, [world.ops], issues="write")
    reads = state.fine_grained_token(world.alice, [world.ops, web], issues="read")
    nothing = state.fine_grained_token(world.alice, [web])
    assert 201 == world.ask("POST", ISSUES, {"title": "a", "labels": ["x"]}, token=writes).status_code
    assert 404 == world.ask("GET", "/repos/acme/web", token=writes).status_code
    answer = world.ask("POST", ISSUES, {"title": "a"}, token=reads)
    assert (403, "issues=write") == (answer.status_code, answer.headers["X-Accepted-GitHub-Permissions"])
    assert "Resource not accessible by personal access token" == answer.json()["message"]
    assert 200 == world.ask("GET", "/repos/acme/web/issues", token=reads).status_code
    assert 403 == world.ask("GET", "/repos/acme/web/issues", token=nothing).status_code
    assert "X-OAuth-Scopes" not in answer.headers


def test_a_workflows_token_is_a_bot_that_is_no_user(world):
    token = world.server.state.actions_token(world.ops)
    answer = world.ask("GET", "/user", token=token)
    assert (403, "Resource not accessible by integration") == (answer.status_code, answer.json()["message"])
    assert "github-actions[bot]" == world.query("{ viewer { login } }", token)["data"]["viewer"]["login"]
    made = world.ask("POST", ISSUES, {"title": "a", "labels": ["x"], "assignees": ["alice"]}, token=token).json()
    assert ("github-actions[bot]", "Bot", "NONE") == (
        made["user"]["login"],
        made["user"]["type"],
        made["author_association"],
    )
    assert (1, 1) == (len(made["labels"]), len(made["assignees"]))
    assert False is world.ask("GET", OPS, token=token).json()["permissions"]["push"]


def test_a_workflows_token_is_for_one_repository(world):
    state = world.server.state
    state.repository(world.acme, "secret", visibility="private")
    state.repository(world.acme, "open")
    token, reader = state.actions_token(world.ops), state.actions_token(world.ops, issues="read")
    assert 404 == world.ask("GET", "/repos/acme/secret", token=token).status_code
    assert 403 == world.ask("POST", "/repos/acme/open/issues", {"title": "a"}, token=token).status_code
    assert 403 == world.ask("POST", ISSUES, {"title": "a"}, token=reader).status_code


def test_a_request_without_a_user_agent_is_refused(world):
    assert 403 == world.ask("GET", OPS, headers={"User-Agent": ""}).status_code


def test_a_wrong_version_of_the_interface_is_refused(world):
    statuses = [
        world.ask("GET", OPS, headers={"X-GitHub-Api-Version": version}).status_code
        for version in ("2022-11-28", "2026-03-10", "2020-01-01")
    ]
    assert [200, 200, 400] == statuses
