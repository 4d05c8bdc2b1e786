"""The command group. A command's module is imported only when that command runs: `--help` stays fast."""

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracksync import __version__
from tracksync.cli import console
from tracksync.cli.context import Session
from tracksync.cli.exits import Exit
from tracksync.errors import UsageError

if TYPE_CHECKING:
    from types import FrameType


class Entry(NamedTuple):
    """Where a command is, and its help in one line (a test compares it with the command's own)."""

    module: str
    attribute: str
    help: str


COMMANDS = {
    "init": Entry("tracksync.cli.init", "init", "Find the postmortems here, and write a configuration for them."),
    "items": Entry("tracksync.cli.items", "items", "List the action items that are read out of postmortems."),
    "plan": Entry("tracksync.cli.plan", "plan", "Show what a sync would change; change nothing."),
    "sync": Entry("tracksync.cli.sync", "sync", "Carry the plan out: bring postmortems and issues in step."),
    "status": Entry("tracksync.cli.status", "status", "Show where each document, or one action item, stands, and why."),
    "resolve": Entry("tracksync.cli.resolve", "resolve", "Settle the conflicts of an item: say whose value counts."),
    "adopt": Entry("tracksync.cli.adopt", "adopt", "Make an issue that is there already an action item's own."),
    "release": Entry(
        "tracksync.cli.release", "release", "Let go of issues: they stay as they are, and are no longer kept in step."
    ),
    "doctor": Entry(
        "tracksync.cli.doctor", "doctor", "Say whether a run can work, and what is to be done if not; change nothing."
    ),
    "config": Entry("tracksync.cli.configuration", "config", "Check and show the configuration."),
    "issues": Entry("tracksync.cli.issues", "issues", "Look at and change issues of the local tracker."),
    "demo": Entry("tracksync.cli.demo", "demo", "Show the whole loop on sample postmortems, in a folder of its own."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, with the global options added, or None when there is none of this name."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = getattr(importlib.import_module(entry.module), entry.attribute)
        _accept_global_options(command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for. Raises `UsageError` when the working directory is gone."""
        try:
            os.getcwd()
        except FileNotFoundError as error:
            raise UsageError(
                "the working directory does not exist any more", "change to a folder that exists"
            ) from error
        with _terminable():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands for `--help`, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends the command through its `finally` blocks."""
    import signal

    def leave(number: int, frame: "FrameType | None") -> None:
        console.error("terminated; the next run goes on from here")
        raise SystemExit(int(Exit.TERMINATED))

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _remember(ctx: click.Context, option: click.Parameter, value: Any) -> Any:
    if value:
        ctx.obj = (ctx.obj or Session())._replace(**{option.name or "": value})
    return value


def global_options() -> list[click.Parameter]:
    """`--config`, `--host`, `--quiet` and `--verbose`: they may stand before or after the command."""
    return [
        click.Option(
            ["--config", "config_file"],
            metavar="FILE",
            help="Use this configuration file. By default, tracksync.yml here or above.",
            expose_value=False,
            callback=_remember,
        ),
        click.Option(
            ["--host"],
            metavar="HOST",
            help="The token may go to this host, which the configuration names.",
            expose_value=False,
            callback=_remember,
        ),
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            help="Print only results, warnings and errors.",
            expose_value=False,
            callback=_remember,
        ),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            help="Say more: each skipped item, the plan's digest, tracebacks.",
            expose_value=False,
            callback=_remember,
        ),
    ]


def _accept_global_options(command: click.Command) -> None:
    taken = {name for parameter in command.params for name in parameter.opts}
    command.params.extend(option for option in global_options() if not taken.intersection(option.opts))
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _accept_global_options(child)


def _show_version(ctx: click.Context, option: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"tracksync {__version__}")
        ctx.exit()


tracksync = LazyGroup(
    name="tracksync",
    help="Keeps the action items of postmortems and their tracker issues in step.",
    epilog="Begin with `tracksync init` in the repository of your postmortems, or with `tracksync demo`.",
    # A fixed width: the same help everywhere, and click need not import shutil (3 ms) to measure the terminal.
    context_settings={"help_option_names": ["-h", "--help"], "obj": Session(), "terminal_width": 88},
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help="Show the version.",
        ),
        *global_options(),
    ],
)
