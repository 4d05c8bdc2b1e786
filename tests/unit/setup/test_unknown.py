import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracksync.model import ActionItem, Document, SkipReason
from tracksync.owners import Directory
from tracksync.setup.unknown import UnknownOwner, alike, unknown_owners


def document(path: str, *rows: str, skip: SkipReason | None = None) -> Document:
    items = [
        ActionItem(
            n,
            "Add it",
            "Add it",
            owners=tuple(name.removeprefix("@") for name in row.split(", ")),
            owner_raw=row,
            skip=skip,
            line=n + 10,
        )
        for n, row in enumerate(rows)
    ]
    return Document(path, "", items=tuple(items))


def test_the_most_frequent_name_comes_first_with_all_its_places() -> None:
    documents = [document("b.md", "Bob", "Carol, Bob"), document("a.md", "Bob")]
    assert [
        UnknownOwner(("Bob",), (("a.md", 10), ("b.md", 10), ("b.md", 11))),
        UnknownOwner(("Carol",), (("b.md", 11),)),
    ] == unknown_owners(documents, Directory())


def test_logins_and_names_that_are_mapped_are_known() -> None:
    directory = Directory({"Carol": "carol"})
    found = unknown_owners([Document("a.md", "", items=()), document("b.md", "@dana", "carol", "Bob")], directory)
    assert ["Bob"] == [owner.name for owner in found]


def test_who_in_the_configuration_it_may_be_is_told() -> None:
    directory = Directory({"Alice Example": "alice", "Bob Baker": "bob"})
    (owner,) = unknown_owners([document("a.md", "Alice E.")], directory)
    assert (("Alice Example", "alice"),) == owner.known


@pytest.mark.parametrize("skip", [SkipReason.PLACEHOLDER, SkipReason.BLANK, SkipReason.DONE_WITHOUT_LINK])
def test_rows_that_are_skipped_dont_count(skip: SkipReason) -> None:
    assert [] == unknown_owners([document("a.md", "Bob", skip=skip)], Directory())


def test_spellings_that_the_owner_map_cant_tell_apart_are_one_name() -> None:
    found = unknown_owners([document("a.md", "bob  b", "Bob B", "Bob B")], Directory())
    assert [("Bob B", "bob  b")] == [owner.spellings for owner in found]


def test_names_that_are_alike_stand_beside_each_other_and_stay_apart() -> None:
    rows = ["Zoe", "Zoe", "Zoe", "Alice Example", "Alice Example", "Payments team", "alice.example@acme.example"]
    found = unknown_owners([document("a.md", *rows, "Alice E.", "Search team")], Directory())
    assert [
        ("Zoe", None),
        ("Alice Example", None),
        ("Alice E.", "Alice Example"),
        ("alice.example@acme.example", "Alice Example"),
        ("Payments team", None),
        ("Search team", None),
    ] == [(owner.name, owner.like) for owner in found]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("alice e", "alice example", True),
        ("a example", "alice example", True),
        ("alice", "alice example", True),
        ("aexample", "alice example", True),
        ("alicee", "alice example", True),
        ("aliceexample", "alice example", True),
        ("example alice", "alice example", True),
        ("sre", "sre team", True),
        ("payments team", "search team", False),
        ("team", "payments team", False),
        ("alice baker", "alice example", False),
        ("a b", "alice baker", False),
        ("al", "alice l", False),
        ("bob", "alice", False),
        ("", "alice", False),
        ("", "", False),
    ],
)
def test_what_is_probably_the_same(one: str, other: str, expected: bool) -> None:
    assert expected == alike(tuple(one.split()), tuple(other.split()))
    assert expected == alike(tuple(other.split()), tuple(one.split()))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9), max_size=12))
def test_every_name_is_told_once_whatever_the_order_of_the_documents(names: list[str]) -> None:
    documents = [
        Document(f"{n}.md", "", items=(ActionItem(0, "x", "x", owners=(name,), owner_raw=name, line=n + 1),))
        for n, name in enumerate(names)
    ]
    found = unknown_owners(documents, Directory())
    assert found == unknown_owners(documents[::-1], Directory())
    unknown = [n for n, one in enumerate(documents) if Directory().resolve(one.items[0])[1]]
    assert [f"{n}.md" for n in unknown] == sorted((p for o in found for p, _ in o.places), key=lambda p: int(p[:-3]))
    assert {owner.like for owner in found} - {None} <= {owner.name for owner in found}
