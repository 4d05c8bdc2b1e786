"""What people did to an issue in the one round trip between our re-read and our write, and what our write undid. Pure.

Neither platform has a write on condition. An edit that fell into the round trip shows in the history of the issue.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tracksync.model import Bond, Field, Issue, Overwritten, Written
from tracksync.trackers.github import graph
from tracksync.trackers.labels import PRIORITIES, STATUS_LABELS, priority_label

EVER = datetime(2008, 1, 1, tzinfo=UTC)
"""Before anything happened on GitHub."""
_EVENTS = {
    Field.TITLE: ("RenamedTitleEvent",),
    Field.OWNER: ("AssignedEvent", "UnassignedEvent"),
    Field.STATUS: ("ClosedEvent", "ReopenedEvent"),
}
_LABELS = {
    Field.STATUS: tuple(STATUS_LABELS.values()),
    Field.PRIORITY: tuple(priority_label(priority).lower() for priority in PRIORITIES),
}


def since(written: Iterable[Written]) -> dict[int, datetime]:
    """Issue number → the last change that the first of its re-reads showed."""
    found: dict[int, datetime] = {}
    for one in written:
        found.setdefault(one.before.ref.number, _changed(one.before))
    return found


def overwritten(written: Written, node: Mapping[str, Any], viewer: str) -> list[Overwritten]:
    """Other people's edits between the re-read and our write whose outcome is no longer there."""
    found = []
    for event in (node.get("timelineItems") or {}).get("nodes") or ():
        who = graph.login(event.get("actor")) if event else viewer
        if who != viewer and _between(written, event.get("createdAt")):
            found += [
                Overwritten(written.before.ref, name, who or "somebody", said) for name, said in _lost(written, event)
            ]
    return found + [
        Overwritten(written.before.ref, "text", graph.login(edit.get("editor")) or "somebody", "")
        for edit in (node.get("userContentEdits") or {}).get("nodes") or ()
        if edit and _rewrote(written, edit) and graph.login(edit.get("editor")) != viewer
    ]


def editor(which: Field, node: Mapping[str, Any]) -> str:
    """Who changed a field last; "" where the history doesn't tell, as of what stands in the text alone."""
    events = [event for event in graph.nodes_of(node, "timelineItems") if _moves(which, event)]
    return graph.login(events[-1].get("actor")) if events else ""


def _moves(which: Field, event: Mapping[str, Any]) -> bool:
    label = str((event.get("label") or {}).get("name") or "").lower()
    if event.get("__typename") in ("LabeledEvent", "UnlabeledEvent"):
        return label in _LABELS.get(which, ())
    return event.get("__typename") in _EVENTS.get(which, ())


def _changed(issue: Issue) -> datetime:
    return datetime.fromisoformat(issue.version.partition("~")[0])


def _between(written: Written, at: object) -> bool:
    """Times have whole seconds: one that is that of the re-read, or of our write, may be between them."""
    return _changed(written.before) <= datetime.fromisoformat(str(at)) <= _changed(written.after)


def _rewrote(written: Written, edit: Mapping[str, Any]) -> bool:
    """An edit in the second of the last change that was re-read was seen, or else its author edited twice in it."""
    rewrites = written.patch.marker is not None or written.patch.bond is not Bond.KEEP
    at = edit.get("editedAt")
    return rewrites and _between(written, at) and datetime.fromisoformat(str(at)) > _changed(written.before)


def _lost(written: Written, event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, what the person had made of it) of an event that neither the re-read nor the outcome shows."""
    before, after = written.before, written.after
    match event.get("__typename"):
        case "RenamedTitleEvent":
            title = str(event.get("currentTitle"))
            if title not in (before.title, after.title):
                yield Field.TITLE.value, title
        case "AssignedEvent" | "UnassignedEvent" as kind:
            login = str((event.get("assignee") or {}).get("login") or "").lower()
            added = kind == "AssignedEvent"
            if all((login in one.owner.split(",")) is not added for one in (before, after)):
                yield Field.OWNER.value, login if added else f"nobody instead of {login}"
        case "LabeledEvent" | "UnlabeledEvent" as kind:
            yield from _lost_label(written, str((event.get("label") or {}).get("name")), kind == "LabeledEvent")
        case "ClosedEvent" | "ReopenedEvent" as kind:
            closed = kind == "ClosedEvent"
            if all(one.status.closed is not closed for one in (before, after)):
                yield Field.STATUS.value, "closed" if closed else "open"


def _lost_label(written: Written, label: str, added: bool) -> Iterator[tuple[str, str]]:
    before, after = ((_all_labels(one)) for one in (written.before, written.after))
    if all((label.lower() in one) is not added for one in (before, after)):
        yield "label", label if added else f"no {label}"


def _all_labels(issue: Issue) -> frozenset[str]:
    said = {priority_label(issue.priority), STATUS_LABELS.get(issue.status, "")}
    return frozenset(label.lower() for label in issue.labels | said)
