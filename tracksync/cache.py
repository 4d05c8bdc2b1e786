"""What saves reads between runs: the last listing of a tracker. It changes what a run costs, never what it finds.

That holds because a listing with `since` shows every issue that changed, also one that lost our label, and because a
tracker doesn't miss a change that happens while it lists (one transaction, or sorted by time of change).
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tracksync import atomic
from tracksync.model import (
    Base,
    Fetched,
    Field,
    Issue,
    IssueRef,
    Marker,
    MarkerFault,
    Problem,
    Severity,
    Status,
    Trust,
)
from tracksync.state import state_folder
from tracksync.trackers.base import Tracker

VERSION = 5
FULL_LISTING_AFTER = timedelta(hours=24)
"""Issues that were deleted, or moved to another project, leave the cache at the next full listing."""


_MADE = ("number", "marker", "status", "trust", "labels", "faults")
"""What is more than a text in an issue."""


class Snapshot(NamedTuple):
    """A complete listing, kept up to date. Issues have no body."""

    listed: datetime
    """When the last full listing began."""
    newest: str
    """The newest version seen, of issues without our label too."""
    issues: tuple[Issue, ...]
    reader: str = ""
    """Who read them: whether an author is trusted depends on it."""


class Cache:
    """Snapshots in one folder, one for each project. What can't be read or written is done without."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._faults: dict[str, Problem] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be used so far: one for each file."""
        return tuple(self._faults.values())

    def load(self, host: str, project: str) -> Snapshot | None:
        """The snapshot of a project, None when there is none that can be trusted."""
        path = self._path(host, project)
        try:
            header, _, payload = path.read_bytes().partition(b"\n")
            if header == _header(payload):
                return _snapshot(json.loads(payload), host, project)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._fault(path, f"can't be read ({error.strerror}), so each run reads all issues; delete it")
            return None
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
        self._fault(path, "is damaged or of another version of tracksync, so it is made anew")
        return None

    def store(self, host: str, project: str, snapshot: Snapshot) -> None:
        """Keep a snapshot; the file is left alone when it says the same already."""
        data = {
            "host": host,
            "project": project,
            "listed": snapshot.listed.isoformat(),
            "newest": snapshot.newest,
            "reader": snapshot.reader,
            "issues": [_plain(issue) for issue in snapshot.issues],
        }
        payload = json.dumps(data, sort_keys=True, separators=(",", ":")).encode("ascii")
        content = _header(payload) + b"\n" + payload
        path = self._path(host, project)
        try:
            if not path.exists() or path.read_bytes() != content:
                state_folder(self._folder)
                atomic.replace(path, content)
        except OSError as error:
            # A cache that can't be kept costs reads, no more.
            self._fault(path, f"can't be written ({error.strerror}), so each run reads all issues; make room for it")

    def _fault(self, path: Path, message: str) -> None:
        shown = "/".join(path.parts[-3:])
        self._faults.setdefault(shown, Problem("cache-unusable", Severity.WARNING, shown, 0, f"the cache {message}"))

    def _path(self, host: str, project: str) -> Path:
        name = hashlib.sha256(f"{host}\0{project}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._folder / f"{name}.json"


def listing(tracker: Tracker, cache: Cache | None, now: datetime, after: timedelta = FULL_LISTING_AFTER) -> Fetched:
    """All issues with our label; what did not change since the last time comes from the cache. Every now and then
    (`after`) all of them are listed.
    """
    before = cache.load(tracker.host, tracker.project) if cache else None
    merged = _brought_up_to_date(tracker, before, now, after) if before else None
    if merged is None:
        fetched = tracker.issues()
        if not fetched.complete:
            return fetched
        merged = Snapshot(now, _newest(fetched.issues, ""), fetched.issues, tracker.reader)
    if cache and merged.newest:
        cache.store(tracker.host, tracker.project, merged)
    return Fetched(merged.issues)


def _brought_up_to_date(tracker: Tracker, before: Snapshot, now: datetime, after: timedelta) -> Snapshot | None:
    if before.reader != tracker.reader or not before.listed <= now < before.listed + after:
        return None
    changed = tracker.issues(before.newest)
    if not changed.complete:
        return None
    issues = {issue.ref: issue for issue in (*before.issues, *changed.issues)}
    labelled = sorted((issue for issue in issues.values() if issue.labelled), key=lambda issue: issue.ref)
    return Snapshot(before.listed, _newest(changed.issues, before.newest), tuple(labelled), before.reader)


def _newest(issues: tuple[Issue, ...], known: str) -> str:
    return max((issue.version for issue in issues), default=known)


def _snapshot(data: Mapping[str, Any], host: str, project: str) -> Snapshot | None:
    if (data["host"], data["project"]) != (host, project):
        return None
    issues = tuple(_issue(one, host, project) for one in data["issues"])
    return Snapshot(datetime.fromisoformat(data["listed"]), data["newest"], issues, data["reader"])


def _header(payload: bytes) -> bytes:
    return f"tracksync-cache {VERSION} {hashlib.sha256(payload).hexdigest()}".encode()


def _plain(issue: Issue) -> dict[str, Any]:
    marker: dict[str, Any] | str | None = None
    if isinstance(issue.marker, Marker):
        base = {which.value: list(agreed) for which, agreed in issue.marker.base.items()}
        names = ("key", "repository", "document", "text")
        marker = {name: getattr(issue.marker, name) for name in names} | {"base": base}
    elif isinstance(issue.marker, MarkerFault):
        marker = issue.marker.reason
    own = ("title", "owner", "due", "priority", "status", "trust", "labelled", "version", "author", "confidential")
    mixed = {"number": issue.ref.number, "marker": marker, "labels": sorted(issue.labels), "faults": [*issue.faults]}
    return mixed | {name: getattr(issue, name) for name in own}


def _issue(data: Mapping[str, Any], host: str, project: str) -> Issue:
    rest = {name: value for name, value in data.items() if name not in _MADE}
    return Issue(
        ref=IssueRef(host, project, data["number"]),
        marker=_marker(data["marker"]),
        status=Status(data["status"]),
        trust=Trust(data["trust"]),
        labels=frozenset(data["labels"]),
        faults=tuple(data["faults"]),
        **rest,
    )


def _marker(data: Mapping[str, Any] | str | None) -> Marker | MarkerFault | None:
    if data is None or isinstance(data, str):
        return None if data is None else MarkerFault(data)
    base = {Field(name): Base(*agreed) for name, agreed in data["base"].items()}
    return Marker(data["key"], data["repository"], data["document"], data["text"], base)
