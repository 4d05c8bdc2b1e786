"""Issues of one GitLab project."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tracksync.checks import Check
from tracksync.errors import StaleIssue, TrackerError
from tracksync.model import (
    Bond,
    Fetched,
    Field,
    Issue,
    IssueDraft,
    IssuePatch,
    IssueRef,
    Marker,
    Overwritten,
    Problem,
    Severity,
    Status,
    Window,
    Written,
)
from tracksync.trackers import values
from tracksync.trackers.base import Memory, RepositoryFacts
from tracksync.trackers.gitlab import history, pages, signals
from tracksync.trackers.gitlab.address import Address
from tracksync.trackers.gitlab.diagnosis import Doctor
from tracksync.trackers.gitlab.facts import HINTS, PAGE, PLANNER, Facts, rows_of
from tracksync.trackers.gitlab.rows import Raw, Reader, has_moved, version_of
from tracksync.trackers.gitlab.signals import Signals
from tracksync.trackers.gitlab.writes import Writes, issue_of, refuses_somebody
from tracksync.trackers.web.listing import Listing
from tracksync.trackers.web.message import Answer, Request
from tracksync.trackers.web.wire import Wire, refused

PACE = (Window(200, 60),)
"""Issue creation ("GitLab.com settings", docs.gitlab.com); a server of one's own may have other limits."""
TITLE_LIMIT = 255
GONE = "was deleted, or the token can't see it"
MOVED = "was moved to another project"
MOST_CHANGED_PAGES = 10
"""With more than this, a listing by label costs less than one of everything that changed."""
_MOST_LOOKED_FOR = 5
_LINK = re.compile(r"\[[^\[\]]*\]\((?P<url>[^()\s]+)\)")
_SHORT = re.compile(r"(?P<project>[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+)?#(?P<number>[1-9][0-9]{0,9})")


@dataclass(frozen=True, slots=True)
class Options:
    """What the configuration says beyond the project."""

    trusted: frozenset[str] = frozenset()
    """Usernames whose markers count, in lower case."""
    formerly: tuple[str, ...] = ()
    """Paths that the project had before."""
    issue_type: str = ""
    confidential: bool = False
    signals: Signals = field(default_factory=Signals)


class GitLabTracker:
    """One project's issues, over one wire."""

    pace: tuple[Window, ...] = PACE
    histories = 1

    def __init__(self, wire: Wire, address: Address, project: str, memory: Memory, options: Options) -> None:
        self.host = address.host
        self.project = project
        self.facts = Facts(wire, address, project, memory)
        self.requests = wire.requests
        self.notes: list[str] = []
        self._wire = wire
        self._address = address
        self._options = options
        self._listing = Listing(
            wire, lambda: self.facts.path("/issues"), f"listing the issues of {project}", memory, rows_of
        )
        self._writes = Writes(wire, self.facts, options.issue_type, options.confidential)
        self._whereabouts: dict[IssueRef, str] = {}
        self._open = ""
        """Why no further issue is made that must be confidential."""

    @property
    def reader(self) -> str:
        """Our own name, and those that the configuration trusts."""
        return ",".join((self.facts.viewer(), *sorted(self._options.trusted)))

    def check(self) -> list[Problem]:
        """What stands in the way of working with the project."""
        try:
            project = self.facts.found()
        except TrackerError as error:
            hint = f"; {error.hint}" if error.hint else ""
            return [Problem("tracker-unusable", Severity.ERROR, "", 0, f"{error}{hint}")]
        said = {
            f"{project.name} is archived, so nothing can be written": project.archived,
            f"issues are switched off in {project.name}: switch them on in its settings": not project.issues,
            f"the token may not change issues in {project.name}; {HINTS[403]}": 0 < project.level < PLANNER,
        }
        return [Problem("tracker-unusable", Severity.ERROR, "", 0, text) for text, true in said.items() if true]

    def called(self) -> str:
        """The present name."""
        return self.facts.called()

    def repository(self, remote: str) -> RepositoryFacts:
        """A project of this GitLab."""
        found = self.facts.other(remote)
        seen_by = found.readers if remote.lower() == self.project.lower() else found.visibility
        return RepositoryFacts(found.name, f"{self.host}/{found.ident}", found.branch, seen_by)

    def visibility(self, names: Sequence[str]) -> Mapping[str, str]:
        """Who can see these projects, asked now: a request for each."""
        return self.facts.visibility(names)

    def diagnose(self, documents: str, now: datetime) -> list[Check]:
        """Everything about token, project and server that can be known without writing."""
        return list(Doctor(self._wire, self._address, self.facts, now).checks(documents))

    def issues(self, since: str = "", *, every: bool = False) -> Fetched:
        """The listing, by number."""
        found: dict[int, Raw] = {}
        if since:
            changed = pages.changed(self._listing, since.partition("~")[0], MOST_CHANGED_PAGES)
            if changed is None:
                return Fetched((), False, "more changed than a listing of all issues would show")
            listed: Iterable[Sequence[Raw]] = [changed]
        else:
            listed = pages.listed(self._listing, every=every)
        for rows in listed:
            found |= {int(raw["iid"]): raw for raw in rows if not has_moved(raw)}
        reader = self._reader
        return Fetched(tuple(reader.issue(found[number]) for number in sorted(found)))

    def fetch(self, refs: Sequence[IssueRef]) -> Mapping[IssueRef, Issue]:
        """These issues by number, a hundred a request."""
        mine = [ref for ref in refs if (ref.host, ref.project) == (self.host, self.project)]
        found: dict[IssueRef, Issue] = {}
        moved: list[IssueRef] = []
        self._whereabouts |= dict.fromkeys(mine, GONE)
        for start in range(0, len(mine), pages.MOST_NUMBERS):
            part = {ref.number: ref for ref in mine[start : start + pages.MOST_NUMBERS]}
            for raw in pages.by_number(self._listing, part):
                ref = part[int(raw["iid"])]
                if has_moved(raw):
                    moved.append(ref)
                else:
                    found[ref] = self._reader.issue(raw)
        for number, ref in enumerate(sorted(moved)):
            self._whereabouts[ref] = self._moved(ref) if number < _MOST_LOOKED_FOR else MOVED
        return found

    def whereabouts(self, ref: IssueRef) -> str:
        """What the last fetch learned of an issue that it did not find, as the end of a sentence; "" nothing."""
        return self._whereabouts.get(ref, "")

    def refined(self, issues: Sequence[Issue]) -> Sequence[Issue]:
        """The issues with the signals that the configuration asks for: one query for a hundred."""
        return signals.refined(self.facts, issues, self._options.signals) if any(self._options.signals) else issues

    def create(self, draft: IssueDraft) -> Issue:
        """One POST; another one only when it was refused because somebody can't be assigned: then, if need be, nobody
        is.
        """
        if draft.confidential and self._open:
            raise TrackerError(f"not created, because {self._open}", HINTS[403])
        answer = self._posted(draft)
        if refuses_somebody(answer):
            self.facts.forget("people")
            answer = self._posted(draft)
        if refuses_somebody(answer):
            answer = self._posted(replace(draft, values={**draft.values, Field.OWNER: ""}))
        if answer.status != 201:
            raise refused(answer, f"making an issue in {self.project}", HINTS)
        made = self._reader.issue(issue_of(answer))
        if draft.confidential and not made.confidential:
            self._open = f"{made.ref} was to be confidential and is not"
            self.notes.append(f"{self._open}: make it confidential, everybody who sees {self.project} can read it")
        status = Status(draft.values[Field.STATUS])
        return self.update(made, IssuePatch({Field.STATUS: status.value}, None)) if status.closed else made

    def update(self, seen: Issue, patch: IssuePatch) -> Issue:
        """Re-read, compare, one PUT."""
        raw = self._read(seen.ref)
        now = self._reader.issue(raw)
        if version_of(raw) != seen.version:
            raise StaleIssue(f"{seen.ref} changed since it was read")
        if patch.marker is not None and patch.bond is Bond.KEEP and not isinstance(now.marker, Marker):
            raise StaleIssue(f"the marker of {seen.ref} was removed")
        held = self.hold(patch.values)
        after = self._writes.change(raw, now, patch, held)
        return now if after is None else self._reader.issue(after)

    def overwritten(self, written: Sequence[Written]) -> list[Overwritten]:
        """People's edits that our updates overwrote, by the system notes of the issues: one request for an issue."""
        found: list[Overwritten] = []
        viewer = self.facts.viewer()
        for one in written:
            found += history.overwritten(one, self._notes(one.after.ref), viewer)
        return found

    def editors(self, asked: Sequence[tuple[IssueRef, Field]]) -> Mapping[tuple[IssueRef, Field], str]:
        """Who changed these fields last, by the system notes of the issues: one request for an issue."""
        notes = {ref: self._notes(ref) for ref in dict.fromkeys(ref for ref, _ in asked)}
        told = {(ref, which): history.editor(which, notes[ref]) for ref, which in asked}
        return {one: who for one, who in told.items() if who not in ("", self.facts.viewer())}

    def _notes(self, ref: IssueRef) -> list[dict[str, Any]]:
        """The latest system notes of an issue, the newest first."""
        path = self.facts.path(f"/issues/{ref.number}/notes")
        query = {**PAGE, "sort": "desc", "activity_filter": "only_activity"}
        return rows_of(self._wire.ask(Request("GET", path, query, reads=True)), f"reading the history of {ref}")

    def hold(self, wanted: Mapping[Field, str], project: str = "") -> Mapping[Field, str]:
        """These values as the project would show them: usernames of members, one of them where it takes only one."""
        held = values.hold(wanted)
        if Field.TITLE in held:
            held[Field.TITLE] = held[Field.TITLE][:TITLE_LIMIT].rstrip()
        if held.get(Field.OWNER):
            can = [login for login in held[Field.OWNER].split(",") if login in self.facts.assignable()]
            if len(can) > 1 and not self.facts.several_assignees():
                can = can[:1]
            held[Field.OWNER] = ",".join(can)
            if not can:
                del held[Field.OWNER]
        return held

    def reference(self, text: str) -> IssueRef | None:
        """`#12`, `acme/web#12` or the address of an issue's page, also as a Markdown link."""
        link = _LINK.fullmatch(text.strip())
        plain = link["url"] if link else text.strip()
        named = self._address.number_of(plain)
        match = _SHORT.fullmatch(plain)
        if match is not None:
            named = (match["project"] or self.project), int(match["number"])
        if named is None or named[0].lower() not in {name.lower() for name in (self.project, *self._options.formerly)}:
            return None
        return IssueRef(self.host, self.project, named[1])

    def link(self, ref: IssueRef) -> str:
        """`[#12](https://gitlab.com/acme/web/-/issues/12)`."""
        return f"[#{ref.number}]({self._address.issue(ref.project, ref.number)})"

    @property
    def _reader(self) -> Reader:
        return Reader(self.host, self.project, self.facts.viewer(), self._options.trusted, self.facts.writers)

    def _posted(self, draft: IssueDraft) -> Answer:
        return self._writes.new(draft, self.hold(draft.values))

    def _moved(self, ref: IssueRef) -> str:
        """Where an issue was moved, as the end of a sentence."""
        query = {**PAGE, "sort": "desc", "activity_filter": "only_activity"}
        answer = self._wire.ask(Request("GET", self.facts.path(f"/issues/{ref.number}/notes"), query, reads=True))
        place = history.moved_to(rows_of(answer, f"reading the history of {ref}")) if answer.status == 200 else None
        if place is None:
            return MOVED
        project, number = place
        return f"was moved to {project}#{number}, {self._address.issue(project, number)}"

    def _read(self, ref: IssueRef) -> Raw:
        answer = self._wire.ask(Request("GET", self.facts.path(f"/issues/{ref.number}"), reads=True))
        if answer.status == 404:
            raise TrackerError(f"{ref} {GONE}", "change or remove its link in the document")
        if answer.status != 200:
            raise refused(answer, f"reading {ref}", HINTS)
        raw = issue_of(answer)
        if raw["iid"] != ref.number or has_moved(raw):
            raise TrackerError(f"{ref} {self._moved(ref)}", "change or remove its link in the document")
        return raw
