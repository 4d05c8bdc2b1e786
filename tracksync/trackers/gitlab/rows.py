"""An issue as GitLab's REST API describes it, brought to the form that everybody else knows. Pure."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tracksync.model import Issue, IssueRef, Trust
from tracksync.owners import joined
from tracksync.trackers import body
from tracksync.trackers.base import LABEL
from tracksync.trackers.gitlab.labels import VALUE_LABELS, priority_of, status_of

Raw = Mapping[str, Any]
GHOST = "ghost"
"""The user that issues belong to whose author was deleted ("Deleting a user account", docs.gitlab.com)."""


def labels_of(raw: Raw) -> frozenset[str]:
    """All labels of an issue."""
    return frozenset(str(one) for one in raw.get("labels") or ())


def assigned(raw: Raw) -> str:
    """The canonical owner value of the assignees."""
    return joined(str(one["username"]) for one in raw.get("assignees") or () if one)


def assigned_ids(raw: Raw) -> frozenset[int]:
    """The ids of the assignees."""
    return frozenset(int(one["id"]) for one in raw.get("assignees") or () if one)


def is_duplicate(raw: Raw) -> bool:
    """True for an issue that was closed as the duplicate of another one."""
    return bool((raw.get("_links") or {}).get("closed_as_duplicate_of"))


def has_moved(raw: Raw) -> bool:
    """True for what an issue leaves behind that was moved to another project."""
    return raw.get("moved_to_id") is not None


def version_of(raw: Raw) -> str:
    """The time of the last change, and a digest of what can change within a millisecond.

    Servers of one's own write times with the offset of their time zone, which changes twice a year: versions sort only
    in UTC.
    """
    changed = datetime.fromisoformat(str(raw["updated_at"])).astimezone(UTC)
    said = [
        raw["title"],
        raw.get("description") or "",
        raw["state"],
        sorted(labels_of(raw)),
        assigned(raw),
        raw.get("due_date"),
        is_duplicate(raw),
        bool(raw.get("confidential")),
    ]
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]
    return f"{changed.isoformat(timespec='milliseconds').replace('+00:00', 'Z')}~{digest}"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads issues of one project."""

    host: str
    project: str
    viewer: str
    """Our own username."""
    trusted: frozenset[str]
    """Usernames that the configuration trusts, in lower case."""
    writers: Callable[[], frozenset[str]]
    """The usernames, in lower case, of members who may change issues; asked for only where it matters."""

    def issue(self, raw: Raw) -> Issue:
        """The issue that `raw` describes."""
        text, labels = str(raw.get("description") or ""), labels_of(raw)
        marker = body.read_marker(text)
        author = str((raw.get("author") or {}).get("username") or "")
        return Issue(
            ref=IssueRef(self.host, self.project, int(raw["iid"])),
            title=str(raw["title"]),
            owner=assigned(raw),
            due=str(raw.get("due_date") or ""),
            priority=priority_of(labels),
            status=status_of(raw["state"] == "closed", is_duplicate(raw), labels),
            marker=marker,
            trust=self._trust(author) if marker is not None or author == self.viewer else Trust.WRITER,
            labelled=LABEL in labels,
            version=version_of(raw),
            author="" if author == GHOST else author,
            body=text,
            labels=labels - VALUE_LABELS,
            confidential=bool(raw.get("confidential")),
        )

    def _trust(self, author: str) -> Trust:
        if author and author == self.viewer:
            return Trust.OURS
        if author in ("", GHOST):
            return Trust.GHOST
        return Trust.WRITER if author.lower() in self.trusted | self.writers() else Trust.STRANGER
