"""What the user decided: who is right about a field, how much may happen in one run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracksync.model import Field


class FieldPolicy(StrEnum):
    """Which side a field follows. `MERGE`: the side that moved."""

    MERGE = "merge"
    DOCUMENT = "document"
    TRACKER = "tracker"


class Policy(StrEnum):
    """How far a run may go: only create issues; also update both sides; also close and reopen."""

    CREATE_ONLY = "create-only"
    UPSERT = "upsert"
    FULL = "full"


class Removed(StrEnum):
    """What becomes of the issue of an item that was removed from its document."""

    REPORT = "report"
    CLOSE = "close"
    """As not planned."""


FIELD_DEFAULTS: Mapping[Field, FieldPolicy] = {
    Field.TITLE: FieldPolicy.DOCUMENT,
    Field.OWNER: FieldPolicy.MERGE,
    Field.DUE: FieldPolicy.MERGE,
    Field.PRIORITY: FieldPolicy.MERGE,
    Field.STATUS: FieldPolicy.TRACKER,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one run may do. `relative_percent` counts from `relative_from` tracked items up (design: safety)."""

    creates: int = 25
    closes: int = 10
    reopens: int = 10
    updates: int = 100
    documents: int = 50
    relative_percent: int = 30
    relative_from: int = 10
    allowed: Mapping[str, int] = field(default_factory=dict)
    """Lifted for this run (`--allow-creates N`): limit name → N, which replaces absolute and relative limit."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that planning needs to know beside the two sides."""

    repository: str
    """The documents' repository: part of every key and marker."""
    fields: Mapping[Field, FieldPolicy] = field(default_factory=lambda: FIELD_DEFAULTS)
    policy: Policy = Policy.FULL
    limits: Limits = Limits()
    removed: Removed = Removed.REPORT
