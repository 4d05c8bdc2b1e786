"""Two runs on one machine: the second waits."""

import subprocess
import sys
from pathlib import Path

import pytest

from tracksync.errors import TracksyncError
from tracksync.lock import alone

HOLDER = """
import sys, time
from pathlib import Path
from tracksync.lock import alone
with alone(Path(sys.argv[1]), print):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(state: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", HOLDER, str(state)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert "held\n" == process.stdout.readline()
    return process


def test_a_lock_that_nobody_holds_is_taken_at_once_and_given_back(tmp_path: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        with alone(tmp_path / ".tracksync", said.append):
            assert "*\n" == (tmp_path / ".tracksync" / ".gitignore").read_text()
    assert [] == said


def test_what_a_killed_run_left_half_written_is_removed(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "journal"):
        folder.mkdir(exist_ok=True)
        (folder / ".tracksync-abc.tmp").write_text("half")
    (tmp_path / "tracker.db").write_text("whole")
    with alone(tmp_path, pytest.fail):
        assert ["tracker.db"] == [file.name for file in tmp_path.rglob("*.*") if file.name != ".gitignore"]


def test_who_waits_too_long_is_told_what_is_in_the_way(tmp_path: Path) -> None:
    said: list[str] = []
    with holder(tmp_path) as process:
        with pytest.raises(TracksyncError, match="another tracksync run") as raised, alone(tmp_path, said.append, 0.1):
            pass
        process.communicate("go\n", timeout=10)
    assert "needs no cleaning up" in raised.value.hint
    assert ["another tracksync run is at work here; waiting for it to end"] == said


def test_a_run_goes_on_when_the_other_one_was_killed(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.kill()
        process.wait(10)
        with alone(tmp_path, pytest.fail, 5):
            pass


def test_a_run_goes_on_when_the_other_one_ends(tmp_path: Path) -> None:
    with holder(tmp_path) as process:

        def finish(_: str) -> None:
            process.communicate("go\n", timeout=10)

        with alone(tmp_path, finish, 10):
            assert 0 == process.returncode


def test_where_no_lock_can_be_made_the_run_goes_on_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with alone(tmp_path / "file" / ".tracksync", pytest.fail):
        assert not (tmp_path / "file").is_dir()
    (tmp_path / "lock").mkdir()
    with alone(tmp_path, pytest.fail):
        assert (tmp_path / "lock").is_dir()
