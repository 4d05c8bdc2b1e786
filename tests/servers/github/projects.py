"""Routes about an organisation's projects (Projects v2). A workflow's token has no right to them."""

from typing import Any

from tests.servers.clock import written
from tests.servers.github.call import Call, created, ok
from tests.servers.github.definitions import ProjectField
from tests.servers.github.entities import Issue, Organization, Project, ProjectItem
from tests.servers.github.listing import page
from tests.servers.github.refusals import Refused, malformed, not_found
from tests.servers.github.rights import sees
from tests.servers.messages import Answer

SCOPES = ("project", "read:project")


def _project(call: Call, wanted: str) -> Project:
    organization = call.organization()
    scopes = SCOPES[:1] if wanted == "write" else SCOPES
    call.organization_right(organization, "organization_projects", wanted, scopes)
    number = call.params["project_number"]
    found = organization.projects.get(int(number)) if number.isdecimal() else None
    if found is None:
        raise not_found()
    return found


def fields(call: Call) -> Answer:
    project = _project(call, "read")
    return page(call, project.fields, lambda one: _field(call, project, one), lambda one: [one.id])


def _field(call: Call, project: Project, one: ProjectField) -> dict[str, Any]:
    moment = written(call.state.clock.now)
    shown = {
        "id": one.id,
        "node_id": one.node_id,
        "project_url": _url(call),
        "name": one.name,
        "data_type": one.data_type,
        "created_at": moment,
        "updated_at": moment,
    }
    return {**shown, "options": [_option(*option) for option in one.options.items()]} if one.options else shown


def _option(key: str, name: str) -> dict[str, Any]:
    empty = {"raw": "", "html": ""}
    return {"id": key, "name": {"raw": name, "html": name}, "color": "GRAY", "description": empty}


def items(call: Call) -> Answer:
    """`fields` of the query names the ids whose values are shown; else the title alone is."""
    project = _project(call, "read")
    visible = [item for item in project.items if sees(call.token, item.issue.repository)]
    return page(call, visible, lambda item: _item(call, project, item), lambda item: [item.id])


def item(call: Call) -> Answer:
    project = _project(call, "read")
    return ok(_item(call, project, _named(call, project)))


def add(call: Call) -> Answer:
    """An issue that is on the board already keeps its item."""
    project = _project(call, "write")
    issue = _issue(call)
    found = next((item for item in project.items if item.issue is issue), None)
    if found is None:
        now = call.state.clock.now
        found = ProjectItem(call.state.new_id(), issue, call.viewer, now, now)
        project.items.append(found)
    return created(_simple(call, found))


def _issue(call: Call) -> Issue:
    """By its database id, or by owner, repo and number. Raises Refused."""
    body = call.body
    kind = call.text("type", needed=True)
    if kind not in ("Issue", "PullRequest"):
        raise malformed("type", "one of Issue, PullRequest")
    if ("id" in body) == ({"owner", "repo", "number"} <= body.keys()):
        raise Refused(422, "Invalid request.\n\nEither id, or owner, repo and number are needed.")
    for issue in call.state.issues():
        place = {"owner": issue.repository.owner.login, "repo": issue.repository.name, "number": issue.number}
        hit = issue.id == body["id"] if "id" in body else all(body[name] == value for name, value in place.items())
        if hit and not issue.deleted and sees(call.token, issue.repository):
            return issue
    raise not_found()


def change(call: Call) -> Answer:
    project = _project(call, "write")
    found = _named(call, project)
    wanted = call.body.get("fields")
    if not isinstance(wanted, list):
        raise malformed("fields", "an array")
    known = {one.id: one for one in project.fields}
    for one in wanted:
        field = known.get(one.get("id"))
        if field is None or not _fits(field, one.get("value")):
            raise Refused(422, f"Invalid value for the field {one.get('id')}")
    for one in wanted:
        found.values[one["id"]] = one["value"]
    found.updated_at = call.state.clock.now
    return ok(_item(call, project, found))


def _fits(field: ProjectField, value: Any) -> bool:
    if value is None or field.options:
        return value is None or value in field.options
    return isinstance(value, int | float) if field.data_type == "number" else isinstance(value, str)


def _named(call: Call, project: Project) -> ProjectItem:
    for found in project.items:
        if str(found.id) == call.params["item_id"]:
            return found
    raise not_found()


def _url(call: Call) -> str:
    organization: Organization = call.organization()
    return f"{call.request.root}/orgs/{organization.login}/projectsV2/{call.params['project_number']}"


def _simple(call: Call, found: ProjectItem) -> dict[str, Any]:
    return {
        "id": found.id,
        "node_id": found.node_id,
        "content": call.shapes.issue(found.issue, whole=True),
        "content_type": "PullRequest" if found.issue.pull else "Issue",
        "creator": call.shapes.account(found.creator),
        "created_at": written(found.created_at),
        "updated_at": written(found.updated_at),
        "archived_at": written(found.archived_at) if found.archived_at else None,
        "project_url": _url(call),
        "item_url": f"{_url(call)}/items/{found.id}",
    }


def _item(call: Call, project: Project, found: ProjectItem) -> dict[str, Any]:
    asked = call.request.query.get("fields", "").split(",")
    changed = [str(one.get("id")) for one in call.body.get("fields", [])]
    shown = [one for one in project.fields if str(one.id) in asked + changed]
    return {**_simple(call, found), "fields": [_value(one, found.values.get(one.id)) for one in shown]}


def _value(field: ProjectField, value: Any) -> dict[str, Any]:
    shown: Any = value
    if value is not None and field.options:
        shown = _option(value, field.options[value])
    elif value is not None and field.data_type == "text":
        shown = {"raw": value, "html": value}
    return {"id": field.id, "name": field.name, "data_type": field.data_type, "value": shown}


ITEMS = "/orgs/{org}/projectsV2/{project_number}/items"
ROUTES = {
    "GET /orgs/{org}/projectsV2/{project_number}/fields": fields,
    f"GET {ITEMS}": items,
    f"POST {ITEMS}": add,
    f"GET {ITEMS}/{{item_id}}": item,
    f"PATCH {ITEMS}/{{item_id}}": change,
}
