"""What every command knows: the global options, and the settings they lead to."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tracksync.config.settings import Configured, Settings


class Session(NamedTuple):
    """The global options; the `obj` of click's context."""

    config_file: str | None = None
    host: str | None = None
    quiet: bool = False
    verbose: bool = False


def settings(session: Session) -> "Settings":
    """The settings of the configuration, see `configured`."""
    return configured(session).settings()


def configured(session: Session) -> "Configured":
    """The configuration that `--config` names, else the one for the working directory.

    Without configuration and without git, the state of an earlier run decides where the root is.
    Raises `ConfigError`, `UsageError`.
    """
    from dataclasses import replace
    from pathlib import Path

    import click

    from tracksync import config, git
    from tracksync.state import STATE

    cwd = Path.cwd()
    file = Path(session.config_file) if session.config_file else None
    start = file.parent.resolve() if file else cwd
    found = config.configured(cwd, git.toplevel(start) if start.is_dir() else None, file)
    for other in found.ignored:
        click.echo(f"warning: {found.name} counts and {other} does not: remove one of the two", err=True)
    if found.file or found.top:
        return found
    return replace(found, root=next((one for one in (cwd, *cwd.parents) if (one / STATE).is_dir()), cwd))
