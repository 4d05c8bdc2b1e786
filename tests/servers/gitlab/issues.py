"""Routes about issues: list, create, get, change, move."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.servers.gitlab import actions, changes, filters, rights
from tests.servers.gitlab.call import Call, created, ok
from tests.servers.gitlab.entities import Issue, User
from tests.servers.gitlab.listing import by_cursor, cursor_page, page
from tests.servers.gitlab.refusals import error, forbidden, invalid, message, not_found
from tests.servers.messages import Answer

TYPES = ("issue", "incident", "test_case", "task")
LONGEST_TITLE, LONGEST_TEXT = 255, 1_048_576
CHANGEABLE = (
    "assignee_id, assignee_ids, confidential, created_at, description, discussion_locked, due_date, start_date, "
    "labels, add_labels, remove_labels, milestone_id, milestone, severity, state_event, title, issue_type"
)
LICENSED = ", weight, epic_id, epic_iid"


def issues(call: Call) -> Answer:
    """All states unless told otherwise; unknown parameters change nothing. No issues where they are off."""
    project = call.project
    keep = filters.chosen(call, TYPES)
    order, sort = filters.order(call)
    visible = [one for one in project.issues.values() if rights.reads(call.user, one)]
    found = [one for one in visible if all(test(one) for test in keep)]
    place = filters.PLACES[order]
    found.sort(key=place, reverse=sort == "desc")
    details = call.flag("with_labels_details") or False

    def show(one: Issue) -> dict[str, Any]:
        return call.shapes.issue(one, call.user, details=details)

    if by_cursor(call):
        effective = {"order_by": order, "sort": sort, "state": call.request.query.get("state", "all")}
        return cursor_page(call, found, show, place, effective)
    return page(call, found, show)


def create(call: Call) -> Answer:
    """What guests may not set is left out silently: labels, assignees, dates."""
    actor, project = call.viewer, call.project
    if not rights.tracks(actor, project) or project.archived:
        raise forbidden()
    title, text = _title(call), _text(call)
    if title is None:
        raise error(400, "title is missing")
    kind = call.choice("issue_type", TYPES, "issue")
    confidential = call.flag("confidential")
    settle = _restricted(call) if rights.plans(actor, project) else _nothing
    made = changes.open_issue(call.state, project, actor, title)
    made.issue_type, made.confidential = kind, bool(confidential)
    settle(made)
    if text is not None:
        made.description, _ = actions.strip(call.state, made, actor, text)
    return created(call.shapes.issue(made, actor))


def issue(call: Call) -> Answer:
    return ok(call.shapes.issue(call.issue, call.user))


def by_global_id(call: Call) -> Answer:
    """For administrators only."""
    if not call.viewer.admin:
        raise forbidden()
    for one in call.state.issues():
        if one.id == call.number("id"):
            return ok(call.shapes.issue(one, call.viewer))
    raise not_found()


def change(call: Call) -> Answer:
    """By planners and above, by the author and by those it is assigned to. The last write wins: there is no 409."""
    actor, one = call.viewer, call.issue
    _something(call)
    title, text = _title(call), _text(call)
    event = call.choice("state_event", ("close", "reopen"), "")
    kind = call.choice("issue_type", TYPES, one.issue_type)
    confidential = call.flag("confidential")
    settle = _restricted(call) if rights.plans(actor, one.project) else _nothing
    if not rights.updates(actor, one):
        raise forbidden()
    if title is not None:
        changes.retitle(call.state, one, actor, title)
    if text is not None:
        changes.describe(call.state, one, actor, actions.strip(call.state, one, actor, text)[0])
    one.issue_type = kind
    if confidential is not None and rights.plans(actor, one.project):
        changes.set_confidential(call.state, one, actor, confidential)
    settle(one)
    if event:
        (changes.close if event == "close" else changes.reopen)(call.state, one, actor)
    return ok(call.shapes.issue(one, actor))


def _something(call: Call) -> None:
    """Raises Refused where no parameter is one that can be changed."""
    known = CHANGEABLE + (LICENSED if call.state.enterprise else "")
    if not set(known.split(", ")) & call.given.keys():
        raise error(400, f"{known} are missing, at least one parameter must be provided")


def _nothing(one: Issue) -> None:
    return None


def _restricted(call: Call) -> Callable[[Issue], None]:
    """The changes that planners and above may make, checked and not yet made."""
    state, actor = call.state, call.viewer
    labels, added, gone = (call.names(name) for name in ("labels", "add_labels", "remove_labels"))
    if "labels" in call.given and labels is None:
        labels = []
    assignees = _assignees(call)
    due = _due(call.text("due_date")) if "due_date" in call.given else None
    locked = call.flag("discussion_locked")

    def settle(one: Issue) -> None:
        if labels is not None:
            changes.relabel(state, one, actor, labels)
        changes.add_labels(state, one, actor, [name for name in added or () if name not in (gone or ())])
        changes.unlabel(state, one, actor, gone or ())
        if assignees is not None:
            changes.reassign(state, one, actor, assignees)
        if "due_date" in call.given:
            changes.set_due(state, one, actor, due)
        if locked is not None:
            changes.set_locked(state, one, actor, locked)

    return settle


def _title(call: Call) -> str | None:
    """White space around it goes. Raises Refused (400)."""
    title = call.text("title")
    if title is None:
        return None
    title = title.strip()
    if not title:
        raise invalid(title=["can't be blank"])
    if len(title) > LONGEST_TITLE:
        raise invalid(title=[f"is too long (maximum is {LONGEST_TITLE} characters)"])
    return title


def _text(call: Call) -> str | None:
    text = call.text("description")
    if text is not None and len(text) > LONGEST_TEXT:
        raise invalid(description=[f"is too long (maximum is {LONGEST_TEXT} characters)"])
    return text


def _due(text: str | None) -> date | None:
    """What can't be read as a date is no date, silently."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _assignees(call: Call) -> list[User] | None:
    """None: they stay. 0, or nothing at all, is nobody; without premium only the first one counts, whoever that is.

    Raises Refused (400) for strangers if the state says so; else they are left out, and if nobody remains, nothing
    changes.
    """
    wanted = call.integers("assignee_ids")
    if wanted is None:
        wanted = call.integers("assignee_id")
    if wanted is None:
        return None
    if wanted in ([], [0]):
        return []
    wanted = wanted if call.project.premium else wanted[:1]
    by_id = {user.id: user for user in call.state.users.values()}
    found = [by_id[one] for one in wanted if one in by_id and rights.assignable(by_id[one], call.project)]
    if len(found) < len(wanted) and call.state.strangers_refused:
        raise message(400, "400 Bad request - assignee_ids: invalid")
    return found or None


def move(call: Call) -> Answer:
    """To a project in which the mover may plan too."""
    actor, one = call.viewer, call.issue
    target, _ = call.state.find(call.needed("to_project_id"))
    if target is None or not rights.sees(actor, target):
        raise not_found("Project")
    if not (rights.plans(actor, one.project) and rights.plans(actor, target)) or one.moved_to:
        raise message(400, "Cannot move issue due to insufficient permissions!")
    return created(call.shapes.issue(changes.move(call.state, one, actor, target), actor))


ISSUES = "/projects/{id}/issues"
ROUTES = {
    "GET /issues/{id}": by_global_id,
    f"GET {ISSUES}": issues,
    f"POST {ISSUES}": create,
    f"GET {ISSUES}/{{issue_iid}}": issue,
    f"PUT {ISSUES}/{{issue_iid}}": change,
    f"POST {ISSUES}/{{issue_iid}}/move": move,
}
