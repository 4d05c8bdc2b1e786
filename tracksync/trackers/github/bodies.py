"""What is sent to make or change an issue: drafts and patches as GitHub's REST API wants them. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from tracksync.model import Bond, Field, Issue, IssueDraft, IssuePatch, Status
from tracksync.trackers import body
from tracksync.trackers.base import LABEL
from tracksync.trackers.github.fields import Fields, to_clear, to_send
from tracksync.trackers.github.rows import Raw, labels_of, login_of, people_of
from tracksync.trackers.labels import REASONS, labels_for, labels_with_priority

LINED = (Field.OWNER, Field.DUE, Field.PRIORITY)


def post(draft: IssueDraft, held: Mapping[Field, str], fields: Fields, kind: str = "") -> dict[str, Any]:
    """The request for a new issue: `held` are the values as the project holds them, `kind` its issue type."""
    origin = body.Origin(draft.document_title, draft.marker.document, draft.source, draft.permalink)
    labels = _labels(draft.labels | {LABEL}, held, fields, held.keys())
    wanted = {which: held[which] for which in fields if held.get(which)}
    sent = {
        "title": held[Field.TITLE],
        "body": body.render(draft.marker, origin, _lined(held, fields)),
        "labels": sorted(labels),
        "assignees": _logins(held.get(Field.OWNER, "")),
    }
    values = to_send({}, fields, wanted)
    return sent | ({"issue_field_values": values} if values else {}) | ({"type": kind} if kind else {})


@dataclass(frozen=True, slots=True)
class Sent:
    """One PATCH, and what it can't do: a reason changes only with the state, and no field is cleared by it."""

    patch: Mapping[str, Any]
    reopen_first: bool = False
    clear: list[int] = field(default_factory=list)


def patch(raw: Raw, now: Issue, wanted: IssuePatch, held: Mapping[Field, str], fields: Fields) -> Sent:
    """The request that brings an issue from `raw` (read: `now`) to what is wanted; only what differs is in it.

    With a marker the issue is left telling one story: labels, assignees and lines all say the values that the
    marker's base speaks of, whichever of them a person had edited.
    """
    whole = wanted.marker is not None and wanted.bond is not Bond.UNTIE
    target = {which: held.get(which, now.value(which)) for which in (*LINED, Field.STATUS)}
    settled = frozenset((*held, *LINED)) if whole else frozenset(held)
    sent: dict[str, Any] = {}
    if Field.TITLE in held and held[Field.TITLE] != raw["title"]:
        sent["title"] = held[Field.TITLE]
    if Field.OWNER in settled and _logins(target[Field.OWNER]) != _assigned(raw):
        sent["assignees"] = _logins(target[Field.OWNER]) + _agents(raw)
    labels = _labels(_bound(labels_of(raw), wanted), target, fields, settled)
    if labels != labels_of(raw):
        sent["labels"] = sorted(labels)
    text = str(raw.get("body") or "")
    new = _text(text, wanted, _lined(target, fields) if whole else {})
    if new != text:
        sent["body"] = new
    if Field.STATUS in held:
        sent |= _state(raw, Status(held[Field.STATUS]))
    values = {which: target[which] for which in settled & fields.keys()}
    if Status(target[Field.STATUS]).closed:
        values.pop(Field.STATUS, None)
    if listed := to_send(raw, fields, values):
        sent["issue_field_values"] = listed
    both_closed = raw["state"] == "closed" and sent.get("state") == "closed"
    return Sent(sent, both_closed, to_clear(raw, fields, values))


def _state(raw: Raw, status: Status) -> dict[str, Any]:
    state, reason = ("closed", REASONS[status]) if status.closed else ("open", None)
    if state == raw["state"] and (reason is None or reason == (raw.get("state_reason") or "completed")):
        return {}
    return {"state": state, "state_reason": reason or "reopened"}


def _labels(labels: frozenset[str], values: Mapping[Field, str], fields: Fields, settled: Set[Field]) -> frozenset[str]:
    if Field.STATUS in settled:
        status = Status(values[Field.STATUS])
        labels = labels_for(Status.NOT_STARTED if Field.STATUS in fields else status, labels)
    if Field.PRIORITY in settled:
        labels = labels_with_priority("" if Field.PRIORITY in fields else values[Field.PRIORITY], labels)
    return labels


def _bound(labels: frozenset[str], wanted: IssuePatch) -> frozenset[str]:
    """GitHub's labels are the same in any case."""
    gone = {name.lower() for name in wanted.remove_labels} | ({LABEL} if wanted.bond is Bond.UNTIE else set())
    kept = frozenset(label for label in labels if label.lower() not in gone)
    more = wanted.add_labels | ({LABEL} if wanted.bond is Bond.TIE else set())
    known = {label.lower() for label in kept}
    return kept | {label for label in more if label.lower() not in known}


def _text(text: str, wanted: IssuePatch, lined: Mapping[Field, str]) -> str:
    if wanted.bond is Bond.UNTIE:
        return body.untied(text)
    if wanted.marker is None:
        return text
    if wanted.bond is Bond.TIE:
        origin = body.Origin(wanted.document_title, wanted.marker.document, wanted.source)
        return body.tied(text, wanted.marker, origin, lined)
    return body.with_lines(body.with_marker(text, wanted.marker), lined)


def _lined(values: Mapping[Field, str], fields: Fields) -> dict[Field, str]:
    """What lines must say, because no field of the tracker's own does."""
    return {which: values.get(which, "") for which in LINED if which not in fields}


def _logins(owner: str) -> list[str]:
    return sorted(filter(None, owner.split(",")))


def _assigned(raw: Raw) -> list[str]:
    return sorted(login.lower() for login in people_of(raw))


def _agents(raw: Raw) -> list[str]:
    """Who is assigned and no person: not ours to take away, and a PATCH sets all assignees."""
    return sorted({login_of(one) for one in raw.get("assignees") or ()} - set(people_of(raw)))
