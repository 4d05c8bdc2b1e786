"""The same answer wherever the prompt is, and whatever became of stdout and stderr."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tracksync import git

from .conftest import TABLE, Repository

QUEUE = "postmortems/queue.md"
ALICE = "postmortems/queue.md:10"


def conflicting(two: Repository) -> Repository:
    """Both sides moved two fields of one item."""
    two.run("sync")
    two.edit(QUEUE, "2026-12-01", "2027-01-01")
    two.edit(QUEUE, "P1", "P0")
    two.commit()
    two.run("issues", "edit", "2", "--due", "2027-02-02", "--priority", "P3")
    return two


class TestTheConfigurationThatIsNamed:
    @pytest.mark.parametrize("name", ["tracksync.yml", "config/tracksync.yml", "my.yml"])
    def test_gives_the_same_plan_from_anywhere(
        self, two: Repository, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        file = str(two.write(name, "cache: false\n"))
        two.run("sync", "--config", file)
        two.commit()
        two.run("sync", "--config", file)
        # Not committed: git says what the document states.
        two.edit(QUEUE, "2026-12-01", "2027-01-01")
        inside = two.run("plan", "--config", file, "--format", "json")
        monkeypatch.chdir("/")
        outside = two.run("plan", "--config", file, "--format", "json")
        assert 0 == inside.status
        assert (inside.status, inside.out, inside.err) == (outside.status, outside.out, outside.err)
        assert "Alert when" in two.run("status", "--config", file, ALICE).out

    def test_belongs_to_its_own_repository_not_to_the_one_around_the_prompt(
        self, two: Repository, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        two.write("tracksync.yml", "")
        elsewhere = tmp_path_factory.mktemp("elsewhere")
        git.start_repository(elsewhere)
        monkeypatch.chdir(elsewhere)
        assert 0 == two.run("sync", "--config", str(two.root / "tracksync.yml")).status
        assert "local#" in two.read(QUEUE)
        assert not (elsewhere / ".tracksync").exists()

    def test_in_a_repository_named_config_does_not_reach_out_of_it(
        self, repository: Callable[..., Repository], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = repository()
        own = made.root / "config"
        made.write("config/postmortems/queue.md", TABLE)
        made.write("config/tracksync.yml", "")
        git.start_repository(own)
        monkeypatch.chdir(own)
        for words in ((), ("--config", "tracksync.yml")):
            assert ["postmortems/queue.md"] == [
                document["path"] for document in made.run("status", "--format", "json", *words).json["documents"]
            ]

    def test_that_is_missing_is_named(self, two: Repository) -> None:
        for name in ("gone/x.yml", f"{QUEUE}/x.yml"):
            result = two.run("plan", "--config", name)
            assert (2, True) == (result.status, f"no configuration file {name}" in result.err)


class TestFromASubfolder:
    def test_a_path_may_lead_up(self, two: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        two.run("sync")
        (two.root / "other").mkdir()
        monkeypatch.chdir(two.root / "other")
        assert "Alert when" in two.run("status", f"../{ALICE}").out
        assert 0 == two.run("plan", f"../{QUEUE}").status

    def test_a_path_may_lead_through_a_symlink(
        self, two: Repository, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        two.write("tracksync.yml", "")
        two.run("sync")
        link = tmp_path_factory.mktemp("links") / "link"
        link.symlink_to(two.root)
        monkeypatch.chdir(link / "postmortems")
        assert "Alert when" in two.run("status", str(link / ALICE)).out
        assert "Alert when" in two.run("status", "queue.md:10", "--config", str(link / "tracksync.yml")).out
        assert "Alert when" in two.run("status", "queue.md:10", "--config", "../tracksync.yml").out

    def test_without_git_the_state_of_an_earlier_run_decides(
        self, tmp_path: Path, two: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (two.root / ".git").rename(two.root / "git")
        two.run("sync")
        monkeypatch.chdir(two.root / "postmortems")
        assert "3 issues, 3 open." in two.run("issues", "list").out
        assert "No changes." in two.run("plan").out
        assert not (two.root / "postmortems/.tracksync").exists()


class TestItemsOfAnything:
    def test_a_path_may_be_in_another_repository_or_in_none(
        self, two: Repository, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here = tmp_path_factory.mktemp("here")
        git.start_repository(here)
        (here / "mine.md").write_text(TABLE)
        plain = tmp_path_factory.mktemp("plain")
        (plain / "notes.txt").write_text(TABLE)
        monkeypatch.chdir(here)
        result = two.run(
            "items", "--format", "json", str(two.root / "postmortems"), str(plain / "notes.txt"), "mine.md"
        )
        documents = result.json["documents"]
        assert (0, [1, 2, 2, 2]) == (result.status, sorted(len(document["items"]) for document in documents))
        paths = {(here / document["path"]).resolve() for document in documents}
        assert {two.root / QUEUE, two.root / "postmortems/cache.yml", plain / "notes.txt", here / "mine.md"} == paths

    def test_nothing_but_what_is_named_is_read(self, two: Repository) -> None:
        two.write("postmortems/bad.md", b"\xff\xfe")
        (two.root / "postmortems/out.md").symlink_to("/nowhere/at-all.md")
        assert [QUEUE] == [one["path"] for one in two.run("items", "--format", "json", QUEUE).json["documents"]]

    def test_a_path_that_is_nowhere_is_named(self, two: Repository) -> None:
        for path in ("/nowhere/at/all.md", "gone.md"):
            result = two.run("items", path)
            assert (2, True) == (result.status, path in result.err)


class TestConflicts:
    @pytest.mark.parametrize(
        "words",
        [
            ["plan"],
            ["plan", "--format", "json"],
            ["plan", "--format", "markdown"],
            ["sync", "--dry-run", "--quiet"],
            ["sync", "--quiet", "--format", "json"],
        ],
    )
    def test_are_told_whatever_the_format(self, two: Repository, words: list[str]) -> None:
        result = conflicting(two).run(*words)
        assert (0, True) == (
            result.status,
            "warning: 2 conflicts need a person; see `tracksync plan`\n" in result.err,
        )

    def test_one_is_told_in_the_singular(self, two: Repository) -> None:
        conflicting(two).run("issues", "edit", "2", "--priority", "P0")
        assert "warning: 1 conflict needs a person; " in two.run("plan", "--quiet").err
        assert 5 == two.run("plan", "--fail-on", "conflicts").status

    def test_count_in_a_run_that_a_limit_refuses(self, two: Repository) -> None:
        conflicting(two).write("tracksync.yml", "limits: {creates: 0}\n")
        two.write("postmortems/new.md", TABLE)
        for words in (["plan"], ["sync"], ["sync", "--dry-run"]):
            assert 5 == two.run(*words, "--fail-on", "conflicts").status, words
            assert 4 == two.run(*words, "--fail-on", "conflicts,refused").status, words


class TestStreams:
    @pytest.mark.parametrize("words", ["--version", "--help", "items", "plan --format json", "sync --quiet"])
    @pytest.mark.parametrize(("stdout", "reason"), [(">/dev/full", "No space left on device"), (">&-", "it is closed")])
    def test_a_stdout_that_cant_be_written_is_one_sentence(
        self, two: Repository, words: str, stdout: str, reason: str
    ) -> None:
        status, out, err = shell(two, f"{words} {stdout}")
        assert (1, "") == (status, out)
        assert f"tracksync: can't write to stdout: {reason}\n" == err

    def test_nothing_is_done_for_a_result_that_nobody_can_get(self, two: Repository) -> None:
        assert 1 == shell(two, "sync >&-")[0]
        assert "local#" not in two.read(QUEUE)

    @pytest.mark.parametrize("stderr", ["2>&-", "2>/dev/full"])
    def test_a_stderr_that_cant_be_written_is_a_failure_when_there_was_something_to_say(
        self, two: Repository, stderr: str
    ) -> None:
        assert (1, "", "") == shell(two, f"nonsense {stderr}")
        assert (1, "", "") == shell(two, f"plan gone.md {stderr}")
        assert (1, "", "") == shell(two, f"sync {stderr}")
        assert "local#" not in two.read(QUEUE), "the plan could not be shown"
        status, out, _ = shell(two, f"items {stderr}")
        assert (0, True) == (status, "3 action items" in out)

    def test_a_reader_of_the_demo_that_went_away_is_no_failure_to_tell(self, two: Repository) -> None:
        command = f"'{sys.executable}' -m tracksync demo | head -n 1"
        done = subprocess.run(["sh", "-c", command], cwd=two.root, capture_output=True, text=True)
        assert "" == done.stderr

    def test_both_gone_is_a_failure_in_silence(self, two: Repository) -> None:
        for streams in (">&- 2>&-", ">/dev/full 2>/dev/full"):
            assert (1, "", "") == shell(two, f"items {streams}")


def shell(repository: Repository, words: str) -> tuple[int, str, str]:
    command = f"exec '{sys.executable}' -m tracksync {words}"
    # With its buffers, as users run it: some machines switch them off for everything.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(["sh", "-c", command], cwd=repository.root, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr
