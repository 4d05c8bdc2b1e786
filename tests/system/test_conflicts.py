"""Both sides say something else: a person sees who moved what, and settles it. Every way ends with: No changes."""

from collections.abc import Callable

import pytest

from tracksync.errors import StaleIssue, TrackerError
from tracksync.model import Issue, IssuePatch
from tracksync.trackers.local import LocalTracker
from tracksync.trackers.local_people import LocalPeople

from .conftest import Repository

QUEUE = "postmortems/queue.md"
ROW = f"{QUEUE}:10"


def people(repository: Repository) -> LocalPeople:
    return LocalPeople(repository.root / ".tracksync" / "tracker.db")


def due(repository: Repository) -> tuple[bool, str]:
    """Whether the row shows the tracker's day, and the issue's own."""
    return "2027-02-02" in repository.read(QUEUE), people(repository).show(2).issue.due


@pytest.fixture
def conflicting(two: Repository) -> Repository:
    """Both sides moved the due date, and the document the status, which follows the tracker."""
    two.run("sync")
    two.commit()
    two.edit(QUEUE, "2026-12-01", "2027-01-01")
    two.edit(QUEUE, "Not Started (local#2)", "In Progress (local#2)")
    two.commit()
    people(two).edit(2, due="2027-02-02", actor="dana")
    return two


class TestIsShown:
    def test_in_the_plan_with_base_and_both_values_and_how_it_ends(self, conflicting: Repository) -> None:
        out = conflicting.run("plan").out
        assert (
            f"  {ROW} local#2 due: document 2027-01-01, tracker 2027-02-02, last agreed 2026-12-01   "
            "(changed on both sides; in the tracker by dana)" in out
        )
        assert (
            f"  {ROW} local#2 status: document In Progress, tracker Not Started, last agreed Not Started   (edited in "
            "the document, but this field follows the tracker)" in out
        )
        assert "`tracksync resolve local#2 --take document`" in out
        conflicts = conflicting.run("plan", "--format", "json").json["conflicts"]
        assert [
            ("due", "2026-12-01", "2027-01-01", "2027-02-02", "dana"),
            ("status", "not_started", "in_progress", "not_started", None),
        ] == [(one["field"], one["base"], one["document"], one["tracker"], one["person"]) for one in conflicts]
        markdown = conflicting.run("plan", "--format", "markdown").out
        assert "| due | 2027-01-01 | 2027-02-02 | 2026-12-01 |" in markdown

    def test_in_the_status_of_the_item(self, conflicting: Repository) -> None:
        out = conflicting.run("status", "local#2").out
        assert "conflict: both sides moved, in the tracker by dana" in out
        assert "held: edited in the document, and this field follows the tracker" in out
        assert "`tracksync resolve local#2 --take document`" in out
        assert "tracksync resolve" not in conflicting.run("status", "local#3").out

    def test_without_a_name_where_the_history_can_not_be_read(
        self, conflicting: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> object:
            raise TrackerError("the history can't be read")

        monkeypatch.setattr(LocalTracker, "editors", fail)
        assert "(changed on both sides)" in conflicting.run("plan").out


class TestIsSettled:
    def test_by_editing_the_document(self, conflicting: Repository) -> None:
        conflicting.edit(QUEUE, "2027-01-01", "2027-02-02")
        conflicting.edit(QUEUE, "In Progress (local#2)", "Not Started (local#2)")
        conflicting.settled()
        assert [] == conflicting.run("plan", "--format", "json").json["conflicts"]

    def test_by_editing_the_issue(self, conflicting: Repository) -> None:
        conflicting.run("issues", "edit", "2", "--due", "2027-01-01", "--status", "in_progress")
        conflicting.settled()
        assert [] == conflicting.run("plan", "--format", "json").json["conflicts"]

    @pytest.mark.parametrize("key", ["local#2", "#2", ROW])
    def test_by_taking_the_document(self, conflicting: Repository, key: str) -> None:
        result = conflicting.run("resolve", key, "--take", "document")
        assert (0, "") == (result.status, result.err)
        assert (
            "local#2 due 2027-02-02 → 2027-01-01   (the document's value counts)\n"
            "local#2 status Not Started → In Progress   (the document's value counts)\n"
        ) == result.out
        assert (False, "2027-01-01") == due(conflicting)
        conflicting.settled()
        assert [] == conflicting.run("plan", "--format", "json").json["conflicts"]

    def test_by_taking_the_tracker(self, conflicting: Repository) -> None:
        result = conflicting.run("resolve", ROW, "--take", "tracker")
        assert (
            f"local#2 due: the tracker's value counts; `tracksync sync` writes it into {ROW}\n"
            f"local#2 status: the tracker's value counts; `tracksync sync` writes it into {ROW}\n"
        ) == result.out
        assert (False, "2027-02-02") == due(conflicting)
        conflicting.settled()
        assert (True, "2027-02-02") == due(conflicting)
        assert "Not Started (local#2)" in conflicting.read(QUEUE)

    def test_field_by_field(self, conflicting: Repository) -> None:
        conflicting.run("resolve", ROW, "--take", "document", "--field", "status")
        assert "in_progress" == people(conflicting).show(2).issue.status
        assert ["due"] == [one["field"] for one in conflicting.run("plan", "--format", "json").json["conflicts"]]
        conflicting.run("resolve", ROW, "--take", "tracker", "--field", "due")
        conflicting.settled()
        assert (True, "2027-02-02") == due(conflicting)

    def test_by_a_policy(self, conflicting: Repository) -> None:
        conflicting.write("tracksync.yml", "fields:\n  due: document\n  status: merge\n")
        conflicting.settled()
        assert (False, "2027-01-01") == due(conflicting)
        assert "in_progress" == people(conflicting).show(2).issue.status

    def test_a_done_row_closes_its_issue(self, two: Repository) -> None:
        two.run("sync")
        two.edit(QUEUE, "Not Started (local#2)", "Complete (local#2)")
        two.commit()
        two.run("resolve", ROW, "--take", "document")
        assert people(two).show(2).issue.status.closed
        two.settled()


class TestIsRefused:
    def test_where_there_is_none(self, conflicting: Repository) -> None:
        before = conflicting.read(QUEUE), [one.version for one in people(conflicting).listing()]
        result = conflicting.run("resolve", "local#3", "--take", "document")
        assert (2, "") == (result.status, result.out)
        assert "local#3 has no conflict, so nothing was done" in result.err
        result = conflicting.run("resolve", ROW, "--take", "document", "--field", "priority")
        assert "local#2 has no conflict about priority" in result.err
        assert before == (conflicting.read(QUEUE), [one.version for one in people(conflicting).listing()])

    def test_twice(self, conflicting: Repository) -> None:
        conflicting.run("resolve", ROW, "--take", "tracker")
        assert 2 == conflicting.run("resolve", ROW, "--take", "document").status

    def test_without_a_side(self, conflicting: Repository) -> None:
        assert 2 == conflicting.run("resolve", ROW).status

    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (StaleIssue("moved"), "local#2 was changed at this moment; nothing was done to it"),
            (TrackerError("the database is locked", "wait"), "the database is locked; wait"),
        ],
    )
    def test_when_the_write_fails(
        self, conflicting: Repository, monkeypatch: pytest.MonkeyPatch, error: TrackerError, said: str
    ) -> None:
        def fail(*_: object) -> Issue:
            raise error

        monkeypatch.setattr(LocalTracker, "update", fail)
        result = conflicting.run("resolve", ROW, "--take", "document")
        assert (1, "") == (result.status, result.out)
        assert said in result.err


def test_a_settled_conflict_is_one_write(conflicting: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[IssuePatch] = []
    update: Callable[[LocalTracker, Issue, IssuePatch], Issue] = LocalTracker.update

    def counted(self: LocalTracker, seen: Issue, patch: IssuePatch) -> Issue:
        writes.append(patch)
        return update(self, seen, patch)

    monkeypatch.setattr(LocalTracker, "update", counted)
    conflicting.run("resolve", ROW, "--take", "document")
    assert [{"due": "2027-01-01", "status": "in_progress"}] == [dict(one.values) for one in writes]
