"""An issue as GitLab describes it, and what everybody else knows of it."""

import pytest

from tracksync.model import Field, Marker, MarkerFault, Status, Trust
from tracksync.trackers.gitlab.rows import assigned, has_moved, labels_of, version_of

from .given import issue, raw, reader, text, user


class TestTrust:
    @pytest.mark.parametrize(
        ("who", "trust"),
        [
            (user("robot"), Trust.OURS),
            (user("Alice"), Trust.WRITER),
            (user("Trusty"), Trust.WRITER),
            (user("mallory"), Trust.STRANGER),
            (user("ghost"), Trust.GHOST),
            (None, Trust.GHOST),
            ({}, Trust.GHOST),
        ],
    )
    def test_is_what_the_members_and_the_configuration_say_of_the_author(self, who, trust):
        known = reader(lambda: frozenset({"alice"}), frozenset({"trusty"}))
        assert trust is known.issue(raw(author=who)).trust

    def test_members_are_asked_for_only_where_it_matters(self):
        asked: list[int] = []

        def writers() -> frozenset[str]:
            asked.append(1)
            return frozenset()

        known = reader(writers)
        assert Trust.OURS is known.issue(raw()).trust
        assert Trust.WRITER is known.issue(raw(author=user("mallory"), description="No marker.")).trust
        assert [] == asked
        assert Trust.STRANGER is known.issue(raw(author=user("mallory"))).trust
        assert [1] == asked

    def test_nobody_is_us_because_both_have_no_name(self):
        nameless = type(reader())("gitlab.com", "acme/web", "", frozenset(), frozenset)
        assert Trust.GHOST is nameless.issue(raw(author=None)).trust

    @pytest.mark.parametrize(("who", "name"), [(None, ""), (user("ghost"), ""), (user("Al"), "Al")])
    def test_an_account_that_is_gone_has_no_name(self, who, name):
        assert name == issue(raw(author=who)).author


class TestValues:
    def test_an_issue_of_ours_reads_as_it_was_made(self):
        read = issue(raw())
        assert ("alice", "2026-12-01", "P1", Status.NOT_STARTED) == (read.owner, read.due, read.priority, read.status)
        assert isinstance(read.marker, Marker)
        assert (True, frozenset({"tracksync"}), "gitlab.com", "acme/web", 12) == (read.labelled, read.labels, *read.ref)

    @pytest.mark.parametrize("absent", ["description", "labels", "assignees", "due_date", "_links"])
    def test_what_is_null_is_empty(self, absent):
        read = issue(raw() | {absent: None})
        assert "Give retries a limit" == read.title
        assert all(isinstance(read.value(which), str) for which in Field if which is not Field.ISSUE)

    def test_a_closed_duplicate_is_one(self):
        assert Status.DUPLICATE is issue(raw(state="closed", _links={"closed_as_duplicate_of": "x"})).status

    def test_a_label_in_another_case_is_none_of_ours(self):
        read = issue(raw(labels=["Tracksync", "Priority::1", "sev1"]))
        assert (False, "", frozenset({"Tracksync", "Priority::1", "sev1"})) == (
            read.labelled,
            read.priority,
            read.labels,
        )

    def test_several_assignees_are_all_owners(self):
        assert "alice,bob" == assigned(raw(assignees=["Bob", "alice"]))

    def test_a_marker_that_was_edited_is_a_fault(self):
        assert isinstance(issue(raw(description=text().replace("ABCDEFGHIJKLMNOP", "abc"))).marker, MarkerFault)

    def test_what_was_moved_is_told_apart(self):
        assert (False, True) == (has_moved(raw()), has_moved(raw(moved_to_id=7)))

    def test_labels_are_texts(self):
        assert frozenset({"a", "b"}) == labels_of({"labels": ["a", "b"]})


class TestVersions:
    def test_it_begins_with_the_time_in_utc_so_that_versions_sort(self):
        assert version_of(raw()).startswith("2026-03-01T12:00:00.123Z~")
        assert version_of(raw(updated_at="2026-03-01T13:00:00.123+01:00")) == version_of(raw())

    @pytest.mark.parametrize(
        "changed",
        [
            {"title": "x"},
            {"description": "x"},
            {"state": "closed"},
            {"labels": ["tracksync"]},
            {"assignees": []},
            {"due_date": None},
            {"confidential": True},
            {"_links": {"closed_as_duplicate_of": "x"}},
            {"updated_at": "2026-03-01T12:00:00.124Z"},
        ],
    )
    def test_every_change_within_the_same_millisecond_is_another_version(self, changed):
        assert version_of(raw()) != version_of(raw(**changed))

    def test_the_order_of_labels_and_assignees_is_none(self):
        one = raw(labels=["a", "b"], assignees=["x", "y"])
        two = raw(labels=["b", "a"], assignees=["y", "x"])
        assert version_of(one) == version_of(two)
