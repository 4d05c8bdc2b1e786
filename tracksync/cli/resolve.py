"""`tracksync resolve`: settle a conflict."""

import click

from tracksync.cli import console, running
from tracksync.cli.context import Session
from tracksync.cli.options import KEY
from tracksync.model import MERGED


@click.command(help="Settle the conflicts of an item: say whose value counts.", epilog=KEY)
@click.argument("key", metavar="KEY")
@click.option("--take", type=click.Choice(["document", "tracker"]), required=True, help="The side whose value counts.")
@click.option(
    "--field", type=click.Choice([which.value for which in MERGED]), help="Only this field. By default, all of them."
)
@click.pass_obj
def resolve(session: Session, /, key: str, take: str, field: str | None) -> int:
    """One write, and nothing where there is no conflict."""
    from tracksync import resolving
    from tracksync.look import in_archive
    from tracksync.model import Field
    from tracksync.planning.resolution import Take
    from tracksync.reports.resolution import resolution_text
    from tracksync.reports.words import place

    space = running.workspace(session)
    with space.alone():
        side, which = Take(take), Field(field) if field else None
        changes, noticed = resolving.resolve(space, in_archive(space, key), side, which)
    width, style = running.stdout_look()
    click.echo(resolution_text(changes, side, width=width, style=style), nl=False)
    for problem in noticed:
        console.warn(f"{place(problem.path, problem.line)} {problem.message}")
    return 0
