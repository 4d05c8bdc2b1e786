"""Routes about issues: list, create, get, change."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.servers.github import changes, wanted
from tests.servers.github.call import Call, created, ok
from tests.servers.github.entities import Issue
from tests.servers.github.listing import page
from tests.servers.github.refusals import Refused, invalid
from tests.servers.messages import Answer

Filter = Callable[[Issue], bool]
CHOICES = {
    "state": ("open", "closed", "all"),
    "sort": ("created", "updated", "comments"),
    "direction": ("desc", "asc"),
}
"""The first one is the default. Anything else is refused; a parameter that GitHub doesn't know is ignored."""
REASONS = ("completed", "not_planned", "duplicate", "reopened")


def issues(call: Call) -> Answer:
    """Pull requests are issues too, unless the issues of the repository are off."""
    state, sort, direction = (_choice(call, name) for name in CHOICES)
    filters = [*_by_state(state), *_by_labels(call), *_by_time(call), *_by_people(call), *_by_milestone(call)]
    alive = (one for one in call.tracker.issues.values() if not one.deleted and not one.moved_to)
    found = [issue for issue in alive if all(keep(issue) for keep in filters)]
    place = PLACES[sort]
    found.sort(key=place, reverse=direction == "desc")
    return page(call, found, call.shapes.issue, place)


PLACES: dict[str, Callable[[Issue], list[Any]]] = {
    "created": lambda issue: [issue.created_at.timestamp(), issue.number],
    "updated": lambda issue: [issue.updated_at.timestamp(), issue.number],
    "comments": lambda issue: [len(issue.comments), issue.number],
}


def _choice(call: Call, name: str) -> str:
    found = call.request.query.get(name) or CHOICES[name][0]
    if found not in CHOICES[name]:
        raise invalid("Issue", name, value=found)
    return found


def _by_state(state: str) -> list[Filter]:
    return [] if state == "all" else [lambda issue: issue.state == state]


def _by_labels(call: Call) -> list[Filter]:
    """All of them, in whatever case. A comma can't be part of a name here."""
    names = {name.strip().lower() for name in call.request.query.get("labels", "").split(",")} - {""}
    return [lambda issue: names <= {label.name.lower() for label in issue.labels}] if names else []


def _by_time(call: Call) -> list[Filter]:
    """`since` is an instant, and the second that it names is included."""
    text = call.request.query.get("since")
    if not text:
        return []
    try:
        since = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise invalid("Issue", "since", value=text) from None
    instant = since.replace(tzinfo=since.tzinfo or UTC)
    return [lambda issue: issue.updated_at >= instant]


def _by_people(call: Call) -> list[Filter]:
    filters: list[Filter] = []
    creator, assignee = (call.request.query.get(name, "").lower() for name in ("creator", "assignee"))
    if creator:
        filters.append(lambda issue: issue.author.login.lower() == creator)
    if assignee == "none":
        filters.append(lambda issue: not issue.assignees)
    elif assignee == "*":
        filters.append(lambda issue: bool(issue.assignees))
    elif assignee:
        filters.append(lambda issue: assignee in {one.login.lower() for one in issue.assignees})
    return filters


def _by_milestone(call: Call) -> list[Filter]:
    asked = call.request.query.get("milestone")
    if not asked:
        return []
    if asked in ("none", "*"):
        return [lambda issue: (issue.milestone is not None) == (asked == "*")]
    if not asked.isdecimal():
        raise invalid("Issue", "milestone", value=asked)
    return [lambda issue: issue.milestone is not None and issue.milestone.number == int(asked)]


def create(call: Call) -> Answer:
    """All or nothing: one login that can't be assigned, and there is no issue."""
    call.writes()
    title, body, restricted = wanted.title(call, needed=True), wanted.body(call), wanted.restricted(call)
    made = changes.open_issue(call.state, call.tracker, call.viewer, title or "", body)
    restricted.apply(call, made)
    shown = call.shapes.issue(made, whole=True)
    return created(shown, shown["url"])


def issue(call: Call) -> Answer:
    return ok(call.shapes.issue(call.issue, whole=True))


def change(call: Call) -> Answer:
    """By its author or with push access."""
    one = call.issue
    call.writes()
    if one.author is not call.viewer and not call.pushes:
        raise Refused(403, "Must have admin rights to Repository.")
    title, restricted = wanted.title(call, needed=False), wanted.restricted(call)
    body = wanted.body(call)
    move = _move(call, one)
    if title is not None:
        changes.retitle(call.state, one, call.viewer, title)
    if "body" in call.body:
        changes.rewrite(call.state, one, call.viewer, body)
    restricted.apply(call, one)
    move()
    return ok(call.shapes.issue(one, whole=True))


def _move(call: Call, one: Issue) -> Callable[[], None]:
    """The change of state, checked and not yet made. A reason alone changes nothing."""
    state, reason = call.text("state"), call.text("state_reason")
    if state not in (None, "open", "closed"):
        raise invalid("Issue", "state", value=state)
    if reason not in (None, *REASONS):
        raise invalid("Issue", "state_reason", value=reason)
    if state == "open":
        return lambda: changes.reopen(call.state, one, call.viewer)
    if state == "closed":
        original = _original(call) if reason == "duplicate" else None
        why = reason if reason and reason != "reopened" else "completed"
        return lambda: changes.close(call.state, one, call.viewer, why, original)
    return lambda: None


def _original(call: Call) -> Issue | None:
    wanted_id = call.body.get("duplicate_issue_id")
    if wanted_id is None:
        return None
    for other in call.state.issues():
        if other.id == wanted_id and not other.deleted:
            return other
    raise invalid("Issue", "duplicate_issue_id", value=wanted_id)


ROUTES = {
    "GET /repos/{owner}/{repo}/issues": issues,
    "POST /repos/{owner}/{repo}/issues": create,
    "GET /repos/{owner}/{repo}/issues/{issue_number}": issue,
    "PATCH /repos/{owner}/{repo}/issues/{issue_number}": change,
}
