"""The worktree publisher's memory: which tracker's values are on their way into documents. One small file for each."""

import errno
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tracksync import atomic
from tracksync.errors import PublishError, TracksyncError
from tracksync.model import MERGED, Field, Problem, Severity
from tracksync.state import state_folder

VERSION = 1

_NAME = re.compile(rf"([A-Z2-7]{{16}})\.({'|'.join(MERGED)})\.json")


class Entry(NamedTuple):
    """A value that was about to be written into a document, and the serial of the base it started from."""

    key: str
    field: Field
    value: str
    serial: int
    path: str = ""
    """The document."""
    head: str = ""
    """Git's HEAD when it was written; "" outside a repository."""
    former: str | None = None
    """The value that the file shows until this one is written: a run may die in between."""
    shown: bool = False
    """Outside a repository: the file showed it, and so the document stated it, whatever it shows by now."""


class Journal:
    """The entries in one folder. The folder is made by the first entry."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def entries(self) -> tuple[list[Entry], list[Problem]]:
        """What is remembered, in order of key and field; a file that can't be read is a problem and counts as absent.

        Raises `TracksyncError` when a newer tracksync wrote the journal: acting without it could undo people's edits.
        """
        entries: list[Entry] = []
        problems: list[Problem] = []
        for path in sorted(self._folder.glob("*.json")):
            entry = _read(path)
            if entry is None:
                problems.append(_unreadable(path))
            else:
                entries.append(entry)
        return entries, problems

    def remember(self, entries: Iterable[Entry]) -> None:
        """Bring the entries to the disk before their values are written. Raises `PublishError`.

        One of the same key, field and serial is replaced, and its value remembered as the former one.
        """
        with _in_our_words(self._folder):
            for entry in entries:
                state_folder(self._folder)
                atomic.replace(self._path(entry), _bytes(self._after(entry)))

    def confirm(self, entries: Iterable[Entry]) -> None:
        """The values are written: what stood there before is nobody's any more. Raises `PublishError`."""
        with _in_our_words(self._folder):
            for entry in entries:
                known = _read(self._path(entry))
                if known is not None and (known.former is not None or not known.head):
                    atomic.replace(self._path(entry), _bytes(known._replace(former=None, shown=not known.head)))

    def _after(self, entry: Entry) -> Entry:
        known = _read(self._path(entry))
        if known is None or known.serial != entry.serial:
            return entry
        return entry._replace(former=known.value if known.value != entry.value else known.former)

    def forget(self, entries: Iterable[Entry]) -> None:
        """Remove what is remembered for these keys and fields. Raises `PublishError`."""
        with _in_our_words(self._folder):
            for entry in entries:
                self._path(entry).unlink(missing_ok=True)
            atomic.sync_folder(self._folder)

    def _path(self, entry: Entry) -> Path:
        return self._folder / f"{entry.key}.{entry.field}.json"


def _bytes(entry: Entry) -> bytes:
    data = {"version": VERSION, **entry._asdict()}
    return (json.dumps(data, sort_keys=True, ensure_ascii=True) + "\n").encode("ascii")


def _read(path: Path) -> Entry | None:
    name = _NAME.fullmatch(path.name)
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if name is None or not isinstance(data, dict):
        return None
    version, value, serial = data.get("version"), data.get("value"), data.get("serial")
    if type(version) is int and version > VERSION:
        raise TracksyncError(
            f"the journal entry {path} was written by a newer tracksync (version {version})", "upgrade tracksync"
        )
    sound = (version, data.get("key"), data.get("field")) == (VERSION, name[1], name[2])
    if not sound or not isinstance(value, str) or type(serial) is not int or serial < 0:
        return None
    document, head, former = data.get("path"), data.get("head"), data.get("former")
    if not isinstance(document, str) or not isinstance(head, str) or not isinstance(former, str | None):
        return None
    return Entry(name[1], Field(name[2]), value, serial, document, head, former, data.get("shown") is True)


def _unreadable(path: Path) -> Problem:
    shown = "/".join(path.parts[-3:])
    message = f"{shown} can't be read and is left out; delete it when the documents show what they should"
    return Problem("journal-unreadable", Severity.WARNING, shown, 0, message)


@contextmanager
def _in_our_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = "make room and run again" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else ""
        raise PublishError(f"the journal {folder} can't be written: {error.strerror or error}", hint) from error
