"""Issue fields, issue types and projects in the fake GitHub."""

import pytest

OPS = "/repos/acme/ops"
ISSUES = f"{OPS}/issues"
IN_OPS = 'repository(owner: "acme", name: "ops")'
BOARD = "/orgs/acme/projectsV2/1"


@pytest.fixture
def fields(world):
    state = world.server.state
    world.tokens["alice"] = state.classic_token(world.alice, "repo", "read:org", "project")
    due = state.issue_field(world.acme, "Due", "date")
    priority = state.issue_field(world.acme, "Priority", "single_select", ["P1", "P2"])
    points = state.issue_field(world.acme, "Points", "number")
    areas = state.issue_field(world.acme, "Areas", "multi_select", ["db", "net"])
    return {"due": due.id, "priority": priority.id, "points": points.id, "areas": areas.id}


def asked(world, text):
    return world.query(f"{{ {IN_OPS} {{ {text} }} }}")["data"]["repository"]


def value(fields, name, what):
    return {"field_id": fields[name], "value": what}


def test_field_values_are_set_in_the_create_and_shown_in_the_listing(world, fields):
    given = [value(fields, "due", "2026-03-01"), value(fields, "priority", "P2"), value(fields, "areas", ["db", "net"])]
    made = world.ask("POST", ISSUES, {"title": "a", "issue_field_values": given})
    assert 201 == made.status_code
    (listed,) = world.ask("GET", ISSUES).json()
    assert made.json()["issue_field_values"] == listed["issue_field_values"]
    due, priority, areas = listed["issue_field_values"]
    assert ("Due", "date", "2026-03-01") == (due["issue_field_name"], due["data_type"], due["value"])
    assert "P2" == priority["single_select_option"]["name"]
    assert priority["value"] == priority["single_select_option"]["id"]
    assert "db,net" == areas["value"]


@pytest.mark.parametrize(
    ("name", "what"),
    [("due", "March"), ("due", 3), ("priority", "P9"), ("points", "3"), ("areas", "db"), ("areas", ["x"]), (None, "x")],
)
def test_a_value_that_doesnt_fit_fails_the_whole_create(world, fields, name, what):
    given = [{"field_id": fields.get(name, 1), "value": what}]
    assert 422 == world.ask("POST", ISSUES, {"title": "a", "issue_field_values": given}).status_code
    assert {} == world.ops.issues


def test_values_are_added_replaced_and_removed(world, fields):
    values = f"{ISSUES}/1/issue-field-values"
    world.ask("POST", ISSUES, {"title": "a", "issue_field_values": [value(fields, "due", "2026-03-01")]})

    def names(answer) -> list[str]:
        return [one["issue_field_name"] for one in answer.json()]

    added = world.ask("POST", values, {"issue_field_values": [value(fields, "priority", "P1")]})
    assert ["Due", "Priority"] == names(added) == names(world.ask("GET", values))
    patched = world.ask("PATCH", f"{ISSUES}/1", {"issue_field_values": [value(fields, "points", 3)]}).json()
    assert 3 == len(patched["issue_field_values"])
    assert ["Points"] == names(world.ask("PUT", values, {"issue_field_values": [value(fields, "points", 5)]}))
    removal = [world.ask("DELETE", f"{values}/{fields['points']}").status_code for _ in range(2)]
    assert [204, 404] == removal
    world.ask("PUT", values, {"issue_field_values": [value(fields, "points", 5)]})
    assert [] == names(world.ask("POST", values, {"issue_field_values": []}))
    shown = asked(world, "issue(number: 1) { timelineItems(first: 20) { nodes { __typename } } }")
    kinds = [one["__typename"] for one in shown["issue"]["timelineItems"]["nodes"]]
    assert (4, 4) == (kinds.count("IssueFieldAddedEvent"), kinds.count("IssueFieldRemovedEvent"))
    assert 1 == kinds.count("IssueFieldChangedEvent")
    assert [] == world.server.requests.violations()


def test_definitions_need_a_right_that_a_workflow_never_has(world, fields):
    state = world.server.state
    names = [one["name"] for one in world.ask("GET", "/orgs/acme/issue-fields").json()]
    assert ["Due", "Priority", "Points", "Areas"] == names
    without = [state.actions_token(world.ops), state.classic_token(world.alice), world.tokens["mallory"]]
    assert [403] * 3 == [world.ask("GET", "/orgs/acme/issue-fields", token=one).status_code for one in without]
    stranger = state.classic_token(world.mallory, "read:org")
    fine = state.fine_grained_token(world.alice, None, issue_fields="read")
    statuses = [world.ask("GET", "/orgs/acme/issue-fields", token=one).status_code for one in (stranger, fine)]
    assert [404, 200] == statuses


def test_where_the_feature_is_off_values_are_dropped_silently(world):
    world.tokens["alice"] = world.server.state.classic_token(world.alice, "repo", "read:org")
    assert 404 == world.ask("GET", "/orgs/acme/issue-fields").status_code
    made = world.ask("POST", ISSUES, {"title": "a", "issue_field_values": [{"field_id": 1, "value": "x"}]})
    assert (201, False) == (made.status_code, "issue_field_values" in made.json())
    assert 404 == world.ask("GET", f"{ISSUES}/1/issue-field-values").status_code


def test_field_values_in_graphql(world, fields):
    given = [value(fields, "due", "2026-03-01"), value(fields, "priority", "P2"), value(fields, "areas", ["db"])]
    world.ask("POST", ISSUES, {"title": "a", "issue_field_values": given})
    values = (
        "issueFieldValues(first: 9) { nodes { __typename ... on IssueFieldDateValue { value }"
        " ... on IssueFieldSingleSelectValue { name field { ... on IssueFieldSingleSelect { name options { name } } } }"
        " ... on IssueFieldMultiSelectValue { options { name } } } }"
    )
    definitions = "issueFields(first: 9) { nodes { __typename ... on IssueFieldCommon { name } } }"
    shown = asked(world, f"issue(number: 1) {{ {values} }} {definitions}")
    due, priority, areas = shown["issue"]["issueFieldValues"]["nodes"]
    assert ("2026-03-01", "P2", "Priority") == (due["value"], priority["name"], priority["field"]["name"])
    assert ["P1", "P2"] == [one["name"] for one in priority["field"]["options"]]
    assert [{"name": "db"}] == areas["options"]
    assert "IssueFieldDate" == shown["issueFields"]["nodes"][0]["__typename"]


def test_an_issue_type_is_set_by_name(world):
    assert 404 == world.ask("GET", f"{OPS}/issue-types").status_code
    world.server.state.issue_type(world.acme, "Task")
    assert ["Task"] == [one["name"] for one in world.ask("GET", f"{OPS}/issue-types").json()]
    assert "Task" == world.ask("POST", ISSUES, {"title": "a", "type": "task"}).json()["type"]["name"]
    assert world.ask("PATCH", f"{ISSUES}/1", {"type": None}).json()["type"] is None
    assert 422 == world.ask("POST", ISSUES, {"title": "a", "type": "Epic"}).status_code


@pytest.fixture
def board(world, fields):
    state = world.server.state
    made = state.project(world.acme, "Follow-ups")
    state.project_field(made, "Status", "single_select", ["Todo", "Done"])
    state.project_field(made, "Due", "date")
    state.project_field(made, "Note", "text")
    return made


def test_an_issue_is_put_on_a_board_and_moved_there(world, board):
    issue = world.them.opens("a")
    status, due, note = board.fields
    shown = world.ask("GET", f"{BOARD}/fields").json()
    assert ["Status", "Due", "Note"] == [one["name"] for one in shown]
    done = next(one["id"] for one in shown[0]["options"] if one["name"]["raw"] == "Done")
    item = world.ask("POST", f"{BOARD}/items", {"type": "Issue", "id": issue.id}).json()
    again = world.ask("POST", f"{BOARD}/items", {"type": "Issue", "owner": "acme", "repo": "ops", "number": 1}).json()
    assert (item["id"], "a") == (again["id"], item["content"]["title"])
    change = [{"id": status.id, "value": done}, {"id": due.id, "value": "2026-03-01"}, {"id": note.id, "value": "x"}]
    moved = world.ask("PATCH", f"{BOARD}/items/{item['id']}", {"fields": change}).json()
    assert ["Done", "2026-03-01", "x"] == [
        moved["fields"][0]["value"]["name"]["raw"],
        moved["fields"][1]["value"],
        moved["fields"][2]["value"]["raw"],
    ]
    (listed,) = world.ask("GET", f"{BOARD}/items?fields={due.id}").json()
    assert ["Due"] == [one["name"] for one in listed["fields"]]
    assert [] == world.ask("GET", f"{BOARD}/items/{item['id']}").json()["fields"]
    values = "... on ProjectV2ItemFieldSingleSelectValue { name } ... on ProjectV2ItemFieldDateValue { date }"
    values += " ... on ProjectV2ItemFieldTextValue { text field { ... on ProjectV2FieldCommon { id name } } }"
    nodes = (
        f'databaseId project {{ id number }} none: fieldValueByName(name: "None") {{ {values} }}'
        f' status: fieldValueByName(name: "Status") {{ {values} }}'
        f" fieldValues(first: 9) {{ nodes {{ {values} }} }}"
    )
    shown = asked(world, f"issue(number: 1) {{ projectItems(first: 5) {{ nodes {{ {nodes} }} }} }}")
    (node,) = shown["issue"]["projectItems"]["nodes"]
    assert (item["id"], 1, "Done") == (node["databaseId"], node["project"]["number"], node["status"]["name"])
    assert (board.node_id, None) == (node["project"]["id"], node["none"])
    text = {"text": "x", "field": {"id": note.node_id, "name": "Note"}}
    assert [{"name": "Done"}, {"date": "2026-03-01"}, text] == node["fieldValues"]["nodes"]
    assert [] == world.server.requests.violations()


def test_a_person_sets_field_values_too(world, fields):
    world.them.opens("a", values={fields["points"]: 3})
    (shown,) = world.ask("GET", f"{ISSUES}/1").json()["issue_field_values"]
    assert ("Points", 3) == (shown["issue_field_name"], shown["value"])


@pytest.mark.parametrize("change", [{"id": 1, "value": "x"}, {"id": "status", "value": "Done"}, {}])
def test_a_value_that_a_board_doesnt_know_is_refused(world, board, change):
    issue = world.them.opens("a")
    item = world.ask("POST", f"{BOARD}/items", {"type": "Issue", "id": issue.id}).json()
    wanted = {**change, **({"id": board.fields[0].id} if change.get("id") == "status" else {})}
    assert 422 == world.ask("PATCH", f"{BOARD}/items/{item['id']}", {"fields": [wanted]}).status_code
    assert 422 == world.ask("PATCH", f"{BOARD}/items/{item['id']}", {"fields": wanted}).status_code


def test_what_is_not_there_is_not_found(world, board):
    assert 404 == world.ask("GET", "/orgs/acme/projectsV2/9/items").status_code
    assert 404 == world.ask("GET", "/orgs/alice/projectsV2/1/items").status_code
    assert 404 == world.ask("GET", f"{BOARD}/items/9").status_code
    assert 404 == world.ask("POST", f"{BOARD}/items", {"type": "Issue", "id": 9}).status_code
    assert 422 == world.ask("POST", f"{BOARD}/items", {"type": "Issue"}).status_code
    assert 422 == world.ask("POST", f"{BOARD}/items", {"type": "Draft", "id": 9}).status_code


def test_a_workflows_token_has_no_right_to_projects(world, board):
    world.them.opens("a")
    token = world.server.state.actions_token(world.ops)
    assert 403 == world.ask("GET", f"{BOARD}/items", token=token).status_code
    text = "issue(number: 1) { number projectItems(first: 5) { totalCount } }"
    answer = world.query(f"{{ {IN_OPS} {{ {text} }} }}", token)
    assert {"number": 1, "projectItems": None} == answer["data"]["repository"]["issue"]
    assert "FORBIDDEN" == answer["errors"][0]["type"]
    reader = world.server.state.classic_token(world.alice, "repo", "read:project")
    assert 200 == world.ask("GET", f"{BOARD}/items", token=reader).status_code
    assert 403 == world.ask("POST", f"{BOARD}/items", {"type": "Issue", "id": 1}, token=reader).status_code
