"""Settling conflicts: a person says whose value counts, and one PATCH of the issue carries that out."""

from collections.abc import Sequence

from tracksync import app
from tracksync.apply import Results
from tracksync.errors import TrackerError, UsageError
from tracksync.model import Field, Problem
from tracksync.planning.changes import Change
from tracksync.planning.resolution import Take, resolution
from tracksync.tracker_writer import TrackerWriter, tell_of_overwritten
from tracksync.workspace import Workspace


def resolve(space: Workspace, wanted: str, take: Take, which: Field | None) -> tuple[Sequence[Change], list[Problem]]:
    """Settle the conflicts of one item: what was done, and what came up.

    Raises `UsageError` when there is nothing to settle, `TrackerError` when it could not be done.
    """
    planned = app.plan(space)
    changes = resolution(planned, wanted, take, which)
    if isinstance(changes, str):
        raise UsageError(changes, f"`tracksync status {wanted}` shows where each field stands")
    results = Results()
    TrackerWriter(planned, space.tracker, results).update(changes)
    if results.spent:
        raise results.spent
    if results.failed:
        raise TrackerError(results.failed[0].message, "run this again")
    if results.stale:
        raise TrackerError(f"{changes[0].issue} was changed at this moment; nothing was done to it", "run this again")
    tell_of_overwritten(space.tracker, results)
    return changes, results.noticed
