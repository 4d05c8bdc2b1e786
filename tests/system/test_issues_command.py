import json
from pathlib import Path

import pytest

from tests.contract.tracker_contract import draft
from tracksync import cli
from tracksync.model import Status
from tracksync.trackers.local import LocalTracker
from tracksync.trackers.local_people import LocalPeople


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tracksync.yml").write_text("tracker:\n  kind: local\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("USER", "dana")
    return tmp_path


@pytest.fixture
def database(workplace: Path) -> Path:
    path = workplace / ".tracksync" / "tracker.db"
    LocalTracker(path).create(draft(title="Add an alert"))
    LocalPeople(path).create("Call the vendor", actor="kim")
    LocalPeople(path).close(2, actor="kim")
    return path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(["issues", *words])
    out, err = capsys.readouterr()
    return status, out, err


def test_issues_of_routed_projects_are_listed_and_changed_by_their_full_name(capsys, database, workplace):
    (workplace / "tracksync.yml").write_text("tracker: {kind: local, routes: [{team: web, project: acme/web}]}\n")
    LocalTracker(database, "acme/web").create(draft(title="Warm the cache"))
    assert ["local#1", "acme/web#1", "2"] == [line.split(" ")[0] for line in run(capsys, "list")[1].splitlines()]
    assert 0 == run(capsys, "close", "acme/web#1")[0]
    assert Status.COMPLETE is LocalPeople(database, "acme/web").show(1).issue.status
    assert Status.NOT_STARTED is LocalPeople(database).show(1).issue.status
    assert 2 == run(capsys, "show", "acme/gone#1")[0]


def test_list_shows_open_issues_in_aligned_rows(capsys, database):
    expected = "local#1  Not Started  alice  2027-02-28  P1  Add an alert\n1 issue, 1 open.\n"
    assert (0, expected, "") == run(capsys, "list")


@pytest.mark.parametrize(("state", "numbers"), [("open", [1]), ("closed", [2]), ("all", [1, 2])])
def test_list_as_json_shows_the_issues_in_a_state(capsys, database, state, numbers):
    _, out, _ = run(capsys, "list", "--state", state, "--format", "json")
    assert numbers == [issue["issue"]["number"] for issue in json.loads(out)["issues"]]


def test_without_issues_list_is_empty_and_makes_nothing(capsys, workplace):
    assert (0, "0 issues, 0 open.\n", "") == run(capsys, "list")
    assert ["tracksync.yml"] == [path.name for path in workplace.iterdir()]


def test_show_tells_who_changed_what_and_nothing_of_the_marker(capsys, database):
    run(capsys, "edit", "1", "--due", "", "--as", "sam")
    status, out, _ = run(capsys, "show", "local#1")
    assert 0 == status
    assert 'sam changed due from "2027-02-28" to nothing\n' in out
    assert "Labels: tracksync\n" in out
    assert "Action item of the postmortem Queue outage" in out
    assert "tracksync:" not in out


def test_show_does_nothing_with_what_people_wrote(capsys, database):
    LocalPeople(database).edit(1, actor="x\x1b]0;", body="\x1b[2J::error::gone", title="a\u202eb")
    _, out, _ = run(capsys, "show", "1")
    assert all(hostile not in out for hostile in ("\x1b", "\n::error", "\u202e"))


def test_show_as_json_has_the_text(capsys, database):
    _, out, _ = run(capsys, "show", "#1", "--format", "json")
    (issue,) = json.loads(out)["issues"]
    assert ("ABCDEFGHIJKLMNOP", "tracksync") == (issue["key"], issue["author"])
    assert "Queue outage" in issue["body"]


def test_edit_changes_what_is_given_and_leaves_the_rest(capsys, database):
    words = ("--owner", "@Bob", "--owner", "al", "--priority", "p0", "--status", "in_progress", "--add-label", "db")
    assert (0, "local#1  In Progress  al,bob  2027-02-28  P0  Add an alert\n", "") == run(capsys, "edit", "1", *words)
    shown = LocalPeople(database).show(1)
    issue = shown.issue
    assert ("al,bob", "P0", Status.IN_PROGRESS, "2027-02-28") == (issue.owner, issue.priority, issue.status, issue.due)
    assert ("db", "status/in-progress", "tracksync") == shown.labels
    assert {"tracksync", "dana"} == {event.actor for event in shown.history}


def test_empty_values_clear_and_labels_go(capsys, database):
    run(capsys, "edit", "1", "--owner", "", "--due", "", "--priority", "", "--remove-label", "tracksync")
    shown = LocalPeople(database).show(1)
    assert ("", "", "", ()) == (shown.issue.owner, shown.issue.due, shown.issue.priority, shown.labels)


@pytest.mark.parametrize(
    ("reason", "status"),
    [("completed", Status.COMPLETE), ("not_planned", Status.WONT_DO), ("duplicate", Status.DUPLICATE)],
)
def test_close_and_reopen(capsys, database, reason, status):
    assert 0 == run(capsys, "close", "1", "--reason", reason, "--as", "sam")[0]
    assert status is LocalPeople(database).show(1).issue.status
    assert 0 == run(capsys, "reopen", "1")[0]
    assert Status.NOT_STARTED is LocalPeople(database).show(1).issue.status


@pytest.mark.parametrize(
    "words",
    [
        ("show", "9"),
        ("show", "other#1"),
        ("show", "x"),
        ("close", "9"),
        ("close", "1", "--reason", "bored"),
        ("close", "1", "--as", " "),
        ("edit", "1"),
        ("edit", "1", "--title", " "),
        ("edit", "1", "--due", "soon"),
        ("edit", "1", "--priority", "high"),
        ("edit", "1", "--status", "complete"),
        ("edit", "1", "--owner", "@"),
        ("edit", "1", "--owner", "@@bob"),
        ("edit", "1", "--owner", "bob, al"),
        ("edit", "1", "--owner", "", "--owner", "x y"),
        ("edit", "1", "--add-label", ""),
        ("edit", "1", "--add-label", "a", "--remove-label", " "),
    ],
)
def test_a_wrong_command_is_refused_with_a_sentence_and_changes_nothing(capsys, database, words):
    before = LocalPeople(database).listing()
    status, out, err = run(capsys, *words)
    assert (2, "") == (status, out)
    assert "Traceback" not in err
    assert err
    assert before == LocalPeople(database).listing()


def test_a_damaged_database_is_one_sentence(capsys, database):
    database.write_text("words " * 1000)
    status, out, err = run(capsys, "list")
    assert (1, "") == (status, out)
    assert "damaged or no SQLite database" in err


def test_without_a_user_name_it_was_a_person(capsys, database, monkeypatch):
    monkeypatch.delenv("USER")
    run(capsys, "close", "1")
    assert "person" == LocalPeople(database).show(1).history[-1].actor
