"""ETags, rate limits and the headers that tell of them in the fake GitHub."""

import contextlib

import pytest
import requests
from github import GithubException

from tests.servers.faults import http_date
from tests.servers.github.matrix import CARRIED_OUT, FAULTS
from tests.servers.github.refusals import graphql_limited, primary_limit, secondary_limit

OPS = "/repos/acme/ops"
ISSUES = f"{OPS}/issues"


def test_an_etag_saves_the_answer_and_the_limit(world):
    world.them.opens("a")
    first = world.ask("GET", ISSUES)
    assert "4999" == first.headers["X-RateLimit-Remaining"]
    again = world.ask("GET", ISSUES, headers={"If-None-Match": first.headers["ETag"]})
    assert (304, b"", "4999") == (again.status_code, again.content, again.headers["X-RateLimit-Remaining"])
    world.them.edits(1, title="b")
    assert 200 == world.ask("GET", ISSUES, headers={"If-None-Match": first.headers["ETag"]}).status_code


def test_an_etag_is_of_one_token(world):
    tag = world.ask("GET", ISSUES).headers["ETag"]
    fresh = world.server.state.classic_token(world.alice)
    assert 200 == world.ask("GET", ISSUES, token=fresh, headers={"If-None-Match": tag}).status_code


def test_every_answer_has_githubs_headers(world):
    for answer in (world.ask("GET", OPS), world.ask("GET", "/repos/acme/none")):
        assert {"X-GitHub-Request-Id", "X-RateLimit-Limit", "X-RateLimit-Reset", "Date"} <= set(answer.headers)
        assert http_date(world.server.clock, 0) == answer.headers["Date"]


def test_the_hours_requests_run_out_and_come_back(world):
    world.server.limits.hourly = 3
    answers = [world.ask("GET", OPS) for _ in range(4)]
    assert [200, 200, 200, 403] == [one.status_code for one in answers]
    assert "0" == answers[-1].headers["X-RateLimit-Remaining"]
    assert "API rate limit exceeded" in answers[-1].json()["message"]
    assert 0 == world.ask("GET", "/rate_limit").json()["rate"]["remaining"]
    assert 200 == world.ask("GET", OPS, token=world.tokens["bob"]).status_code
    world.server.clock.advance(3600)
    assert 200 == world.ask("GET", OPS).status_code


def test_a_person_has_one_limit_for_all_tokens_and_a_workflow_a_small_one(world):
    state = world.server.state
    world.ask("GET", OPS)
    assert "4998" == world.ask("GET", OPS, token=state.classic_token(world.alice)).headers["X-RateLimit-Remaining"]
    used = [world.ask("GET", OPS, token=state.actions_token(world.ops)) for _ in range(2)]
    assert ["999", "998"] == [one.headers["X-RateLimit-Remaining"] for one in used]


def test_content_is_created_at_most_so_often(world):
    world.server.limits.like_github()
    statuses = [world.ask("POST", ISSUES, {"title": str(number)}).status_code for number in range(81)]
    assert ([201] * 80, 403) == (statuses[:80], statuses[80])
    refused = world.ask("POST", f"{OPS}/labels", {"name": "x"})
    assert (403, "60", True) == (
        refused.status_code,
        refused.headers["Retry-After"],
        "secondary rate limit" in refused.json()["message"],
    )
    assert 200 == world.ask("PATCH", f"{ISSUES}/1", {"title": "b"}).status_code
    world.server.clock.advance(60)
    assert 201 == world.ask("POST", ISSUES, {"title": "a"}).status_code
    assert (80, 81) == (world.server.requests.busiest(60), world.server.requests.busiest(61))


def test_content_is_created_at_most_so_often_in_an_hour(world):
    world.server.limits.creations_an_hour = 3
    statuses = []
    for number in range(4):
        statuses.append(world.ask("POST", ISSUES, {"title": str(number)}).status_code)
        world.server.clock.advance(600)
    assert [201, 201, 201, 403] == statuses
    world.server.clock.advance(1200)
    assert 201 == world.ask("POST", ISSUES, {"title": "a"}).status_code


def test_a_refused_create_counts_for_nothing(world):
    world.server.limits.creations_a_minute = 1
    assert [422, 201] == [world.ask("POST", ISSUES, {"title": title}).status_code for title in ("", "a")]
    assert 1 == len(world.server.requests.creations())
    by_number = f"/repositories/{world.ops.id}/issues"
    assert 403 == world.ask("POST", by_number, {"title": "b"}).status_code
    world.server.clock.advance(60)
    assert 201 == world.ask("POST", by_number, {"title": "b"}).status_code
    assert 2 == len(world.server.requests.creations())
    assert [] == [wrong for wrong in world.server.requests.violations() if "no such operation" in wrong]


@pytest.mark.parametrize("status", [403, 429])
def test_the_primary_limit_as_a_fault(world, status):
    world.server.faults.add("GET", OPS, primary_limit(120, status))
    answer = world.ask("GET", OPS)
    reset = int(answer.headers["X-RateLimit-Reset"]) - int(world.server.clock.now.timestamp())
    assert (status, "0", 120) == (answer.status_code, answer.headers["X-RateLimit-Remaining"], reset)
    assert "Retry-After" not in answer.headers


def test_the_secondary_limit_as_a_fault(world):
    later = http_date(world.server.clock, 90)
    for retry_after, status in ((None, 403), ("30", 403), (later, 429), (None, 429)):
        world.server.faults.add("POST", "/repos/{owner}/{repo}/issues", secondary_limit(retry_after, status))
        answer = world.ask("POST", ISSUES, {"title": "a"})
        assert (status, retry_after) == (answer.status_code, answer.headers.get("Retry-After"))
        world.server.faults.clear()
    assert {} == world.ops.issues


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_carried_out_or_not_as_it_says(world, name):
    world.server.faults.add("POST", "/repos/{owner}/{repo}/issues", FAULTS[name])
    with contextlib.suppress(requests.RequestException):
        assert 201 != world.ask("POST", ISSUES, {"title": "a"}).status_code
    assert len(world.ops.issues) == (name in CARRIED_OUT)
    assert [] == world.server.faults.unused()
    assert 201 == world.ask("POST", ISSUES, {"title": "a"}).status_code


def test_a_real_client_takes_a_429_for_a_plain_error(world):
    world.server.faults.add("GET", "*", secondary_limit(status=429))
    with world.client() as gh, pytest.raises(GithubException) as raised:
        gh.get_repo("acme/ops")
    assert 429 == raised.value.status


def test_graphql_says_with_200_that_the_limit_is_reached(world):
    world.server.faults.add("POST", "/graphql", graphql_limited())
    assert "RATE_LIMITED" == world.query("{ viewer { login } }")["errors"][0]["type"]
    assert "alice" == world.query("{ viewer { login } }")["data"]["viewer"]["login"]
    world.server.limits.hourly = 1
    answer = world.query("{ viewer { login } }")
    assert (None, "RATE_LIMITED") == (answer.get("data"), answer["errors"][0]["type"])
