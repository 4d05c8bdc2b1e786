"""Rows that claim an issue, and issues that claim a row: which one is right, or that it can't be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracksync.model import (
    ActionItem,
    Document,
    Field,
    Issue,
    IssueRef,
    Marker,
    Problem,
    Severity,
    SkipReason,
    Status,
)
from tracksync.owners import Directory
from tracksync.planning.canonical import canonical_text
from tracksync.planning.changes import Skipped
from tracksync.planning.project import tracker_side


@dataclass(frozen=True, slots=True)
class Row:
    """A row that looks for its issue. `birth` is the key that it would get today."""

    document: Document
    item: ActionItem
    birth: str
    linked: Issue | None = None

    def problem(self, rule: str, message: str) -> Problem:
        """What stands in the way of this row."""
        return Problem(rule, Severity.ERROR, self.document.path, self.item.line, message)

    def adopting(self, ref: IssueRef) -> str:
        """The command that makes an issue this row's own."""
        return f"`tracksync adopt {self.document.path}:{self.item.line} {ref}`"

    def skipped(self, reason: SkipReason, detail: str = "", issue: IssueRef | None = None) -> Skipped:
        """This row left alone."""
        return Skipped(self.document.path, self.item.line, reason, detail, self.birth, issue)


def rightful(key: str, rows: Sequence[Row], issues: Sequence[Issue]) -> Row | None:
    """The one of several rows that an issue belongs to, or None when that can't be told.

    A link in a row that is otherwise a stranger to the issue proves little where another row, without a link, is the
    one that the issue was made for: the number may mean something else, or have been there before the issue.
    """
    if len(rows) == 1:
        return rows[0]
    linked = [row for row in rows if row.linked is not None]
    markers = [issue.marker for issue in issues if isinstance(issue.marker, Marker)]
    titles = {canonical_text(marker.base[Field.TITLE].value) for marker in markers if Field.TITLE in marker.base}
    homes = {marker.document for marker in markers}
    born = [row for row in linked if row.birth == key]
    settled = [row for row in linked if canonical_text(row.item.action) in titles]
    home = [row for row in linked if row.document.path in homes]
    ladder = (born, settled, home) if len(linked) == len(rows) else (settled,)
    return next((candidates[0] for candidates in ladder if len(candidates) == 1), None)


def kept_of(linked: Issue | None, live: Sequence[Issue], same: Sequence[Issue]) -> Issue | None:
    """The issue that stays: the lowest live one, else the linked one, else the lowest that isn't itself a duplicate.

    None: the linked one was closed for a reason of its own while another is live.
    """
    if live:
        given_up = linked is None or not linked.status.closed or linked.status is Status.DUPLICATE
        return live[0] if given_up else None
    return linked or min(same, key=lambda issue: (issue.status is Status.DUPLICATE, issue.ref))


def renamed(issue: Issue) -> bool:
    """True when an issue's title is not the one that its marker remembers: somebody wrote another, or the marker was
    pasted into an issue that was made for something else.
    """
    memory = issue.marker.base if isinstance(issue.marker, Marker) else {}
    return Field.TITLE not in memory or canonical_text(memory[Field.TITLE].value) != canonical_text(issue.title)


def worked_on(issue: Issue, directory: Directory) -> bool:
    """True when an issue shows anything but what we put into it at creation."""
    memory = issue.marker.base if isinstance(issue.marker, Marker) else {}
    now = tracker_side(issue, directory)
    return not memory or any(base.serial or base.value != now[which] for which, base in memory.items())
