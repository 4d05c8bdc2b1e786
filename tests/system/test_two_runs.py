"""Several runs at once on one machine, as processes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tracksync import git
from tracksync.trackers.local_people import LocalPeople

from .conftest import Repository

SYNC = [sys.executable, "-m", "tracksync", "sync"]


def ended(*places: Path) -> list[bytes]:
    """What runs that begin together print, one in each of these folders."""
    runs = [subprocess.Popen(SYNC, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for place in places]
    said = [run.communicate(timeout=120) for run in runs]
    assert [0] * len(runs) == [run.returncode for run in runs], said
    return [out for out, _ in said]


def test_runs_at_once_make_one_issue_for_each_item(two: Repository) -> None:
    said = ended(*[two.root] * 3)
    assert 3 == len(LocalPeople(two.root / ".tracksync" / "tracker.db").listing())
    assert 2 == sum(b"No changes." in out for out in said)
    two.settled()


@pytest.mark.parametrize("number", [2, pytest.param(8, marks=pytest.mark.proofs)])
def test_runs_in_several_checkouts_end_with_one_open_issue_for_each_item(
    two: Repository, tmp_path_factory: pytest.TempPathFactory, number: int
) -> None:
    """Their file locks are not the same: nothing but the order of steps brings them together."""
    database = two.root / ".tracksync" / "tracker.db"
    LocalPeople(database).create("There before", actor="dana")
    checkouts = []
    for name in range(number):
        root = tmp_path_factory.mktemp(f"checkout{name}")
        shutil.copytree(two.root / "postmortems", root / "postmortems")
        git.start_repository(root)
        git.commit_all(root, "work")
        (root / ".tracksync").mkdir()
        os.symlink(database, root / ".tracksync" / database.name)
        checkouts.append(root)
    for _ in range(2):
        ended(*checkouts)
        for root in checkouts:
            if git.changed_since_head(root):
                git.commit_all(root, "links")
    live = [one for one in LocalPeople(database).listing() if not one.status.closed]
    assert 4 == len(live)
    assert 4 == len({one.title for one in live})
    assert all(b"No changes." in out for out in ended(*checkouts))
    texts = {tuple(path.read_text() for path in sorted(root.glob("postmortems/*"))) for root in checkouts}
    assert 1 == len(texts)
