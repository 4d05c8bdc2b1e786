import pytest

from tracksync.model import ActionItem
from tracksync.owners import Directory


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
