"""The kinds of trackers, in one table. A tracker's module is imported when it is opened."""

import importlib
from typing import cast

from tracksync.errors import UsageError
from tracksync.trackers.base import Tracker
from tracksync.trackers.opening import Wanted

KINDS = {
    "local": "tracksync.trackers.local",
    "github": "tracksync.trackers.github.opened",
    "gitlab": "tracksync.trackers.gitlab.opened",
}
"""Kind → the module with its `open_tracker(wanted)`."""


def open_tracker(kind: str, wanted: Wanted) -> Tracker:
    """The tracker of a kind. Raises `UsageError` for an unknown kind, `ConfigError` for what can't be opened."""
    module = KINDS.get(kind)
    if module is None:
        raise UsageError(f"there is no tracker {kind!r}", f"known: {', '.join(KINDS)}")
    return cast(Tracker, importlib.import_module(module).open_tracker(wanted))
