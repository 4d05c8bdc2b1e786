"""The embedded tracker: issues in a SQLite file, behaving like the hosted trackers as far as the protocol goes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tracksync.checks import Check, failed, ok
from tracksync.errors import StaleIssue, TrackerError
from tracksync.model import (
    Bond,
    Fetched,
    Field,
    Issue,
    IssueDraft,
    IssuePatch,
    IssueRef,
    Marker,
    Overwritten,
    Problem,
    Severity,
    Status,
    Trust,
    Window,
    Written,
)
from tracksync.trackers import body, local_db, local_rows
from tracksync.trackers.base import LABEL, RepositoryFacts, Requests
from tracksync.trackers.labels import REASONS, labels_for, status_of
from tracksync.trackers.local_rows import PAGE, Stored
from tracksync.trackers.opening import Wanted
from tracksync.trackers.values import hold

HOST = "local"
UNTITLED = "(no title)"
"""The title of an issue without text: an issue must have one."""

_REFERENCE = re.compile(r"([^#\s]*)#([1-9][0-9]{0,9})")


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


class LocalTracker:
    """One project in the database at `path`, seen and changed as `actor`. The database is made by the first write."""

    host = HOST
    pace: tuple[Window, ...] = ()
    histories = 0
    reader = ""

    def __init__(
        self,
        path: Path,
        project: str = "local",
        *,
        actor: str = "tracksync",
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.project = project
        self.requests = Requests()
        self.notes: list[str] = []
        self._path = path
        self._actor = actor
        self._now = now

    def check(self) -> list[Problem]:
        """The reason why the database can't be used, if there is one."""
        self.requests.read += 1
        try:
            with local_db.reading(self._path):
                return []
        except TrackerError as error:
            return [Problem("tracker-unusable", Severity.ERROR, "", 0, str(error))]

    def repository(self, remote: str) -> RepositoryFacts:
        """Raises `TrackerError`: nothing is hosted here."""
        raise TrackerError(f"the local tracker doesn't know the repository {remote}")

    def called(self) -> str:
        """Its name never changes."""
        return self.project

    def visibility(self, names: Sequence[str]) -> Mapping[str, str]:
        """Nothing is hosted here."""
        return {}

    def diagnose(self, documents: str, now: datetime) -> list[Check]:
        """Whether the database can be used."""
        problems = self.check()
        if problems:
            return [failed("database", problems[0].message)]
        made = "can be used" if self._path.exists() else "will be made by the first sync"
        return [ok("database", f"the local tracker's database {made}")]

    def issues(self, since: str = "", *, every: bool = False) -> Fetched:
        """The issues with our label (`every`: all issues), by number.

        With `since`, everything that changed at or after it, also issues that carry the label no longer: `labelled`
        tells.

        A `since` that this database never saw (another one, a restored backup) gets an empty, incomplete answer.
        """
        changed, _, origin = since.partition("~")
        with local_db.reading(self._path) as db:
            if since and (db is None or local_db.identity(db) != origin or local_db.newest(db) < changed):
                self.requests.read += 1
                return Fetched((), False, "the issues are in another or an older database than before")
            found: list[Issue] = []
            while True:
                self.requests.read += 1
                if db is None:
                    return Fetched(())
                after = found[-1].ref.number if found else 0
                page = (
                    local_rows.page_of_changes(db, self.project, changed, after)
                    if since or every
                    else local_rows.page_of_label(db, self.project, LABEL, after)
                )
                tracker = local_db.identity(db)
                found += [self._issue(stored, tracker) for stored in page]
                if len(page) < PAGE:
                    return Fetched(tuple(found))

    def fetch(self, refs: Sequence[IssueRef]) -> Mapping[IssueRef, Issue]:
        """These issues by number; 100 of them are one read."""
        numbers = [ref.number for ref in refs if (ref.host, ref.project) == (self.host, self.project)]
        found: list[Issue] = []
        with local_db.reading(self._path) as db:
            for start in range(0, len(numbers), PAGE):
                self.requests.read += 1
                if db is not None:
                    tracker = local_db.identity(db)
                    page = local_rows.by_number(db, self.project, numbers[start : start + PAGE])
                    found += [self._issue(stored, tracker) for stored in page]
        return {issue.ref: issue for issue in found}

    def whereabouts(self, ref: IssueRef) -> str:
        """Nothing: an issue never leaves its database."""
        return ""

    def refined(self, issues: Sequence[Issue]) -> Sequence[Issue]:
        """The issues: they tell everything."""
        return issues

    def create(self, draft: IssueDraft) -> Issue:
        """One new issue, marker included."""
        text = body.render(
            draft.marker, body.Origin(draft.document_title, draft.marker.document, draft.source, draft.permalink)
        )
        blank = Stored(0, UNTITLED, text, "open", None, "", "", self._actor, "", "", None, frozenset(), frozenset())
        new = with_values(replace(blank, labels=draft.labels | {LABEL}), draft.values)
        with local_db.writing(self._path) as db:
            self.requests.write += 1
            return self._issue(
                local_rows.insert(db, self.project, new, self._now(), draft.above), local_db.identity(db)
            )

    def update(self, seen: Issue, patch: IssuePatch) -> Issue:
        """Change the issue if it still is as `seen`: read and write are one transaction here."""
        with local_db.writing(self._path) as db:
            self.requests.read += 1
            tracker = local_db.identity(db)
            found = local_rows.by_number(db, self.project, [seen.ref.number])
            if not found or self._issue(found[0], tracker).version != seen.version:
                raise StaleIssue(f"{seen.ref} changed since it was read")
            new = _patched(found[0], patch, seen.ref)
            self.requests.write += 1
            saved = local_rows.save(db, self.project, found[0], new, self._actor, self._now())
            return self._issue(saved, tracker)

    def overwritten(self, written: Sequence[Written]) -> list[Overwritten]:
        """None: read and write are one transaction."""
        return []

    def editors(self, asked: Sequence[tuple[IssueRef, Field]]) -> Mapping[tuple[IssueRef, Field], str]:
        """Who changed these fields last; one read."""
        self.requests.read += 1
        with local_db.reading(self._path) as db:
            events = {ref: local_rows.history(db, self.project, ref.number) if db else [] for ref, _ in asked}
        told = {(ref, event.field): event.actor for ref, history in events.items() for event in history}
        return {one: told[one] for one in asked if told.get(one, self._actor) != self._actor}

    def hold(self, values: Mapping[Field, str], project: str = "") -> Mapping[Field, str]:
        """These values as this tracker would show them."""
        return hold(values)

    def reference(self, text: str) -> IssueRef | None:
        """The issue that `#12` or `PROJECT#12` names; None for everything else."""
        match = _REFERENCE.fullmatch(text.strip())
        if match is None or match[1] not in ("", self.project):
            return None
        return IssueRef(self.host, self.project, int(match[2]))

    def link(self, ref: IssueRef) -> str:
        """`PROJECT#12`."""
        return f"{ref.project}#{ref.number}"

    def _issue(self, stored: Stored, tracker: str) -> Issue:
        return as_issue(stored, self.project, tracker, self._actor)


def _patched(stored: Stored, patch: IssuePatch, ref: IssueRef) -> Stored:
    """The row after a patch. Raises `StaleIssue` when the marker to be changed is gone."""
    new = with_values(stored, patch.values)
    labels = (new.labels | patch.add_labels) - patch.remove_labels
    if patch.bond is Bond.UNTIE:
        return replace(new, labels=labels - {LABEL}, body=body.untied(new.body))
    if patch.marker is None:
        return replace(new, labels=labels)
    if patch.bond is Bond.TIE:
        origin = body.Origin(patch.document_title, patch.marker.document, patch.source)
        return replace(new, labels=labels | {LABEL}, body=body.tied(new.body, patch.marker, origin))
    if not isinstance(body.read_marker(new.body), Marker):
        raise StaleIssue(f"the marker of {ref} was removed")
    return replace(new, labels=labels, body=body.with_marker(new.body, patch.marker))


def as_issue(stored: Stored, project: str, tracker: str, actor: str) -> Issue:
    """A row as everybody else knows issues; `tracker` is the database's identity, part of the version."""
    return Issue(
        ref=IssueRef(HOST, project, stored.number),
        title=stored.title,
        owner=",".join(sorted(stored.assignees)),
        due=stored.due,
        priority=stored.priority,
        status=status_of(stored.state, stored.reason, stored.labels),
        marker=body.read_marker(stored.body),
        trust=Trust.OURS if stored.author == actor else Trust.WRITER,
        labelled=LABEL in stored.labels,
        version=f"{stored.updated_at}~{tracker}",
        author=stored.author,
        body=stored.body,
        labels=stored.labels,
    )


def with_values(stored: Stored, values: Mapping[Field, str]) -> Stored:
    """The row with these canonical values, as far as it can hold them."""
    held = hold(values)
    new = replace(
        stored,
        title=held.get(Field.TITLE, stored.title),
        due=held.get(Field.DUE, stored.due),
        priority=held.get(Field.PRIORITY, stored.priority),
    )
    if Field.OWNER in held:
        new = replace(new, assignees=frozenset(filter(None, held[Field.OWNER].split(","))))
    return with_status(new, Status(held[Field.STATUS])) if Field.STATUS in held else new


def with_status(stored: Stored, status: Status) -> Stored:
    """The row in another status: state, reason and the labels that say a status; nothing else."""
    state = "closed" if status.closed else "open"
    return replace(stored, state=state, reason=REASONS.get(status), labels=labels_for(status, stored.labels))


def database(state: Path) -> Path:
    """Where the database is, given the folder for local state."""
    return state / "tracker.db"


def open_tracker(wanted: Wanted) -> LocalTracker:
    """The tracker in the folder for local state."""
    return LocalTracker(database(wanted.state), wanted.project)
