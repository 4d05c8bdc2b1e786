"""The scorer counts what it should: found, missed and false items, and their fields."""

import pytest

from tests.bench.score import Score, compare, likeness, matched
from tracksync.documents import parse

TABLE = """# T

## Action Items

| Action | Owner | Due | Status |
|---|---|---|---|
| Add an alert for the queue | @alice | 2026-02-15 | ✅ Done |
| Write it up | | | Open |
| Send it | Bob | | |
"""


def wanted(action: str, **values: object) -> dict[str, object]:
    nothing = {"owners": [], "due": None, "due_iso": None, "priority": None, "status": None, "issue": []}
    return {"action": action, "optional": False, **nothing, **values}


def scored(*items: dict[str, object]) -> Score:
    total = Score()
    compare(total, {"file": "a.md", "items": list(items)}, parse("a.md", TABLE.encode()).items)
    return total


def test_a_document_that_is_read_as_annotated_is_exact() -> None:
    first = wanted(
        "Add an alert for", owners=["@alice", "alice"][1:], due="15 Feb 2026", due_iso="2026-02-15", status="done"
    )
    total = scored(first, wanted("Write it up", status="Open"), wanted("Send it", owners=["Bob"]))
    assert (total.required, total.found, total.false, total.exact, total.faults) == (3, 3, 0, 1, [])
    assert (dict(total.right), total.given["owners"]) == ({"owners": 2, "due": 1, "status": 2}, 2)


def test_missed_and_false_items_and_wrong_fields_are_told() -> None:
    total = scored(wanted("Add an alert for", owners=["bob"]), wanted("Test the fail-over"))
    assert (total.required, total.found, total.false, total.exact) == (2, 1, 2, 0)
    assert (total.given["owners"], total.right["owners"], total.filled["due"], total.filled["status"]) == (1, 0, 1, 1)
    assert len(total.faults) == 4


def test_optional_items_are_neither_missed_nor_false() -> None:
    total = scored({**wanted("Write it up"), "optional": True}, {**wanted("Something else"), "optional": True})
    assert (total.required, total.found, total.false, total.false_in_negatives) == (0, 0, 2, 2)


@pytest.mark.parametrize(("one", "other"), [("Add it", "Test it"), ("", "x"), ("Add", "Add an alert for it")[::-1]])
def test_other_texts_are_other_items(one: str, other: str) -> None:
    assert likeness(one, other) == 0


def test_the_best_matches_go_first() -> None:
    assert matched(["Add an alert", "Add an alert for the queue"], ["Add an alert for the queue", "Add an alert"]) == {
        0: 1,
        1: 0,
    }
    assert likeness("Add an alert for it", "P1 Add an alert for it") > 0


def test_of_two_wanted_items_with_one_text_the_required_one_is_found() -> None:
    total = scored({**wanted("Send it"), "optional": True}, wanted("Add an alert for"), wanted("Send it"))
    assert (total.required, total.found) == (2, 2)
