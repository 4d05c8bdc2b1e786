"""Issues of one GitHub repository."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tracksync.checks import Check
from tracksync.errors import OutcomeUnknown, StaleIssue, TrackerError
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
from tracksync.trackers.base import LABEL, Memory, RepositoryFacts
from tracksync.trackers.github import bodies, diagnosis, graph, history
from tracksync.trackers.github.address import Address
from tracksync.trackers.github.extras import Extras
from tracksync.trackers.github.facts import HINTS, PAGE, Facts, rows_of
from tracksync.trackers.github.fields import Fields, Names, shown
from tracksync.trackers.github.probe import Probe
from tracksync.trackers.github.rows import Raw, Reader, is_issue, version_of
from tracksync.trackers.github.signals import Signals
from tracksync.trackers.github.signing import Kind, Standing
from tracksync.trackers.web.listing import Listing
from tracksync.trackers.web.message import Answer, Request
from tracksync.trackers.web.wire import Wire, refused

PACE = (Window(80, 60), Window(500, 3600))
"""Content-creating requests (docs.github.com, "Rate limits for the REST API", secondary limits)."""
CREATED = {**PAGE, "state": "all", "sort": "created", "direction": "asc"}
CHANGED = {**PAGE, "state": "all", "sort": "updated", "direction": "desc"}
MOST_CHANGED_PAGES = 10
"""With more than this, a listing by label costs less than one of everything that changed."""
_MAY_LABEL = ("ADMIN", "MAINTAIN", "WRITE", "")
_MOST_LOOKED_FOR = 5
_LINK = re.compile(r"\[[^\[\]]*\]\((?P<url>[^()\s]+)\)")
_SHORT = re.compile(r"(?P<project>[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)?#(?P<number>[1-9][0-9]{0,9})")


@dataclass(frozen=True, slots=True)
class Options:
    """What the configuration says beyond the project."""

    trusted: frozenset[str] = frozenset()
    """Logins whose markers count, in lower case."""
    formerly: tuple[str, ...] = ()
    """Names that the repository had before."""
    names: Names = field(default_factory=Names)
    issue_type: str = ""
    standing: Callable[[], Standing] = lambda: Standing(Kind.UNKNOWN)
    signals: Signals = field(default_factory=Signals)


class GitHubTracker:
    """One repository's issues, over one wire."""

    pace: tuple[Window, ...] = PACE
    histories = graph.MOST

    def __init__(self, wire: Wire, address: Address, project: str, memory: Memory, options: Options) -> None:
        self.host = address.host
        self.project = project
        self.facts = Facts(wire, address, project, memory, options.names)
        self.requests = wire.requests
        self._wire = wire
        self._address = address
        self._options = options
        self._listing = Listing(wire, lambda: self._path(""), f"listing the issues of {project}", memory, rows_of)
        self._whereabouts: dict[IssueRef, str] = {}
        self._extras = Extras(wire, self.facts, memory, options.names, options.signals)
        self.notes: list[str] = []

    @property
    def reader(self) -> str:
        """Our own login, and the logins that the configuration trusts."""
        return ",".join((self.facts.viewer(), *sorted(self._options.trusted)))

    def check(self) -> list[Problem]:
        """What stands in the way of working with the repository."""
        try:
            repository = self.facts.repository()
        except TrackerError as error:
            hint = f"; {error.hint}" if error.hint else ""
            return [Problem("tracker-unusable", Severity.ERROR, "", 0, f"{error}{hint}")]
        said = {
            f"{repository.name} is archived, so nothing can be written": repository.archived,
            f"issues are switched off in {repository.name}; {HINTS[410]}": not repository.issues,
            f"the token may not set labels in {repository.name}; {HINTS[403]}": repository.permission not in _MAY_LABEL,
        }
        return [Problem("tracker-unusable", Severity.ERROR, "", 0, text) for text, true in said.items() if true]

    def diagnose(self, documents: str, now: datetime) -> list[Check]:
        """Everything about token, repository and server that can be known without writing."""
        probe = Probe(self._wire, self._address, self.project, self._options.standing)
        return diagnosis.checks(probe.seen(documents, self._options.names, self._options.signals, now))

    def called(self) -> str:
        """The present name."""
        return self.facts.called()

    def repository(self, remote: str) -> RepositoryFacts:
        """A repository of this GitHub."""
        found = self.facts.other(remote)
        return RepositoryFacts(found.name, f"{self.host}/{found.ident}", found.branch, found.visibility)

    def visibility(self, names: Sequence[str]) -> Mapping[str, str]:
        """Who can see these repositories, asked now."""
        return self.facts.visibility(names)

    def issues(self, since: str = "", *, every: bool = False) -> Fetched:
        """The listing, by number."""
        found: dict[int, Raw] = {}
        if since:
            changed = self._listing.changed(CHANGED | {"since": since.partition("~")[0]}, MOST_CHANGED_PAGES)
            if changed is None:
                return Fetched((), False, "more changed than a listing of all issues would show")
            pages: Iterable[Sequence[Raw]] = [changed]
        else:
            pages = self._listing.whole(CREATED if every else CREATED | {"labels": LABEL})
        for rows in pages:
            found |= {int(raw["number"]): raw for raw in rows if is_issue(raw)}
        reader = self._reader
        return Fetched(tuple(reader.issue(found[number]) for number in sorted(found)))

    def fetch(self, refs: Sequence[IssueRef]) -> Mapping[IssueRef, Issue]:
        """These issues by number, a hundred a query."""
        mine = [ref for ref in refs if self._is_mine(ref)]
        found: dict[IssueRef, Issue] = {}
        for start in range(0, len(mine), graph.MOST):
            found |= self._fetched(mine[start : start + graph.MOST])
        return found

    def whereabouts(self, ref: IssueRef) -> str:
        """What the last fetch learned of an issue that it did not find, as the end of a sentence; "" nothing."""
        return self._whereabouts.get(ref, "")

    def refined(self, issues: Sequence[Issue]) -> list[Issue]:
        """The issues with the signals that the configuration asks for: one query for a hundred open ones."""
        return self._extras.refined(issues)

    def create(self, draft: IssueDraft) -> Issue:
        """One POST; another one only when it was refused because somebody can't be assigned: then, if need be, nobody
        is.
        """
        answer = self._posted(draft)
        if _refuses_somebody(answer):
            self.facts.forget("assignable")
            answer = self._posted(draft)
        if _refuses_somebody(answer):
            answer = self._posted(replace(draft, values={**draft.values, Field.OWNER: ""}))
        if answer.status != 201:
            raise refused(answer, f"making an issue in {self.project}", HINTS)
        made = self._reader.issue(_object(answer))
        try:
            self._extras.write(made, draft.values, self._fields)
        except TrackerError as error:
            self.notes.append(f"{made.ref} is not on the board as it should be: {error}")
        status = Status(draft.values[Field.STATUS])
        return self.update(made, IssuePatch({Field.STATUS: status.value}, None)) if status.closed else made

    def update(self, seen: Issue, patch: IssuePatch) -> Issue:
        """Re-read, compare, one PATCH."""
        raw = self._read(seen.ref)
        now = self._reader.issue(raw)
        if version_of(raw) != seen.version:
            raise StaleIssue(f"{seen.ref} changed since it was read")
        if patch.marker is not None and patch.bond is Bond.KEEP and not isinstance(now.marker, Marker):
            raise StaleIssue(f"the marker of {seen.ref} was removed")
        held = self.hold(patch.values)
        self._extras.write(seen, held, self._fields)
        return self._carry_out(now, raw, bodies.patch(raw, seen, patch, held, self._fields))

    def overwritten(self, written: Sequence[Written]) -> list[Overwritten]:
        """People's edits that our updates overwrote: one query for a hundred issues."""
        found: list[Overwritten] = []
        viewer = self.facts.viewer()
        for start in range(0, len(written), graph.MOST):
            part = written[start : start + graph.MOST]
            text, names = graph.history(self.project, history.since(part))
            nodes = self.facts.ask_about_issues(text, names)
            for one in part:
                found += history.overwritten(one, nodes.get(one.before.ref.number, {}), viewer)
        return list(dict.fromkeys(found))

    def editors(self, asked: Sequence[tuple[IssueRef, Field]]) -> Mapping[tuple[IssueRef, Field], str]:
        """Who changed these fields last: one query for a hundred issues."""
        numbers = sorted({ref.number for ref, _ in asked})
        nodes: dict[int, Mapping[str, Any]] = {}
        for start in range(0, len(numbers), graph.MOST):
            ever = dict.fromkeys(numbers[start : start + graph.MOST], history.EVER)
            nodes |= self.facts.ask_about_issues(*graph.history(self.project, ever))
        told = {(ref, which): history.editor(which, nodes.get(ref.number, {})) for ref, which in asked}
        return {one: who for one, who in told.items() if who not in ("", self.facts.viewer())}

    def hold(self, wanted: Mapping[Field, str], project: str = "") -> Mapping[Field, str]:
        """These values as the project would show them: logins that can be assigned, options that exist."""
        held = values.hold(wanted)
        if held.get(Field.OWNER):
            asked = held[Field.OWNER].split(",")
            can = [login for login in asked if login in self.facts.assignable()]
            held[Field.OWNER] = ",".join(can)
            if not can:
                del held[Field.OWNER]
        for which in self._fields_for(held):
            said = shown(which, self._fields[which], held[which])
            if said is None:
                del held[which]
            else:
                held[which] = said
        return held

    def reference(self, text: str) -> IssueRef | None:
        """`#12`, `acme/web#12` or the address of an issue's page, also as a Markdown link."""
        link = _LINK.fullmatch(text.strip())
        plain = link["url"] if link else text.strip()
        named = self._address.number_of(plain)
        match = _SHORT.fullmatch(plain)
        if match is not None:
            named = (match["project"] or self.project), int(match["number"])
        if named is None or named[0].lower() not in self._names():
            return None
        return IssueRef(self.host, self.project, named[1])

    def link(self, ref: IssueRef) -> str:
        """`[#12](https://github.com/acme/web/issues/12)`: GitHub makes no link of `#12` in a file."""
        return f"[#{ref.number}]({self._address.issue(ref.project, ref.number)})"

    @property
    def _fields(self) -> Fields:
        return self.facts.fields()

    def _fields_for(self, held: Mapping[Field, str]) -> Iterable[Field]:
        return [which for which in (Field.PRIORITY,) if held.get(which) and which in self._fields]

    @property
    def _reader(self) -> Reader:
        facts, options = self.facts, self._options
        return Reader(
            self.host,
            self.project,
            facts.viewer(),
            options.trusted,
            options.names,
            facts.fields,
            facts.assignable,
        )

    def _names(self) -> set[str]:
        return {name.lower() for name in (self.project, *self._options.formerly)}

    def _path(self, rest: str) -> str:
        return f"/repos/{self.project}/issues{rest}"

    def _posted(self, draft: IssueDraft) -> Answer:
        sent = bodies.post(draft, self.hold(draft.values), self._fields, self._options.issue_type)
        self.facts.ensure_labels(frozenset(sent["labels"]))
        return self._wire.ask(Request("POST", self._path(""), body=sent))

    def _is_mine(self, ref: IssueRef) -> bool:
        return (ref.host, ref.project) == (self.host, self.project)

    def _fetched(self, refs: Sequence[IssueRef]) -> dict[IssueRef, Issue]:
        nodes, found = self.facts.issues_by_number([ref.number for ref in refs]), dict[IssueRef, Issue]()
        for ref in refs:
            node = nodes.get(ref.number, {})
            if node.get("__typename") == "Issue":
                raw: Raw | None = graph.as_rest(node) if not self._fields else self._looked_for(ref)
                if raw is not None:
                    found[ref] = self._reader.issue(raw)
            elif node:
                self._whereabouts[ref] = "is a pull request, not an issue"
        for ref in [ref for ref in refs if ref.number not in nodes][:_MOST_LOOKED_FOR]:
            self._looked_for(ref)
        return found

    def _looked_for(self, ref: IssueRef) -> Raw | None:
        """An issue by REST, which tells what became of one that isn't there."""
        try:
            return self._read(ref)
        except _Gone as error:
            self._whereabouts[ref] = error.where
            return None

    def _read(self, ref: IssueRef) -> Raw:
        answer = self._wire.ask(Request("GET", self._path(f"/{ref.number}"), reads=True))
        if answer.status in (404, 410):
            raise _Gone(ref, "was deleted, or the token can't see it")
        if answer.status != 200:
            raise refused(answer, f"reading {ref}", HINTS)
        raw = _object(answer)
        if raw.get("number") != ref.number or not self._at_home(raw):
            raise _Gone(ref, f"was moved to {raw.get('html_url', 'another repository')}")
        return raw

    def _at_home(self, raw: Raw) -> bool:
        name = "/".join(str(raw.get("repository_url", "")).split("/")[-2:]).lower()
        if name in self._names() or name == self.facts.called().lower():
            return True
        # The repository may have been renamed since it was last asked.
        self.facts.forget("basics")
        return name == self.facts.repository().name.lower()

    def _carry_out(self, now: Issue, raw: Raw, sent: bodies.Sent) -> Issue:
        if sent.reopen_first:
            self._patched(now.ref, {"state": "open", "state_reason": "reopened"})
        for ident in sent.clear:
            answer = self._wire.ask(Request("DELETE", self._path(f"/{now.ref.number}/issue-field-values/{ident}")))
            if answer.status not in (200, 204, 404):
                raise refused(answer, f"clearing a field of {now.ref}", HINTS)
        if not sent.patch:
            return now if not sent.clear else self._reader.issue(self._read(now.ref))
        self.facts.ensure_labels(frozenset(sent.patch.get("labels", ())) - now.labels)
        return self._reader.issue(self._patched(now.ref, sent.patch))

    def _patched(self, ref: IssueRef, sent: Mapping[str, Any]) -> Raw:
        answer = self._wire.ask(Request("PATCH", self._path(f"/{ref.number}"), body=dict(sent)))
        if _refuses_somebody(answer):
            self.facts.forget("assignable")
            raise StaleIssue(f"somebody can't be assigned to {ref} any more")
        if answer.status != 200:
            raise refused(answer, f"changing {ref}", HINTS)
        return _object(answer)


class _Gone(TrackerError):
    """An issue is not where its number says."""

    def __init__(self, ref: IssueRef, where: str) -> None:
        super().__init__(f"{ref} {where}", "change or remove its link in the document")
        self.where = where


def _refuses_somebody(answer: Answer) -> bool:
    return answer.status == 422 and "assignees" in answer.message


def _object(answer: Answer) -> dict[str, Any]:
    data = answer.data()
    if not isinstance(data, dict) or "number" not in data:
        raise OutcomeUnknown(
            "the answer is no issue, so what happened is not known", "run again: the next run finds out"
        )
    return data
