"""What a request wants an issue to be: read and checked whole before anything is changed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.servers.github import changes
from tests.servers.github.call import Call
from tests.servers.github.definitions import IssueField, IssueType
from tests.servers.github.entities import Account, Issue, Milestone
from tests.servers.github.refusals import Refused, invalid, malformed
from tests.servers.github.repositories import check_label_name
from tests.servers.github.rights import assignable

LONGEST_TITLE = 256
LONGEST_BODY = 65_536


@dataclass
class Restricted:
    """What only a caller with push access can set; without it all of this stays None, silently."""

    labels: list[str] | None = None
    assignees: list[Account] | None = None
    milestone: tuple[Milestone | None] | None = None
    type: tuple[IssueType | None] | None = None
    values: dict[int, Any] | None = None

    def apply(self, call: Call, issue: Issue) -> None:
        """Labels and assignees replace the set; field values are added to those that are there."""
        state, actor = call.state, call.viewer
        if self.labels is not None:
            changes.relabel(state, issue, actor, self.labels)
        if self.assignees is not None:
            changes.reassign(state, issue, actor, self.assignees)
        if self.milestone is not None:
            changes.set_milestone(state, issue, actor, self.milestone[0])
        if self.type is not None:
            changes.set_type(state, issue, actor, self.type[0])
        if self.values is not None:
            changes.set_values(state, issue, actor, self.values)


def title(call: Call, *, needed: bool) -> str | None:
    """Raises Refused (422). A number is taken for a text."""
    value = call.body.get("title")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    found = call.text("title", needed=needed)
    if found is None:
        return None
    if not found.strip():
        raise invalid("Issue", "title", "missing_field")
    if len(found) > LONGEST_TITLE:
        raise invalid("Issue", "title", message=f"title is too long (maximum is {LONGEST_TITLE} characters)")
    return found


def body(call: Call) -> str | None:
    """Raises Refused (422)."""
    found = call.text("body")
    if found is not None and len(found) > LONGEST_BODY:
        raise invalid("Issue", "body", message=f"body is too long (maximum is {LONGEST_BODY} characters)")
    return found


def restricted(call: Call) -> Restricted:
    """Raises Refused (422), but for a caller without push access only if the types are wrong."""
    names = _distinct(call.texts("labels")) if "labels" in call.body else None
    logins = _logins(call)
    if not call.pushes:
        return Restricted()
    for name in names or ():
        check_label_name(name)
    return Restricted(
        names,
        None if logins is None else [_assignee(call, login) for login in logins],
        (_milestone(call),) if "milestone" in call.body else None,
        (_type(call),) if "type" in call.body and _types(call) is not None else None,
        field_values(call) if call.body.get("issue_field_values") else None,
    )


def _distinct(names: list[str]) -> list[str]:
    return list({name.lower(): name for name in reversed(names)}.values())[::-1]


def _logins(call: Call) -> list[str] | None:
    if call.body.get("assignees") is not None:
        return _distinct(call.texts("assignees"))
    if "assignee" not in call.body:
        return None
    alone = call.text("assignee")
    return [alone] if alone else []


def _assignee(call: Call, login: str) -> Account:
    account = call.state.accounts.get(login.lower())
    if account is None or not assignable(account, call.repository):
        raise invalid("Issue", "assignees", value=login)
    return account


def _milestone(call: Call) -> Milestone | None:
    number = call.body["milestone"]
    if number is None:
        return None
    found = call.repository.milestones.get(int(number)) if str(number).isdecimal() else None
    if found is None:
        raise invalid("Issue", "milestone", value=number)
    return found


def _types(call: Call) -> list[IssueType] | None:
    organization = call.repository.organization
    return organization.issue_types if organization else None


def _type(call: Call) -> IssueType | None:
    name = call.text("type")
    if not name:
        return None
    for kind in _types(call) or ():
        if kind.name.lower() == name.lower():
            return kind
    raise invalid("Issue", "type", value=name)


def fields(call: Call) -> list[IssueField] | None:
    """The issue fields of the repository; None where there can be none."""
    organization = call.repository.organization
    return organization.issue_fields if organization else None


def field_values(call: Call) -> dict[int, Any]:
    """`issue_field_values` of the body by field id. Raises Refused (422). Empty where the feature is off."""
    known = {one.id: one for one in fields(call) or ()}
    wanted = call.body.get("issue_field_values", [])
    if not isinstance(wanted, list) or not all(isinstance(one, dict) and set(one) == FIELD_KEYS for one in wanted):
        raise malformed("issue_field_values", "an array of objects with field_id and value")
    if fields(call) is None:
        return {}
    found = {}
    for one in wanted:
        field = known.get(one["field_id"])
        if field is None:
            raise invalid("Issue", "issue_field_values", value=one["field_id"])
        if not _fits(field, one["value"]):
            raise Refused(422, f"Invalid value for field {field.name}: {one['value']!r}")
        found[field.id] = one["value"]
    return found


FIELD_KEYS = {"field_id", "value"}


def _fits(field: IssueField, value: Any) -> bool:
    names = {option.name for option in field.options}
    if field.data_type == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if field.data_type == "multi_select":
        return isinstance(value, list) and set(value) <= names
    if not isinstance(value, str):
        return False
    return field.data_type == "text" or (value in names if field.data_type == "single_select" else _is_date(value))


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
