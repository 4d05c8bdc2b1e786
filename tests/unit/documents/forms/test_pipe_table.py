"""Action items in pipe tables: what must not be read comes first."""

import pytest

from tests.unit.documents.samples import HEADER, item, read, table
from tracksync.documents import parse, rewrite
from tracksync.model import Field, ItemEdit, Kind, Reading, SkipReason, Status

ROW = "| Add an index | @alice | 2026-02-15 | P1 | Open |"
EVERYTHING = (("alice",), "2026-03-01", "P1", "#7")


def test_references_in_every_column_but_the_index_are_the_items() -> None:
    header = "| # | Action | Owner | Status | Evidence |\n|---|---|---|---|---|\n"
    one = item(table("| #1 | Fix what #2 broke | @bob | Open | see #3 |", header=header))
    assert (one.links, one.link) == (("#2", "#3"), None)


@pytest.mark.parametrize(
    "text",
    [
        "## Timeline\n\n| Time | Action | Owner | Status |\n|---|---|---|---|\n| 10:00 | x | y | z |\n",
        "## Action Items\n\n| Time | Event |\n|---|---|\n| 10:00 | x |\n",
        "## Impact\n\n| Metric | Value | Owner | Due |\n|---|---|---|---|\n| a | b | c | d |\n",
        "## Rules\n\n| Order | Rule | Action |\n|---|---|---|\n| 1 | a | allow |\n",
        "## Follow-up: what we measured\n\n| Test | Result |\n|---|---|\n| a | b |\n",
        "## Todos os dados\n\n| Action | Result |\n|---|---|\n| a | b |\n",
        f"```\n{table(ROW)}```\n",
        f"<!--\n{table(ROW)}-->\n",
        "".join(f"    {line}\n" for line in (HEADER + ROW).split("\n")),
    ],
)
def test_this_holds_no_items_and_no_problem(text: str) -> None:
    document = read(text)
    assert document.items == ()
    assert document.problems == ()


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("## Action Items\n\n| Tehtävä | Owner |\n|---|---|\n| a | b |\n", "table-unreadable", 3),
        ("| Who knows | Owner | Due |\n|---|---|---|\n| a | b | c |\n", "table-unreadable", 1),
        (table(header="| Action | Status | Status |\n|---|---|---|\n"), "table-unreadable", 3),
        ("".join(f"> {line}\n" for line in (HEADER + ROW).split("\n")), "table-nested", 1),
        ("- x\n\n" + "".join(f"  {line}\n" for line in (HEADER + ROW).split("\n")), "table-nested", 3),
    ],
)
def test_a_table_that_looks_like_action_items_is_a_problem(text: str, rule: str, line: int) -> None:
    document = read(text)
    assert document.items == ()
    assert [(problem.rule, problem.line) for problem in document.problems] == [(rule, line)]


def test_a_nested_table_without_an_action_is_nobodys_problem() -> None:
    assert read("> | Who | Due |\n> |---|---|\n> | a | b |\n").problems == ()


@pytest.mark.parametrize(
    ("row", "skip"),
    [
        ("| | | | | |", SkipReason.BLANK),
        ("|", SkipReason.BLANK),
        ("| - | @alice | | | |", SkipReason.BLANK),
        ("| | @alice | | | |", SkipReason.BLANK),
        ("| [Action 1] | @owner | YYYY-MM-DD | P1 | Not Started |", SkipReason.PLACEHOLDER),
        ("| TBD | | | | |", SkipReason.PLACEHOLDER),
        ("| ... | | | | |", SkipReason.BLANK),
        ("| <action> | | | | |", SkipReason.PLACEHOLDER),
        ("These are reviewed weekly.", SkipReason.TEXT_AFTER_TABLE),
        ("| Add it | | | | Done |", SkipReason.DONE_WITHOUT_LINK),
        ("| Add it | | | | Won't do (PR #3) |", SkipReason.DONE_WITHOUT_LINK),
        ("| Add it | | | | Todo (OPS-12) |", SkipReason.TRACKED_ELSEWHERE),
        ("| Add it | | | | https://trello.com/c/abc |", SkipReason.TRACKED_ELSEWHERE),
    ],
)
def test_a_row_that_is_left_alone_is_listed_with_the_reason(row: str, skip: SkipReason) -> None:
    document = read(table(row))
    assert [one.skip for one in document.items] == [skip]
    assert document.problems == ()


def test_a_row_is_read_with_all_its_values() -> None:
    document = read(
        "\ufeff# Postmortem: Slow\r\n\r\n"
        + table(
            "| 1 | Add `x` | @alice, @bob | Feb 15, 2026 | P1 | 🔄 In Progress | web#3 | Prevent |",
            header="| # | Action Item | Owner(s) | Due | Priority | Status | Ticket | Type |\n"
            "|--|--|--|--|--|--|--|--|\n",
        )
    )
    (one,) = document.items
    assert (one.action, one.action_raw, one.line, one.column, one.format) == ("Add x", "Add `x`", 7, 7, "table")
    assert (one.owners, one.owner_raw) == (("alice", "bob"), "@alice, @bob")
    assert (one.due, one.due_raw, one.priority, one.priority_raw) == ("2026-02-15", "Feb 15, 2026", "P1", "P1")
    assert (one.status, one.status_raw, one.kind) == (Status.IN_PROGRESS, "🔄 In Progress", Kind.PREVENT)
    assert (one.link, one.links, one.skip, one.index) == ("web#3", ("web#3",), None, 0)
    assert set(one.readings) == {Reading.SET}


def test_a_short_row_is_read_with_empty_cells() -> None:
    one = item(table("| Add it"))
    assert (one.owner_raw, one.due_raw, one.status_raw) == ("", "", "")
    assert one.readings.due is one.readings.issue is Reading.EMPTY


def test_cells_beyond_the_header_are_ignored() -> None:
    assert item(table(ROW + " extra | #9 |")).links == ()


def test_a_row_whose_action_cell_is_missing_starts_at_its_first_character() -> None:
    one = item(table("  | @alice |", header="| Owner | Action | Status |\n|---|---|---|\n"))
    assert (one.action, one.column, one.skip) == ("", 3, SkipReason.BLANK)


def test_a_table_without_a_column_has_no_place_for_it() -> None:
    one = item(table("| Add it | @alice |", header="| Action | Owner |\n|---|---|\n"))
    assert one.readings.due is one.readings.status is one.readings.issue is Reading.ABSENT
    assert one.due_raw is one.raw(Field.DUE) is None


@pytest.mark.parametrize(
    "heading",
    [
        "# 5. Action Items",
        "## ✅ Action items:",
        "## Follow-ups",
        "## Corrective Actions with Owners",
        "## Action Items\n\n### Short-term",
        "## Other\n\n**Action Items**:",
        "Next steps\n---",
    ],
)
def test_a_heading_that_names_action_items_makes_any_table_with_an_action_count(heading: str) -> None:
    assert len(read(f"{heading}\n\n| Task | Notes |\n|---|---|\n| Add it | x |\n").items) == 1


def test_without_such_a_heading_two_telling_columns_are_needed_and_three_beside_a_common_name() -> None:
    assert len(read("| Action | Owner | Status |\n|---|---|---|\n| Add it | x | Open |\n").items) == 1
    assert read("| Action | Owner | Notes |\n|---|---|---|\n| Add it | x | y |\n").items == ()
    assert read("| Task | Owner | Status |\n|---|---|---|\n| Add it | x | Open |\n").items == ()
    assert len(read("| Task | Owner | Due | Status |\n|---|---|---|---|\n| Add it | x | | Open |\n").items) == 1


def test_the_better_header_is_the_action() -> None:
    one = item(table("| AI-1 | Add it | the long story |", header="| ID | Action | Description |\n|---|---|---|\n"))
    assert (one.action, one.links) == ("Add it", ())


@pytest.mark.parametrize(
    ("names", "owners", "due", "priority", "link"),
    [
        (("Action", "Owner (GitHub)", "Due Date (YYYY-MM-DD)", "Priority (P0-P4)", "Issue/PR"), *EVERYTHING),
        (("Action Item Description", "Primary Owner", "Due dates", "Priority", "Tickets"), *EVERYTHING),
        (("Tasks", "Responsible team", "Deadline / ETA", "Priority & urgency", "Ticket / PR"), *EVERYTHING),
        (("Preventive measure", "Owner role", "Due (planned)", "Priority", "Tracking issue"), *EVERYTHING),
        (("Proposed fix", "Owner", "Due", "Priority", "Issue"), *EVERYTHING),
        (("Prevention", "Owner", "Due", "Priority", "Issue"), *EVERYTHING),
        (("Action", "Known by", "Dune", "Notes", "Tissue"), (), None, None, None),
    ],
)
def test_a_header_is_known_by_what_it_says_before_brackets_beside_a_slash_or_around_its_noun(
    names: tuple[str, ...], owners: tuple[str, ...], due: str | None, priority: str | None, link: str | None
) -> None:
    header = f"| {' | '.join(names)} |\n|---|---|---|---|---|\n"
    one = item(table("| Add it | @alice | 2026-03-01 | P1 | #7 |", header=header))
    assert (one.action, one.owners, one.due, one.priority, one.link) == ("Add it", owners, due, priority, link)


@pytest.mark.parametrize("foreign", ["Time (PST)", "Event / alert", "Metric & unit"])
def test_a_header_of_other_tables_is_known_so_too(foreign: str) -> None:
    assert read(table("| a | b | c |", header=f"| {foreign} | Action | Owner |\n|---|---|---|\n")).items == ()


def test_without_a_heading_a_column_that_may_hold_actions_needs_three_that_tell() -> None:
    assert read("| Fix | Owner | Status |\n|---|---|---|\n| Add it | x | Open |\n").items == ()
    assert len(read("| Fix | Owner | Due | Status |\n|---|---|---|---|\n| Add it | x | | Open |\n").items) == 1


@pytest.mark.parametrize("label", ["### P1 - this week", "**High priority:**", "### P1\n\n**This week**"])
def test_a_priority_above_a_table_is_that_of_all_its_rows(label: str) -> None:
    text = f"# T\n\n## Action Items\n\n{label}\n\n| Action | Owner |\n|---|---|\n| Add it | @alice |\n"
    one = item(text)
    assert (one.priority, one.above) == ("P1", (Field.PRIORITY,))
    result = rewrite("a.md", text.encode(), [ItemEdit(0, Field.PRIORITY, "P2")])
    assert (result.data, [problem.rule for problem in result.problems]) == (text.encode(), ["no-place"])
    assert item(text.replace("Owner", "Priority")).above == ()


def test_items_of_several_tables_are_counted_through() -> None:
    document = read(table(ROW) + "\ntext\n\n" + table("| Second | | | | Open |", "| Third | | | | Open |"))
    assert [(one.index, one.action) for one in document.items] == [(0, "Add an index"), (1, "Second"), (2, "Third")]


@pytest.mark.parametrize(
    ("row", "rule", "word"),
    [
        ("| A | | 01/12/2026 | | Open |", "ambiguous-date", "2026-01-12"),
        ("| A | | next week | | Open |", "unreadable-date", "YYYY-MM-DD"),
        ("| A | | | soon | Open |", "unknown-priority", "P0"),
        ("| A | | | | This document |", "unknown-status", "This document"),
        ("| A | | | | Open (#1, #2) |", "several-links", "one link"),
    ],
)
def test_a_value_that_cannot_be_read_is_a_problem_in_its_line(row: str, rule: str, word: str) -> None:
    (problem,) = read(table(row)).problems
    assert (problem.rule, problem.line) == (rule, 5)
    assert word in problem.message


@pytest.mark.parametrize(
    ("cell", "link", "reading", "skip"),
    [
        ("", None, Reading.EMPTY, None),
        ("TBD", None, Reading.EMPTY, None),
        ("PR #12", None, Reading.EMPTY, None),
        ("#12", "#12", Reading.SET, None),
        ("see web#12", "web#12", Reading.SET, None),
        ("[#12](https://github.com/a/b/issues/12)", "https://github.com/a/b/issues/12", Reading.SET, None),
        ("#12, PR #13", "#12", Reading.SET, None),
        ("#12 #12", "#12", Reading.SET, None),
        ("#12, #13", None, Reading.UNREADABLE, None),
        ("OPS-1", None, Reading.UNREADABLE, SkipReason.TRACKED_ELSEWHERE),
        ("https://example.com/x", None, Reading.UNREADABLE, SkipReason.TRACKED_ELSEWHERE),
    ],
)
def test_a_link_column_holds_one_issue(cell: str, link: str | None, reading: Reading, skip: SkipReason | None) -> None:
    one = item(table(f"| A | {cell} |", header="| Action | Issue |\n|---|---|\n"))
    assert (one.link, one.readings.issue, one.skip) == (link, reading, skip)


def test_an_empty_link_column_leaves_the_link_to_the_status() -> None:
    document = read(
        table("| A | | Open (#3) |", "| B | | Open |", header="| Action | Issue | Status |\n|---|---|---|\n")
    )
    assert [one.link for one in document.items] == ["#3", None]


def test_a_mention_in_the_text_is_listed_and_never_a_link() -> None:
    one = item(table("| Follow #3 and OPS-7 | | | | Todo (depends on #4) |"))
    assert (one.link, one.links, one.readings.issue) == (None, ("#3", "OPS-7", "#4"), Reading.EMPTY)
    assert one.status is Status.NOT_STARTED


def test_a_link_column_with_status_words_is_the_place_of_both() -> None:
    header = "| Action | Owner | Reference |\n|---|---|---|\n"
    rows = ("| a | b | **TODO** |", "| a | b | [card](https://trello.com/c/x) **DONE** |", "| a | b | #3 |", "| a |")
    document = read(table(*rows, header=header))
    assert [one.status for one in document.items] == [Status.NOT_STARTED, Status.COMPLETE, None, None]
    assert [one.link for one in document.items] == [None, None, "#3", None]
    (other,) = read(table("| a | b | #3 |", header=header)).items
    assert (other.link, other.readings.status) == ("#3", Reading.ABSENT)


def test_a_row_with_more_cells_than_its_table_is_told_of() -> None:
    document = read(table("| Run a | b | @a | | | Open | |\n| Add it | @a | | | Open | |  |"))
    assert [("row-long", 5)] == [(p.rule, p.line) for p in document.problems if p.rule == "row-long"]
    assert ["Run a", "Add it"] == [item.action for item in document.items]


@pytest.mark.parametrize("header", ["Result", "Outcome", "Résultat", "結果"])
def test_actions_with_their_results_are_a_log_of_what_was_done(header: str) -> None:
    table = f"## Action Items\n\n| Action | {header} |\n|---|---|\n| Restarted the queue | It drained |\n"
    assert () == parse("a.md", table.encode()).items
    told = table.replace("|\n|---|", "| Owner |\n|---|---|").replace("drained |", "drained | @alice |")
    assert [("alice",)] == [item.owners for item in parse("a.md", told.encode()).items]


def test_a_table_of_what_was_done_at_once_must_show_that_it_is_still_to_be_done() -> None:
    rows = "| Add it | alice | |\n"
    done = read(f"## Immediate actions\n\n| Action | Owner | Team |\n|---|---|---|\n{rows}").items
    open_ = read(f"## Immediate actions\n\n| Action | Owner | Due |\n|---|---|---|\n{rows}").items
    assert (len(done), len(open_)) == (0, 1)
    assert len(read(f"## Immediate actions\n\n| Action | Ticket | Due |\n|---|---|---|\n{rows}").items) == 1
    assert len(read(f"## Action Items\n\n### Immediate actions\n\n| Action | Owner |\n|---|---|\n{rows}").items) == 1
