"""The parameters that each route has, as the documentation lists them: GitLab itself ignores what it doesn't know."""

from collections.abc import Iterator
from typing import Any

from tests.servers.recording import Recorded

PAGES = "page per_page pagination"
ISSUE_FILTERS = """
    assignee_id assignee_username author_id author_username confidential created_after created_before cursor due_date
    epic_id iids[] in issue_type iteration_id iteration_title labels milestone my_reaction_emoji not[labels]
    not[author_username] order_by scope search sort state updated_after updated_before weight with_labels_details
"""
ISSUE_FIELDS = """
    assignee_id assignee_ids confidential created_at description due_date epic_id issue_type labels milestone_id title
    weight
"""
MERGE_REQUEST_FILTERS = """
    approved_by_ids[] assignee_id author_id author_username created_after created_before iids[] labels milestone
    not[labels] order_by reviewer_id scope search sort source_branch state target_branch updated_after updated_before
    wip with_labels_details
"""
MERGE_REQUEST_FIELDS = """
    allow_collaboration assignee_id assignee_ids description labels milestone_id remove_source_branch reviewer_ids
    squash target_branch title
"""
EDITS = "add_labels discussion_locked remove_labels state_event updated_at"
PROJECT = "/projects/{id}"
ISSUES = f"{PROJECT}/issues"
ISSUE = f"{ISSUES}/{{issue_iid}}"
REQUESTS = f"{PROJECT}/merge_requests"
REQUEST = f"{REQUESTS}/{{merge_request_iid}}"

TABLE = {
    "GET /user": "",
    "GET /version": "",
    "GET /metadata": "",
    "GET /personal_access_tokens/self": "",
    "GET /job": "",
    "GET /users": f"{PAGES} username search active blocked humans external",
    "GET /users/{id}": "",
    "GET /namespaces/{id}": "",
    "GET /issues/{id}": "",
    f"GET {PROJECT}": "license statistics with_custom_attributes",
    f"GET {PROJECT}/members/all": f"{PAGES} query user_ids[] state show_seat_info",
    f"GET {PROJECT}/members/all/{{user_id}}": "",
    f"GET {PROJECT}/users": f"{PAGES} search skip_users[]",
    f"GET {PROJECT}/labels": f"{PAGES} with_counts include_ancestor_groups search archived",
    f"POST {PROJECT}/labels": "name color description priority archived",
    f"GET {PROJECT}/labels/{{name}}": "include_ancestor_groups",
    f"GET {PROJECT}/protected_branches": f"{PAGES} search",
    f"GET {PROJECT}/repository/branches/{{branch}}": "",
    f"GET {ISSUES}": f"{PAGES} {ISSUE_FILTERS}",
    f"POST {ISSUES}": f"{ISSUE_FIELDS} iid discussion_to_resolve merge_request_to_resolve_discussions_of",
    f"GET {ISSUE}": "",
    f"PUT {ISSUE}": f"{ISSUE_FIELDS} {EDITS}",
    f"POST {ISSUE}/move": "to_project_id",
    f"GET {ISSUE}/links": "",
    f"POST {ISSUE}/links": "target_project_id target_issue_iid link_type",
    f"GET {ISSUE}/related_merge_requests": PAGES,
    f"GET {ISSUE}/closed_by": PAGES,
    f"GET {REQUESTS}": f"{PAGES} {MERGE_REQUEST_FILTERS}",
    f"POST {REQUESTS}": f"{MERGE_REQUEST_FIELDS} source_branch target_project_id",
    f"GET {REQUEST}": "include_diverged_commits_count include_rebase_in_progress render_html",
    f"PUT {REQUEST}": f"{MERGE_REQUEST_FIELDS} {EDITS}",
}
for one in (ISSUE, REQUEST):
    TABLE |= {
        f"GET {one}/notes": f"{PAGES} activity_filter order_by sort",
        f"POST {one}/notes": "body created_at internal",
        f"GET {one}/notes/{{note_id}}": "",
        f"PUT {one}/notes/{{note_id}}": "body",
        f"GET {one}/resource_state_events": PAGES,
        f"GET {one}/resource_label_events": PAGES,
    }

KNOWN = {name: set(words.split()) for name, words in TABLE.items()}
KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("title", "description", "body", "name", "color", "state_event", "issue_type"), str),
    **dict.fromkeys(("labels", "add_labels", "remove_labels"), (str, list)),
    **dict.fromkeys(("confidential", "discussion_locked", "internal", "remove_source_branch"), bool),
    **dict.fromkeys(("assignee_ids", "reviewer_ids"), (list, str)),
    **dict.fromkeys(("assignee_id", "milestone_id", "weight"), int),
    "due_date": (str, type(None)),
    "to_project_id": (int, str),
}
"""What a value of the body is as JSON."""


def violations(sent: Recorded) -> list[str]:
    """Unknown routes and parameters, and values of the wrong kind."""
    name = f"{sent.method} {sent.template}"
    if name not in KNOWN:
        return [f"{name}: no such route"]
    return [f"{name}: {wrong}" for wrong in (*_query(name, sent), *_body(name, sent.body))]


def _query(name: str, sent: Recorded) -> Iterator[str]:
    for parameter in sent.query.keys() - KNOWN[name]:
        if parameter != f"{parameter.removesuffix('[]')}[]" or parameter.removesuffix("[]") not in KNOWN[name]:
            yield f"query {parameter}: no such parameter"


def _body(name: str, body: Any) -> Iterator[str]:
    if body is None:
        return
    if not isinstance(body, dict):
        yield "the body is no object"
        return
    for parameter, value in body.items():
        if parameter not in KNOWN[name]:
            yield f"body {parameter}: no such parameter"
        elif not isinstance(value, KINDS.get(parameter, object)):
            yield f"body {parameter}: {value!r} is of the wrong kind"
