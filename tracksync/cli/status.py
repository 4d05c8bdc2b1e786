"""`tracksync status`: how things stand, and why."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracksync.cli import console, running
from tracksync.cli.context import Session
from tracksync.cli.exits import Outcome, exit_status
from tracksync.cli.options import KEY, fail_on_option, format_option
from tracksync.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from tracksync.planning.identity import Match


@click.command(help="Show where each document, or one action item, stands, and why.", epilog=KEY)
@click.argument("what", metavar="[PATH|KEY]", required=False)
@format_option("text", "json")
@fail_on_option()
@click.pass_obj
def status(session: Session, /, what: str | None, output_format: str, fail_on: frozenset[Outcome]) -> int:
    """Print all documents (or those under PATH) at a glance, or one item field by field.

    KEY is a key, an issue reference (#12), or PATH:LINE.
    """
    from tracksync import app
    from tracksync.look import in_archive
    from tracksync.planning import explain
    from tracksync.reports import status as views

    space = running.workspace(session)
    is_path = what is not None and Path(what).exists()
    try:
        planned = app.plan(space, running.absolute((what,)) if what and is_path else ())
    except NothingFound as error:
        console.error(str(error), error.hint)
        if output_format == "json":
            click.echo(views.overview_json(()), nl=False)
        return exit_status({Outcome.NOTHING}, fail_on)
    width, style = running.stdout_look()
    if what is None or is_path:
        rows = views.overview(planned.world.documents, planned.plan)
        json, text = views.overview_json, views.overview_text
        click.echo(json(rows) if output_format == "json" else text(rows, width=width, style=style), nl=False)
        return 0
    planned = app.with_persons(space, planned)
    for match in _found(explain.find(planned, in_archive(space, what)), what):
        view = views.item_view(match, explain.explain(planned, space.rules(), match))
        shown = views.item_json(view) if output_format == "json" else views.item_text(view, width=width, style=style)
        click.echo(shown, nl=False)
    return 0


def _found(matches: list["Match"], what: str) -> list["Match"]:
    if not matches:
        raise UsageError(f"there is no published action item {what}", "KEY is a key, an issue (#12) or PATH:LINE")
    return matches
