"""Two runs at once on one machine, as two processes."""

import subprocess
import sys

from tracksync.trackers.local_people import LocalPeople

from .conftest import Repository


def test_two_runs_at_once_make_one_issue_for_each_item(two: Repository) -> None:
    command = [sys.executable, "-m", "tracksync", "sync"]
    runs = [subprocess.Popen(command, cwd=two.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    ended = [run.communicate(timeout=60) for run in runs]
    assert [0, 0, 0] == [run.returncode for run in runs], ended
    assert 3 == len(LocalPeople(two.root / ".tracksync" / "tracker.db").listing())
    assert 2 == sum(b"No changes." in out for out, _ in ended)
    two.settled()
