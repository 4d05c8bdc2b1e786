"""The labels that say something on a hosted tracker, and how a status reads from state, reason and labels. Pure.

GitHub's labels are the same in any case: one that was there before us keeps its spelling and counts as ours.
"""

from collections.abc import Set
from typing import NamedTuple

from tracksync.model import Status
from tracksync.owners import NEEDS_OWNER
from tracksync.trackers.base import LABEL

REASONS = {Status.COMPLETE: "completed", Status.WONT_DO: "not_planned", Status.DUPLICATE: "duplicate"}
"""Status of a closed issue → the reason that it is closed with."""
STATUS_LABELS = {Status.BLOCKED: "status/blocked", Status.IN_PROGRESS: "status/in-progress"}
"""Status of an open issue → its label; the first one counts when an issue carries both."""
PRIORITIES = tuple(f"P{n}" for n in range(5))
LONGEST = 50
"""Characters of a label's name (docs.github.com, "Labels": 50)."""


class Look(NamedTuple):
    """How a label that we make looks: six hex digits, and at most 100 characters."""

    colour: str
    description: str


LOOKS = {
    LABEL: Look("5319e7", "An action item of a postmortem, kept in step by tracksync"),
    NEEDS_OWNER: Look("fbca04", "Its postmortem names an owner who can't be assigned here"),
    STATUS_LABELS[Status.IN_PROGRESS]: Look("1d76db", "Somebody works on it"),
    STATUS_LABELS[Status.BLOCKED]: Look("b60205", "It waits for something else"),
    "priority/P0": Look("b60205", "The most urgent"),
    "priority/P1": Look("d93f0b", "The next"),
    "priority/P2": Look("fbca04", "The middle"),
    "priority/P3": Look("c2e0c6", "Less urgent"),
    "priority/P4": Look("ededed", "The least urgent"),
}
OTHER = Look("c5def5", "")
"""How a label looks that stands for a team."""


def priority_label(priority: str) -> str:
    """The label for a priority."""
    return f"priority/{priority}"


_STATUS_NAMES = frozenset(STATUS_LABELS.values())
_PRIORITY_NAMES = frozenset(priority_label(priority).lower() for priority in PRIORITIES)


def says_a_value(label: str) -> bool:
    """True for a label that says a value of a field."""
    return label.lower() in _STATUS_NAMES | _PRIORITY_NAMES


def status_of(state: str, reason: str | None, labels: Set[str]) -> Status:
    """The status that an issue shows. Closed without a reason is complete, as people close them."""
    if state == "closed":
        return next((status for status, known in REASONS.items() if known == reason), Status.COMPLETE)
    shown = {label.lower() for label in labels}
    return next((status for status, label in STATUS_LABELS.items() if label in shown), Status.NOT_STARTED)


def priority_of(labels: Set[str]) -> str:
    """The priority that labels say: the most urgent one when there are several."""
    shown = {label.lower() for label in labels}
    return next((priority for priority in PRIORITIES if priority_label(priority).lower() in shown), "")


def labels_for(status: Status, labels: frozenset[str]) -> frozenset[str]:
    """The labels of an issue in this status; only those that say a status differ."""
    return _with(STATUS_LABELS.get(status, ""), labels, _STATUS_NAMES)


def labels_with_priority(priority: str, labels: frozenset[str]) -> frozenset[str]:
    """The labels of an issue with this priority; only those that say one differ."""
    return _with(priority_label(priority) if priority else "", labels, _PRIORITY_NAMES)


def _with(wanted: str, labels: frozenset[str], names: frozenset[str]) -> frozenset[str]:
    same = {label for label in labels if label.lower() == wanted.lower()}
    others = frozenset(label for label in labels if label.lower() not in names)
    return others | (same or {wanted} - {""})
