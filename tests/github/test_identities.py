"""Who we are changes, who others are is not what they say: never a second issue, never a takeover."""

import re
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tracksync.trackers.opening import AppKey

from .world import QUEUE, World, row, rules

ITEMS = ("Give retries a limit", "Alert on the queue's depth")
BOTS = ("github-actions[bot]", "tracksync[bot]")


def personal(world: World, **wanted: Any) -> Any:
    return world.tracker(**wanted)


def of_a_job(world: World, **wanted: Any) -> Any:
    """A job gets another token each time."""
    return world.tracker(world.server.state.actions_token(world.web), **wanted)


class Apps:
    """The App, installed when it is first needed."""

    key: Any = None

    def __call__(self, world: World, **wanted: Any) -> Any:
        if self.key is None:
            key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
            form = serialization.PrivateFormat.PKCS8
            private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()
            form_of_public = serialization.PublicFormat.SubjectPublicKeyInfo
            public = key.public_key().public_bytes(serialization.Encoding.PEM, form_of_public).decode()
            app = world.server.state.app("tracksync", world.robot, public)
            world.server.state.install(app, world.acme, [world.web], issues="write")
            self.key = AppKey(str(app.id), private)
        return world.tracker("", app=self.key, **wanted)


def run(world: World, who: Any, *, cache: bool = True, **settings: Any) -> Any:
    """A run as somebody: what is remembered of the project belongs to a token, and so is forgotten."""
    world.forget()
    return world.sync(who(world, **settings), cache=cache)


@pytest.fixture
def items(world: World) -> World:
    world.document(*map(row, ITEMS))
    return world


class TestWhoWeAre:
    @pytest.mark.parametrize("cache", [True, False])
    def test_a_person_a_job_and_an_app_take_turns_and_each_item_has_one_issue(self, items: World, cache: bool) -> None:
        app, known = Apps(), {"trusted": BOTS}
        for number, who in enumerate((personal, of_a_job, app, personal, app, of_a_job)):
            items.document(row(f"Another {number}"), path=f"postmortems/{number}.md")
            assert [] == rules(run(items, who, cache=cache, **known))
        assert items.numbers() == items.open_numbers() == list(range(1, 9))
        for who in (personal, of_a_job, app):
            report = run(items, who, cache=cache, **known)
            assert ((), (), []) == (report.plan.changes, report.failed, rules(report))

    @pytest.mark.parametrize("others", [of_a_job, Apps], ids=["job", "app"])
    def test_who_may_write_documents_vouches_by_a_link_for_the_issue_of_a_bot(self, items: World, others: Any) -> None:
        run(items, others() if others is Apps else others)
        items.edit("Give retries a limit", "Give retries a limit of 3")
        assert [] == rules(run(items, personal))
        assert ([1, 2], "Give retries a limit of 3") == (items.numbers(), items.web.issues[1].title)

    def test_what_the_cache_knows_of_trust_ends_with_who_read_it_and_whom_they_trust(self, items: World) -> None:
        run(items, of_a_job)
        items.document(*map(row, ITEMS))
        assert ["author-gone"] * 2 == rules(run(items, personal))
        assert [] == rules(run(items, personal, trusted=BOTS))
        items.document(*map(row, ITEMS))
        assert ["author-gone"] * 2 == rules(run(items, personal))
        assert [1, 2] == items.numbers()

    def test_an_issue_whose_link_was_lost_is_not_made_again_by_another_identity(self, items: World) -> None:
        run(items, of_a_job)
        items.document(*map(row, ITEMS))
        report = run(items, personal)
        assert ([1, 2], ["author-gone"] * 2) == (items.numbers(), rules(report))
        assert "tracksync adopt" in report.plan.problems[0].message

    def test_a_token_that_was_renewed_goes_on(self, items: World) -> None:
        items.sync()
        items.token = items.server.state.classic_token(items.robot)
        items.forget()
        items.settled()

    def test_an_author_whose_account_is_gone_blocks_a_second_issue(self, items: World) -> None:
        items.sync()
        items.server.state.delete_user(items.robot)
        items.token = items.server.state.classic_token(items.alice)
        items.document(*map(row, ITEMS))
        report = run(items, personal)
        assert ([1, 2], ["author-gone"] * 2) == (items.numbers(), rules(report))
        assert "was made for this item by an account that is gone" in report.plan.problems[0].message

    def test_a_linked_issue_of_an_account_that_is_gone_goes_on(self, items: World) -> None:
        items.sync()
        items.server.state.delete_user(items.robot)
        items.token = items.server.state.classic_token(items.alice)
        items.person(items.bob).edits(1, state="closed")
        assert [] == rules(run(items, personal))
        assert ([1, 2], 1) == (items.numbers(), items.read().count("Complete"))


class TestWhoOthersAre:
    def pasted(self, world: World, body: str) -> int:
        """A stranger opens an issue with this text; they can't set labels, so somebody helpful does."""
        made = world.person(world.mallory).opens("Mine", body)
        world.person().edits(made.number, labels=["tracksync"])
        return made.number

    def test_a_stranger_who_pastes_our_marker_takes_nothing_over(self, items: World) -> None:
        items.sync()
        theirs = self.pasted(items, items.web.issues[1].body or "")
        items.edit("Give retries a limit", "Give retries a limit of 3")
        items.sync()
        assert ("Mine", "open") == (items.web.issues[theirs].title, items.web.issues[theirs].state)
        assert "Give retries a limit of 3" == items.web.issues[1].title
        items.settled()
        assert [1, 2, theirs] == items.open_numbers()

    def test_nor_when_the_row_lost_its_link(self, items: World) -> None:
        items.sync()
        theirs = self.pasted(items, items.web.issues[1].body or "")
        items.document(*map(row, ITEMS))
        items.sync()
        assert ("[#1]" in items.read(), f"[#{theirs}]" in items.read()) == (True, False)
        items.settled()

    def test_nor_when_it_is_there_before_ours(self, items: World) -> None:
        """A key can be computed by anybody who reads the documents."""
        items.sync()
        text = items.web.issues[1].body or ""
        items.web.issues.clear()
        theirs = self.pasted(items, text)
        items.document(*map(row, ITEMS))
        items.sync(cache=False)
        assert 3 == len(items.open_numbers())
        assert f"[#{theirs}]" not in items.read()
        items.settled()

    def test_a_link_to_it_is_read_only_and_told(self, items: World) -> None:
        items.sync()
        theirs = self.pasted(items, items.web.issues[1].body or "")
        items.edit("[#1](https://github.com/acme/web/issues/1)", f"#{theirs}")
        report = items.sync()
        assert "marker-untrusted" in rules(report)
        assert "Mine" == items.web.issues[theirs].title

    @pytest.mark.parametrize("worked", [False, True])
    def test_a_member_who_copies_an_issue_makes_a_duplicate(self, items: World, worked: bool) -> None:
        """Somebody who may write is believed: that is how two writers find each other."""
        items.sync()
        labels = ["tracksync"] if worked else ["tracksync", "priority/P1"]
        text = items.web.issues[1].body
        items.person().opens("Give retries a limit", text, labels=labels, assignees=[items.alice])
        report = items.sync()
        told, left = (["duplicate-worked-on"], [1, 2, 3]) if worked else ([], [1, 2])
        assert (told, left) == (rules(report), items.open_numbers())
        items.person().edits(3, state="closed", state_reason="duplicate")
        items.sync()
        items.settled()

    def test_a_marker_that_was_damaged_is_told_and_makes_no_second_issue(self, items: World) -> None:
        items.sync()
        items.person().edits(1, body=(items.web.issues[1].body or "").replace('"key"', '"kee"'))
        for _ in range(2):
            report = items.sync()
            assert (["marker-unreadable"], [1, 2]) == (rules(report), items.numbers())

    def test_a_damaged_marker_of_an_unlinked_row_makes_no_second_issue(self, items: World) -> None:
        items.sync()
        items.person().edits(1, body=(items.web.issues[1].body or "").replace('"key"', '"kee"'))
        items.document(*map(row, ITEMS))
        report = items.sync()
        assert ("marker-unreadable" in rules(report), [1, 2]) == (True, items.numbers())

    def test_a_marker_that_was_copied_into_another_issue_is_told_and_touches_neither(self, items: World) -> None:
        items.sync()
        one, two = ((items.web.issues[number].body or "") for number in (1, 2))
        items.person().edits(1, body=two)
        before = items.read()
        report = items.sync()
        assert (["same-issue-twice"] * 2, (), before) == (rules(report), report.applied, items.read())
        assert "acme/web#1 and acme/web#2 carry the same marker" in report.plan.problems[0].message
        assert "`tracksync adopt postmortems/queue.md:10 acme/web#1`" in report.plan.problems[0].message
        assert [1, 2] == items.open_numbers()
        items.person().edits(1, body=one)
        items.settled()

    def test_a_marker_with_a_made_up_key_takes_nothing_over(self, items: World) -> None:
        items.sync()
        text = items.web.issues[1].body or ""
        items.person().edits(1, body=re.sub(r'("key": )"[A-Z2-7]{16}"', r'\1"AAAAAAAAAAAAAAAA"', text))
        items.edit("Give retries a limit", "Give retries a limit of 3")
        for _ in range(2):
            report = items.sync()
            assert (["marker-unreadable"], ()) == (rules(report), report.applied)
        assert ([1, 2], "Give retries a limit") == (items.open_numbers(), items.web.issues[1].title)

    def test_a_made_up_key_whose_check_was_taken_out_takes_nothing_over(self, items: World) -> None:
        items.sync()
        text = items.web.issues[1].body or ""
        unchecked = re.sub(r'"check": "[0-9a-f]+", ', "", text)
        assert text != unchecked
        items.person().edits(1, body=re.sub(r'("key": )"[A-Z2-7]{16}"', r'\1"AAAAAAAAAAAAAAAA"', unchecked))
        items.edit("Give retries a limit", "Give retries a limit of 3")
        for _ in range(2):
            items.sync()
        assert ([1, 2], "Give retries a limit of 3") == (items.open_numbers(), items.web.issues[1].title)
        items.settled()

    def test_a_marker_that_was_removed_makes_the_issue_read_only(self, items: World) -> None:
        items.sync()
        items.person().edits(1, body="All mine now.")
        items.edit("Give retries a limit", "Give retries a limit of 3")
        for _ in range(2):
            items.sync()
        assert ([1, 2], "Give retries a limit", "All mine now.") == (
            items.numbers(),
            items.web.issues[1].title,
            items.web.issues[1].body,
        )
        items.person().edits(1, state="closed")
        items.sync()
        assert 1 == items.read().count("Complete")
        items.settled()

    def test_a_label_that_was_removed_changes_nothing(self, items: World) -> None:
        items.sync()
        items.person().edits(1, labels=[])
        for cache in (True, False):
            items.sync(cache=cache)
            assert ([1, 2], True) == (items.open_numbers(), "[#1]" in items.read())

    def test_owners_who_can_not_be_assigned_are_told_and_the_issue_says_so(self, world: World) -> None:
        world.document(row("Give retries a limit", owner="@mallory"), row("Two owners", owner="@mallory, @alice"))
        report = world.sync()
        assert ["needs-owner", "priority/P1", "tracksync"] == sorted(one.name for one in world.web.issues[1].labels)
        assert ([], [world.alice]) == (world.web.issues[1].assignees, world.web.issues[2].assignees)
        assert [(QUEUE, 10), (QUEUE, 11)] == [(one.path, one.line) for one in report.plan.problems]
        again = world.sync()
        assert ((), rules(report)) == (again.plan.changes, rules(again))
        world.edit("@mallory |", "@bob |")
        world.sync()
        assert ([world.bob], False) == (
            world.web.issues[1].assignees,
            "needs-owner" in [one.name for one in world.web.issues[1].labels],
        )

    def test_a_token_without_write_access_makes_one_issue_and_stops(self, items: World) -> None:
        for name in ("tracksync", "priority/P1"):
            items.server.state.label(items.web, name)
        report = items.sync(items.tracker(items.server.state.classic_token(items.mallory)))
        assert ([1], 1) == (items.numbers(), len(report.failed))
        assert "came back without our label" in report.failed[0].message
        assert "[#1]" in items.read()
