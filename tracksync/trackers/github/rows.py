"""An issue as GitHub's REST API describes it, brought to the form that everybody else knows. Pure."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracksync.model import Base, Field, Issue, IssueRef, Marker, Trust
from tracksync.owners import joined, parted
from tracksync.trackers import body, lines
from tracksync.trackers.base import LABEL
from tracksync.trackers.github import fields
from tracksync.trackers.github.fields import Fields, Names
from tracksync.trackers.labels import priority_of, says_a_value, status_of

Raw = Mapping[str, Any]

_WRITERS = ("OWNER", "MEMBER", "COLLABORATOR")
"""What `author_association` says of people who may write (docs.github.com, GraphQL `CommentAuthorAssociation`)."""


def login_of(user: object) -> str:
    """A user's login, "" for an account that is gone: GitHub shows null, or its user `ghost`."""
    login = str(user.get("login") or "") if isinstance(user, Mapping) else ""
    return "" if login == "ghost" else login


def is_issue(raw: Raw) -> bool:
    """False for a pull request: GitHub lists them among the issues."""
    return not raw.get("pull_request")


def labels_of(raw: Raw) -> frozenset[str]:
    """All labels of an issue, in the case in which they are stored."""
    return frozenset(
        str(one["name"]) if isinstance(one, Mapping) else str(one) for one in raw.get("labels") or () if one
    )


def people_of(raw: Raw) -> list[str]:
    """The logins of assigned people. GraphQL shows no assigned agents, REST does."""
    return [login_of(one) for one in raw.get("assignees") or () if one and one.get("type", "User") == "User"]


def version_of(raw: Raw) -> str:
    """The time of the last change, which has whole seconds, and a digest of what can change within one.

    Only what REST and GraphQL both show is in it: an issue has the same version wherever it was read.
    """
    said = [
        raw["title"],
        raw.get("body") or "",
        raw["state"],
        raw.get("state_reason"),
        sorted(labels_of(raw)),
        sorted(people_of(raw)),
    ]
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]
    return f"{raw['updated_at']}~{digest}"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads issues of one project."""

    host: str
    project: str
    viewer: str
    """Our own login."""
    trusted: frozenset[str]
    """Logins that the configuration trusts, in lower case."""
    names: Names
    defined: Callable[[], Fields]
    """The issue fields of the organisation that can be used: what can't be written is not read either."""
    members: Callable[[], frozenset[str]]
    """The logins, in lower case, that issues can be assigned to; asked for where an author's standing isn't told."""

    def issue(self, raw: Raw) -> Issue:
        """The issue that `raw` describes."""
        text = str(raw.get("body") or "")
        labels, marker, said = labels_of(raw), body.read_marker(text), body.said(text)
        base = marker.base if isinstance(marker, Marker) else {}
        held = fields.stated(raw, self.names) if raw.get("issue_field_values") and self.defined() else {}
        assigned = joined(people_of(raw))
        status = status_of(str(raw["state"]), raw.get("state_reason"), labels)
        if not status.closed and held.get(Field.STATUS):
            status = type(status)(held[Field.STATUS])
        return Issue(
            ref=IssueRef(self.host, self.project, int(raw["number"])),
            title=str(raw["title"]),
            owner=lines.settled(assigned, said.values.get(Field.OWNER), _logins(base.get(Field.OWNER))),
            due=held.get(Field.DUE) or self._unset(Field.DUE, said, base),
            priority=self._priority(labels, said, base, held),
            status=status,
            marker=marker,
            trust=self._trust(raw, marker is not None),
            labelled=any(label.lower() == LABEL for label in labels),
            version=version_of(raw),
            author=login_of(raw.get("user")),
            body=text,
            labels=frozenset(label for label in labels if not says_a_value(label)),
            faults=tuple(said.faults[which] for which in said.faults),
        )

    def _priority(
        self, labels: frozenset[str], said: lines.Said, base: Mapping[Field, Base], held: Mapping[Field, str]
    ) -> str:
        if held.get(Field.PRIORITY):
            return held[Field.PRIORITY]
        native = priority_of(labels)
        if not native and Field.PRIORITY not in said.values:
            return self._unset(Field.PRIORITY, said, base)
        return lines.settled(native, said.values.get(Field.PRIORITY), base.get(Field.PRIORITY))

    def _unset(self, which: Field, said: lines.Said, base: Mapping[Field, Base]) -> str:
        """A field that is not set: a line says it, or it was cleared, or nobody ever said it."""
        if which not in said.values and which not in said.faults and which in self._where_unsaid(base):
            return ""
        return lines.alone(said.values.get(which), base.get(which))

    def _where_unsaid(self, base: Mapping[Field, Base]) -> Fields:
        return self.defined() if any(one.value for one in base.values()) else {}

    def _trust(self, raw: Raw, marked: bool) -> Trust:
        author = login_of(raw.get("user"))
        if author and author == self.viewer:
            return Trust.OURS
        if author.lower() in self.trusted or raw.get("author_association") in _WRITERS:
            return Trust.WRITER
        # A private member of an organisation looks like a stranger to a token that can't see memberships.
        if marked and author and author.lower() in self.members():
            return Trust.WRITER
        # An app can only be here because somebody who may has installed it: perhaps we ran as it once. It takes
        # nothing over by itself, and it is no reason for a second issue.
        return Trust.GHOST if not author or _is_app(raw.get("user"), author) else Trust.STRANGER


def _is_app(user: object, login: str) -> bool:
    return login.endswith("[bot]") and isinstance(user, Mapping) and user.get("type") == "Bot"


def _logins(base: Base | None) -> Base | None:
    """Labels of teams are part of the agreed owner, not of the assignees."""
    return None if base is None else Base(parted(base.value)[0], base.serial)
