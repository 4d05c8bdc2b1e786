"""Where the fields of the schema come from. What isn't listed is an attribute of the same name."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.servers.github import rights
from tests.servers.github.call import Call
from tests.servers.github.definitions import IssueField, ProjectField
from tests.servers.github.entities import Account, Comment, Event, Issue, Organization, Project, ProjectItem, Repository
from tests.servers.github.graphql import issue_fields as parts
from tests.servers.github.graphql.history import BOARDS, HISTORY, person, reason, taken
from tests.servers.github.refusals import Refused
from tests.servers.graphql.execution import FieldError, Resolver, Shown


def type_of(value: Any) -> str:
    """The concrete type of an entity."""
    if isinstance(value, Account):
        return value.type
    if isinstance(value, Issue):
        return "PullRequest" if value.pull else "Issue"
    kinds: dict[type, Callable[[Any], str]] = {
        Event: parts.event_type,
        IssueField: parts.field_type,
        ProjectField: parts.board_field_type,
        Comment: lambda _: "IssueComment",
        Project: lambda _: "ProjectV2",
        ProjectItem: lambda _: "ProjectV2Item",
    }
    return kinds.get(type(value), lambda one: type(one).__name__)(value)


def _login(call: Call, account: Account, arguments: dict[str, Any]) -> str:
    """An actor that is a bot goes without "[bot]" here, unlike in REST and as the viewer."""
    return account.login.removesuffix("[bot]")


def _viewer(call: Call, _: None, arguments: dict[str, Any]) -> Shown:
    account = call.viewer
    page = f"{call.shapes.site}/{account.login}"
    return Shown(
        "User",
        {
            "id": account.node_id,
            "databaseId": account.id,
            "login": account.login,
            "url": page,
            "avatarUrl": f"{call.shapes.site}/avatars/{account.id}",
            "resourcePath": f"/{account.login}",
            "name": None,
            "email": "",
        },
    )


def _repository(call: Call, _: None, arguments: dict[str, Any]) -> Repository:
    """A former name finds it, unless `followRenames` is false."""
    owner, name = arguments["owner"], arguments["name"]
    found, former = call.state.find(owner, name)
    if found is None or not rights.sees(call.token, found) or (former and arguments.get("followRenames") is False):
        raise FieldError("NOT_FOUND", f"Could not resolve to a Repository with the name '{owner}/{name}'.")
    return found


def _numbered(kind: str, *, pulls: bool, issues: bool) -> Resolver:
    def resolver(call: Call, repository: Repository, arguments: dict[str, Any]) -> Issue:
        found = repository.issues.get(arguments["number"])
        _readable(call, repository)
        gone = found is None or found.deleted or found.moved_to is not None
        if found is None or gone or not (pulls if found.pull else issues and repository.has_issues):
            raise FieldError("NOT_FOUND", f"Could not resolve to {kind} with the number of {arguments['number']}.")
        return found

    return resolver


def _readable(call: Call, repository: Repository) -> None:
    try:
        call.granted_in(repository, "issues", "read")
    except Refused as refused:
        raise FieldError("FORBIDDEN", str(refused)) from None


def _issues(call: Call, repository: Repository, arguments: dict[str, Any]) -> list[Issue]:
    """In the order of creation unless `orderBy` says otherwise; no pull requests."""
    _readable(call, repository)
    filters = arguments.get("filterBy") or {}
    if set(filters) - {"labels"}:
        raise FieldError("UNPROCESSABLE", "The fake filters by labels, states and nothing else.")
    names = [name.lower() for name in arguments.get("labels") or filters.get("labels") or ()]
    states = arguments.get("states") or ("OPEN", "CLOSED")
    found = [
        issue
        for issue in repository.issues.values()
        if not (issue.pull or issue.deleted or issue.moved_to)
        and issue.state.upper() in ([states] if isinstance(states, str) else states)
        and (not names or set(names) & {label.name.lower() for label in issue.labels})
    ]
    order = arguments.get("orderBy") or {"field": "CREATED_AT", "direction": "ASC"}
    key = {"CREATED_AT": "created_at", "UPDATED_AT": "updated_at"}[order["field"]]
    return sorted(found, key=lambda one: (getattr(one, key), one.number), reverse=order["direction"] == "DESC")


def _nodes(call: Call, _: None, arguments: dict[str, Any]) -> list[Any]:
    """What can't be seen is null with an error for each. One id may stand for a list, as everywhere in GraphQL."""
    wanted = arguments["ids"] if isinstance(arguments["ids"], list) else [arguments["ids"]]
    known = _by_id(call)
    return [known.get(one) or _no_node(one) for one in wanted]


def _node(call: Call, _: None, arguments: dict[str, Any]) -> Any:
    found = _by_id(call).get(arguments["id"])
    if found is None:
        raise _no_node(arguments["id"])
    return found


def _no_node(wanted: str) -> FieldError:
    return FieldError("NOT_FOUND", f"Could not resolve to a node with the global id of '{wanted}'")


def _by_id(call: Call) -> dict[str, Any]:
    seen = [one for one in call.state.repositories if rights.sees(call.token, one)]
    found: dict[str, Any] = {one.node_id: one for one in [*call.state.accounts.values(), *seen]}
    for repository in seen:
        alive = [one for one in repository.issues.values() if not one.deleted and not one.moved_to]
        found.update({one.node_id: one for one in [*alive, *repository.labels.values()]})
    return found


def _reason(call: Call, issue: Issue, arguments: dict[str, Any]) -> str | None:
    """Duplicates pass for not planned unless `enableDuplicate` asks for more."""
    return reason(issue.state_reason, arguments)


def _closing_pulls(call: Call, issue: Issue, arguments: dict[str, Any]) -> list[Issue]:
    """Open ones, unless `includeClosedPrs`."""
    found = parts.visible(call, issue.closing_pulls)
    return found if arguments.get("includeClosedPrs") else [one for one in found if one.state == "open"]


def _pull_state(call: Call, issue: Issue, arguments: dict[str, Any]) -> str:
    return "MERGED" if issue.pull and issue.pull.merged_at else issue.state.upper()


def _last_edit(name: str) -> Resolver:
    return lambda call, issue, arguments: getattr(issue.edits[-1], name) if issue.edits else None


def _blocking(call: Call, issue: Issue, arguments: dict[str, Any]) -> list[Issue]:
    return parts.visible(call, [one for one in call.state.issues() if issue in one.blocked_by])


def _pushes(call: Call, issue: Issue, arguments: dict[str, Any]) -> bool:
    return rights.at_least(rights.effective(call.token, issue.repository), "write")


def _assignable(call: Call, repository: Repository, arguments: dict[str, Any]) -> list[Account]:
    return [one for one in call.state.accounts.values() if rights.assignable(one, repository)]


def _fields(call: Call, repository: Repository, arguments: dict[str, Any]) -> list[IssueField]:
    organization: Organization | None = repository.organization
    return organization.issue_fields or [] if organization else []


ACCOUNT: Mapping[str, Resolver] = {
    "Actor.login": _login,
    "Actor.url": lambda call, one, _: f"{call.shapes.site}/{one.login}",
    "Actor.avatarUrl": lambda call, one, _: f"{call.shapes.site}/avatars/{one.id}",
    "Actor.resourcePath": taken(lambda one: f"/{one.login}"),
    "RepositoryOwner.login": _login,
    "RepositoryOwner.url": lambda call, one, _: f"{call.shapes.site}/{one.login}",
    "RepositoryOwner.id": taken(lambda one: one.node_id),
    "Node.id": taken(lambda one: one.node_id),
    **{f"{kind}.databaseId": taken(lambda one: one.id) for kind in ("User", "Bot", "Organization", "Repository")},
    **{f"{kind}.name": taken(lambda one: None) for kind in ("User", "Organization")},
    "User.email": taken(lambda one: ""),
}
REPOSITORY: Mapping[str, Resolver] = {
    "Repository.nameWithOwner": taken(lambda one: one.full_name),
    "Repository.url": lambda call, one, _: f"{call.shapes.site}/{one.full_name}",
    "Repository.visibility": taken(lambda one: one.visibility.upper()),
    "Repository.isPrivate": taken(lambda one: one.private),
    "Repository.isArchived": taken(lambda one: one.archived),
    "Repository.hasIssuesEnabled": taken(lambda one: one.has_issues),
    "Repository.viewerPermission": lambda call, one, _: rights.effective(call.token, one).upper(),
    "Repository.defaultBranchRef": taken(lambda one: Shown("Ref", {"id": "REF", "name": one.default_branch})),
    "Repository.issue": _numbered("an Issue", pulls=False, issues=True),
    "Repository.pullRequest": _numbered("a PullRequest", pulls=True, issues=False),
    "Repository.issueOrPullRequest": _numbered("an issue or pull request", pulls=True, issues=True),
    "Repository.issues": _issues,
    "Repository.labels": taken(lambda one: list(one.labels.values())),
    "Repository.label": lambda call, one, arguments: one.labels.get(arguments["name"].lower()),
    "Repository.assignableUsers": _assignable,
    "Repository.issueFields": _fields,
}
ISSUE: Mapping[str, Resolver] = {
    "Authored.url": lambda call, issue, _: call.shapes.issue_page(issue),
    "Authored.body": taken(lambda issue: issue.body or ""),
    "Authored.databaseId": taken(lambda issue: issue.id),
    "Authored.fullDatabaseId": taken(lambda issue: str(issue.id)),
    "Authored.state": taken(lambda issue: issue.state.upper()),
    "Authored.activeLockReason": taken(lambda issue: issue.lock_reason and issue.lock_reason.upper()),
    "Authored.authorAssociation": taken(lambda issue: rights.association(issue.author, issue.repository)),
    "Authored.viewerCanUpdate": _pushes,
    "Authored.includesCreatedEdit": taken(lambda issue: bool(issue.edits)),
    "Authored.lastEditedAt": _last_edit("at"),
    "Authored.editor": _last_edit("editor"),
    "Authored.author": person("author"),
    "Authored.timelineItems": parts.timeline,
    "Authored.userContentEdits": parts.edits,
    "Authored.projectItems": parts.project_items,
    "Issue.stateReason": _reason,
    "Issue.viewerCanSetFields": _pushes,
    "Issue.issueType": taken(lambda issue: issue.type),
    "Issue.closedByPullRequestsReferences": _closing_pulls,
    "Issue.blockedBy": lambda call, issue, _: parts.visible(call, issue.blocked_by),
    "Issue.blocking": _blocking,
    "Issue.issueFieldValues": parts.values,
    "PullRequest.state": _pull_state,
    "PullRequest.isDraft": taken(lambda issue: issue.pull.draft),
    "PullRequest.merged": taken(lambda issue: issue.pull.merged_at is not None),
    "PullRequest.mergedAt": taken(lambda issue: issue.pull.merged_at),
}
RESOLVERS: Mapping[str, Resolver] = {
    "Query.viewer": _viewer,
    "Query.repository": _repository,
    "Query.node": _node,
    "Query.nodes": _nodes,
    **ACCOUNT,
    **REPOSITORY,
    **ISSUE,
    **HISTORY,
    **BOARDS,
}
