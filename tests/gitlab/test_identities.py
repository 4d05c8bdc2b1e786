"""Who we are changes, who others are is not what they say: never a second issue, never a takeover."""

import re
from typing import Any

import pytest

from .world import QUEUE, World, row, rules

ITEMS = ("Give retries a limit", "Alert on the queue's depth")


def run(world: World, token: str, *, cache: bool = True, **settings: Any) -> Any:
    """A run as somebody: what is remembered of the project belongs to a token, and so is forgotten."""
    world.forget()
    return world.sync(world.tracker(token, **settings), cache=cache)


@pytest.fixture
def items(world: World) -> World:
    world.document(*map(row, ITEMS))
    return world


class TestWhoWeAre:
    @pytest.mark.parametrize("cache", [True, False])
    def test_every_kind_of_token_takes_its_turn_and_each_item_has_one_issue(self, items: World, cache: bool) -> None:
        state = items.server.state
        tokens = [
            items.token,
            state.personal_token(items.alice),
            state.group_token(items.acme, level=20),
            state.oauth_token(items.bob),
            state.project_token(items.web, level=20),
        ]
        for number, token in enumerate(tokens * 2):
            items.document(row(f"Another {number}"), path=f"postmortems/{number}.md")
            assert [] == rules(run(items, token, cache=cache))
        assert items.numbers() == items.open_numbers() == list(range(1, 13))
        for token in tokens:
            report = run(items, token, cache=cache)
            assert ((), (), []) == (report.plan.changes, report.failed, rules(report))

    def test_a_project_token_that_was_renewed_goes_on_with_linked_issues(self, items: World) -> None:
        items.sync()
        items.token = items.server.state.renew(items.token)
        items.forget()
        assert {"ghost"} == {one.author.username for one in items.web.issues.values()}
        items.person().edits(1, state="closed")
        items.edit("Alert on the queue's depth", "Alert on the queue's real depth")
        report = items.sync()
        assert ((), []) == (report.failed, rules(report))
        assert ([1, 2], "Alert on the queue's real depth") == (items.numbers(), items.web.issues[2].title)
        assert 1 == items.read().count("Complete")
        items.sync()
        items.settled()

    @pytest.mark.parametrize("cache", [True, False])
    def test_one_whose_link_was_lost_is_not_made_again_and_can_be_adopted(self, items: World, cache: bool) -> None:
        items.sync(cache=cache)
        items.token = items.server.state.renew(items.token)
        items.document(*map(row, ITEMS))
        report = run(items, items.token, cache=cache)
        assert ([1, 2], ["author-gone"] * 2) == (items.numbers(), rules(report))
        assert "tracksync adopt" in report.plan.problems[0].message
        assert 0 == report.writes

    def test_a_member_who_was_blocked_is_still_who_wrote_it(self, items: World) -> None:
        run(items, items.server.state.personal_token(items.bob))
        items.bob.state = "blocked"
        items.document(*map(row, ITEMS))
        assert [] == rules(run(items, items.token))
        assert ([1, 2], 2) == (items.numbers(), items.read().count("[#"))

    def test_a_person_who_left_the_project_is_a_stranger_but_for_linked_issues(self, items: World) -> None:
        run(items, items.server.state.personal_token(items.bob))
        del items.web.members[items.bob]
        assert ["marker-untrusted"] * 2 == rules(run(items, items.token))
        items.document(*map(row, ITEMS))
        report = run(items, items.token, trusted=("bob",))
        assert ([1, 2], []) == (items.numbers(), rules(report))


class TestWhoOthersAre:
    def pasted(self, world: World, text: str) -> int:
        """A stranger opens an issue with this text; they can't set labels, so somebody helpful does."""
        made = world.person(world.mallory).opens("Mine", text)
        world.person().edits(made.iid, labels=["tracksync"])
        return made.iid

    def test_a_stranger_who_pastes_our_marker_takes_nothing_over(self, items: World) -> None:
        items.sync()
        theirs = self.pasted(items, items.web.issues[1].description or "")
        items.edit("Give retries a limit", "Give retries a limit of 3")
        items.sync()
        assert ("Mine", "opened") == (items.web.issues[theirs].title, items.web.issues[theirs].state)
        assert "Give retries a limit of 3" == items.web.issues[1].title

    def test_a_marker_that_was_edited_is_told_and_makes_no_second_issue(self, items: World) -> None:
        items.sync()
        text = items.web.issues[1].description or ""
        items.person().edits(1, description=re.sub(r'("key": )"[A-Z2-7]{16}"', r'\1"nonsense"', text))
        report = items.sync()
        assert ("marker-unreadable" in rules(report), [1, 2]) == (True, items.numbers())

    def test_a_marker_that_was_copied_into_another_issue_is_told_and_touches_neither(self, items: World) -> None:
        items.sync()
        one, two = ((items.web.issues[number].description or "") for number in (1, 2))
        items.person().edits(1, description=two)
        before = items.read()
        report = items.sync()
        assert (["same-issue-twice"] * 2, (), before) == (rules(report), report.applied, items.read())
        items.person().edits(1, description=one)
        items.settled()

    def test_a_marker_that_was_removed_makes_the_issue_read_only(self, items: World) -> None:
        items.sync()
        items.person().edits(1, description="All mine now.")
        items.edit("Give retries a limit", "Give retries a limit of 3")
        for _ in range(2):
            items.sync()
        assert ([1, 2], "Give retries a limit", "All mine now.") == (
            items.numbers(),
            items.web.issues[1].title,
            items.web.issues[1].description,
        )

    def test_a_label_that_was_removed_changes_nothing(self, items: World) -> None:
        items.sync()
        items.person().edits(1, labels=[])
        for cache in (True, False):
            items.sync(cache=cache)
            assert ([1, 2], True) == (items.open_numbers(), "[#1]" in items.read())

    def test_an_owner_who_can_not_be_assigned_leaves_a_label_until_somebody_is(self, items: World) -> None:
        items.sync()
        items.document(row("Owned by nobody here", owner="@mallory"), path="postmortems/c.md")
        report = items.sync()
        assert ["owner-not-held"] == rules(report)
        assert {"needs-owner", "priority::1", "tracksync"} == items.labels(3)
        again = items.sync()
        assert ((), rules(report)) == (again.plan.changes, rules(again))
        items.edit("@mallory |", "@bob |", path="postmortems/c.md")
        items.sync()
        assert ([items.bob], False) == (items.web.issues[3].assignees, "needs-owner" in items.labels(3))

    def test_a_second_owner_on_free_is_told_once_a_run_and_never_read_back(self, items: World) -> None:
        items.sync()
        items.document(row("Two owners", owner="@alice, @bob"), path="postmortems/c.md")
        report = items.sync()
        assert ([items.alice], ["owner-not-held"]) == (items.web.issues[3].assignees, rules(report))
        again = items.sync()
        assert ((), ["owner-not-held"]) == (again.plan.changes, rules(again))
        assert "@alice, @bob" in items.read("postmortems/c.md")

    def test_who_was_left_out_silently_is_told_by_the_next_run_and_not_read_back(self, items: World) -> None:
        items.sync()
        del items.web.members[items.alice]
        items.document(row("A third"), path="postmortems/c.md")
        items.sync()
        report = items.sync()
        assert ((), 3) == (report.plan.changes, rules(report).count("owner-not-held"))
        assert "@alice" in items.read("postmortems/c.md")

    def test_a_token_without_rights_makes_one_issue_and_stops(self, items: World) -> None:
        for name in ("tracksync", "priority::1"):
            items.server.state.label(items.web, name)
        report = items.sync(items.tracker(items.server.state.personal_token(items.mallory)))
        assert ([1], 1) == (items.numbers(), len(report.failed))
        assert "came back without our label" in report.failed[0].message
        assert "[#1]" in items.read(QUEUE)

    def test_a_moved_issue_is_told_with_its_new_place_and_not_made_again(self, items: World) -> None:
        items.sync()
        items.person().moves(1, items.server.state.project(items.acme, "ops", members={items.alice: 40}))
        for cache in (True, False):
            report = items.sync(cache=cache)
            assert [1, 2] == items.numbers()
        assert "was moved to acme/ops#1, " in "".join(one.message for one in report.plan.problems)
        assert () == report.plan.changes

    def test_an_issue_that_was_closed_as_a_duplicate_is_one_in_the_document(self, items: World) -> None:
        items.sync()
        items.person().marks_duplicate(1, 2)
        for _ in range(2):
            items.sync()
        assert (1, [2]) == (items.read().count("Duplicate"), items.open_numbers())
        items.settled()

    @pytest.mark.parametrize("act", ["deleted", "confidential"])
    def test_an_issue_that_is_gone_is_told_and_not_made_again(self, items: World, act: str) -> None:
        items.sync()
        if act == "deleted":
            items.person().deletes(1)
        else:
            items.person().edits(1, confidential=True)
            bot = items.server.state.tokens[items.token].user
            items.web.members[bot] = 10
            items.web.issues[1].author = items.alice
        report = items.sync(cache=False)
        assert [2] == [number for number in items.numbers() if number == 2]
        assert 2 == items.web.last_iid
        assert "was deleted, or the token can't see it" in "".join(one.message for one in report.plan.problems)
