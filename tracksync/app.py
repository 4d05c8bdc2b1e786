"""One run, on one screen: look at both sides, plan, print, hold against the limits, carry out, look again.

The order matters, each line is a counterexample when left out: issues are listed before documents are read; creates
come first and are followed by one listing, so that two writers find each other; what is taken back from a document is
taken back before the tracker changes; documents come last, when the issues are known to be as planned.
"""

from collections.abc import Callable, Collection, Container, Sequence
from dataclasses import replace
from pathlib import Path

from tracksync import git
from tracksync.apply import MOVED, DocumentWriter, Results, in_phase, told
from tracksync.errors import BudgetSpent, LimitExceeded, StalePlan, TrackerError
from tracksync.journal import Entry
from tracksync.look import look
from tracksync.model import Field, IssueRef
from tracksync.owners import Directory
from tracksync.planning import orders
from tracksync.planning.changes import Action, Change, Plan
from tracksync.planning.plan import NOT_WRITTEN, Planned, build
from tracksync.planning.rules import Rules
from tracksync.planning.world import World
from tracksync.reports.run import Failure, RunReport
from tracksync.tracker_writer import TrackerWriter, still_current, tell_of_overwritten
from tracksync.trackers.base import Tracker
from tracksync.workspace import Workspace

PHASES = ("create", "withdraw", "tracker", "document")
ATTEMPTS = 3
"""How often a run plans again when somebody edits while it is going on."""

Show = Callable[[Plan], None]


def _silent(plan: Plan) -> None:
    """Show nothing."""


def plan(
    workspace: Workspace,
    paths: Sequence[Path] = (),
    rules: Rules | None = None,
    made: Collection[IssueRef] = (),
    known: World | None = None,
) -> Planned:
    """What a run would do. Reads both sides and writes nothing; what can't be written is found by rehearsing it.

    `made` are issues that are there, whether the listing shows them already or not. With `known` only the documents
    are read.
    """
    world, rules = look(workspace, paths, made, known), rules or workspace.rules()
    planned = build(world, rules)
    refused = _writer(workspace).rehearse(planned)
    return build(replace(world, refused=refused), rules) if refused else planned


def with_persons(workspace: Workspace, planned: Planned) -> Planned:
    """The same plan; its conflicts name who moved the tracker's side, where the tracker tells. For people who look: a
    run doesn't ask.
    """
    asked = [(one.issue, one.field) for one in planned.plan.conflicts if one.base != one.tracker]
    try:
        who = workspace.tracker.editors(asked) if asked else {}
    except TrackerError:
        return planned
    conflicts = tuple(replace(one, person=who.get((one.issue, one.field), "")) for one in planned.plan.conflicts)
    return replace(planned, plan=replace(planned.plan, conflicts=conflicts))


def _writer(workspace: Workspace) -> DocumentWriter:
    settings = workspace.settings
    return DocumentWriter(settings.root, workspace.words, Directory(settings.owners).names, workspace.journal)


def rehearse(
    workspace: Workspace, paths: Sequence[Path] = (), rules: Rules | None = None, show: Show = _silent
) -> RunReport:
    """A run that stops after its plan was shown. Raises `LimitExceeded` as `sync` would."""
    made = with_persons(workspace, plan(workspace, paths, rules)).plan
    show(made)
    _refuse(made)
    requests = workspace.tracker.requests
    return RunReport(made, reads=requests.read, writes=requests.write)


def sync(
    workspace: Workspace,
    paths: Sequence[Path] = (),
    rules: Rules | None = None,
    show: Show = _silent,
    expect: str | None = None,
) -> RunReport:
    """One run. `show` is given each plan before anything is written; `expect` is the digest of a reviewed plan.

    Raises `StalePlan` and `LimitExceeded` before anything was written.
    """
    with workspace.alone():
        return _sync(workspace, paths, rules or workspace.rules(), show, expect)


def _sync(workspace: Workspace, paths: Sequence[Path], rules: Rules, show: Show, expect: str | None) -> RunReport:
    results, shown = Results(), list[Plan]()
    for _ in range(ATTEMPTS):
        try:
            planned = plan(workspace, paths, rules, results.made)
        except BudgetSpent as error:
            if not shown:
                raise
            results.spent = error
            break
        if shown and planned.plan.exceeded:
            break
        show(planned.plan)
        _refuse(planned.plan, None if shown else expect)
        shown.append(planned.plan)
        results.stale.clear()
        _carry_out(workspace, paths, rules, planned, results)
        if not results.stale or results.spent or expect is not None:
            break
    tell_of_overwritten(workspace.tracker, results)
    return _report(shown[0], results, workspace.tracker)


def _report(shown: Plan, results: Results, tracker: Tracker) -> RunReport:
    failed = (*results.failed, *(Failure(change, MOVED) for change in results.stale if not results.spent))
    changed = tuple(dict.fromkeys(results.documents))
    noticed = tuple(dict.fromkeys(results.noticed))
    plan = replace(shown, problems=(*shown.problems, *noticed))
    reads, writes = tracker.requests.read, tracker.requests.write
    report = RunReport(plan, tuple(results.applied), failed, changed, reads, writes, noticed=noticed)
    if results.spent is None:
        return report
    left = tuple(dict.fromkeys((*results.stale, *results.remaining)))
    return replace(report, stopped=told(results.spent), resume=results.spent.resume, remaining=left)


def _carry_out(workspace: Workspace, paths: Sequence[Path], rules: Rules, planned: Planned, results: Results) -> None:
    """All phases in order. After each one look and decide again: what remains of the plan, and what follows from it."""
    shown, fresh = {change.purpose: change for change in planned.plan.changes}, False
    told = planned.plan.problems
    for phase in PHASES:
        changes = [c for c in in_phase(planned.plan.changes, phase) if _wanted(c, shown, results)]
        if results.spent:
            changes = [c for c in changes if _without_requests(c, phase, fresh)]
        if phase == "document":
            waiting = orders.unaccounted(planned.plan.changes)
            changes = [c for c in changes if (c.key, c.field) not in waiting]
        if not changes:
            continue
        _run_phase(phase, workspace, planned, changes, fresh, results)
        if phase != "document" or any(change.field is not Field.ISSUE for change in changes):
            planned, fresh = _again(workspace, paths, rules, planned, results, listed=phase == "create")
            results.settle(planned)
    results.noticed += [one for one in planned.plan.problems if one.rule == NOT_WRITTEN and one not in told]
    written = {(change.key, change.field) for change in results.applied if change.action is Action.WRITE}
    landed = [c for c in planned.plan.changes if c.remembers_only and (c.key, c.field) in written]
    TrackerWriter(planned, workspace.tracker, results).update(landed)
    open_ones = shown.keys() | {change.purpose for change in landed}
    left = [c for c in planned.plan.changes if c.purpose in open_ones - results.purposes]
    (results.remaining if results.spent else results.stale).extend(left)
    outdated = orders.outdated(planned.world.carriers, planned.world.issues.issues)
    workspace.journal.forget(Entry(*one[:4]) for one in (*outdated, *planned.taken_back))


def _again(
    workspace: Workspace, paths: Sequence[Path], rules: Rules, planned: Planned, results: Results, *, listed: bool
) -> tuple[Planned, bool]:
    """What is to be done now, and whether all issues were looked at. Only after creates are they listed anew: two
    writers must find each other; of others the tracker's own answers to what was written tell.
    """
    before = planned.world
    known = replace(before, issues=replace(before.issues, issues=results.known(before.issues.issues)))
    try:
        return plan(workspace, paths, rules, results.made, None if listed else known), listed
    except BudgetSpent as error:
        results.spent = results.spent or error
    return build(known, rules), False


def _without_requests(change: Change, phase: str, fresh: bool) -> bool:
    """What a spent budget still allows: links, and values of issues that were looked at after the last write."""
    return phase == "document" and (fresh or change.field is Field.ISSUE)


def _wanted(change: Change, shown: Container[tuple[object, ...]], results: Results) -> bool:
    """Nothing happens that was not shown, but for what a create brings with it: its link, and the end of duplicates."""
    follows = change.field is Field.ISSUE or change.action is Action.CLOSE
    return change.purpose in shown or (follows and change.key in results.created)


def _run_phase(
    phase: str, workspace: Workspace, planned: Planned, changes: list[Change], fresh: bool, results: Results
) -> None:
    tracker = workspace.tracker
    if phase == "create":
        TrackerWriter(planned, tracker, results).create(workspace.progress("Creating issues", changes))
    elif phase == "tracker":
        TrackerWriter(planned, tracker, results).update(changes)
    else:
        current = changes if fresh or results.spent else still_current(planned, changes, tracker, results)
        if workspace.settings.top and git.head(workspace.settings.root) != planned.world.head:
            results.stale.extend(current)
        else:
            _writer(workspace).write(planned, current, results)


def _refuse(plan: Plan, expect: str | None = None) -> None:
    if expect is not None and plan.digest != expect:
        raise StalePlan(
            f"the plan has changed since it was reviewed (digest {plan.digest[:12]}, expected {expect[:12]})",
            "look at the new plan with `tracksync plan --format json` (it holds the digest), then run sync with that",
        )
    if plan.exceeded:
        one = plan.exceeded[0]
        more = f" (and {len(plan.exceeded) - 1} more)" if len(plan.exceeded) > 1 else ""
        raise LimitExceeded(
            f"{one.counted} {one.name} planned{one.where}, at most {one.allowed} allowed{more}; nothing was written",
            f"if that is right, run again with {plan.lifting}",
        )
