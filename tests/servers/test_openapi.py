"""The checker of requests and answers, and the slice of GitHub's description."""

from datetime import UTC, datetime

import pytest

from tests.servers.github.platform import OPENAPI, ROUTES
from tests.servers.github.slice_openapi import slice_of
from tests.servers.openapi import description
from tests.servers.recording import Recorded

ISSUES = "/repos/{owner}/{repo}/issues"


def sent(method="GET", template=ISSUES, query=None, body=None, status=200, answer=b"[]"):
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    return Recorded(method, template, template, query or {}, body, {}, moment, status, status, answer)


@pytest.fixture
def known():
    return description(OPENAPI)


def test_every_route_of_the_fake_is_described(known):
    assert [] == [name for name in ROUTES if name not in known.operations]


def test_the_slice_is_small_and_its_licence_lies_beside_it():
    assert OPENAPI.stat().st_size < 300_000
    assert "MIT" in OPENAPI.with_name("openapi-LICENSE").read_text("utf-8")


@pytest.mark.parametrize(
    "right",
    [
        sent(query={"state": "all", "labels": "a,b", "per_page": "100", "since": "2026-01-01T00:00:00Z"}),
        sent(query={"after": "abc", "per_page": "100"}),
        sent("POST", body={"title": "a", "labels": ["x"], "assignees": ["y"]}),
        sent("PATCH", f"{ISSUES}/{{issue_number}}", body={"state_reason": None, "body": None}),
        sent("POST", f"{ISSUES}/{{issue_number}}/labels", body={"labels": ["x"]}),
    ],
)
def test_a_right_request_passes(known, right):
    assert [] == known.request(right)


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        (sent(query={"labelz": "a"}), "query labelz: no such parameter"),
        (sent(query={"state": "bogus"}), "query state"),
        (sent(query={"per_page": "many"}), "query per_page"),
        (sent(body={"a": 1}), "a body where none is declared"),
        (sent("POST"), "no body"),
        (sent("POST", body={"titel": "a"}), "titel: no such property"),
        (sent("POST", body={"title": "a", "labels": "a"}), "$.labels"),
        (sent("POST", body={"title": None}), "$.title"),
        (sent("PATCH", f"{ISSUES}/{{issue_number}}", body={"state": "done"}), "$.state"),
        (sent("GET", "/no/such/thing"), "no such operation"),
    ],
)
def test_a_wrong_request_is_named(known, wrong, part):
    assert any(part in one for one in known.request(wrong))


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        (sent(answer=b'[{"number": 1}]'), "required property"),
        (sent(answer=b"{}"), "not of type 'array'"),
        (sent(status=202), "status 202 is not declared"),
        (sent("GET", "/no/such/thing"), "no such operation"),
        (
            sent("GET", "/meta", answer=b'{"verifiable_password_authentication": true, "more": 1}'),
            "more: no such property",
        ),
    ],
)
def test_a_wrong_answer_is_named(known, wrong, part):
    assert any(part in one for one in known.answer(wrong))


def test_statuses_that_any_operation_may_have_pass(known):
    assert [] == known.answer(sent(status=304))
    assert [] == known.answer(sent(status=422, answer=b"{}"))


def test_a_slice_holds_what_is_referred_to_and_null_where_it_may_be():
    reference = {"schema": {"$ref": "#/components/schemas/user"}}
    whole = {
        "openapi": "3.0.3",
        "paths": {
            "/user": {
                "get": {
                    "summary": "S",
                    "responses": {"200": {"content": {"application/json": reference}}, "401": {"$ref": "#/x"}},
                },
                "delete": {"responses": {}},
            },
            "/other": {"get": {"responses": {}}},
        },
        "components": {
            "schemas": {
                "user": {
                    "title": "User",
                    "properties": {
                        "title": {"type": "string", "nullable": True, "enum": ["a"], "example": "a"},
                        "owner": {"nullable": True, "oneOf": [{"$ref": "#/components/schemas/owner"}]},
                    },
                },
                "owner": {"type": "object"},
                "unused": {"type": "object"},
            }
        },
    }
    sliced = slice_of(whole)
    assert {"/user": {"get"}} == {path: set(item) for path, item in sliced["paths"].items()}
    assert {"200": {"content": {"application/json": reference}}, "401": {}} == sliced["paths"]["/user"]["get"][
        "responses"
    ]
    owner = {"anyOf": [{"anyOf": [{"$ref": "#/components/schemas/owner"}]}, {"type": "null"}]}
    title = {"type": ["string", "null"], "enum": ["a", None]}
    assert {"user": {"properties": {"title": title, "owner": owner}}, "owner": {"type": "object"}} == sliced[
        "components"
    ]["schemas"]
