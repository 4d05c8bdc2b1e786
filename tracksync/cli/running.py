"""What the commands that run the loop share: opening a workspace, printing a plan, the outcome of a run."""

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import click

from tracksync.cli import console
from tracksync.cli.context import Session, settings
from tracksync.cli.exits import Outcome
from tracksync.errors import LimitExceeded
from tracksync.opening import HOST
from tracksync.planning.changes import Plan
from tracksync.planning.rules import Rules
from tracksync.reports.lines import Style, no_style
from tracksync.reports.plan_text import plan_text
from tracksync.reports.plan_words import all_held, held_back
from tracksync.reports.words import SYNC
from tracksync.workspace import Workspace, open_workspace

ALLOWED = {
    "creates": "Allow this run to create N issues.",
    "closes": "Allow this run to close N issues.",
    "reopens": "Allow this run to reopen N issues.",
    "updates": "Allow this run to update N issues.",
    "documents": "Allow this run to change N documents.",
    "vanished": "Go on although N documents or rows vanished.",
}
"""The limits that `--allow-NAME` lifts for one run, and what that is good for."""


def workspace(session: Session) -> Workspace:
    """The workspace that the configuration describes. Raises `ConfigError`, `UsageError`, `TrackerError`."""
    return open_workspace(
        settings(session),
        environment={**os.environ, **({HOST: session.host} if session.host else {})},
        progress=console.progress_of(session),
        say=lambda sentence: console.note(session, sentence),
    )


def allow_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--allow-creates N` and its siblings, given to the command as `allow_creates: int | None`."""
    for name, text in reversed(ALLOWED.items()):
        command = click.option(f"--allow-{name}", type=click.IntRange(min=0), metavar="N", help=text)(command)
    return command


def rules_with(space: Workspace, options: Mapping[str, int | None]) -> Rules:
    """The configured rules with the limits lifted that the command line lifts."""
    allowed = {name.removeprefix("allow_"): number for name, number in options.items() if number is not None}
    return space.settings.rules(space.repository, allowed)


def sync_command(session: Session, paths: Sequence[str], options: Mapping[str, int | None], plan: Plan) -> str:
    """The command line of a sync like this run, without the limits that still have to be lifted."""
    given = {f"--{name.replace('_', '-')}": str(number) for name, number in options.items() if number is not None}
    lifted = [
        word for option, number in given.items() if option not in plan.lifting.split(" ") for word in (option, number)
    ]
    named = {"--config": session.config_file, "--host": session.host}
    given_for_all = [word for option, value in named.items() if value for word in (option, value)]
    return shlex.join([*SYNC.split(" "), *given_for_all, *paths, *lifted])


def printed(plan: Plan, session: Session, command: str, stream: TextIO) -> str:
    """The plan as text for the stream it goes to: fitted and coloured only on a terminal."""
    terminal = stream.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    return plan_text(plan, verbose=session.verbose, width=width, style=style_for(terminal), command=command)


def refused(error: LimitExceeded, command: str, plan: Plan) -> Outcome:
    """Say that a limit was exceeded, and the exact command to go on."""
    console.error(str(error), f"if that is meant: {command} {plan.lifting}")
    return Outcome.REFUSED


def stdout_look() -> tuple[int | None, Style]:
    """Width and style for text on stdout: fitted and coloured only on a terminal."""
    terminal = sys.stdout.isatty()
    return (shutil.get_terminal_size().columns if terminal else None), style_for(terminal)


def style_for(terminal: bool) -> Style:
    """Colours on a terminal that wants them, else none."""
    if not terminal or not console.colour_allowed():
        return no_style
    return _coloured


COLOURS = {
    "heading": "bold",
    "create": "green",
    "update": "yellow",
    "close": "magenta",
    "reopen": "magenta",
    "write": "cyan",
    "adopt": "blue",
    "good": "green",
    "conflict": "red",
    "error": "red",
    "refused": "red",
    "warning": "yellow",
    "note": "dim",
    "skip": "dim",
}


def _coloured(kind: str, text: str) -> str:
    wanted = COLOURS.get(kind, "")
    if not wanted:
        return text
    flags: dict[str, Any] = {wanted: True} if wanted in ("bold", "dim") else {"fg": wanted}
    return click.style(text, **flags)


def outcomes_of(plan: Plan) -> set[Outcome]:
    """What a plan alone says about how a run ends."""
    return {Outcome.CONFLICTS} if plan.conflicts else set()


def warn_of_conflicts(plan: Plan) -> None:
    """Conflicts end a run as 0 unless `--fail-on` names them: somebody should know."""
    number = len(plan.conflicts)
    if number:
        console.warn(f"{number} conflict{' needs' if number == 1 else 's need'} a person; see `tracksync plan`")


def warn_when_all_held(plan: Plan) -> None:
    """Documents were found and none is published: that is no failure, but somebody should know."""
    if all_held(plan):
        console.warn(held_back(plan))


def absolute(paths: tuple[str, ...]) -> tuple[Path, ...]:
    """The PATH arguments, as the user's shell sees them."""
    return tuple(Path(path).absolute() for path in paths)
