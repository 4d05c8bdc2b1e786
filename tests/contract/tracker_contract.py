"""What every tracker must do. A subclass gives the tracker, a person who works in it, and a second process."""

import subprocess
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Protocol

import pytest

from tracksync.errors import StaleIssue
from tracksync.model import Base, Bond, Field, Issue, IssueDraft, IssuePatch, IssueRef, Marker, Status, Trust
from tracksync.trackers.base import LABEL, Requests, Tracker

VALUES = {
    Field.TITLE: "Add an alert for --> queue depth & <lag>",
    Field.OWNER: "alice",
    Field.DUE: "2027-02-28",
    Field.PRIORITY: "P1",
    Field.STATUS: "not_started",
}


class Person(Protocol):
    """A human in the tracker's own interface."""

    def create(self, title: str, *, actor: str, body: str = "", labels: Collection[str] = ()) -> Issue: ...
    def edit(
        self,
        number: int,
        *,
        actor: str,
        title: str | None = None,
        body: str | None = None,
        add_labels: Collection[str] = (),
        remove_labels: Collection[str] = (),
    ) -> Issue: ...
    def close(self, number: int, status: Status = Status.COMPLETE, *, actor: str) -> Issue: ...


def marker(serial: int = 0, key: str = "ABCDEFGHIJKLMNOP") -> Marker:
    base = {which: Base(value, serial) for which, value in VALUES.items()}
    return Marker(key, "acme/web", "postmortems/2026-01-01.md", "ABCDEFGHIJKLMNOP", base)


def draft(**values: str) -> IssueDraft:
    return IssueDraft(VALUES | {Field(name): value for name, value in values.items()}, marker(), "Queue outage")


class TrackerContract:
    def make_tracker(self) -> Tracker:
        raise NotImplementedError

    def person(self) -> Person:
        raise NotImplementedError

    def stored(self, text: str) -> str:
        """A text as the platform stores it when it is sent there again."""
        return text

    def creating_process(self, count: int) -> subprocess.Popen[str]:
        """A process that creates `count` issues in the same project and prints their numbers."""
        raise NotImplementedError

    @pytest.fixture
    def tracker(self) -> Tracker:
        return self.make_tracker()

    def count(self, tracker: Tracker) -> Callable[[], Requests]:
        """Gives the requests from here on."""
        before = replace(tracker.requests)
        return lambda: Requests(tracker.requests.read - before.read, tracker.requests.write - before.write)

    def only(self, tracker: Tracker) -> Issue:
        (issue,) = tracker.issues().issues
        return issue

    def test_a_usable_project_has_no_problems(self, tracker: Tracker):
        assert [] == tracker.check()

    def test_a_project_without_issues_lists_none_and_completely(self, tracker: Tracker):
        fetched = tracker.issues()
        assert ((), True) == (fetched.issues, fetched.complete)

    def test_a_new_issue_shows_what_hold_says(self, tracker: Tracker):
        created = tracker.create(draft())
        assert tracker.hold(VALUES) == {which: created.value(which) for which in VALUES}

    def test_a_title_that_is_too_long_is_stored_as_hold_says(self, tracker: Tracker):
        title = "word " * 100
        assert tracker.hold({Field.TITLE: title})[Field.TITLE] == tracker.create(draft(title=title)).title

    def test_a_new_issue_carries_marker_label_and_trust_from_the_start(self, tracker: Tracker):
        created = tracker.create(draft())
        assert (marker(), True, Trust.OURS) == (created.marker, created.labelled, created.trust)

    def test_the_listing_shows_what_create_returned(self, tracker: Tracker):
        created = tracker.create(draft())
        assert created == self.only(tracker)
        assert {created.ref: created} == tracker.fetch([created.ref])

    def test_the_listing_has_closed_issues_too(self, tracker: Tracker):
        created = tracker.create(draft())
        self.person().close(created.ref.number, actor="dana")
        assert Status.COMPLETE is self.only(tracker).status

    def test_the_listing_has_only_issues_with_our_label(self, tracker: Tracker):
        created = tracker.create(draft())
        self.person().create("Something else", actor="dana")
        assert [created.ref] == [issue.ref for issue in tracker.issues().issues]

    def test_the_listing_of_every_issue_has_those_of_people_too(self, tracker: Tracker):
        created = tracker.create(draft())
        theirs = self.person().create("Something else", actor="dana")
        listed = tracker.issues(every=True)
        assert ([created.ref, theirs.ref], True) == ([issue.ref for issue in listed.issues], listed.complete)

    def test_an_issue_that_lost_the_label_is_found_by_number(self, tracker: Tracker):
        created = tracker.create(draft())
        self.person().edit(created.ref.number, actor="dana", remove_labels=[LABEL])
        assert () == tracker.issues().issues
        assert not tracker.fetch([created.ref])[created.ref].labelled

    def test_since_shows_an_issue_that_lost_the_label(self, tracker: Tracker):
        created = tracker.create(draft())
        self.person().edit(created.ref.number, actor="dana", remove_labels=[LABEL])
        (seen,) = tracker.issues(created.version).issues
        assert (created.ref, False) == (seen.ref, seen.labelled)

    def test_since_includes_the_version_itself_and_nothing_older(self, tracker: Tracker):
        first, second, third = (tracker.create(draft(title=title)) for title in ("one", "two", "three"))
        assert first.version < second.version < third.version
        assert (second, third) == tracker.issues(second.version).issues

    def test_250_issues_are_three_pages(self, tracker: Tracker):
        sent = self.count(tracker)
        refs = [tracker.create(draft()).ref for _ in range(250)]
        assert Requests(0, 250) == sent()
        assert refs == [issue.ref for issue in tracker.issues().issues]
        assert Requests(3, 250) == sent()
        assert set(refs) == set(tracker.fetch(refs))
        assert Requests(6, 250) == sent()

    def test_unknown_issues_are_missing_from_a_fetch(self, tracker: Tracker):
        created = tracker.create(draft())
        gone = created.ref._replace(number=999_999)
        elsewhere = created.ref._replace(project="someone/else")
        assert [created.ref] == list(tracker.fetch([gone, created.ref, elsewhere]))

    def test_fetching_nothing_sends_nothing(self, tracker: Tracker):
        sent = self.count(tracker)
        assert {} == tracker.fetch([])
        assert Requests(0, 0) == sent()

    def test_an_update_is_one_read_and_one_write(self, tracker: Tracker):
        created = tracker.create(draft())
        sent = self.count(tracker)
        updated = tracker.update(created, IssuePatch({Field.OWNER: "bob", Field.DUE: ""}, marker(1)))
        assert ("bob", "", marker(1), "P1") == (updated.owner, updated.due, updated.marker, updated.priority)
        assert updated.version > created.version
        assert Requests(1, 1) == sent()
        assert updated == self.only(tracker)

    def test_an_issue_that_moved_is_not_updated(self, tracker: Tracker):
        seen = tracker.create(draft())
        self.person().edit(seen.ref.number, actor="dana", title="Renamed")
        now = self.only(tracker)
        sent = tracker.requests.write
        with pytest.raises(StaleIssue):
            tracker.update(seen, IssuePatch({Field.OWNER: "bob"}, marker(1)))
        assert now == self.only(tracker)
        assert sent == tracker.requests.write

    def test_what_people_wrote_survives_an_update(self, tracker: Tracker):
        created = tracker.create(draft())
        text = "Before\r\n" + created.body + "After, with é and trailing space \n"
        seen = self.person().edit(created.ref.number, actor="dana", body=text, add_labels=["team/db", "Überlast"])
        seen = tracker.fetch([seen.ref])[seen.ref]
        updated = tracker.update(seen, IssuePatch({Field.STATUS: "blocked"}, marker(1)))
        assert marker(1) == updated.marker
        (before, after) = (self.stored(one.body).split("<!-- tracksync:marker") for one in (seen, updated))
        assert before[0] == after[0]
        assert before[1].partition("-->")[2] == after[1].partition("-->")[2]
        self.person().edit(seen.ref.number, actor="dana", remove_labels=["team/db"])
        assert self.only(tracker).version > updated.version

    def test_a_marker_that_a_person_removed_is_not_put_back(self, tracker: Tracker):
        created = tracker.create(draft())
        self.person().edit(created.ref.number, actor="dana", body="Only my words")
        seen = self.only(tracker)
        assert seen.marker is None
        with pytest.raises(StaleIssue):
            tracker.update(seen, IssuePatch({Field.OWNER: "bob"}, marker(1)))
        assert seen == self.only(tracker)

    def test_a_patch_without_marker_leaves_the_body_alone(self, tracker: Tracker):
        created = tracker.create(draft())
        updated = tracker.update(created, IssuePatch({Field.PRIORITY: "P0"}, None))
        assert ("P0", created.body) == (updated.priority, updated.body)

    def test_labels_of_a_draft_and_of_a_patch_are_shown_beside_those_of_people(self, tracker: Tracker):
        created = tracker.create(replace(draft(), labels=frozenset({"team/Db"})))
        self.person().edit(created.ref.number, actor="dana", add_labels=["help wanted"])
        seen = tracker.fetch([created.ref])[created.ref]
        updated = tracker.update(seen, IssuePatch({}, None, frozenset({"team/Web"}), frozenset({"team/Db"})))
        assert {LABEL, "team/Db"} == created.labels
        assert {LABEL, "help wanted", "team/Web"} == updated.labels == self.only(tracker).labels

    @pytest.mark.parametrize("text", ["", "What we saw:\n\n- a graph\n", "No line end", "Windows\r\ntext\r\n"])
    def test_an_issue_of_a_person_is_tied_and_let_go_with_its_text_untouched(self, tracker: Tracker, text: str):
        theirs = self.person().create("Mine", actor="dana", body=text, labels=["bug"])
        seen = tracker.fetch([theirs.ref])[theirs.ref]
        tied = tracker.update(seen, IssuePatch({}, marker(), bond=Bond.TIE, document_title="Queue outage"))
        assert (marker(), True, {"bug", LABEL}) == (tied.marker, tied.labelled, tied.labels)
        assert tied.body.startswith(self.stored(seen.body))
        assert "Queue outage" in tied.body
        again = tracker.update(tied, IssuePatch({}, marker(1), bond=Bond.TIE, document_title="Queue outage"))
        assert marker(1) == again.marker
        let_go = tracker.update(again, IssuePatch({}, None, bond=Bond.UNTIE))
        assert (None, False, {"bug"}) == (let_go.marker, let_go.labelled, let_go.labels)
        assert self.stored(seen.body) == let_go.body

    def test_an_issue_of_ours_that_is_let_go_keeps_its_values_and_peoples_text(self, tracker: Tracker):
        created = tracker.create(draft())
        self.person().edit(created.ref.number, actor="dana", body=created.body + "\nA note.\n")
        seen = tracker.fetch([created.ref])[created.ref]
        let_go = tracker.update(seen, IssuePatch({}, None, bond=Bond.UNTIE))
        assert (None, "A note.") == (let_go.marker, let_go.body.strip())
        assert {which: created.value(which) for which in VALUES} == {which: let_go.value(which) for which in VALUES}

    @pytest.mark.parametrize("status", Status)
    def test_each_status_reads_back_from_create_and_from_update(self, tracker: Tracker, status: Status):
        created = tracker.create(draft(status=status.value))
        assert status is created.status
        for other in Status:
            moved = tracker.update(created, IssuePatch({Field.STATUS: other.value}, None))
            assert other is moved.status
            created = tracker.update(moved, IssuePatch({Field.STATUS: status.value}, None))
            assert status is created.status

    def test_an_issue_made_by_somebody_else_is_not_ours(self, tracker: Tracker):
        theirs = self.person().create("Mine", actor="dana", labels=[LABEL])
        assert Trust.OURS is not tracker.fetch([theirs.ref])[theirs.ref].trust

    def test_several_processes_create_issues_with_different_numbers(self, tracker: Tracker):
        processes = [self.creating_process(10) for _ in range(3)]
        results = [process.communicate(timeout=60) for process in processes]
        assert [0, 0, 0] == [process.returncode for process in processes], results
        numbers = [int(line) for out, _ in results for line in out.split()]
        assert 30 == len(set(numbers)) == len(tracker.issues().issues)

    def test_who_changed_a_field_last_is_told(self, tracker: Tracker):
        ref = tracker.create(draft()).ref
        for actor, title in (("dana", "First"), ("sam", "Second")):
            self.person().edit(ref.number, actor=actor, title=title)
        asked = [(ref, Field.TITLE), (ref, Field.PRIORITY)]
        assert {(ref, Field.TITLE): "sam"} == tracker.editors(asked)
        assert {} == tracker.editors([])

    def test_a_link_names_the_issue(self, tracker: Tracker):
        ref = IssueRef(tracker.host, tracker.project, 12)
        assert ref == tracker.reference(tracker.link(ref))

    @pytest.mark.parametrize("text", ["", "12", "other/project#12", "#0", "#x", "https://issues.example/12"])
    def test_other_text_names_no_issue(self, tracker: Tracker, text: str):
        assert tracker.reference(text) is None
