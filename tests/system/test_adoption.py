"""Adopting issues that were there before, and letting go of them. Every scenario ends with: run again, No changes."""

import io
import re
import shlex
from collections.abc import Callable

import pytest

from tracksync.trackers.local_people import LocalPeople

from .conftest import Repository, Result

QUEUE = "postmortems/queue.md"
ROW, SECOND = f"{QUEUE}:10", f"{QUEUE}:11"
LINKED = """# Postmortem: Queue outage

**Date**: 2026-01-14
**Status**: Final

## Action Items

| Action | Owner | Due Date | Priority | Status | Issue |
|---|---|---|---|---|---|
| Alert when the queue holds more than 5,000 messages | @alice | 2026-12-01 | P1 | Not Started | #1 |
| Give retries a limit | @bob | 2026-12-15 | P2 | Done | #2 |
| Drain the queue before a restart | @bob | 2026-12-15 | P2 | Not Started | |
"""


def people(repository: Repository) -> LocalPeople:
    return LocalPeople(repository.root / ".tracksync" / "tracker.db")


@pytest.fixture
def archive(repository: Callable[..., Repository]) -> Repository:
    """An archive whose rows name issues that people made by hand."""
    made = repository(postmortems__queue_md=LINKED)
    for title, text in (("Queue alert", "A graph.\n"), ("Retry limit", ""), ("Drain queues before each restart", "")):
        people(made).create(title, actor="dana", body=text)
    people(made).close(2, actor="dana")
    return made


def commands(result: Result) -> list[str]:
    """The tracksync commands that a plan names."""
    return re.findall(r"`(tracksync [^`]+)`", result.out)


class TestRefused:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ([], "adopt takes a row and its issue"),
            ([ROW], "adopt takes a row and its issue"),
            (["--links", "--interactive"], "exclude each other"),
            (["--interactive", "--dry-run"], "leave --dry-run out"),
            ([ROW, "OPS-12"], "'OPS-12' is no issue of local"),
            ([ROW, "local#9"], "there is no issue local#9"),
            ([f"{QUEUE}:3", "local#1"], "there is no action item at postmortems/queue.md:3"),
            (["nowhere.md:3", "local#1"], "there is no action item at nowhere.md:3"),
            ([ROW, "local#3"], "this row names #1: change that first"),
        ],
    )
    def test_with_one_sentence_and_a_hint(self, archive: Repository, words: list[str], said: str) -> None:
        result = archive.run("adopt", *words)
        assert (2, "") == (result.status, result.out)
        assert said in result.err
        assert "Traceback" not in result.err
        assert LINKED == archive.read(QUEUE)

    def test_an_issue_that_another_row_owns(self, archive: Repository) -> None:
        archive.run("adopt", ROW, "#1")
        result = archive.run("adopt", f"{QUEUE}:12", "#1")
        assert f"local#1 belongs to {ROW}: `tracksync release local#1` first" in result.err
        assert "own issue already" in archive.run("adopt", ROW, "#1").err
        archive.run("sync")
        archive.settled()

    def test_more_than_the_limit_writes_nothing_and_says_how_to_go_on(self, archive: Repository) -> None:
        archive.write("tracksync.yml", "limits:\n  updates: 1\n")
        result = archive.run("adopt", "--links")
        assert 4 == result.status
        assert "2 issues to adopt, at most 1 allowed; nothing was written" in result.err
        assert all(issue.marker is None for issue in people(archive).listing())
        assert 0 == archive.run("adopt", "--links", "--allow-updates", "2").status
        (archive.root / "tracksync.yml").unlink()
        archive.run("sync")
        archive.settled()


class TestOneRow:
    def test_takes_the_issue_and_keeps_what_people_wrote(self, archive: Repository) -> None:
        result = archive.run("adopt", ROW, "1")
        assert (0, True) == (result.status, result.out.startswith(f"= {ROW} takes local#1: Alert when"))
        issue = people(archive).show(1).issue
        assert issue.body.startswith("A graph.\n")
        assert "Queue alert" == issue.title
        archive.run("sync")
        issue = people(archive).show(1).issue
        assert ("alice", "2026-12-01", "P1") == (issue.owner, issue.due, issue.priority)
        archive.settled()

    def test_without_a_link_gets_one(self, archive: Repository) -> None:
        archive.run("adopt", f"{QUEUE}:12", "local#3")
        assert "restart | @bob | 2026-12-15 | P2 | Not Started | local#3 |" in archive.read(QUEUE)
        archive.run("sync")
        archive.settled()
        assert 3 == len(people(archive).listing())

    def test_a_dry_run_changes_nothing(self, archive: Repository) -> None:
        result = archive.run("adopt", ROW, "local#1", "--dry-run")
        assert "1 issue would be adopted, 0 left alone.\n" in result.out
        assert people(archive).show(1).issue.marker is None

    def test_a_draft_that_is_named(self, archive: Repository) -> None:
        archive.edit(QUEUE, "Final", "Draft")
        archive.commit()
        assert 0 == archive.run("adopt", ROW, "local#1").status
        assert people(archive).show(1).issue.marker is not None
        archive.edit(QUEUE, "Draft", "Final")
        archive.run("sync")
        archive.settled()

    def test_from_another_folder(self, archive: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(archive.root / "postmortems")
        assert 0 == archive.run("adopt", "queue.md:10", "local#1").status
        assert people(archive).show(1).issue.marker is not None


class TestAllRowsThatNameAnIssue:
    def test_are_adopted_at_once(self, archive: Repository) -> None:
        result = archive.run("adopt", "--links")
        assert result.out.endswith("2 issues adopted, 0 left alone.\n")
        assert LINKED == archive.read(QUEUE)
        assert "0 issues adopted" in archive.run("adopt", "--links").out
        archive.run("sync")
        archive.settled()

    def test_but_not_an_issue_that_two_rows_name(self, archive: Repository) -> None:
        archive.edit(QUEUE, "| Done | #2 |", "| Done | #1 |")
        archive.commit()
        result = archive.run("adopt", "--links")
        assert result.out.endswith("0 issues adopted, 2 left alone.\n")
        command = f"tracksync adopt {ROW} local#1"
        assert f"local#1 is named by {ROW} and {SECOND}: `{command}` tells whose it is" in result.out
        assert 0 == archive.run(*shlex.split(command)[1:]).status
        archive.run("sync")
        archive.settled()


class TestAsked:
    """`--interactive`: a person answers on standard input."""

    def answers(self, archive: Repository, *lines: str) -> Result:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
            return archive.run("adopt", "--interactive")

    def test_each_row_is_shown_with_the_issue_it_names_or_those_that_look_like_it(self, archive: Repository) -> None:
        result = self.answers(archive, "1", "", "1")
        assert "2 issues adopted, 1 row without one.\n" == result.out
        assert f"{ROW}  Alert when the queue holds more than 5,000 messages\n  1) local#1  Queue alert" in result.err
        assert "  1) local#3  Drain queues before each restart  (Not Started, nobody)\n" in result.err
        assert [True, False, True] == [issue.marker is not None for issue in people(archive).listing()]
        assert "Not Started | local#3 |" in archive.read(QUEUE)
        archive.run("sync")
        archive.settled()

    def test_an_issue_can_be_named_and_a_wrong_answer_costs_nothing(self, archive: Repository) -> None:
        result = self.answers(archive, "7", "local#1", "#99", "q")
        assert "1 issue adopted, 1 row without one.\n" == result.out
        assert "there is no issue local#99" in result.err

    def test_the_end_of_input_stops_and_keeps_what_was_adopted(self, archive: Repository) -> None:
        result = self.answers(archive, "1")
        assert 130 == result.status
        assert people(archive).show(1).issue.marker is not None

    def test_a_row_that_nothing_looks_like_is_not_asked_about(self, two: Repository) -> None:
        people(two).create("Buy a cake", actor="dana")
        result = self.answers(two)
        assert (0, "0 issues adopted, 3 rows without one.\n") == (result.status, result.out)


class TestRewordedOrNew:
    """The two commands that a problem names do what it says."""

    @pytest.fixture
    def reworded(self, two: Repository) -> Repository:
        two.run("sync")
        two.edit(QUEUE, "more than 5,000 messages", "over 5,000 messages")
        two.edit(QUEUE, " (local#2)", "")
        two.commit()
        return two

    def test_reworded(self, reworded: Repository) -> None:
        adopt, _ = commands(reworded.run("plan"))
        assert adopt == f"tracksync adopt {ROW} local#2"
        assert 0 == reworded.run(*shlex.split(adopt)[1:]).status
        assert "over 5,000 messages | @alice | 2026-12-01 | P1 | Not Started (local#2) |" in reworded.read(QUEUE)
        reworded.run("sync")
        reworded.settled()
        assert 3 == len(people(reworded).listing())
        assert "Alert when the queue holds over 5,000 messages" == people(reworded).show(2).issue.title

    def test_new(self, reworded: Repository) -> None:
        _, release = commands(reworded.run("plan"))
        assert release == "tracksync release local#2"
        assert 0 == reworded.run(*shlex.split(release)[1:]).status
        reworded.run("sync")
        assert "(local#4)" in reworded.read(QUEUE)
        reworded.settled()

    def test_in_a_table_without_a_place_for_a_link_the_key_is_carried_over(
        self, repository: Callable[..., Repository]
    ) -> None:
        table = "## Action Items\n\n| Action | Owner |\n|---|---|\n| Limit the retries | @bob |\n"
        made = repository(postmortems__queue_md=table)
        made.run("sync")
        made.edit(QUEUE, "Limit the retries", "Limit all retries")
        made.commit()
        adopt, _ = commands(made.run("plan"))
        assert 0 == made.run(*shlex.split(adopt)[1:]).status
        made.run("sync")
        made.settled()
        assert ["Limit all retries"] == [issue.title for issue in people(made).listing()]


class TestLettingGo:
    def test_one_issue_keeps_link_and_values(self, archive: Repository) -> None:
        archive.run("adopt", "--links")
        archive.run("sync")
        archive.commit()
        before = people(archive).show(1).issue
        result = archive.run("release", ROW)
        assert (0, "1 issue let go.\n", "") == (result.status, result.out, result.err)
        after = people(archive).show(1)
        assert (None, "A graph.\n", ()) == (after.issue.marker, after.issue.body, after.labels)
        assert (before.due, before.owner, before.title) == (after.issue.due, after.issue.owner, after.issue.title)
        archive.edit(QUEUE, "2026-12-01", "2027-01-01")
        archive.settled()
        assert before.due == people(archive).show(1).issue.due

    @pytest.mark.parametrize("key", ["local#2", "#2", "KEY", SECOND])
    def test_an_issue_goes_by_any_key(self, two: Repository, key: str) -> None:
        two.run("sync")
        two.commit()
        named = two.run("status", "local#3", "--format", "json").json["item"]["key"] if key == "KEY" else key
        assert "1 issue let go.\n" == two.run("release", named).out

    @pytest.mark.parametrize("words", [[], ["--all", "#1"], ["#9"], ["nonsense"]])
    def test_what_makes_no_sense_is_said(self, two: Repository, words: list[str]) -> None:
        two.run("sync")
        result = two.run("release", *words)
        assert 2 == result.status
        assert "hint: " in result.err

    def test_all_needs_a_yes(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        refused = two.run("release", "--all")
        assert (2, "hint: add --yes if that is meant\n") == (refused.status, refused.err[-33:])
        assert "3 issues let go.\n" == two.run("release", "--all", "--yes").out
        assert [None] * 3 == [issue.marker for issue in people(two).listing()]
        assert "No changes." in two.run("plan").out
        people(two).close(2, actor="dana")
        two.run("sync")
        assert "Complete (local#2)" in two.read(QUEUE)
        two.settled()

    def test_what_has_no_link_is_said(self, repository: Callable[..., Repository]) -> None:
        table = "## Action Items\n\n| Action | Owner |\n|---|---|\n| Limit the retries | @bob |\n"
        made = repository(postmortems__queue_md=table)
        made.run("sync")
        result = made.run("release", "--all", "--yes")
        assert f"warning: {QUEUE}:5 has no link to its former issue" in result.err

    def test_a_damaged_marker_goes_too(self, two: Repository) -> None:
        two.run("sync")
        body = people(two).show(1).issue.body
        people(two).edit(1, actor="sam", body=body.replace('"key"', '"kez"'))
        assert "1 issue let go.\n" == two.run("release", "#1").out
        assert people(two).show(1).issue.marker is None

    def test_all_waits_for_the_links(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, " (local#2)", "")
        result = two.run("release", "--all", "--yes")
        assert (2, True) == (result.status, f"{ROW} has no link to its issue yet (1 in all)" in result.err)
        assert all(issue.marker for issue in people(two).listing())
        two.run("sync")
        assert 0 == two.run("release", "--all", "--yes").status
