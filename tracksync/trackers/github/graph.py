"""What is asked by GraphQL, because there it is one request: queries, and their answers brought to REST's form. Pure.

Source: the public schema ("Public schema", docs.github.com). A query reads: sending it twice is harmless.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from tracksync.errors import TrackerError
from tracksync.trackers.github.address import Address
from tracksync.trackers.web.message import Answer, Request

MOST = 100
"""Issues in one query: nodes are limited, and a query that takes over ten seconds is broken off."""

BASICS = """query($owner: String!, $name: String!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    databaseId nameWithOwner visibility isArchived hasIssuesEnabled viewerPermission
    defaultBranchRef { name }
    owner { __typename login }
  }
}"""

DUPLICATES = "enableDuplicate"
"""The argument without which a duplicate passes for not planned. Enterprise Server up to 3.16 has neither (its schema
in github/docs), and refuses the whole query."""

_ISSUE = """number title body state stateReason(enableDuplicate: true) updatedAt authorAssociation
      author { __typename login }
      labels(first: 100) { nodes { name } }
      assignees(first: 20) { nodes { login } }
      repository { nameWithOwner }"""


class Repository(NamedTuple):
    """A repository as GitHub describes it now."""

    ident: int
    name: str
    """Its present name: after a rename another than the one that was asked for."""
    branch: str
    """The default branch."""
    visibility: str
    """`public`, `internal` or `private`."""
    issues: bool
    """Issues are switched on."""
    archived: bool
    permission: str
    """Of the token's user: ADMIN, MAINTAIN, WRITE, TRIAGE, READ; "" for an app, which has none."""
    organisation: str
    """The login of the organisation that owns it, "" for a person's."""


def query(address: Address, text: str, variables: Mapping[str, Any] | None = None) -> Request:
    """The request for a query."""
    return Request("POST", address.graphql, body={"query": text, "variables": dict(variables or {})}, reads=True)


def data(answer: Answer, doing: str) -> Mapping[str, Any]:
    """What a query found; an object that doesn't exist is null in its place. Raises `TrackerError` for everything else
    that GraphQL calls an error, whatever the status: what was not found because of it must not look gone.
    """
    found = answer.data() if answer.status == 200 else None
    inner = found.get("data") if isinstance(found, dict) else None
    errors = found.get("errors") if isinstance(found, dict) else None
    others = [one for one in errors or () if not _harmless(one)]
    if not isinstance(inner, dict) or others:
        said = str(others[0].get("message", "")) if others and isinstance(others[0], dict) else answer.message
        raise TrackerError(f"{doing} was refused{f': {said[:200]}' if said else f' with status {answer.status}'}")
    return inner


def _harmless(error: object) -> bool:
    """True for an object that doesn't exist, and for the default branch, which a token for issues alone can't see."""
    if not isinstance(error, dict):
        return False
    return error.get("type") == "NOT_FOUND" or list(error.get("path") or ())[-1:] == ["defaultBranchRef"]


def login(actor: object) -> str:
    """The login as REST writes it: GraphQL leaves `[bot]` away from an app's."""
    if not isinstance(actor, Mapping):
        return ""
    name = str(actor.get("login") or "")
    app = actor.get("__typename") == "Bot" and not name.endswith("[bot]")
    return f"{name}[bot]" if app else name


def repository_of(found: Mapping[str, Any]) -> Repository:
    """The repository in the answer to `BASICS`."""
    one = found["repository"]
    owner = one.get("owner") or {}
    return Repository(
        ident=int(one["databaseId"]),
        name=str(one["nameWithOwner"]),
        branch=str((one.get("defaultBranchRef") or {}).get("name") or ""),
        visibility=str(one.get("visibility") or "PRIVATE").lower(),
        issues=bool(one.get("hasIssuesEnabled", True)),
        archived=bool(one.get("isArchived")),
        permission=str(one.get("viewerPermission") or ""),
        organisation=str(owner.get("login") or "") if owner.get("__typename") == "Organization" else "",
    )


def visibility(names: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The query for who can see repositories; `r0` is the first one in the answer."""
    declared = ", ".join(f"$o{number}: String!, $n{number}: String!" for number in range(len(names)))
    asked = "\n".join(
        f"  r{number}: repository(owner: $o{number}, name: $n{number}) {{ visibility }}" for number in range(len(names))
    )
    variables = {}
    for number, name in enumerate(names):
        variables[f"o{number}"], _, variables[f"n{number}"] = name.partition("/")
    return f"query({declared}) {{\n{asked}\n}}", variables


def by_number(numbers: Sequence[int], name: str, *, duplicates: bool = True) -> tuple[str, dict[str, str]]:
    """The query for issues or pull requests by number, and its variables; `i12` is number 12 in the answer."""
    issue = _ISSUE if duplicates else _ISSUE.replace(f"({DUPLICATES}: true)", "")
    asked = "\n".join(
        f"    i{number}: issueOrPullRequest(number: {number}) {{ __typename ... on Issue {{ {issue} }} }}"
        for number in numbers
    )
    return of_repository(asked), names(name)


def history(name: str, since: Mapping[int, datetime]) -> tuple[str, dict[str, str]]:
    """The query for what happened to issues (by number) since an instant, edits of their text included."""
    asked = "\n".join(
        f"    i{number}: issue(number: {number}) {{ {_HISTORY.replace('SINCE', instant.isoformat())} }}"
        for number, instant in since.items()
    )
    return of_repository(asked), names(name)


# The edits of a text come with the latest first.
_HISTORY = """
      timelineItems(last: 30, since: "SINCE", itemTypes: [RENAMED_TITLE_EVENT, ASSIGNED_EVENT, UNASSIGNED_EVENT,
          LABELED_EVENT, UNLABELED_EVENT, CLOSED_EVENT, REOPENED_EVENT]) { nodes { __typename
        ... on RenamedTitleEvent { createdAt actor { __typename login } currentTitle previousTitle }
        ... on AssignedEvent { createdAt actor { __typename login } assignee { ... on User { login } } }
        ... on UnassignedEvent { createdAt actor { __typename login } assignee { ... on User { login } } }
        ... on LabeledEvent { createdAt actor { __typename login } label { name } }
        ... on UnlabeledEvent { createdAt actor { __typename login } label { name } }
        ... on ClosedEvent { createdAt actor { __typename login } }
        ... on ReopenedEvent { createdAt actor { __typename login } }
      } }
      userContentEdits(first: 5) { nodes { editedAt editor { __typename login } } }"""


def as_rest(node: Mapping[str, Any]) -> dict[str, Any]:
    """An issue of a query as REST describes it."""
    author = node.get("author")
    kind = author.get("__typename") if isinstance(author, Mapping) else None
    return {
        "number": node["number"],
        "title": node["title"],
        "body": node.get("body"),
        "state": str(node["state"]).lower(),
        "state_reason": str(node["stateReason"]).lower() if node.get("stateReason") else None,
        "updated_at": node["updatedAt"],
        "author_association": node.get("authorAssociation"),
        "user": {"login": login(author), "type": kind} if kind else None,
        "labels": list(nodes_of(node, "labels")),
        "assignees": list(nodes_of(node, "assignees")),
    }


def nodes(found: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    """number → what was found under it; what doesn't exist is missing."""
    inside = found.get("repository") or {}
    return {int(alias[1:]): node for alias, node in inside.items() if alias[:1] == "i" and isinstance(node, dict)}


def nodes_of(node: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects of a connection; none where it wasn't asked for, or may not be seen."""
    return [one for one in (node.get(name) or {}).get("nodes") or () if one]


def of_repository(asked: str) -> str:
    """A query for parts of the repository that its variables name."""
    return f"query($owner: String!, $name: String!) {{\n  repository(owner: $owner, name: $name) {{\n{asked}\n  }}\n}}"


def names(name: str) -> dict[str, str]:
    """The variables that name a repository."""
    owner, _, short = name.partition("/")
    return {"owner": owner, "name": short}
