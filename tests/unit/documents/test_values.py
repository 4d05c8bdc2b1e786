"""Owners, due dates, priorities, kinds: what is no value comes first."""

import pytest

from tracksync.documents import values
from tracksync.documents.words import WORDS
from tracksync.model import Kind, Reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        (None, Reading.ABSENT),
        ("", Reading.EMPTY),
        ("-", Reading.EMPTY),
        ("—", Reading.EMPTY),
        ("N/A", Reading.EMPTY),
        ("none", Reading.EMPTY),
        ("TBD", Reading.PLACEHOLDER),
        ("???", Reading.PLACEHOLDER),
        ("...", Reading.PLACEHOLDER),
        ("[Name]", Reading.PLACEHOLDER),
        ("<owner>", Reading.PLACEHOLDER),
        ("{{ owner }}", Reading.PLACEHOLDER),
        ("@owner", Reading.PLACEHOLDER),
        ("@name, TBD", Reading.PLACEHOLDER),
        ("@", Reading.PLACEHOLDER),
    ],
)
def test_nobody_is_named(text: str | None, reading: Reading) -> None:
    assert values.owners(text, WORDS) == ((), reading)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@alice", ("alice",)),
        ("Platform Team", ("Platform Team",)),
        ("@alice, @bob", ("alice", "bob")),
        ("alice/bob", ("alice", "bob")),
        ("alice & bob + carol; dan and Eve", ("alice", "bob", "carol", "dan", "Eve")),
        ("**Alice**", ("Alice",)),
        ("`@alice`", ("alice",)),
        ("([@alice](https://github.com/alice))", ("alice",)),
        ("alice, alice, TBD", ("alice",)),
        ("alice, bob, and carol", ("alice", "bob", "carol")),
        ("Anderson", ("Anderson",)),
        ("Alice (SRE)", ("Alice (SRE)",)),
    ],
)
def test_owners_are_split_and_stripped(text: str, expected: tuple[str, ...]) -> None:
    assert values.owners(text, WORDS) == (expected, Reading.SET)


@pytest.mark.parametrize(
    ("text", "expected"), [("@a, @b", ", "), ("@a / @b", " / "), ("@a and @b", " and "), ("@a", ", ")]
)
def test_the_separator_of_a_cell_is_known(text: str, expected: str) -> None:
    assert values.separator(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, (None, Reading.ABSENT)),
        ("", (None, Reading.EMPTY)),
        ("YYYY-MM-DD", (None, Reading.PLACEHOLDER)),
        ("01/12/2026", (None, Reading.UNREADABLE)),
        ("**2026-02-15**", ("2026-02-15", Reading.SET)),
    ],
)
def test_a_due_date_is_one_day_or_nothing(text: str | None, expected: tuple[str | None, Reading]) -> None:
    assert values.due(text, WORDS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, (None, Reading.ABSENT)),
        ("-", (None, Reading.EMPTY)),
        ("TBD", (None, Reading.PLACEHOLDER)),
        ("P5", (None, Reading.UNREADABLE)),
        ("P10", (None, Reading.UNREADABLE)),
        ("soon", (None, Reading.UNREADABLE)),
        ("P1/P2", (None, Reading.UNREADABLE)),
        ("P1 or P2", (None, Reading.UNREADABLE)),
        ("P1, perhaps", (None, Reading.UNREADABLE)),
        ("P0", ("P0", Reading.SET)),
        ("p1", ("P1", Reading.SET)),
        ("**P1**", ("P1", Reading.SET)),
        ("P1 - High", ("P1", Reading.SET)),
        ("P1 High", ("P1", Reading.SET)),
        ("🔴 P1", ("P1", Reading.SET)),
        ("P2 (medium)", ("P2", Reading.SET)),
        ("Critical", ("P0", Reading.SET)),
        ("Urgent", ("P0", Reading.SET)),
        ("HIGH", ("P1", Reading.SET)),
        ("🔴 High", ("P1", Reading.SET)),
        ("Medium", ("P2", Reading.SET)),
        ("low", ("P3", Reading.SET)),
        ("Lowest", ("P4", Reading.SET)),
    ],
)
def test_a_priority_is_p0_to_p4(text: str | None, expected: tuple[str | None, Reading]) -> None:
    assert values.priority(text, WORDS) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("?", None), ("Other", None), ("Prevent", Kind.PREVENT), ("detection", Kind.DETECT)]
)
def test_a_kind_is_one_of_four(text: str, expected: Kind | None) -> None:
    assert values.kind(text, WORDS) is expected


def test_an_address_in_angle_brackets_is_an_owner_and_a_tag_is_a_placeholder() -> None:
    assert (("alice@example.com",), Reading.SET) == values.owners("<alice@example.com>", WORDS)
    assert ((), Reading.PLACEHOLDER) == values.owners("<owner>", WORDS)
