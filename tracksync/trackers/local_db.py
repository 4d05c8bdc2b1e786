"""The local tracker's SQLite database: schema, transactions, and what can go wrong with them in words."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tracksync.errors import TrackerError
from tracksync.state import state_folder

SCHEMA_VERSION = 1
BUSY_SECONDS = 30.0
_SCHEMA = """
CREATE TABLE tracker (id TEXT NOT NULL);
CREATE TABLE projects (name TEXT PRIMARY KEY, last_number INTEGER NOT NULL);
CREATE TABLE issues (
    project TEXT NOT NULL REFERENCES projects (name),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    reason TEXT CHECK (reason IN ('completed', 'not_planned', 'duplicate')),
    due TEXT NOT NULL,
    priority TEXT NOT NULL CHECK (priority IN ('', 'P0', 'P1', 'P2', 'P3', 'P4')),
    author TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL UNIQUE,
    closed_at TEXT,
    PRIMARY KEY (project, number)
);
CREATE TABLE labels (
    project TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (project, number, name),
    FOREIGN KEY (project, number) REFERENCES issues (project, number)
);
CREATE TABLE assignees (
    project TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (project, number, name),
    FOREIGN KEY (project, number) REFERENCES issues (project, number)
);
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    project TEXT NOT NULL,
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    FOREIGN KEY (project, number) REFERENCES issues (project, number)
);
CREATE INDEX events_of_issue ON events (project, number);
"""


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """One consistent view of the database, None while there is none. Makes nothing. Raises `TrackerError`."""
    with _in_our_words(path):
        if not path.exists():
            yield None
            return
        with _opened(path) as db:
            db.execute("BEGIN")
            yield db if _version(db, path) else None


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction that no other writer can enter, committed at the end. Makes the database when it is missing.

    Raises `TrackerError`.
    """
    with _in_our_words(path):
        state_folder(path.parent)
        with _opened(path) as db:
            # Switching needs the database alone; when another process has it just now, a later write switches.
            with suppress(sqlite3.OperationalError):
                db.execute("PRAGMA journal_mode = WAL")
            db.execute("BEGIN IMMEDIATE")
            if not _version(db, path):
                _make(db)
            yield db
            db.execute("COMMIT")


def newest(db: sqlite3.Connection) -> str:
    """When the last change was; "" where there was none."""
    return str(db.execute("SELECT coalesce(max(updated_at), '') FROM issues").fetchone()[0])


def identity(db: sqlite3.Connection) -> str:
    """What tells this database from all others, the one that stood here before included."""
    return str(db.execute("SELECT id FROM tracker").fetchone()[0])


@contextmanager
def _in_our_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TrackerError(f"the local tracker {path} can't be used: {error.strerror or error}") from error
    except sqlite3.OperationalError as error:
        locked = "locked" in str(error)
        hint = (
            "wait for the other run to end, then try again" if locked else "look at its permissions and the free space"
        )
        raise TrackerError(f"the local tracker {path} can't be used: {error}", hint) from error
    except sqlite3.DatabaseError as error:
        raise TrackerError(
            f"the local tracker {path} is damaged or no SQLite database: {error}",
            "put a backup in its place, or move it away to start without issues",
        ) from error


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        yield db


def _version(db: sqlite3.Connection, path: Path) -> int:
    """The schema version; 0 for an empty database."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise TrackerError(
            f"the local tracker {path} was written by a newer tracksync (schema version {version})",
            "upgrade tracksync",
        )
    if not version and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise TrackerError(
            f"{path} is the database of another program, not of tracksync",
            "move it away to start without issues",
        )
    return version


def _make(db: sqlite3.Connection) -> None:
    for statement in filter(str.strip, _SCHEMA.split(";")):
        db.execute(statement)
    db.execute("INSERT INTO tracker VALUES (?)", (secrets.token_hex(4),))
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
