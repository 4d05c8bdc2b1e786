"""Check boxes in HTML are ticked and unticked in place."""

import pytest

from tests.unit.documents.samples import item, table
from tracksync.documents import boxes, rewrite
from tracksync.model import Field, ItemEdit, Status


@pytest.mark.parametrize(
    "text",
    ["", "[x]", '<input type="text">', '<input type="checkbox"> Open', "<input type=checkbox><input type=checkbox>"],
)
def test_this_is_no_check_box(text: str) -> None:
    assert boxes.says(text) is None


@pytest.mark.parametrize(
    ("unticked", "ticked"),
    [
        ('<input type="checkbox">', '<input type="checkbox" checked>'),
        ("<INPUT disabled type=checkbox>", "<INPUT disabled type=checkbox checked>"),
        ('<input type="checkbox" data-checked="x">', '<input type="checkbox" data-checked="x" checked>'),
        ('<input type="checkbox" />', '<input type="checkbox" checked="checked" />'),
        ("<input type='checkbox'/>", "<input type='checkbox' checked/>"),
    ],
)
def test_a_check_box_is_ticked_and_unticked(unticked: str, ticked: str) -> None:
    assert (boxes.says(unticked), boxes.says(ticked)) == (False, True)
    assert boxes.ticked(unticked, True) == boxes.ticked(ticked, True) == ticked
    assert boxes.ticked(ticked, False) == unticked


@pytest.mark.parametrize("value", ["", '=""', "='checked'", "=checked", ' = "checked"'])
def test_a_ticked_box_is_unticked_however_it_says_so(value: str) -> None:
    assert boxes.ticked(f"<input checked{value} type=checkbox>", False) == "<input type=checkbox>"


@pytest.mark.parametrize(
    ("status", "written"),
    [
        ("complete", "<input type=checkbox checked> (#7)"),
        ("not_started", "<input type=checkbox> (#7)"),
        ("in_progress", "In Progress (#7)"),
    ],
)
def test_a_box_in_a_status_cell_is_a_status(status: str, written: str) -> None:
    text = table("| Add it | @bob | | | <input type=checkbox> |")
    assert item(text).status is Status.NOT_STARTED
    edits = [ItemEdit(0, Field.STATUS, status), ItemEdit(0, Field.ISSUE, "#7")]
    result = rewrite("a.md", text.encode(), edits)
    assert (result.problems, result.data.decode()) == ((), text.replace("<input type=checkbox>", written))
