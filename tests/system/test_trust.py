"""Markers that people paste, edit and remove, on the local tracker: no item is taken over, no edit overwritten."""

import shutil
from collections.abc import Callable

import pytest

from tracksync.trackers.local_people import LocalPeople

from .conftest import Repository

QUEUE = "postmortems/queue.md"


def people(repository: Repository) -> LocalPeople:
    return LocalPeople(repository.root / ".tracksync" / "tracker.db")


def body(repository: Repository, number: int) -> str:
    return people(repository).show(number).issue.body


def problems(repository: Repository) -> dict[str, str]:
    return {one["rule"]: one["message"] for one in repository.run("plan", "--format", "json").json["problems"]}


def everything(repository: Repository) -> list[object]:
    shown = [(one.ref, one.title, one.owner, one.due, one.priority, one.status) for one in people(repository).listing()]
    return [*shown, repository.read(QUEUE)]


@pytest.fixture
def synced(two: Repository) -> Repository:
    people(two).create("An old bug", actor="mallory")
    two.settled()
    return two


class TestAMarkerThatIsPasted:
    def test_into_an_older_issue_takes_nothing_over(self, synced: Repository) -> None:
        people(synced).edit(1, body=body(synced, 3), add_labels=["tracksync"], actor="mallory")
        before = everything(synced)
        assert 0 == synced.run("sync").status
        assert "`tracksync release local#1`" in problems(synced)["marker-copied"]
        assert before == everything(synced)
        synced.run("release", "local#1")
        synced.settled()
        assert {} == problems(synced)

    def test_into_a_new_issue_takes_nothing_over(self, synced: Repository) -> None:
        people(synced).create("A new bug", actor="mallory", body=body(synced, 3), labels=["tracksync"])
        before = everything(synced)
        assert 0 == synced.run("sync").status
        assert "duplicate-worked-on" in problems(synced)
        assert before == everything(synced)

    def test_into_the_issue_of_another_item_touches_neither(self, synced: Repository) -> None:
        people(synced).edit(3, body=body(synced, 4), actor="mallory")
        before = everything(synced)
        assert 0 == synced.run("sync").status
        assert "local#3 and local#4 carry the same marker" in problems(synced)["same-issue-twice"]
        assert before == everything(synced)


class TestAMarkerThatIsEdited:
    @pytest.mark.parametrize(
        ("old", "new"),
        [("2026-12-01", "2027-01-01"), ("postmortems/queue.md", "postmortems/cache.yml"), ('"key": "', '"key": "A')],
    )
    def test_is_refused_and_nothing_is_overwritten(self, synced: Repository, old: str, new: str) -> None:
        text = body(synced, 3)
        start = text.index("<!-- tracksync:marker")
        assert old in text[start:]
        people(synced).edit(3, body=text[:start] + text[start:].replace(old, new), due="2027-01-01", actor="mallory")
        before = everything(synced)
        assert 0 == synced.run("sync").status
        assert "edited by hand" in problems(synced)["marker-unreadable"]
        assert before == everything(synced)

    def test_goes_with_release_and_comes_right_with_adopt(self, synced: Repository) -> None:
        text = body(synced, 3)
        people(synced).edit(3, body=text.replace('["2026-12-01", 0]', '["2026-12-24", 9]'), actor="mallory")
        assert 0 == synced.run("release", "local#3").status
        assert 0 == synced.run("adopt", f"{QUEUE}:10", "local#3").status
        synced.settled()
        assert {} == problems(synced)


class TestAMarkerThatIsRemoved:
    def test_makes_the_issue_read_only_until_it_is_adopted(self, synced: Repository) -> None:
        people(synced).edit(3, body="Mine now.\n", due="2027-01-01", actor="dana")
        synced.edit(QUEUE, "P1", "P0")
        synced.commit()
        before = everything(synced)
        synced.run("sync")
        assert before == everything(synced)
        people(synced).close(3, actor="dana")
        synced.settled()
        assert "Complete (local#3)" in synced.read(QUEUE)
        assert ("Mine now.\n", "P1") == (body(synced, 3), people(synced).show(3).issue.priority)

    def test_from_the_issue_of_a_row_without_a_link_makes_no_second_one(
        self, repository: Callable[..., Repository]
    ) -> None:
        table = (
            "# Outage\n\n**Status**: Final\n\n## Action Items\n\n| Action | Owner |\n|---|---|\n| Alert | @alice |\n"
        )
        made = repository(postmortems__queue_md=table)
        made.settled()
        people(made).edit(1, body="", actor="dana")
        assert 0 == made.run("sync").status
        assert f"`tracksync adopt {QUEUE}:9 local#1`" in problems(made)["marker-removed"]
        made.run("adopt", f"{QUEUE}:9", "local#1")
        made.settled()
        assert 1 == len(people(made).listing())


def test_an_old_copy_of_the_cache_changes_no_result(synced: Repository) -> None:
    state = synced.root / ".tracksync"
    shutil.copytree(state / "cache", state / "old")
    people(synced).edit(3, due="2027-01-01", actor="dana")
    synced.settled()
    assert "2027-01-01" in synced.read(QUEUE)
    synced.edit(QUEUE, "2027-01-01", "2027-02-02")
    synced.settled()
    shutil.rmtree(state / "cache")
    (state / "old").rename(state / "cache")
    before = everything(synced)
    synced.run("sync")
    assert before == everything(synced)
    assert "2027-02-02" == people(synced).show(3).issue.due
