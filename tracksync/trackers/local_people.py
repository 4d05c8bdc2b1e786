"""The people's side of the local tracker: what the `issues` command, the demo and tests do as a person."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from tracksync.errors import UsageError
from tracksync.model import Field, Issue, Status
from tracksync.trackers import local_db, local_rows
from tracksync.trackers.local import UNTITLED, as_issue, utc_now, with_status, with_values
from tracksync.trackers.local_rows import Event, Stored


class Shown(NamedTuple):
    """One issue in full."""

    issue: Issue
    labels: tuple[str, ...]
    history: tuple[Event, ...]


class LocalPeople:
    """A project of the local tracker as people use it. An unknown number raises `UsageError`."""

    def __init__(self, path: Path, project: str = "local", *, now: Callable[[], datetime] = utc_now) -> None:
        self.project = project
        self._path = path
        self._now = now

    def listing(self) -> list[Issue]:
        """All issues, by number, whoever made them."""
        with local_db.reading(self._path) as db:
            return [] if db is None else [self._issue(db, one) for one in local_rows.all_issues(db, self.project)]

    def show(self, number: int) -> Shown:
        """One issue with its labels and history."""
        with local_db.reading(self._path) as db:
            if db is None:
                raise self._unknown(number)
            stored = self._stored(db, number)
            events = local_rows.history(db, self.project, number)
            return Shown(self._issue(db, stored), tuple(sorted(stored.labels)), tuple(events))

    def create(self, title: str, *, actor: str, body: str = "", labels: Collection[str] = ()) -> Issue:
        """A new issue, made by a person."""
        blank = Stored(0, UNTITLED, body, "open", None, "", "", actor, "", "", None, frozenset(), frozenset(labels))
        with local_db.writing(self._path) as db:
            new = with_values(blank, {Field.TITLE: title})
            return self._issue(db, local_rows.insert(db, self.project, new, self._now()))

    def edit(
        self,
        number: int,
        *,
        actor: str,
        title: str | None = None,
        body: str | None = None,
        due: str | None = None,
        priority: str | None = None,
        assignees: Collection[str] | None = None,
        status: Status | None = None,
        add_labels: Collection[str] = (),
        remove_labels: Collection[str] = (),
    ) -> Issue:
        """Change what is given; "" (or no assignees) clears. Canonical values; what can't be held is ignored."""
        given = {
            Field.TITLE: title,
            Field.DUE: due,
            Field.PRIORITY: priority,
            Field.OWNER: None if assignees is None else ",".join(assignees),
            Field.STATUS: None if status is None else status.value,
        }
        with self._changing(number) as (db, old):
            new = with_values(old, {which: value for which, value in given.items() if value is not None})
            labels = (new.labels | set(add_labels)) - set(remove_labels)
            new = replace(new, labels=labels, body=old.body if body is None else body)
            return self._save(db, old, new, actor)

    def close(self, number: int, status: Status = Status.COMPLETE, *, actor: str) -> Issue:
        """Close an issue as complete, won't do or duplicate."""
        with self._changing(number) as (db, old):
            return self._save(db, old, with_status(old, status), actor)

    def reopen(self, number: int, *, actor: str) -> Issue:
        """Open a closed issue again; an open one stays as it is."""
        with self._changing(number) as (db, old):
            new = with_status(old, Status.NOT_STARTED) if old.state == "closed" else old
            return self._save(db, old, new, actor)

    @contextmanager
    def _changing(self, number: int) -> Iterator[tuple[Connection, Stored]]:
        # Looking first, so that a wrong number makes no database.
        with local_db.reading(self._path) as db:
            if db is None:
                raise self._unknown(number)
        with local_db.writing(self._path) as db:
            yield db, self._stored(db, number)

    def _save(self, db: Connection, old: Stored, new: Stored, actor: str) -> Issue:
        return self._issue(db, local_rows.save(db, self.project, old, new, actor, self._now()))

    def _stored(self, db: Connection, number: int) -> Stored:
        found = local_rows.by_number(db, self.project, [number])
        if not found:
            raise self._unknown(number)
        return found[0]

    def _unknown(self, number: int) -> UsageError:
        return UsageError(f"there is no issue {self.project}#{number}", "`tracksync issues list` shows those there are")

    def _issue(self, db: Connection, stored: Stored) -> Issue:
        return as_issue(stored, self.project, local_db.identity(db), "tracksync")
