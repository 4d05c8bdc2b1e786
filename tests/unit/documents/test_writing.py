"""Rewriting: what must not change comes first, then what is refused, then what is written."""

import pytest

from tests.unit.documents.samples import HEADER, read, table
from tracksync.documents import rewrite
from tracksync.documents.words import WORDS
from tracksync.model import Field, ItemEdit, Status

ROW = "| Add an index | @alice | 2026-02-15 | P1 | Not Started |"
NOTHING = [
    ItemEdit(0, Field.TITLE, "Add an index"),
    ItemEdit(0, Field.OWNER, "alice"),
    ItemEdit(0, Field.DUE, "2026-02-15"),
    ItemEdit(0, Field.PRIORITY, "P1"),
    ItemEdit(0, Field.STATUS, "not_started"),
    ItemEdit(0, Field.STATUS, "not_started", "Not Started"),
]


def changed(text: str, *edits: ItemEdit, names: dict[str, str] | None = None) -> str:
    result = rewrite("a.md", text.encode(), edits, WORDS, names or {})
    assert result.problems == ()
    assert result.done == edits
    return result.data.decode()


def row(cells: str, *edits: ItemEdit, names: dict[str, str] | None = None, header: str = HEADER) -> str:
    """The one row of a table after edits."""
    after = changed(table(cells, header=header), *edits, names=names)
    assert after.startswith(table(header=header))
    return after.removeprefix(table(header=header)).removesuffix("\n")


@pytest.mark.parametrize("edit", NOTHING, ids=str)
def test_what_the_document_shows_already_changes_nothing(edit: ItemEdit) -> None:
    assert row(ROW, edit) == ROW


@pytest.mark.parametrize(
    ("cells", "edit"),
    [
        ("| A | | | | ✅ done |", ItemEdit(0, Field.STATUS, "complete")),
        ("| A | ALICE | | | Open |", ItemEdit(0, Field.OWNER, "alice")),
        ("| A | - | | | Open |", ItemEdit(0, Field.OWNER, "")),
        ("| A | TBD | TBD | | Open |", ItemEdit(0, Field.DUE, "")),
        ("| A | | | High | Open |", ItemEdit(0, Field.PRIORITY, "P1")),
        ("| A | | | | Open (#3) |", ItemEdit(0, Field.ISSUE, "#3")),
        ("| A | | | | Open |", ItemEdit(0, Field.ISSUE, "")),
        ("| A `x` | | | | Open |", ItemEdit(0, Field.TITLE, "A x")),
    ],
)
def test_another_wording_of_the_same_value_is_left_as_it_is(cells: str, edit: ItemEdit) -> None:
    assert row(cells, edit) == cells


def test_the_owner_map_makes_names_and_logins_the_same() -> None:
    edit = ItemEdit(0, Field.OWNER, "alice,bob")
    assert (
        row("| A | Bob, Alice Ace | | | Open |", edit, names={"alice": "Alice Ace"})
        == "| A | Bob, Alice Ace | | | Open |"
    )


@pytest.mark.parametrize("data", [b"\xff", b"a\0b"])
def test_bytes_that_cannot_be_read_are_not_written(data: bytes) -> None:
    result = rewrite("a.md", data, [ItemEdit(0, Field.DUE, "")])
    assert (result.data, result.done, len(result.problems)) == (data, (), 1)


@pytest.mark.parametrize(
    ("cells", "edit"),
    [
        (ROW, ItemEdit(2, Field.DUE, "")),
        (ROW, ItemEdit(-1, Field.DUE, "")),
        ("| A `x` | | | | Open |", ItemEdit(0, Field.TITLE, "B")),
        ("| A | | next week | | Open |", ItemEdit(0, Field.DUE, "2026-01-02")),
        ("| A | | | soon | Open |", ItemEdit(0, Field.PRIORITY, "P1")),
        ("| A | | | | This document |", ItemEdit(0, Field.STATUS, "complete")),
        ("| A | | | | Open (#1, #2) |", ItemEdit(0, Field.ISSUE, "#3")),
        ("A line of text", ItemEdit(0, Field.ISSUE, "#3")),
        ("A line of text", ItemEdit(0, Field.TITLE, "x")),
    ],
)
def test_an_edit_without_a_safe_place_is_reported_and_the_others_go_on(cells: str, edit: ItemEdit) -> None:
    other = ItemEdit(1, Field.DUE, "2026-03-04")
    result = rewrite("a.md", table(cells, "| B | | | | Open |").encode(), [edit, other])
    assert [problem.rule for problem in result.problems] == ["no-place"]
    assert result.done == (other,)
    assert result.data.decode() == table(cells, "| B | | 2026-03-04 | | Open |")


@pytest.mark.parametrize("field", [Field.OWNER, Field.ISSUE])
def test_a_table_without_the_column_has_no_place(field: Field) -> None:
    text = table("| A |", header="| Action | Due |\n|---|---|\n")
    result = rewrite("a.md", text.encode(), [ItemEdit(0, field, "x")])
    assert (result.data, [problem.rule for problem in result.problems]) == (text.encode(), ["no-place"])


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        (table("a | b", header="Owner | Action\n---|---\n"), ItemEdit(0, Field.OWNER, "")),
        (table(ROW), ItemEdit(0, Field.TITLE, "TBD")),
        (table(ROW), ItemEdit(0, Field.TITLE, "two\nlines")),
        (table(ROW), ItemEdit(0, Field.OWNER, "", "two\nlines | more")),
        (table(ROW), ItemEdit(0, Field.DUE, "", "\0")),
        (table(ROW), ItemEdit(0, Field.OWNER, "owner")),
        (table(ROW), ItemEdit(0, Field.STATUS, "complete", "Open (#7)")),
        (table("| A | #1 |", header="| Action | Issue |\n|---|---|\n"), ItemEdit(0, Field.ISSUE, "#2 and #3")),
        (table(ROW) + "| next |\n", ItemEdit(0, Field.TITLE, "\n\n# x\n\n")),
        ("```yaml\naction_items:\n  - item: x\n    due: 2026-01-02\n```\n", ItemEdit(0, Field.DUE, "", "\n```\n")),
    ],
)
def test_what_would_not_read_back_as_meant_is_not_written(text: str, edit: ItemEdit) -> None:
    result = rewrite("a.md", text.encode(), [edit])
    assert result.data == text.encode()
    assert result.done == ()
    assert [problem.rule for problem in result.problems] == ["not-written"]


def test_an_edit_that_would_not_read_back_does_not_hold_up_the_others() -> None:
    good, bad, gone = ItemEdit(0, Field.DUE, "2026-03-04"), ItemEdit(0, Field.TITLE, "TBD"), ItemEdit(9, Field.DUE, "")
    result = rewrite("a.md", table(ROW).encode(), [bad, good, gone])
    assert result.data.decode() == table(ROW.replace("2026-02-15", "2026-03-04"))
    assert result.done == (good,)
    assert [(problem.rule, problem.line) for problem in result.problems] == [("not-written", 5), ("no-place", 0)]


@pytest.mark.parametrize(
    ("cells", "edit", "after"),
    [
        (ROW, ItemEdit(0, Field.STATUS, "complete"), ROW.replace("Not Started", "Complete")),
        (ROW, ItemEdit(0, Field.DUE, "2026-03-04"), ROW.replace("2026-02-15", "2026-03-04")),
        (ROW, ItemEdit(0, Field.DUE, ""), ROW.replace("2026-02-15", "")),
        (ROW, ItemEdit(0, Field.DUE, "", "TBD"), ROW.replace("2026-02-15", "TBD")),
        (ROW, ItemEdit(0, Field.OWNER, "alice,bob"), ROW.replace("@alice", "@alice, @bob")),
        (ROW, ItemEdit(0, Field.OWNER, ""), ROW.replace("@alice", "")),
        (ROW, ItemEdit(0, Field.PRIORITY, "P0"), ROW.replace("P1", "P0")),
        (ROW, ItemEdit(0, Field.TITLE, "Add | it"), ROW.replace("Add an index", r"Add \| it")),
        (ROW, ItemEdit(0, Field.TITLE, "Add *it*"), ROW.replace("Add an index", r"Add \*it\*")),
        (ROW, ItemEdit(0, Field.ISSUE, "local#3"), ROW.replace("Not Started", "Not Started (local#3)")),
        ("| A | @a / @b | | | |", ItemEdit(0, Field.OWNER, "b,c"), "| A | @b / @c | | | |"),
        ("| A | | **2026/02/15** | | |", ItemEdit(0, Field.DUE, "2026-03-04"), "| A | | **2026/03/04** | | |"),
        ("| A | | | **High** | |", ItemEdit(0, Field.PRIORITY, "P2"), "| A | | | **Medium** | |"),
        ("| A | | | HIGH | |", ItemEdit(0, Field.PRIORITY, "P3"), "| A | | | LOW | |"),
        ("| A | | | high | |", ItemEdit(0, Field.PRIORITY, "P0"), "| A | | | critical | |"),
        ("| A | | | P1 - High | |", ItemEdit(0, Field.PRIORITY, "P2"), "| A | | | P2 | |"),
        ("| A | | |  | |", ItemEdit(0, Field.PRIORITY, "P2"), "| A | | | P2 | |"),
        ("| A | | | P2 | |", ItemEdit(0, Field.PRIORITY, ""), "| A | | |  | |"),
        ("| A | | | | |", ItemEdit(0, Field.ISSUE, "#3"), "| A | | | | (#3) |"),
        ("| A | | | | (#3) |", ItemEdit(0, Field.STATUS, "complete"), "| A | | | | Complete (#3) |"),
        ("| A | | | | [#3] |", ItemEdit(0, Field.STATUS, "blocked"), "| A | | | | Blocked [#3] |"),
        ("| A | | | | Open (#3) |", ItemEdit(0, Field.ISSUE, "#4"), "| A | | | | Open (#4) |"),
        ("| A | | | | Open (#3) |", ItemEdit(0, Field.ISSUE, ""), "| A | | | | Open |"),
        ("| A | | | | Open #3 |", ItemEdit(0, Field.ISSUE, ""), "| A | | | | Open |"),
        ("| A | | | | Open (#3) |", ItemEdit(0, Field.STATUS, "complete"), "| A | | | | Complete (#3) |"),
        ("| A | | | | Done (PR #9) |", ItemEdit(0, Field.ISSUE, "#4"), "| A | | | | Done (PR #9) (#4) |"),
        ("| A | | | | Todo (see #9) |", ItemEdit(0, Field.STATUS, "complete"), "| A | | | | Complete (see #9) |"),
        ("| A | | | | Done (#3) |", ItemEdit(0, Field.STATUS, "not_started", "Open"), "| A | | | | Open (#3) |"),
        ("| A | | | | Done (#3) |", ItemEdit(0, Field.STATUS, "not_started", ""), "| A | | | | (#3) |"),
        ("| A | | | | [ ] |", ItemEdit(0, Field.STATUS, "complete"), "| A | | | | [x] |"),
        ("| A | | | | [x] |", ItemEdit(0, Field.STATUS, "not_started"), "| A | | | | [ ] |"),
        ("| A | | | | ☐ |", ItemEdit(0, Field.STATUS, "complete"), "| A | | | | ☑ |"),
        ("| A | | | | ☐ |", ItemEdit(0, Field.STATUS, "blocked"), "| A | | | | ⛔ Blocked |"),
        ("| A | | | | ⏳ Todo |", ItemEdit(0, Field.STATUS, "complete"), "| A | | | | ✅ Complete |"),
        ("| A | | | | Todo ⏳ |", ItemEdit(0, Field.STATUS, "complete"), "| A | | | | Complete ✅ |"),
        ("| A | | | | **TODO** |", ItemEdit(0, Field.STATUS, "complete"), "| A | | | | **COMPLETE** |"),
        ("| A | | | | todo |", ItemEdit(0, Field.STATUS, "in_progress"), "| A | | | | in progress |"),
        ("| A | | | | TBD |", ItemEdit(0, Field.STATUS, "complete"), "| A | | | | Complete |"),
        ("| A | | | | Open / Done |", ItemEdit(0, Field.STATUS, "complete"), "| A | | | | Complete |"),
        ("| A | @x |", ItemEdit(0, Field.PRIORITY, "P1"), "| A | @x |  | P1 |"),
        ("| A | @x", ItemEdit(0, Field.DUE, "2026-01-02"), "| A | @x | 2026-01-02"),
        ("| A | @x", ItemEdit(0, Field.OWNER, "y"), "| A | @y"),
        ("A | @x  ", ItemEdit(0, Field.OWNER, "bob"), "A | @bob  "),
    ],
)
def test_only_the_cell_changes_and_in_the_style_of_the_document(cells: str, edit: ItemEdit, after: str) -> None:
    assert row(cells, edit) == after


@pytest.mark.parametrize(
    ("cell", "reference", "after"),
    [
        ("", "#4", "#4"),
        ("TBD", "[#4](https://github.com/a/b/issues/4)", "[#4](https://github.com/a/b/issues/4)"),
        ("#3", "#4", "#4"),
        ("[#3](https://github.com/a/b/issues/3)", "#4", "#4"),
        ("PR #9", "#4", "PR #9 (#4)"),
        ("#3, PR #9", "#4", "#4, PR #9"),
    ],
)
def test_a_link_column_gets_the_reference_and_keeps_evidence(cell: str, reference: str, after: str) -> None:
    header = "| Action | Issue |\n|---|---|\n"
    assert row(f"| A | {cell} |", ItemEdit(0, Field.ISSUE, reference), header=header) == f"| A | {after} |"


def test_a_former_text_of_a_link_column_is_put_back() -> None:
    header = "| Action | Issue |\n|---|---|\n"
    assert row("| A | #3 |", ItemEdit(0, Field.ISSUE, "#2", "see #2"), header=header) == "| A | see #2 |"


ALIGNED = table(
    "| A      | @x    | 2026-02-15 | P1       | Open        |",
    "| B      | @y    | 2026-02-15 | P1       | In Progress |",
    header="| Action | Owner | Due Date   | Priority | Status      |\n"
    "|--------|-------|------------|----------|-------------|\n",
)


def test_an_aligned_table_stays_aligned() -> None:
    after = changed(ALIGNED, ItemEdit(1, Field.STATUS, "not_started"), ItemEdit(1, Field.DUE, ""))
    assert after == ALIGNED.replace("| @y    | 2026-02-15 ", "| @y    |            ").replace(
        "In Progress", "Open       "
    )


@pytest.mark.parametrize(
    "text", [ALIGNED, table("| A | @x | | P1 | Open |"), table("| A | @x | | P1 | Open |", "| B | @y | | P1 | Open |")]
)
@pytest.mark.parametrize(
    ("field", "there", "back"),
    [(Field.STATUS, "in_progress", "not_started"), (Field.OWNER, "somebody-else", "x"), (Field.PRIORITY, "P2", "P1")],
)
def test_a_value_and_its_way_back_leave_the_same_bytes(text: str, field: Field, there: str, back: str) -> None:
    away = changed(text, ItemEdit(0, field, there))
    assert away != text
    assert changed(away, ItemEdit(0, field, back, read(text).items[0].raw(field))) == text


def test_the_wording_of_another_item_is_used() -> None:
    text = table("| A | | | | 🔵 Todo |", "| B | | | | ✅ shipped (PR #3) |", "| C | | | Medium | Todo |")
    after = changed(text, ItemEdit(0, Field.STATUS, "complete"), ItemEdit(1, Field.PRIORITY, "P2"))
    assert "| A | | | | ✅ shipped |" in after
    assert "| B | | | Medium | ✅ shipped (PR #3) |" in after


def test_an_empty_cell_takes_the_form_of_its_column() -> None:
    text = table("| A | | | | |", "| B | Bob Hope | Feb 15, 2026 | Low | DONE |")
    edits = [
        ItemEdit(0, Field.OWNER, "carol,dan"),
        ItemEdit(0, Field.DUE, "2026-03-04"),
        ItemEdit(0, Field.PRIORITY, "P1"),
        ItemEdit(0, Field.STATUS, "in_progress"),
    ]
    after = changed(text, *edits, names={"carol": "Carol King"})
    assert "| A | Carol King, @dan | Mar 4, 2026 | High | IN PROGRESS |" in after


def test_status_and_link_share_a_cell() -> None:
    edits = ItemEdit(0, Field.STATUS, "complete"), ItemEdit(0, Field.ISSUE, "local#3")
    assert row(ROW, *edits) == ROW.replace("Not Started", "Complete (local#3)")
    assert row(ROW, *reversed(edits)) == ROW.replace("Not Started", "Complete (local#3)")


def test_a_document_in_yaml_and_tables_is_written_at_once() -> None:
    text = "---\naction_items:\n  - item: x\n    status: Open\n---\n" + table(ROW)
    after = changed(text, ItemEdit(0, Field.STATUS, "blocked"), ItemEdit(1, Field.STATUS, "complete"))
    assert after == text.replace("status: Open", "status: Blocked").replace("Not Started", "Complete")


@pytest.mark.parametrize("status", list(Status))
def test_every_status_can_be_written_and_read(status: Status) -> None:
    text = table("| A | | | | Waiting |", "| B | | | | Dup |")
    after = changed(text, ItemEdit(0, Field.STATUS, status.value))
    assert read(after).items[0].status is status


def test_a_priority_keeps_its_own_form_beside_rows_of_another() -> None:
    table = "## Action Items\n\n| Action | Priority |\n|---|---|\n| A | P2 |\n| B | low |\n| C | High |\n"
    result = rewrite("a.md", table.encode(), [ItemEdit(0, Field.PRIORITY, "P3"), ItemEdit(2, Field.PRIORITY, "P3")])
    assert table.replace("P2", "P3").replace("High", "low") == result.data.decode()
