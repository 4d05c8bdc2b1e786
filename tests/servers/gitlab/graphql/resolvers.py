"""Where the fields of the schema come from. What isn't listed is an attribute of the same name."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tests.servers.gitlab import rights
from tests.servers.gitlab.call import Call
from tests.servers.gitlab.entities import STATUSES, Group, Issue, MergeRequest, Project, Status, User
from tests.servers.gitlab.graphql.mutations import gid, status_gid, update
from tests.servers.gitlab.graphql.schema import STATUS_SINCE
from tests.servers.graphql.execution import Resolver, Shown
from tests.servers.graphql.language import QueryError


def type_of(value: Any) -> str:
    """The type of an entity; a personal namespace is a user that shows itself as a namespace."""
    names: dict[type, str] = {
        User: "UserCore",
        Issue: "WorkItem",
        Group: "Namespace",
        Status: "WorkItemStatus",
    }
    return names.get(type(value), type(value).__name__)


def taken(read: Callable[[Any], Any]) -> Resolver:
    """A field that depends on nothing but its owner."""
    return lambda call, value, arguments: read(value)


def has_statuses(call: Call) -> bool:
    """Whether the instance knows the statuses of work items at all."""
    return call.state.enterprise and call.state.numbers >= STATUS_SINCE


def _project(call: Call, _: None, arguments: dict[str, Any]) -> Project | None:
    """What may not be seen is null without a word; a former path finds nothing either."""
    found, former = call.state.find(arguments["fullPath"])
    return None if found is None or former or not rights.sees(call.user, found) else found


def _namespace(call: Call, _: None, arguments: dict[str, Any]) -> Group | None:
    wanted = str(arguments["fullPath"]).lower()
    return next((one for one in call.state.groups if one.full_path.lower() == wanted), None)


def _work_items(call: Call, project: Project, arguments: dict[str, Any]) -> list[Issue]:
    """The newest first. Numbers are texts here. Raises QueryError for what the fake doesn't filter by."""
    iids = _texts(arguments, "iids")
    iids = [str(arguments["iid"])] if arguments.get("iid") else iids
    names = _texts(arguments, "labelName")
    after = arguments.get("updatedAfter")
    state = arguments.get("state", "all")
    if state not in ("opened", "closed", "all"):
        raise QueryError(f"Argument 'state' on Field 'workItems' has an invalid value ({state}).")
    found = [
        one
        for one in project.issues.values()
        if rights.reads(call.user, one)
        and (iids is None or str(one.iid) in iids)
        and (not names or set(names) <= {label.name for label in one.labels})
        and (after is None or one.updated_at >= datetime.fromisoformat(after))
        and state in ("all", one.state)
    ]
    if arguments.get("sort") not in (None, "CREATED_DESC", "CREATED_ASC"):
        raise QueryError("The fake sorts by CREATED_DESC, CREATED_ASC and nothing else.")
    return sorted(found, key=lambda one: one.id, reverse=arguments.get("sort") != "CREATED_ASC")


def _texts(arguments: dict[str, Any], name: str) -> list[str] | None:
    """A list, or one alone. Raises QueryError for numbers."""
    value = arguments.get(name)
    found = value if isinstance(value, list) or value is None else [value]
    if found is not None and not all(isinstance(one, str) for one in found):
        raise QueryError(
            f"Argument '{name}' on Field 'workItems' has an invalid value ({value}). Expected '[String!]'."
        )
    return found


def _work_item(call: Call, _: None, arguments: dict[str, Any]) -> Issue | None:
    for one in call.state.issues():
        if gid(one) == arguments["id"] and rights.reads(call.user, one):
            return one
    return None


def _widgets(call: Call, one: Issue, arguments: dict[str, Any]) -> list[Shown]:
    """A status only where the licence has it."""
    premium = one.project.premium
    found: dict[str, dict[str, Any]] = {
        "ASSIGNEES": {"allowsMultipleAssignees": premium, "assignees": one.assignees},
        "LABELS": {"allowsScopedLabels": premium, "labels": one.labels},
        "DESCRIPTION": {
            "description": one.description,
            "lastEditedAt": one.edited_at,
            "lastEditedBy": one.edited_by,
        },
        "START_AND_DUE_DATE": {"startDate": None, "dueDate": one.due_date.isoformat() if one.due_date else None},
        "DEVELOPMENT": {"closingMergeRequests": [_closing(each) for each in one.closing]},
    }
    if premium and has_statuses(call):
        found["STATUS"] = {"status": one.status}
    wanted = arguments.get("onlyTypes") or list(found)
    return [Shown(_widget(name), {"type": name, **fields}) for name, fields in found.items() if name in wanted]


def _widget(name: str) -> str:
    words = name.replace("_AND_", "_and_").split("_")
    return "WorkItemWidget" + "".join(word.capitalize() for word in words)


def _closing(request: MergeRequest) -> Shown:
    return Shown("WorkItemClosingMergeRequest", {"fromMrDescription": True, "mergeRequest": request})


def _metadata(call: Call, _: None, arguments: dict[str, Any]) -> Shown | None:
    return None if call.user is None else Shown("Metadata", call.shapes.version())


def _type(call: Call, one: Issue, arguments: dict[str, Any]) -> Shown:
    return _type_of(one.project, one.issue_type)


def _type_of(project: Project, kind: str) -> Shown:
    assignees = {"type": "ASSIGNEES", "allowsMultipleAssignees": project.premium, "canInviteMembers": False}
    widgets = [
        Shown("WorkItemWidgetDefinitionAssignees", assignees),
        Shown("WorkItemWidgetDefinition", {"type": "LABELS"}),
    ]
    name = kind.replace("_", " ").capitalize()
    fields = {"id": f"gid://gitlab/WorkItems::Type/{kind}", "name": name, "widgetDefinitions": widgets}
    return Shown("WorkItemType", fields)


def _types(call: Call, project: Project, arguments: dict[str, Any]) -> list[Shown]:
    return [_type_of(project, kind) for kind in ("issue", "incident", "task")]


def _elsewhere(name: str) -> Resolver:
    def resolver(call: Call, one: Issue, arguments: dict[str, Any]) -> str | None:
        other = getattr(one, name)
        return call.shapes.web_url(other) if other and rights.reads(call.user, other) else None

    return resolver


USER: Mapping[str, Resolver] = {
    "id": taken(gid),
    "webUrl": lambda call, one, _: call.shapes.user(one)["web_url"],
}
RESOLVERS: Mapping[str, Resolver] = {
    "Query.currentUser": lambda call, *_: call.user,
    "Query.metadata": _metadata,
    "Query.project": _project,
    "Query.namespace": _namespace,
    "Query.workItem": _work_item,
    "Mutation.workItemUpdate": lambda call, _, arguments: update(call, arguments["input"], has_statuses(call)),
    **{f"{kind}.{name}": resolver for kind in ("CurrentUser", "UserCore") for name, resolver in USER.items()},
    "Namespace.id": taken(gid),
    "Namespace.name": taken(lambda one: getattr(one, "path", None) or one.username),
    "Namespace.fullPath": taken(lambda one: one.full_path if isinstance(one, Group) else one.username),
    "Namespace.statuses": taken(lambda one: list(STATUSES) if isinstance(one, Group) and one.premium else []),
    "Project.id": taken(gid),
    "Project.name": taken(lambda one: one.path),
    "Project.fullPath": taken(lambda one: one.path_with_namespace),
    "Project.webUrl": lambda call, one, _: call.shapes.project(one, None)["web_url"],
    "Project.workItems": _work_items,
    "Project.workItemTypes": _types,
    "WorkItem.id": taken(gid),
    "WorkItem.iid": taken(lambda one: str(one.iid)),
    "WorkItem.state": taken(lambda one: "OPEN" if one.state == "opened" else "CLOSED"),
    "WorkItem.webUrl": lambda call, one, _: call.shapes.web_url(one),
    "WorkItem.reference": lambda call, one, arguments: call.shapes.references(one, "#")[
        "full" if arguments.get("full") else "short"
    ],
    "WorkItem.movedToWorkItemUrl": _elsewhere("moved_to"),
    "WorkItem.duplicatedToWorkItemUrl": _elsewhere("duplicate_of"),
    "WorkItem.namespace": taken(lambda one: one.project.namespace),
    "WorkItem.workItemType": _type,
    "WorkItem.widgets": _widgets,
    "WorkItemStatus.id": taken(status_gid),
    "Label.id": taken(lambda one: f"gid://gitlab/{'Group' if one.group else 'Project'}Label/{one.id}"),
    "Label.title": taken(lambda one: one.name),
    "MergeRequest.id": taken(gid),
    "MergeRequest.iid": taken(lambda one: str(one.iid)),
    "MergeRequest.webUrl": lambda call, one, _: call.shapes.merge_request(one)["web_url"],
}
