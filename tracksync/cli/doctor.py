"""`tracksync doctor`: can a run work, and if not, what is to be done."""

import os

import click

from tracksync.cli import console
from tracksync.cli.context import Session, settings
from tracksync.cli.exits import Exit
from tracksync.cli.options import format_option
from tracksync.opening import HOST


@click.command(help="Say whether a run can work, and what is to be done if not; change nothing.")
@format_option("text", "json")
@click.pass_obj
def doctor(session: Session, output_format: str) -> int:
    """Print all checks. Status 1 when one failed; a warning is no failure."""
    from tracksync.cli.running import stdout_look
    from tracksync.examination import examine
    from tracksync.reports.doctor import doctor_json, doctor_text, healthy

    environment = {**os.environ, **({HOST: session.host} if session.host else {})}
    checks = examine(settings(session), environment, say=lambda sentence: console.note(session, sentence))
    if output_format == "json":
        click.echo(doctor_json(checks), nl=False)
    else:
        width, style = stdout_look()
        click.echo(doctor_text(checks, width=width, style=style), nl=False)
    return Exit.OK if healthy(checks) else Exit.FAILED
