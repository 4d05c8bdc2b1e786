"""The whole loop, as people run it. Every scenario ends with: run again, No changes."""

import shutil
import stat
import subprocess
from collections.abc import Callable

import pytest

from tracksync import git
from tracksync.model import Status
from tracksync.trackers.local_people import LocalPeople

from .conftest import TABLE, YAML, Repository

QUEUE, CACHE = "postmortems/queue.md", "postmortems/cache.yml"


def people(repository: Repository) -> LocalPeople:
    return LocalPeople(repository.root / ".tracksync" / "tracker.db")


class TestDocumentsSince:
    """`documents.since`: an archive gets no issues for what is long past."""

    def test_older_documents_get_no_issue_and_are_counted(self, two: Repository) -> None:
        two.write("tracksync.yml", "documents:\n  since: 2026-02-01\n")
        two.edit(CACHE, "title: Cache outage", "title: Cache outage\ndate: 2026-02-01")
        result = two.run("sync")
        assert ["Warm the cache before traffic arrives"] == [issue.title for issue in people(two).listing()]
        assert "Skipped: 2 older than `documents.since`." in result.err
        two.settled()

    def test_a_document_without_a_date_waits_for_one(self, two: Repository) -> None:
        two.write("tracksync.yml", "documents:\n  since: 2026-01-01\n")
        result = two.run("sync")
        assert f"{CACHE} warning date-unknown: has no date that tells" in result.err
        two.edit(CACHE, "title: Cache outage", "title: Cache outage\ndate: 2026-02-01")
        two.run("sync")
        assert 3 == len(people(two).listing())
        two.settled()

    def test_a_file_that_is_named_is_recent_enough(self, two: Repository) -> None:
        two.write("tracksync.yml", "documents:\n  since: 2027-01-01\n")
        two.edit(CACHE, "title: Cache outage", "title: Cache outage\ndate: 2026-02-01")
        assert "Nothing to do" in two.run("plan", QUEUE.partition("/")[0]).out
        two.run("sync", QUEUE)
        assert 2 == len(people(two).listing())
        two.settled()


class TestTheFirstRun:
    def test_plan_writes_nothing(self, two: Repository) -> None:
        result = two.run("plan")
        assert 0 == result.status
        assert "Plan: 3 to create" in result.out
        assert not (two.root / ".tracksync").exists()

    def test_an_issue_leads_back_to_its_section_and_to_the_line_that_it_was_made_from(self, two: Repository) -> None:
        subprocess.run(["git", "remote", "add", "origin", "git@github.com:acme/pm.git"], cwd=two.root, check=True)
        commit = git.head(two.root)
        two.run("sync")
        body = people(two).show(2).issue.body
        assert "(https://github.com/acme/pm/blob/HEAD/postmortems/queue.md#action-items)" in body
        assert f"(https://github.com/acme/pm/blob/{commit}/postmortems/queue.md?plain=1#L10)" in body
        two.settled()

    def test_without_a_remote_an_issue_names_its_document(self, two: Repository) -> None:
        two.run("sync")
        body = people(two).show(2).issue.body
        assert "(postmortems/queue.md)" in body
        assert "://" not in body

    def test_sync_makes_one_issue_per_item_with_owner_due_date_and_priority(self, two: Repository) -> None:
        two.run("sync")
        assert [
            ("Warm the cache before traffic arrives", "carol", "2026-12-24", "P2", Status.NOT_STARTED),
            ("Alert when the queue holds more than 5,000 messages", "alice", "2026-12-01", "P1", Status.NOT_STARTED),
            ("Give retries a limit", "bob", "2026-12-15", "P2", Status.NOT_STARTED),
        ] == [(i.title, i.owner, i.due, i.priority, i.status) for i in people(two).listing()]
        two.settled()

    def test_only_the_links_are_added(self, two: Repository) -> None:
        two.run("sync")
        table = TABLE.replace("| Not Started |", "| Not Started (local#2) |", 1)
        assert table.replace("| Not Started |", "| Not Started (local#3) |", 1) == two.read(QUEUE)
        assert YAML + "    issue: local#1\n" == two.read(CACHE)

    def test_the_plan_goes_to_stderr_and_the_result_to_stdout(self, two: Repository) -> None:
        result = two.run("sync")
        assert "Plan: 3 to create" in result.err
        assert "Plan:" not in result.out
        assert "3 created" in result.out

    def test_local_state_stays_out_of_git(self, two: Repository) -> None:
        two.run("sync")
        assert "*\n" == (two.root / ".tracksync" / ".gitignore").read_text()


class TestTheWayBack:
    def test_what_people_do_in_the_tracker_is_written_into_the_documents(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        before = two.read(QUEUE)
        people(two).close(2, actor="dana")
        people(two).edit(3, due="2027-01-15", status=Status.IN_PROGRESS, assignees=["erin"], actor="sam")
        two.run("sync")
        expected = before.replace("Not Started (local#2)", "Complete (local#2)").replace(
            "@bob | 2026-12-15 | P2 | Not Started (local#3)", "@erin | 2027-01-15 | P2 | In Progress (local#3)"
        )
        assert expected == two.read(QUEUE)
        two.settled()

    def test_in_yaml_too(self, two: Repository) -> None:
        two.run("sync")
        people(two).close(1, Status.WONT_DO, actor="dana")
        people(two).edit(1, priority="P0", actor="dana")
        two.run("sync")
        assert YAML.replace("Not Started", "Won't Do").replace("P2", "P0") + "    issue: local#1\n" == two.read(CACHE)
        two.settled()

    def test_a_reopened_issue_goes_back(self, two: Repository) -> None:
        two.run("sync")
        people(two).close(2, actor="dana")
        two.run("sync")
        two.commit()
        two.run("sync")
        people(two).reopen(2, actor="dana")
        two.run("sync")
        assert "Not Started (local#2)" in two.read(QUEUE)
        two.settled()

    def test_taken_back_before_the_commit_the_former_text_is_restored(self, two: Repository) -> None:
        two.edit(QUEUE, "2026-12-01", "Dec 1, 2026")
        two.commit()
        two.run("sync")
        two.commit()
        before = two.read(QUEUE)
        people(two).edit(2, due="2027-01-15", actor="sam")
        two.run("sync")
        assert "Jan 15, 2027" in two.read(QUEUE)
        people(two).edit(2, due="2026-12-01", actor="sam")
        two.run("sync")
        assert before == two.read(QUEUE)
        two.settled()

    def test_discarded_before_the_commit_it_is_offered_again(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        before = two.read(QUEUE)
        people(two).close(2, actor="dana")
        two.run("sync")
        two.write(QUEUE, before)
        assert "1 cell to write" in two.run("plan").out
        two.run("sync")
        assert "Complete (local#2)" in two.read(QUEUE)
        assert Status.COMPLETE is people(two).show(2).issue.status
        two.settled()


class TestTheWayForth:
    def test_a_committed_edit_of_the_document_goes_into_the_issue(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "@alice | 2026-12-01", "@frank | Feb 3, 2027")
        two.commit()
        two.run("sync")
        issue = people(two).show(2).issue
        assert ("frank", "2027-02-03") == (issue.owner, issue.due)
        two.settled()

    def test_an_edit_that_is_not_committed_waits(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        two.edit(QUEUE, "2026-12-01", "2027-02-03")
        result = two.run("plan", "--verbose")
        assert "No changes." in result.out
        assert "not committed" in result.out
        two.settled()
        assert "2027-02-03" == people(two).show(2).issue.due

    def test_a_rename_that_is_taken_back_is_nobodys_edit(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        before = two.read(QUEUE)
        people(two).edit(2, due="2027-07-07", actor="sam")
        two.run("sync")
        (two.root / QUEUE).rename(two.root / "postmortems/renamed.md")
        two.run("sync")
        (two.root / "postmortems/renamed.md").unlink()
        two.write(QUEUE, before)
        two.run("sync")
        assert "2027-07-07" == people(two).show(2).issue.due
        two.settled()

    def test_rewording_and_going_back_before_any_commit_is_nobodys_edit(self, two: Repository) -> None:
        before = two.read(QUEUE)
        two.run("sync")
        people(two).edit(2, due="2027-07-07", actor="sam")
        two.run("sync")
        two.edit(QUEUE, "Alert when the queue holds more than 5,000 messages", "Alert earlier")
        two.run("sync")
        two.write(QUEUE, before)
        two.run("sync")
        issue = people(two).show(2).issue
        assert ("2027-07-07", "Alert when the queue holds more than 5,000 messages") == (issue.due, issue.title)
        two.settled()

    def test_a_reworded_item_keeps_its_issue(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "Give retries a limit", "Give up after five retries")
        two.commit()
        two.run("sync")
        assert "Give up after five retries" == people(two).show(3).issue.title
        two.settled()

    def test_a_renamed_document_keeps_its_issues(self, two: Repository) -> None:
        two.run("sync")
        (two.root / QUEUE).rename(two.root / "postmortems/renamed.md")
        two.settled()
        assert 3 == len(people(two).listing())

    def test_a_new_row_gets_its_issue_before_it_is_committed(self, two: Repository) -> None:
        two.run("sync")
        two.write(QUEUE, two.read(QUEUE) + "| Page somebody after an hour | @gina | 2027-03-01 | P3 | |\n")
        two.run("sync")
        assert "| Page somebody after an hour | @gina | 2027-03-01 | P3 | (local#4) |" in two.read(QUEUE)
        two.settled()


class TestDisagreement:
    def test_both_sides_moved_is_a_conflict_that_touches_neither(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "2026-12-01", "2027-02-03")
        two.commit()
        people(two).edit(2, due="2027-04-05", actor="sam")
        result = two.run("sync")
        assert (0, True) == (result.status, "Conflicts (1)" in result.err)
        assert 5 == two.run("sync", "--fail-on", "conflicts").status
        assert 5 == two.run("plan", "--fail-on", "conflicts").status
        assert "2027-02-03" in two.read(QUEUE)
        assert "2027-04-05" == people(two).show(2).issue.due
        people(two).edit(2, due="2027-02-03", actor="sam")
        two.settled()

    def test_a_status_edited_in_the_document_is_held(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "Not Started (local#2)", "Done (local#2)")
        two.commit()
        result = two.run("sync", "--format", "json")
        assert [("status", "not_started", "complete", "not_started")] == [
            (c["field"], c["base"], c["document"], c["tracker"]) for c in result.json["plan"]["conflicts"]
        ]
        assert "Done (local#2)" in two.read(QUEUE)
        people(two).close(2, actor="dana")
        two.settled()
        assert "Done (local#2)" in two.read(QUEUE)

    def test_with_status_merged_the_document_closes_and_reopens(self, two: Repository) -> None:
        two.write("tracksync.yml", "fields:\n  status: merge\n")
        two.run("sync")
        two.edit(QUEUE, "Not Started (local#2)", "Done (local#2)")
        two.commit()
        two.run("sync")
        assert Status.COMPLETE is people(two).show(2).issue.status
        two.settled()
        two.edit(QUEUE, "Done (local#2)", "Not Started (local#2)")
        two.commit()
        two.run("sync")
        assert Status.NOT_STARTED is people(two).show(2).issue.status
        two.settled()


class TestBytes:
    @pytest.mark.parametrize(
        "dress",
        [
            lambda text: text.replace(b"\n", b"\r\n"),
            lambda text: b"\xef\xbb\xbf" + text,
            lambda text: text.rstrip(b"\n"),
            lambda text: text.replace(b"Queue outage", "Queue \u2028 outage \x0b \x85 日本".encode()),
            lambda text: text.replace(b"| @alice |", b"|  \t@alice   |"),
        ],
        ids=["crlf", "bom", "no-final-newline", "odd-line-separators", "padding"],
    )
    def test_nothing_but_the_cells_concerned_changes(
        self, repository: Callable[..., Repository], dress: Callable[[bytes], bytes]
    ) -> None:
        original = dress(TABLE.encode())
        made = repository(postmortems__queue_md=original)
        made.run("sync")
        linked = original.replace(b"Not Started", b"Not Started (local#1)", 1)
        head, _, tail = linked.rpartition(b"Not Started")
        assert head + b"Not Started (local#2)" + tail == (made.root / QUEUE).read_bytes()
        people(made).close(1, actor="dana")
        made.settled()

    def test_mode_and_symlinks_stay(self, repository: Callable[..., Repository]) -> None:
        made = repository(real__queue_md=TABLE)
        (made.root / "real/queue.md").chmod(0o640)
        (made.root / "postmortems").mkdir()
        (made.root / QUEUE).symlink_to("../real/queue.md")
        made.commit()
        made.run("sync")
        assert (made.root / QUEUE).is_symlink()
        assert "local#1" in made.read("real/queue.md")
        assert 0o640 == stat.S_IMODE((made.root / "real/queue.md").stat().st_mode)
        made.settled()


class TestWithoutGit:
    def test_the_file_is_the_truth(self, two: Repository) -> None:
        import shutil

        shutil.rmtree(two.root / ".git")
        two.run("sync")
        people(two).close(2, actor="dana")
        assert "1 remembered" in two.run("sync").out
        assert "Complete (local#2)" in two.read(QUEUE)
        two.edit(QUEUE, "2026-12-15", "2027-02-03")
        two.run("sync")
        assert "2027-02-03" == people(two).show(3).issue.due
        assert "No changes." in two.run("plan").out
        two.run("sync")
        assert "No changes." in two.run("sync").out


class TestRestoredBackups:
    def test_an_older_database_is_noticed_in_spite_of_a_newer_cache(self, two: Repository) -> None:
        state = two.root / ".tracksync"
        two.run("sync", QUEUE)
        backup = (state / "tracker.db").read_bytes()
        two.run("sync")
        two.commit()
        for file in state.glob("tracker.db*"):
            file.unlink()
        (state / "tracker.db").write_bytes(backup)
        assert "issue-missing" in two.run("plan").out


class TestRequests:
    def test_an_unchanged_run_is_one_read_and_no_write(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        assert {"read": 1, "write": 0} == two.run("sync", "--format", "json").json["requests"]

    def test_without_a_cache_it_is_a_read_for_each_hundred_issues(self, repository: Callable[..., Repository]) -> None:
        rows = "".join(f"| Item {n} | @alice | 2026-12-01 | P1 | Not Started |\n" for n in range(230))
        made = repository(postmortems__queue_md=TABLE + rows)
        made.run("sync", "--allow-creates", "232")
        made.write("tracksync.yml", "cache: false\n")
        made.commit()
        assert {"read": 3, "write": 0} == made.run("sync", "--format", "json").json["requests"]

    def test_new_items_are_one_write_each(self, two: Repository) -> None:
        assert {"read": 2, "write": 3} == two.run("sync", "--format", "json").json["requests"]

    def test_one_persons_change_costs_at_most_three_requests_more(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        people(two).close(2, actor="dana")
        back = two.run("sync", "--format", "json").json["requests"]
        assert back["read"] + back["write"] <= 4
        two.commit()
        two.run("sync")
        two.edit(QUEUE, "2026-12-15", "2027-02-03")
        two.commit()
        forth = two.run("sync", "--format", "json").json["requests"]
        assert forth["read"] + forth["write"] <= 4
        two.settled()


class TestAProposalThatNobodyWants:
    def test_is_forgotten_and_the_same_value_by_a_person_is_an_edit(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        two.run("issues", "edit", "2", "--due", "2027-02-03")
        two.run("sync")
        two.run("issues", "edit", "2", "--due", "2026-12-01")
        two.edit(QUEUE, "2027-02-03", "2026-12-01")
        two.run("sync")
        assert [] == list((two.root / ".tracksync" / "journal").iterdir())
        two.edit(QUEUE, "2026-12-01", "2027-02-03")
        two.commit()
        two.run("sync")
        assert "2027-02-03" == people(two).show(2).issue.due
        two.settled()


class TestNumbersThatMeanSomethingElse:
    """A link is evidence, no proof: a number may have stood in a document before there was such an issue."""

    def test_a_number_that_a_row_names_is_not_given_to_another_item(self, two: Repository) -> None:
        two.edit(QUEUE, "P2 | Not Started |", "P2 | In Progress (#1) |")
        two.commit()
        for _ in range(2):
            two.run("sync")
        assert [2, 3] == [issue.ref.number for issue in people(two).listing()]
        assert "issue-missing" in two.run("plan").out
        two.settled()

    def test_in_a_clone_without_the_tracker_no_link_takes_over_a_new_issue(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        shutil.rmtree(two.root / ".tracksync")
        two.write("postmortems/new.md", TABLE.replace("retries", "callers").replace("Alert", "Warn"))
        two.commit()
        for _ in range(2):
            two.run("sync")
        assert [4, 5] == [issue.ref.number for issue in people(two).listing()]
        assert "Give callers a limit" == people(two).show(5).issue.title
        two.settled()

    def test_a_number_far_beyond_all_others_is_taken_for_a_slip(self, two: Repository) -> None:
        two.edit(QUEUE, "P2 | Not Started |", "P2 | In Progress (#2000000) |")
        two.commit()
        two.run("sync")
        assert [1, 2] == [issue.ref.number for issue in people(two).listing()]
        two.settled()


class TestWhatCanNotBeWritten:
    """A cell that can't take a value is a problem of the plan, and not the same failure in every run."""

    LISTED = "status: Final\naction_items:\n  - item: Limit the retries\n    owner:\n      - alice\n      - bob\n"

    def test_a_list_of_owners_in_block_style_stays_and_is_told(self, repository: Callable[..., Repository]) -> None:
        made = repository(postmortems__queue_yml=self.LISTED + "    status: Not Started\n")
        made.write("tracksync.yml", "owners: {alice: alice, bob: bob}\n")
        made.run("sync")
        made.commit()
        made.run("issues", "edit", "1", "--owner", "carol")
        before = made.read("postmortems/queue.yml")
        for _ in range(2):
            result = made.run("sync")
            assert (0, before) == (result.status, made.read("postmortems/queue.yml"))
            assert "not-written: the owner of this item can't be written here; write `carol` by hand" in result.err
        assert 0 == made.run("plan", "--detailed-exitcode").status
        made.settled()

    def test_a_new_issue_whose_link_has_no_place_is_told_at_once(self, repository: Callable[..., Repository]) -> None:
        made = repository(postmortems__queue_yml="status: Final\naction_items:\n  - item: |\n      Limit the retries\n")
        result = made.run("sync", "--format", "json")
        assert (0, ["create"]) == (result.status, [change["action"] for change in result.json["applied"]])
        assert ["not-written"] == [problem["rule"] for problem in result.json["plan"]["problems"]]
        assert "warning not-written: the issue of this item" in made.run("plan").out
        made.settled()

    def test_a_title_with_marks_in_it_can_change_again(self, two: Repository) -> None:
        two.write("tracksync.yml", "fields: {title: merge}\n")
        two.run("sync")
        two.commit()
        for title in ("Limit *all* retries", "Limit [most] | some retries", "Limit retries"):
            two.run("issues", "edit", "3", "--title", title)
            assert 0 == two.run("sync").status
            two.settled()
        assert "| Limit retries | @bob |" in two.read(QUEUE)

    def test_a_title_that_would_be_no_item_is_told_and_stays_out(self, two: Repository) -> None:
        two.write("tracksync.yml", "fields: {title: merge}\n")
        two.run("sync")
        two.commit()
        two.run("issues", "edit", "3", "--title", "[Action 1]")
        assert "not-written: nothing was written" in two.run("plan").out
        two.settled()


class TestAColumnForLinks:
    """`documents.issue_column`: the one thing that is written beside the cells concerned, and only when asked for."""

    TABLES = (
        "## Action Items\n\n| Action | Owner |\n|---|---|\n| Limit the retries | @bob |\n| [Action 2] | @owner |\n"
        "| Drain the queue |\n\n## Follow-up\n\nAction | Owner\n:-- | --:\nWarm the cache | @carol\nDone already | @bob"
    )

    def test_is_added_to_a_table_that_has_no_place_for_them(self, repository: Callable[..., Repository]) -> None:
        made = repository(postmortems__queue_md=self.TABLES)
        made.write("tracksync.yml", "documents: {issue_column: true}\n")
        assert 0 == made.run("sync").status
        expected = (
            "## Action Items\n\n| Action | Owner | Issue |\n|---|---|---|\n| Limit the retries | @bob | local#1 |\n"
            "| [Action 2] | @owner |\n| Drain the queue | | local#2 |\n\n## Follow-up\n\nAction | Owner | Issue\n"
            ":-- | --: | ---\nWarm the cache | @carol | local#3\nDone already | @bob | local#4"
        )
        assert expected.replace("queue | |", "queue |  |") == made.read("postmortems/queue.md")
        made.settled()

    def test_is_not_added_unasked_nor_where_a_row_has_more_cells(self, repository: Callable[..., Repository]) -> None:
        made = repository(postmortems__queue_md=self.TABLES)
        made.run("sync")
        assert self.TABLES == made.read("postmortems/queue.md")
        assert "no-place" in made.run("plan").out
        made.write("tracksync.yml", "documents: {issue_column: true}\n")
        made.edit("postmortems/queue.md", "| [Action 2] | @owner |", "| [Action 2] | @owner | more |")
        made.run("sync")
        assert made.read("postmortems/queue.md").startswith("## Action Items\n\n| Action | Owner |\n|---|---|\n")
        made.settled()


def test_a_new_issue_says_what_was_committed_and_the_edit_follows_its_commit(two: Repository) -> None:
    two.edit(QUEUE, "| P1 |", "| P3 |")
    two.run("sync")
    assert "P1" == people(two).show(2).issue.priority
    assert [] == two.run("plan", "--format", "json").json["changes"]
    two.commit()
    two.run("sync")
    assert "P3" == people(two).show(2).issue.priority
    two.settled()
