"""The fake GitLab's GraphQL: work items with their widgets, statuses on premium, errors with status 200."""

import pytest
from gitlab import Gitlab

from tests.servers.gitlab.graphql.resolvers import RESOLVERS
from tests.servers.gitlab.graphql.schema import schema

STATUS = "widgets { ... on WorkItemWidgetStatus { status { name category } } }"
UPDATE = """
    mutation($input: WorkItemUpdateInput!) { workItemUpdate(input: $input) { errors workItem { state title iid } } }
"""
IN_PROGRESS = "gid://gitlab/WorkItems::Statuses::SystemDefined::Status/2"
DONE = "gid://gitlab/WorkItems::Statuses::SystemDefined::Status/3"


def query(lab, text, token="", **variables):
    url = f"{lab.server.url}/api/graphql"
    return lab.ask("POST", url, {"query": text, "variables": variables}, token=token).json()


def items(lab, fields, arguments="first: 100", token=""):
    text = f'{{ project(fullPath: "acme/ops") {{ workItems({arguments}) {{ nodes {{ {fields} }} }} }} }}'
    return query(lab, text, token)["data"]["project"]["workItems"]["nodes"]


def update(lab, token="", **fields):
    given = {"id": f"gid://gitlab/WorkItem/{lab.ops.issues[1].id}", **fields}
    return query(lab, UPDATE, token, input=given)


def statuses(lab):
    return [widget["status"] for one in items(lab, STATUS) for widget in one["widgets"] if widget]


def test_who_asks_and_what_answers(lab):
    answer = query(lab, "{ currentUser { id username bot } metadata { version enterprise } }")["data"]
    assert {"id": f"gid://gitlab/User/{lab.alice.id}", "username": "alice", "bot": False} == answer["currentUser"]
    assert {"version": "19.2.1-ee", "enterprise": True} == answer["metadata"]
    assert {"data": {"currentUser": None}} == query(lab, "{ currentUser { id } }", None)


def test_a_bad_token_is_refused_in_graphqls_own_shape(lab):
    assert {"errors": [{"message": "Invalid token"}]} == query(lab, "{ currentUser { id } }", "glpat-none")


def test_a_real_client_can_ask_without_an_extra_library(labs):
    lab = labs(prefix="/gitlab")
    client = Gitlab(lab.server.url, oauth_token=lab.tokens["alice"], timeout=5)
    text = "{ currentUser { username } }"
    answer = client.http_post(f"{lab.server.url}/api/graphql", post_data={"query": text})
    assert {"data": {"currentUser": {"username": "alice"}}} == answer
    assert {"POST /api/graphql": 1} == lab.server.requests.counts()
    assert 0 == lab.server.requests.writes()


def test_what_may_not_be_seen_is_null_without_a_word(lab):
    text = '{ project(fullPath: "acme/ops") { id } }'
    assert {"data": {"project": None}} == query(lab, text, lab.tokens["mallory"])
    assert {"data": {"project": {"id": f"gid://gitlab/Project/{lab.ops.id}"}}} == query(lab, text)
    lab.them.opens("a", confidential=True)
    assert [] == items(lab, "iid", token=lab.tokens["bob"])


def test_work_items_are_found_by_their_numbers_as_texts(lab):
    for title in "abc":
        lab.them.opens(title)
    assert [{"iid": "3", "state": "OPEN"}, {"iid": "1", "state": "OPEN"}] == items(lab, "iid state", 'iids: ["1", "3"]')
    text = '{ project(fullPath: "acme/ops") { workItems(iids: [1]) { nodes { iid } } } }'
    assert "invalid value" in query(lab, text)["errors"][0]["message"]


def test_work_items_come_in_pages(lab):
    for number in range(3):
        lab.them.opens(str(number), labels=["x"] if number else [])
    text = """query($after: String) { project(fullPath: "acme/ops") { workItems(first: 2, after: $after) {
        nodes { iid } pageInfo { hasNextPage endCursor } } } }"""
    first = query(lab, text)["data"]["project"]["workItems"]
    assert ([{"iid": "3"}, {"iid": "2"}], True) == (first["nodes"], first["pageInfo"]["hasNextPage"])
    second = query(lab, text, after=first["pageInfo"]["endCursor"])["data"]["project"]["workItems"]
    assert ([{"iid": "1"}], False) == (second["nodes"], second["pageInfo"]["hasNextPage"])
    assert [{"iid": "3"}, {"iid": "2"}] == items(lab, "iid", 'labelName: ["x"]')


def test_a_page_holds_a_hundred_at_most(lab):
    for number in range(101):
        lab.them.opens(str(number))
    assert [100, 100, 5] == [len(items(lab, "iid", size)) for size in ("first: 500", "state: opened", "first: 5")]


def test_widgets_tell_assignees_labels_dates_and_merge_requests(lab):
    lab.them.opens("a", labels=["x"], assignees=[lab.bob])
    lab.them.opens_merge_request("fix", closes=[1])
    fields = """widgets { type
        ... on WorkItemWidgetAssignees { allowsMultipleAssignees assignees { nodes { username } } }
        ... on WorkItemWidgetLabels { labels { nodes { title } } }
        ... on WorkItemWidgetDevelopment { closingMergeRequests { nodes { mergeRequest { iid state } } } } }"""
    found = {one.pop("type"): one for one in items(lab, fields)[0]["widgets"]}
    assert {"allowsMultipleAssignees": False, "assignees": {"nodes": [{"username": "bob"}]}} == found["ASSIGNEES"]
    assert {"labels": {"nodes": [{"title": "x"}]}} == found["LABELS"]
    assert [{"mergeRequest": {"iid": "1", "state": "opened"}}] == found["DEVELOPMENT"]["closingMergeRequests"]["nodes"]
    assert "STATUS" not in found


def test_a_status_is_there_on_premium_alone(labs):
    lab = labs(tier="premium")
    lab.them.opens("a")
    assert [{"name": "To do", "category": "to_do"}] == statuses(lab)
    lab.them.edits(1, status="In progress")
    assert [{"name": "In progress", "category": "in_progress"}] == statuses(lab)
    lab.them.edits(1, state="closed")
    assert [{"name": "Done", "category": "done"}] == statuses(lab)
    free = labs()
    free.them.opens("a")
    assert [] == statuses(free)


@pytest.mark.parametrize("settings", [{"enterprise": False}, {"version": "18.1", "tier": "premium"}])
def test_where_there_are_no_statuses_the_query_is_refused(labs, settings):
    lab = labs(**settings)
    text = f'{{ project(fullPath: "acme/ops") {{ workItems {{ nodes {{ {STATUS} }} }} }} }}'
    assert "WorkItemWidgetStatus" in query(lab, text)["errors"][0]["message"]
    assert 1 == len(lab.server.requests.violations())


def test_a_namespace_lists_its_statuses(labs):
    text = '{ namespace(fullPath: "acme") { statuses { nodes { id name } } } }'
    premium, free = (query(labs(tier=tier), text)["data"]["namespace"] for tier in ("premium", "free"))
    assert {"id": IN_PROGRESS, "name": "In progress"} == premium["statuses"]["nodes"][1]
    assert [] == free["statuses"]["nodes"]


def test_setting_a_status_closes_and_reopens(labs):
    lab = labs(tier="premium")
    lab.them.opens("a")
    for status, state in ((DONE, "CLOSED"), (IN_PROGRESS, "OPEN")):
        answer = update(lab, statusWidget={"status": status})
        assert ([], state) == (
            answer["data"]["workItemUpdate"]["errors"],
            answer["data"]["workItemUpdate"]["workItem"]["state"],
        )
    assert ["closed", "reopened"] == [event.state for event in lab.ops.issues[1].state_events]
    assert 2 == lab.server.requests.writes()


def test_setting_a_status_without_a_licence_is_an_error_of_the_payload(lab):
    lab.them.opens("a")
    payload = update(lab, statusWidget={"status": DONE}, title="b")["data"]["workItemUpdate"]
    assert (None, 1) == (payload["workItem"], len(payload["errors"]))
    assert ("opened", "a") == (lab.ops.issues[1].state, lab.ops.issues[1].title)


def test_a_work_item_is_changed_whole(labs):
    lab = labs(tier="premium")
    lab.them.opens("a", labels=["old"])
    new = lab.server.state.label(lab.ops, "new")
    people = [f"gid://gitlab/User/{one.id}" for one in (lab.alice, lab.bob)]
    answer = update(
        lab,
        title="b",
        confidential=True,
        stateEvent="CLOSE",
        assigneesWidget={"assigneeIds": people},
        descriptionWidget={"description": "x\n/due 2026-01-01"},
        labelsWidget={
            "addLabelIds": [f"gid://gitlab/ProjectLabel/{new.id}"],
            "removeLabelIds": [f"gid://gitlab/ProjectLabel/{lab.ops.labels['old'].id}"],
        },
        startAndDueDateWidget={"dueDate": "2026-03-01"},
    )
    assert [] == answer["data"]["workItemUpdate"]["errors"]
    one = lab.ask("GET", f"{lab.issues}/1").json()
    assert ("b", True, "closed", "x", ["new"], "2026-03-01") == tuple(
        one[name] for name in ("title", "confidential", "state", "description", "labels", "due_date")
    )
    assert {"alice", "bob"} == {each["username"] for each in one["assignees"]}


def test_a_change_without_the_right_is_an_error_beside_a_null(lab):
    lab.them.opens("a")
    readonly = lab.server.state.personal_token(lab.alice, "read_api")
    for token in (None, readonly, lab.tokens["bob"], lab.tokens["mallory"]):
        answer = update(lab, token, title="b")
        assert ({"workItemUpdate": None}, True) == (answer["data"], "permission" in answer["errors"][0]["message"])
    assert "a" == lab.ops.issues[1].title


@pytest.mark.parametrize(
    "given", [{"titel": "b"}, {"statusWidget": {"name": "Done"}}, {"assigneesWidget": {"assignees": []}}]
)
def test_an_unknown_field_of_the_input_refuses_all(lab, given):
    lab.them.opens("a")
    assert "doesn't accept argument" in update(lab, **given)["errors"][0]["message"]
    assert 1 == len(lab.server.requests.violations())


def test_an_unknown_status_is_an_error(labs):
    lab = labs(tier="premium")
    lab.them.opens("a")
    answer = update(lab, statusWidget={"status": DONE[:-1] + "99"})
    assert (None, 1) == (answer["data"]["workItemUpdate"], len(answer["errors"]))


def test_moved_and_duplicate_work_items_say_where_to_look(lab):
    for title in "abc":
        lab.them.opens(title)
    lab.them.marks_duplicate(2, 1)
    lab.them.moves(3, lab.other)
    moved, duplicate, plain = items(lab, "movedToWorkItemUrl duplicatedToWorkItemUrl")
    assert moved["movedToWorkItemUrl"].endswith("/acme/other/-/work_items/2")
    assert duplicate["duplicatedToWorkItemUrl"].endswith("/acme/ops/-/work_items/1")
    assert {None} == set(plain.values())


def test_one_work_item_is_found_by_its_global_id(lab):
    made = lab.them.opens("a")
    text = "query($id: WorkItemID!) { workItem(id: $id) { title reference(full: true) workItemType { name } } }"
    found = query(lab, text, id=f"gid://gitlab/WorkItem/{made.id}")["data"]["workItem"]
    assert {"title": "a", "reference": "acme/ops#1", "workItemType": {"name": "Issue"}} == found
    assert {"data": {"workItem": None}} == query(lab, text, id="gid://gitlab/WorkItem/1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{ nothing }",
        '{ project(path: "acme/ops") { id } }',
        '{ project(fullPath: "acme/ops") }',
        '{ project(fullPath: "acme/ops") { workItems(state: open) { nodes { iid } } } }',
        '{ project(fullPath: "acme/ops") { workItems(sort: TITLE_ASC) { nodes { iid } } } }',
    ],
)
def test_a_query_that_does_not_fit_is_refused_with_status_200(lab, text):
    answer = query(lab, text)
    assert {"errors"} == set(answer)
    assert [200] == [one.status for one in lab.server.requests]
    assert 1 == len(lab.server.requests.violations())


def test_every_resolver_is_of_a_field_in_the_schema():
    known = schema(True).types
    assert [] == [name for name in RESOLVERS if name.partition(".")[2] not in known[name.partition(".")[0]].fields]


def test_every_plain_field_of_a_work_item_answers(lab):
    lab.them.opens("a", "text", assignees=[lab.bob])
    plain = [name for name, one in schema(True).types["WorkItem"].fields.items() if not one.type]
    inner = "author { id name webUrl } project { id name fullPath webUrl visibility } namespace { id name fullPath }"
    found = items(lab, f"{' '.join(plain)} {inner}")[0]
    assert {"a", "acme/ops", "acme", "alice"} >= {found["title"], found["project"]["fullPath"]}
    assert {*plain, "author", "project", "namespace"} == set(found)


def test_pages_that_are_no_interface_are_html(labs):
    lab = labs(prefix="/gitlab")
    for path in ("/acme/ops", "/user"):
        answer = lab.ask("GET", f"{lab.server.url}{path}")
        assert (404, "text/html") == (answer.status_code, answer.headers["Content-Type"])
