"""A person says whose value counts: what must be left alone first, then what each answer does."""

from dataclasses import replace

import pytest

from tracksync.model import Field, Issue, Marker, Status
from tracksync.planning import orders
from tracksync.planning.changes import Action, Change
from tracksync.planning.plan import Planned, build
from tracksync.planning.resolution import Take, resolution
from tracksync.planning.visibility import PRIVATE, PUBLIC, Reach

from .given import PATH, RULES, document, issue, item, ref, world

BOTH_MOVED = {"due": "2026-03-03", "owner": "@zed"}
TRACKER = {"due": "2026-04-04", "owner": "bob"}


def planned(row: dict[str, object] | None = None, **said: object) -> Planned:
    """One linked item of which the row and the issue say something else than at creation."""
    page = document(item(link="#1", **(row or {})))  # type: ignore[arg-type]
    return build(world(page, issues=[issue(1, document(item()), **said)]), RULES)


def settled(seen: Planned, take: Take, which: Field | None = None) -> list[Change]:
    found = resolution(seen, "#1", take, which)
    assert isinstance(found, list)
    return found


def after(seen: Planned, changes: list[Change]) -> Issue:
    """The issue once the changes were carried out."""
    before = seen.match(changes[0]).issue
    assert before is not None
    patch = orders.patch(before, changes)
    return replace(before, marker=patch.marker, **{which.value: value for which, value in patch.values.items()})


def next_plan(seen: Planned, issue: Issue) -> list[tuple[Action, str | None, bool]]:
    found = build(replace(seen.world, issues=replace(seen.world.issues, issues=(issue,))), RULES).plan
    assert () == found.conflicts
    return [(change.action, change.after, change.remembers_only) for change in found.changes]


class TestIsRefused:
    def test_where_both_sides_agree(self) -> None:
        assert "local#1 has no conflict, so nothing was done" == resolution(planned(), "#1", Take.DOCUMENT, None)

    def test_where_only_one_side_moved(self) -> None:
        found = resolution(planned({"due": "2026-03-03"}), f"{PATH}:10", Take.DOCUMENT, None)
        assert "local#1 has no conflict, so nothing was done" == found

    def test_for_a_field_that_is_in_no_conflict(self) -> None:
        seen = planned(BOTH_MOVED, **TRACKER)
        found = resolution(seen, "#1", Take.TRACKER, Field.PRIORITY)
        assert "local#1 has no conflict about priority, so nothing was done" == found

    @pytest.mark.parametrize("wanted", ["#2", "nowhere.md:10", "AAAAAAAAAAAAAAAA"])
    def test_for_what_names_nothing(self, wanted: str) -> None:
        found = resolution(planned(BOTH_MOVED, **TRACKER), wanted, Take.DOCUMENT, None)
        assert f"{wanted} names no published action item that has an issue of its own" == found

    def test_for_an_issue_that_is_not_ours(self) -> None:
        found = resolution(planned(BOTH_MOVED, marker=None, **TRACKER), "#1", Take.DOCUMENT, None)
        assert "#1 names no published action item that has an issue of its own" == found

    def test_where_more_people_would_see_the_documents_value(self) -> None:
        seen = planned(BOTH_MOVED, **TRACKER)
        public = replace(seen.world, reach=lambda project, fresh: Reach(PRIVATE, PUBLIC, "acme/web"))
        seen = replace(seen, world=public)
        assert "nothing of them is brought there" in str(resolution(seen, "#1", Take.DOCUMENT, None))
        assert 2 == len(settled(seen, Take.TRACKER))


class TestTheDocument:
    def test_is_set_in_the_issue_with_its_base_in_one_patch(self) -> None:
        seen = planned(BOTH_MOVED, **TRACKER)
        changes = settled(seen, Take.DOCUMENT)
        assert {("owner", "bob", "zed"), ("due", "2026-04-04", "2026-03-03")} == {
            (change.field, change.before, change.after) for change in changes
        }
        now = after(seen, changes)
        assert ("zed", "2026-03-03") == (now.owner, now.due)
        assert [] == next_plan(seen, now)

    def test_one_field_leaves_the_other_as_it_is(self) -> None:
        seen = planned(BOTH_MOVED, **TRACKER)
        assert [Field.DUE] == [change.field for change in settled(seen, Take.DOCUMENT, Field.DUE)]

    @pytest.mark.parametrize(
        ("row", "status", "action"),
        [
            (Status.COMPLETE, Status.NOT_STARTED, Action.CLOSE),
            (Status.IN_PROGRESS, Status.NOT_STARTED, Action.UPDATE),
        ],
    )
    def test_closes_the_issue_where_the_row_says_done(self, row: Status, status: Status, action: Action) -> None:
        seen = planned({"status": row}, status=status)
        changes = settled(seen, Take.DOCUMENT)
        assert [(action, Field.STATUS, row.value)] == [(one.action, one.field, one.after) for one in changes]

    def test_opens_the_issue_again_where_the_row_says_so(self) -> None:
        done = issue(1, document(item()), memory=None, status=Status.COMPLETE)
        assert isinstance(done.marker, Marker)
        agreed = {**done.marker.base, Field.STATUS: done.marker.base[Field.STATUS]._replace(value="complete")}
        done = replace(done, marker=replace(done.marker, base=agreed))
        page = document(item(link="#1", status=Status.IN_PROGRESS))
        changes = settled(build(world(page, issues=[done]), RULES), Take.DOCUMENT)
        assert [(Action.REOPEN, "in_progress")] == [(one.action, one.after) for one in changes]


class TestTheTracker:
    def test_moves_the_memory_alone_and_the_next_run_writes_the_document(self) -> None:
        seen = planned(BOTH_MOVED, **TRACKER)
        changes = settled(seen, Take.TRACKER)
        assert [True, True] == [change.remembers_only for change in changes]
        now = after(seen, changes)
        assert ("bob", "2026-04-04") == (now.owner, now.due)
        assert {(Action.WRITE, "bob", False), (Action.WRITE, "2026-04-04", False)} == set(next_plan(seen, now))

    def test_takes_back_a_status_that_was_edited_in_the_document(self) -> None:
        seen = planned({"status": Status.COMPLETE})
        now = after(seen, settled(seen, Take.TRACKER))
        assert [(Action.WRITE, "not_started", False)] == next_plan(seen, now)

    def test_another_edit_after_it_is_an_edit(self) -> None:
        seen = planned({"due": "2026-03-03"}, due="2026-04-04")
        now = after(seen, settled(seen, Take.TRACKER))
        page = document(item(link="#1", due="2026-05-05"))
        again = build(replace(seen.world, documents=(page,), issues=replace(seen.world.issues, issues=(now,))), RULES)
        assert [("2026-03-03", "2026-05-05", "2026-04-04")] == [
            (one.base, one.document, one.tracker) for one in again.plan.conflicts
        ]
        assert ref(1) == again.plan.conflicts[0].issue
