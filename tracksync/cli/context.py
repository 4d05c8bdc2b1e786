"""What every command knows: the global options, and the settings they lead to."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tracksync.config import Settings


class Session(NamedTuple):
    """The global options; the `obj` of click's context."""

    config_file: str | None = None
    quiet: bool = False
    verbose: bool = False


def settings(session: Session) -> "Settings":
    """The configuration for the working directory. Raises `ConfigError`, `UsageError`."""
    from pathlib import Path

    from tracksync import config, git

    cwd = Path.cwd()
    return config.load(cwd, git.toplevel(cwd), Path(session.config_file) if session.config_file else None)
