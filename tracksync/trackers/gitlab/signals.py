"""What an issue's own fields don't say, and what is asked for only where the configuration wants it: open merge
requests that will close an issue, and its status as a work item (Premium, GitLab 18.2).

One query tells it for a hundred issues. Sources: the GraphQL types `WorkItemWidgetDevelopment`, `WorkItemWidgetStatus`,
"Work item status" (docs.gitlab.com).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from tracksync.errors import TrackerError
from tracksync.model import Issue, Status
from tracksync.trackers.gitlab.facts import Facts

MOST = 100
"""Issues of one query: the longest page."""
_REQUESTS = "... on WorkItemWidgetDevelopment { closingMergeRequests(first: 10) { nodes { mergeRequest { state } } } }"
_STATUS = "... on WorkItemWidgetStatus { status { name category } }"


class Signals(NamedTuple):
    """What is asked for."""

    merge_requests: bool = False
    work_item_status: bool = False


class Told(NamedTuple):
    """What a query tells of one issue: whether an open merge request will close it; name and category of its status."""

    requested: bool = False
    status: str = ""
    category: str = ""


def refined(facts: Facts, issues: Sequence[Issue], wanted: Signals) -> list[Issue]:
    """The issues with what the signals add: one query for a hundred. Raises `TrackerError`."""
    found = {issue.ref: issue for issue in issues}
    asked = [issue for issue in issues if wanted.work_item_status or (wanted.merge_requests and _open(issue))]
    for start in range(0, len(asked), MOST):
        part = {issue.ref.number: issue for issue in asked[start : start + MOST]}
        for number, told in _told(facts, list(part), wanted):
            if number in part:
                issue = part[number]
                found[issue.ref] = replace(issue, status=_status(issue.status, told))
    return list(found.values())


def _open(issue: Issue) -> bool:
    return issue.status is Status.NOT_STARTED


def _told(facts: Facts, numbers: Sequence[int], wanted: Signals) -> Iterator[tuple[int, Told]]:
    widgets = " ".join(
        text for text, asked in ((_REQUESTS, wanted.merge_requests), (_STATUS, wanted.work_item_status)) if asked
    )
    query = f"""query($path: ID!, $iids: [String!]) {{ project(fullPath: $path) {{
      workItems(iids: $iids, first: {MOST}) {{ nodes {{ iid widgets {{ {widgets} }} }} }} }} }}"""
    data = facts.graph(query, {"path": facts.found().name, "iids": [str(number) for number in numbers]})
    if data.get("project") is None:
        raise TrackerError(
            f"{facts.project}: the server doesn't tell what tracker.signals asks for",
            "work_item_status needs Premium and GitLab 18.2, merge_requests GitLab 17.3: else take it out there",
        )
    for node in data["project"]["workItems"]["nodes"]:
        yield int(node["iid"]), _of_widgets(node.get("widgets") or ())


def _of_widgets(widgets: Sequence[Mapping[str, Any]]) -> Told:
    requests = [one for widget in widgets for one in (widget.get("closingMergeRequests") or {}).get("nodes") or ()]
    status: Mapping[str, Any] = next((widget["status"] for widget in widgets if widget.get("status")), {})
    return Told(
        any((one.get("mergeRequest") or {}).get("state") == "opened" for one in requests),
        str(status.get("name") or "").casefold(),
        str(status.get("category") or "").lower(),
    )


def _status(known: Status, told: Told) -> Status:
    """A label that says a status wins, and a closed issue is closed."""
    if known is Status.COMPLETE and told.category == "canceled":
        return Status.DUPLICATE if told.status == "duplicate" else Status.WONT_DO
    if known is not Status.NOT_STARTED:
        return known
    if told.category == "in_progress":
        return Status.BLOCKED if told.status == "blocked" else Status.IN_PROGRESS
    return Status.IN_PROGRESS if told.requested else known
