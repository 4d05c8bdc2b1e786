"""The fake as a GitHub Enterprise Server."""

import pytest
import requests

from tests.servers.github import github
from tests.servers.world import World


@pytest.fixture
def world():
    with github(enterprise="3.17") as server, requests.Session() as session:
        yield World(server, session)


def test_the_interface_lies_under_a_prefix(world):
    assert world.server.url.endswith("/api/v3")
    with world.client() as gh:
        made = gh.get_repo("acme/ops").create_issue("a")
        _, answer = gh.requester.graphql_query("{ viewer { login } rateLimit { cost } }", {})
    site = world.server.url.removesuffix("/api/v3")
    assert (f"{world.server.url}/repos/acme/ops/issues/1", f"{site}/acme/ops/issues/1") == (made.url, made.html_url)
    assert {"viewer": {"login": "alice"}, "rateLimit": None} == answer["data"]
    assert [] == world.server.requests.violations()
    assert ["GET /repos/{owner}/{repo}", "POST /repos/{owner}/{repo}/issues", "POST /graphql"] == list(
        world.server.requests.counts()
    )
    assert 404 == world.ask("GET", f"{site}/user").status_code


def test_it_says_which_version_it_is(world):
    answer = world.ask("GET", "/meta")
    assert ("3.17.0", "3.17.0") == (answer.json()["installed_version"], answer.headers["X-GitHub-Enterprise-Version"])


def test_it_has_no_rate_limits(world):
    assert "X-RateLimit-Limit" not in world.ask("GET", "/user").headers
    answer = world.ask("GET", "/rate_limit")
    assert (404, "Rate limiting is not enabled.") == (answer.status_code, answer.json()["message"])


def test_it_lacks_what_is_new(world):
    state = world.server.state
    with pytest.raises(ValueError, match="Enterprise"):
        state.issue_field(world.acme, "Due", "date")
    state.project(world.acme, "Board")
    paths = ("/orgs/acme/issue-fields", "/orgs/acme/projectsV2/1/fields", "/repos/acme/ops/issue-types")
    assert [404] * 3 == [world.ask("GET", path).status_code for path in paths]
    made = world.ask("POST", "/repos/acme/ops/issues", {"title": "a", "issue_field_values": [], "labels": ["x"]})
    assert (201, False) == (made.status_code, "sub_issues_summary" in made.json())


def test_its_graphql_lacks_what_is_new_too(world):
    in_ops = 'repository(owner: "acme", name: "ops")'
    for fields in ("issueFields(first: 9) { totalCount }", "issue(number: 1) { blockedBy(first: 1) { totalCount } }"):
        (error,) = world.query(f"{{ {in_ops} {{ {fields} }} }}")["errors"]
        assert "doesn't exist on type" in error["message"]
    assert "errors" not in world.query(f"{{ {in_ops} {{ labels(first: 9) {{ totalCount }} }} }}")


def test_a_renamed_repository_redirects_below_the_prefix(world):
    world.server.state.rename(world.ops, "operations")
    location = world.ask("GET", "/repos/acme/ops/issues?state=all").headers["Location"]
    assert f"{world.server.url}/repositories/{world.ops.id}/issues" == location
    assert [] == world.ask("GET", location).json()
