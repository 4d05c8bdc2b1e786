"""What an issue's own fields don't say, and what is asked for only where the configuration wants it: open pull requests
that will close an issue, issues that block it, and its place on a board (Projects v2). Pure.

One query tells it for a hundred issues. Sources: the GraphQL objects `Issue`, `ProjectV2Item` (docs.github.com).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from tracksync.model import Field, Issue, Status
from tracksync.trackers.github import graph
from tracksync.trackers.github.fields import KINDS, Names, canonical


class Signals(NamedTuple):
    """What is asked for; `board` is the number of a project of the organisation, 0: none."""

    pull_requests: bool = False
    dependencies: bool = False
    board: int = 0


class Place(NamedTuple):
    """An issue's item on the board: its id, and the canonical values that are set there."""

    item: int
    values: Mapping[Field, str]


_PULLS = "closedByPullRequestsReferences(first: 10) { nodes { state } }"
_BLOCKERS = "blockedBy(first: 50) { nodes { state } }"
_PLACES = """projectItems(first: 20) { nodes { fullDatabaseId isArchived project { number }
        fieldValues(first: 50) { nodes { __typename
          ... on ProjectV2ItemFieldDateValue { date field { ... on ProjectV2FieldCommon { name } } }
          ... on ProjectV2ItemFieldSingleSelectValue { name field { ... on ProjectV2FieldCommon { name } } }
        } } } }"""


def query(numbers: Sequence[int], name: str, wanted: Signals) -> tuple[str, dict[str, str]]:
    """The query for the signals of issues, and its variables."""
    parts = [
        text
        for text, asked in ((_PULLS, wanted.pull_requests), (_BLOCKERS, wanted.dependencies), (_PLACES, wanted.board))
        if asked
    ]
    lines = "\n".join(f"    i{number}: issue(number: {number}) {{ {' '.join(parts)} }}" for number in numbers)
    return graph.of_repository(lines), graph.names(name)


def place(node: Mapping[str, Any], board: int, names: Names) -> Place | None:
    """Where an issue stands on the board, None when it isn't there."""
    for item in graph.nodes_of(node, "projectItems"):
        if (item.get("project") or {}).get("number") == board and not item.get("isArchived"):
            values = dict(_said(graph.nodes_of(item, "fieldValues"), names))
            return Place(int(item["fullDatabaseId"]), values)
    return None


def _said(values: Iterable[Mapping[str, Any]], names: Names) -> Iterable[tuple[Field, str]]:
    for one in values:
        called = str((one.get("field") or {}).get("name", "")).casefold()
        which = next((which for which in KINDS if called and names.of(which).casefold() == called), None)
        if which is not None:
            value = str(one.get("date") or "") if which is Field.DUE else canonical(which, str(one.get("name") or ""))
            if value:
                yield which, value


def refined(issue: Issue, node: Mapping[str, Any], here: Place | None) -> Issue:
    """The issue with what the signals add. A closed issue is closed; what a label says of a status stays, but that an
    issue which waits for another one is blocked.
    """
    values = here.values if here else {}
    due, priority = values.get(Field.DUE, issue.due), values.get(Field.PRIORITY, issue.priority)
    return replace(issue, due=due, priority=priority, status=_status(issue.status, node, values))


def _status(status: Status, node: Mapping[str, Any], values: Mapping[Field, str]) -> Status:
    if status.closed or status is Status.BLOCKED:
        return status
    if any(one.get("state") == "OPEN" for one in graph.nodes_of(node, "blockedBy")):
        return Status.BLOCKED
    if status is Status.NOT_STARTED and Field.STATUS in values:
        return Status(values[Field.STATUS])
    pulled = any(one.get("state") == "OPEN" for one in graph.nodes_of(node, "closedByPullRequestsReferences"))
    return Status.IN_PROGRESS if pulled else status
