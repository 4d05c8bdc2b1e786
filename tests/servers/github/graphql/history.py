"""Where the fields of events, typed fields and board items come from."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.servers.github.call import Call
from tests.servers.github.entities import Account
from tests.servers.github.graphql import issue_fields as parts
from tests.servers.graphql.execution import Resolver


def person(name: str) -> Resolver:
    """Who did it; null if the account was deleted."""

    def resolver(call: Call, value: Any, arguments: dict[str, Any]) -> Account | None:
        found: Account = getattr(value, name)
        return None if found is call.state.ghost else found

    return resolver


def taken(take: Callable[[Any], Any]) -> Resolver:
    return lambda call, value, arguments: take(value)


def reason(reason: str | None, arguments: dict[str, Any]) -> str | None:
    if reason == "duplicate" and not arguments.get("enableDuplicate"):
        reason = "not_planned"
    return reason.upper() if reason else None


def _detail(name: str) -> Resolver:
    return taken(lambda event: event.detail[name])


HISTORY: Mapping[str, Resolver] = {
    "Event.createdAt": taken(lambda event: event.at),
    "Event.actor": person("actor"),
    "RenamedTitleEvent.previousTitle": taken(lambda event: event.detail["rename"]["from"]),
    "RenamedTitleEvent.currentTitle": taken(lambda event: event.detail["rename"]["to"]),
    **{f"{kind}.label": parts.event_label for kind in ("LabeledEvent", "UnlabeledEvent")},
    **{f"{kind}.assignee": _detail("assignee") for kind in ("AssignedEvent", "UnassignedEvent")},
    "ClosedEvent.stateReason": lambda call, event, got: reason(event.detail["state_reason"], got),
    "ReopenedEvent.stateReason": taken(lambda event: "REOPENED"),
    "LockedEvent.lockReason": taken(lambda event: event.detail["lock_reason"]),
    **{
        f"{kind}.milestoneTitle": taken(lambda event: event.detail["milestone"]["title"])
        for kind in ("MilestonedEvent", "DemilestonedEvent")
    },
    "IssueComment.author": person("author"),
    "IssueComment.databaseId": taken(lambda comment: comment.id),
}
BOARDS: Mapping[str, Resolver] = {
    "IssueFieldCommon.dataType": taken(lambda one: one.data_type.upper()),
    "IssueFieldSingleSelect.options": parts.field_options,
    "IssueFieldMultiSelect.options": parts.field_options,
    **{
        f"IssueField{kind}.databaseId": taken(lambda one: one.id)
        for kind in ("Text", "Date", "Number", "SingleSelect", "MultiSelect")
    },
    "IssueType.isEnabled": taken(lambda one: True),
    "IssueType.description": taken(lambda one: None),
    "ProjectV2.databaseId": taken(lambda one: one.id),
    "ProjectV2Item.databaseId": taken(lambda one: one.id),
    "ProjectV2Item.fullDatabaseId": taken(lambda one: str(one.id)),
    "ProjectV2Item.type": taken(lambda one: "PULL_REQUEST" if one.issue.pull else "ISSUE"),
    "ProjectV2Item.isArchived": taken(lambda one: one.archived_at is not None),
    "ProjectV2Item.project": lambda call, item, _: parts.board(call, item),
    "ProjectV2Item.content": taken(lambda one: one.issue),
    "ProjectV2Item.fieldValues": parts.board_values,
    "ProjectV2Item.fieldValueByName": parts.board_value,
    "ProjectV2FieldCommon.id": taken(lambda one: one.node_id),
    "ProjectV2FieldCommon.databaseId": taken(lambda one: one.id),
    "ProjectV2FieldCommon.dataType": taken(lambda one: one.data_type.upper()),
}
