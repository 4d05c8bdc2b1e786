"""What goes to stderr, and whether stdout may have colour. stdout itself carries results only."""

import os
import sys
from collections.abc import Iterable, Sequence

import click

from tracksync.cli.context import Session
from tracksync.progress import Progress, Step, unseen
from tracksync.reports.plain import plain


def harmless(text: str) -> str:
    """`text` with every line as `plain` shows it: messages quote documents, issues, file names and arguments."""
    return "\n".join(plain(line) for line in text.split("\n"))


def _say(text: str) -> None:
    click.echo(harmless(text), err=True)


def error(message: str, hint: str = "") -> None:
    """Say what went wrong, and what to do next. Never silenced."""
    _say(f"tracksync: {message}")
    if hint:
        _say(f"hint: {hint}")


def warn(message: str) -> None:
    """Say what a person should look at. Never silenced."""
    _say(f"warning: {message}")


def note(session: Session, message: str) -> None:
    """Say what is going on, unless `--quiet`."""
    if not session.quiet:
        _say(message)


def detail(session: Session, message: str) -> None:
    """Say what only `--verbose` wants to know."""
    if session.verbose:
        _say(message)


def reader_left() -> bool:
    """True when nobody reads stdout any more (`… | head`), where the system can tell."""
    import select

    if not hasattr(select, "poll"):
        return False
    watch = select.poll()
    watch.register(1, 0)
    return any(event & select.POLLERR for _, event in watch.poll(0))


def colour_allowed() -> bool:
    """True unless the environment refuses colour on terminals (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def progress_of(session: Session) -> Progress:
    """Progress bars on stderr; unseen unless stderr is a terminal that wants them."""
    if session.quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return unseen
    return _bar


def _bar(label: str, steps: Sequence[Step], /) -> Iterable[Step]:
    from rich.console import Console
    from rich.progress import track

    return track(steps, label, console=Console(stderr=True), transient=True)
