"""One run, on one screen: look at both sides, plan, print, hold against the limits, carry out, look again.

The order matters, each line is a counterexample when left out: issues are listed before documents are read; creates
come first and are followed by one listing, so that two writers find each other; what is taken back from a document is
taken back before the tracker changes; documents come last, when the issues are known to be as planned.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tracksync import archive, git
from tracksync.apply import MOVED, DocumentWriter, Results, create_issues, in_phase, still_current, update_issues
from tracksync.cache import Cache, listing
from tracksync.config import Settings
from tracksync.documents import WORDS, Words
from tracksync.errors import LimitExceeded, NothingFound, StalePlan
from tracksync.journal import Entry, Journal
from tracksync.model import Carrier, CarrierState, Document, Field
from tracksync.owners import Directory
from tracksync.planning import orders
from tracksync.planning.changes import Action, Change, Plan
from tracksync.planning.plan import Planned, build
from tracksync.planning.rules import Rules
from tracksync.planning.world import World
from tracksync.progress import Progress, unseen
from tracksync.reports.run import Failure, RunReport
from tracksync.state import STATE
from tracksync.trackers import open_tracker
from tracksync.trackers.base import Tracker

PHASES = ("create", "withdraw", "tracker", "document")
ATTEMPTS = 3
"""How often a run plans again when somebody edits while it is going on."""

Show = Callable[[Plan], None]


def _silent(plan: Plan) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything one run works with. The clock is a value, so that tests can set it."""

    settings: Settings
    words: Words
    tracker: Tracker
    journal: Journal
    cache: Cache | None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    progress: Progress = unseen

    @property
    def repository(self) -> str:
        """The identity of the documents' repository, part of every key and marker."""
        return f"{self.tracker.host}/{self.tracker.project}"

    def rules(self) -> Rules:
        """The configured rules, for this repository."""
        return self.settings.rules(self.repository)


def open_workspace(settings: Settings) -> Workspace:
    """The workspace of a configuration. Writes nothing."""
    words = WORDS.extended(
        statuses=settings.status_words,
        priorities=settings.priority_words,
        published=settings.published,
        not_yet=settings.not_yet,
        incident=settings.incident,
    )
    state = settings.root / STATE
    tracker = open_tracker(settings.tracker, state, settings.project)
    return Workspace(
        settings, words, tracker, Journal(state / "journal"), Cache(state / "cache") if settings.cache else None
    )


def read_documents(workspace: Workspace, paths: Sequence[Path] = ()) -> tuple[Document, ...]:
    """The documents alone, with all their fields: what `items` shows."""
    return archive.read(workspace.settings, workspace.words, paths, fields=True, progress=workspace.progress).documents


def in_archive(workspace: Workspace, wanted: str) -> str:
    """PATH:LINE as the archive names it, PATH being relative to the working directory; any other KEY as it is."""
    path, _, line = wanted.rpartition(":")
    full = Path(path).absolute()
    inside = line.isdigit() and full.is_file() and full.is_relative_to(workspace.settings.root)
    return f"{full.relative_to(workspace.settings.root).as_posix()}:{line}" if inside else wanted


def plan(workspace: Workspace, paths: Sequence[Path] = (), rules: Rules | None = None) -> Planned:
    """What a run would do. Reads both sides and writes nothing."""
    return build(look(workspace, paths), rules or workspace.rules())


def look(workspace: Workspace, paths: Sequence[Path] = ()) -> World:
    """Both sides and the memory as they are now: issues BEFORE documents, then linked issues the listing lacks."""
    tracker = workspace.tracker
    fetched = listing(tracker, workspace.cache, workspace.now())
    entries, unreadable = workspace.journal.entries()
    read = archive.read(workspace.settings, workspace.words, paths, lift=True, progress=workspace.progress)
    if not read.documents:
        raise NothingFound("no document matched", "name the documents in `documents.include`, or give a path")
    settings, head = workspace.settings, git.head(workspace.settings.root) if workspace.settings.top else ""
    listed = {issue.ref for issue in fetched.issues}
    linked = {
        ref
        for document in read.documents
        for item in document.items
        if item.link and (ref := tracker.reference(item.link))
    }
    missing = sorted(linked - listed)
    extra = tuple(tracker.fetch(missing).values()) if missing else ()
    return World(
        documents=read.documents,
        issues=replace(fetched, issues=(*fetched.issues, *extra)),
        resolve=tracker.reference,
        link=tracker.link,
        hold=tracker.hold,
        directory=Directory(workspace.settings.owners),
        known=read.known,
        settled=read.settled,
        former=archive.former(settings, workspace.words, [(entry.path, entry.head) for entry in entries], head),
        head=head,
        carriers=tuple(Carrier(*entry[:4], CarrierState.OPEN) for entry in entries),
        problems=tuple(unreadable),
        seconds_per_write=tracker.seconds_per_write,
    )


def rehearse(
    workspace: Workspace, paths: Sequence[Path] = (), rules: Rules | None = None, show: Show = _silent
) -> RunReport:
    """A run that stops after its plan was shown. Raises `LimitExceeded` as `sync` would."""
    made = plan(workspace, paths, rules).plan
    show(made)
    _refuse(made, "")
    requests = workspace.tracker.requests
    return RunReport(made, reads=requests.read, writes=requests.write)


def sync(
    workspace: Workspace,
    paths: Sequence[Path] = (),
    rules: Rules | None = None,
    show: Show = _silent,
    expect: str = "",
) -> RunReport:
    """One run. `show` is given each plan before anything is written; `expect` is the digest of a reviewed plan.

    Raises `StalePlan` and `LimitExceeded` before anything was written.
    """
    rules = rules or workspace.rules()
    results, shown = Results(), list[Plan]()
    for _ in range(ATTEMPTS):
        planned = plan(workspace, paths, rules)
        show(planned.plan)
        _refuse(planned.plan, "" if shown else expect)
        shown.append(planned.plan)
        results.stale.clear()
        _carry_out(workspace, paths, rules, planned, results)
        if not results.stale or expect:
            break
    return _report(shown[0], results, workspace.tracker)


def _report(shown: Plan, results: Results, tracker: Tracker) -> RunReport:
    failed = (*results.failed, *(Failure(change, MOVED) for change in results.stale))
    changed = tuple(dict.fromkeys(results.documents))
    return RunReport(shown, tuple(results.applied), failed, changed, tracker.requests.read, tracker.requests.write)


def _carry_out(workspace: Workspace, paths: Sequence[Path], rules: Rules, planned: Planned, results: Results) -> None:
    """All phases in order. After each one look and decide again: what remains of the plan, and what follows from it."""
    shown, fresh = frozenset(planned.plan.changes), False
    for phase in PHASES:
        changes = [c for c in in_phase(planned.plan.changes, phase) if _wanted(c, shown, results)]
        if not changes:
            continue
        _run_phase(phase, workspace, planned, changes, fresh, results)
        if phase != "document" or any(change.field is not Field.ISSUE for change in changes):
            planned, fresh = plan(workspace, paths, rules), True
            results.settle(planned)
    written = {(change.key, change.field) for change in results.applied if change.action is Action.WRITE}
    landed = [c for c in planned.plan.changes if c.remembers_only and (c.key, c.field) in written]
    update_issues(planned, landed, workspace.tracker, results)
    workspace.journal.forget(
        Entry(*one[:4]) for one in orders.outdated(planned.world.carriers, planned.world.issues.issues)
    )


def _wanted(change: Change, shown: Set[Change], results: Results) -> bool:
    """Nothing happens that was not shown, but for what a create brings with it: its link, and the end of duplicates."""
    follows = change.field is Field.ISSUE or change.action is Action.CLOSE
    return change in shown or (follows and change.key in results.created)


def _run_phase(
    phase: str, workspace: Workspace, planned: Planned, changes: list[Change], fresh: bool, results: Results
) -> None:
    tracker = workspace.tracker
    if phase == "create":
        create_issues(planned, workspace.progress("Creating issues", changes), tracker, results)
    elif phase == "tracker":
        update_issues(planned, changes, tracker, results)
    else:
        current = changes if fresh else still_current(planned, changes, tracker, results)
        names = Directory(workspace.settings.owners).names
        DocumentWriter(workspace.settings.root, workspace.words, names, workspace.journal).write(
            planned, current, results
        )


def _refuse(plan: Plan, expect: str) -> None:
    if expect and plan.digest != expect:
        raise StalePlan(
            f"the plan has changed since it was reviewed (digest {plan.digest[:12]}, expected {expect[:12]})",
            "look at the new plan with `tracksync plan` and run sync with its digest",
        )
    if plan.exceeded:
        one = plan.exceeded[0]
        more = f" (and {len(plan.exceeded) - 1} more)" if len(plan.exceeded) > 1 else ""
        raise LimitExceeded(
            f"{one.counted} {one.name} planned, at most {one.allowed} allowed{more}; nothing was written",
            "if that is right, run again with " + " ".join(f"--allow-{x.name} {x.counted}" for x in plan.exceeded),
        )
