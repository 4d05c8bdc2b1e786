"""Which issues a list shows, and in what order. Names that aren't read here have no effect at all."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.servers.gitlab.call import Call
from tests.servers.gitlab.entities import Issue, User
from tests.servers.gitlab.refusals import bad_value, error

Filter = Callable[[Issue], bool]
SCOPES = ("all", "created_by_me", "assigned_to_me", "created-by-me", "assigned-to-me")
ORDERS = ("created_at", "updated_at", "title", "due_date", "priority", "label_priority", "relative_position")

PLACES: dict[str, Callable[[Issue], list[Any]]] = {
    **{name: lambda one: [one.id] for name in ORDERS},
    "created_at": lambda one: [one.created_at.isoformat(), one.id],
    "updated_at": lambda one: [one.updated_at.isoformat(), one.id],
    "title": lambda one: [one.title.lower(), one.id],
    "due_date": lambda one: [one.due_date.isoformat() if one.due_date else "9999", one.id],
}
"""Orders by what the fake doesn't keep fall back to the id."""


def order(call: Call) -> tuple[str, str]:
    """What to order by, and asc or desc."""
    return call.choice("order_by", ORDERS, "created_at"), call.choice("sort", ("asc", "desc"), "desc")


def chosen(call: Call, types: tuple[str, ...]) -> list[Filter]:
    """Raises Refused (400) for values that a parameter doesn't have."""
    return [
        *_by_state(call, types),
        *_by_labels(call),
        *_by_time(call),
        *_by_people(call),
        *_by_number(call),
        *_by_text(call),
    ]


def _by_state(call: Call, types: tuple[str, ...]) -> list[Filter]:
    found: list[Filter] = []
    state = call.choice("state", ("opened", "closed", "all"), "all")
    if state != "all":
        found.append(lambda one: one.state == state)
    kind = call.choice("issue_type", types, "")
    if kind:
        found.append(lambda one: one.issue_type == kind)
    confidential = call.flag("confidential")
    if confidential is not None:
        found.append(lambda one: one.confidential == confidential)
    return found


def _names(one: Issue) -> set[str]:
    return {label.name for label in one.labels}


def _by_labels(call: Call) -> list[Filter]:
    """All of them, in exactly this case. `None` and `Any` are no names."""
    found: list[Filter] = []
    wanted = call.names("labels")
    word = wanted[0].lower() if wanted and len(wanted) == 1 else ""
    if word in ("none", "any"):
        found.append(lambda one: bool(one.labels) == (word == "any"))
    elif wanted:
        found.append(lambda one: set(wanted) <= _names(one))
    unwanted = call.request.query.get("not[labels]") or call.request.query.get("not[labels][]")
    if unwanted:
        found.append(lambda one: not set(unwanted.split(",")) & _names(one))
    return found


def _by_time(call: Call) -> list[Filter]:
    """The moment that is named is included on both sides."""
    found: list[Filter] = []
    for name in ("created", "updated"):
        after, before = _moment(call, f"{name}_after"), _moment(call, f"{name}_before")
        if after is not None:
            found.append(lambda one, name=name, after=after: getattr(one, f"{name}_at") >= after)  # type: ignore[misc]
        if before is not None:
            found.append(lambda one, name=name, before=before: getattr(one, f"{name}_at") <= before)  # type: ignore[misc]
    return found


def _moment(call: Call, name: str) -> datetime | None:
    text = call.request.query.get(name)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise error(400, f"{name} is invalid") from None
    return found.replace(tzinfo=found.tzinfo or UTC)


def _by_people(call: Call) -> list[Filter]:
    found: list[Filter] = []
    scope = call.choice("scope", SCOPES, "all").replace("-", "_")
    if scope == "created_by_me":
        found.append(lambda one: one.author is call.user)
    elif scope == "assigned_to_me":
        found.append(lambda one: call.user in one.assignees)
    author = call.request.query.get("author_id"), call.request.query.get("author_username")
    if any(author):
        found.append(lambda one: _is(one.author, *author))
    assignee = call.request.query.get("assignee_id"), call.names("assignee_username")
    if assignee[0] in ("None", "Any"):
        found.append(lambda one: bool(one.assignees) == (assignee[0] == "Any"))
    elif assignee[0]:
        found.append(lambda one: any(_is(user, assignee[0], None) for user in one.assignees))
    if assignee[1]:
        found.append(
            lambda one: all(any(_is(user, None, name) for user in one.assignees) for name in assignee[1] or ())
        )
    return found


def _is(user: User, number: str | None, username: str | None) -> bool:
    return str(user.id) == number if number else user.username.lower() == (username or "").lower()


def _by_number(call: Call) -> list[Filter]:
    iids = call.integers("iids")
    return [] if iids is None else [lambda one: one.iid in iids]


def _by_text(call: Call) -> list[Filter]:
    text, places = call.request.query.get("search"), (call.names("in") or ["title", "description"])
    if not text:
        return []
    if set(places) - {"title", "description"}:
        raise bad_value("in")
    return [lambda one: any(text.lower() in (getattr(one, place) or "").lower() for place in places)]
