"""Issues as GitHub's REST API describes them."""

from collections.abc import Callable, Mapping
from typing import Any

from tracksync.model import Base, Field, Issue, Marker
from tracksync.trackers import body
from tracksync.trackers.github.fields import Fields, IssueField, Names
from tracksync.trackers.github.rows import Reader

NAMES = Names(status="Status")
FIELDS: Fields = {
    Field.DUE: IssueField(7),
    Field.PRIORITY: IssueField(8, {"P0": "Urgent", "P1": "High", "P2": "Medium", "P3": "Low", "P4": "Low"}),
    Field.STATUS: IssueField(9, {"not_started": "Todo", "in_progress": "Doing"}),
}
VALUES = {
    Field.TITLE: "Give retries a limit",
    Field.OWNER: "alice",
    Field.DUE: "2026-12-01",
    Field.PRIORITY: "P1",
    Field.STATUS: "not_started",
}
LINED = (Field.OWNER, Field.DUE, Field.PRIORITY)
ORIGIN = body.Origin("Queue outage", "postmortems/queue.md")


MEMBERS = frozenset({"private-member"})
"""Who can be assigned, whatever an issue says of their standing."""


def marker(serial: int = 0, **values: str) -> Marker:
    known = VALUES | {Field(name): value for name, value in values.items()}
    base = {which: Base(value, serial) for which, value in known.items()}
    return Marker("ABCDEFGHIJKLMNOP", "github.com/acme/web", "postmortems/queue.md", "ABCDEFGHIJKLMNOP", base)


def text(**values: str) -> str:
    """The body that we write where only lines say owner, due date and priority."""
    known = VALUES | {Field(name): value for name, value in values.items()}
    return body.render(marker(**values), ORIGIN, {which: known[which] for which in LINED})


def user(login: str, kind: str = "User") -> dict[str, str]:
    return {"login": login, "type": kind}


def value(ident: int, name: str, said: str, kind: str = "single_select") -> dict[str, Any]:
    """A value of an issue field: REST shows an option's id as its value, and its name beside it."""
    one = {"issue_field_id": ident, "issue_field_name": name, "data_type": kind, "value": said}
    return one | ({"value": 501, "single_select_option": {"name": said}} if kind == "single_select" else {})


def raw(**changed: Any) -> dict[str, Any]:
    """An issue as we would have made it; `labels` and `assignees` by name."""
    labels = changed.pop("labels", ["tracksync", "priority/P1"])
    assignees = changed.pop("assignees", ["alice"])
    return {
        "number": 12,
        "title": "Give retries a limit",
        "body": text(),
        "state": "open",
        "state_reason": None,
        "labels": [{"name": name} for name in labels],
        "assignees": [user(login) for login in assignees],
        "user": user("robot"),
        "author_association": "MEMBER",
        "updated_at": "2026-03-01T12:00:00Z",
        **changed,
    }


def reader(defined: Callable[[], Fields] = dict, names: Names = NAMES, trusted: frozenset[str] = frozenset()) -> Reader:
    return Reader("github.com", "acme/web", "robot", trusted, names, defined, lambda: MEMBERS)


def issue(given: Mapping[str, Any], fields: Fields | None = None) -> Issue:
    return reader(lambda: fields or {}).issue(given)
