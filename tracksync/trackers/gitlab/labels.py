"""The labels that say something on GitLab: scoped ones, of which an issue carries one of each scope. Pure.

Only Premium takes the siblings away by itself; case matters (both measured, see "Labels", docs.gitlab.com).
"""

from collections.abc import Set

from tracksync.model import Status
from tracksync.owners import NEEDS_OWNER
from tracksync.trackers.base import LABEL
from tracksync.trackers.labels import LOOKS as GITHUB_LOOKS
from tracksync.trackers.labels import PRIORITIES, Look, priority_label

STATUS_LABELS = {
    Status.BLOCKED: "status::blocked",
    Status.IN_PROGRESS: "status::in progress",
    Status.WONT_DO: "status::won't do",
    Status.DUPLICATE: "status::duplicate",
}
"""GitLab knows no reason for closing: of a closed issue, a label says it."""
PRIORITY_LABELS = {priority: f"priority::{priority[1]}" for priority in PRIORITIES}
VALUE_LABELS = frozenset({*STATUS_LABELS.values(), *PRIORITY_LABELS.values()})
LOOKS = {
    LABEL: GITHUB_LOOKS[LABEL],
    NEEDS_OWNER: GITHUB_LOOKS[NEEDS_OWNER],
    STATUS_LABELS[Status.IN_PROGRESS]: Look("1d76db", "Somebody works on it"),
    STATUS_LABELS[Status.BLOCKED]: Look("b60205", "It waits for something else"),
    STATUS_LABELS[Status.WONT_DO]: Look("808080", "It was decided against"),
    STATUS_LABELS[Status.DUPLICATE]: Look("808080", "Another issue is about the same"),
    **{label: GITHUB_LOOKS[priority_label(priority)] for priority, label in PRIORITY_LABELS.items()},
}


def status_of(closed: bool, duplicate: bool, labels: Set[str]) -> Status:
    """The status that an issue shows; a label counts only where it fits the state."""
    said = next(
        (status for status, label in STATUS_LABELS.items() if label in labels and status.closed is closed), None
    )
    if closed:
        return Status.DUPLICATE if duplicate else said or Status.COMPLETE
    return said or Status.NOT_STARTED


def priority_of(labels: Set[str]) -> str:
    """The priority that labels say: the most urgent one when there are several."""
    return next((priority for priority, label in PRIORITY_LABELS.items() if label in labels), "")


def with_status(status: Status, labels: frozenset[str]) -> frozenset[str]:
    """The labels of an issue in this status; only those that say a status differ."""
    return labels.difference(STATUS_LABELS.values()) | ({STATUS_LABELS[status]} if status in STATUS_LABELS else set())


def with_priority(priority: str, labels: frozenset[str]) -> frozenset[str]:
    """The labels of an issue with this priority; only those that say one differ."""
    return labels.difference(PRIORITY_LABELS.values()) | ({PRIORITY_LABELS[priority]} if priority else set())
