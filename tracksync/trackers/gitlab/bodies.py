"""What is sent to make or change an issue: drafts and patches as GitLab's REST API wants them. Pure.

GitLab carries out a line of a description that begins with a command ("/close"), also inside a fence of tildes or an
HTML comment (measured), so no line that is sent begins with a slash.
"""

import re
from collections.abc import Mapping
from typing import Any

from tracksync.model import Bond, Field, Issue, IssueDraft, IssuePatch, Status
from tracksync.trackers import body
from tracksync.trackers.base import LABEL
from tracksync.trackers.gitlab.labels import with_priority, with_status
from tracksync.trackers.gitlab.rows import Raw, assigned, labels_of

_SLASH = re.compile(r"(?:\A|(?<=[\r\n]))/")
_CODE = re.compile(r"^ {0,3}(```+|~~~+)[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t\r]*$|\Z)", re.MULTILINE | re.DOTALL)
"""A fenced block: a backslash would show in it, a space hardly does."""


def harmless(text: str) -> str:
    """The text without a line that GitLab could take for a command; it shows the same."""
    return _SLASH.sub(r"\\/", _CODE.sub(lambda code: _SLASH.sub(" /", code[0]), text))


def post(
    draft: IssueDraft, held: Mapping[Field, str], ids: Mapping[str, int], kind: str = "", confidential: bool = False
) -> dict[str, Any]:
    """The request for a new issue: `held` are the values as the project holds them, `ids` those of its members."""
    origin = body.Origin(draft.document_title, draft.marker.document, draft.source, draft.permalink)
    sent: dict[str, Any] = {
        "title": held[Field.TITLE],
        "description": harmless(body.render(draft.marker, origin)),
        "labels": ",".join(sorted(labels_of_new(draft, held))),
    }
    if held.get(Field.OWNER):
        sent["assignee_ids"] = [ids[login] for login in held[Field.OWNER].split(",")]
    if held.get(Field.DUE):
        sent["due_date"] = held[Field.DUE]
    return sent | ({"issue_type": kind} if kind else {}) | ({"confidential": True} if confidential else {})


def labels_of_new(draft: IssueDraft, held: Mapping[Field, str]) -> frozenset[str]:
    """The labels of a new issue."""
    labels = with_status(Status(held[Field.STATUS]), draft.labels | {LABEL})
    return with_priority(held.get(Field.PRIORITY, ""), labels)


def put(raw: Raw, now: Issue, wanted: IssuePatch, held: Mapping[Field, str], ids: Mapping[str, int]) -> dict[str, Any]:
    """The request that brings an issue from `raw` (read: `now`) to what is wanted; only what differs is in it.

    Labels are added and removed by name, so those that a person sets meanwhile stay.
    """
    sent: dict[str, Any] = {}
    if Field.TITLE in held and held[Field.TITLE] != raw["title"]:
        sent["title"] = held[Field.TITLE]
    if Field.OWNER in held and held[Field.OWNER] != assigned(raw):
        # 0 takes everybody away ("Edit an issue", docs.gitlab.com).
        sent["assignee_ids"] = [ids[login] for login in held[Field.OWNER].split(",") if login] or [0]
    if Field.DUE in held and held[Field.DUE] != now.due:
        sent["due_date"] = held[Field.DUE]
    before, after = labels_of(raw), _labels(labels_of(raw), wanted, held)
    if after - before:
        sent["add_labels"] = ",".join(sorted(after - before))
    if before - after:
        sent["remove_labels"] = ",".join(sorted(before - after))
    text = str(raw.get("description") or "")
    new = harmless(_text(text, wanted))
    if _text(text, wanted) != text:
        sent["description"] = new
    if Field.STATUS in held and Status(held[Field.STATUS]).closed is not (raw["state"] == "closed"):
        sent["state_event"] = "close" if Status(held[Field.STATUS]).closed else "reopen"
    return sent


def _labels(labels: frozenset[str], wanted: IssuePatch, held: Mapping[Field, str]) -> frozenset[str]:
    labels = (labels - wanted.remove_labels) | wanted.add_labels
    if wanted.bond is not Bond.KEEP:
        labels = labels | {LABEL} if wanted.bond is Bond.TIE else labels - {LABEL}
    if Field.STATUS in held:
        labels = with_status(Status(held[Field.STATUS]), labels)
    return with_priority(held[Field.PRIORITY], labels) if Field.PRIORITY in held else labels


def _text(text: str, wanted: IssuePatch) -> str:
    if wanted.bond is Bond.UNTIE:
        return body.untied(text)
    if wanted.marker is None:
        return text
    if wanted.bond is Bond.TIE:
        origin = body.Origin(wanted.document_title, wanted.marker.document, wanted.source)
        return body.tied(text, wanted.marker, origin)
    return body.with_marker(text, wanted.marker)
