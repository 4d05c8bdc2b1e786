"""`tracksync plan`: what a sync would do."""

import sys
from pathlib import Path

import click

from tracksync.cli import console, running
from tracksync.cli.context import Session
from tracksync.cli.exits import FAIL_ON, Outcome, exit_status
from tracksync.cli.options import fail_on_option, format_option, paths_argument
from tracksync.errors import LimitExceeded, NothingFound, UsageError
from tracksync.planning.changes import Plan


@click.command(help="Show what a sync would change.")
@paths_argument()
@format_option("text", "json", "markdown")
@click.option("--detailed-exitcode", is_flag=True, help="End with 3 when there are changes.")
@click.option("--out", metavar="FILE", help="Also save the plan as JSON, for `sync --plan FILE`.")
@fail_on_option()
@running.allow_options
@click.pass_obj
def plan(
    session: Session,
    /,
    paths: tuple[str, ...],
    output_format: str,
    detailed_exitcode: bool,
    out: str | None,
    fail_on: frozenset[Outcome] = FAIL_ON,
    **allowed: int | None,
) -> int:
    """Print the plan; exit status as documented in docs/commands.md."""
    from tracksync import app
    from tracksync.reports.plan_json import plan_json
    from tracksync.reports.plan_markdown import plan_markdown

    outcomes: set[Outcome] = set()
    plans: list[Plan] = []

    def show(made: Plan) -> None:
        plans.append(made)
        command = running.sync_command(session, paths, allowed, made)
        text = {
            "json": lambda: plan_json(made),
            "markdown": lambda: plan_markdown(made, command),
            "text": lambda: running.printed(made, session, command, sys.stdout),
        }[output_format]()
        click.echo(text, nl=False)
        console.detail(session, f"digest {made.digest}")
        running.warn_when_all_held(made)
        running.warn_of_conflicts(made)
        if out is not None:
            _save(Path(out), plan_json(made))
        outcomes.update(running.outcomes_of(made))
        if detailed_exitcode and made.changes:
            outcomes.add(Outcome.PENDING)

    space = running.workspace(session)
    try:
        app.rehearse(space, running.absolute(paths), running.rules_with(space, allowed), show)
    except NothingFound as error:
        console.error(str(error), error.hint)
        if output_format == "json":
            click.echo(plan_json(Plan.nothing()), nl=False)
        outcomes.add(Outcome.NOTHING)
    except LimitExceeded as error:
        outcomes.add(running.refused(error, running.sync_command(session, paths, allowed, plans[-1]), plans[-1]))
    return exit_status(outcomes, fail_on)


def _save(file: Path, text: str) -> None:
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise UsageError(f"can't write {file}: {error.strerror}") from error
