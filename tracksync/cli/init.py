"""`tracksync init`: from a repository as it is to a configuration that fits it."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracksync.cli import console, running
from tracksync.cli.context import Session
from tracksync.cli.options import paths_argument
from tracksync.errors import NothingFound, TracksyncError, UsageError

if TYPE_CHECKING:
    from tracksync.setup.findings import Findings
    from tracksync.setup.survey import Candidate, Survey


@click.command(help="Write a configuration for what is here.")
@paths_argument()
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.pass_obj
def init(session: Session, /, paths: tuple[str, ...], yes: bool) -> int:
    """Look around, say what was found, and write tracksync.yml; PATH names the folders of the postmortems."""
    from tracksync import config, git
    from tracksync.config import schema as schemas
    from tracksync.explore import look_around
    from tracksync.reports import setup as words
    from tracksync.reports.json_text import json_text
    from tracksync.setup import configuration
    from tracksync.setup.findings import findings

    if session.config_file:
        raise UsageError("init takes no --config", f"it writes {config.FILE_NAMES[0]} where the other commands find it")
    cwd = Path.cwd()
    top = git.toplevel(cwd)
    root = top or cwd
    _refuse_a_second(config.find(cwd, top), cwd)
    since = datetime.now(UTC).date() - timedelta(days=configuration.NEW_FOR_DAYS)
    survey = look_around(root, top, running.absolute(paths), console.progress_of(session))
    if not survey.candidates:
        raise _nothing(survey, paths)
    asking = not yes and sys.stdin.isatty()
    width, style = running.stdout_look()
    chosen = _chosen(survey, [findings([one], since) for one in survey.candidates]) if asking else survey.suggested
    found = findings(chosen, since)
    text = configuration.text(found, survey.remote, schemas.editor_line())
    passed = [one.place.folder or "the top folder" for one in survey.candidates if one not in chosen]
    click.echo(words.found_text(survey, found, passed, width=width, style=style))
    file = root / config.FILE_NAMES[0]
    if not yes:
        click.echo(f"{file.name} would be:\n\n{text}")
        _ask(file)
    _write(file, text)
    beside = root / schemas.FILE_NAME
    if not os.path.lexists(beside):
        _write(beside, json_text(schemas.schema()))
    click.echo(f"Wrote {_shown(file, cwd)}, and {beside.name} for editors.\n\n{words.next_text()}", nl=False)
    return 0


def _refuse_a_second(file: Path | None, cwd: Path) -> None:
    if file is not None:
        raise UsageError(
            f"there is a configuration already: {_shown(file, cwd)}",
            "`tracksync config check` says whether it is right; edit it, or remove it and run init again",
        )


def _nothing(survey: "Survey", paths: Sequence[str]) -> NothingFound:
    if paths:
        return NothingFound(
            f"there are no Markdown or YAML files in {', '.join(paths)}", "name the folder that holds the postmortems"
        )
    opened = f", and in {survey.opened:,} Markdown files for action items" if survey.opened else ""
    stopped = "" if survey.complete else " (there are more)"
    opened += f" ({survey.unopened:,} more were not opened)" if survey.unopened else ""
    return NothingFound(
        f"no postmortems found: looked in {survey.files:,} files{stopped} for folders and files named like "
        f"postmortems, incidents, outages or rca{opened}; nothing was written",
        "name the folder that holds them, like `tracksync init docs/incidents`, or try `tracksync demo`",
    )


def _chosen(survey: "Survey", counts: "Sequence[Findings]") -> "Sequence[Candidate]":
    """Which of several places the person at the terminal wants; no question for a single one."""
    from tracksync.reports.setup import choice_text

    candidates = survey.candidates
    if len(candidates) == 1:
        return candidates
    click.echo(choice_text(candidates, counts, width=running.stdout_look()[0]), nl=False)
    usual = ",".join(str(candidates.index(one) + 1) for one in survey.suggested)
    numbers: list[int] = click.prompt(
        "Which ones? Numbers with commas between",
        default=usual,
        value_proc=lambda text: _numbers(text, len(candidates)),
    )
    return [candidates[number - 1] for number in numbers]


def _numbers(text: str, most: int) -> list[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and 1 <= int(part) <= most for part in parts):
        raise click.BadParameter(f"{text!r} is not a list of numbers from 1 to {most}")
    return sorted({int(part) for part in parts})


def _ask(file: Path) -> None:
    """Go on only if the person at the terminal says so. Raises `UsageError` when there is none."""
    if not sys.stdin.isatty():
        raise UsageError(
            "nothing was written: there is no terminal to ask at", f"`tracksync init --yes` writes {file.name}"
        )
    if not click.confirm(f"Write {file.name}?", default=True, err=True):
        raise UsageError("nothing was written", "`tracksync init PATH` takes the folders that you name")


def _write(file: Path, text: str) -> None:
    """Write a file that isn't there yet."""
    try:
        with open(file, "xb") as new:
            try:
                new.write(text.encode())
                new.flush()
            except BaseException:
                file.unlink()
                raise
    except FileExistsError as error:
        raise UsageError(f"{file} is there already", "remove it and run init again") from error
    except OSError as error:
        raise TracksyncError(f"can't write {file}: {error.strerror}") from error


def _shown(file: Path, cwd: Path) -> str:
    return os.path.relpath(file, cwd)
