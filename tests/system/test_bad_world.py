"""Repositories, disks and memory in a bad state: one sentence, what to do, nothing lost; the next run goes on."""

import errno
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import TABLE, Repository

GOOD = "postmortems/good.md"
NEWER = 99

Make = Callable[..., Repository]


@pytest.fixture
def good(repository: Make) -> Repository:
    """One published document with two open items."""
    return repository(postmortems__good_md=TABLE)


def run_git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=dana", "-c", "user.email=dana@example.org", "-c", "commit.gpgSign=false")
    # A merge with conflicts ends with 1.
    subprocess.run(
        ["git", *identity, *words], cwd=folder, capture_output=True, check=words[0] not in ("merge", "rebase")
    )


def linked(made: Repository, path: str = GOOD) -> int:
    return made.read(path).count("local#")


class TestRepositories:
    @pytest.mark.parametrize("act", ["merge", "rebase"])
    def test_in_the_middle_of_a_conflict_neither_side_is_read(self, good: Repository, act: str) -> None:
        bad = "postmortems/bad.md"
        good.write(bad, TABLE)
        good.commit()
        run_git(good.root, "checkout", "-q", "-b", "other")
        good.edit(bad, "2026-12-15", "2027-01-01")
        good.commit()
        run_git(good.root, "checkout", "-q", "main")
        good.edit(bad, "2026-12-15", "2027-02-02")
        good.commit()
        run_git(good.root, act, "other")
        before = good.read(bad)
        assert "<<<<<<<" in before
        result = good.run("sync")
        assert (0, before, 2) == (result.status, good.read(bad), linked(good))
        assert f"{bad}:11 error merge-conflict: git left a merge conflict here; settle it, then run again" in result.err
        good.write(bad, TABLE)
        good.commit()
        assert 0 == good.run("sync").status
        assert 2 == linked(good, bad)
        assert 4 == len(good.run("issues", "list", "--format", "json").json["issues"])

    def test_a_bare_repository_has_no_documents(self, good: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        run_git(good.root, "clone", "-q", "--bare", ".", "bare.git")
        monkeypatch.chdir(good.root / "bare.git")
        result = good.run("sync")
        assert 1 == result.status
        assert "is a bare git repository: it has no files\nhint: run tracksync in a clone of it" in result.err

    def test_a_shallow_clone_is_synced(self, good: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        good.write("other.md", "x")
        good.commit()
        run_git(good.root, "clone", "-q", "--depth", "1", f"file://{good.root}", "clone")
        clone = Repository(good.root / "clone", good.capture)
        monkeypatch.chdir(clone.root)
        assert 0 == clone.run("sync").status
        assert 2 == linked(clone)
        clone.settled()

    def test_a_detached_head_is_synced(self, good: Repository) -> None:
        run_git(good.root, "checkout", "-q", "--detach")
        assert 0 == good.run("sync").status
        assert 2 == linked(good)
        good.settled()

    def test_a_repository_of_another_user_says_how_to_trust_it(
        self, good: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # To give files to another user takes the superuser: this git only says what the real one says then.
        refusal = f"fatal: detected dubious ownership in repository at '{good.root}'\nTo add an exception..."
        fake = good.write("bin/git", f'#!/bin/sh\ncat >&2 <<"END"\n{refusal}\nEND\nexit 128\n')
        fake.chmod(0o755)
        monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
        result = good.run("sync")
        assert (1, 0) == (result.status, linked(good))
        assert f"hint: if you trust it: git config --global --add safe.directory '{good.root}'" in result.err

    def test_a_working_directory_that_is_gone_is_named(self, good: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        (good.root / "gone").mkdir()
        monkeypatch.chdir(good.root / "gone")
        (good.root / "gone").rmdir()
        for command in ("sync", "plan", "items", "status", "demo", "issues"):
            result = good.run(command, *(["list"] if command == "issues" else []))
            assert 2 == result.status, command
            assert "the working directory does not exist any more\nhint: change to a folder that exists" in result.err
        assert 0 == good.run("--version").status

    @pytest.mark.parametrize("command", ["sync", "plan", "items", "status"])
    def test_no_documents_at_all_says_where_they_are_looked_for(self, repository: Make, command: str) -> None:
        result = repository().run(command)
        assert (6, "") == (result.status, result.out)
        assert "no document matched\nhint: " in result.err
        assert "`documents.include`" in result.err

    def test_a_configuration_that_is_missing_or_contradicts_itself_is_named(self, good: Repository) -> None:
        result = good.run("--config", "none.yml", "sync")
        assert (2, True) == (result.status, "there is no configuration file none.yml" in result.err)
        good.write("tracksync.yml", "documents:\n  published:\n    published: [Ready]\n    not_yet: [Ready]\n")
        result = good.run("sync")
        assert (2, True) == (result.status, "tracksync.yml:4:15: " in result.err)
        assert "'Ready' already stands for " in result.err
        assert 0 == linked(good)


class TestDocumentsThatChange:
    def test_a_read_only_one_says_what_to_do(self, good: Repository) -> None:
        good.write("postmortems/bad.md", TABLE).chmod(0o444)
        good.commit()
        result = good.run("sync")
        assert (1, TABLE, 2) == (result.status, good.read("postmortems/bad.md"), linked(good))
        assert "postmortems/bad.md is read-only; make it writable, or exclude it" in result.out
        (good.root / "postmortems/bad.md").chmod(0o644)
        assert 0 == good.run("sync").status
        assert 2 == linked(good, "postmortems/bad.md")
        good.settled()

    def test_one_that_changes_just_before_it_is_replaced_keeps_the_change(
        self, good: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        good.write("postmortems/bad.md", TABLE)
        good.commit()
        save = os.fsync

        def saved(descriptor: int) -> None:
            save(descriptor)
            # The link to be written is on the disk beside the document, which has not been replaced yet.
            if edits and b"local#" in os.pread(descriptor, 10_000, 0) and linked(good, "postmortems/bad.md") == 0:
                good.edit("postmortems/bad.md", "# Postmortem: Queue outage", edits.pop())

        edits = ["# Postmortem: Another outage"]
        monkeypatch.setattr(os, "fsync", saved)
        result = good.run("sync")
        assert [] == edits
        assert "Another outage" in good.read("postmortems/bad.md")
        assert (0, 2, 2) == (result.status, linked(good), linked(good, "postmortems/bad.md"))
        good.settled()


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from tracksync.cli import main
sys.exit(main(sys.argv[2:]))
"""


def on_a_full_disk(made: Repository, size: int, *words: str) -> subprocess.CompletedProcess[str]:
    """A run in which no file may grow beyond `size` bytes: the kernel refuses the write as on a full disk."""
    return subprocess.run(
        [sys.executable, "-c", FULL, str(size), *words], cwd=made.root, capture_output=True, text=True, check=False
    )


def without_room(folder: str, move: Callable[[str, Path], None]) -> Callable[[str, Path], None]:
    """A move that finds no room in the folder of this name."""

    def moved(source: str, target: Path) -> None:
        if Path(target).parent.name == folder:
            raise OSError(errno.ENOSPC, "No space left on device")
        move(source, target)

    return moved


class TestFullDisks:
    def test_a_document_that_does_not_fit_stays_and_is_written_later(self, good: Repository) -> None:
        large = TABLE + "\n" + "x" * 400_000 + "\n"
        good.write("postmortems/large.md", large)
        good.commit()
        result = on_a_full_disk(good, 300_000, "sync")
        assert (1, large, 2) == (result.returncode, good.read("postmortems/large.md"), linked(good))
        assert "postmortems/large.md can't be written: File too large; make room and run again" in result.stdout
        assert "Traceback" not in result.stdout + result.stderr
        assert [] == list(good.root.glob("postmortems/.tracksync-*"))
        assert 0 == good.run("sync").status
        assert 2 == linked(good, "postmortems/large.md")
        good.settled()

    @pytest.mark.parametrize("size", [0, 1_000, 20_000])
    def test_a_tracker_without_room_makes_nothing_and_the_next_run_goes_on(self, good: Repository, size: int) -> None:
        result = on_a_full_disk(good, size, "sync")
        assert 1 == result.returncode
        assert "can't be used: " in result.stdout + result.stderr
        assert "Traceback" not in result.stdout + result.stderr
        assert 0 == linked(good)
        assert 0 == good.run("sync").status
        assert 2 == linked(good) == len(good.run("issues", "list", "--format", "json").json["issues"])
        good.settled()

    def test_a_journal_without_room_stops_before_the_document(
        self, good: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        good.run("sync")
        good.commit()
        good.run("issues", "close", "1")
        before = good.read(GOOD)
        with monkeypatch.context() as patched:
            patched.setattr(os, "replace", without_room("journal", os.replace))
            result = good.run("sync")
        assert (1, before) == (result.status, good.read(GOOD))
        assert "journal can't be written: No space left on device; make room and run again" in result.out
        assert 0 == good.run("sync").status
        assert "Complete (local#1)" in good.read(GOOD)
        good.settled()

    def test_a_cache_without_room_is_one_warning(self, good: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(os, "replace", without_room("cache", os.replace))
            assert (0, 2) == (good.run("sync").status, linked(good))
            told = good.run("plan").out
        assert 1 == told.count(
            "cache-unusable: the cache can't be written (No space left on device), so each run reads"
        )
        good.settled()

    def test_results_that_cannot_be_printed_are_no_success(self, good: Repository) -> None:
        with open("/dev/full", "w") as full:
            command = [sys.executable, "-m", "tracksync", "plan"]
            environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
            done = subprocess.run(
                command, cwd=good.root, stdout=full, stderr=subprocess.PIPE, text=True, env=environment
            )
        assert (1, "tracksync: can't write to stdout: No space left on device\n") == (done.returncode, done.stderr)


def garbage(file: Path) -> None:
    file.write_bytes(b"\xff{not" * 100)


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def folder_instead(file: Path) -> None:
    file.unlink()
    file.mkdir()


BROKEN = pytest.mark.parametrize("broken", [garbage, truncated, emptied, folder_instead], ids=lambda act: act.__name__)


class TestMemory:
    @pytest.fixture
    def moved(self, good: Repository) -> Repository:
        """A value of the tracker stands in the document, uncommitted, and in the journal."""
        good.run("sync")
        good.commit()
        good.run("issues", "close", "1")
        good.run("sync")
        return good

    @BROKEN
    def test_a_cache_that_cannot_be_used_is_one_warning_and_changes_nothing(
        self, moved: Repository, broken: Callable[[Path], None]
    ) -> None:
        (file,) = (moved.root / ".tracksync" / "cache").glob("*.json")
        broken(file)
        result = moved.run("sync", "--format", "json")
        (problem,) = result.json["plan"]["problems"]
        assert (0, [], "cache-unusable", "warning") == (
            result.status,
            result.json["applied"],
            problem["rule"],
            problem["severity"],
        )
        assert f".tracksync/cache/{file.name}" == problem["path"]
        assert ("delete it" if broken is folder_instead else "made anew") in problem["message"]
        if broken is folder_instead:
            file.rmdir()
        moved.settled()

    def test_a_cache_of_another_version_is_one_warning(self, moved: Repository) -> None:
        (file,) = (moved.root / ".tracksync" / "cache").glob("*.json")
        file.write_bytes(re.sub(rb"^tracksync-cache \d+ ", b"tracksync-cache 99 ", file.read_bytes()))
        assert (
            "warning cache-unusable: the cache is damaged or of another version of tracksync" in moved.run("plan").out
        )
        moved.settled()

    @BROKEN
    def test_a_journal_that_cannot_be_read_is_one_warning(
        self, moved: Repository, broken: Callable[[Path], None]
    ) -> None:
        (file,) = (moved.root / ".tracksync" / "journal").glob("*.json")
        before = moved.read(GOOD)
        broken(file)
        result = moved.run("sync")
        assert (0, before) == (result.status, moved.read(GOOD))
        assert f".tracksync/journal/{file.name} can't be read and is left out; delete it when" in result.err

    def test_a_newer_journal_refuses(self, moved: Repository) -> None:
        (file,) = (moved.root / ".tracksync" / "journal").glob("*.json")
        file.write_text(file.read_text().replace('"version": 1', f'"version": {NEWER}'))
        result = moved.run("sync")
        assert (1, "") == (result.status, result.out)
        assert f"was written by a newer tracksync (version {NEWER})\nhint: upgrade tracksync" in result.err

    @BROKEN
    def test_a_database_that_cannot_be_read_refuses(self, moved: Repository, broken: Callable[[Path], None]) -> None:
        file = moved.root / ".tracksync" / "tracker.db"
        before = moved.read(GOOD)
        broken(file)
        result = moved.run("sync")
        assert before == moved.read(GOOD)
        assert "Traceback" not in result.err
        if broken is emptied:
            # That is a tracker without issues: the rows that have lost theirs are told of.
            assert 2 == result.err.count(" error ")
        else:
            assert (1, "") == (result.status, result.out)
            assert "\nhint: " in result.err

    def test_a_newer_database_refuses(self, moved: Repository) -> None:
        with sqlite3.connect(moved.root / ".tracksync" / "tracker.db") as db:
            db.execute(f"PRAGMA user_version = {NEWER}")
        db.close()
        result = moved.run("sync")
        assert (1, "") == (result.status, result.out)
        assert f"was written by a newer tracksync (schema version {NEWER})\nhint: upgrade tracksync" in result.err
