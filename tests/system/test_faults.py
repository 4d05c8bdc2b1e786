"""What goes wrong in the middle of a run, and what the run makes of it. Only the fault is made up; all else is real."""

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from tracksync import app, config
from tracksync.atomic import LEFT_OVER
from tracksync.errors import BudgetSpent, OutcomeUnknown, TrackerError
from tracksync.model import Fetched, Field, Issue, IssueDraft, IssuePatch, IssueRef, Overwritten, Status, Written
from tracksync.planning.changes import Action
from tracksync.publish import worktree
from tracksync.reports.run import RunReport
from tracksync.trackers.local import LocalTracker
from tracksync.trackers.local_people import LocalPeople
from tracksync.workspace import open_workspace

from .conftest import Repository

QUEUE = "postmortems/queue.md"


class Faulty(LocalTracker):
    """The local tracker with something in the way; each hook runs around the request of its name."""

    before_create: Callable[[IssueDraft], None] = staticmethod(lambda draft: None)
    after_create: Callable[[IssueDraft], None] = staticmethod(lambda draft: None)
    before_update: Callable[[Issue], None] = staticmethod(lambda issue: None)
    shown: Callable[[Issue], Issue] = staticmethod(lambda issue: issue)
    allowed: Callable[[IssuePatch], IssuePatch] = staticmethod(lambda patch: patch)
    history: Callable[[Sequence[Written]], list[Overwritten]] = staticmethod(lambda written: [])
    before_fetch: Callable[[], None] = staticmethod(lambda: None)
    listed: Callable[[Fetched], Fetched] = staticmethod(lambda fetched: fetched)

    def create(self, draft: IssueDraft) -> Issue:
        self.before_create(draft)
        made = super().create(draft)
        self.after_create(draft)
        return self.shown(made)

    def update(self, seen: Issue, patch: IssuePatch) -> Issue:
        self.before_update(seen)
        return super().update(seen, self.allowed(patch))

    def overwritten(self, written: Sequence[Written]) -> list[Overwritten]:
        return self.history(written)

    def fetch(self, refs: Sequence[IssueRef]) -> Mapping[IssueRef, Issue]:
        self.before_fetch()
        return super().fetch(refs)

    def issues(self, since: str = "") -> Fetched:
        return self.listed(super().issues(since))


def sync(repository: Repository, **hooks: Any) -> RunReport:
    space = open_workspace(config.load(repository.root, repository.root))
    tracker = Faulty(repository.root / ".tracksync" / "tracker.db")
    for name, hook in hooks.items():
        setattr(tracker, name, hook)
    return app.sync(replace(space, tracker=tracker))


def people(repository: Repository) -> LocalPeople:
    return LocalPeople(repository.root / ".tracksync" / "tracker.db")


def lost(draft: IssueDraft) -> None:
    raise OutcomeUnknown("the connection was lost before the answer came")


def once(act: Callable[[], object]) -> Callable[..., None]:
    """`act` at the first call only."""
    left = [act]

    def hook(*_: object) -> None:
        if left:
            left.pop()()

    return hook


class TestCreates:
    def test_a_lost_answer_is_looked_up_and_never_sent_again(self, two: Repository) -> None:
        report = sync(two, after_create=lost)
        assert () == report.failed
        assert 3 == len(people(two).listing()) == sum(change.action is Action.CREATE for change in report.applied)
        assert "local#3" in two.read(QUEUE)
        two.settled()

    def test_a_request_that_never_arrived_is_indeterminate_and_made_in_the_next_run(self, two: Repository) -> None:
        report = sync(two, before_create=lost)
        assert [True] * 3 == [failure.unknown for failure in report.failed]
        assert [] == people(two).listing()
        two.run("sync")
        assert 3 == len(people(two).listing())
        two.settled()

    def test_a_refused_create_never_stops_the_others(self, two: Repository) -> None:
        def refused(draft: IssueDraft) -> None:
            if "retries" in draft.values["title"]:  # type: ignore[index]
                raise TrackerError("refused")

        report = sync(two, before_create=refused)
        assert ["refused"] == [failure.message for failure in report.failed]
        assert 2 == len(people(two).listing())
        two.settled()

    def test_another_writer_at_the_same_time_leaves_one_issue_for_each_item(self, two: Repository) -> None:
        def another(draft: IssueDraft) -> None:
            LocalTracker(two.root / ".tracksync" / "tracker.db").create(draft)

        report = sync(two, before_create=another)
        issues = people(two).listing()
        assert () == report.failed
        assert [1, 3, 5] == [issue.ref.number for issue in issues if not issue.status.closed]
        assert [Status.DUPLICATE] * 3 == [issue.status for issue in issues if issue.status.closed]
        assert ["local#3", "local#5"] == [f"local#{n}" for n in range(1, 7) if f"local#{n})" in two.read(QUEUE)]
        two.settled()

    def test_an_incomplete_listing_creates_nothing(self, two: Repository) -> None:
        report = sync(two, listed=lambda fetched: Fetched(fetched.issues, False, "page 2 did not arrive"))
        assert ([], ()) == (people(two).listing(), report.applied)
        assert ["listing-incomplete"] * 3 == [problem.rule for problem in report.plan.problems]


class TestATokenWithoutWriteAccess:
    """The platform drops silently what such a token may not set."""

    def unlabelled(self, repository: Repository) -> Callable[[Issue], Issue]:
        def shown(issue: Issue) -> Issue:
            return people(repository).edit(issue.ref.number, actor="platform", remove_labels=["tracksync"])

        return shown

    def test_an_issue_without_our_label_is_linked_and_stops_all_further_creates(self, two: Repository) -> None:
        report = sync(two, shown=self.unlabelled(two))
        assert ["local#1"] == [str(issue.ref) for issue in people(two).listing()]
        assert "local#1" in two.read("postmortems/cache.yml")
        assert {
            "not created, because local#1 came back without our label: the next run could not find such an issue; "
            "give the token write access to the project"
        } == {failure.message for failure in report.failed}
        assert 2 == len(report.failed)
        assert [("field-dropped", "local#1: the tracker didn't take our label; the token may lack write access")] == [
            (problem.rule, problem.message) for problem in report.noticed
        ]
        two.run("sync")
        assert 3 == len(people(two).listing())
        two.settled()

    def test_fields_that_an_update_lost_are_told_for_each_issue(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "@alice | 2026-12-01", "@carol | 2027-02-03")
        two.commit()

        def allowed(patch: IssuePatch) -> IssuePatch:
            return replace(patch, values={which: v for which, v in patch.values.items() if which is not Field.OWNER})

        report = sync(two, allowed=allowed)
        message = "local#2: the tracker didn't take owner; the token may lack write access"
        assert [message] == [problem.message for problem in report.noticed]
        assert [(QUEUE, 10)] == [(problem.path, problem.line) for problem in report.noticed]
        assert report.noticed[0] in report.plan.problems
        sync(two, allowed=allowed)
        assert "@carol | 2027-02-03" in two.read(QUEUE)
        two.settled()
        assert "carol" == people(two).show(2).issue.owner

    def test_an_owner_that_a_create_lost_is_never_emptied_in_the_document(self, two: Repository) -> None:
        def ownerless(issue: Issue) -> Issue:
            return people(two).edit(issue.ref.number, actor="platform", assignees=[])

        report = sync(two, shown=ownerless)
        assert ["field-dropped"] * 3 == [problem.rule for problem in report.noticed]
        assert () == report.failed
        two.commit()
        two.run("sync")
        assert "@alice | 2026-12-01" in two.read(QUEUE)
        assert "alice" == people(two).show(2).issue.owner
        two.settled()

    def test_a_memory_that_could_not_be_set_right_is_told(self, two: Repository) -> None:
        def ownerless(issue: Issue) -> Issue:
            return people(two).edit(issue.ref.number, actor="platform", assignees=[])

        def refused(issue: Issue) -> None:
            raise TrackerError("refused")

        report = sync(two, shown=ownerless, before_update=refused)
        assert ["field-dropped"] * 3 == [problem.rule for problem in report.noticed]
        assert all("could not be remembered" in problem.message for problem in report.noticed)
        assert () == report.failed


class TestWhatCanBeHeld:
    """A tracker that doesn't say for once what it can hold."""

    def sync(self, repository: Repository, *calls: int) -> RunReport:
        count = iter(range(1, 1000))

        class Hushed(Faulty):
            def hold(self, values: Mapping[Field, str], project: str = "") -> Mapping[Field, str]:
                if next(count) in calls:
                    raise TrackerError("the people of the project can't be read")
                return super().hold(values, project)

        space = open_workspace(config.load(repository.root, repository.root))
        return app.sync(replace(space, tracker=Hushed(repository.root / ".tracksync" / "tracker.db")))

    def test_loses_no_report_when_it_is_asked_after_a_create(self, two: Repository) -> None:
        report = self.sync(two, 5, 7, 9)  # planning asks three times, each draft and each answer once
        assert ((), 3) == (report.failed, sum(change.action is Action.CREATE for change in report.applied))
        two.settled()

    def test_fails_one_item_when_it_is_asked_for_its_draft(self, two: Repository) -> None:
        report = self.sync(two, 6)
        assert ["the people of the project can't be read"] == [failure.message for failure in report.failed]
        assert 2 == len(people(two).listing())
        two.settled()


class TestABudget:
    """What one run may ask of the tracker is used up."""

    RESUME = "2026-12-01T10:00:00Z"

    def spent(self, *_: object) -> None:
        raise BudgetSpent("the 10 requests of this run are used up", "raise `limits.requests`", self.RESUME)

    def after(self, calls: int) -> Callable[..., None]:
        left = [None] * calls
        return lambda *_: left.pop() if left else self.spent()

    def test_spent_by_creates_links_what_was_created_and_says_what_is_left(self, two: Repository) -> None:
        report = sync(two, before_create=self.after(2))
        assert [Action.CREATE] * 2 + [Action.WRITE] * 2 == [change.action for change in report.applied]
        assert ([Action.CREATE], ()) == ([change.action for change in report.remaining], report.failed)
        assert (self.RESUME, "the 10 requests of this run are used up; raise `limits.requests`") == (
            report.resume,
            report.stopped,
        )
        assert "local#2" in two.read(QUEUE)
        two.settled()
        assert 3 == len(people(two).listing())

    def test_spent_for_reads_too_links_by_what_the_tracker_answered(self, two: Repository) -> None:
        creates, reads = self.after(2), self.after(1)

        def listed(fetched: Fetched) -> Fetched:
            reads()
            return fetched

        report = sync(two, before_create=creates, listed=listed)
        assert [Action.CREATE] * 2 + [Action.WRITE] * 2 == [change.action for change in report.applied]
        assert ([Action.CREATE], ()) == ([change.action for change in report.remaining], report.failed)
        assert "local#2" in two.read(QUEUE)
        two.settled()

    def test_spent_by_updates_leaves_the_rest_to_the_next_run(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "2026-12-01", "2027-02-03")
        two.edit(QUEUE, "2026-12-15", "2027-02-04")
        two.commit()
        report = sync(two, before_update=self.after(1))
        assert [2] == [change.issue.number for change in report.applied if change.issue]
        assert [3] == [change.issue.number for change in report.remaining if change.issue]
        two.settled()
        assert "2027-02-04" == people(two).show(3).issue.due

    def test_spent_before_the_documents_leaves_them_as_they_are(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        people(two).edit(2, due="2027-02-03", actor="sam")
        report = sync(two, before_fetch=self.spent)
        assert ((), [Action.WRITE], ()) == (report.applied, [c.action for c in report.remaining], report.failed)
        two.settled()
        assert "2027-02-03" in two.read(QUEUE)

    def test_spent_on_the_second_look_counts_what_was_stale_as_left(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "2026-12-01", "2027-02-03")
        two.commit()
        reads = self.after(1)

        def listed(fetched: Fetched) -> Fetched:
            reads()
            return fetched

        edit = once(lambda: people(two).edit(2, priority="P0", actor="sam"))
        report = sync(two, before_update=edit, listed=listed)
        assert ([Action.UPDATE], ()) == ([change.action for change in report.remaining], report.failed)
        assert self.RESUME == report.resume

    def test_spent_while_the_memory_follows_the_documents_counts_it_as_left(self, two: Repository) -> None:
        two.run("sync")
        (two.root / ".git").rename(two.root / "no-git")  # without git the file states what it shows
        people(two).edit(2, due="2027-02-03", actor="sam")
        report = sync(two, before_update=self.spent)
        assert "2027-02-03" in two.read(QUEUE)
        assert [Field.DUE] == [change.field for change in report.remaining if change.remembers_only]

    def test_spent_before_anything_was_seen_is_told_with_its_own_exit_status(
        self, two: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(LocalTracker, "issues", self.spent)
        assert 0 == two.run("sync").status
        result = two.run("sync", "--fail-on", "budget", "--format", "json")
        assert (7, {"reason": "the 10 requests of this run are used up", "resume": self.RESUME}) == (
            result.status,
            result.json["stopped"],
        )
        assert "hint: raise `limits.requests`" in result.err

    def test_spent_in_the_middle_has_its_own_exit_status(
        self, two: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(LocalTracker, "create", self.spent)
        assert 0 == two.run("sync").status
        result = two.run("sync", "--fail-on", "budget")
        assert 7 == result.status
        assert "3 changes left: run `tracksync sync` again, from 2026-12-01T10:00:00Z on." in result.out


class TestPeopleInBetween:
    def test_an_edit_of_the_issue_before_the_update_is_kept(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "2026-12-01", "2027-02-03")
        two.commit()
        report = sync(two, before_update=once(lambda: people(two).edit(2, due="2027-04-05", actor="sam")))
        assert "2027-04-05" == people(two).show(2).issue.due
        assert () == report.applied
        assert "Conflicts (1)" in two.run("plan").out

    def test_an_edit_that_an_update_overwrote_is_told_with_what_it_was(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "2026-12-01", "2027-02-03")
        two.commit()
        asked = []

        def history(written: Sequence[Written]) -> list[Overwritten]:
            asked.extend(written)
            return [Overwritten(one.after.ref, "due", "dana", "2027-04-05") for one in written]

        report = sync(two, history=history)
        assert [("2026-12-01", "2027-02-03")] == [(one.before.due, one.after.due) for one in asked]
        assert [(QUEUE, 10, "overwrote", "local#2: overwrote dana's change of due from 2027-04-05")] == [
            (one.path, one.line, one.rule, one.message) for one in report.noticed
        ]

    def test_a_history_that_can_not_be_read_is_no_failed_run(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "2026-12-01", "2027-02-03")
        two.commit()

        def history(written: Sequence[Written]) -> list[Overwritten]:
            raise TrackerError("the answer was cut short", "run again")

        report = sync(two, history=history)
        message = (
            "whether an update overwrote somebody's edit could not be looked up: the answer was cut short; run again"
        )
        assert ([message], ()) == ([one.message for one in report.noticed], report.failed)
        assert "2027-02-03" == people(two).show(2).issue.due

    def test_a_run_that_updates_nothing_asks_for_no_history(self, two: Repository) -> None:
        def history(written: Sequence[Written]) -> list[Overwritten]:
            raise TrackerError("nobody should have asked")

        assert () == sync(two, history=history).noticed

    def test_another_field_edited_in_between_is_planned_again(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "2026-12-01", "2027-02-03")
        two.commit()
        sync(two, before_update=once(lambda: people(two).edit(2, priority="P0", actor="sam")))
        assert "2027-02-03" == people(two).show(2).issue.due
        two.settled()
        assert "P0" in two.read(QUEUE)

    def test_an_issue_that_moves_before_the_document_is_written_is_planned_again(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        people(two).edit(2, due="2027-02-03", actor="sam")
        sync(two, before_fetch=once(lambda: people(two).edit(2, due="2027-04-05", actor="sam")))
        assert "2027-04-05" in two.read(QUEUE)
        two.settled()

    def test_who_never_stops_editing_is_told_that_the_run_gave_up(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        people(two).edit(2, due="2027-02-03", actor="sam")
        days = iter(range(10, 28))

        def again() -> None:
            people(two).edit(2, due=f"2027-03-{next(days)}", actor="sam")

        report = sync(two, before_fetch=again)
        assert ["changed while this run was going on; it will be looked at again"] == [f.message for f in report.failed]
        assert "2026-12-01" in two.read(QUEUE)
        two.settled()

    def test_a_document_edited_in_between_keeps_the_edit(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        people(two).close(2, actor="dana")
        sync(
            two,
            before_fetch=once(lambda: two.edit(QUEUE, "# Postmortem: Queue outage", "# Postmortem: A queue outage")),
        )
        assert "A queue outage" in two.read(QUEUE)
        assert "Complete (local#2)" in two.read(QUEUE)
        two.settled()

    def test_a_document_edited_at_the_last_moment_is_planned_again(
        self, two: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        two.run("sync")
        two.commit()
        people(two).close(2, actor="dana")
        digest, edit = worktree.digest, once(lambda: two.edit(QUEUE, "Queue outage", "A queue outage"))

        def later(data: bytes) -> str:
            found = digest(data)
            edit()
            return found

        monkeypatch.setattr("tracksync.publish.worktree.digest", later)
        assert () == sync(two).failed
        assert "A queue outage" in two.read(QUEUE)
        assert "Complete (local#2)" in two.read(QUEUE)
        two.settled()

    def test_an_issue_that_is_gone_before_the_write_is_not_written(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        people(two).close(2, actor="dana")
        report = sync(two, before_fetch=once(lambda: people(two).edit(2, body="no marker any more", actor="sam")))
        assert "Complete (local#2)" in two.read(QUEUE)
        assert "read-only" in str([change.reason for change in report.applied])

    def test_a_line_inserted_in_between_does_not_lose_a_planned_change(self, two: Repository) -> None:
        two.run("sync")
        two.commit()
        people(two).edit(2, due="2027-02-03", actor="sam")
        two.write("postmortems/new.md", two.read(QUEUE).replace("Give retries a limit", "Something else"))
        two.edit("postmortems/new.md", "local#2", "")  # a document with an item of its own
        report = sync(
            two, before_create=once(lambda: two.edit(QUEUE, "## Action Items", "More words.\n\n## Action Items"))
        )
        assert () == report.failed
        assert "2027-02-03" in two.read(QUEUE)

    def test_what_became_too_much_in_between_stops_without_losing_the_report(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "2026-12-01", "2027-02-03")
        two.edit(QUEUE, "2026-12-15", "2027-02-04")
        two.commit()

        def flood() -> None:
            people(two).edit(2, priority="P0", actor="sam")
            rows = "".join(f"| Item {n} | @alice | 2026-12-01 | P1 | Not Started |\n" for n in range(30))
            two.write(QUEUE, two.read(QUEUE) + rows)

        report = sync(two, before_update=once(flood))
        assert [3] == [change.issue.number for change in report.applied if change.issue]
        assert [2] == [failure.change.issue.number for failure in report.failed if failure.change.issue]
        assert 3 == len(people(two).listing())


class TestDisks:
    def test_a_full_disk_leaves_the_document_and_the_next_run_goes_on(
        self, two: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        move = os.replace

        def full(source: str, target: Any) -> None:
            if str(target).endswith("queue.md"):
                raise OSError(errno.ENOSPC, "No space left on device")
            move(source, target)

        before = two.read(QUEUE)
        with monkeypatch.context() as patched:
            patched.setattr("os.replace", full)
            result = two.run("sync")
        assert (1, before) == (result.status, two.read(QUEUE))
        assert "No space left on device" in result.out + result.err
        assert "local#1" in two.read("postmortems/cache.yml")
        assert [] == list(two.root.rglob(LEFT_OVER))
        two.run("sync")
        assert "local#3" in two.read(QUEUE)
        two.settled()

    def test_dying_between_note_and_write_does_not_strand_our_own_value(
        self, two: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        two.run("sync")
        two.commit()
        people(two).edit(2, due="2027-02-03", actor="sam")
        two.run("sync")
        people(two).edit(2, due="2027-04-05", actor="sam")
        move = os.replace

        def dies(source: str, target: Any) -> None:
            if str(target).endswith("queue.md"):
                raise KeyboardInterrupt
            move(source, target)

        with monkeypatch.context() as patched:
            patched.setattr("os.replace", dies)
            assert 130 == two.run("sync").status
        assert "2027-02-03" in two.read(QUEUE)
        two.run("sync")
        assert "2027-04-05" in two.read(QUEUE)
        two.settled()

    def test_a_read_only_document_stays_and_the_others_are_written(self, two: Repository) -> None:
        before = two.read(QUEUE)
        (two.root / QUEUE).chmod(0o444)
        result = two.run("sync")
        assert (1, before) == (result.status, two.read(QUEUE))
        assert f"{QUEUE} is read-only" in result.out + result.err
        assert "local#1" in two.read("postmortems/cache.yml")
        (two.root / QUEUE).chmod(0o644)
        two.run("sync")
        two.settled()
