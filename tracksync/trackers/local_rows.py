"""Issues as rows of the local tracker's database. Every change of one has an entry in its history."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from sqlite3 import Connection
from typing import Any, NamedTuple

from tracksync.trackers.body import without_marker
from tracksync.trackers.labels import status_of
from tracksync.trackers.values import storable

PAGE = 100
"""Issues in one read."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One issue as its row has it. Times are ISO 8601 in UTC with microseconds: they sort as text."""

    number: int
    title: str
    body: str
    state: str
    reason: str | None
    due: str
    priority: str
    author: str
    created_at: str
    updated_at: str
    closed_at: str | None
    assignees: frozenset[str]
    labels: frozenset[str]


class Event(NamedTuple):
    """Who changed what, and when."""

    at: str
    actor: str
    field: str
    before: str
    after: str


_COLUMNS = tuple(field.name for field in fields(Stored))[:-2]


def by_number(db: Connection, project: str, numbers: Sequence[int]) -> list[Stored]:
    """These issues, in order of number; unknown ones are missing."""
    marks = ",".join("?" * len(numbers))
    return _select(db, f"i.project = ? AND i.number IN ({marks}) ORDER BY i.number", (project, *numbers))


def page_of_label(db: Connection, project: str, label: str, after: int) -> list[Stored]:
    """The next page of issues with this label, after a number."""
    where = """i.project = ? AND i.number > ? AND EXISTS (
        SELECT 1 FROM labels l WHERE l.project = i.project AND l.number = i.number AND l.name = ?
    ) ORDER BY i.number LIMIT ?"""
    return _select(db, where, (project, after, label, PAGE))


def page_of_changes(db: Connection, project: str, since: str, after: int) -> list[Stored]:
    """The next page of issues that changed at or after a time, after a number."""
    where = "i.project = ? AND i.number > ? AND i.updated_at >= ? ORDER BY i.number LIMIT ?"
    return _select(db, where, (project, after, since, PAGE))


FARTHEST = 1_000_000
"""A number beyond is nobody's issue but a slip: it doesn't push the next one up."""


def insert(db: Connection, project: str, issue: Stored, now: datetime, above: int = 0) -> Stored:
    """A new issue; number and times are given here. Numbers are never used twice, nor up to `above`."""
    floor = above if above <= FARTHEST else 0
    db.execute(
        "INSERT INTO projects VALUES (?1, ?2 + 1) "
        "ON CONFLICT (name) DO UPDATE SET last_number = max(last_number, ?2) + 1",
        (project, floor),
    )
    (number,) = db.execute("SELECT last_number FROM projects WHERE name = ?", (project,)).fetchone()
    at = _stamp(db, now)
    new = replace(issue, number=number, created_at=at, updated_at=at, closed_at=at if issue.state == "closed" else None)
    marks = ",".join("?" * (len(_COLUMNS) + 1))
    db.execute(f"INSERT INTO issues (project, {','.join(_COLUMNS)}) VALUES ({marks})", (project, *_row(new)))
    _put_names(db, project, new)
    _record(db, project, number, Event(at, issue.author, "created", "", new.title))
    return by_number(db, project, [number])[0]


def save(db: Connection, project: str, old: Stored, new: Stored, actor: str, now: datetime) -> Stored:
    """The issue changed as `new` says. Nothing changed: nothing is written, as on the hosted trackers."""
    if new == old:
        return old
    at = _stamp(db, now)
    closed_at = (old.closed_at or at) if new.state == "closed" else None
    new = replace(new, updated_at=at, closed_at=closed_at)
    sets = ",".join(f"{name} = ?" for name in _COLUMNS)
    db.execute(f"UPDATE issues SET {sets} WHERE project = ? AND number = ?", (*_row(new), project, old.number))
    _put_names(db, project, new)
    for event in _events(old, new, actor):
        _record(db, project, old.number, event)
    return by_number(db, project, [old.number])[0]


def history(db: Connection, project: str, number: int) -> list[Event]:
    """Everything that happened to an issue, oldest first."""
    query = "SELECT at, actor, field, before, after FROM events WHERE project = ? AND number = ? ORDER BY id"
    return [Event(*row) for row in db.execute(query, (project, number))]


def all_issues(db: Connection, project: str) -> list[Stored]:
    """All issues of a project, by number."""
    return _select(db, "i.project = ? ORDER BY i.number", (project,))


def _select(db: Connection, where: str, values: tuple[object, ...]) -> list[Stored]:
    names = ",".join(
        f"(SELECT json_group_array(n.name) FROM {table} n WHERE n.project = i.project AND n.number = i.number)"
        for table in ("assignees", "labels")
    )
    columns = ",".join(f"i.{name}" for name in _COLUMNS)
    rows = db.execute(f"SELECT {columns}, {names} FROM issues i WHERE {where}", values)
    return [_stored(row) for row in rows]


def _stored(row: tuple[Any, ...]) -> Stored:
    *plain, assignees, labels = row
    values = dict(zip(_COLUMNS, plain, strict=True))
    return Stored(**values, assignees=frozenset(json.loads(assignees)), labels=frozenset(json.loads(labels)))


def _row(issue: Stored) -> tuple[object, ...]:
    values = [getattr(issue, name) for name in _COLUMNS]
    return tuple(storable(value) if isinstance(value, str) else value for value in values)


def _put_names(db: Connection, project: str, issue: Stored) -> None:
    for table, names in (("assignees", issue.assignees), ("labels", issue.labels)):
        db.execute(f"DELETE FROM {table} WHERE project = ? AND number = ?", (project, issue.number))
        rows = [(project, issue.number, name) for name in {storable(name) for name in names}]
        db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", rows)


def _stamp(db: Connection, now: datetime) -> str:
    """Now, or just after the last change when the clock stands still or goes back: no two changes share a time."""
    last = db.execute("SELECT max(updated_at) FROM issues").fetchone()[0]
    at = now.astimezone(UTC)
    if last is not None:
        at = max(at, datetime.fromisoformat(last) + timedelta(microseconds=1))
    return at.isoformat(timespec="microseconds")


def _events(old: Stored, new: Stored, actor: str) -> Iterator[Event]:
    before, after = _shown(old), _shown(new)
    for field, value in after.items():
        if value != before[field]:
            yield Event(new.updated_at, actor, field, before[field], value)


def _shown(issue: Stored) -> dict[str, str]:
    return {
        "title": issue.title,
        "owner": ",".join(sorted(issue.assignees)),
        "due": issue.due,
        "priority": issue.priority,
        "status": status_of(issue.state, issue.reason, issue.labels).value,
        "labels": ",".join(sorted(issue.labels)),
        "body": without_marker(issue.body),
    }


def _record(db: Connection, project: str, number: int, event: Event) -> None:
    row = [storable(text) for text in event]
    query = "INSERT INTO events (project, number, at, actor, field, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)"
    db.execute(query, (project, number, *row))
