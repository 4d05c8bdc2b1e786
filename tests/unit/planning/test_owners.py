"""Owners that are teams, and owners nobody knows."""

from typing import ClassVar

from tracksync.model import Document, Field, Issue, IssueDraft, IssuePatch
from tracksync.owners import NEEDS_OWNER
from tracksync.planning import orders
from tracksync.planning.changes import Action, Plan
from tracksync.planning.plan import build

from .given import REPOSITORY, RULES, assignable, base, document, issue, item, world
from .test_items import did, rules


def plan_of(page: Document, **more: object) -> Plan:
    return build(world(page, **more), RULES).plan  # type: ignore[arg-type]


class TestTeams:
    """An owner may be a team, by a label of the issue."""

    OWNERS: ClassVar = {"Payments": "label:team/pay", "Web": "label:team/web", "Alice Example": "alice"}

    def page(self, owner: str = "Payments") -> Document:
        return document(item(owner=owner, link="#1"))

    def issue(self, labels: set[str], owner: str = "") -> Issue:
        memory = base(owner="label:team/pay")
        return issue(1, self.page(), memory=memory, owner=owner, labels=frozenset(labels | {"tracksync", "bug"}))

    def plan(self, page: Document, labels: set[str], owner: str = "") -> Plan:
        return plan_of(page, issues=[self.issue(labels, owner)], owners=self.OWNERS)

    def test_a_label_that_both_sides_name_is_in_sync(self) -> None:
        assert [] == did(self.plan(self.page(), {"team/pay"}))

    def test_another_team_in_the_document_changes_the_labels_of_teams_alone(self) -> None:
        plan = self.plan(self.page("Web"), {"team/pay"})
        assert [(Action.UPDATE, Field.OWNER, "label:team/pay", "label:team/web")] == did(plan)
        patch = orders.patch(self.issue({"team/pay"}), plan.changes)
        assert ({"team/web"}, {"team/pay"}, "") == (patch.add_labels, patch.remove_labels, patch.values[Field.OWNER])

    def test_a_person_instead_of_the_team_takes_the_label_away(self) -> None:
        plan = self.plan(self.page("Alice Example"), {"team/pay"})
        patch = orders.patch(self.issue({"team/pay"}), plan.changes)
        assert (frozenset(), {"team/pay"}, "alice") == (
            patch.add_labels,
            patch.remove_labels,
            patch.values[Field.OWNER],
        )

    def test_another_label_in_the_tracker_has_no_place_in_the_document(self) -> None:
        plan = self.plan(self.page(), {"team/web"})
        assert ([], ["no-place"]) == (did(plan), rules(plan))

    def test_a_person_in_the_tracker_is_written_into_the_document(self) -> None:
        plan = self.plan(self.page(), set(), owner="alice")
        assert [(Action.WRITE, Field.OWNER, "label:team/pay", "alice")] == did(plan)

    def test_a_new_issue_carries_the_label(self) -> None:
        page = document(item(owner="Payments, Alice Example"))
        planned = build(world(page, owners=self.OWNERS), RULES)
        made = orders.draft(planned.match(planned.plan.changes[0]), planned.world, REPOSITORY)
        assert ({"team/pay"}, "alice") == (made.labels, made.values[Field.OWNER])
        assert "alice,label:team/pay" == made.marker.base[Field.OWNER].value

    def test_a_tracker_that_can_not_hold_logins_still_holds_the_team(self) -> None:
        page = document(item(owner="Payments, @bob"))
        nobody = world(page, owners=self.OWNERS, hold=assignable())
        made = orders.draft(build(nobody, RULES).matches[page.path, 0], nobody, REPOSITORY)
        assert ({"team/pay"}, "") == (made.labels, made.values[Field.OWNER])


class TestUnknownOwners:
    OWNERS: ClassVar = {"Alice Example": "alice", "Alice Jones": "ajones", "Bob Example": "bob"}

    def problems(self, owner: str) -> list[tuple[str, str]]:
        plan = plan_of(document(item(owner=owner)), owners=self.OWNERS)
        assert [Action.CREATE] == [change.action for change in plan.changes]
        return [(problem.rule, problem.message) for problem in plan.problems]

    def test_never_stop_an_item_and_each_is_named(self) -> None:
        add = "add it to `owners` in the configuration"
        assert [
            ("owner-unknown", f"no login is known for Bob: {add}; did you mean Bob Example (bob)?"),
            ("owner-unknown", f"no login is known for Carol: {add}"),
        ] == self.problems("Carol, Bob")

    def test_a_spelling_that_may_be_two_people_is_ambiguous(self) -> None:
        message = (
            "Alice may be Alice Example (alice) or Alice Jones (ajones); write who it is, or add this spelling to "
            "`owners` in the configuration"
        )
        assert [("owner-ambiguous", message)] == self.problems("Alice")


class TestOwnersWhoCanNotBeAssigned:
    def problems(self, owner: str, *logins: str, most: int = 10, link: str | None = None) -> list[tuple[str, str]]:
        page = document(item(owner=owner, link=link))
        known = [issue(1, page, memory=base(owner=",".join(logins[:most])))] if link else []
        plan = plan_of(page, issues=known, hold=assignable(*logins, most=most))
        assert [] == [change for change in plan.changes if change.action is not Action.CREATE]
        return [(problem.rule, problem.message) for problem in plan.problems]

    def test_are_told_once_for_a_row(self) -> None:
        message = (
            "yan and zoe can't be assigned beside alice in the tracker: give them access to the project, or name "
            "another owner"
        )
        assert [("owner-not-held", message)] == self.problems("@zoe, @alice, @Yan", "alice")

    def test_are_told_of_an_item_with_an_issue_and_are_no_edit(self) -> None:
        message = "zoe can't be assigned in the tracker: give them access to the project, or name another owner"
        assert [("owner-not-held", message)] == self.problems("@zoe", link="#1")

    def test_a_second_one_where_the_tracker_takes_one_is_told(self) -> None:
        found = self.problems("@alice, @bob", "alice", "bob", most=1, link="#1")
        assert ["owner-not-held"] == [rule for rule, _ in found]
        assert found[0][1].startswith("bob can't be assigned beside alice")

    def test_the_plan_shows_who_will_be_assigned(self) -> None:
        page = document(item(owner="@zoe, @alice", due="", priority=""))
        plan = plan_of(page, hold=assignable("alice"))
        assert ["no issue yet: alice"] == [change.reason for change in plan.changes]

    def test_are_not_replaced_in_the_document_by_who_was_assigned_instead(self) -> None:
        page = document(item(owner="@zoe", link="#1"))
        known = issue(1, page, memory=base(owner=""), owner="bob")
        plan = plan_of(page, issues=[known], hold=assignable("bob"))
        assert ([], ["owner-not-held", "unreadable-kept"]) == (did(plan), rules(plan))
        assert "owner: local#1 says bob, but who is named here can't be assigned: left as it is" in [
            problem.message for problem in plan.problems
        ]

    def test_the_project_of_the_issue_is_asked(self) -> None:
        page, asked = document(item(link="#1"), item("Another")), []

        def hold(values: dict[Field, str], project: str) -> dict[Field, str]:
            asked.append(project)
            return values

        plan_of(page, issues=[issue(1, page)], hold=hold)
        assert {"local", ""} == set(asked)


class TestTheLabelOfAnIssueWithoutOwner:
    OWNERS: ClassVar = {"Payments": "label:team/pay"}

    def draft(self, owner: str, *logins: str) -> IssueDraft:
        given = world(document(item(owner=owner)), owners=self.OWNERS, hold=assignable(*logins))
        planned = build(given, RULES)
        return orders.draft(planned.match(planned.plan.changes[0]), given, REPOSITORY)

    def test_is_there_when_nobody_of_those_named_can_be_assigned(self) -> None:
        for owner in ("@zoe", "Somebody Unknown", "@zoe, Somebody Unknown"):
            assert ({NEEDS_OWNER}, "") == (self.draft(owner).labels, self.draft(owner).values[Field.OWNER])

    def test_is_not_there_when_somebody_is_assigned_or_nobody_is_named(self) -> None:
        assert frozenset() == self.draft("@zoe, @alice", "alice").labels
        assert frozenset() == self.draft("").labels
        assert {"team/pay"} == self.draft("@zoe, Payments").labels

    def patch(self, owner: str, memory: str, now: str, **more: str) -> IssuePatch:
        page = document(item(owner=owner, link="#1", **more))  # type: ignore[arg-type]
        labels = frozenset({NEEDS_OWNER, "bug"})
        known = issue(1, page, memory=base(owner=memory), owner=now, labels=labels)
        planned = build(world(page, issues=[known], owners=self.OWNERS), RULES)
        return orders.patch(known, [one for one in planned.plan.changes if one.action is Action.UPDATE])

    def test_goes_with_the_patch_that_sets_an_owner(self) -> None:
        assert {NEEDS_OWNER} == self.patch("@alice", memory="", now="").remove_labels
        assert {NEEDS_OWNER} == self.patch("Payments", memory="", now="").remove_labels

    def test_goes_with_any_patch_once_a_person_has_assigned_somebody(self) -> None:
        assert {NEEDS_OWNER} == self.patch("@bob", memory="bob", now="bob", due="2026-03-03").remove_labels

    def test_stays_while_nobody_is_assigned(self) -> None:
        assert frozenset() == self.patch("", memory="", now="", due="2026-03-03").remove_labels
        assert frozenset() == self.patch("", memory="bob", now="bob").remove_labels

    def test_of_an_issue_without_it_is_not_taken_away(self) -> None:
        page = document(item(due="2026-03-03", link="#1"))
        known = issue(1, page)
        planned = build(world(page, issues=[known]), RULES)
        assert frozenset() == orders.patch(known, planned.plan.changes).remove_labels
