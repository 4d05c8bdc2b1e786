"""The entry point. Nothing is imported before it is needed: `--version` stays fast."""

import errno
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from tracksync import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (default: the process's own) and give its exit status; never raises.

    A command returns its status, or None for 0.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _open_closed_streams()
    try:
        if not sys.stdout.writable():
            raise OSError(errno.EBADF, "it is closed")
        status = ended(arguments)
        sys.stdout.flush()
    except OSError as error:
        return _unwritable(error)
    return status


def ended(arguments: list[str]) -> int:
    """The exit status of one command line. Raises `OSError` when stdout or stderr can't be written."""
    if arguments == ["--version"]:
        print(f"tracksync {__version__}")
        return 0
    from tracksync.cli.exits import Exit

    try:
        return _run(arguments)
    except BrokenPipeError:
        raise
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else Exit.FAILED
    except KeyboardInterrupt:
        return _interrupted()
    except Exception as error:
        if isinstance(error, OSError) and (_is_broken(sys.stdout) or _is_broken(sys.stderr)):
            raise
        return _bug(error, arguments)


def _run(arguments: list[str]) -> int:
    import click

    from tracksync.cli import console
    from tracksync.cli.commands import tracksync
    from tracksync.errors import TracksyncError

    try:
        status = tracksync.main(arguments, prog_name="tracksync", standalone_mode=False)
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        click.echo(console.harmless(shown.getvalue()), err=True, nl=False)
        return error.exit_code
    except click.Abort:
        return _interrupted()
    except TracksyncError as error:
        console.error(str(error), error.hint)
        return error.exit_code
    return int(status or 0)


def _interrupted() -> int:
    from tracksync.cli import console
    from tracksync.cli.exits import Exit

    console.error("interrupted; the next run goes on from here")
    return Exit.INTERRUPTED


def _open_closed_streams() -> None:
    """A stream that the caller closed becomes one that refuses to be written: no file may take its place."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDONLY)))


def _is_broken(stream: TextIO) -> bool:
    try:
        stream.write("")
        stream.flush()
    except OSError:
        return True
    return False


def _unwritable(error: OSError) -> int:
    """Say so where that is possible; a reader that went away knows it."""
    from tracksync.cli.exits import Exit

    if not isinstance(error, BrokenPipeError) and not _is_broken(sys.stderr):
        with suppress(OSError):
            sys.stderr.write(f"tracksync: can't write to stdout: {error.strerror}\n")
            sys.stderr.flush()
    for stream in (sys.stdout, sys.stderr):
        if _is_broken(stream):
            # Python flushes both once more at exit and would complain again (docs: signal, "Note on SIGPIPE").
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return Exit.FAILED


def _bug(error: Exception, arguments: list[str]) -> int:
    from tracksync.cli import console
    from tracksync.cli.exits import Exit

    if {"-v", "--verbose"}.intersection(arguments):
        import traceback

        sys.stderr.write(console.harmless(traceback.format_exc()))
    console.error(
        f"internal error, please report it: {type(error).__name__}: {error}",
        "run again with --verbose for the traceback",
    )
    return Exit.BUG
