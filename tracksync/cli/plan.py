"""`tracksync plan`: what a sync would do."""

from pathlib import Path

import click

from tracksync.cli import console, running
from tracksync.cli.context import Session
from tracksync.cli.exits import FAIL_ON, Outcome, exit_status
from tracksync.cli.options import fail_on_option, format_option, paths_argument
from tracksync.errors import NothingFound, UsageError


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

    space = running.workspace(session)
    try:
        made = app.plan(space, running.absolute(paths), running.rules_with(space, allowed)).plan
    except NothingFound as error:
        console.error(str(error), error.hint)
        return exit_status({Outcome.NOTHING}, fail_on)
    text = {
        "json": lambda: plan_json(made),
        "markdown": lambda: plan_markdown(made),
        "text": lambda: running.printed(made, session, True),
    }[output_format]()
    click.echo(text, nl=False)
    running.warn_when_all_held(made)
    if out:
        _save(Path(out), plan_json(made))
    pending = {Outcome.PENDING} if detailed_exitcode and made.changes else set()
    return exit_status(running.outcomes_of(made) | pending, fail_on)


def _save(file: Path, text: str) -> None:
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise UsageError(f"can't write {file}: {error.strerror}") from error
