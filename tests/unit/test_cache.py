from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.contract.tracker_contract import draft
from tracksync.cache import FULL_LISTING_AFTER, Cache, Snapshot, listing
from tracksync.model import Field, IssuePatch, Status
from tracksync.trackers.base import LABEL
from tracksync.trackers.local import LocalTracker
from tracksync.trackers.local_people import LocalPeople

NOON = datetime(2027, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / ".tracksync" / "tracker.db"


@pytest.fixture
def tracker(database: Path) -> LocalTracker:
    return LocalTracker(database)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / ".tracksync" / "cache")


def the_file(tmp_path: Path) -> Path:
    (found,) = (tmp_path / ".tracksync" / "cache").iterdir()
    return found


def agrees(tracker: LocalTracker, cache: Cache, now: datetime = NOON) -> bool:
    """The cached listing is the full one, but for bodies."""
    full = [(issue.ref, issue.version, issue.marker, issue.status) for issue in tracker.issues().issues]
    return full == [(i.ref, i.version, i.marker, i.status) for i in listing(tracker, cache, now).issues]


def test_a_second_listing_is_one_read_and_shows_the_same(tracker, cache):
    for _ in range(120):
        tracker.create(draft())
    first = listing(tracker, cache, NOON)
    reads = tracker.requests.read
    second = listing(tracker, cache, NOON)
    assert 2 == reads
    assert 1 == tracker.requests.read - reads
    assert [issue.ref for issue in first.issues] == [issue.ref for issue in second.issues]
    assert "" == second.issues[0].body
    assert first.issues[0].marker == second.issues[0].marker


def test_an_issue_keeps_what_could_not_be_read_in_it(tracker, cache):
    issue = replace(tracker.create(draft()), body="", faults=("the line Due holds no day",), labels=frozenset({"bug"}))
    cache.store("local", "local", Snapshot(NOON, issue.version, (issue,)))
    kept = cache.load("local", "local")
    assert kept is not None
    assert (issue,) == kept.issues


def test_without_a_cache_every_listing_is_full(tracker):
    tracker.create(draft())
    assert tracker.issues() == listing(tracker, None, NOON)


def test_changes_on_both_sides_arrive(tracker, cache, database):
    first, second = tracker.create(draft()), tracker.create(draft())
    assert agrees(tracker, cache)
    tracker.update(first, IssuePatch({Field.OWNER: "bob"}, None))
    LocalPeople(database).close(second.ref.number, Status.DUPLICATE, actor="dana")
    tracker.create(draft())
    LocalPeople(database).edit(first.ref.number, actor="dana", body="<!-- tracksync:marker broken -->")
    LocalPeople(database).edit(second.ref.number, actor="dana", body="no marker")
    assert agrees(tracker, cache)
    assert agrees(tracker, cache)


def test_an_issue_that_lost_its_label_leaves_and_comes_back(tracker, cache, database):
    number = tracker.create(draft()).ref.number
    tracker.create(draft())
    assert agrees(tracker, cache)
    LocalPeople(database).edit(number, actor="dana", remove_labels=[LABEL])
    assert agrees(tracker, cache)
    LocalPeople(database).edit(number, actor="dana", add_labels=[LABEL])
    assert agrees(tracker, cache)


def test_a_new_database_is_not_mixed_with_what_was_known_of_the_old(tracker, cache, database):
    for _ in range(3):
        tracker.create(draft())
    assert agrees(tracker, cache)
    database.unlink()
    assert agrees(tracker, cache)
    tracker.create(draft())
    assert agrees(tracker, cache)


def test_an_old_copy_of_the_cache_costs_nothing_but_reads(tracker, cache, tmp_path):
    first = tracker.create(draft())
    listing(tracker, cache, NOON)
    old = the_file(tmp_path).read_bytes()
    tracker.update(first, IssuePatch({Field.STATUS: "complete"}, None))
    tracker.create(draft())
    listing(tracker, cache, NOON)
    the_file(tmp_path).write_bytes(old)
    assert agrees(tracker, cache)


@pytest.mark.parametrize(
    "damage", [lambda b: b"", lambda b: b[:-1], lambda b: b.replace(b"P1", b"P2"), lambda b: b"\xff"]
)
def test_a_damaged_cache_is_not_used(tracker, cache, tmp_path, damage):
    tracker.create(draft())
    listing(tracker, cache, NOON)
    path = the_file(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    assert cache.load("local", "local") is None
    assert agrees(tracker, cache)
    assert cache.load("local", "local") is not None


def test_a_newer_cache_is_not_used(tracker, cache, tmp_path):
    tracker.create(draft())
    listing(tracker, cache, NOON)
    path = the_file(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"tracksync-cache 5", b"tracksync-cache 6"))
    assert cache.load("local", "local") is None


def test_the_cache_of_another_project_is_not_used(tracker, cache, tmp_path):
    tracker.create(draft())
    listing(tracker, cache, NOON)
    mine = the_file(tmp_path)
    cache.store("local", "web", Snapshot(NOON, "x", ()))
    (other,) = [path for path in mine.parent.iterdir() if path != mine]
    other.write_bytes(mine.read_bytes())
    assert cache.load("local", "web") is None


@pytest.mark.parametrize("later", [FULL_LISTING_AFTER, -timedelta(seconds=1)])
def test_after_a_day_or_with_a_turned_back_clock_the_listing_is_full(tracker, cache, later):
    tracker.create(draft())
    listing(tracker, cache, NOON)
    listing(tracker, cache, NOON + later)
    assert NOON + later == cache.load("local", "local").listed


def test_an_unchanged_listing_writes_nothing(tracker, cache, tmp_path):
    tracker.create(draft())
    listing(tracker, cache, NOON)
    before = the_file(tmp_path).stat()
    listing(tracker, cache, NOON + timedelta(hours=1))
    after = the_file(tmp_path).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_project_without_issues_makes_no_cache(tracker, cache, tmp_path):
    assert () == listing(tracker, cache, NOON).issues
    assert [] == list(tmp_path.iterdir())


def test_a_cache_that_cannot_be_written_is_done_without(tracker, tmp_path):
    tracker.create(draft())
    (tmp_path / "file").write_text("")
    assert 1 == len(listing(tracker, Cache(tmp_path / "file"), NOON).issues)


def test_an_incomplete_listing_is_passed_on_and_never_kept(database, cache):
    class HalfAnAnswer(LocalTracker):
        def issues(self, since: str = ""):
            return replace(super().issues(since), complete=False, reason="a page is missing")

    tracker = HalfAnAnswer(database)
    tracker.create(draft())
    assert not listing(tracker, cache, NOON).complete
    assert cache.load("local", "local") is None


def test_how_often_all_are_listed_can_be_chosen(tmp_path: Path) -> None:
    tracker, cache = LocalTracker(tmp_path / "t.db"), Cache(tmp_path / "cache")
    tracker.create(draft())
    listing(tracker, cache, NOON)
    listing(tracker, cache, NOON + timedelta(hours=2), timedelta(hours=1))
    loaded = cache.load(tracker.host, tracker.project)
    assert loaded is not None
    assert NOON + timedelta(hours=2) == loaded.listed


def test_what_another_reader_saw_is_listed_anew_because_trust_depends_on_the_reader(tracker, cache):
    tracker.create(draft())
    for number, reader in enumerate(("robot", "robot", "robot,alice", "robot")):
        tracker.reader = reader
        listing(tracker, cache, NOON + timedelta(minutes=number))
        assert reader == cache.load("local", "local").reader
    listed = cache.load("local", "local").listed
    assert NOON + timedelta(minutes=3) == listed
