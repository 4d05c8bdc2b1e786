"""`tracksync items`: what is read out of postmortems. Needs no configuration."""

import click

from tracksync.cli import console, running
from tracksync.cli.context import Session
from tracksync.cli.exits import Outcome, exit_status
from tracksync.cli.options import fail_on_option, format_option, paths_argument


@click.command(help="List the action items in postmortems.")
@paths_argument()
@format_option("text", "json")
@fail_on_option()
@click.pass_obj
def items(session: Session, /, paths: tuple[str, ...], output_format: str, fail_on: frozenset[Outcome]) -> int:
    """Print every recognised item with its document; exit status as documented in docs/commands.md."""
    from tracksync import app
    from tracksync.reports.items import items_json, items_text

    space = running.workspace(session)
    documents = app.read_documents(space, running.absolute(paths))
    if not documents:
        console.error("no document matched", "give a path, or name the documents in `documents.include`")
        return exit_status({Outcome.NOTHING}, fail_on)
    if output_format == "json":
        click.echo(items_json(documents, space.tracker.reference), nl=False)
    else:
        width, style = running.stdout_look()
        click.echo(items_text(documents, width=width, style=style), nl=False)
    return 0
