"""Whether syncing a folder of documents changes the lines of items and nothing else, byte for byte.

A copy is synced with the local tracker, all documents taken as published; every third issue is closed, and the copy is
synced again. After that nothing may be left to do, and the documents must show the same items with their new status.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tracksync import app, config
from tracksync.documents import parse
from tracksync.model import ActionItem, Document, Reading
from tracksync.planning.plan import NOT_WRITTEN
from tracksync.planning.rules import Limits, Rules
from tracksync.trackers.local_people import LocalPeople
from tracksync.workspace import Workspace, open_workspace

_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FREE = dict.fromkeys(("creates", "closes", "reopens", "updates", "documents", "vanished", "emptied"), 1_000_000)


@dataclass
class Exactness:
    """What happened. `faults` is empty when every promise was kept."""

    issues: int = 0
    closed: int = 0
    lines: int = 0
    faults: list[str] = field(default_factory=list)


def exactness(folder: Path, names: Sequence[str], work: Path) -> Exactness:
    """Run the whole story on a copy in `work`."""
    for name in names:
        shutil.copyfile(folder / name, work / name)
    (work / "tracksync.yml").write_text("tracker: {kind: local}\n", "utf-8")
    space, paths = open_workspace(config.load(work, None)), [work / name for name in names]
    found = Exactness()
    before = {name: (work / name).read_bytes() for name in names}
    _sync(space, paths, found)
    people = LocalPeople(work / ".tracksync" / "tracker.db")
    issues = people.listing()
    found.issues = len(issues)
    for issue in issues[::3]:
        people.close(issue.ref.number, actor="reader")
        found.closed += 1
    _sync(space, paths, found)
    left = app.plan(space, paths, _rules(space)).plan
    found.faults += [f"{one.path}:{one.line}: still planned: {one.action} {one.field or ''}" for one in left.changes]
    closed = {str(issue.ref) for issue in issues[::3]}
    for name in names:
        told = {one.line: one.message for one in left.problems if one.path == name and one.rule == "no-place"}
        _compare(found, name, before[name], (work / name).read_bytes(), closed, told)
    return found


def _rules(space: Workspace) -> Rules:
    return replace(space.rules(), limits=Limits(allowed=_FREE))


def _sync(space: Workspace, paths: Sequence[Path], found: Exactness) -> None:
    report = app.sync(space, paths, _rules(space))
    found.faults += [f"{one.change.path}:{one.change.line}: not done: {one.message}" for one in report.failed]
    lost = [problem for problem in report.plan.problems if problem.rule == NOT_WRITTEN]
    found.faults += [f"{one.path}:{one.line}: {one.rule}: {one.message}" for one in lost]


def _compare(found: Exactness, name: str, old: bytes, new: bytes, closed: set[str], told: Mapping[int, str]) -> None:
    """`told`: by line, why something has no place there. An item that has one and shows nothing is a fault."""
    was, now = parse(name, old), parse(name, new)
    before, after = _LINES.findall(old), _LINES.findall(new)
    added = len(after) - len(before)
    ours = set[int]()
    for item in was.items:
        ours.update(_reach(item, was))
    if added and not name.endswith((".yml", ".yaml")) and b"action_items" not in old:
        found.faults.append(f"{name}: {added} lines were added")
    else:
        changed = [number for number, pair in enumerate(zip(before, after, strict=False), 1) if pair[0] != pair[1]]
        found.lines += len(changed)
        found.faults += [f"{name}:{line}: changed, and belongs to no item" for line in changed if line not in ours]
    if _texts(was) != _texts(now):
        found.faults.append(f"{name}: the items read differently")
    for item in now.items:
        kept = item.readings.status is Reading.UNREADABLE or (
            item.readings.status is Reading.ABSENT and item.line in told
        )
        if item.link in closed and not kept and not (item.status and item.status.closed):
            found.faults.append(f"{name}:{item.line}: its issue is closed, and it says {item.status_raw or 'nothing'}")
        if not item.link and not item.skip and item.line not in told:
            found.faults.append(f"{name}:{item.line}: it has an issue, and no link, and nothing says why")


def _reach(item: ActionItem, document: Document) -> range:
    """The lines from an item to the next: its own, and those of its fields below."""
    later = [other.line for other in document.items if other.line > item.line]
    return range(item.line, min([*later, item.line + 40]) if item.format != "table" else item.line + 1)


def _texts(document: Document) -> list[tuple[object, ...]]:
    return [(one.action, one.owners, one.due_raw, one.priority_raw, one.format) for one in document.items]
