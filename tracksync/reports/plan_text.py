"""The plan as text for a terminal or a log."""

from collections.abc import Iterator
from itertools import groupby

from tracksync.model import Problem
from tracksync.planning.changes import Action, Change, Conflict, Plan, Skipped
from tracksync.reports.lines import BLANK, Line, Style, no_style, render
from tracksync.reports.plan_words import (
    all_held,
    held_back,
    looked_at,
    nothing,
    refusals,
    skip_counts,
    summary,
    what,
)
from tracksync.reports.words import SKIP_WORDS, SYNC, place, settling, shown

MARKS = {
    Action.CREATE: "+",
    Action.UPDATE: "~",
    Action.CLOSE: "x",
    Action.REOPEN: "o",
    Action.WRITE: "<",
    Action.ADOPT: "=",
}


def plan_text(
    plan: Plan, *, verbose: bool = False, width: int | None = None, style: Style = no_style, command: str = SYNC
) -> str:
    """The plan as text: changes by document, then what needs a person, then one summary line.

    `verbose` adds each skipped item and the title beside each change. `width` (columns) breaks long lines;
    `style` colours them by kind (`lines.KINDS`). `command` runs a sync of the same documents.
    """
    return render(_lines(plan, verbose, command), width, style)


def _lines(plan: Plan, verbose: bool, command: str) -> Iterator[Line]:
    if not plan.changes:
        yield Line("good", nothing(plan))
        yield Line("summary", looked_at(plan))
    sections = [*_documents(plan, verbose), _conflicts(plan), _problems(plan), _skips(plan, verbose)]
    shown_sections = [section for section in sections if section]
    for number, section in enumerate(shown_sections):
        if number or not plan.changes:
            yield BLANK
        yield from section
    yield from _closing(plan, command)


def _documents(plan: Plan, verbose: bool) -> Iterator[list[Line]]:
    for path, changes in groupby(plan.changes, key=lambda change: change.path):
        yield [Line("heading", path), *(_change(change, verbose) for change in changes)]


def _change(change: Change, verbose: bool) -> Line:
    mark = "=" if change.remembers_only else MARKS[change.action]
    parts = [mark, f"L{change.line}"] if change.line else [mark]
    parts += [str(change.issue)] if change.issue else []
    parts += [what(change)]
    parts += [f'of "{change.title}"'] if verbose and change.field and change.title else []
    reason = f"   ({change.reason})" if change.reason else ""
    return Line(change.action.value, f"  {' '.join(parts)}{reason}")


def _conflicts(plan: Plan) -> list[Line]:
    lines = [Line("conflict", _conflict(conflict)) for conflict in plan.conflicts]
    if not lines:
        return []
    heading, hint = f"Conflicts ({len(lines)})", f"  {settling(plan.conflicts[0].issue)}"
    return [Line("heading", heading), *lines, Line("summary", hint)]


def _conflict(conflict: Conflict) -> str:
    sides = {"document": conflict.document, "tracker": conflict.tracker, "last agreed": conflict.base}
    values = ", ".join(f"{side} {shown(conflict.field, value)}" for side, value in sides.items())
    where = f"{place(conflict.path, conflict.line)} {conflict.issue}"
    return f"  {where} {conflict.field}: {values}   ({conflict.why})"


def _problems(plan: Plan) -> list[Line]:
    lines = [Line(one.severity.value, f"  {_problem(one)}") for one in plan.problems]
    return [Line("heading", f"Problems ({len(lines)})"), *lines] if lines else []


def _problem(one: Problem) -> str:
    words = (place(one.path, one.line), one.severity.value, f"{one.rule}: {one.message}")
    return " ".join(filter(None, words))


def _skips(plan: Plan, verbose: bool) -> list[Line]:
    lines = []
    if plan.skipped:
        lines.append(Line("skip", f"Skipped: {skip_counts(plan)}."))
        lines += [Line("skip", _skip(skip)) for skip in plan.skipped] if verbose else []
    if plan.held:
        lines += [Line("skip", f"{held_back(plan)}.")] if plan.changes or not all_held(plan) else []
        lines += [Line("skip", f"  {path}: {status}") for path, status in plan.held] if verbose else []
    return lines


def _skip(skip: Skipped) -> str:
    detail = f" ({skip.detail})" if skip.detail else ""
    return f"  {place(skip.path, skip.line)} {SKIP_WORDS[skip.reason]}{detail}"


def _closing(plan: Plan, command: str) -> Iterator[Line]:
    if plan.changes:
        yield BLANK
        yield Line("summary", summary(plan))
        if plan.cost.minutes > 1:
            yield Line("summary", f"This takes about {plan.cost.minutes} minutes at the tracker's pace.")
    if plan.cost.signals:
        requests = "1 request" if plan.cost.signals == 1 else f"{plan.cost.signals} requests"
        yield Line("summary", f"Signals cost {requests} in each run (tracker.signals, tracker.board).")
    yield from [Line("refused", line) for line in refusals(plan, command)]
