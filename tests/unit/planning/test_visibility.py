"""Private documents never go to a more public tracker, nor a private tracker's values into public documents."""

from dataclasses import replace

import pytest

from tracksync.model import Field, IssueRef, SkipReason, Status
from tracksync.planning import adoption, orders
from tracksync.planning.adoption import Adoption, Row
from tracksync.planning.changes import Action, Plan
from tracksync.planning.identity import match
from tracksync.planning.plan import build
from tracksync.planning.routes import Route, Routes
from tracksync.planning.rules import FieldPolicy
from tracksync.planning.visibility import RANKS, SAME, Reach, reach_of, same_everywhere
from tracksync.planning.world import World

from .given import REPOSITORY, RULES, base, carrier, document, issue, item, ref, world


class Told:
    """Answers who sees what, and remembers what it was asked."""

    def __init__(self, documents: str, issues: str, **more: bool) -> None:
        self.reach = reach_of(documents, issues, "acme/web")._replace(**more)
        self.asked: list[tuple[str, bool]] = []

    def __call__(self, project: str, freshly: bool) -> Reach:
        self.asked.append((project, freshly))
        return self.reach


def planned(of: World, told: Told) -> Plan:
    return build(replace(of, reach=told), RULES).plan


def moved(**values: object) -> World:
    """A row whose issue was changed by a person."""
    page = document(item(link="#1"))
    return world(page, issues=[issue(1, page, **values)])


def edited(memory: dict[str, str], **values: object) -> World:
    """A row that was changed since both sides agreed on `memory`."""
    page = document(item(link="#1", **values))  # type: ignore[arg-type]
    kept = base(**memory)
    return world(page, issues=[issue(1, page, memory=kept)])


@pytest.mark.parametrize("documents", RANKS)
@pytest.mark.parametrize("issues", RANKS)
def test_an_issue_is_made_only_where_no_more_people_see_it(documents: str, issues: str) -> None:
    plan = planned(world(document(item())), Told(documents, issues))
    more_public = RANKS.index(issues) > RANKS.index(documents)
    assert (0 if more_public else 1) == len(plan.changes)
    assert (["more-public"] if more_public else []) == [problem.rule for problem in plan.problems]


def test_every_item_that_gets_no_issue_is_told_and_the_reason_once() -> None:
    plan = planned(world(document(item("One"), item("Two"))), Told("private", "public"))
    assert [SkipReason.POLICY] * 2 == [skip.reason for skip in plan.skipped]
    assert {"create: more people see it there"} == {skip.detail for skip in plan.skipped}
    (problem,) = plan.problems
    assert "acme/web is public and the documents are private" in problem.message
    assert "tracker.allow_more_public" in problem.message


def test_documents_that_nobody_tells_about_count_as_private_and_that_is_said() -> None:
    told = Told("", "internal")
    plan = planned(world(document(item())), told)
    assert () == plan.changes
    assert "can't be told, so they count as private" in plan.problems[0].message


def test_a_tracker_that_nobody_tells_about_counts_as_public() -> None:
    assert reach_of("internal", None, "x").keeps_out
    assert not reach_of("public", None, "x").keeps_out


def test_it_can_be_allowed() -> None:
    assert 1 == len(planned(world(document(item())), Told("private", "public", out_allowed=True)).changes)
    allowed = planned(moved(due="2027-01-01"), Told("public", "private", back_allowed=True))
    assert [Field.DUE] == [change.field for change in allowed.changes]


def test_what_a_document_changed_stays_there_but_for_a_status() -> None:
    told = Told("private", "public")
    plan = planned(edited({"due": "2026-01-01", "owner": "bob", "title": "Old"}), told)
    assert () == plan.changes
    assert {"update due", "update owner", "update title"} == {s.detail.partition(":")[0] for s in plan.skipped}
    status = replace(RULES, fields=RULES.fields | {Field.STATUS: FieldPolicy.MERGE})
    closing = build(replace(edited({}, status=Status.COMPLETE), reach=told), status).plan
    assert [(Action.CLOSE, Field.STATUS)] == [(change.action, change.field) for change in closing.changes]


def test_what_both_sides_say_already_may_be_remembered() -> None:
    plan = planned(edited({"due": "2026-01-01"}, due="2026-03-03"), Told("public", "public"))
    assert [Field.DUE] == [change.field for change in plan.changes]
    page = document(item(link="#1", due="2026-03-03"))
    both = world(page, issues=[issue(1, page, memory=base(due="2026-01-01"), due="2026-03-03")])
    assert [True] == [change.remembers_only for change in planned(both, Told("private", "public")).changes]


def test_of_a_less_public_tracker_only_status_and_link_are_written() -> None:
    told = Told("public", "private")
    plan = planned(moved(due="2027-01-01", owner="bob", status=Status.COMPLETE), told)
    assert [Field.STATUS] == [change.field for change in plan.changes]
    assert {"write due", "write owner"} == {skip.detail.partition(":")[0] for skip in plan.skipped}
    (problem,) = plan.problems
    assert "less-public" == problem.rule
    assert "2027" not in str(plan.skipped) + problem.message
    page = document(item())
    linked = planned(world(page, issues=[issue(1, page)]), told)
    assert [Field.ISSUE] == [change.field for change in linked.changes]


def test_a_document_gets_its_own_text_back() -> None:
    page, settled = document(item(link="#1", due="2027-01-01")), document(item(link="#1"))
    waiting = carrier(page, Field.DUE, "2027-01-01")
    before = world(page, issues=[issue(1, settled)], settled=[settled], carriers=[waiting])
    plan = planned(before, Told("public", "private"))
    assert [(Field.DUE, "2026-02-01")] == [(change.field, change.after) for change in plan.changes]


def test_only_creates_ask_freshly_and_what_changes_nothing_asks_nothing() -> None:
    told = Told("private", "private")
    planned(moved(), told)
    assert [] == told.asked
    planned(moved(due="2027-01-01", status=Status.COMPLETE), told)
    assert [("local", False)] == told.asked
    planned(world(document(item("One"))), told)
    assert [("local", False), ("", True)] == told.asked


def test_each_project_has_its_own_readers() -> None:
    def ask(project: str, freshly: bool) -> Reach:
        return reach_of("internal", "public" if project == "acme/open" else "private", project)

    page = document(item("One", owner="@alice"), item("Two", owner="@bob"))
    routes = Routes("acme/closed", (Route("acme/open", team="bob"),))
    plan = build(replace(world(page), reach=ask, routes=routes), RULES).plan
    assert ["One"] == [change.title for change in plan.changes]
    assert ["acme/open is public"] == [problem.message.partition(" and ")[0] for problem in plan.problems]


def test_the_same_readers_forbid_nothing() -> None:
    assert SAME == same_everywhere("x", True)
    assert (False, False) == (SAME.keeps_out, SAME.keeps_back)


def test_an_issue_that_more_people_see_is_not_adopted() -> None:
    page = document(item())
    free = replace(issue(1, page), marker=None, ref=IssueRef("local", "local", 1))
    before = world(page, issues=[free])
    row = Row(page, page.items[0])
    for told, expected in ((Told("private", "public"), str), (Told("private", "private"), Adoption)):
        found = adoption.adoption(replace(before, reach=told), match(before, REPOSITORY), REPOSITORY, row, free)
        assert expected is type(found)
        assert [(ref(1).project, True)] == told.asked


class TestIssuesThatCanBeHidden:
    @pytest.mark.parametrize("documents", RANKS)
    @pytest.mark.parametrize("issues", RANKS)
    @pytest.mark.parametrize("always", [True, False])
    def test_a_new_one_is_made_in_any_case_and_hidden_where_it_must_be(
        self, documents: str, issues: str, always: bool
    ) -> None:
        told = Told(documents, issues, hides=True, hides_always=always)
        made = replace(world(document(item())), reach=told)
        plan = build(made, RULES).plan
        assert (1, ()) == (len(plan.changes), plan.problems)
        drafted = orders.draft(match(made, REPOSITORY).matches[0], made, REPOSITORY)
        assert (always or RANKS.index(issues) > RANKS.index(documents)) is drafted.confidential

    def test_what_may_be_seen_is_not_hidden(self) -> None:
        told = Told("private", "public", hides=True, out_allowed=True)
        made = replace(world(document(item())), reach=told)
        assert not orders.draft(match(made, REPOSITORY).matches[0], made, REPOSITORY).confidential

    @pytest.mark.parametrize("hidden", [True, False])
    def test_one_that_is_hidden_gets_what_changes_and_one_that_is_not_doesnt(self, hidden: bool) -> None:
        page = document(item(link="#1", due="2026-03-03"))
        seen = world(page, issues=[issue(1, page, memory=base(), due="2026-02-01", confidential=hidden)])
        plan = planned(seen, Told("private", "public", hides=True))
        assert (([Field.DUE], []) if hidden else ([], ["more-public"])) == (
            [change.field for change in plan.changes],
            [problem.rule for problem in plan.problems],
        )

    @pytest.mark.parametrize("hidden", [True, False])
    def test_what_is_hidden_comes_into_public_documents_as_a_status_only(self, hidden: bool) -> None:
        seen = moved(due="2027-01-01", status=Status.COMPLETE, confidential=hidden)
        plan = planned(seen, Told("public", "public", hides=True))
        expected = {Field.STATUS} if hidden else {Field.STATUS, Field.DUE}
        assert (expected, ["less-public"] * hidden) == (
            {change.field for change in plan.changes},
            [problem.rule for problem in plan.problems],
        )

    def test_one_that_is_hidden_may_be_adopted(self) -> None:
        page = document(item())
        free = replace(issue(1, page), marker=None, ref=IssueRef("local", "local", 1), confidential=True)
        before = replace(world(page, issues=[free]), reach=Told("private", "public", hides=True))
        found = adoption.adoption(before, match(before, REPOSITORY), REPOSITORY, Row(page, page.items[0]), free)
        assert Adoption is type(found)
