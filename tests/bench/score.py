"""How well a folder of annotated documents is read, held against the figures to reach.

The folder holds `manifest.yaml`: `documents`, each with its `file`, `format`, and `items` with `action` (its first 60
characters at least), `owners`, `due`, `due_iso`, `priority`, `status`, `issue` (as written), and `optional`: an item
that may be left out or not. A document without required items is a negative one.
"""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tracksync.documents import WORDS, parse, statuses
from tracksync.model import ActionItem, Reading, SkipReason

FIELDS = ("owners", "due", "priority", "status", "issue")
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^()\s]*\)|\[[^\]]*\])")
_NEAR = 40
"""A label or mark that one side counts to the text, at most."""


@dataclass
class Score:
    """What was counted."""

    required: int = 0
    found: int = 0
    false: int = 0
    false_in_negatives: int = 0
    documents: int = 0
    exact: int = 0
    given: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    empty: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def score(folder: Path) -> Score:
    """Read every document of the manifest and compare."""
    manifest = yaml.safe_load((folder / "manifest.yaml").read_bytes())
    total = Score()
    for document in manifest["documents"]:
        items = parse(document["file"], (folder / document["file"]).read_bytes()).items
        compare(total, document, [item for item in items if item.skip is not SkipReason.BLANK])
    return total


def compare(total: Score, document: Mapping[str, Any], items: Sequence[ActionItem]) -> None:
    """Add one document to the score."""
    wanted = document["items"]
    pairs = matched(
        [one["action"] for one in wanted], [item.action for item in items], [one["optional"] for one in wanted]
    )
    required = [at for at, one in enumerate(wanted) if not one["optional"]]
    missed = [at for at in required if at not in pairs]
    false = [at for at in range(len(items)) if at not in pairs.values()]
    total.documents += 1
    total.required += len(required)
    total.found += len(required) - len(missed)
    total.false += len(false)
    total.false_in_negatives += len(false) if not required else 0
    total.exact += not missed and not false
    total.faults += [f"{document['file']}: missed: {wanted[at]['action']}" for at in missed]
    total.faults += [f"{document['file']}:{items[at].line}: false: {items[at].action[:60]}" for at in false]
    for at in required:
        if at in pairs:
            _fields(total, document["file"], wanted[at], items[pairs[at]])


def _fields(total: Score, file: str, wanted: Mapping[str, Any], item: ActionItem) -> None:
    for name in FIELDS:
        expected, shown = _expected(name, wanted), _shown(name, item)
        if not expected:
            total.empty[name] += 1
            total.filled[name] += bool(shown) and not (name == "status" and item.status == "not_started")
            continue
        total.given[name] += 1
        if agrees(name, expected, shown, wanted):
            total.right[name] += 1
        else:
            total.faults.append(f"{file}:{item.line}: {name}: {sorted(shown)} instead of {sorted(expected)}")


def _expected(name: str, wanted: Mapping[str, Any]) -> set[str]:
    value = wanted.get(name) or []
    return {str(one) for one in (value if isinstance(value, list) else [value])}


def _shown(name: str, item: ActionItem) -> set[str]:
    if name == "owners":
        return set(item.owners)
    if name == "issue":
        return set(item.links)
    raw = {"due": item.due_raw, "priority": item.priority_raw, "status": item.status_raw}[name]
    reading = {"due": item.readings.due, "priority": item.readings.priority, "status": item.readings.status}[name]
    return {raw} if raw and reading is not Reading.EMPTY else set()


def agrees(name: str, expected: set[str], shown: set[str], wanted: Mapping[str, Any]) -> bool:
    """Whether a field says what it should: the same text, or for days, statuses and references the same meaning."""
    if name == "issue":
        return bool({_number(one) for one in expected} & {_number(one) for one in shown})
    if {plain(one) for one in expected} == {plain(one) for one in shown}:
        return True
    if name == "due":
        return any(str(wanted.get("due_iso")) in one for one in shown)
    if name == "status":
        meant = [statuses.read(one, WORDS).status for one in (*expected, *shown)]
        return len(meant) == 2 and meant[0] is not None and meant[0] is meant[1]
    return False


def _number(reference: str) -> str:
    return re.split(r"[#/=]", reference.strip().rstrip("/.,").lower())[-1]


def plain(text: str) -> str:
    """Letters and digits in lower case, one blank between words."""
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", _LINK.sub(r"\1", html.unescape(text)))
    folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join("".join(one if one.isalnum() else " " for one in folded).split())


def matched(wanted: Sequence[str], found: Sequence[str], optional: Sequence[bool] = ()) -> dict[int, int]:
    """Which found text is which wanted one: those that agree best first, then what must be found, then by place."""
    late = [0.01 * one for one in optional] or [0.0] * len(wanted)
    rated = [
        (likeness(one, other) - late[at] - abs(at / len(wanted) - number / len(found)) / 100, at, number)
        for at, one in enumerate(wanted)
        for number, other in enumerate(found)
        if likeness(one, other)
    ]
    pairs: dict[int, int] = {}
    for _, at, number in sorted(rated, reverse=True):
        if at not in pairs and number not in pairs.values():
            pairs[at] = number
    return pairs


def likeness(wanted: str, found: str) -> float:
    """1 for the same text, less when one is the start of the other or stands a little further on; 0: another item."""
    one, other = plain(wanted).replace(" ", ""), plain(found).replace(" ", "")
    if not one or not other:
        return 0
    if one == other:
        return 1
    if other.startswith(one) or (one.startswith(other) and len(other) >= 12):
        return 0.9
    head, tail = (one, other) if len(one) <= len(other) else (other, one)
    return 0.8 if len(head) >= 12 and 0 <= tail.find(head[:24]) <= _NEAR else 0
