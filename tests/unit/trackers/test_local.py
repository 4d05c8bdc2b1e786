import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.tracker_contract import draft
from tracksync.errors import StaleIssue, TrackerError, UsageError
from tracksync.model import MERGED, Field, IssueDraft, IssuePatch, IssueRef, Marker, Status, Trust
from tracksync.trackers import open_tracker
from tracksync.trackers.local import LocalTracker
from tracksync.trackers.local_people import LocalPeople
from tracksync.trackers.opening import Wanted

NOON = datetime(2027, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".tracksync" / "tracker.db"


def run_sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.commit()


values = st.fixed_dictionaries(
    {},
    optional={
        Field.TITLE: st.text(st.characters(exclude_categories=()), max_size=300),
        Field.OWNER: st.text("aB, @\ud800é", max_size=12),
        Field.DUE: st.sampled_from(["", "2027-01-15", "2027-02-30", "20270115", "tomorrow"]),
        Field.PRIORITY: st.sampled_from(["", "P0", "P4", "P5", "p1"]),
        Field.STATUS: st.sampled_from([*(status.value for status in Status), "", "done"]),
    },
)


def test_what_is_created_reads_back_exactly_as_hold_says(tmp_path_factory):
    tracker = LocalTracker(tmp_path_factory.mktemp("held") / "tracker.db")

    @given(values)
    def holds(given_values):
        made = tracker.create(IssueDraft(given_values, Marker("A" * 16, "r", "d", "t"), "T"))
        read = tracker.fetch([made.ref])[made.ref]
        held = tracker.hold(given_values)
        assert held == {which: read.value(which) for which in held}
        assert held == tracker.hold(held)

    holds()


def test_what_cannot_be_held_is_left_out():
    given_values = dict.fromkeys(MERGED, "nonsense") | {
        Field.TITLE: " ",
        Field.OWNER: "Bob, alice,bob",
        Field.ISSUE: "#1",
    }
    assert {Field.OWNER: "alice,bob"} == LocalTracker(Path("unused")).hold(given_values)


def test_looking_makes_no_database(path):
    tracker = LocalTracker(path)
    assert ((), {}, []) == (tracker.issues().issues, tracker.fetch([IssueRef("local", "local", 1)]), tracker.check())
    assert [] == LocalPeople(path).listing()
    assert not path.parent.exists()


def test_the_first_write_makes_the_database_and_keeps_it_out_of_git(path):
    LocalTracker(path).create(draft())
    assert "*\n" == (path.parent / ".gitignore").read_text()
    with closing(sqlite3.connect(path)) as db:
        assert [("wal",)] == db.execute("PRAGMA journal_mode").fetchall()
        assert [(1,)] == db.execute("PRAGMA user_version").fetchall()


def test_versions_grow_when_the_clock_stands_still_or_goes_back(path):
    times = iter([NOON, NOON, NOON.replace(hour=1)])
    tracker = LocalTracker(path, now=lambda: next(times))
    issues = [tracker.create(draft()) for _ in range(3)]
    assert sorted({issue.version for issue in issues}) == [issue.version for issue in issues]


def test_a_patch_that_changes_nothing_leaves_the_version(path):
    tracker = LocalTracker(path)
    created = tracker.create(draft())
    assert created == tracker.update(created, IssuePatch({Field.PRIORITY: "P1"}, None))


def test_an_issue_that_is_gone_is_not_updated(path):
    tracker = LocalTracker(path)
    created = tracker.create(draft())
    path.unlink()
    with pytest.raises(StaleIssue):
        tracker.update(created, IssuePatch({}, None))


def test_projects_count_for_themselves(path):
    refs = [LocalTracker(path, project).create(draft()).ref for project in ("web", "api", "web")]
    assert [("web", 1), ("api", 1), ("web", 2)] == [(ref.project, ref.number) for ref in refs]


def test_a_reference_is_only_one_in_its_own_form(path):
    tracker = LocalTracker(path, "web")
    assert IssueRef("local", "web", 12) == tracker.reference(" #12 ") == tracker.reference("web#12")
    assert [None] * 3 == [tracker.reference(text) for text in ("local#12", "acme/web#12", "web #12")]


def test_a_since_of_another_database_is_answered_as_incomplete(path):
    tracker = LocalTracker(path)
    version = tracker.create(draft()).version
    path.unlink()
    assert not tracker.issues(version).complete
    tracker.create(draft())
    assert not tracker.issues(version).complete


def test_since_pages_too(path):
    tracker = LocalTracker(path)
    first, *_ = [tracker.create(draft()) for _ in range(120)]
    assert 120 == len(tracker.issues(first.version).issues)
    assert 2 == tracker.requests.read


def test_a_file_that_is_no_database_is_one_sentence(path):
    path.parent.mkdir()
    path.write_text("words " * 1000)
    for act in (lambda: LocalTracker(path).issues(), lambda: LocalTracker(path).create(draft())):
        with pytest.raises(TrackerError, match="damaged or no SQLite database") as caught:
            act()
        assert "backup" in caught.value.hint
    assert ["tracker-unusable"] == [problem.rule for problem in LocalTracker(path).check()]


def test_a_newer_schema_is_left_alone(path):
    LocalTracker(path).create(draft())
    run_sql(path, "PRAGMA user_version = 2")
    with pytest.raises(TrackerError, match=r"newer tracksync \(schema version 2\)"):
        LocalTracker(path).issues()


def test_a_database_of_another_program_is_left_alone(path):
    path.parent.mkdir()
    run_sql(path, "CREATE TABLE songs (name TEXT)")
    with pytest.raises(TrackerError, match="another program"):
        LocalTracker(path).create(draft())


def test_a_place_that_cannot_hold_a_database_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(TrackerError, match="can't be used"):
        LocalTracker(tmp_path / "file" / "tracker.db").create(draft())
    with pytest.raises(TrackerError, match="can't be used"):
        LocalTracker(tmp_path).issues()


def test_history_tells_who_changed_what(path):
    number = LocalTracker(path).create(draft()).ref.number
    people = LocalPeople(path)
    people.edit(number, actor="dana", due="", assignees=[], priority="P0", add_labels=["db"], status=Status.BLOCKED)
    people.close(number, Status.WONT_DO, actor="sam")
    people.reopen(number, actor="kim")
    people.edit(number, actor="kim", body=people.show(number).issue.body + "Note")
    shown = people.show(number)
    told = [(event.actor, event.field, event.before, event.after) for event in shown.history if event.field != "labels"]
    assert [
        ("tracksync", "created", "", shown.issue.title),
        ("dana", "owner", "alice", ""),
        ("dana", "due", "2027-02-28", ""),
        ("dana", "priority", "P1", "P0"),
        ("dana", "status", "not_started", "blocked"),
        ("sam", "status", "blocked", "wont_do"),
        ("kim", "status", "wont_do", "not_started"),
    ] == told[:-1]
    assert ("kim", "body") == told[-1][:2]
    assert told[-1][3].endswith("Note")
    assert ("db", "tracksync") == shown.labels


def test_reopening_an_open_issue_keeps_its_status(path):
    people = LocalPeople(path)
    number = people.create("Open", actor="dana").ref.number
    people.edit(number, actor="dana", status=Status.BLOCKED)
    assert Status.BLOCKED is people.reopen(number, actor="dana").status


def test_a_person_is_a_writer_and_their_issue_has_no_marker(path):
    issue = LocalPeople(path).create("Lone \ud800", actor="dana")
    assert (Trust.WRITER, None, "Lone \ufffd", False) == (issue.trust, issue.marker, issue.title, issue.labelled)


def test_an_unknown_number_is_a_wrong_command(path):
    people = LocalPeople(path)
    for act in (lambda: people.show(3), lambda: people.close(3, actor="dana")):
        with pytest.raises(UsageError, match="there is no issue local#3"):
            act()
    assert not path.exists()
    people.create("One", actor="dana")
    with pytest.raises(UsageError, match="there is no issue local#3"):
        people.show(3)


def test_trackers_are_opened_by_kind(tmp_path):
    tracker = open_tracker("local", Wanted(tmp_path / ".tracksync", "web"))
    assert ("local", "web") == (tracker.host, tracker.project)
    with pytest.raises(UsageError, match="there is no tracker 'jira'"):
        open_tracker("jira", Wanted(tmp_path, "web"))
