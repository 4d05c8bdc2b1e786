"""Changes to work items through GraphQL."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.servers.gitlab import actions, changes, rights
from tests.servers.gitlab.call import Call
from tests.servers.gitlab.entities import STATUSES, Group, Issue, Status, User
from tests.servers.graphql.execution import FieldError, Shown
from tests.servers.graphql.language import QueryError

HIDDEN = (
    "The resource that you are attempting to access does not exist or you don't have permission to perform this action"
)
FIELDS: dict[str, set[str]] = {
    **{name: set() for name in ("id", "clientMutationId", "title", "stateEvent", "confidential")},
    "statusWidget": {"status"},
    "assigneesWidget": {"assigneeIds"},
    "descriptionWidget": {"description"},
    "startAndDueDateWidget": {"dueDate", "startDate", "isFixed"},
    "labelsWidget": {"addLabelIds", "removeLabelIds"},
}
"""What the input has, and what its widgets have."""


def gid(one: Any) -> str:
    """`gid://gitlab/WorkItem/1`"""
    names: dict[type, str] = {Issue: "WorkItem", Group: "Group"}
    return f"gid://gitlab/{names.get(type(one), type(one).__name__)}/{one.id}"


def status_gid(status: Status) -> str:
    return f"gid://gitlab/WorkItems::Statuses::SystemDefined::Status/{status.id}"


def update(call: Call, given: dict[str, Any], statuses: bool) -> Shown:
    """What the model has against it stands in `errors`. Raises FieldError for a work item that isn't theirs."""
    _check(given)
    one = next((each for each in call.state.issues() if gid(each) == given.get("id")), None)
    actor = call.user
    if one is None or actor is None or not _may_write(call) or not rights.reads(actor, one):
        raise FieldError(None, HIDDEN)
    if not rights.updates(actor, one):
        raise FieldError(None, HIDDEN)
    errors = []
    if "statusWidget" in given and not (statuses and one.project.premium):
        errors.append("Following widget keys are not supported by Issue type: [:status_widget]")
    else:
        _apply(call, one, actor, given)
    shown = None if errors else one
    fields = {"errors": errors, "clientMutationId": given.get("clientMutationId"), "workItem": shown}
    return Shown("WorkItemUpdatePayload", fields)


def _may_write(call: Call) -> bool:
    return call.token is not None and rights.scoped(call.token, writes=True)


def _check(given: dict[str, Any]) -> None:
    """Raises QueryError for names that the input doesn't have."""
    for name, value in given.items():
        if name not in FIELDS:
            raise QueryError(f"InputObject 'WorkItemUpdateInput' doesn't accept argument '{name}'")
        for inner in value if FIELDS[name] and isinstance(value, dict) else ():
            if inner not in FIELDS[name]:
                raise QueryError(f"InputObject of '{name}' doesn't accept argument '{inner}'")


def _apply(call: Call, one: Issue, actor: User, given: dict[str, Any]) -> None:
    state = call.state
    steps: dict[str, Callable[[Any], object]] = {
        "title": lambda value: changes.retitle(state, one, actor, value),
        "confidential": lambda value: changes.set_confidential(state, one, actor, value),
        "stateEvent": lambda value: (changes.close if value == "CLOSE" else changes.reopen)(state, one, actor),
        "statusWidget": lambda value: changes.set_status(state, one, actor, _status(value["status"])),
        "descriptionWidget": lambda value: changes.describe(
            state, one, actor, actions.strip(state, one, actor, value["description"])[0]
        ),
        "startAndDueDateWidget": lambda value: changes.set_due(state, one, actor, _date(value.get("dueDate"))),
        "assigneesWidget": lambda value: changes.reassign(state, one, actor, _people(call, one, value["assigneeIds"])),
        "labelsWidget": lambda value: _relabel(call, one, actor, value),
    }
    for name, step in steps.items():
        if name in given:
            step(given[name])


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _status(wanted: str) -> Status:
    for status in STATUSES:
        if status_gid(status) == wanted:
            return status
    raise FieldError(None, "System-defined status doesn't exist.")


def _people(call: Call, one: Issue, wanted: list[str]) -> list[User]:
    people = [user for user in call.state.users.values() if gid(user) in wanted]
    return [user for user in people if rights.assignable(user, one.project)]


def _relabel(call: Call, one: Issue, actor: User, given: dict[str, Any]) -> None:
    known = {label.id: name for home in one.project.homes for name, label in home.labels.items()}

    def names(field: str) -> list[str]:
        numbers = [int(each.rpartition("/")[2]) for each in given.get(field) or ()]
        return [known[number] for number in numbers if number in known]

    changes.add_labels(call.state, one, actor, names("addLabelIds"))
    changes.unlabel(call.state, one, actor, names("removeLabelIds"))
