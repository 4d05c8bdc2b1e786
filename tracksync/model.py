"""The words tracksync uses: postmortems with action items on one side, issues on the other.

Everything here is an immutable value and needs the standard library only. A *value* of a merged
field is always text in one canonical form, so that both sides and the memory can be compared with `==`:

    title     plain text, white space collapsed
    owner     tracker logins and team labels (`label:NAME`), sorted, joined by "," ("" = nobody)
    due       ISO 8601 date, YYYY-MM-DD ("" = none)
    priority  P0 to P4 ("" = none)
    status    a `Status`
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Field(StrEnum):
    """What an action item and its issue have in common. `ISSUE` is the link in the document: written, never merged."""

    TITLE = "title"
    OWNER = "owner"
    DUE = "due"
    PRIORITY = "priority"
    STATUS = "status"
    ISSUE = "issue"


MERGED = (Field.TITLE, Field.OWNER, Field.DUE, Field.PRIORITY, Field.STATUS)


class Status(StrEnum):
    """Where an action item stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    COMPLETE = "complete"
    WONT_DO = "wont_do"
    DUPLICATE = "duplicate"

    @property
    def closed(self) -> bool:
        """True when nothing is left to do: an issue in this status is closed."""
        return self in (Status.COMPLETE, Status.WONT_DO, Status.DUPLICATE)


class Kind(StrEnum):
    """What an action item is meant to achieve."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    PROCESS = "process"


class Reading(StrEnum):
    """What a document shows at the place of one field of one item."""

    SET = "set"
    EMPTY = "empty"
    """A place is there with nothing (or only a dash) in it; for a link: one may be written there."""
    PLACEHOLDER = "placeholder"
    UNREADABLE = "unreadable"
    """Text that a person wrote and that we can't read: never overwritten."""
    ABSENT = "absent"
    """The item has no place for this field (no such column or key)."""


class Readings(NamedTuple):
    """One `Reading` for each field of an item; instances are shared between items."""

    title: Reading
    owner: Reading
    due: Reading
    priority: Reading
    status: Reading
    issue: Reading

    def of(self, which: Field) -> Reading:
        """The reading of one field."""
        reading: Reading = getattr(self, which.value)
        return reading


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """Something a person wants is not done until they act."""
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Bad data, with a reason a person can act on. `line` is 1-based, 0 for the whole document."""

    rule: str
    severity: Severity
    path: str
    line: int
    message: str


class Considered(NamedTuple):
    """Something that could hold action items: whether it was taken for that, and why. `line` is 1-based."""

    line: int
    format: str
    taken: bool
    reason: str


class SkipReason(StrEnum):
    """Why a recognised item is left alone."""

    PLACEHOLDER = "placeholder"
    BLANK = "blank"
    DONE_WITHOUT_LINK = "done_without_link"
    TRACKED_ELSEWHERE = "tracked_elsewhere"
    STRUCK = "struck"
    """Crossed out: done or dropped."""
    TEXT_AFTER_TABLE = "text_after_table"
    UNPUBLISHED = "unpublished"
    OLDER = "older"
    """Its document is dated before `documents.since`, so it gets no new issue."""
    UNDATED = "undated"
    """Its document has no date that could be held against `documents.since`."""
    READ_ONLY = "read_only"
    POLICY = "policy"
    UNCOMMITTED = "uncommitted"
    PROPOSED = "proposed"


class Publication(StrEnum):
    """Whether a document's items may be synced, by its status line."""

    PUBLISHED = "published"
    HELD = "held"
    UNKNOWN = "unknown"
    """The status line holds a word in no list: held back, with the problem `status-unknown`."""


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One thing to do, as a document shows it. `line` and `column` are 1-based (characters), where the item starts."""

    index: int
    """Position among the document's items, from 0."""
    action: str
    """The text without Markdown, white space collapsed."""
    action_raw: str
    owners: tuple[str, ...] = ()
    """As written, split, without @ and brackets; never mapped to logins."""
    owner_raw: str | None = None
    due: str | None = None
    due_raw: str | None = None
    priority: str | None = None
    priority_raw: str | None = None
    status: Status | None = None
    status_raw: str | None = None
    kind: Kind | None = None
    links: tuple[str, ...] = ()
    """Every tracker reference as written, ours and others', mentions included."""
    link: str | None = None
    """The reference that stands *as* a link (link column, beside the status, `issue:`): `#12`, `acme/web#12`, URL."""
    skip: SkipReason | None = None
    line: int = 0
    column: int = 1
    format: str = "table"
    box: bool = False
    """Its status is a check box: it says open or done, and nothing between."""
    above: tuple[Field, ...] = ()
    """What a label above says of several items: read, never written."""
    readings: Readings = Readings(*(Reading.ABSENT,) * 6)
    heading: int = 0
    """How many of its document's headings stand above it, or are it; the last of these is its section's."""

    def raw(self, which: Field) -> str | None:
        """The text of one field as the document has it, or None where it has no place."""
        return {
            Field.TITLE: self.action_raw,
            Field.OWNER: self.owner_raw,
            Field.DUE: self.due_raw,
            Field.PRIORITY: self.priority_raw,
            Field.STATUS: self.status_raw,
            Field.ISSUE: self.link,
        }[which]


@dataclass(frozen=True, slots=True)
class Document:
    """One postmortem. `digest` is the SHA-256 (hex) of the bytes that were parsed: the lock for writing."""

    path: str
    digest: str
    title: str | None = None
    date: str | None = None
    severity: str | None = None
    status_raw: str | None = None
    publication: Publication = Publication.PUBLISHED
    authors: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    items: tuple[ActionItem, ...] = ()
    headings: tuple[str, ...] = ()
    """The texts of its headings without Markdown, where it has items."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemEdit:
    """What to write into a document: one field of one item.

    `value` is canonical (for `ISSUE`: the reference to write). `text` is the exact cell text when a
    former text is restored; None lets the document's own wording decide.
    """

    index: int
    field: Field
    value: str
    text: str | None = None


class IssueRef(NamedTuple):
    """An issue's name everywhere: host ("github.com", "local"), project ("acme/web"), number."""

    host: str
    project: str
    number: int

    def __str__(self) -> str:
        return f"{self.project}#{self.number}"


class Base(NamedTuple):
    """The value both sides last agreed on, and the counter that moves with it."""

    value: str
    serial: int


MARKER_VERSION = 1


@dataclass(frozen=True, slots=True)
class Marker:
    """What the hidden comment in an issue's body says."""

    key: str
    """16 base32 characters, see `planning.canonical`."""
    repository: str
    document: str
    """The document's path at creation."""
    text: str
    """Digest of the item's canonical text at creation, see `planning.canonical`."""
    base: Mapping[Field, Base] = field(default_factory=dict)


class MarkerFault(NamedTuple):
    """A marker that is there and can't be used; `reason` is a sentence."""

    reason: str


class Trust(StrEnum):
    """What the platform says about the author of an issue."""

    OURS = "ours"
    WRITER = "writer"
    STRANGER = "stranger"
    GHOST = "ghost"
    """The author's account is gone (a renewed project token)."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue as its tracker shows it. `version` is opaque: it differs whenever the issue changed."""

    ref: IssueRef
    title: str
    owner: str
    due: str
    priority: str
    status: Status
    marker: Marker | MarkerFault | None
    trust: Trust
    labelled: bool
    """Carries the tracksync label, so a listing finds it."""
    version: str
    author: str = ""
    body: str = ""
    """Empty in listings that were read from the cache."""
    labels: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()
    """Sentences about what people wrote into the managed block and what can't be read there."""
    confidential: bool = False
    """Only members of its project see it, whoever sees the project."""

    def value(self, which: Field) -> str:
        """The canonical value of one merged field."""
        return str(getattr(self, which.value))


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """An issue to create: values (of `OWNER` only logins), marker, and what the managed block says of the document."""

    values: Mapping[Field, str]
    marker: Marker
    document_title: str
    labels: frozenset[str] = frozenset()
    """Beside those that say a value."""
    above: int = 0
    """The highest number that documents name: a tracker that gives the numbers itself gives a higher one."""
    source: str = ""
    """The URL of the document's section on the default branch; "" where it has none."""
    project: str = ""
    """Where it is made; "": in the default project."""
    permalink: str = ""
    """The URL of the item's line in the commit that it was created from; "" where it was never committed."""
    confidential: bool = False


class Bond(StrEnum):
    """What a patch does to the tie between an issue and its item."""

    KEEP = "keep"
    TIE = "tie"
    """Make an issue ours: label, managed block and marker are added."""
    UNTIE = "untie"
    """Let it go: label, managed block and marker are taken away, everything else stays."""


@dataclass(frozen=True, slots=True)
class IssuePatch:
    """One PATCH: fields to set (may be none), and the marker that goes with them (None: left as it is)."""

    values: Mapping[Field, str]
    marker: Marker | None
    add_labels: frozenset[str] = frozenset()
    remove_labels: frozenset[str] = frozenset()
    bond: Bond = Bond.KEEP
    document_title: str = ""
    """For `TIE`: as in `IssueDraft`, and so is the next."""
    source: str = ""


class Written(NamedTuple):
    """One update that was carried out; `before`: the issue as it was re-read just before."""

    before: Issue
    patch: IssuePatch
    after: Issue


class Overwritten(NamedTuple):
    """A person's edit between our re-read and our write: `value` is what they made of `field`, "label" or "text"."""

    ref: IssueRef
    field: str
    person: str
    value: str


class Window(NamedTuple):
    """A limit of a platform: at most `most` writes in any `seconds`."""

    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """A listing. `complete` is False when a part is missing: then absence proves nothing."""

    issues: tuple[Issue, ...]
    complete: bool = True
    reason: str = ""


class CarrierState(StrEnum):
    """What became of a value that was brought towards a document."""

    OPEN = "open"
    LANDED = "landed"
    DECLINED = "declined"


class Carrier(NamedTuple):
    """A tracker's value on its way into a document: journal entry, commit or request."""

    key: str
    field: Field
    value: str
    serial: int
    state: CarrierState
