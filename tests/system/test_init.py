"""`tracksync init`: somebody who has never heard of tracksync, and the archive in the state it is in."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.bench.generate import generate
from tracksync import config, explore, git

from .conftest import TABLE, Repository

TODAY = datetime.now(UTC).date()
RECENT = TABLE.replace("2026-01-14", str(TODAY - timedelta(days=3)))
OLD = TABLE.replace("2026-01-14", "2019-05-05").replace("@bob", "Bob B.")
SECRET = "glpat-s3cret"

Make = Callable[..., Repository]


def loaded(made: Repository) -> config.Settings:
    return config.load(made.root, made.root)


def at_a_terminal(made: Repository, answers: str, *words: str) -> tuple[int, str]:
    """Run init in a pseudo terminal and type; the status, and what the screen showed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tracksync", "init", *words]
    environment = os.environ | {"TERM": "dumb", "COLUMNS": "80"}
    process = subprocess.Popen(
        command, cwd=made.root, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    os.write(ours, answers.encode())
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:
        pass  # Linux's end of a terminal that nobody has open any more
    os.close(ours)
    return process.wait(), shown.decode().replace("\r\n", "\n")


@pytest.fixture
def archive(repository: Make) -> Repository:
    made = repository(
        docs__postmortems__new_md=RECENT,
        docs__postmortems__old_md=OLD,
        docs__postmortems__held_md=RECENT.replace("Final", "Draft"),
        docs__guide_md="# Guide\n",
    )
    made.write("docs/postmortems/TEMPLATE.md", TABLE)
    made.commit()
    return made


class TestWithoutAQuestion:
    def test_what_is_found_is_told_and_written_and_the_plan_is_right(self, archive: Repository) -> None:
        result = archive.run("init", "--yes")
        assert (0, "") == (result.status, result.err)
        assert result.out.startswith("Found 3 documents, 6 action items, 1 owner without a login.\n")
        assert "docs/postmortems/TEMPLATE.md (templates and drafts)" in result.out
        assert '1 document not published yet, by the status: 1 "Draft"' in result.out
        assert result.out.index("Wrote tracksync.yml, and tracksync.schema.json for editors.") < result.out.index(
            "tracksync items  "
        )
        settings = loaded(archive)
        assert (("docs/postmortems/**",), ("docs/postmortems/TEMPLATE.md",)) == (settings.include, settings.exclude)
        assert str(TODAY - timedelta(days=90)) == settings.since
        plan = archive.run("plan", "--format", "json").json
        assert {"docs/postmortems/new.md"} == {change["path"] for change in plan["changes"]}
        assert 0 == archive.run("sync").status
        archive.settled()

    def test_the_same_from_a_folder_below(self, archive: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(archive.root / "docs")
        assert f"Wrote {os.path.join('..', 'tracksync.yml')}, and" in archive.run("init", "--yes").out
        assert ("docs/postmortems/**",) == loaded(archive).include

    def test_the_counts_are_those_of_items(self, archive: Repository) -> None:
        found = archive.run("init", "--yes").out
        documents = archive.run("items", "--format", "json").json["documents"]
        counts = (len(documents), sum(len(document["items"]) for document in documents))
        assert found.startswith(f"Found {counts[0]} documents, {counts[1]} action items")

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            (
                f"https://ci:{SECRET}@github.com/acme/web.git",
                "github.com/acme/web; tracksync.yml says how to keep issues in GitHub",
            ),
            (
                "git@gitlab.example:acme/web.git",
                "gitlab.example/acme/web; tracksync.yml says how to keep issues in GitLab",
            ),
        ],
    )
    def test_the_remote_is_told_without_its_credentials(self, archive: Repository, url: str, expected: str) -> None:
        subprocess.run(["git", "remote", "add", "upstream", "/srv/web.git"], cwd=archive.root, check=True)
        subprocess.run(["git", "remote", "add", "work", url], cwd=archive.root, check=True)
        result = archive.run("init", "--yes")
        assert expected in result.out
        assert SECRET not in result.out + result.err + archive.read("tracksync.yml")

    def test_without_git_the_working_directory_is_looked_through(
        self, tmp_path: Path, two: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (two.root / ".git").rename(two.root / "git")
        two.write("node_modules/x/postmortems/a.md", TABLE)
        result = two.run("init", "--yes")
        assert (0, True) == (result.status, result.out.startswith("Found 2 documents, 3 action items"))
        assert "git remote" not in result.out
        assert 0 == two.run("plan").status

    def test_a_walk_that_would_not_end_stops_and_says_so(
        self, two: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (two.root / ".git").rename(two.root / "git")
        monkeypatch.setattr(explore, "MOST_NAMES", 2)
        two.write("a.txt", "")
        assert 6 == two.run("init", "--yes").status
        result = two.run("init", "--yes", "postmortems")
        assert "only the first 2 were looked at; name the folder: tracksync init PATH" in result.out

    def test_more_documents_than_a_look_takes_in_are_told(
        self, archive: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(explore, "MOST_DOCUMENTS", 2)
        assert "1 document beyond the limit of this look; a run reads all" in archive.run("init", "--yes").out

    def test_more_markdown_than_a_look_takes_in_is_told(
        self, repository: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = repository(docs__queue_md=RECENT, README_md="# Shop\n", notes_md="# Notes\n")
        monkeypatch.setattr(explore, "MOST_DOCUMENTS", 1)
        assert "1 Markdown files were opened, 2 more not" in made.run("init", "--yes").out
        made.write("docs/queue.md", "# Queue\n")
        (made.root / "tracksync.yml").unlink()
        assert "(2 more were not opened)" in made.run("init", "--yes").err

    def test_configurations_of_other_folders_are_told(self, archive: Repository) -> None:
        archive.write("ops/tracksync.yml", "")
        assert "ops/tracksync.yml: a configuration of its own" in archive.run("init", "--yes").out

    def test_what_git_ignores_is_left_out(self, archive: Repository) -> None:
        archive.write(".gitignore", "old/\n")
        archive.write("old/postmortems/a.md", TABLE)
        archive.run("init", "--yes")
        assert ("docs/postmortems/**",) == loaded(archive).include

    def test_documents_that_cant_be_read_are_problems(self, archive: Repository) -> None:
        archive.write("docs/postmortems/bad.md", b"\xff\xfe\x00")
        (archive.root / "docs/postmortems/out.md").symlink_to("/nowhere/at-all.md")
        result = archive.run("init", "--yes")
        assert (0, True) == (result.status, "2 problems in documents, told by: tracksync items" in result.out)


class TestWherePostmortemsLie:
    def test_odd_names(self, repository: Make) -> None:
        made = repository()
        made.write('a [b] {c}/~Post-Mortems\'  #1/queue: "x" ünï.md', RECENT)
        made.write("a [b] {c}/~Post-Mortems'  #1/draft.md", TABLE)
        made.commit()
        assert 0 == made.run("init", "--yes").status
        assert 1 == len(made.run("items", "--format", "json").json["documents"])
        assert 2 == len(made.run("plan", "--format", "json").json["changes"])

    def test_files_among_others(self, repository: Make) -> None:
        made = repository(docs__queue_postmortem_md=RECENT, docs__howto_md="# How to\n", docs__Cache__RCA_md=RECENT)
        made.run("init", "--yes")
        assert {"docs/*postmortem*.md", "docs/Cache/*RCA*.md"} == set(loaded(made).include)
        assert 2 == len(made.run("items", "--format", "json").json["documents"])

    def test_files_that_say_so_in_their_text(self, repository: Make) -> None:
        made = repository(notes__2026__queue_md=RECENT, notes__howto_md="# How to\n", README_md="# Shop\n")
        result = made.run("init", "--yes")
        assert (0, ("notes/2026/**",)) == (result.status, loaded(made).include)

    def test_a_folder_of_a_program_is_no_archive(self, repository: Make) -> None:
        made = repository(src__incidents__routes_yml="a: 1\n", src__incidents__README_md="# Routes\n")
        result = made.run("init", "--yes")
        assert (6, "") == (result.status, result.out)
        assert not (made.root / "tracksync.yml").exists()

    def test_examples_are_passed_over_while_there_is_something_else(self, archive: Repository) -> None:
        archive.write("tests/postmortems/a.md", TABLE)
        assert (
            "passed over   tests/postmortems (add it to `documents.include` to take it)"
            in archive.run("init", "--yes").out
        )
        assert ("docs/postmortems/**",) == loaded(archive).include

    def test_all_that_is_likely_is_taken(self, archive: Repository) -> None:
        archive.write("old/incidents/2018-01-01-a.md", OLD)
        assert archive.run("init", "--yes").out.startswith("Found 4 documents")
        assert ("docs/postmortems/**", "old/incidents/**") == loaded(archive).include

    @pytest.mark.parametrize(("path", "glob"), [("docs", "docs/**"), (".", "**"), ("docs/guide.md", "docs/guide.md")])
    def test_what_is_named_is_taken(self, archive: Repository, path: str, glob: str) -> None:
        assert (0, (glob,)) == (archive.run("init", "--yes", path).status, loaded(archive).include)

    def test_a_big_archive(self, repository: Make, tmp_path: Path) -> None:
        made = repository()
        generate(tmp_path, 400)
        for number in range(3000):
            (tmp_path / f"source-{number}.py").touch()
        result = made.run("init", "--yes")
        assert result.out.startswith("Found 400 documents, ")
        assert ("postmortems/**",) == loaded(made).include


class TestAtATerminal:
    def test_the_file_is_shown_and_written_after_a_yes(self, archive: Repository) -> None:
        status, shown = at_a_terminal(archive, "y\n")
        assert (0, True) == (status, 'include:\n    - "docs/postmortems/**"' in shown)
        assert shown.index("Found 3 documents") < shown.index("Write tracksync.yml? [Y/n]") < shown.index("Next:")
        assert ("docs/postmortems/**",) == loaded(archive).include

    def test_after_a_no_nothing_is_written(self, archive: Repository) -> None:
        status, shown = at_a_terminal(archive, "n\n")
        assert (2, True) == (status, "tracksync: nothing was written\n" in shown)
        assert not (archive.root / "tracksync.yml").exists()

    def test_nor_when_interrupted(self, archive: Repository) -> None:
        assert 130 == at_a_terminal(archive, "\x04")[0]
        assert not (archive.root / "tracksync.yml").exists()

    def test_one_of_several_places_is_chosen(self, archive: Repository) -> None:
        archive.write("old/incidents/2018-01-01-a.md", OLD)
        status, shown = at_a_terminal(archive, "3\nx\n2\ny\n")
        assert (0, 2) == (status, shown.count("is not a list of numbers from 1 to 2"))
        assert "  2  old/incidents/: 1 document, 2 action items\n" in shown
        assert "passed over   docs/postmortems" in shown
        assert ("old/incidents/**",) == loaded(archive).include

    def test_by_default_all_places(self, archive: Repository) -> None:
        archive.write("old/incidents/2018-01-01-a.md", OLD)
        assert 0 == at_a_terminal(archive, "\n\n")[0]
        assert ("docs/postmortems/**", "old/incidents/**") == loaded(archive).include

    def test_yes_asks_nothing(self, archive: Repository) -> None:
        archive.write("old/incidents/2018-01-01-a.md", OLD)
        status, shown = at_a_terminal(archive, "", "--yes")
        assert (0, False) == (status, "Which ones" in shown or "Write tracksync.yml?" in shown)


class TestRefusals:
    def test_nobody_to_ask(self, archive: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "tracksync", "init"], cwd=archive.root, stdin=subprocess.DEVNULL, capture_output=True
        )
        assert 2 == done.returncode
        assert b"nothing was written: there is no terminal to ask at\nhint: `tracksync init --yes`" in done.stderr
        assert b"Found 3 documents" in done.stdout
        assert not (archive.root / "tracksync.yml").exists()

    @pytest.mark.parametrize("name", ["tracksync.yml", ".tracksync.yml", "config/tracksync.yml"])
    def test_a_configuration_that_is_there(self, archive: Repository, name: str) -> None:
        archive.write(name, "cache: false\n")
        result = archive.run("init", "--yes")
        assert (2, "") == (result.status, result.out)
        assert f"there is a configuration already: {name}\n" in result.err
        assert "cache: false\n" == archive.read(name)

    def test_something_else_of_that_name(self, archive: Repository) -> None:
        (archive.root / "tracksync.yml").symlink_to("nowhere.yml")
        result = archive.run("init", "--yes")
        assert (2, True) == (result.status, "there is a configuration already: tracksync.yml" in result.err)
        assert not (archive.root / "nowhere.yml").exists()

    def test_an_owners_file_filled_in_as_told_is_used(self, archive: Repository) -> None:
        archive.run("init", "--yes")
        unknown = archive.run("items", "--unknown-owners").out
        name = re.findall(r'^# (".*"):$', unknown, re.M)[0]
        archive.write("owners.yml", unknown.replace(f"# {name}:", f"{name}: label:team/shop"))
        archive.edit("tracksync.yml", "# owners: owners.yml", "owners: owners.yml")
        assert "tracksync.yml: ok\n" == archive.run("config", "check").out
        assert name not in archive.run("items", "--unknown-owners").out

    def test_nothing_found(self, repository: Make) -> None:
        made = repository(README_md="# Shop\n", postmortem_template_md=TABLE)
        result = made.run("init", "--yes")
        assert (6, "") == (result.status, result.out)
        assert "no postmortems found: looked in 2 files for folders and files named like" in result.err
        assert "`tracksync init docs/incidents`" in result.err
        assert not (made.root / "tracksync.yml").exists()

    def test_a_named_folder_without_documents(self, archive: Repository) -> None:
        (archive.root / "empty").mkdir()
        result = archive.run("init", "--yes", "empty")
        assert (6, True) == (result.status, "there are no Markdown or YAML files in empty" in result.err)

    @pytest.mark.parametrize(("path", "reason"), [("gone", "there is no file or folder"), ("/", "is outside")])
    def test_a_named_folder_that_is_missing_or_outside(self, archive: Repository, path: str, reason: str) -> None:
        result = archive.run("init", "--yes", path)
        assert (2, True) == (result.status, reason in result.err)

    def test_a_folder_whose_name_is_not_utf8(self, archive: Repository) -> None:
        os.mkdir(os.fsencode(archive.root) + b"/\xff")
        result = archive.run("init", "--yes", os.fsdecode(b"\xff"))
        assert (2, True) == (result.status, "not UTF-8" in result.err)

    def test_config_names_no_file_to_write(self, archive: Repository) -> None:
        assert 2 == archive.run("init", "--yes", "--config", "my.yml").status

    def test_a_full_disk_leaves_nothing_behind(self, archive: Repository) -> None:
        command = f"ulimit -f 0; exec '{sys.executable}' -m tracksync init --yes"
        done = subprocess.run(["sh", "-c", command], cwd=archive.root, capture_output=True, text=True)
        assert (1, True) == (done.returncode, "tracksync: can't write" in done.stderr)
        assert not (archive.root / "tracksync.yml").exists()

    def test_a_git_that_refuses_the_repository(self, archive: Repository) -> None:
        (archive.root / ".git/config").write_text("[broken")
        result = archive.run("init", "--yes")
        assert (1, True) == (result.status, "git can't read this repository" in result.err)
        assert git.remote_urls(archive.root) == []
