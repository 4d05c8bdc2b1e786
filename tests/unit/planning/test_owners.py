"""Owners that are teams, and owners nobody knows."""

from typing import ClassVar

from tracksync.model import Document, Field, Issue
from tracksync.planning import orders
from tracksync.planning.changes import Action, Plan
from tracksync.planning.plan import build

from .given import REPOSITORY, RULES, base, document, issue, item, world
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
        nobody = world(page, owners=self.OWNERS, hold=lambda values: {w: v for w, v in values.items() if w != "owner"})
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
