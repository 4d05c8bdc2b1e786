"""How the parts of an issue look in GraphQL: history, typed fields, board items."""

from datetime import UTC, datetime
from typing import Any

from tests.servers.github.call import Call
from tests.servers.github.definitions import IssueField, ProjectField
from tests.servers.github.entities import Comment, Event, Issue, Label, Project, ProjectItem
from tests.servers.github.rights import sees
from tests.servers.graphql.execution import FieldError, Shown

NAMES = {"renamed": "RenamedTitle"}
"""Kinds of event whose GraphQL name doesn't follow from the one in REST."""


def event_type(event: Event) -> str:
    """`issue_type_added` is an IssueTypeAddedEvent."""
    return NAMES.get(event.kind, "".join(word.capitalize() for word in event.kind.split("_"))) + "Event"


def timeline(call: Call, issue: Issue, arguments: dict[str, Any]) -> list[Event | Comment]:
    """Oldest first; `itemTypes` are names such as LABELED_EVENT."""
    dated = [(event.at, event.id, event) for event in issue.timeline]
    dated += [(comment.created_at, comment.id, comment) for comment in issue.comments]
    wanted, since = arguments.get("itemTypes"), arguments.get("since")
    start = datetime.fromisoformat(since) if since else datetime.min.replace(tzinfo=UTC)
    lines = [line for at, _, line in sorted(dated, key=lambda one: one[:2]) if at >= start]
    skip = arguments.get("skip") or 0
    return [line for line in lines if wanted is None or _constant(line) in wanted][skip:]


def _constant(line: Event | Comment) -> str:
    if isinstance(line, Comment):
        return "ISSUE_COMMENT"
    name = event_type(line)
    return "".join(f"_{letter}" if letter.isupper() and place else letter for place, letter in enumerate(name)).upper()


def edits(call: Call, issue: Issue, arguments: dict[str, Any]) -> list[Shown]:
    """Newest first, the body as it was written first among them; `diff` is the whole text."""
    return [
        Shown(
            "UserContentEdit",
            {
                "id": f"UCE_lADO{issue.id:06x}{place:03x}",
                **dict.fromkeys(("createdAt", "editedAt", "updatedAt"), edit.at),
                "deletedAt": None,
                "diff": edit.text,
                "editor": None if edit.editor is call.state.ghost else edit.editor,
            },
        )
        for place, edit in reversed(list(enumerate(issue.edits)))
    ]


def field_type(one: IssueField) -> str:
    return "IssueField" + "".join(word.capitalize() for word in one.data_type.split("_"))


def field_options(call: Call, one: IssueField, arguments: dict[str, Any]) -> list[Shown]:
    return [_option(option) for option in one.options]


def _option(option: Any) -> Shown:
    shown = {"id": f"IFSSO_{option.id:06x}", "databaseId": option.id, "name": option.name}
    return Shown("IssueFieldSingleSelectOption", {**shown, "color": option.color.upper()})


def values(call: Call, issue: Issue, arguments: dict[str, Any]) -> list[Shown]:
    organization = issue.repository.organization
    known = organization.issue_fields or [] if organization else []
    return [_value(issue, one, issue.values[one.id]) for one in known if one.id in issue.values]


def _value(issue: Issue, one: IssueField, value: Any) -> Shown:
    shown: dict[str, Any] = {"id": f"IFV_{issue.id:06x}{one.id:06x}", "field": one}
    names = value if isinstance(value, list) else [value]
    chosen = [_option(option) for option in one.options if option.name in names]
    if one.data_type == "single_select":
        option = chosen[0].fields
        shown.update(name=value, value=value, color=option["color"], optionId=option["id"])
    elif one.data_type == "multi_select":
        shown["options"] = chosen
    else:
        shown["value"] = value
    return Shown(f"{field_type(one)}Value", shown)


def project_items(call: Call, issue: Issue, arguments: dict[str, Any]) -> list[ProjectItem]:
    """Raises FieldError for a token without the right to projects: a workflow's never has it."""
    token = call.token
    rights = token.permissions.get("organization_projects") if token else None
    scopes = set(token.scopes) & {"project", "read:project"} if token else set()
    if token and not (scopes if token.kind == "classic" else rights):
        raise FieldError("FORBIDDEN", "Resource not accessible by integration")
    organization = issue.repository.organization
    boards = organization.projects.values() if organization else ()
    found = [item for board in boards for item in board.items if item.issue is issue]
    return [item for item in found if arguments.get("includeArchived", True) or not item.archived_at]


def board(call: Call, item: ProjectItem) -> Project:
    organization = item.issue.repository.organization
    assert organization
    return next(one for one in organization.projects.values() if item in one.items)


def board_values(call: Call, item: ProjectItem, arguments: dict[str, Any]) -> list[Shown]:
    known = board(call, item).fields
    return [_board_value(item, one, item.values[one.id]) for one in known if item.values.get(one.id) is not None]


def board_value(call: Call, item: ProjectItem, arguments: dict[str, Any]) -> Shown | None:
    for one in board(call, item).fields:
        if one.name == arguments["name"] and item.values.get(one.id) is not None:
            return _board_value(item, one, item.values[one.id])
    return None


def _board_value(item: ProjectItem, one: ProjectField, value: Any) -> Shown:
    shown: dict[str, Any] = {"id": f"PVTFV_{item.id:06x}{one.id:06x}", "field": one}
    if one.options:
        return Shown("ProjectV2ItemFieldSingleSelectValue", {**shown, "name": one.options[value], "optionId": value})
    kind = one.data_type
    return Shown(f"ProjectV2ItemField{kind.capitalize()}Value", {**shown, kind: value})


def board_field_type(one: ProjectField) -> str:
    return "ProjectV2SingleSelectField" if one.options else "ProjectV2Field"


def visible(call: Call, found: list[Issue]) -> list[Issue]:
    """Of other issues, those that this token may see."""
    return [one for one in found if not one.deleted and sees(call.token, one.repository)]


def event_label(call: Call, event: Event, arguments: dict[str, Any]) -> Label:
    found: Label = event.detail["label"]
    return found
