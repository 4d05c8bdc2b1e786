"""An issue as GitHub describes it, and what everybody else knows of it."""

from dataclasses import replace

import pytest

from tracksync.model import Field, Marker, MarkerFault, Status, Trust
from tracksync.trackers.github.rows import is_issue, labels_of, login_of, version_of

from .given import FIELDS, issue, raw, reader, text, user, value


class TestTrust:
    @pytest.mark.parametrize(
        ("who", "association", "trust"),
        [
            (user("robot"), "NONE", Trust.OURS),
            (user("alice"), "OWNER", Trust.WRITER),
            (user("alice"), "MEMBER", Trust.WRITER),
            (user("alice"), "COLLABORATOR", Trust.WRITER),
            (user("alice"), "CONTRIBUTOR", Trust.STRANGER),
            (user("alice"), "FIRST_TIME_CONTRIBUTOR", Trust.STRANGER),
            (user("alice"), "NONE", Trust.STRANGER),
            (user("alice"), None, Trust.STRANGER),
            (user("ghost"), "NONE", Trust.GHOST),
            (None, "NONE", Trust.GHOST),
            (user("other[bot]", "Bot"), "NONE", Trust.GHOST),
            (user("other[bot]", "User"), "NONE", Trust.STRANGER),
            (user("other", "Bot"), "NONE", Trust.STRANGER),
            (user("Trusty"), "NONE", Trust.WRITER),
            (user("ci[bot]", "Bot"), "NONE", Trust.WRITER),
        ],
    )
    def test_is_what_the_platform_says_of_the_author(self, who, association, trust):
        known = reader(trusted=frozenset({"trusty", "ci[bot]"}))
        assert trust is known.issue(raw(user=who, author_association=association)).trust

    def test_nobody_is_us_because_both_have_no_name(self):
        nameless = reader()
        nameless = replace(nameless, viewer="")
        assert Trust.GHOST is nameless.issue(raw(user=None, author_association="NONE")).trust

    @pytest.mark.parametrize(
        ("who", "name"), [(None, ""), (user("ghost"), ""), (user("Al"), "Al"), ("x", ""), ({}, "")]
    )
    def test_an_account_that_is_gone_has_no_login(self, who, name):
        assert name == login_of(who)


class TestValues:
    def test_an_issue_of_ours_reads_as_it_was_made(self):
        read = issue(raw())
        assert ("alice", "2026-12-01", "P1", Status.NOT_STARTED) == (read.owner, read.due, read.priority, read.status)
        assert isinstance(read.marker, Marker)
        assert (True, frozenset({"tracksync"}), "github.com", "acme/web", 12) == (
            read.labelled,
            read.labels,
            *read.ref,
        )

    @pytest.mark.parametrize(
        ("state", "reason", "labels", "status"),
        [
            ("open", None, [], Status.NOT_STARTED),
            ("open", "reopened", [], Status.NOT_STARTED),
            ("open", None, ["status/in-progress"], Status.IN_PROGRESS),
            ("open", None, ["status/blocked", "status/in-progress"], Status.BLOCKED),
            ("open", None, ["Status/Blocked"], Status.BLOCKED),
            ("closed", "completed", ["status/blocked"], Status.COMPLETE),
            ("closed", None, [], Status.COMPLETE),
            ("closed", "not_planned", [], Status.WONT_DO),
            ("closed", "duplicate", [], Status.DUPLICATE),
            ("closed", "of a later version", [], Status.COMPLETE),
        ],
    )
    def test_the_status_is_state_reason_and_labels(self, state, reason, labels, status):
        assert status is issue(raw(state=state, state_reason=reason, labels=["tracksync", *labels])).status

    @pytest.mark.parametrize(
        ("labels", "priority"),
        [
            (["priority/P3"], "P3"),
            (["priority/P3", "priority/P0"], "P0"),
            (["Priority/p2"], "P2"),
            (["priority/P9"], ""),
            ([], ""),
        ],
    )
    def test_a_priority_is_the_most_urgent_label(self, labels, priority):
        assert priority == issue(raw(labels=labels, body="")).priority

    def test_a_label_of_ours_counts_in_any_case_and_is_none_of_peoples(self):
        read = issue(raw(labels=["TrackSync", "Priority/P1", "sev1"]))
        assert (True, "P1", frozenset({"TrackSync", "sev1"})) == (read.labelled, read.priority, read.labels)

    def test_a_persons_line_is_the_value_where_the_assignees_did_not_change(self):
        read = issue(raw(body=text().replace("**Owner:** @alice", "**Owner:** @bob")))
        assert "bob" == read.owner

    def test_assignees_that_changed_win_over_a_line_that_changed(self):
        read = issue(raw(assignees=["dana"], body=text().replace("**Owner:** @alice", "**Owner:** @bob")))
        assert "dana" == read.owner

    def test_a_line_that_can_not_be_read_is_told_and_changes_nothing(self):
        read = issue(raw(body=text().replace("2026-12-01", "next week", 1)))
        assert ("2026-12-01", ("the line Due can't be read; write a day, like 2026-02-15",)) == (read.due, read.faults)

    def test_a_line_that_was_taken_away_says_nothing_new(self):
        read = issue(raw(body=text().replace("- **Due:** 2026-12-01\n", "")))
        assert "2026-12-01" == read.due

    @pytest.mark.parametrize("absent", ["body", "labels", "assignees"])
    def test_what_is_null_is_empty(self, absent):
        given = raw() | {absent: None}
        assert "Give retries a limit" == issue(given).title

    def test_a_marker_that_was_edited_is_a_fault(self):
        assert isinstance(issue(raw(body=text().replace("ABCDEFGHIJKLMNOP", "abc"))).marker, MarkerFault)


class TestFields:
    def test_a_field_that_is_set_is_the_value(self):
        said = [
            value(7, "Target date", "2027-01-01", "date"),
            value(8, "Priority", "Urgent"),
            value(9, "Status", "Doing"),
        ]
        read = issue(raw(issue_field_values=said), FIELDS)
        assert ("2027-01-01", "P0", Status.IN_PROGRESS) == (read.due, read.priority, read.status)

    def test_a_closed_issue_is_closed_whatever_the_field_says(self):
        said = [value(9, "Status", "Doing")]
        assert Status.COMPLETE is issue(raw(state="closed", issue_field_values=said), FIELDS).status

    def test_a_field_that_was_cleared_says_nothing_where_no_line_does(self):
        bare = raw(body=text().replace("- **Due:** 2026-12-01\n", "").replace("- **Priority:** P1\n", ""), labels=[])
        cleared = issue(bare, FIELDS)
        assert ("", "") == (cleared.due, cleared.priority)
        assert "2026-12-01" == issue(bare).due

    def test_definitions_are_asked_for_only_where_an_issue_does_not_tell_by_itself(self):
        asked: list[int] = []
        known = reader(lambda: asked.append(1) or {})  # type: ignore[func-returns-value]
        known.issue(raw())
        assert [] == asked
        known.issue(raw(body=text().replace("- **Due:** 2026-12-01\n", "")))
        assert [1] == asked


class TestVersions:
    def test_it_begins_with_the_time_so_that_versions_sort(self):
        assert version_of(raw()).startswith("2026-03-01T12:00:00Z~")

    @pytest.mark.parametrize(
        "changed",
        [
            {"title": "x"},
            {"body": "x"},
            {"state": "closed"},
            {"state_reason": "reopened"},
            {"labels": ["tracksync"]},
            {"assignees": []},
            {"updated_at": "2026-03-01T12:00:01Z"},
        ],
    )
    def test_every_change_within_the_same_second_is_another_version(self, changed):
        assert version_of(raw()) != version_of(raw(**changed))

    def test_the_order_of_labels_and_assignees_is_none(self):
        one, two = raw(labels=["a", "b"], assignees=["x", "y"]), raw(labels=["b", "a"], assignees=["y", "x"])
        assert version_of(one) == version_of(two)


def test_pull_requests_are_left_out():
    assert (True, False) == (is_issue(raw()), is_issue(raw(pull_request={"url": "x"})))


def test_labels_may_be_texts():
    assert frozenset({"a", "b"}) == labels_of({"labels": ["a", {"name": "b"}, None]})


def test_all_values_are_texts():
    read = issue(raw())
    assert all(isinstance(read.value(which), str) for which in Field if which is not Field.ISSUE)


class TestBothInterfaces:
    def test_a_version_is_the_same_whichever_of_them_showed_the_issue(self):
        agent = {"login": "Copilot", "type": "Bot"}
        fields = [{"issue_field_id": 8, "issue_field_name": "Priority", "data_type": "single_select", "value": 501}]
        shown = raw(issue_field_values=fields)
        shown = {**shown, "assignees": [*shown["assignees"], agent]}
        assert version_of(raw()) == version_of(shown)
        assert reader().issue(raw()).owner == reader().issue(shown).owner

    def test_a_field_that_can_not_be_written_is_not_read(self):
        date = {"issue_field_id": 7, "issue_field_name": "Target date", "data_type": "date", "value": "2030-01-01"}
        shown = raw(issue_field_values=[date])
        assert "2030-01-01" != reader().issue(shown).due
        assert "2030-01-01" == reader(lambda: FIELDS).issue(shown).due

    def test_without_a_label_and_a_line_a_priority_says_nothing_new(self):
        """What another token wrote into a field that this one can't see was not cleared by anybody."""
        body = "\n".join(line for line in text().split("\n") if "Priority:" not in line)
        seen = reader().issue(raw(body=body, labels=["tracksync"]))
        assert seen.marker.base[Field.PRIORITY].value == seen.priority


def test_a_private_member_of_the_organisation_is_a_writer():
    shown = raw(user=user("Private-Member"), author_association="NONE")
    assert Trust.WRITER is reader().issue(shown).trust
    assert Trust.STRANGER is reader().issue({**shown, "body": "no marker"}).trust
