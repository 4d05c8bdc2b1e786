"""How values read in a report for people."""

from collections import Counter
from collections.abc import Iterable, Mapping

from tracksync.model import Field, SkipReason, Status
from tracksync.owners import LABEL

STATUS_WORDS: Mapping[str, str] = {
    Status.NOT_STARTED: "Not Started",
    Status.IN_PROGRESS: "In Progress",
    Status.BLOCKED: "Blocked",
    Status.COMPLETE: "Complete",
    Status.WONT_DO: "Won't Do",
    Status.DUPLICATE: "Duplicate",
}

SKIP_WORDS = {
    SkipReason.PLACEHOLDER: "placeholder",
    SkipReason.BLANK: "blank row",
    SkipReason.DONE_WITHOUT_LINK: "done without a link",
    SkipReason.TRACKED_ELSEWHERE: "tracked elsewhere",
    SkipReason.STRUCK: "crossed out",
    SkipReason.TEXT_AFTER_TABLE: "text after the table",
    SkipReason.UNPUBLISHED: "not published",
    SkipReason.OLDER: "older than `documents.since`",
    SkipReason.UNDATED: "without a date",
    SkipReason.READ_ONLY: "read-only link",
    SkipReason.POLICY: "outside the policy",
    SkipReason.UNCOMMITTED: "not committed yet",
    SkipReason.PROPOSED: "already proposed",
}

SYNC = "tracksync sync"
"""The command that carries a plan out."""

_EMPTY = {Field.OWNER: "nobody"}


def shown(field: Field | None, value: str | None) -> str:
    """A canonical value as people write it; "unknown" where nothing is known."""
    if value is None:
        return "unknown"
    if not value:
        return _EMPTY.get(field, "none") if field else "none"
    if field is Field.STATUS:
        return STATUS_WORDS.get(value, value)
    if field is Field.OWNER:
        return ", ".join(one if one.startswith(LABEL) else f"@{one}" for one in value.split(","))
    return f'"{value}"' if field is Field.TITLE else value


def settling(key: object) -> str:
    """How a conflict ends; `key` is the item's key or its issue."""
    return f"To settle it: edit either side, or `tracksync resolve {key} --take document` (or `--take tracker`)."


def counted(count: int, noun: str) -> str:
    """A count with its noun, in the plural where it belongs: "1 document", "2 documents"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def tally(words: Iterable[str]) -> str:
    """How often each word comes, most frequent first: "2 Draft, 1 In Review"."""
    counts = sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{count} {word}" for word, count in counts)


def place(path: str, line: int) -> str:
    """Where something stands; line 0 is the whole document."""
    return f"{path}:{line}" if line else path
