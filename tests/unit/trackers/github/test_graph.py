"""What GraphQL answers, and what of it may be believed."""

import pytest

from tests.unit.trackers.web.given import answer
from tracksync.errors import TrackerError
from tracksync.trackers.github import graph
from tracksync.trackers.github.address import address
from tracksync.trackers.github.rows import version_of

from .given import raw, text

MISSING = {"type": "NOT_FOUND", "path": ["repository", "i2"], "message": "Could not resolve to an issue"}
FORBIDDEN = {"type": "FORBIDDEN", "message": "Resource not accessible by integration"}
NODE = {
    "__typename": "Issue",
    "number": 12,
    "title": "Give retries a limit",
    "body": text(),
    "state": "OPEN",
    "stateReason": None,
    "updatedAt": "2026-03-01T12:00:00Z",
    "authorAssociation": "MEMBER",
    "author": {"__typename": "User", "login": "robot"},
    "labels": {"nodes": [{"name": "tracksync"}, {"name": "priority/P1"}]},
    "assignees": {"nodes": [{"login": "alice"}]},
}


class TestData:
    def test_is_what_was_found(self):
        assert {"a": 1} == graph.data(answer(200, {"data": {"a": 1}}), "looking")

    def test_what_does_not_exist_is_missing_and_no_error(self):
        found = {"repository": {"i1": {"number": 1}, "i2": None}}
        assert found == graph.data(answer(200, {"data": found, "errors": [MISSING]}), "looking")
        assert [1] == list(graph.nodes(found))

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            (answer(200, {"data": {"repository": {"i1": None}}, "errors": [MISSING, FORBIDDEN]}), FORBIDDEN["message"]),
            (answer(200, {"data": {"a": 1}, "errors": [{"message": "Something went wrong"}]}), "Something went wrong"),
            (answer(200, {"data": {"a": 1}, "errors": ["odd"]}), "looking was refused: odd"),
            (answer(200, {"data": None, "errors": [FORBIDDEN]}), "looking was refused: Resource not accessible"),
            (answer(200, {"data": None}), "looking was refused with status 200"),
            (answer(200, []), "looking was refused with status 200"),
            (answer(401, {"message": "Bad credentials"}), "looking was refused: Bad credentials"),
        ],
    )
    def test_anything_else_that_graphql_calls_an_error_is_one(self, given, said):
        with pytest.raises(TrackerError) as raised:
            graph.data(given, "looking")
        assert said in str(raised.value)


class TestIssues:
    def test_one_is_the_same_by_graphql_and_by_rest(self):
        assert raw() == graph.as_rest(NODE) | {"user": raw()["user"], "assignees": raw()["assignees"]}
        assert version_of(raw()) == version_of(graph.as_rest(NODE))

    @pytest.mark.parametrize("reason", ["COMPLETED", "NOT_PLANNED", "DUPLICATE", "REOPENED"])
    def test_reasons_are_those_of_rest(self, reason):
        assert reason.lower() == graph.as_rest(NODE | {"stateReason": reason})["state_reason"]

    @pytest.mark.parametrize("author", [None, {}, "x"])
    def test_an_author_who_is_gone_is_nobody(self, author):
        assert graph.as_rest(NODE | {"author": author})["user"] is None

    def test_what_is_null_is_empty(self):
        bare = graph.as_rest(NODE | {"labels": None, "assignees": {"nodes": [None]}})
        assert ([], []) == (bare["labels"], bare["assignees"])

    @pytest.mark.parametrize(
        ("actor", "login"),
        [
            (None, ""),
            ({"login": None}, ""),
            ({"__typename": "User", "login": "alice"}, "alice"),
            ({"__typename": "Bot", "login": "github-actions"}, "github-actions[bot]"),
            ({"__typename": "Bot", "login": "github-actions[bot]"}, "github-actions[bot]"),
            ({"login": "github-actions[bot]"}, "github-actions[bot]"),
        ],
    )
    def test_an_apps_login_ends_in_bot_as_in_rest(self, actor, login):
        assert login == graph.login(actor)


class TestRepositories:
    FOUND = {  # noqa: RUF012
        "databaseId": 42,
        "nameWithOwner": "acme/web",
        "visibility": "INTERNAL",
        "isArchived": False,
        "hasIssuesEnabled": True,
        "viewerPermission": "WRITE",
        "defaultBranchRef": {"name": "trunk"},
        "owner": {"__typename": "Organization", "login": "acme"},
    }

    def test_one_is_described(self):
        assert graph.Repository(42, "acme/web", "trunk", "internal", True, False, "WRITE", "acme") == (
            graph.repository_of({"repository": self.FOUND})
        )

    def test_an_empty_one_of_a_person_seen_by_an_app_has_no_branch_no_organisation_and_no_permission(self):
        bare = {"defaultBranchRef": None, "viewerPermission": None, "owner": {"__typename": "User", "login": "al"}}
        found = graph.repository_of({"repository": self.FOUND | bare})
        assert ("", "", "") == (found.branch, found.permission, found.organisation)

    def test_one_whose_visibility_is_not_told_is_private(self):
        found = graph.repository_of({"repository": {"databaseId": 42, "nameWithOwner": "a/b"}})
        assert ("private", True, False) == (found.visibility, found.issues, found.archived)


def test_a_query_reads_though_it_is_a_post():
    request = graph.query(address(), "query { x }", {"a": "b"})
    assert ("POST", "https://api.github.com/graphql", True) == (request.method, request.path, request.reads)
    assert {"query": "query { x }", "variables": {"a": "b"}} == request.body


def test_names_are_variables_and_never_part_of_the_query():
    text, names = graph.by_number([1, 2], 'acme/web"){evil}')
    assert {"owner": "acme", "name": 'web"){evil}'} == names
    assert "evil" not in text
