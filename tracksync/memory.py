"""What a hosted tracker remembers of its project between runs, in `.tracksync/cache/`. It saves reads, no more: lost,
old or copied, it changes no result.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tracksync import atomic
from tracksync.state import state_folder

KEPT = timedelta(hours=24)
VERSION = 1
_OF_ONE_TOKEN = ("basics", "page")
"""What another token would be told otherwise."""


class FileMemory:
    """The memory for one project. What can't be read or written is done without."""

    def __init__(self, folder: Path, project: str, token: str, now: Callable[[], datetime]) -> None:
        name = hashlib.sha256(project.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._path = folder / f"{name}-facts.json"
        self._folder = folder
        self._now = now
        self._token = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._known: dict[str, list[Any]] | None = None

    def get(self, name: str) -> Any:
        """What was put there in the last 24 hours."""
        entry = self._entries().get(name)
        if entry is None:
            return None
        with suppress(ValueError, TypeError, IndexError):
            saved, value = datetime.fromisoformat(entry[0]), entry[1]
            if saved <= self._now() < saved + KEPT:
                return value
        return None

    def put(self, name: str, value: Any) -> Any:
        """Remember a value; None forgets."""
        self._entries()[name] = [self._now().isoformat(), value]
        data = {"version": VERSION, "token": self._token, "entries": self._entries()}
        with suppress(OSError):
            state_folder(self._folder)
            atomic.replace(self._path, json.dumps(data, sort_keys=True).encode("ascii"))
        return value

    def _entries(self) -> dict[str, list[Any]]:
        if self._known is None:
            self._known = self._read()
        return self._known

    def _read(self) -> dict[str, list[Any]]:
        data: Any = None
        with suppress(OSError, ValueError, RecursionError):
            data = json.loads(self._path.read_bytes())
        if not isinstance(data, dict) or data.get("version") != VERSION or not isinstance(data.get("entries"), dict):
            return {}
        mine = data.get("token") == self._token
        return {name: entry for name, entry in data["entries"].items() if mine or name not in _OF_ONE_TOKEN}
