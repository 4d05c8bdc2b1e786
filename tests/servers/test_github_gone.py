"""What is renamed, transferred, deleted or switched off in the fake GitHub."""

OPS = "/repos/acme/ops"
ISSUES = f"{OPS}/issues"


def test_a_renamed_repository_redirects_every_route_without_the_query(world):
    world.them.opens("a", state="closed")
    world.server.state.rename(world.ops, "operations")
    answer = world.ask("GET", f"{ISSUES}?state=all&labels=x")
    assert (301, f"{world.server.url}/repositories/{world.ops.id}/issues") == (
        answer.status_code,
        answer.headers["Location"],
    )
    assert 301 == world.ask("PATCH", f"{ISSUES}/1", {"title": "b"}).status_code
    assert 301 == world.ask("GET", OPS).status_code
    with world.client() as gh:
        assert "acme/operations" == gh.get_repo("acme/ops").full_name
    assert 1 == len(world.ask("GET", f"/repositories/{world.ops.id}/issues?state=all").json())
    assert 1 == world.server.requests.counts()["GET /repositories/{repository_id}/issues"]


def test_a_transferred_issue_redirects(world):
    other = world.server.state.repository(world.acme, "web", push=[world.alice])
    world.them.opens("a", labels=["x"])
    world.them.transfers(1, other)
    answer = world.ask("GET", f"{ISSUES}/1/comments")
    assert f"{world.server.url}/repositories/{other.id}/issues/1/comments" == answer.headers["Location"]
    with world.client() as gh:
        assert "web" == gh.get_repo("acme/ops").get_issue(1).repository.name
    assert [] == world.ask("GET", f"{ISSUES}?state=all").json()
    other.visibility = "private"
    assert 404 == world.ask("GET", f"{ISSUES}/1", token=world.tokens["mallory"]).status_code


def test_a_deleted_issue_is_gone(world):
    world.them.opens("a")
    world.them.deletes(1)
    assert 410 == world.ask("GET", f"{ISSUES}/1").status_code
    assert 410 == world.ask("PATCH", f"{ISSUES}/1", {"title": "b"}).status_code
    assert [] == world.ask("GET", ISSUES).json()
    assert 2 == world.ask("POST", ISSUES, {"title": "b"}).json()["number"]
    assert 404 == world.ask("GET", f"{ISSUES}/3").status_code


def test_issues_can_be_off(world):
    world.them.opens("a")
    world.ops.has_issues = False
    asked = [("GET", ISSUES, None), ("POST", ISSUES, {"title": "a"}), ("GET", f"{ISSUES}/1", None)]
    assert [410] * 3 == [world.ask(*one).status_code for one in asked]


def test_an_archived_repository_is_read_only(world):
    world.ops.archived = True
    assert 403 == world.ask("POST", ISSUES, {"title": "a"}).status_code
    assert 200 == world.ask("GET", ISSUES).status_code


def test_what_a_deleted_account_wrote_is_the_ghosts(world):
    world.ask("POST", ISSUES, {"title": 1, "assignees": ["alice"]})
    world.ask("POST", f"{ISSUES}/1/comments", {"body": "hello"})
    world.ask("PATCH", f"{ISSUES}/1", {"state": "closed"})
    world.server.state.delete_user(world.alice)
    shown = world.ask("GET", f"{ISSUES}/1", token=world.tokens["bob"]).json()
    assert ("ghost", "NONE", []) == (shown["user"]["login"], shown["author_association"], shown["assignees"])
    assert "ghost" == shown["closed_by"]["login"]
    lines = world.ask("GET", f"{ISSUES}/1/timeline", token=world.tokens["bob"]).json()
    assert {"ghost"} == {one["actor"]["login"] for one in lines}
    assert 401 == world.ask("GET", "/user").status_code
