"""Fields of one matched item, with what HEAD states, what the file shows and what the journal proposed."""

from dataclasses import replace

import pytest

from tracksync.model import Base, Carrier, CarrierState, Document, Field, Issue, Reading, SkipReason, Status
from tracksync.planning.changes import Action, Plan
from tracksync.planning.plan import build
from tracksync.planning.rules import FIELD_DEFAULTS, FieldPolicy

from .given import RULES, absent, base, carrier, document, issue, item, read_as, ref, world

LINKED = item(link="#1")
PAGE = document(LINKED)


def plan_of(page: Document, known: Issue, **more: object) -> Plan:
    return build(world(page, issues=[known], **more), RULES).plan  # type: ignore[arg-type]


def did(plan: Plan) -> list[tuple[Action, Field | None, str | None, str | None]]:
    return [(change.action, change.field, change.before, change.after) for change in plan.changes]


def skips(plan: Plan) -> list[tuple[SkipReason, Field | None]]:
    return [(skipped.reason, skipped.field) for skipped in plan.skipped]


def rules(plan: Plan) -> list[str]:
    return [problem.rule for problem in plan.problems]


class TestNothingToDo:
    def test_an_item_in_sync_is_counted(self) -> None:
        plan = plan_of(PAGE, issue(1, PAGE))
        assert ([], 1, 1, 1) == (did(plan), plan.in_sync, plan.items, plan.tracked)

    def test_a_value_that_only_differs_in_form_is_the_same(self) -> None:
        page = document(item(link="#1", owner="@Bob, @ALICE"))
        known = issue(1, page, memory=base(owner="alice,bob"))
        assert [] == did(plan_of(page, replace(known, owner="Bob,Alice")))

    def test_a_value_that_the_tracker_can_not_hold_is_no_edit(self) -> None:
        page = document(item(link="#1", priority="P4"))

        def no_priority(values: dict[Field, str], project: str) -> dict[Field, str]:
            return {which: value for which, value in values.items() if which is not Field.PRIORITY}

        plan = plan_of(page, issue(1, page, memory=base(priority="")), hold=no_priority)
        assert [] == did(plan)

    def test_a_missing_column_never_clears_a_value(self) -> None:
        page = document(absent(LINKED, Field.DUE, Field.PRIORITY, Field.OWNER))
        assert [] == did(plan_of(page, issue(1, PAGE)))

    def test_a_value_without_a_place_is_kept_in_the_tracker(self) -> None:
        page = document(absent(LINKED, Field.DUE))
        plan = plan_of(page, issue(1, page, memory=base(due=""), due="2026-05-05"))
        assert ([], ["no-place"], 1) == (did(plan), rules(plan), plan.in_sync)
        assert plan.problems[0].line == 10
        assert "due: set in local#1, but" in plan.problems[0].message
        gone = plan_of(page, issue(1, page, memory=base(due="2026-05-05"), due=""))
        assert ([], []) == (did(gone), rules(gone))

    def test_values_without_a_place_are_told_once_for_each_field_of_a_document(self) -> None:
        rows = [absent(item(f"Item {n}", link=f"#{n + 1}"), Field.DUE, Field.OWNER) for n in range(5)]
        page = document(*rows)
        known = [issue(n + 1, page, n, base(title=f"Item {n}", due=""), due="2026-05-05") for n in range(5)]
        known[0] = replace(known[0], owner="bob")
        plan = build(world(page, issues=known), RULES).plan
        assert ["due", "owner"] == [problem.message.split(":")[0] for problem in plan.problems]
        assert "set in local#1, local#2, local#3 and 2 more, but" in plan.problems[0].message


class TestAnIssueWithLinesThatCanNotBeRead:
    def test_is_told_at_the_row_in_each_run(self) -> None:
        known = replace(issue(1, PAGE), faults=("the line Due says 32 May", "the line Owner says @"))
        problems = [(one.rule, one.line, one.message) for one in plan_of(PAGE, known).problems]
        assert [
            ("issue-unreadable", 10, "local#1: the line Due says 32 May"),
            ("issue-unreadable", 10, "local#1: the line Owner says @"),
        ] == problems


class TestTheDocumentMoved:
    def test_the_tracker_is_updated(self) -> None:
        page = document(item(link="#1", due="2026-03-03"))
        assert [(Action.UPDATE, Field.DUE, "2026-02-01", "2026-03-03")] == did(plan_of(page, issue(1, PAGE)))

    def test_an_emptied_cell_clears_what_was_agreed(self) -> None:
        page = document(item(link="#1", owner=""))
        assert [(Action.UPDATE, Field.OWNER, "alice", "")] == did(plan_of(page, issue(1, PAGE)))

    def test_an_edited_status_is_held(self) -> None:
        page = document(item(link="#1", status=Status.COMPLETE))
        plan = plan_of(page, issue(1, PAGE))
        assert [] == did(plan)
        assert [(Field.STATUS, "not_started", "complete", "not_started")] == [
            (c.field, c.base, c.document, c.tracker) for c in plan.conflicts
        ]

    def test_with_status_merged_it_closes_and_reopens(self) -> None:
        merging = replace(RULES, fields={**FIELD_DEFAULTS, Field.STATUS: FieldPolicy.MERGE})
        done = document(item(link="#1", status=Status.COMPLETE))
        closes = build(world(done, issues=[issue(1, PAGE)]), merging).plan
        assert [(Action.CLOSE, Field.STATUS, "not_started", "complete")] == did(closes)
        closed = issue(1, PAGE, memory=base(status="complete"))
        reopens = build(world(PAGE, issues=[closed]), merging).plan
        assert [(Action.REOPEN, Field.STATUS, "complete", "not_started")] == did(reopens)

    def test_unknown_owners_are_named_and_the_known_ones_count(self) -> None:
        page = document(item(link="#1", owner="@alice, Platform Team"))
        plan = plan_of(page, issue(1, PAGE))
        assert ([], ["owner-unknown"]) == (did(plan), rules(plan))
        assert "Platform Team" in plan.problems[0].message

    def test_the_owner_map_turns_names_into_logins(self) -> None:
        page = document(item(link="#1", owner="Alice A."))
        assert [] == did(plan_of(page, issue(1, PAGE), owners={"alice a.": "@alice"}))


class TestTheTrackerMoved:
    def test_the_document_is_written(self) -> None:
        known = issue(1, PAGE, status=Status.COMPLETE, due="2026-04-04")
        expected = [
            (Action.WRITE, Field.DUE, "2026-02-01", "2026-04-04"),
            (Action.WRITE, Field.STATUS, "not_started", "complete"),
        ]
        assert expected == did(plan_of(PAGE, known))

    def test_a_title_that_a_person_changed_is_left_and_reported(self) -> None:
        plan = plan_of(PAGE, issue(1, PAGE, title="Better words"))
        assert ([], ["left-as-it-is"]) == (did(plan), rules(plan))

    def test_a_text_that_nobody_can_read_is_never_overwritten(self) -> None:
        page = document(read_as(LINKED, due=Reading.UNREADABLE))
        plan = plan_of(page, issue(1, PAGE, due="2026-04-04"))
        assert ([], ["unreadable-kept"]) == (did(plan), rules(plan))

    def test_a_cell_with_an_unknown_owner_is_never_overwritten(self) -> None:
        page = document(item(link="#1", owner="@alice, Platform Team"))
        plan = plan_of(page, issue(1, PAGE, owner="carol"))
        assert ([], ["owner-unknown", "unreadable-kept"]) == (did(plan), rules(plan))

    def test_a_placeholder_is_replaced(self) -> None:
        page = document(read_as(LINKED, due=Reading.PLACEHOLDER))
        plan = plan_of(page, issue(1, page, memory=base(due=""), due="2026-04-04"))
        assert [(Action.WRITE, Field.DUE, "", "2026-04-04")] == did(plan)

    def test_a_status_without_a_column_is_reported(self) -> None:
        page = document(absent(LINKED, Field.STATUS))
        plan = plan_of(page, issue(1, PAGE, status=Status.COMPLETE))
        assert ([], ["no-place"]) == (did(plan), rules(plan))

    def test_a_link_without_a_place_is_reported(self) -> None:
        page = document(absent(item(), Field.ISSUE))
        plan = plan_of(page, issue(1, page))
        assert ([], ["no-place"]) == (did(plan), rules(plan))


def test_both_sides_moved_is_a_conflict() -> None:
    page = document(item(link="#1", due="2026-03-03"))
    plan = plan_of(page, issue(1, PAGE, due="2026-04-04"))
    assert [] == did(plan)
    assert [("2026-02-01", "2026-03-03", "2026-04-04")] == [(c.base, c.document, c.tracker) for c in plan.conflicts]


class TestWithoutABase:
    def test_the_home_of_each_field_decides_and_says_so(self) -> None:
        page = document(item(link="#1", due="2026-03-03", status=Status.IN_PROGRESS))
        known = issue(1, PAGE)
        plan = plan_of(page, replace(known, marker=replace(known.marker, base={})))  # type: ignore[type-var]
        assert (Action.ADOPT, Field.DUE, "2026-02-01", "2026-03-03") in did(plan)
        assert (Action.WRITE, Field.STATUS, "in_progress", "not_started") in did(plan)
        assert (Action.ADOPT, Field.STATUS, "in_progress", "in_progress") in did(plan)
        assert (Action.ADOPT, Field.TITLE, "Add an alert", "Add an alert") in did(plan)

    def test_a_tick_is_never_removed_on_the_word_of_nobody(self) -> None:
        page = document(item(link="#1", status=Status.COMPLETE))
        known = issue(1, PAGE)
        plan = plan_of(page, replace(known, marker=replace(known.marker, base={})))  # type: ignore[type-var]
        assert [] == [change for change in did(plan) if change[1] is Field.STATUS]
        assert [Field.STATUS] == [conflict.field for conflict in plan.conflicts]

    def test_one_missing_field_does_not_concern_the_others(self) -> None:
        memory = {which: known for which, known in base().items() if which is not Field.DUE}
        known = replace(issue(1, PAGE, memory=memory), due="2026-02-01")
        assert [(Action.ADOPT, Field.DUE, "2026-02-01", "2026-02-01")] == did(plan_of(PAGE, known))


class TestTheWorkingTree:
    """HEAD states, the file shows. PAGE is HEAD; the file has the due date 2026-04-04."""

    written = document(item(link="#1", due="2026-04-04"))
    ours = (carrier(PAGE, Field.DUE, "2026-04-04"),)

    def plan(self, known: Issue, carriers: tuple[Carrier, ...] = (), shown: Document | None = None) -> Plan:
        return plan_of(shown or self.written, known, settled=[PAGE], carriers=carriers)

    def test_what_we_wrote_waits_for_the_commit(self) -> None:
        plan = self.plan(issue(1, PAGE, due="2026-04-04"), self.ours)
        assert ([], [(SkipReason.PROPOSED, Field.DUE)]) == (did(plan), skips(plan))

    def test_what_we_wrote_is_not_read_as_an_edit_when_the_journal_is_lost(self) -> None:
        plan = self.plan(issue(1, PAGE, due="2026-04-04"))
        assert ([], [(SkipReason.PROPOSED, Field.DUE)]) == (did(plan), skips(plan))

    def test_a_newer_value_replaces_what_we_wrote(self) -> None:
        plan = self.plan(issue(1, PAGE, due="2026-05-05"), self.ours)
        assert [(Action.WRITE, Field.DUE, "2026-04-04", "2026-05-05")] == did(plan)

    def test_what_the_tracker_took_back_is_taken_back_to_the_letter(self) -> None:
        settled = document(replace(LINKED, due_raw="Feb 1, 2026"))
        plan = plan_of(self.written, issue(1, PAGE), settled=[settled], carriers=self.ours)
        assert [(Action.WRITE, Field.DUE, "2026-04-04", "2026-02-01")] == did(plan)
        assert "Feb 1, 2026" == plan.changes[0].text

    def test_a_persons_uncommitted_edit_is_neither_sent_nor_overwritten(self) -> None:
        unsent = self.plan(issue(1, PAGE))
        assert ([], [(SkipReason.UNCOMMITTED, Field.DUE)]) == (did(unsent), skips(unsent))
        kept = self.plan(issue(1, PAGE, due="2026-05-05"))
        assert ([], [(SkipReason.UNCOMMITTED, Field.DUE)]) == (did(kept), skips(kept))

    def test_after_the_commit_the_base_follows(self) -> None:
        plan = plan_of(self.written, issue(1, PAGE, due="2026-04-04"), carriers=self.ours)
        assert [(Action.UPDATE, Field.DUE, "2026-04-04", "2026-04-04")] == did(plan)
        assert plan.changes[0].remembers_only

    def test_after_the_commit_a_value_taken_back_in_the_tracker_is_no_edit_of_the_document(self) -> None:
        plan = plan_of(self.written, issue(1, PAGE), carriers=self.ours)
        assert [
            (Action.UPDATE, Field.DUE, "2026-04-04", "2026-04-04"),
            (Action.WRITE, Field.DUE, "2026-04-04", "2026-02-01"),
        ] == did(plan)

    def test_a_proposal_of_an_earlier_agreement_is_ignored(self) -> None:
        known = issue(1, PAGE, memory={**base(), Field.DUE: Base("2026-02-01", 1)})
        plan = plan_of(self.written, known, carriers=self.ours)
        assert [(Action.UPDATE, Field.DUE, "2026-02-01", "2026-04-04")] == did(plan)

    def test_a_proposal_that_a_person_discarded_is_made_again(self) -> None:
        plan = self.plan(issue(1, PAGE, due="2026-04-04"), self.ours, shown=PAGE)
        assert [(Action.WRITE, Field.DUE, "2026-02-01", "2026-04-04")] == did(plan)

    def test_what_was_committed_has_landed_whatever_head_shows_by_now(self) -> None:
        known = issue(1, PAGE, due="2026-04-04")
        plan = plan_of(PAGE, known, former=[document(), self.written], carriers=self.ours)
        assert [(Action.UPDATE, Field.DUE, "2026-04-04", "2026-02-01")] == did(plan)
        assert [(Action.WRITE, Field.DUE, "2026-02-01", "2026-04-04")] == did(plan_of(PAGE, known, carriers=self.ours))

    def test_of_two_proposals_the_one_that_the_file_shows_counts(self) -> None:
        """A run died after it had noted the newer value, and before it wrote it."""
        both = (carrier(PAGE, Field.DUE, "2026-05-05"), *self.ours)
        plan = self.plan(issue(1, PAGE, due="2026-05-05"), both)
        assert [(Action.WRITE, Field.DUE, "2026-04-04", "2026-05-05")] == did(plan)

    def test_a_declined_proposal_is_reported(self) -> None:
        declined = (carrier(PAGE, Field.DUE, "2026-04-04", state=CarrierState.DECLINED),)
        plan = plan_of(PAGE, issue(1, PAGE, due="2026-04-04"), carriers=declined)
        assert ([], ["left-as-it-is"]) == (did(plan), rules(plan))

    def test_a_row_that_head_does_not_have_states_nothing(self) -> None:
        plan = plan_of(self.written, issue(1, PAGE), settled=[document(item("Another"))])
        assert ([], [(SkipReason.UNCOMMITTED, None)]) == (did(plan), skips(plan))
        written_back = plan_of(self.written, issue(1, PAGE, due="2026-04-04"), settled=[document(item("Another"))])
        assert ([], [], 1) == (did(written_back), skips(written_back), written_back.in_sync)

    def test_a_renamed_document_states_nothing_until_it_is_committed(self) -> None:
        moved = document(item(link="#1", due="2026-04-04"), path="renamed.md")
        waits = plan_of(moved, issue(1, PAGE), uncommitted=["renamed.md"])
        assert ([], [(SkipReason.UNCOMMITTED, None)]) == (did(waits), skips(waits))
        assert [Action.UPDATE] == [change.action for change in plan_of(moved, issue(1, PAGE)).changes]

    def test_a_document_that_nobody_committed_yet_states_what_it_shows(self) -> None:
        plan = plan_of(self.written, issue(1, PAGE), uncommitted=[self.written.path])
        assert [(Action.UPDATE, Field.DUE, "2026-02-01", "2026-04-04")] == did(plan)

    def test_a_row_whose_link_is_not_committed_is_found_by_its_text(self) -> None:
        plan = plan_of(self.written, issue(1, PAGE), settled=[document(item())])
        assert ([], [(SkipReason.UNCOMMITTED, Field.DUE)]) == (did(plan), skips(plan))

    def test_a_reworded_row_is_found_by_its_link(self) -> None:
        shown = document(item("New words", link="#1"))
        plan = plan_of(shown, issue(1, PAGE), settled=[PAGE])
        assert ([], [(SkipReason.UNCOMMITTED, Field.TITLE)]) == (did(plan), skips(plan))

    def test_of_two_rows_with_one_link_none_is_found_by_it(self) -> None:
        two = document(item("Add an alert", link="#1"), item("Second", link="#1"))
        edited = document(item("Add an alert", link="#1", due="2026-04-04"), item("Second", link="#1"))
        plan = plan_of(edited, issue(1, two), settled=[two])
        assert ([], [(SkipReason.UNCOMMITTED, Field.DUE)]) == (did(plan), skips(plan))


def test_issue_reference_in_the_change_is_the_one_that_stays() -> None:
    plan = plan_of(document(item(link="#1", due="2026-03-03")), issue(1, PAGE))
    assert ref(1) == plan.changes[0].issue


class TestACheckBox:
    @pytest.mark.parametrize(
        ("status", "told"),
        [
            (Status.NOT_STARTED, []),
            (Status.IN_PROGRESS, ["box-says-less"]),
            (Status.BLOCKED, ["box-says-less"]),
            (Status.COMPLETE, []),
        ],
    )
    def test_says_open_or_done_and_what_it_can_not_say_is_told_once(self, status: Status, told: list[str]) -> None:
        page = document(item("One", link="#1", box=True), item("Two", link="#2", box=True))
        issues = [issue(1, page, status=status), issue(2, page, 1, status=status)]
        plan = build(world(page, issues=issues), RULES).plan
        assert told == rules(plan)
        done = [(Action.WRITE, Field.STATUS, "not_started", "complete")] * 2
        assert (done if status is Status.COMPLETE else []) == did(plan)
