"""What people do in the very moment in which a run writes documents, and runs that end there."""

import os
from pathlib import Path
from typing import Any

import pytest

from tracksync import app, config
from tracksync.errors import TrackerError
from tracksync.journal import Journal
from tracksync.model import Field, Issue
from tracksync.workspace import open_workspace

from .conftest import Repository
from .test_faults import QUEUE, once, people, sync

FIRST, LATER, LAST = "2026-12-01", "2027-01-15", "2027-02-03"


class Death(BaseException):
    """The process is gone."""


def linked(two: Repository) -> None:
    two.run("sync")
    two.commit()


class TestAProposalThatIsCommittedMeanwhile:
    def test_it_has_landed_whatever_the_run_was_about_to_do(self, two: Repository) -> None:
        linked(two)
        people(two).edit(2, due=LATER, actor="sam")
        two.run("sync")
        people(two).edit(2, due=FIRST, actor="sam")
        sync(two, before_fetch=once(two.commit))
        assert FIRST == people(two).show(2).issue.due
        two.run("sync")
        assert FIRST == people(two).show(2).issue.due, "sam's second edit counts"
        assert FIRST in two.read(QUEUE)
        two.settled()


class TestWhatIsTakenBack:
    def test_it_is_not_remembered_should_the_run_die(self, two: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        linked(two)
        people(two).edit(2, due=LATER, actor="sam")
        two.run("sync")
        people(two).edit(2, due=FIRST, actor="sam")
        replace = os.replace

        def dies(source: Any, target: Any) -> None:
            if Path(target).suffix == ".md":
                raise Death
            replace(source, target)

        with monkeypatch.context() as patched:
            patched.setattr("os.replace", dies)
            with pytest.raises(Death):
                sync(two)
        entries, _ = Journal(two.root / ".tracksync" / "journal").entries()
        assert [LATER] == [entry.value for entry in entries if entry.field is Field.DUE]
        two.settled()


class TestWithoutGit:
    def test_what_the_file_once_showed_has_landed(self, two: Repository) -> None:
        linked(two)
        (two.root / ".git").rename(two.root / "no-git")
        people(two).edit(2, due=LATER, actor="sam")

        def broken(issue: Issue) -> None:
            raise TrackerError("the connection broke", "try again")

        sync(two, before_update=broken)
        assert LATER in two.read(QUEUE)
        two.edit(QUEUE, LATER, LAST)
        people(two).edit(2, due=FIRST, actor="sam")
        planned = app.plan(open_workspace(config.load(two.root, two.root))).plan
        assert [(FIRST, LAST, FIRST)] == [(c.base, c.document, c.tracker) for c in planned.conflicts]
