"""The result of a sync as text and as JSON (docs/schemas/sync.json)."""

from collections.abc import Iterator, Sequence

from tracksync.model import Problem
from tracksync.planning.changes import Action, Change, as_json
from tracksync.reports.json_text import json_text
from tracksync.reports.lines import Line, Style, no_style, render
from tracksync.reports.plan_json import plan_value
from tracksync.reports.plan_words import what
from tracksync.reports.run import Failure, RunReport
from tracksync.reports.words import SYNC, counted, place

_DONE = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.CLOSE: "closed",
    Action.REOPEN: "reopened",
    Action.ADOPT: "adopted",
}


def sync_json(report: RunReport) -> str:
    """The result as JSON text, with the plan as `plan` prints it."""
    value = {
        "schema": 1,
        "plan": plan_value(report.plan),
        "applied": [as_json(change) for change in report.applied],
        "failed": [_failure(failure) for failure in report.failed],
        "documents_changed": list(report.documents_changed),
        "requests": {"read": report.reads, "write": report.writes},
        "published": list(report.published),
        "stopped": {"reason": report.stopped, "resume": report.resume or None} if report.stopped else None,
        "remaining": [as_json(change) for change in report.remaining],
    }
    return json_text(value)


def sync_text(report: RunReport, *, width: int | None = None, style: Style = no_style) -> str:
    """The result as text: what was done, what failed, which documents changed, where they went."""
    return render(_lines(report), width, style)


def _failure(failure: Failure) -> dict[str, object]:
    return {"change": as_json(failure.change), "message": failure.message, "unknown": failure.unknown}


def _lines(report: RunReport) -> Iterator[Line]:
    if report.applied:
        yield Line("good", f"Done: {_done(report.applied)}.")
    elif not report.failed:
        yield Line("good", "Nothing was changed." if report.plan.changes else "No changes.")
    yield from [Line("write", f"  changed {path}") for path in report.documents_changed]
    yield from [Line("row", f"  published: {where}") for where in report.published]
    yield from [_noticed(problem) for problem in report.noticed]
    if report.failed:
        yield Line("error", f"{len(report.failed)} failed:")
        yield from [_failed(failure) for failure in report.failed]
    if report.stopped:
        when = f"from {report.resume} on" if report.resume else "at once"
        left = counted(len(report.remaining), "change")
        yield Line("warning", f"Stopped: {report.stopped}. {left} left: run `{SYNC}` again, {when}.")
    yield Line("summary", f"{counted(report.reads, 'read')}, {counted(report.writes, 'write')}.")


def _noticed(problem: Problem) -> Line:
    words = (place(problem.path, problem.line), f"{problem.rule}: {problem.message}")
    return Line(problem.severity.value, "  " + " ".join(filter(None, words)))


def _done(changes: Sequence[Change]) -> str:
    counts = {word: sum(c.action is action and not c.remembers_only for c in changes) for action, word in _DONE.items()}
    parts = [f"{n} {word}" for word, n in counts.items() if n]
    writes = [change for change in changes if change.action is Action.WRITE]
    if writes:
        documents = counted(len({change.path for change in writes}), "document")
        parts.append(f"{counted(len(writes), 'cell')} written in {documents}")
    remembered = sum(c.remembers_only for c in changes)
    return ", ".join([*parts, f"{remembered} remembered"] if remembered else parts)


def _failed(failure: Failure) -> Line:
    change = failure.change
    fate = " It may have happened: the next run looks for it." if failure.unknown else ""
    return Line("error", f"  {place(change.path, change.line)} {change.action} {what(change)}: {failure.message}{fate}")
