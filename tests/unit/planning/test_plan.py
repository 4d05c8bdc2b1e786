"""The plan as a whole: order, digest, limits, policies, cost, and the orders made from it."""

import random
from dataclasses import replace

import pytest

from tracksync.model import Base, CarrierState, Field, Problem, Severity, SkipReason, Status, Window
from tracksync.planning import orders
from tracksync.planning.canonical import birth_keys, canonical_text
from tracksync.planning.changes import Action, Change, Limit
from tracksync.planning.plan import Planned, build, duration
from tracksync.planning.rules import Limits, Policy

from .given import PATH, REPOSITORY, RULES, base, carrier, document, issue, item, ref, world


def planned_of(count: int, **limits: object) -> Planned:
    page = document(*(item(f"Item {n}") for n in range(count)))
    return build(world(page), replace(RULES, limits=Limits(**limits)))  # type: ignore[arg-type]


def limit(planned: Planned, name: str) -> Limit:
    return next(found for found in planned.plan.limits if found.name == name)


def test_the_same_inputs_give_the_same_digest_whatever_their_order() -> None:
    pages = [document(item(f"Item {n}"), path=f"{n}.md") for n in range(20)]
    first = build(world(*pages), RULES).plan
    random.Random(1).shuffle(pages)
    assert first.digest == build(world(*pages), RULES).plan.digest
    assert first.changes == build(world(*pages), RULES).plan.changes


def test_another_change_gives_another_digest() -> None:
    assert planned_of(1).plan.digest != planned_of(2).plan.digest


def test_what_a_change_is_for_does_not_depend_on_its_line_or_reason() -> None:
    change = Change(Action.WRITE, "K", "p", 1, ref(1), Field.DUE, "x", "2026-01-01", "why", "title", None, 3)
    assert change.purpose == replace(change, line=7, index=9, reason="because", before="y").purpose
    assert change.purpose != replace(change, after="2026-01-02").purpose


def test_change_ids_are_unique_within_a_plan() -> None:
    page = document(item("One", link="#1", due="2026-03-03", owner="@bob"), item("Two"))
    duplicates = [issue(2, page, 1), issue(3, page, 1), issue(4, page, 1)]
    plan = build(world(page, issues=[issue(1, page, memory=base(title="One")), *duplicates]), RULES).plan
    assert 5 == len(plan.changes) == len({change.id for change in plan.changes})


class TestLimits:
    def test_one_create_more_than_allowed_is_refused(self) -> None:
        assert () == planned_of(25).plan.exceeded
        assert (Limit("creates", 26, 25),) == planned_of(26).plan.exceeded

    def test_a_limit_can_be_lifted_for_one_run(self) -> None:
        assert () == planned_of(26, allowed={"creates": 26}).plan.exceeded

    @pytest.mark.parametrize(("tracked", "moved", "allowed"), [(9, 9, 100), (10, 4, 3), (20, 6, 6)])
    def test_updates_are_limited_to_a_share_of_the_tracked_items(self, tracked: int, moved: int, allowed: int) -> None:
        before = document(*(item(f"Item {n}", link=f"#{n + 1}") for n in range(tracked)))
        issues = [issue(n + 1, before, n) for n in range(tracked)]
        due = ["2026-03-03" if n < moved else "2026-02-01" for n in range(tracked)]
        after = document(*(item(f"Item {n}", link=f"#{n + 1}", due=due[n]) for n in range(tracked)))
        planned = build(world(after, issues=issues), RULES)
        assert Limit("updates", moved, allowed) == limit(planned, "updates")

    def test_rows_that_vanish_are_limited_to_a_share(self) -> None:
        before = document(*(item(f"Item {n}", link=f"#{n + 1}") for n in range(20)))
        issues = [issue(n + 1, before, n) for n in range(20)]
        after = document(*before.items[:13])
        assert Limit("vanished", 7, 6) == limit(build(world(after, issues=issues), RULES), "vanished")

    def test_a_few_rows_that_vanish_from_a_small_archive_are_only_reported(self) -> None:
        before = document(item("One", link="#1"), item("Two", link="#2"))
        issues = [issue(1, before), issue(2, before, 1)]
        assert () == build(world(document(before.items[0]), issues=issues), RULES).plan.exceeded

    def test_moving_only_the_base_is_not_counted(self) -> None:
        page = document(*(item(f"Item {n}", link=f"#{n + 1}", due="2026-03-03") for n in range(12)))
        issues = [issue(n + 1, page, n, memory=base(title=f"Item {n}"), due="2026-03-03") for n in range(12)]
        planned = build(world(page, issues=issues), RULES)
        assert 12 == len(planned.plan.changes)
        assert 0 == limit(planned, "updates").counted

    def test_documents_are_counted_once(self) -> None:
        page = document(item("One"), item("Two"))
        planned = build(world(page, issues=[issue(1, page), issue(2, page, 1)]), RULES)
        assert 1 == limit(planned, "documents").counted


def test_the_digest_covers_what_a_create_would_create() -> None:
    digests = {
        build(world(document(one)), RULES).plan.digest
        for one in (
            item(),
            item(status=Status.BLOCKED),
            item(due="2026-03-03"),
            item(owner="@bob"),
            item(priority="P2"),
        )
    }
    assert 5 == len(digests)


class TestPolicies:
    page = document(item(link="#1", due="2026-03-03"), item("New"), item("Found"))
    issues = (issue(1, document(item())), issue(2, page, 2), issue(3, page, 2))

    def actions(self, policy: Policy) -> list[Action]:
        return [
            change.action
            for change in build(world(self.page, issues=self.issues), replace(RULES, policy=policy)).plan.changes
        ]

    def test_create_only_creates_and_links(self) -> None:
        assert [Action.CREATE, Action.WRITE] == self.actions(Policy.CREATE_ONLY)

    def test_upsert_also_updates(self) -> None:
        assert [Action.UPDATE, Action.CREATE, Action.WRITE] == self.actions(Policy.UPSERT)

    def test_full_also_closes(self) -> None:
        assert [Action.UPDATE, Action.CREATE, Action.CLOSE, Action.WRITE] == self.actions(Policy.FULL)

    def test_what_the_policy_forbids_is_skipped_with_that_reason(self) -> None:
        plan = build(world(self.page, issues=self.issues), replace(RULES, policy=Policy.CREATE_ONLY)).plan
        assert [SkipReason.POLICY] * 2 == [skipped.reason for skipped in plan.skipped]


class TestCost:
    def test_nothing_to_do_costs_nothing(self) -> None:
        page = document(item(link="#1"))
        cost = build(world(page, issues=[issue(1, page)]), RULES).plan.cost
        assert (0, 0, 0) == (cost.reads, cost.writes, cost.minutes)

    def test_creates_cost_a_write_each_and_one_listing(self) -> None:
        page = document(*(item(f"Item {n}") for n in range(120)))
        seen = replace(world(page), pace=(Window(80, 60), Window(500, 3600)))
        cost = build(seen, RULES).plan.cost
        assert (2, 120, 2) == (cost.reads, cost.writes, cost.minutes)

    @pytest.mark.parametrize(("writes", "seconds"), [(0, 0), (1, 0), (81, 60), (501, 3600), (581, 3660), (1001, 7200)])
    def test_writes_take_as_long_as_all_windows_ask_for(self, writes: int, seconds: float) -> None:
        assert seconds == duration(writes, (Window(80, 60), Window(500, 3600)))

    def test_without_windows_writes_take_no_time(self) -> None:
        assert duration(1000, ()) == 0

    def test_an_update_costs_a_read_and_a_write_and_a_cell_a_share_of_a_read(self) -> None:
        page = document(item("One", link="#1", due="2026-03-03"), item("Two", link="#2"))
        before = document(item("One"), item("Two"))
        issues = [issue(1, before), issue(2, before, 1, status=Status.COMPLETE)]
        cost = build(world(page, issues=issues), RULES).plan.cost
        assert (2, 1) == (cost.reads, cost.writes)

    def test_the_history_of_what_was_written_is_a_read_where_there_is_one(self) -> None:
        page, before = document(item("One", link="#1", due="2026-03-03")), document(item("One"))
        seen = replace(world(page, issues=[issue(1, before)]), pace=(Window(80, 60),), histories=100)
        cost = build(seen, RULES).plan.cost
        assert (2, 1) == (cost.reads, cost.writes)

    def test_issues_that_were_listed_after_creates_are_looked_at_again_only_after_updates(self) -> None:
        new, done = item("New"), issue(2, document(item("Two")), status=Status.COMPLETE)
        page = document(item("Two", link="#2"), new)
        cost = build(world(page, issues=[done]), RULES).plan.cost
        assert (1, 1) == (cost.reads, cost.writes)
        page = document(item("Two", link="#2"), new, item("One", link="#1", due="2026-03-03"))
        cost = build(world(page, issues=[issue(1, document(item("One"))), done]), RULES).plan.cost
        assert (3, 2) == (cost.reads, cost.writes)


class TestKeys:
    def test_a_key_depends_on_repository_path_text_and_ordinal_alone(self) -> None:
        page = document(item("Same"), item("Same"), item("Other"))
        keys = birth_keys(REPOSITORY, page)
        assert 3 == len(set(keys))
        assert keys == birth_keys(REPOSITORY, document(*(replace(i, status=None, owners=()) for i in page.items)))
        assert not set(keys) & set(birth_keys("other", page))
        assert not set(keys) & set(birth_keys(REPOSITORY, replace(page, path="other.md")))

    def test_keys_never_change(self) -> None:
        """Golden values: a change here would orphan every issue that was ever made."""
        page = document(item("Add an Alert  for queue-depth"), item("Ａdd an alert for queue-depth"), path="pm/a.md")
        assert ("TDCBRJMMEFZQ7RLT", "RQHVES5QYD5NIB7P") == birth_keys("local/local", page)

    def test_case_width_and_spaces_make_no_difference(self) -> None:
        assert canonical_text("Add  an ALERT") == canonical_text("Ａdd an alert")


class TestOrders:
    page = document(item(due="", status=Status.IN_PROGRESS))

    def test_a_draft_carries_key_and_base_of_what_both_sides_show(self) -> None:
        planned = build(world(self.page), RULES)
        draft = orders.draft(planned.match(planned.plan.changes[0]), planned.world, planned.repository)
        expected = {"title": "Add an alert", "owner": "alice", "due": "", "priority": "P1", "status": "in_progress"}
        assert expected == {which.value: value for which, value in draft.values.items()}
        assert {which: Base(value, 0) for which, value in draft.values.items()} == draft.marker.base
        assert birth_keys(REPOSITORY, self.page)[0] == draft.marker.key
        assert "Queue outage" == draft.document_title

    def test_a_draft_of_a_nameless_document_names_its_path(self) -> None:
        planned = build(world(replace(self.page, title=None)), RULES)
        draft = orders.draft(planned.match(planned.plan.changes[0]), planned.world, planned.repository)
        assert self.page.path == draft.document_title

    def test_a_patch_moves_value_base_and_serial_together(self) -> None:
        page = document(item(link="#1", due="2026-03-03"))
        known = issue(1, document(item()), memory={**base(), Field.DUE: Base("2026-02-01", 4)})
        planned = build(world(page, issues=[known]), RULES)
        patch = orders.patch(known, planned.plan.changes)
        assert {Field.DUE: "2026-03-03"} == patch.values
        assert patch.marker is not None
        assert Base("2026-03-03", 5) == patch.marker.base[Field.DUE]
        assert Base("alice", 0) == patch.marker.base[Field.OWNER]

    def test_remembering_changes_the_marker_alone(self) -> None:
        page = document(item(link="#1", due="2026-03-03"))
        known = issue(1, page, memory=base(), due="2026-03-03")
        patch = orders.patch(known, build(world(page, issues=[known]), RULES).plan.changes)
        assert {} == patch.values
        assert patch.marker is not None
        assert Base("2026-03-03", 1) == patch.marker.base[Field.DUE]

    def test_a_new_base_starts_above_every_serial_that_a_lost_proposal_may_have(self) -> None:
        page = document(item(link="#1"))
        memory = {**base(), Field.TITLE: Base("Add an alert", 7)}
        del memory[Field.DUE]
        known = replace(issue(1, page, memory=memory), due="2026-02-01")
        patch = orders.patch(known, build(world(page, issues=[known]), RULES).plan.changes)
        assert patch.marker is not None
        assert Base("2026-02-01", 8) == patch.marker.base[Field.DUE]

    def test_an_issue_without_a_marker_gets_none(self) -> None:
        known = issue(1, self.page, marker=None)
        change = Change(Action.UPDATE, "K", "p", 1, ref(1), Field.DUE, "", "2026-01-01", "")
        assert None is orders.patch(known, [change]).marker

    def test_the_journal_remembers_merged_fields_with_their_serial_and_no_links(self) -> None:
        page = document(item())
        known = issue(1, page, status=Status.COMPLETE)
        planned = build(world(page, issues=[known]), RULES)
        assert [carrier(page, Field.STATUS, "complete", 0, CarrierState.OPEN)] == orders.carriers(
            planned.plan.changes, planned.matches
        )

    def test_proposals_of_an_earlier_agreement_are_outdated(self) -> None:
        known = issue(1, self.page, memory={**base(), Field.DUE: Base("2026-02-01", 1)})
        old, now = carrier(self.page, Field.DUE, "x", 0), carrier(self.page, Field.DUE, "y", 1)
        elsewhere = old._replace(key="OTHER")
        assert [old] == orders.outdated([old, now, elsewhere], [known, issue(2, self.page, marker=None)])

    def test_a_cell_whose_base_is_still_to_be_moved_is_unaccounted(self) -> None:
        moves = Change(Action.UPDATE, "K", "p", 1, ref(1), Field.DUE, "x", "x", "")
        others = [replace(moves, after="y"), replace(moves, action=Action.WRITE, field=Field.OWNER)]
        assert {("K", Field.DUE)} == orders.unaccounted([moves, *others])

    def test_edits_name_the_cell_and_restore_a_former_text(self) -> None:
        change = Change(Action.WRITE, "K", "p", 1, ref(1), Field.DUE, "x", "2026-01-01", "", "", "Jan 1, 2026", 3)
        edit = orders.edit(change)
        assert (3, Field.DUE, "2026-01-01", "Jan 1, 2026") == (edit.index, edit.field, edit.value, edit.text)
        assert orders.withdraws(change)
        assert not orders.withdraws(replace(change, text=None))

    def test_the_issue_of_a_change_is_found_only_under_its_key(self) -> None:
        page = document(item(link="#1"))
        planned = build(world(page, issues=[issue(1, page)]), RULES)
        change = Change(Action.CREATE, birth_keys(REPOSITORY, page)[0], page.path, 10, None, None, None, "", "")
        assert ref(1) == getattr(planned.issue_of(change), "ref", None)
        assert None is planned.issue_of(replace(change, key="OTHER"))
        assert None is planned.issue_of(replace(change, index=5))


class TestAnOldDocument:
    FAINT = Problem("ambiguous-date", Severity.WARNING, PATH, 10, "write a day")

    def test_with_a_linked_row_is_kept_in_step(self) -> None:
        page = document(item(link="#1", due="2026-03-03"))
        before = document(item())
        plan = build(world(page, issues=[issue(1, before)], older=[PATH]), RULES).plan
        assert [(Action.UPDATE, Field.DUE)] == [(change.action, change.field) for change in plan.changes]

    def test_without_a_link_is_not_complained_about(self) -> None:
        page = document(item(), problems=(self.FAINT,))
        assert () == build(world(page, older=[PATH]), RULES).plan.problems

    @pytest.mark.parametrize("link", ["#1", None])
    def test_is_complained_about_where_it_takes_part_or_was_not_read(self, link: str | None) -> None:
        faint = self.FAINT if link else replace(self.FAINT, severity=Severity.ERROR)
        page = document(item(link=link), problems=(faint,))
        issues = [issue(1, page)] if link else []
        assert (faint,) == build(world(page, issues=issues, older=[PATH]), RULES).plan.problems


def test_every_item_ends_in_exactly_one_count() -> None:
    page = document(
        item("In sync", link="#1"),
        item("New"),
        item("Conflict", link="#2", due="2026-03-03"),
        item("Blank", skip=SkipReason.BLANK),
        item("Gone", link="#9"),
    )
    before = document(*(replace(one, due="2026-02-01") for one in page.items))
    issues = [issue(1, before), issue(2, before, 2, due="2026-04-04")]
    plan = build(world(page, issues=issues), RULES).plan
    counts = (len(plan.changes), len(plan.conflicts), len(plan.skipped), len(plan.problems), plan.in_sync)
    assert (1, 1, 1, 1, 1) == counts
    assert plan.items == sum(counts)
