"""The entry point. Nothing is imported before it is needed: `--version` stays fast."""

import os
import sys
from collections.abc import Sequence

from tracksync import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (default: the process's own) and give its exit status; never raises.

    A command returns its status, or None for 0.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--version"]:
        print(f"tracksync {__version__}")
        return 0
    from tracksync.cli.exits import Exit

    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_gone()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else Exit.FAILED
    except KeyboardInterrupt:
        return _interrupted()
    except Exception as error:
        return _bug(error, arguments)
    return status


def _run(arguments: list[str]) -> int:
    import click

    from tracksync.cli import console
    from tracksync.cli.commands import tracksync
    from tracksync.errors import TracksyncError

    try:
        status = tracksync.main(arguments, prog_name="tracksync", standalone_mode=False)
    except click.ClickException as error:
        error.show()
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


def _reader_gone() -> int:
    from tracksync.cli.exits import Exit

    # Python flushes stdout once more at exit and would complain again (docs: signal, "Note on SIGPIPE").
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.FAILED


def _bug(error: Exception, arguments: list[str]) -> int:
    from tracksync.cli import console
    from tracksync.cli.exits import Exit

    if {"-v", "--verbose"}.intersection(arguments):
        import traceback

        traceback.print_exc()
    console.error(
        f"internal error, please report it: {type(error).__name__}: {error}",
        "run again with --verbose for the traceback",
    )
    return Exit.BUG
