"""`tracksync items`: what is read out of postmortems. Needs no configuration."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracksync.cli import console, running
from tracksync.cli.context import Session
from tracksync.cli.exits import Outcome, exit_status
from tracksync.cli.options import fail_on_option, format_option, paths_argument
from tracksync.errors import UsageError

if TYPE_CHECKING:
    from tracksync.model import Considered, Document
    from tracksync.workspace import Workspace


@click.command(help="List the action items that are read out of postmortems.")
@paths_argument()
@click.option(
    "--unknown-owners",
    is_flag=True,
    help="Print the owners without a login, as a file to fill in, instead of the items.",
)
@format_option("text", "json")
@click.option("--explain", is_flag=True, help="Say of each table and list why it was or wasn't taken; needs a PATH.")
@fail_on_option()
@click.pass_obj
def items(
    session: Session,
    /,
    paths: tuple[str, ...],
    unknown_owners: bool,
    explain: bool,
    output_format: str,
    fail_on: frozenset[Outcome],
) -> int:
    """Print every recognised item with its document; exit status as documented in docs/commands.md."""
    from tracksync.look import read_documents
    from tracksync.reports.items import items_json, items_text

    if explain and not paths:
        raise UsageError("--explain needs a PATH: the document to explain")
    space = running.workspace(session)
    documents = _named(space, running.absolute(paths)) if paths else read_documents(space)
    if unknown_owners:
        click.echo(_owners(space, documents, output_format), nl=False)
    elif explain:
        click.echo(_explained(space, documents), nl=False)
    elif output_format == "json":
        click.echo(items_json(documents, space.tracker.reference), nl=False)
    elif documents:
        width, style = running.stdout_look()
        click.echo(items_text(documents, width=width, style=style), nl=False)
    if not documents:
        console.error("no document matched", "give a path, or name the documents in `documents.include`")
        return exit_status({Outcome.NOTHING}, fail_on)
    return 0


def _explained(space: "Workspace", documents: Sequence["Document"]) -> str:
    from tracksync.documents import explain
    from tracksync.reports.explained import explained_text

    def considered(path: str) -> tuple["Considered", ...]:
        inside = space.settings.root / path
        return explain(path, (inside if inside.is_file() else Path(path)).read_bytes(), space.words)

    width, style = running.stdout_look()
    found = [(document, considered(document.path)) for document in documents]
    return explained_text(found, width=width, style=style)


def _owners(space: "Workspace", documents: Sequence["Document"], output_format: str) -> str:
    from tracksync.owners import Directory
    from tracksync.reports.owners import owners_file, owners_json
    from tracksync.setup.unknown import unknown_owners

    found = unknown_owners(documents, Directory(space.settings.owners))
    return owners_json(found) if output_format == "json" else owners_file(found)


def _named(space: "Workspace", paths: Sequence[Path]) -> tuple["Document", ...]:
    """The documents that `paths` name, wherever they are; those outside the root go by their way from here."""
    from tracksync.look import read_documents

    home = space.settings.root.resolve()
    found: dict[str, Document] = {}
    for path in paths:
        root = home if Path(os.path.realpath(path)).is_relative_to(home) else _root_of(path)
        # Nothing but what is named is read: no patterns, and no commit to compare with.
        settings = replace(space.settings, root=root, top=None, include=(), exclude=())
        for document in read_documents(replace(space, settings=settings), [path]):
            name = document.path if root == home else Path(os.path.relpath(root / document.path)).as_posix()
            found[name] = replace(document, path=name)
    return tuple(found[name] for name in sorted(found))


def _root_of(path: Path) -> Path:
    """The repository around `path`, else its folder."""
    from tracksync import git

    folder = path if path.is_dir() else path.parent
    return ((git.toplevel(folder) if folder.is_dir() else None) or folder).resolve()
