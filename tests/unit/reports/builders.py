"""Small plans for the report tests: name only what a test is about."""

from typing import Any

from tracksync.model import Field, IssueRef
from tracksync.planning.changes import Action, Change, Conflict, Cost, Plan

REF = IssueRef("local", "local", 3)


def change(action: Action = Action.UPDATE, **said: Any) -> Change:
    """An update of the due date of local#3 in line 41 of a.md, unless said otherwise."""
    values: dict[str, Any] = {
        "key": "k" * 16,
        "path": "a.md",
        "line": 41,
        "issue": REF,
        "field": Field.DUE,
        "before": "2026-02-01",
        "after": "2026-03-01",
        "reason": "changed in the document",
    }
    return Change(action, **(values | said))


def creation(title: str = "Alert on queue depth", **said: Any) -> Change:
    """A change that creates an issue."""
    values: dict[str, Any] = {"issue": None, "field": None, "before": None, "after": title, "title": title}
    return change(Action.CREATE, **({"reason": "no issue yet"} | values | said))


def conflict(**said: Any) -> Conflict:
    """A conflict about the due date of local#3."""
    values: dict[str, Any] = {
        "key": "k" * 16,
        "path": "a.md",
        "line": 41,
        "issue": REF,
        "field": Field.DUE,
        "base": "2026-01-01",
        "document": "2026-02-01",
        "tracker": "2026-03-01",
        "reason": "both sides moved",
    }
    return Conflict(**(values | said))


def plan(*changes: Change, **said: Any) -> Plan:
    """A plan with these changes over three documents with twelve items."""
    values: dict[str, Any] = {
        "skipped": (),
        "problems": (),
        "conflicts": (),
        "limits": (),
        "cost": Cost(1, len(changes), 1),
        "documents": 3,
        "held": (),
        "items": 12,
        "tracked": 12,
        "in_sync": 12,
    }
    return Plan(changes=changes, **(values | said))
