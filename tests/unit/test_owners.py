import pytest

from tracksync.model import ActionItem
from tracksync.owners import Directory, joined, parted


def resolved(raw: str, *owners: str) -> tuple[str, tuple[str, ...]]:
    return Directory().resolve(ActionItem(0, "Add it", "Add it", owners=owners, owner_raw=raw))


@pytest.mark.parametrize("longer", ["alice-x", "alice_x", "alice9", "alice.x", "alice[bot]"])
def test_a_name_is_no_handle_because_a_longer_handle_begins_like_it(longer: str) -> None:
    assert (longer, ("alice",)) == resolved(f"@{longer}, alice", longer, "alice")


@pytest.mark.parametrize("raw", ["@alice", "@alice.", "[@alice](x)", "**@alice**", "@alice/ops", "(@alice)"])
def test_a_handle_ends_where_no_login_goes_on(raw: str) -> None:
    assert ("alice", ()) == resolved(raw, "alice")


def test_an_escaped_underscore_is_part_of_the_handle() -> None:
    assert ("alice_x", ("alice",)) == resolved(r"@alice\_x, alice", "alice_x", "alice")


PEOPLE = {"Alice Example": "alice", "@Alice Jones": "@ajones", "Payments": "label:team/Pay", "bob@example.org": "bob"}


def meant(raw: str, *owners: str) -> tuple[str, tuple[str, ...]]:
    return Directory(PEOPLE).resolve(ActionItem(0, "Add it", "Add it", owners=owners or (raw,), owner_raw=raw))


@pytest.mark.parametrize("raw", ["Alice Example", "alice  example", "@alice", "Alice@elsewhere.org"])
def test_a_name_an_entry_or_a_handle_means_a_login(raw: str) -> None:
    assert {"Alice@elsewhere.org": ("", (raw,))}.get(raw, ("alice", ())) == meant(raw, raw.removeprefix("@"))


def test_an_email_address_and_a_team_are_names_like_others() -> None:
    assert ("bob,label:team/Pay", ()) == meant("payments, bob@example.org", "payments", "bob@example.org")


def test_a_team_has_its_label_in_its_own_case_and_a_login_has_none() -> None:
    assert "bob,label:team/Pay" == joined(["label:team/Pay", "Bob", ""])
    assert ("bob,carol", {"Team A", "b"}) == parted("bob,carol,label:Team A,label:b")
    assert ("", frozenset()) == parted("")
    assert {"alice": "Alice Example", "ajones": "@Alice Jones", "bob": "bob@example.org"} == Directory(PEOPLE).names
    assert {"team/Pay"} == Directory(PEOPLE).teams


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Alice", ["Alice Example", "@Alice Jones"]),
        ("alice e.", ["Alice Example", "@Alice Jones"]),
        ("AJ", ["@Alice Jones"]),
        ("Carol", []),
        ("A", []),
        ("P", []),
    ],
)
def test_an_unknown_spelling_is_only_ever_a_question(written: str, names: list[str]) -> None:
    assert names == [name for name, _ in Directory(PEOPLE).similar(written)]
    assert ("", (written,)) == meant(written)
