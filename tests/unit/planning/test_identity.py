"""Which row is which issue: first what must never be created, matched or closed."""

from dataclasses import replace

import pytest

from tracksync.model import (
    Document,
    Field,
    Issue,
    IssueRef,
    MarkerFault,
    Problem,
    Reading,
    SkipReason,
    Status,
    Trust,
)
from tracksync.planning.changes import Action, Plan
from tracksync.planning.plan import build

from .given import PATH, RULES, base, document, issue, item, marker, read_as, ref, world


def plan_of(*documents: Document, issues: list[Issue] | None = None, **more: object) -> Plan:
    return build(world(*documents, issues=issues or [], **more), RULES).plan  # type: ignore[arg-type]


def did(plan: Plan) -> list[tuple[Action, IssueRef | None, str | None]]:
    return [(change.action, change.issue, change.after) for change in plan.changes]


def rules(plan: Plan) -> list[str]:
    return [problem.rule for problem in plan.problems]


def skips(plan: Plan) -> list[SkipReason]:
    return [skipped.reason for skipped in plan.skipped]


class TestNothingIsCreatedTwice:
    def test_for_a_row_that_links_to_its_issue(self) -> None:
        page = document(item(link="#1"))
        assert [] == did(plan_of(page, issues=[issue(1, page)]))

    def test_for_an_unlinked_row_whose_key_an_issue_carries(self) -> None:
        page = document(item())
        assert [(Action.WRITE, ref(1), "#1")] == did(plan_of(page, issues=[issue(1, page)]))

    def test_for_an_unlinked_row_whose_issue_is_already_closed(self) -> None:
        page = document(item())
        plan = plan_of(page, issues=[issue(1, page, status=Status.COMPLETE)])
        assert {(Action.WRITE, ref(1), "#1"), (Action.WRITE, ref(1), "complete")} == set(did(plan))

    def test_for_a_row_written_anew_whose_text_a_closed_issue_has(self) -> None:
        done = issue(1, document(item()), status=Status.COMPLETE)
        plan = plan_of(document(item(owner="@zed")), issues=[done])
        assert ([], ["closed-before"]) == (did(plan), rules(plan))

    def test_while_a_live_issue_of_ours_can_not_be_read(self) -> None:
        broken = issue(7, document(item("Other")), marker=MarkerFault("written by a newer tracksync"))
        plan = plan_of(document(item()), issues=[broken])
        assert ([], ["marker-unreadable"]) == (did(plan), rules(plan))
        assert "newer tracksync" in plan.problems[0].message
        linked = document(item(), item("Other", link="#7"))
        assert [(Action.CREATE, None, "Add an alert")] == did(plan_of(linked, issues=[broken]))
        closed = replace(broken, status=Status.COMPLETE)
        stranger = replace(broken, trust=Trust.STRANGER)
        assert 1 == len(did(plan_of(document(item()), issues=[closed, stranger])))

    def test_for_a_row_whose_only_issue_was_closed_as_a_duplicate(self) -> None:
        page = document(item())
        assert Action.CREATE not in [
            a for a, _, _ in did(plan_of(page, issues=[issue(1, page, status=Status.DUPLICATE)]))
        ]

    def test_when_the_listing_is_incomplete(self) -> None:
        plan = plan_of(document(item()), complete=False)
        assert ([], ["listing-incomplete"]) == (did(plan), rules(plan))
        assert "page 2 is missing" in plan.problems[0].message

    def test_when_a_row_was_reworded_before_its_link_landed(self) -> None:
        before, after = document(item("Add alert")), document(item("Add an alert for queue depth"))
        plan = plan_of(after, issues=[issue(1, before)])
        assert ([], ["orphan-issue", "reworded-or-new"]) == (did(plan), sorted(rules(plan)))

    def test_when_the_linked_issue_is_gone(self) -> None:
        plan = plan_of(document(item(link="#9")))
        assert ([], ["issue-missing"]) == (did(plan), rules(plan))

    def test_where_the_linked_issue_went_is_told(self) -> None:
        page = document(item(link="#9"))
        plan = build(replace(world(page), whereabouts={ref(9): "was moved to acme/other#1"}), RULES).plan
        assert [f"{ref(9)} was moved to acme/other#1; change the link, or remove it to have a new issue created"] == [
            problem.message for problem in plan.problems
        ]

    def test_when_the_linked_issue_is_not_seen_in_an_incomplete_listing(self) -> None:
        plan = plan_of(document(item(link="#9")), complete=False)
        assert ([], ["issue-missing"]) == (did(plan), rules(plan))
        assert "incomplete" in plan.problems[0].message

    def test_when_the_author_of_its_issue_is_gone(self) -> None:
        page = document(item())
        plan = plan_of(page, issues=[issue(1, page, trust=Trust.GHOST)])
        assert ([], ["author-gone"]) == (did(plan), rules(plan))

    def test_when_the_document_was_renamed_before_the_link_landed(self) -> None:
        old, new = document(item(), path="old.md"), document(item(), path="new.md")
        plan = plan_of(new, issues=[issue(1, old)])
        assert ([], ["document-gone", "reworded-or-new"]) == (did(plan), sorted(rules(plan)))

    def test_when_another_row_of_the_renamed_document_is_linked(self) -> None:
        old = document(item("One"), item("Two"), path="old.md")
        new = document(item("One", link="#1"), item("Two, reworded"), path="new.md")
        plan = plan_of(new, issues=[issue(1, old), issue(2, old, 1)])
        assert ([], ["document-gone", "reworded-or-new"]) == (did(plan), sorted(rules(plan)))

    def test_for_a_done_row_without_a_link(self) -> None:
        page = document(item(status=Status.COMPLETE, skip=SkipReason.DONE_WITHOUT_LINK))
        assert ([], [SkipReason.DONE_WITHOUT_LINK]) == (did(plan_of(page)), skips(plan_of(page)))

    def test_for_a_row_that_is_crossed_out(self) -> None:
        page = document(item(skip=SkipReason.STRUCK))
        assert ([], [SkipReason.STRUCK]) == (did(plan_of(page)), skips(plan_of(page)))
        linked = plan_of(page, issues=[issue(1, page)])
        assert ([(Action.WRITE, ref(1), "#1")], []) == (did(linked), skips(linked))

    def test_in_a_document_that_is_not_published(self) -> None:
        plan = plan_of(document(item(), published=False, status_raw="Draft"))
        assert ([], [SkipReason.UNPUBLISHED]) == (did(plan), skips(plan))
        assert ((PATH, "Draft"),) == plan.held

    def test_in_a_document_from_before_the_day_that_was_set(self) -> None:
        plan = plan_of(document(item()), older=[PATH])
        assert ([], [SkipReason.OLDER], "from before 2026-01-01") == (did(plan), skips(plan), plan.skipped[0].detail)

    def test_in_a_document_whose_age_is_unknown(self) -> None:
        plan = plan_of(document(item("One"), item("Two")), undated=[PATH])
        assert ([], [SkipReason.UNDATED] * 2, ["date-unknown"]) == (did(plan), skips(plan), rules(plan))

    @pytest.mark.parametrize("reason", [SkipReason.PLACEHOLDER, SkipReason.BLANK, SkipReason.TEXT_AFTER_TABLE])
    def test_for_rows_that_are_no_items(self, reason: SkipReason) -> None:
        plan = plan_of(document(item(skip=reason)))
        assert ([], [reason]) == (did(plan), skips(plan))

    def test_for_rows_that_are_tracked_elsewhere(self) -> None:
        plan = plan_of(document(item(link="JIRA-1"), read_as(item("Two"), issue=Reading.UNREADABLE)))
        assert ([], [SkipReason.TRACKED_ELSEWHERE] * 2) == (did(plan), skips(plan))


class TestStrangersTakeNothingOver:
    def test_a_strangers_copy_of_our_marker_is_ignored(self) -> None:
        page = document(item())
        plan = plan_of(page, issues=[issue(1, page, trust=Trust.STRANGER)])
        assert [(Action.CREATE, None, "Add an alert")] == did(plan)

    def test_a_marker_of_another_repository_is_ignored(self) -> None:
        page = document(item())
        foreign = issue(1, page, marker=marker(page, repository="elsewhere"))
        assert [(Action.CREATE, None, "Add an alert")] == did(plan_of(page, issues=[foreign]))

    def test_a_link_to_a_foreign_marker_is_read_only(self) -> None:
        page = document(item(link="#1", due="2026-09-09"))
        foreign = issue(1, page, marker=marker(page, repository="elsewhere"))
        plan = plan_of(page, issues=[foreign])
        assert ([], ["marker-untrusted"]) == (did(plan), rules(plan))
        assert "another repository (elsewhere)" in plan.problems[0].message

    @pytest.mark.parametrize(("author", "who"), [("mallory", "mallory"), ("", "somebody whose account is gone")])
    def test_a_link_to_a_strangers_marker_names_the_author_and_the_way_out(self, author: str, who: str) -> None:
        page = document(item(link="#1", due="2026-09-09"))
        plan = plan_of(page, issues=[replace(issue(1, page, trust=Trust.STRANGER), author=author)])
        assert ([], ["marker-untrusted"]) == (did(plan), rules(plan))
        assert f"{who} is not known to have write access" in plan.problems[0].message
        assert "tracker.trusted_authors" in plan.problems[0].message

    def test_a_link_to_an_unreadable_marker_touches_nothing(self) -> None:
        page = document(item(link="#1", due="2026-09-09"))
        broken = issue(1, page, marker=MarkerFault("the marker is broken"))
        plan = plan_of(page, issues=[broken])
        assert ([], ["marker-unreadable"]) == (did(plan), rules(plan))


class TestReadOnlyLinks:
    def linked(self, status: Status | None, theirs: Status) -> Plan:
        page = document(item(link="#1", status=status))
        return plan_of(page, issues=[issue(1, page, marker=None, status=theirs)])

    def test_the_same_status_changes_nothing(self) -> None:
        assert [] == did(self.linked(Status.NOT_STARTED, Status.NOT_STARTED))

    def test_an_open_issue_says_nothing_about_an_open_item(self) -> None:
        assert [] == did(self.linked(Status.IN_PROGRESS, Status.NOT_STARTED))

    def test_a_ticked_item_is_not_un_ticked(self) -> None:
        plan = self.linked(Status.COMPLETE, Status.NOT_STARTED)
        assert ([], ["read-only-differs"]) == (did(plan), rules(plan))

    def test_a_closed_issue_is_written_into_the_row(self) -> None:
        assert [(Action.WRITE, ref(1), "complete")] == did(self.linked(Status.NOT_STARTED, Status.COMPLETE))

    def test_an_empty_cell_is_filled(self) -> None:
        assert [(Action.WRITE, ref(1), "not_started")] == did(self.linked(None, Status.NOT_STARTED))

    def test_a_text_that_nobody_can_read_is_left(self) -> None:
        page = document(read_as(item(link="#1"), status=Reading.UNREADABLE))
        assert [] == did(plan_of(page, issues=[issue(1, page, marker=None, status=Status.COMPLETE)]))


class TestSeveralRowsOneIssue:
    def test_the_row_whose_key_the_marker_carries_is_two_way(self) -> None:
        page = document(item("Original", link="#1"), item("Copy", link="#1", due="2026-12-31"))
        plan = plan_of(page, issues=[issue(1, page)])
        assert ([], 2) == (did(plan), plan.in_sync)

    def test_a_copied_document_is_read_only(self) -> None:
        page = document(item("Renamed item", link="#1"))
        copy = document(item("Renamed item, copied", link="#1", due="2026-12-31"), path="copy.md")
        original = document(item("Old text"))
        known = issue(1, original, title="Renamed item")
        mark = replace(marker(original), base=marker(page).base)
        plan = plan_of(page, copy, issues=[replace(known, marker=mark)])
        assert ([], 2) == (did(plan), plan.in_sync)

    def test_rows_that_can_not_be_told_apart_are_not_touched(self) -> None:
        original = document(item("Old text"))
        page = document(item("One", link="#1"), item("Two", link="#1"))
        plan = plan_of(page, issues=[issue(1, original)])
        assert ([], ["same-issue-twice"] * 2) == (did(plan), rules(plan))

    def test_an_unlinked_row_with_the_former_text_of_a_linked_one_gets_no_issue(self) -> None:
        original = document(item("Text, edited", link="#1"))
        page = document(item("Text"), *original.items)
        known = issue(1, document(item("Text")), memory=base(title="Text, edited"))
        plan = plan_of(page, issues=[known])
        assert ([], ["same-text"]) == (did(plan), rules(plan))

    def test_a_link_in_a_row_that_is_a_stranger_to_the_issue_takes_nothing_over(self) -> None:
        page = document(item("Do A"), item("Do B", link="#1", owner="@bob"))
        plan = plan_of(page, issues=[issue(1, document(item("Do A")))])
        assert ([], ["same-issue-twice"] * 2) == (did(plan), rules(plan))
        assert f"`tracksync adopt {PATH}:10 local#1`" in plan.problems[0].message


class TestAPartOfTheArchive:
    """A run for some documents decides as a run for all would, and leaves the others alone."""

    original = document(item(link="#1"))
    copy = document(item(link="#1", due="2027-01-01"), path="copy.md")

    def test_a_copied_row_stays_read_only_when_its_document_is_chosen_alone(self) -> None:
        plan = plan_of(self.original, self.copy, issues=[issue(1, self.original)], chosen=["copy.md"])
        assert ([], 1, 1) == (did(plan), plan.documents, plan.in_sync)

    def test_nothing_is_said_about_the_others(self) -> None:
        lost = issue(2, document(item("Two"), path="lost.md"))
        moved = document(item(link="#1", due="2027-01-01"))
        plan = plan_of(moved, document(path="copy.md"), issues=[issue(1, self.original), lost], chosen=["copy.md"])
        assert ([], []) == (did(plan), rules(plan))
        assert [Action.UPDATE] == [action for action, _, _ in did(plan_of(moved, issues=[issue(1, self.original)]))]


class TestSeveralIssuesOneRow:
    def test_the_lowest_stays_and_the_others_are_closed(self) -> None:
        page = document(item())
        plan = plan_of(page, issues=[issue(3, page), issue(1, page), issue(2, page)])
        closed = [(Action.CLOSE, ref(2), "duplicate"), (Action.CLOSE, ref(3), "duplicate")]
        assert [*closed, (Action.WRITE, ref(1), "#1")] == did(plan)

    def test_a_row_that_links_to_a_higher_one_is_relinked(self) -> None:
        page = document(item(link="#2"))
        plan = plan_of(page, issues=[issue(1, page), issue(2, page)])
        assert [(Action.CLOSE, ref(2), "duplicate"), (Action.WRITE, ref(1), "#1")] == did(plan)

    def test_a_row_that_links_to_the_closed_duplicate_is_relinked(self) -> None:
        page = document(item(link="#2"))
        plan = plan_of(page, issues=[issue(1, page), issue(2, page, status=Status.DUPLICATE)])
        assert [(Action.WRITE, ref(1), "#1")] == did(plan)

    @pytest.mark.parametrize("edit", [{"due": "2026-03-03"}, {"status": Status.IN_PROGRESS}, {"title": "Mine"}])
    def test_one_in_which_a_person_worked_is_not_touched(self, edit: dict[str, object]) -> None:
        page = document(item())
        plan = plan_of(page, issues=[issue(1, page), issue(2, page, **edit)])
        assert ([], ["duplicate-worked-on"]) == (did(plan), rules(plan))

    def test_a_person_who_closed_the_linked_one_is_asked(self) -> None:
        page = document(item(link="#2"))
        plan = plan_of(page, issues=[issue(1, page), issue(2, page, status=Status.COMPLETE)])
        assert ([], ["second-issue"]) == (did(plan), rules(plan))

    def test_nothing_is_closed_when_the_listing_is_incomplete(self) -> None:
        page = document(item(link="#1"))
        assert [] == did(plan_of(page, issues=[issue(1, page), issue(2, page)], complete=False))


class TestOrphans:
    def test_an_issue_without_a_row_is_reported_every_run(self) -> None:
        page = document(item("One", link="#1"), item("Two"))
        plan = plan_of(document(item("One", link="#1")), issues=[issue(1, page), issue(2, page, 1)])
        assert ([], ["orphan-issue"]) == (did(plan), rules(plan))

    def test_a_closed_issue_without_a_row_is_no_problem(self) -> None:
        page = document(item("One", link="#1"), item("Two"))
        kept = document(item("One", link="#1"))
        assert [] == rules(plan_of(kept, issues=[issue(1, page), issue(2, page, 1, status=Status.COMPLETE)]))

    def test_a_document_that_lost_all_its_items_is_an_error(self) -> None:
        page = document(item())
        plan = plan_of(document(), issues=[issue(1, page)])
        assert (["items-emptied"], "--allow-vanished 1") == (rules(plan), plan.lifting)

    def test_a_document_that_can_not_be_read_says_so_once(self) -> None:
        from tracksync.model import Severity

        page = document(item())
        unreadable = document(problems=(Problem("not-utf8", Severity.ERROR, PATH, 0, "not UTF-8"),))
        assert ["not-utf8"] == rules(plan_of(unreadable, issues=[issue(1, page)]))

    def test_a_document_that_is_there_and_not_included_is_not_gone(self) -> None:
        other = document(item(), path="other.md")
        plan = plan_of(
            document(item(link="#2")), issues=[issue(1, other), issue(2, document(item()))], excluded=["other.md"]
        )
        assert ["document-excluded"] == rules(plan)
        assert 0 == next(limit.counted for limit in plan.limits if limit.name == "vanished")

    def test_an_old_document_that_is_gone_does_not_stop_a_new_one(self) -> None:
        old, new = document(item("Long ago"), path="old.md"), document(item("Today"), path="new.md")
        plan = plan_of(new, issues=[issue(1, old)])
        assert ([(Action.CREATE, None, "Today")], ["document-gone"]) == (did(plan), rules(plan))


def test_the_rows_of_an_unpublished_document_keep_their_issues_from_being_orphans() -> None:
    page = document(item(link="#1", due="2026-09-09"), published=False)
    plan = plan_of(page, issues=[issue(1, document(item()))])
    assert ([], [], [SkipReason.UNPUBLISHED]) == (did(plan), rules(plan), skips(plan))


def test_two_equal_rows_are_two_items() -> None:
    plan = plan_of(document(item("Same"), item("Same")))
    assert 2 == len({change.key for change in plan.changes})


def test_a_row_keeps_its_issue_when_text_and_path_change() -> None:
    before = document(item("Old text"), path="old.md")
    after = document(item("New text", link="#1"), path="new.md")
    plan = plan_of(after, issues=[issue(1, before)])
    assert [(Action.UPDATE, ref(1), "New text")] == did(plan)
    assert Field.TITLE is plan.changes[0].field
