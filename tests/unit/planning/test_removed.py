"""An item is gone from its document: first every doubt that keeps its issue open, then the end of it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tracksync.model import (
    Document,
    Field,
    Issue,
    Problem,
    Publication,
    Severity,
    SkipReason,
    Status,
    Trust,
)
from tracksync.planning import orders
from tracksync.planning.changes import Action
from tracksync.planning.plan import Planned, build
from tracksync.planning.rules import Policy, Removed, Rules

from .given import PATH, REPOSITORY, document, issue, item, ref, world

CLOSE = Rules(REPOSITORY, removed=Removed.CLOSE)
KEPT, GONE = item("Kept", link="#1"), item("Gone", link="#2")
BEFORE = document(KEPT, GONE)
NOW = document(KEPT)
ISSUES = (issue(1, BEFORE, 0), issue(2, BEFORE, 1))


def planned(
    *documents: Document,
    rules: Rules = CLOSE,
    issues: Sequence[Issue] = ISSUES,
    history: Sequence[Document] = (NOW, BEFORE),
    **said: object,
) -> Planned:
    seen = world(*(documents or (NOW,)), issues=issues, **said)  # type: ignore[arg-type]
    return build(replace(seen, history=lambda path: history if path == PATH else ()), rules)


def closed(seen: Planned) -> list[int]:
    return [change.issue.number for change in seen.plan.changes if change.action is Action.CLOSE and change.issue]


def told(seen: Planned) -> list[str]:
    return [problem.message for problem in seen.plan.problems if problem.rule == "orphan-issue"]


class TestIsNotClosed:
    def test_by_default_and_is_reported(self) -> None:
        seen = planned(rules=Rules(REPOSITORY))
        assert ([], ["no item belongs to local#2: restore or relink the item, or close the issue"]) == (
            closed(seen),
            told(seen),
        )

    @pytest.mark.parametrize(
        ("seen", "doubt"),
        [
            (planned(complete=False), "the list of issues is incomplete"),
            (
                planned(NOW, document(path="b.md", problems=(Problem("a-b", Severity.ERROR, "b.md", 0, "No."),))),
                "b.md has errors, so its items may be incomplete",
            ),
            (planned(replace(NOW, publication=Publication.HELD)), "the document is not published"),
            (planned(document(KEPT, item("Gone away"))), f"{PATH}:11 may be this item"),
            (
                planned(document(KEPT, item("Gone away", status=Status.COMPLETE, skip=SkipReason.DONE_WITHOUT_LINK))),
                f"{PATH}:11 may be this item",
            ),
            (planned(NOW, document(item("GONE"), path="b.md")), "b.md:10 may be this item"),
            (
                planned(document(KEPT, item("Two", links=("#2", "#7"), skip=SkipReason.TRACKED_ELSEWHERE))),
                f"{PATH}:11 names it",
            ),
            (planned(issues=(ISSUES[0], replace(ISSUES[1], title="Other"))), "its title is not that of its item"),
            (planned(settled=[BEFORE]), "its removal is not committed yet"),
            (
                planned(settled=[document(KEPT, item("Gone"))]),
                "its removal is not committed yet",
            ),
            (planned(history=[NOW]), "no committed version of the document shows its item"),
            (planned(history=[]), "no committed version of the document shows its item"),
        ],
    )
    def test_where_there_is_a_doubt_and_it_is_told(self, seen: Planned, doubt: str) -> None:
        assert [] == closed(seen)
        said = "no item belongs to local#2: restore or relink the item, or close the issue; not closed, because "
        assert [said + doubt] == told(seen)

    def test_where_another_row_names_it(self) -> None:
        assert [] == closed(planned(NOW, document(item("Gone", link="#2"), path="b.md")))

    def test_when_the_document_is_gone_or_excluded_or_empty(self) -> None:
        elsewhere = document(item("Else", link="#9"), path="b.md")
        issues = (*ISSUES, issue(9, elsewhere))
        assert [] == closed(planned(elsewhere, issues=issues))
        assert [] == closed(planned(elsewhere, issues=issues, excluded=[PATH]))
        assert [] == closed(planned(document(), elsewhere, issues=issues))

    def test_when_the_run_is_about_other_documents(self) -> None:
        elsewhere = document(item("Else"), path="b.md")
        assert [] == closed(planned(NOW, elsewhere, chosen=["b.md"]))

    def test_when_it_is_a_strangers(self) -> None:
        seen = planned(issues=(ISSUES[0], replace(ISSUES[1], trust=Trust.STRANGER)))
        assert ([], []) == (closed(seen), told(seen))

    def test_under_a_policy_that_closes_nothing(self) -> None:
        seen = planned(rules=replace(CLOSE, policy=Policy.UPSERT))
        assert [] == closed(seen)
        assert [("policy", "close status")] == [(one.reason, one.detail) for one in seen.plan.skipped]

    def test_without_git_nothing_shows_it(self) -> None:
        assert [] == closed(build(world(NOW, issues=ISSUES), CLOSE))

    def test_twice(self) -> None:
        seen = planned(issues=(ISSUES[0], replace(ISSUES[1], status=Status.WONT_DO)))
        assert ([], [], 1) == (closed(seen), told(seen), seen.plan.in_sync)


class TestIsClosed:
    def test_as_not_planned_where_the_history_shows_its_row(self) -> None:
        seen = planned()
        (change,) = seen.plan.changes
        assert (Action.CLOSE, ref(2), Field.STATUS, "not_started", "wont_do", PATH, 0, "Gone") == (
            change.action,
            change.issue,
            change.field,
            change.before,
            change.after,
            change.path,
            change.line,
            change.title,
        )
        assert (ISSUES[1],) == seen.candidates(change)
        assert () == seen.plan.problems
        patch = orders.patch(ISSUES[1], [change])
        assert patch.marker is not None
        assert ("wont_do", 1) == patch.marker.base[Field.STATUS]

    def test_where_an_older_version_shows_its_text_without_a_link(self) -> None:
        assert [2] == closed(planned(history=[NOW, document(KEPT, item("Gone"))]))

    def test_whatever_else_is_new_in_other_documents(self) -> None:
        assert [2] == closed(planned(NOW, document(item("Else"), path="b.md")))

    def test_under_the_limits(self) -> None:
        rows = [item(f"Item {n}", link=f"#{n + 1}") for n in range(12)]
        before, now = document(*rows), document(*rows[:8])
        issues = [issue(n + 1, before, n) for n in range(12)]
        seen = planned(now, issues=issues, history=[now, before])
        assert [9, 10, 11, 12] == sorted(closed(seen))
        assert ["closes", "vanished"] == [limit.name for limit in seen.plan.exceeded]


class TestTheRowComesBack:
    def test_with_its_link_and_somebody_is_asked(self) -> None:
        done = _carried_out(planned())
        seen = planned(BEFORE, issues=(ISSUES[0], done))
        assert ([], [(Field.STATUS, "wont_do", "not_started", "wont_do")]) == (
            closed(seen),
            [(one.field, one.base, one.document, one.tracker) for one in seen.plan.conflicts],
        )

    def test_without_it_and_nothing_is_created(self) -> None:
        done = _carried_out(planned())
        seen = planned(document(KEPT, item("Gone")), issues=(ISSUES[0], done))
        assert ([], ["closed-before"]) == ([*seen.plan.changes], [one.rule for one in seen.plan.problems])


def test_an_unlinked_row_with_the_text_of_a_lost_one_gets_no_issue_wherever_it_is() -> None:
    seen = planned(NOW, document(item("Gone"), item("New"), path="b.md"), rules=Rules(REPOSITORY))
    assert [(Action.CREATE, "New")] == [(change.action, change.after) for change in seen.plan.changes]
    assert ["orphan-issue", "reworded-or-new"] == sorted(problem.rule for problem in seen.plan.problems)


def _carried_out(seen: Planned) -> Issue:
    patch = orders.patch(ISSUES[1], seen.plan.changes)
    return replace(ISSUES[1], status=Status.WONT_DO, marker=patch.marker)
