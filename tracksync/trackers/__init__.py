"""The kinds of trackers, in one table. A tracker's module is imported when it is opened."""

import importlib
from pathlib import Path
from typing import cast

from tracksync.errors import UsageError
from tracksync.trackers.base import Tracker

KINDS = {"local": "tracksync.trackers.local"}
"""Kind → the module with its `open_tracker(state, project)`."""


def open_tracker(kind: str, state: Path, project: str) -> Tracker:
    """The tracker of a kind; `state` is the folder for local state. Raises `UsageError` for an unknown kind."""
    module = KINDS.get(kind)
    if module is None:
        raise UsageError(f"there is no tracker {kind!r}", f"known: {', '.join(KINDS)}")
    return cast(Tracker, importlib.import_module(module).open_tracker(state, project))
