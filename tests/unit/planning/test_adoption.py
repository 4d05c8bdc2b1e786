"""Which issue may become an item's own: what must not comes first."""

from dataclasses import replace

import pytest

from tracksync.model import (
    Document,
    Field,
    Issue,
    IssueRef,
    MarkerFault,
    Publication,
    Reading,
    SkipReason,
    Status,
    Trust,
)
from tracksync.planning import adoption
from tracksync.planning.adoption import Adoption, Row
from tracksync.planning.canonical import birth_keys, text_digest
from tracksync.planning.identity import Matching, match
from tracksync.planning.likeness import Candidates
from tracksync.planning.world import World

from .given import PATH, REPOSITORY, absent, document, issue, item, marker, read_as, ref, world

PAGE = document(item("One", link="#1"), item("Two"))


def theirs(number: int, title: str = "One", **more: object) -> Issue:
    """An issue that a person made."""
    made = issue(number, document(item(title)), trust=Trust.WRITER, marker=None, labelled=False, title=title)
    return replace(made, **more)  # type: ignore[arg-type]


def adopted(page: Document, index: int, one: Issue, *others: Issue, **more: object) -> Adoption | str:
    seen = world(page, issues=[one, *others], **more)  # type: ignore[arg-type]
    row = Row(page, page.items[index])
    return adoption.adoption(seen, match(seen, REPOSITORY), REPOSITORY, row, one)


def seen_by(seen: World) -> Matching:
    return match(seen, REPOSITORY)


class TestRefused:
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"trust": Trust.STRANGER}, "#1 was opened by somebody without write access"),
            ({"marker": MarkerFault("It is damaged.")}, "It is damaged. `tracksync release local/local#1`"),
            (
                {"marker": replace(marker(PAGE), repository="other/docs")},
                "belongs to the documents of other/docs: release it there first",
            ),
        ],
    )
    def test_an_issue_that_is_not_ours_to_take(self, change: dict[str, object], said: str) -> None:
        found = adopted(PAGE, 0, theirs(1, **change))
        assert isinstance(found, str)
        assert said.replace("local/local#1", "local#1") in found

    def test_the_issue_that_the_row_has(self) -> None:
        assert "local#1 is this item's own issue already" == adopted(PAGE, 0, issue(1, PAGE))

    def test_another_issue_for_a_row_that_has_one(self) -> None:
        assert "this item has local#1: `tracksync release local#1` first" == adopted(PAGE, 0, theirs(2), issue(1, PAGE))

    @pytest.mark.parametrize("published", [True, False])
    def test_the_issue_of_another_row(self, published: bool) -> None:
        page = replace(PAGE, publication=Publication.PUBLISHED if published else Publication.HELD)
        expected = f"local#1 belongs to {PATH}:10: `tracksync release local#1` first"
        assert expected == adopted(page, 1, issue(1, page))

    def test_a_row_that_names_another_issue_or_several(self) -> None:
        assert "this row names #1: change that first" == adopted(PAGE, 0, theirs(2))
        several = document(read_as(item("One"), issue=Reading.UNREADABLE))
        assert "several issues stand in this row: keep the one that tracks the item" == adopted(several, 0, theirs(2))


class TestTheTie:
    def test_remembers_what_both_sides_show_alike_and_nothing_else(self) -> None:
        found = adopted(PAGE, 0, theirs(1, due="2027-01-01"))
        assert isinstance(found, Adoption)
        agreed = {which: base.value for which, base in found.marker.base.items()}
        assert {"title": "One", "owner": "alice", "priority": "P1", "status": "not_started"} == agreed
        assert {0} == {base.serial for base in found.marker.base.values()}
        assert birth_keys(REPOSITORY, PAGE)[0] == found.marker.key
        assert (PATH, text_digest("One"), None) == (found.marker.document, found.marker.text, found.link)
        assert found.patch is not None
        assert ({}, found.marker, "Queue outage") == (
            found.patch.values,
            found.patch.marker,
            found.patch.document_title,
        )

    def test_of_a_row_without_a_link_writes_one(self) -> None:
        found = adopted(PAGE, 1, theirs(2, "Two"))
        assert isinstance(found, Adoption)
        assert ("#2", birth_keys(REPOSITORY, PAGE)[1]) == (found.link, found.marker.key)

    def test_of_an_issue_that_lost_its_row_carries_the_marker_on(self) -> None:
        orphan = issue(2, document(item("One"), item("Too")), 1)
        found = adopted(PAGE, 1, orphan)
        assert isinstance(found, Adoption)
        assert (orphan.marker, "#2", None) == (found.marker, found.link, found.patch)

    def test_of_an_issue_that_lost_the_label_puts_it_back(self) -> None:
        orphan = issue(2, document(item("One"), item("Too")), 1, labelled=False)
        found = adopted(PAGE, 1, orphan)
        assert isinstance(found, Adoption)
        assert found.patch is not None

    def test_gives_the_row_s_key_where_a_link_can_not_tell_the_row(self) -> None:
        page = document(absent(item("Two, reworded"), Field.ISSUE))
        orphan = issue(2, document(item("Two")))
        found = adopted(page, 0, orphan)
        assert isinstance(found, Adoption)
        assert (None, birth_keys(REPOSITORY, page)[0]) == (found.link, found.marker.key)
        assert getattr(orphan.marker, "base", None) == found.marker.base

    def test_gives_the_row_s_key_where_several_rows_name_the_issue(self) -> None:
        page = document(item("One", link="#1"), item("Two", link="#1"))
        found = adopted(page, 1, issue(1, document(item("Zero"))))
        assert isinstance(found, Adoption)
        assert (None, birth_keys(REPOSITORY, page)[1]) == (found.link, found.marker.key)

    def test_gives_the_row_s_key_where_another_row_has_the_text_it_was_made_for(self) -> None:
        page = document(item("One", link="#1"), item("Zero"))
        claimed = adopted(page, 0, issue(1, page, 1))
        assert isinstance(claimed, Adoption)
        assert birth_keys(REPOSITORY, page)[0] == claimed.marker.key

    def test_of_an_issue_whose_author_is_gone(self) -> None:
        orphan = issue(2, document(item("One"), item("Two")), 1, trust=Trust.GHOST)
        found = adopted(PAGE, 1, orphan)
        assert isinstance(found, Adoption)
        linked = document(item("One"), item("Two", link="#2"))
        assert [ref(2)] == [one.issue.ref for one in seen_by(world(linked, issues=[orphan])).matches if one.issue]


class TestAllLinks:
    def found(self, page: Document, *issues: Issue, **more: object) -> list[tuple[int, bool]]:
        seen = world(page, issues=issues, **more)  # type: ignore[arg-type]
        rows = adoption.by_links(seen, seen_by(seen), REPOSITORY)
        return [(row.item.index, isinstance(one, Adoption)) for row, one in rows]

    def test_each_row_that_names_an_issue_of_nobody(self) -> None:
        assert [(0, True)] == self.found(PAGE, theirs(1))
        assert [] == self.found(PAGE, theirs(1), chosen=["other.md"])
        assert [] == self.found(PAGE, issue(1, PAGE))

    def test_an_issue_that_two_rows_name_is_nobodys(self) -> None:
        page = document(item("One", link="#1"), item("Two", link="#1"), item("Three", link="#2"))
        assert [(0, False), (1, False), (2, True)] == self.found(page, theirs(1), theirs(2))


def test_a_row_that_names_an_issue_that_is_not_there_is_told() -> None:
    seen = world(document(item("One", link="#9")))
    (found,) = adoption.by_links(seen, seen_by(seen), REPOSITORY)
    assert "local#9 doesn't exist or can't be seen" == found[1]


def test_rows_without_an_issue_are_those_that_could_take_one() -> None:
    page = document(
        item("Own", link="#1"),
        item("Free"),
        item("Names one", link="#2"),
        item("Done", skip=SkipReason.DONE_WITHOUT_LINK),
        item("Blank", skip=SkipReason.BLANK),
        item("Elsewhere", link="OPS-1"),
        read_as(item("Several"), issue=Reading.UNREADABLE),
    )
    seen = world(page, issues=[issue(1, page), theirs(2)])
    assert ["Free", "Names one"] == [row.item.action for row in adoption.without_issue(seen, seen_by(seen))]
    assert "Blank" not in [row.item.action for row in adoption.rows(seen)]
    assert [] == list(adoption.rows(replace(seen, chosen=frozenset())))
    assert f"{PATH}:11" == str(Row(page, page.items[1]))


def test_rows_that_only_a_marker_ties() -> None:
    page = document(item("One", link="#1"), item("Two"), item("Three"))
    seen = world(page, issues=[issue(1, page), issue(2, page, 1), issue(3, page, 2)])
    assert [1] == [row.item.index for row in adoption.unlinked(seen, seen_by(seen), [ref(1), ref(2)])]


def test_ours_are_all_with_our_marker_and_trusted_damaged_ones() -> None:
    fault = MarkerFault("It is damaged.")
    issues = [
        issue(1, PAGE),
        theirs(2),
        theirs(3, marker=fault),
        theirs(4, marker=fault, trust=Trust.STRANGER),
        theirs(5, marker=replace(marker(PAGE), repository="other/docs")),
    ]
    assert [ref(1), ref(3)] == [one.ref for one in adoption.ours(world(PAGE, issues=issues), REPOSITORY)]


class TestLikeness:
    ISSUES = (
        theirs(1, "Alert when the EU queue is full"),
        theirs(2, "Alert when the US queue is full"),
        theirs(3, "Buy a cake"),
        theirs(4, "Alert when the queue is full", status=Status.COMPLETE),
    )

    def like(self, action: str, *taken: IssueRef) -> list[int]:
        return [one.ref.number for one in Candidates(self.ISSUES, taken).like(action)]

    def test_suggests_the_likest_first_and_nothing_that_is_taken_or_closed(self) -> None:
        assert [2, 1] == self.like("Alert when the US queue is full")
        assert [1] == self.like("Alert when the US queue is full", ref(2))
        assert [3] == self.like("Buy the cake")

    @pytest.mark.parametrize("action", ["", "Something else entirely", "Alert the on-call about a certificate"])
    def test_suggests_nothing_for_what_is_only_a_little_alike(self, action: str) -> None:
        assert [] == self.like(action)

    def test_a_hostile_text_takes_no_time(self) -> None:
        assert [] == self.like("alert " * 200_000)
