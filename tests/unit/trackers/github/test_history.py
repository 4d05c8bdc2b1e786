"""Which of the things that people did to an issue our write undid."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tracksync.model import Bond, Field, IssuePatch, IssueRef, Overwritten, Written
from tracksync.trackers.github.history import overwritten, since

from .given import issue, marker, raw

BEFORE, BETWEEN, WRITTEN, LATER = (f"2026-03-01T12:00:{second}Z" for second in ("00", "05", "10", "15"))
TITLE = {"title": "Give retries a limit of 3"}


def update(before: dict[str, Any], after: dict[str, Any], patch: IssuePatch | None = None) -> Written:
    """We changed `before` to `after`."""
    seen, made = raw(updated_at=BEFORE, **before), raw(updated_at=WRITTEN, **after)
    return Written(issue(seen), patch or IssuePatch({}, marker(1)), issue(made))


def event(kind: str, at: str = BETWEEN, who: str | None = "dana", **more: Any) -> dict[str, Any]:
    return {"__typename": kind, "createdAt": at, "actor": who and {"__typename": "User", "login": who}, **more}


def lost(written: Written, *events: Any, edits: tuple[Any, ...] = ()) -> list[tuple[str, str, str]]:
    """(field, person, value) of what was overwritten."""
    node = {"timelineItems": {"nodes": list(events)}, "userContentEdits": {"nodes": list(edits)}}
    return [(one.field, one.person, one.value) for one in overwritten(written, node, "robot")]


def renamed(to: str, at: str = BETWEEN, who: str | None = "dana") -> dict[str, Any]:
    return event("RenamedTitleEvent", at, who, currentTitle=to, previousTitle="x")


def assigned(kind: str, login: str) -> dict[str, Any]:
    return event(kind, assignee={"login": login})


def labelled(kind: str, name: str) -> dict[str, Any]:
    return event(kind, label={"name": name})


class TestTitles:
    def test_one_that_neither_reading_shows_was_overwritten(self):
        assert [("title", "dana", "Hers")] == lost(update({}, TITLE), renamed("Hers"))

    @pytest.mark.parametrize("title", ["Give retries a limit", "Give retries a limit of 3"])
    def test_one_that_was_seen_or_stands_was_not(self, title):
        assert [] == lost(update({}, TITLE), renamed(title))

    def test_ours_is_no_persons(self):
        assert [] == lost(update({}, TITLE), renamed("Ours", who="robot"))

    def test_somebody_whose_account_is_gone_is_somebody(self):
        assert [("title", "somebody", "Theirs")] == lost(update({}, TITLE), renamed("Theirs", who=None))

    @pytest.mark.parametrize("at", ["2026-03-01T11:59:59Z", LATER])
    def test_what_was_done_before_the_reread_or_after_our_write_was_not_overwritten(self, at):
        assert [] == lost(update({}, TITLE), renamed("Hers", at))

    @pytest.mark.parametrize("at", [BEFORE, WRITTEN])
    def test_times_have_whole_seconds_so_both_ends_count(self, at):
        assert [("title", "dana", "Hers")] == lost(update({}, TITLE), renamed("Hers", at))


class TestAssignees:
    def test_one_who_was_added_and_is_not_there(self):
        assert [("owner", "dana", "bob")] == lost(
            update({}, {"assignees": ["carol"]}), assigned("AssignedEvent", "Bob")
        )

    def test_one_who_was_taken_away_and_is_there(self):
        written = update({"assignees": ["alice", "bob"]}, {"assignees": ["alice", "bob", "carol"]})
        assert [("owner", "dana", "nobody instead of bob")] == lost(written, assigned("UnassignedEvent", "bob"))

    @pytest.mark.parametrize(("kind", "who"), [("AssignedEvent", "alice"), ("UnassignedEvent", "bob")])
    def test_one_whose_coming_or_going_shows(self, kind, who):
        assert [] == lost(update({}, {"assignees": ["alice", "carol"]}), assigned(kind, who))


class TestLabels:
    def test_one_that_was_added_and_is_not_there(self):
        written = update({}, {"labels": ["tracksync", "priority/P0"]})
        assert [("label", "dana", "sev1")] == lost(written, labelled("LabeledEvent", "sev1"))

    def test_one_that_was_taken_away_and_is_there(self):
        written = update({"labels": ["tracksync", "sev1"]}, {"labels": ["tracksync", "sev1", "priority/P0"]})
        assert [("label", "dana", "no sev1")] == lost(written, labelled("UnlabeledEvent", "sev1"))

    @pytest.mark.parametrize("name", ["priority/P1", "Priority/p1", "tracksync", "status/blocked"])
    def test_one_that_says_a_value_counts_like_any_other(self, name):
        written = update({}, {"labels": ["tracksync", "priority/P1", "status/blocked"]})
        assert [] == lost(written, labelled("LabeledEvent", name))

    def test_a_priority_that_was_set_meanwhile_and_is_not_there(self):
        written = update({}, {"labels": ["tracksync", "priority/P0"], "body": ""})
        assert [("label", "dana", "priority/P3")] == lost(written, labelled("LabeledEvent", "priority/P3"))


class TestStates:
    def test_closed_meanwhile_and_open_after_our_write(self):
        assert [("status", "dana", "closed")] == lost(update({}, {}), event("ClosedEvent"))

    def test_reopened_meanwhile_and_closed_after_our_write(self):
        closed = {"state": "closed", "state_reason": "completed"}
        assert [("status", "dana", "open")] == lost(update(closed, closed), event("ReopenedEvent"))

    def test_closed_meanwhile_and_still_closed(self):
        assert [] == lost(update({}, {"state": "closed"}), event("ClosedEvent"))


class TestTexts:
    def edit(self, at: str = BETWEEN, who: str | None = "dana") -> dict[str, Any]:
        return {"editedAt": at, "editor": who and {"__typename": "User", "login": who}}

    def test_one_that_was_edited_meanwhile_and_rewritten_by_us(self):
        assert [("text", "dana", "")] == lost(update({}, {}), edits=(None, self.edit()))
        assert [("text", "somebody", "")] == lost(update({}, {}), edits=(self.edit(who=None),))

    def test_letting_an_issue_go_rewrites_its_text(self):
        written = update({}, {"body": ""}, IssuePatch({}, None, bond=Bond.UNTIE))
        assert [("text", "dana", "")] == lost(written, edits=(self.edit(),))

    @pytest.mark.parametrize("at", [BEFORE, LATER])
    def test_one_that_was_seen_or_edited_later_was_not_overwritten(self, at):
        assert [] == lost(update({}, {}), edits=(self.edit(at),))

    def test_ours_or_one_that_we_did_not_rewrite_was_not_overwritten(self):
        assert [] == lost(update({}, {}), edits=(self.edit(who="robot"),))
        assert [] == lost(update({}, TITLE, IssuePatch({Field.TITLE: "x"}, None)), edits=(self.edit(),))


def test_what_is_null_in_a_history_is_nothing():
    assert [] == lost(update({}, {}), None, event("LockedEvent"))
    assert [] == overwritten(update({}, {}), {"timelineItems": None, "userContentEdits": None}, "robot")


def test_it_is_told_of_which_issue():
    (found,) = overwritten(update({}, TITLE), {"timelineItems": {"nodes": [renamed("Hers")]}}, "robot")
    assert Overwritten(IssueRef("github.com", "acme/web", 12), "title", "dana", "Hers") == found


def test_a_history_is_asked_for_from_the_first_of_several_updates_on():
    first = update({}, TITLE)
    second = Written(first.after, first.patch, issue(raw(updated_at=LATER, **TITLE)))
    assert {12: datetime(2026, 3, 1, 12, 0, tzinfo=UTC)} == since([first, second])
