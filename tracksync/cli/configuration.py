"""`tracksync config`: is the configuration right, what does it come to, and its schema for editors."""

import os
from pathlib import Path

import click

from tracksync.cli import console
from tracksync.cli.context import Session, configured
from tracksync.cli.options import format_option
from tracksync.errors import UsageError


@click.group(help="Check and show the configuration.")
def config() -> None:
    """What concerns the configuration file alone: no document and no tracker is opened."""


@config.command(help="Say whether the configuration is right; else list every fault.")
@click.pass_obj
def check(session: Session) -> None:
    """Print `FILE: ok`. Faults are a `ConfigError`, so status 2."""
    found = configured(session)
    click.echo(f"{found.name}: ok" if found.file else "ok: there is no configuration file, so the defaults count")


@config.command(help="Show every key with its value, and where that comes from.")
@format_option("text", "json")
@click.pass_obj
def show(session: Session, output_format: str) -> None:
    """The resolved configuration; secrets by reference only."""
    from tracksync.cli.running import stdout_look
    from tracksync.config.show import resolved
    from tracksync.reports.settings import settings_json, settings_text

    found = configured(session)
    settings = resolved(found, os.environ)
    if output_format == "json":
        click.echo(settings_json(found.name, str(found.root), settings), nl=False)
    else:
        width, style = stdout_look()
        click.echo(settings_text(found.name, str(found.root), settings, width=width, style=style), nl=False)


@config.command(help="Print the JSON Schema of the configuration file, for editors.")
@click.option("--out", metavar="FILE", help="Write it to this file, best `tracksync.schema.json` beside tracksync.yml.")
@click.pass_obj
def schema(session: Session, out: str | None) -> None:
    """The schema on stdout or in a file; then also the line that names it in the configuration."""
    from tracksync.config import schema as schemas
    from tracksync.reports.json_text import json_text

    text = json_text(schemas.schema())
    if out is None:
        click.echo(text, nl=False)
        return
    _save(Path(out), text)
    console.note(session, f"{out} is written; begin the configuration file with this line, and editors use it:")
    click.echo(schemas.editor_line(_from_configuration(session, Path(out))), nl=False)


def _save(file: Path, text: str) -> None:
    if file.suffix != ".json":
        raise UsageError(f"a schema is JSON: {file} doesn't end in .json", "--out tracksync.schema.json")
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise UsageError(f"can't write {file}: {error.strerror}") from error


def _from_configuration(session: Session, schema: Path) -> str:
    """The way to the schema from the folder of the configuration file, whose faults don't matter here."""
    from tracksync import config, git

    cwd = Path.cwd()
    file = Path(session.config_file) if session.config_file else config.find(cwd, git.toplevel(cwd))
    way = Path(os.path.relpath(schema, file.parent if file else cwd)).as_posix()
    return way if way.startswith("../") else f"./{way}"
