"""The entry point, driven through commands that do what a test needs."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tracksync import __version__
from tracksync.cli import main
from tracksync.cli.commands import COMMANDS, Entry
from tracksync.cli.context import Session, settings
from tracksync.cli.options import fail_on_option, format_option, paths_argument
from tracksync.errors import LimitExceeded, TracksyncError

Run = Callable[[Callable[..., object]], None]


@pytest.fixture
def run_as_probe(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Makes `tracksync probe` call a function with the session."""

    def install(function: Callable[..., object]) -> None:
        def call() -> object:
            return function(click.get_current_context().obj)

        monkeypatch.setitem(COMMANDS, "probe", Entry(__name__, "probe", "A probe."))
        monkeypatch.setattr(sys.modules[__name__], "probe", click.Command("probe", callback=call), raising=False)

    return install


def raising(error: BaseException) -> Callable[..., object]:
    def fail(session: Session) -> object:
        raise error

    return fail


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--version"], ["-q", "--version"]):
        assert 0 == main(arguments)
        assert (f"tracksync {__version__}\n", "") == capsys.readouterr()


def test_help_names_every_command_without_importing_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["--help"])
    shown = capsys.readouterr().out
    assert [] == [name for name, entry in COMMANDS.items() if f"  {name} " not in shown or entry.help not in shown]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main([name, "--help"])
    shown = capsys.readouterr().out
    assert f"Usage: tracksync {name} " in shown
    assert "--config FILE" in shown


def test_an_unknown_command_has_no_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == main(["nonsense", "--help"])
    assert "No such command 'nonsense'" in capsys.readouterr().err


def test_a_command_line_that_makes_no_sense_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["nonsense"], ["--nonsense"]):
        assert 2 == main(arguments)
        out, err = capsys.readouterr()
        assert "" == out
        assert err.startswith("Usage: ")


def test_the_status_of_the_command_is_the_status(run_as_probe: Run) -> None:
    for result, status in ((None, 0), (0, 0), (3, 3)):
        run_as_probe(lambda session, result=result: result)
        assert status == main(["probe"])


def test_a_failure_is_one_sentence_and_a_hint(run_as_probe: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run_as_probe(raising(LimitExceeded("30 creates, at most 25", "--allow-creates 30 lifts the limit")))
    assert 4 == main(["probe"])
    expected = "tracksync: 30 creates, at most 25\nhint: --allow-creates 30 lifts the limit\n"
    assert ("", expected) == capsys.readouterr()
    run_as_probe(raising(TracksyncError("no")))
    assert 1 == main(["probe"])
    assert ("", "tracksync: no\n") == capsys.readouterr()


def test_a_bug_is_status_70_and_shows_a_traceback_only_when_asked(
    run_as_probe: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run_as_probe(raising(KeyError("x")))
    assert 70 == main(["probe"])
    expected = "tracksync: internal error, please report it: KeyError: 'x'\n"
    assert ("", expected + "hint: run again with --verbose for the traceback\n") == capsys.readouterr()
    assert 70 == main(["probe", "-v"])
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_is_status_130(run_as_probe: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for interrupt in (KeyboardInterrupt(), click.Abort()):
        run_as_probe(raising(interrupt))
        assert 130 == main(["probe"])
        assert "tracksync: interrupted; the next run goes on from here\n" in capsys.readouterr().err


def test_sigterm_ends_a_command_through_its_finally_blocks(
    run_as_probe: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    tidied = []

    def wait(session: Session) -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            signal.pause()
        finally:
            tidied.append(True)

    run_as_probe(wait)
    before = signal.getsignal(signal.SIGTERM)
    assert 143 == main(["probe"])
    assert ([True], before) == (tidied, signal.getsignal(signal.SIGTERM))
    assert "terminated" in capsys.readouterr().err


def test_a_reader_that_went_away_is_no_drama() -> None:
    script = "import sys; from tracksync.cli import main; sys.exit(main(['--help']))"
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-c", script], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (1, b"") == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ["-q", "-v", "--config", "x.yml", "probe"],
        ["probe", "-q", "-v", "--config", "x.yml"],
        ["-qv", "probe", "--config=x.yml"],
    ],
)
def test_global_options_stand_before_or_after_the_command(run_as_probe: Run, arguments: list[str]) -> None:
    seen: list[Session] = []
    run_as_probe(seen.append)
    assert 0 == main(arguments)
    assert [Session("x.yml", quiet=True, verbose=True)] == seen


def test_without_options_the_session_is_the_default(run_as_probe: Run) -> None:
    seen: list[Session] = []
    run_as_probe(seen.append)
    assert 0 == main(["probe"])
    assert [Session()] == seen


def test_settings_come_from_the_working_directory_or_the_named_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tracksync.yml").write_text("cache: false")
    (tmp_path / "other.yml").write_text("policy: upsert")
    monkeypatch.chdir(tmp_path)
    assert (False, "full") == (settings(Session()).cache, settings(Session()).policy)
    assert (True, "upsert") == (settings(Session("other.yml")).cache, settings(Session("other.yml")).policy)


def test_shared_options_give_what_they_promise() -> None:
    seen: dict[str, object] = {}

    @click.command()
    @fail_on_option()
    @format_option("text", "json")
    @paths_argument()
    def command(**given: object) -> None:
        seen.update(given)

    command.main(["a", "b", "--fail-on", "conflicts"], standalone_mode=False)
    assert {"fail_on": frozenset({"conflicts"}), "output_format": "text", "paths": ("a", "b")} == seen
    with pytest.raises(click.BadParameter, match="is not one of"):
        command.main(["--fail-on", "pending"], standalone_mode=False)
