"""The plan as Markdown, for a job summary or a comment."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from tracksync.model import IssueRef
from tracksync.planning.changes import Change, Conflict, Plan
from tracksync.reports.plain import markdown, plain
from tracksync.reports.plan_words import all_held, held_back, looked_at, nothing, refusals, skip_counts, summary, what
from tracksync.reports.words import SYNC, place, settling, shown


def plan_markdown(plan: Plan, command: str = SYNC) -> str:
    """The plan as GitHub-flavoured Markdown: a table for each document, then what needs a person.

    Text from documents and trackers shows as it is and does nothing: no markup, HTML, mention or reference.
    `command` runs a sync of the same documents.
    """
    return "\n\n".join(_blocks(plan, command)) + "\n"


def _blocks(plan: Plan, command: str) -> Iterator[str]:
    yield "## tracksync plan"
    yield from [markdown(line) for line in _opening(plan)]
    if plan.exceeded:
        yield "\n".join(f"- {markdown(line)}" for line in refusals(plan, command))
    for path, changes in groupby(plan.changes, key=lambda change: change.path):
        rows = [_change(change) for change in changes]
        yield f"### {markdown(path)}\n\n{_table('Change | Line | Issue | What | Why', rows)}"
    if plan.conflicts:
        header = "Where | Issue | Field | Document | Tracker | Last agreed | Why"
        yield f"### Conflicts\n\n{_table(header, map(_conflict, plan.conflicts))}"
        yield plain(settling(plan.conflicts[0].key))
    if plan.problems:
        rows = [[place(p.path, p.line), p.severity.value, p.rule, p.message] for p in plan.problems]
        yield f"### Problems\n\n{_table('Where | Severity | Rule | Problem', _escaped(rows))}"
    if plan.skipped:
        yield markdown(f"Skipped: {skip_counts(plan)}.")
    if plan.held and (plan.changes or not all_held(plan)):
        yield markdown(f"{held_back(plan)}.")


def _opening(plan: Plan) -> list[str]:
    return [summary(plan)] if plan.changes else [nothing(plan), looked_at(plan)]


def _table(header: str, rows: Iterable[list[str]]) -> str:
    rule = "|".join("---" for _ in header.split("|"))
    return "\n".join([f"| {header} |", f"|{rule}|", *(f"| {' | '.join(row)} |" for row in rows)])


def _escaped(rows: Iterable[list[str]]) -> list[list[str]]:
    return [[markdown(cell) for cell in row] for row in rows]


def _change(change: Change) -> list[str]:
    action = "remember" if change.remembers_only else change.action.value
    line = str(change.line) if change.line else ""
    return [action, line, _issue(change.issue), markdown(what(change)), markdown(change.reason)]


def _conflict(conflict: Conflict) -> list[str]:
    values = [shown(conflict.field, value) for value in (conflict.document, conflict.tracker, conflict.base)]
    where = markdown(place(conflict.path, conflict.line))
    return [where, _issue(conflict.issue), conflict.field.value, *map(markdown, values), markdown(conflict.why)]


def _issue(ref: IssueRef | None) -> str:
    # In a code span no platform turns it into a link to an issue of another project.
    return f"`{plain(str(ref)).replace('`', '').replace('|', '')}`" if ref else ""
