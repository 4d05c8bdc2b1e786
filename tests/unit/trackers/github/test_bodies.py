"""What is sent to make or change an issue: only what differs, and never what belongs to people."""

from dataclasses import replace

import pytest

from tracksync.model import Bond, Field, IssueDraft, IssuePatch, Status
from tracksync.trackers import body
from tracksync.trackers.github.bodies import Sent, patch, post
from tracksync.trackers.github.fields import Fields

from .given import FIELDS, ORIGIN, VALUES, issue, marker, raw, text, value


def draft(**more: object) -> IssueDraft:
    return replace(IssueDraft(VALUES, marker(), "Queue outage"), **more)  # type: ignore[arg-type]


def sent(given: dict[str, object], wanted: IssuePatch, fields: Fields | None = None) -> Sent:
    return patch(given, issue(given, fields), wanted, wanted.values, fields or {})


def moved(**values: str) -> IssuePatch:
    """A patch with these values and the marker that agrees with them."""
    return IssuePatch({Field(name): value for name, value in values.items()}, marker(1, **values))


class TestPost:
    def test_on_the_rung_that_works_everywhere(self):
        assert {
            "title": "Give retries a limit",
            "body": text(),
            "labels": ["priority/P1", "tracksync"],
            "assignees": ["alice"],
        } == post(draft(), VALUES, {})

    def test_with_fields_no_label_and_no_line_says_the_same(self):
        made = post(draft(), VALUES, FIELDS, "Task")
        assert (["tracksync"], "Task") == (made["labels"], made["type"])
        assert [(7, "2026-12-01"), (8, "High"), (9, "Todo")] == [
            (one["field_id"], one["value"]) for one in made["issue_field_values"]
        ]
        assert {Field.OWNER: "alice"} == body.said(made["body"]).values

    def test_labels_of_teams_and_a_status_go_along(self):
        values = VALUES | {Field.STATUS: "blocked", Field.OWNER: ""}
        made = post(draft(labels=frozenset({"team/db"})), values, {})
        assert (["priority/P1", "status/blocked", "team/db", "tracksync"], []) == (made["labels"], made["assignees"])

    def test_a_permalink_and_a_source_stand_in_the_block(self):
        made = post(draft(source="https://x/blob/main/a.md#b", permalink="https://x/blob/abc/a.md#L3"), VALUES, {})
        assert "[Queue outage](https://x/blob/main/a.md#b)" in made["body"]
        assert "([as it was](https://x/blob/abc/a.md#L3) when this issue was made)" in made["body"]

    def test_an_owner_that_can_not_be_held_is_nobody(self):
        held = {which: value for which, value in VALUES.items() if which is not Field.OWNER}
        made = post(draft(), held, {})
        assert [] == made["assignees"]
        assert "**Owner:** nobody" in made["body"]


class TestPatch:
    def test_nothing_differs_nothing_is_sent(self):
        assert Sent({}) == sent(raw(), IssuePatch(VALUES, marker()))

    def test_people_keep_their_labels_and_their_text(self):
        given = raw(labels=["tracksync", "priority/P1", "sev1", "Customer"], body="Seen!\n\n" + text() + "\nA note.\n")
        done = sent(given, moved(priority="P0", due="2027-01-01")).patch
        assert ["Customer", "priority/P0", "sev1", "tracksync"] == done["labels"]
        assert {"labels", "body"} == done.keys()
        assert done["body"].startswith("Seen!\n\n")
        assert done["body"].endswith("\nA note.\n")
        assert "**Due:** 2027-01-01" in done["body"]

    def test_people_keep_the_assignees_unless_the_owner_is_what_changes(self):
        given = raw(assignees=["alice", "dana"], body=text(owner="alice,dana"))
        assert "assignees" not in sent(given, IssuePatch({Field.TITLE: "Another"}, marker(1, owner="alice,dana"))).patch
        assert ["bob"] == sent(given, moved(owner="bob")).patch["assignees"]

    @pytest.mark.parametrize("spelling", ["Priority/P1", "priority/p1"])
    def test_a_label_in_another_case_is_the_same_label(self, spelling):
        assert Sent({}) == sent(raw(labels=["Tracksync", spelling]), IssuePatch(VALUES, marker()))

    def test_a_label_in_another_case_is_taken_away(self):
        given = raw(labels=["tracksync", "Priority/P1", "Status/Blocked", "Team/DB"])
        wanted = replace(moved(priority="P2", status="in_progress"), remove_labels=frozenset({"team/db"}))
        assert ["priority/P2", "status/in-progress", "tracksync"] == sent(given, wanted).patch["labels"]

    @pytest.mark.parametrize(
        ("status", "state"),
        [
            ("complete", {"state": "closed", "state_reason": "completed"}),
            ("wont_do", {"state": "closed", "state_reason": "not_planned"}),
            ("duplicate", {"state": "closed", "state_reason": "duplicate"}),
        ],
    )
    def test_closing_has_a_reason(self, status, state):
        done = sent(raw(), moved(status=status)).patch
        assert state == {name: value for name, value in done.items() if name.startswith("state")}

    def test_reopening_has_one_too(self):
        done = sent(raw(state="closed", state_reason="completed"), moved(status="in_progress"))
        assert ("open", "reopened", False) == (done.patch["state"], done.patch["state_reason"], done.reopen_first)

    def test_another_reason_needs_the_issue_reopened_first(self):
        done = sent(raw(state="closed", state_reason="completed"), moved(status="wont_do"))
        assert (True, "not_planned") == (done.reopen_first, done.patch["state_reason"])

    def test_an_issue_that_people_closed_without_a_reason_is_complete_already(self):
        done = sent(raw(state="closed", state_reason=None), moved(status="complete"))
        assert "state" not in done.patch

    def test_the_body_is_left_alone_without_a_marker_to_write(self):
        assert {"title": "Another"} == sent(raw(), IssuePatch({Field.TITLE: "Another"}, None)).patch

    def test_an_issue_that_is_tied_keeps_its_text(self):
        given = raw(body="Mine.", labels=["bug"])
        wanted = replace(IssuePatch(VALUES, marker(), bond=Bond.TIE), document_title=ORIGIN.title)
        done = sent(given, wanted).patch
        assert done["body"].startswith("Mine.\n\n<!-- tracksync:begin -->")
        assert ["bug", "priority/P1", "tracksync"] == done["labels"]

    def test_an_issue_that_is_let_go_loses_label_and_marker_only(self):
        given = raw(body="Mine.\n\n" + text(), labels=["bug", "Tracksync", "priority/P1"])
        done = sent(given, IssuePatch({}, None, bond=Bond.UNTIE)).patch
        assert {"body": "Mine.", "labels": ["bug", "priority/P1"]} == {
            k: v.strip() if k == "body" else v for k, v in done.items()
        }


class TestPatchOfFields:
    def given(self, *values: dict[str, object]) -> dict[str, object]:
        return raw(labels=["tracksync"], issue_field_values=list(values))

    def test_values_are_set_by_name_and_cleared_by_requests_of_their_own(self):
        given = self.given(value(7, "Target date", "2026-12-01", "date"), value(8, "Priority", "High"))
        done = sent(given, moved(due="", priority="P0"), FIELDS)
        assert [7] == done.clear
        assert {"field_id": 8, "value": "Urgent"} in done.patch["issue_field_values"]

    def test_a_value_that_is_cleared_is_not_sent_along(self):
        given = self.given(value(7, "Target date", "2026-12-01", "date"), value(8, "Priority", "High"))
        done = sent(given, moved(due="", priority="P0"), FIELDS)
        assert [8] == sorted(one["field_id"] for one in done.patch["issue_field_values"])

    def test_a_closed_issue_keeps_its_status_field(self):
        given = self.given(value(9, "Status", "Doing"))
        done = sent(given, IssuePatch({Field.STATUS: Status.COMPLETE.value}, None), FIELDS)
        assert {"state": "closed", "state_reason": "completed"} == done.patch
