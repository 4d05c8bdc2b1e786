import io

import pytest

from tracksync.cli import console
from tracksync.cli.context import Session

QUIET, NORMAL, VERBOSE = Session(quiet=True), Session(), Session(verbose=True)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_nothing_is_said_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    console.error("broken", "mend it")
    console.warn("look here")
    console.note(NORMAL, "reading")
    console.detail(VERBOSE, "one request")
    expected = "tracksync: broken\nhint: mend it\nwarning: look here\nreading\none request\n"
    assert ("", expected) == capsys.readouterr()


def test_quiet_silences_notes_and_details_are_for_verbose(capsys: pytest.CaptureFixture[str]) -> None:
    console.note(QUIET, "reading")
    console.detail(NORMAL, "one request")
    assert ("", "") == capsys.readouterr()


def test_the_environment_may_refuse_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert console.colour_allowed()
    monkeypatch.setenv("TERM", "dumb")
    assert not console.colour_allowed()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not console.colour_allowed()


def test_progress_is_shown_on_a_terminal_only_and_not_when_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for session, stream, shown in (
        (NORMAL, io.StringIO(), False),
        (QUIET, Terminal(), False),
        (NORMAL, Terminal(), True),
    ):
        monkeypatch.setattr("sys.stderr", stream)
        assert [1, 2] == list(console.progress_of(session)("Reading", [1, 2]))
        assert shown == ("Reading" in stream.getvalue())
