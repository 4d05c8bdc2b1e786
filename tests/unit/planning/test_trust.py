"""Markers that lie: whoever pastes, edits or removes one, no item is taken over and no edit is overwritten."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracksync.model import MERGED, Base, Field, Issue, Marker, MarkerFault, Status, Trust
from tracksync.planning.changes import Action, Plan
from tracksync.planning.plan import build

from .given import REPOSITORY, RULES, absent, document, issue, item, marker, world

PAGE = document(item("One", link="#1"), item("Two", link="#2"))
ONE, TWO = issue(1, PAGE, 0), issue(2, PAGE, 1)
UNLINKED = document(item("One"))


def plan_of(*issues: Issue, of: object = PAGE) -> Plan:
    return build(world(of, issues=issues), RULES).plan  # type: ignore[arg-type]


def told(plan: Plan) -> list[str]:
    assert () == plan.changes
    return sorted(problem.rule for problem in plan.problems)


class TestAMarkerThatWasPasted:
    def test_into_an_older_issue_takes_nothing_over(self) -> None:
        page = document(item("Two", link="#2"))
        pasted = issue(1, page, title="An old bug", owner="mallory", due="")
        plan = plan_of(pasted, issue(2, page), of=page)
        assert ["marker-copied"] == told(plan)
        assert "local#1 has another title and the same marker as local#2" in plan.problems[0].message
        assert "`tracksync release local#1`" in plan.problems[0].message

    def test_into_an_older_issue_takes_no_unlinked_row_over(self) -> None:
        pasted = issue(1, UNLINKED, title="An old bug")
        assert ["marker-copied"] == told(plan_of(pasted, issue(2, UNLINKED), of=UNLINKED))
        done = issue(2, UNLINKED, status=Status.COMPLETE)
        assert ["marker-copied"] == told(plan_of(pasted, done, of=UNLINKED))

    def test_into_a_newer_issue_closes_nothing_that_says_something_else(self) -> None:
        pasted = issue(3, document(item("One")), title="A new bug")
        assert ["duplicate-worked-on"] == told(plan_of(ONE, TWO, pasted))

    def test_takes_no_row_over_that_has_no_link_yet(self) -> None:
        plan = plan_of(issue(2, UNLINKED, title="A bug"), of=UNLINKED)
        assert ["marker-copied"] == told(plan)
        assert "`tracksync adopt postmortems/a.md:10 local#2`" in plan.problems[0].message

    def test_or_the_title_was_changed_there_and_a_row_that_can_not_have_a_link_keeps_its_issue(self) -> None:
        page = document(absent(item("One"), Field.ISSUE))
        plan = plan_of(issue(2, page, title="One, as we say"), of=page)
        assert ((), {"left-as-it-is", "no-place"}) == (plan.changes, {problem.rule for problem in plan.problems})

    def test_into_the_issue_of_another_item_touches_neither(self) -> None:
        assert ["same-issue-twice", "same-issue-twice"] == told(plan_of(replace(ONE, marker=TWO.marker), TWO))

    def test_in_both_directions_changes_no_value(self) -> None:
        plan = plan_of(replace(ONE, marker=TWO.marker), replace(TWO, marker=ONE.marker))
        assert all(change.remembers_only for change in plan.changes)

    @pytest.mark.parametrize("trust", [Trust.STRANGER, Trust.GHOST])
    def test_by_somebody_without_write_access_counts_for_nothing(self, trust: Trust) -> None:
        pasted = issue(3, document(item("One")), title="Mine now", trust=trust)
        assert 2 == plan_of(ONE, TWO, pasted).in_sync

    @pytest.mark.parametrize(
        "lie", [{"repository": "acme/other"}, {"document": "b.md"}, {"key": "A" * 16}, {"text": "A" * 16}]
    )
    def test_from_another_place_changes_nothing_in_the_issue_of_a_linked_row(self, lie: dict[str, str]) -> None:
        page = document(item("One", link="#1", due="2026-03-03"))
        agreed = document(item("One"))
        other = replace(issue(1, agreed), marker=marker(agreed, **lie))
        changes = plan_of(other, of=page).changes
        assert all(change.after == "2026-03-03" for change in changes)
        assert ("repository" in lie) == (changes == ())


class TestAMarkerThatWasEdited:
    def test_by_hand_is_refused_and_nothing_is_created_for_its_row(self) -> None:
        edited = replace(ONE, marker=MarkerFault("The tracksync marker in the issue's text was edited by hand."))
        plan = plan_of(edited, TWO)
        assert ["marker-unreadable"] == told(plan)
        assert "edited by hand" in plan.problems[0].message
        assert ["marker-unreadable"] == told(plan_of(edited, of=UNLINKED))

    @given(st.dictionaries(st.sampled_from(MERGED), st.builds(Base, st.sampled_from(["", "x"]), st.integers(0, 9))))
    def test_to_hold_another_base_never_takes_a_row_over(self, memory: dict[Field, Base]) -> None:
        page = document(item("One", link="#1"))
        plan = plan_of(replace(ONE, marker=replace(marker(page), base=memory)), of=page)
        # Both sides say the same: whatever the memory says, nothing but the memory may change.
        assert all(change.remembers_only for change in plan.changes)
        assert () == plan.conflicts


class TestAMarkerThatWasRemoved:
    def test_makes_the_issue_read_only(self) -> None:
        page = document(item("One", link="#1", due="2026-03-03", owner="@zed", status=Status.IN_PROGRESS))
        released = replace(ONE, marker=None, status=Status.COMPLETE)
        plan = plan_of(released, of=page)
        assert [(Action.WRITE, Field.STATUS, "complete")] == [(c.action, c.field, c.after) for c in plan.changes]

    def test_from_the_issue_of_a_row_without_a_link_creates_no_second_one(self) -> None:
        plan = plan_of(replace(ONE, marker=None), of=UNLINKED)
        assert ["marker-removed"] == told(plan)
        assert "`tracksync adopt postmortems/a.md:10 local#1`" in plan.problems[0].message

    @pytest.mark.parametrize(
        "said",
        [
            {"labelled": False},
            {"status": Status.COMPLETE},
            {"title": "Something else"},
            {"trust": Trust.STRANGER},
        ],
    )
    def test_and_what_is_no_longer_ours_stops_nothing(self, said: dict[str, object]) -> None:
        plan = plan_of(replace(ONE, marker=None, **said), of=UNLINKED)  # type: ignore[arg-type]
        assert [Action.CREATE] == [change.action for change in plan.changes]

    def test_is_no_loss_where_another_row_names_the_issue(self) -> None:
        page = document(item("One", link="#1"), item("One"))
        plan = plan_of(replace(ONE, marker=None), of=page)
        assert [(Action.CREATE, 11)] == [(change.action, change.line) for change in plan.changes]


@given(
    st.lists(
        st.tuples(
            st.integers(1, 4),
            st.sampled_from(["One", "Two", "Else"]),
            st.sampled_from([0, 1, None]),
            st.sampled_from([REPOSITORY, "acme/other"]),
            st.sampled_from(Trust),
            st.sampled_from([Status.NOT_STARTED, Status.COMPLETE, Status.DUPLICATE]),
        ),
        max_size=4,
        unique_by=lambda one: one[0],
    ),
    st.booleans(),
)
@example(
    [
        (1, "One", 1, REPOSITORY, Trust.OURS, Status.DUPLICATE),
        (3, "One", 1, REPOSITORY, Trust.OURS, Status.NOT_STARTED),
    ],
    True,
)
def test_no_issue_whose_title_is_not_its_markers_is_linked_or_closed(
    issues: list[tuple[int, str, int | None, str, Trust, Status]], linked: bool
) -> None:
    """The rows One and Two, linked to #1 and #2 or not, among issues with any title and any marker of the two."""
    page = PAGE if linked else document(item("One"), item("Two"))
    made = {}
    for number, title, row, repository, trust, status in issues:
        mark: Marker | None = None if row is None else marker(page, row, repository=repository)
        made[number] = replace(issue(number, page), title=title, marker=mark, trust=trust, status=status)
    for change in plan_of(*made.values(), of=page).changes:
        one = made[change.issue.number] if change.issue else None
        if one is not None and (change.action is Action.CLOSE or change.field is Field.ISSUE):
            assert one.trust in (Trust.OURS, Trust.WRITER, Trust.GHOST)
            assert isinstance(one.marker, Marker)
            assert REPOSITORY == one.marker.repository
            assert one.title == one.marker.base[Field.TITLE].value
