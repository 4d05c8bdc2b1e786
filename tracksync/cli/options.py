"""Options that several commands share."""

from collections.abc import Callable
from typing import Any

import click

from tracksync.cli.exits import Outcome, parse_fail_on

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

KEY = "KEY is an item's key (16 letters and digits), an issue (#12), or PATH:LINE."
"""What commands that take a KEY say about it below their options."""


def _outcomes(ctx: click.Context, option: click.Parameter, value: str) -> frozenset[Outcome]:
    try:
        return parse_fail_on(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def fail_on_option() -> Decorator:
    """`--fail-on WORDS`, given to the command as `fail_on: frozenset[Outcome]`."""
    return click.option(
        "--fail-on",
        metavar="WORDS",
        default="failed,refused,nothing",
        show_default=True,
        callback=_outcomes,
        help="What ends in an exit status other than 0: any of failed, refused, conflicts, budget, nothing, "
        "joined by commas; or none.",
    )


def format_option(*choices: str) -> Decorator:
    """`--format`, given to the command as `output_format: str`; the first choice is the default."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help="How to print the result.",
    )


def paths_argument() -> Decorator:
    """`[PATH]...`, given to the command as `paths: tuple[str, ...]`."""
    return click.argument("paths", metavar="[PATH]...", nargs=-1)
