import json
from pathlib import Path

import pytest

from tracksync.errors import PublishError, TracksyncError
from tracksync.journal import Entry, Journal
from tracksync.model import Field

KEY = "ABCDEFGHIJKLMNOP"
STATUS = Entry(KEY, Field.STATUS, "complete", 2)
OWNER = Entry(KEY, Field.OWNER, "zoë,\u2028\ud800", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".tracksync" / "journal"


def written(folder: Path, name: str = f"{KEY}.status.json", **changes: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    data = {
        "version": 1,
        "key": KEY,
        "field": "status",
        "value": "complete",
        "serial": 2,
        "path": "",
        "head": "",
        "former": None,
    }
    (folder / name).write_text(json.dumps(data | changes))
    return folder / name


def test_a_journal_that_was_never_written_is_empty_and_makes_nothing(folder):
    assert ([], []) == Journal(folder).entries()
    Journal(folder).forget([STATUS])
    assert not folder.parent.exists()


def test_what_is_remembered_reads_back(folder):
    Journal(folder).remember([STATUS, OWNER])
    assert ([OWNER, STATUS], []) == Journal(folder).entries()
    assert [f"{KEY}.owner.json", f"{KEY}.status.json"] == sorted(path.name for path in folder.iterdir())
    assert "*\n" == (folder.parent / ".gitignore").read_text()


def test_one_value_is_remembered_for_each_key_and_field(folder):
    Journal(folder).remember([STATUS])
    Journal(folder).remember([STATUS._replace(value="blocked", serial=3)])
    assert [STATUS._replace(value="blocked", serial=3)] == Journal(folder).entries()[0]


def test_what_is_forgotten_is_gone_and_the_rest_stays(folder):
    Journal(folder).remember([STATUS, OWNER])
    Journal(folder).forget([STATUS, STATUS])
    assert ([OWNER], []) == Journal(folder).entries()


def test_a_fresh_entry_is_what_an_old_one_looks_like(folder):
    Journal(folder).remember([STATUS])
    assert json.loads(written(folder).read_text()) == json.loads((folder / f"{KEY}.status.json").read_text())
    assert ([STATUS], []) == Journal(folder).entries()


@pytest.mark.parametrize(
    "changes",
    [
        {"value": 1},
        {"serial": -1},
        {"serial": True},
        {"serial": "2"},
        {"path": None},
        {"head": 1},
        {"former": 1},
        {"version": 0},
        {"key": "A" * 16},
        {"field": "owner"},
        {"name": "notes.json"},
        {"name": "../journal/x.issue.json"},
    ],
)
def test_an_entry_that_makes_no_sense_is_a_problem_and_left_out(folder, changes):
    written(folder, **changes)
    entries, (problem,) = Journal(folder).entries()
    assert ([], "journal-unreadable") == (entries, problem.rule)
    assert problem.path.startswith(".tracksync/journal/")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_a_damaged_file_is_a_problem_and_the_others_count(folder, data):
    Journal(folder).remember([STATUS, OWNER])
    (folder / f"{KEY}.owner.json").write_bytes(data)
    entries, problems = Journal(folder).entries()
    assert ([STATUS], 1) == (entries, len(problems))


def test_a_newer_entry_stops_the_run(folder):
    written(folder, version=2)
    with pytest.raises(TracksyncError, match=r"newer tracksync \(version 2\)"):
        Journal(folder).entries()


def test_a_journal_that_cannot_be_written_says_so_before_a_document_is(folder):
    folder.parent.mkdir()
    folder.write_text("a file is in the way")
    with pytest.raises(PublishError, match="journal"):
        Journal(folder).remember([STATUS])


def test_a_failed_write_leaves_no_file_behind(folder):
    (folder / f"{KEY}.status.json").mkdir(parents=True)
    with pytest.raises(PublishError):
        Journal(folder).remember([STATUS])
    assert [f"{KEY}.status.json"] == [path.name for path in folder.iterdir()]
    with pytest.raises(PublishError):
        Journal(folder).forget([STATUS])


def test_until_the_new_value_is_written_the_former_one_is_remembered(folder):
    journal = Journal(folder)
    newer = STATUS._replace(value="blocked")
    journal.remember([STATUS])
    journal.remember([newer])
    assert ([newer._replace(former="complete")], []) == journal.entries()
    journal.remember([newer])
    assert ([newer._replace(former="complete")], []) == journal.entries()
    journal.confirm([newer, OWNER])
    journal.confirm([newer])
    assert ([newer._replace(shown=True)], []) == journal.entries()


def test_outside_a_repository_a_value_that_was_written_was_shown(folder):
    journal = Journal(folder)
    committed = STATUS._replace(head="4b825dc")
    journal.remember([OWNER, committed])
    journal.confirm([OWNER, committed])
    assert ([OWNER._replace(shown=True), committed], []) == journal.entries()
    journal.remember([OWNER._replace(value="bob")])
    assert (OWNER._replace(value="bob", former=OWNER.value), committed) == tuple(journal.entries()[0])


def test_the_value_of_an_earlier_agreement_is_not_a_former_one(folder):
    journal = Journal(folder)
    later = STATUS._replace(value="blocked", serial=3)
    journal.remember([STATUS])
    journal.remember([later])
    assert ([later], []) == journal.entries()
