"""What `tracksync doctor` is told of a GitLab project, without a write and without an exception."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.servers import faults
from tests.servers.gitlab import gitlab
from tracksync.checks import Check, Health

from .world import LABELS, MEMBERS, World


def found(world: World, token: str | None = None, documents: str = "", **wanted: Any) -> dict[str, Check]:
    tracker = world.tracker(token, **wanted)
    checks = {one.name: one for one in tracker.diagnose(documents, world.server.clock.now)}
    assert 0 == world.server.requests.writes()
    secrets = [world.token, token or "x" * 40]
    assert not any(secret in f"{one.message}{one.hint}" for one in checks.values() for secret in secrets)
    return checks


def told(check: Check) -> tuple[str, str]:
    return check.health.value, check.message


def test_all_is_well(world: World) -> None:
    world.server.state.label(world.web, "tracksync")
    checks = found(world, documents="acme/web")
    assert {Health.OK} == {one.health for one in checks.values()}
    assert "127.0.0.1" in checks["server"].message
    assert checks["server"].message.endswith("answers, GitLab 19.2.1-ee")
    assert "scopes api, until " in checks["token"].message
    assert "acme/web is public" == checks["project"].message
    assert "the token has the role Reporter" == checks["role"].message
    assert checks["labels"].message.startswith("1 of 11 labels are there; the first run that needs them makes ")
    assert "3 people can be assigned; an issue takes one assignee (Free)" == checks["owners"].message
    assert "main of acme/web has no rule that keeps Developers from pushing" == checks["branch"].message


def test_premium_takes_several_assignees(premium: World) -> None:
    assert "an issue takes several assignees (Premium)" in found(premium)["owners"].message


@pytest.mark.parametrize(("version", "health"), [("17.0", "ok"), ("16.11", "warning"), ("15", "warning")])
def test_an_old_server_is_told(tmp_path: Path, version: str, health: str) -> None:
    with gitlab(version="17.0") as server:
        world = World(server, tmp_path)
        server.state.version = version if "." in version else "15.0"
        assert health == found(world)["server"].health.value


def test_a_server_that_can_not_be_reached_is_all_that_is_told(world: World) -> None:
    world.server.faults.add("GET", "/version", faults.lost_before(), times=None)
    (check,) = found(world).values()
    assert ("server", Health.FAILED) == (check.name, check.health)
    assert check.hint


def test_a_token_that_is_wrong_ends_it(world: World) -> None:
    checks = found(world, "glpat-nothing")
    assert ["server", "clock", "token"] == list(checks)
    assert (Health.FAILED, True) == (checks["token"].health, "make a new one" in checks["token"].hint)


@pytest.mark.parametrize(("days", "health"), [(1, "warning"), (13, "warning"), (14, "ok"), (200, "ok")])
def test_a_token_that_ends_soon_is_told_with_its_date(world: World, days: int, health: str) -> None:
    ends = world.server.clock.now.date() + timedelta(days=days)
    check = found(world, world.server.state.personal_token(world.alice, expires_at=ends))["token"]
    assert (health, True) == (check.health.value, ends.isoformat() in check.message)


def test_a_token_that_may_only_read_fails(world: World) -> None:
    check = found(world, world.server.state.personal_token(world.alice, "read_api"))["token"]
    assert (Health.FAILED, True) == (check.health, "scope `api`" in check.hint)


def test_an_oauth_token_tells_less(world: World) -> None:
    check = found(world, world.server.state.oauth_token(world.alice))["token"]
    assert ("ok", "a token of alice; GitLab tells no more about it") == told(check)


def test_a_clock_that_is_wrong_is_told(world: World) -> None:
    now = world.server.clock.now + timedelta(seconds=300)
    (check,) = [one for one in world.tracker().diagnose("", now) if one.name == "clock"]
    assert ("warning", "this machine's clock is 300 s ahead of the server's") == told(check)


@pytest.mark.parametrize(
    ("level", "health", "role"),
    [(10, "failed", "Guest"), (15, "ok", "Planner"), (20, "ok", "Reporter"), (50, "ok", "Owner")],
)
def test_a_role_is_told(world: World, level: int, health: str, role: str) -> None:
    world.web.members[world.bob] = level
    check = found(world, world.server.state.personal_token(world.bob))["role"]
    assert (health, f"the token has the role {role}") == told(check)


def test_a_role_that_is_not_told_is_a_warning(world: World) -> None:
    assert "warning" == found(world, world.server.state.personal_token(world.mallory))["role"].health.value


def test_a_project_that_moved_says_what_to_write(world: World) -> None:
    world.server.state.move_project(world.web, "site")
    check = found(world)["project"]
    assert ("warning", "acme/web is now acme/site") == told(check)
    assert "`project: acme/site`" in check.hint


def test_a_project_that_is_not_there_fails(world: World) -> None:
    check = found(world, project="acme/nope")["project"]
    assert (Health.FAILED, True) == (check.health, "check tracker.project" in check.hint)


@pytest.mark.parametrize("act", ["archived", "switched off"])
def test_issues_that_can_not_be_made_fail(world: World, act: str) -> None:
    world.web.archived = act == "archived"
    world.web.issues_access_level = "disabled" if act == "switched off" else "enabled"
    check = found(world)["issues"]
    assert (Health.FAILED, True) == (check.health, act in check.message)


@pytest.mark.parametrize("path", [LABELS, MEMBERS])
def test_what_can_not_be_read_fails_and_stops_nothing(world: World, path: str) -> None:
    world.server.faults.add("GET", path, faults.answers(403, {"message": "403 Forbidden"}))
    checks = found(world, documents="acme/web")
    assert (Health.FAILED, "ok") == (checks["labels"].health, checks["branch"].health.value)


@pytest.mark.parametrize(("name", "push"), [("main", 40), ("main", 0), ("main", 30)])
def test_a_protected_branch_of_the_documents_is_told(world: World, name: str, push: int) -> None:
    world.server.state.protect(world.web, name, push=push)
    check = found(world, documents="acme/web")["branch"]
    assert ("ok" if push == 30 else "warning") == check.health.value


def test_a_branch_with_a_slash_and_documents_that_are_not_there(world: World) -> None:
    world.web.default_branch = "release/1"
    assert "doesn't tell whether release/1" in found(world, documents="acme/web")["branch"].message
    world.web.branches["release/1"] = "b" * 40
    assert "ok" == found(world, documents="acme/web")["branch"].health.value
    assert "failed" == found(world, documents="acme/nope")["documents"].health.value


def test_a_date_that_is_none_tells_no_clock(world: World) -> None:
    world.server.faults.add("GET", "/version", faults.answers(200, {"version": "19.2.1"}, {"Date": "yesterday"}))
    assert "clock" not in found(world)


def test_a_server_that_tells_no_version_answers_all_the_same(world: World) -> None:
    world.server.faults.add("GET", "/version", faults.answers(403, {"message": "403 Forbidden"}))
    assert found(world)["server"].message.endswith(" answers")


def test_a_token_whose_user_is_not_told_fails(world: World) -> None:
    world.server.faults.add("GET", "/user", faults.answers(403, {"message": "403 Forbidden"}), times=None)
    assert Health.FAILED is found(world)["token"].health


def test_a_token_without_an_end_is_well(world: World) -> None:
    own = {"scopes": ["api"], "expires_at": None}
    world.server.faults.add("GET", "/personal_access_tokens/self", faults.answers(200, own))
    assert found(world)["token"].message.endswith("scopes api")
