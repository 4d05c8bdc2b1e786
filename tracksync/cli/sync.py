"""`tracksync sync`: print the plan, hold it against the limits, carry it out."""

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracksync.cli import console, running
from tracksync.cli.context import Session
from tracksync.cli.exits import FAIL_ON, Outcome, exit_status
from tracksync.cli.options import fail_on_option, format_option, paths_argument
from tracksync.errors import BudgetSpent, LimitExceeded, NothingFound, UsageError
from tracksync.planning.changes import Plan

if TYPE_CHECKING:
    from tracksync.reports.run import RunReport


@click.command(help="Carry the plan out: bring postmortems and issues in step.")
@paths_argument()
@click.option("--dry-run", is_flag=True, help="Print the plan, and stop.")
@click.option("--plan", "plan_file", metavar="FILE", help="Go on only if the plan is still the one saved in FILE.")
@click.option("--expect", metavar="DIGEST", help="Go on only if the plan still has this digest.")
@format_option("text", "json")
@fail_on_option()
@running.allow_options
@click.pass_obj
def sync(
    session: Session,
    /,
    paths: tuple[str, ...],
    dry_run: bool,
    plan_file: str | None,
    expect: str | None,
    output_format: str,
    fail_on: frozenset[Outcome] = FAIL_ON,
    **allowed: int | None,
) -> int:
    """Run once; the plan goes to stderr, the result to stdout. Exit status as documented in docs/commands.md."""
    from tracksync import app
    from tracksync.reports.sync import sync_json, sync_text

    if sum((dry_run, plan_file is not None, expect is not None)) > 1:
        raise UsageError("--dry-run, --plan and --expect exclude each other")
    wanted = _digest_of(Path(plan_file)) if plan_file is not None else expect
    if wanted is not None and not re.fullmatch("[0-9a-f]{64}", wanted):
        raise UsageError(
            f"{wanted!r} is not the digest of a plan: 64 digits and letters a to f",
            "see `digest` in the output of `tracksync plan --format json`",
        )
    space = running.workspace(session)
    rules = running.rules_with(space, allowed)

    outcomes: set[Outcome] = set()
    plans: list[Plan] = []

    def show(plan: Plan) -> None:
        plans.append(plan)
        outcomes.update(running.outcomes_of(plan))
        running.warn_when_all_held(plan)
        running.warn_of_conflicts(plan)
        if not session.quiet:
            command = running.sync_command(session, paths, allowed, plan)
            click.echo(running.printed(plan, session, command, sys.stderr), err=True, nl=False)

    try:
        if dry_run:
            report = app.rehearse(space, running.absolute(paths), rules, show)
        else:
            report = app.sync(space, running.absolute(paths), rules, show, wanted)
    except LimitExceeded as error:
        outcomes.add(running.refused(error, running.sync_command(session, paths, allowed, plans[-1]), plans[-1]))
        return exit_status(outcomes, fail_on)
    except (NothingFound, BudgetSpent) as error:
        console.error(str(error), error.hint)
        if output_format == "json":
            click.echo(sync_json(_nothing_seen(error)), nl=False)
        return exit_status({Outcome.BUDGET if isinstance(error, BudgetSpent) else Outcome.NOTHING}, fail_on)
    click.echo(sync_json(report) if output_format == "json" else sync_text(report), nl=False)
    if report.failed:
        outcomes.add(Outcome.FAILED)
    if report.stopped:
        outcomes.add(Outcome.BUDGET)
    return exit_status(outcomes, fail_on)


def _nothing_seen(error: NothingFound | BudgetSpent) -> "RunReport":
    """The report of a run that ended before it had a plan."""
    from tracksync.reports.run import RunReport

    stopped = RunReport(Plan.nothing())
    if isinstance(error, BudgetSpent):
        stopped = replace(stopped, stopped=str(error), resume=error.resume)
    return stopped


def _digest_of(file: Path) -> str:
    """The digest of a saved plan. Raises `UsageError` when the file is none."""
    try:
        return str(json.loads(file.read_bytes())["digest"])
    except OSError as error:
        raise UsageError(f"can't read {file}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(f"{file} is not a saved plan", "make one with `tracksync plan --out FILE`") from error
