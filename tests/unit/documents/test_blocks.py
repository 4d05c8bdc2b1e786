"""The block structure: what must not be taken for a table or heading comes first."""

import pytest

from tracksync.documents import blocks
from tracksync.documents.blocks import Block, Heading

TABLE = "| A | B |\n|---|---|\n| 1 | 2 |\n"


def outline(text: str, first: int = 0) -> blocks.Outline:
    return blocks.outline(text, first, lambda line: True)


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{TABLE}```\n",
        f"~~~~\n# x\n\n{TABLE}",
        f"<!--\n\n# x\n\n{TABLE}-->\n",
        f"<pre>\n\n# x\n\n{TABLE}</pre>\n",
        "".join(f"    {line}\n" for line in TABLE.split("\n")),
        "a | b\nc | d\n",
        "| A | B |\n|---|\n",
    ],
)
def test_this_is_no_table(text: str) -> None:
    assert outline(text).tables == ()


@pytest.mark.parametrize(
    "text",
    [
        "#x\n",
        "####### x\n",
        "```\n# x\n```\n",
        "<!--\n# x\n\n# y\n-->\n",
        "    # x\n",
        "> # x\n",
        "text\n\n---\n",
        "<div>\n# x\n</div>\n",
    ],
)
def test_this_is_no_heading(text: str) -> None:
    assert outline(text).headings == ()


def test_headings_of_both_kinds_are_found_with_their_levels() -> None:
    text = "# One #\ntext\n## Two\n\nThree\n===\n\n   ### Four\n\n#\n"
    assert outline(text).headings == (
        Heading(0, 1, "One"),
        Heading(2, 2, "Two"),
        Heading(4, 1, "Three"),
        Heading(7, 3, "Four"),
        Heading(9, 1, ""),
    )


def test_a_fence_that_runs_over_headings_hides_them() -> None:
    text = f"# One\n\n```\n\n# Two\n\n{TABLE}\n```\n\n# Three\n\n{TABLE}"
    found = outline(text)
    assert [heading.text for heading in found.headings] == ["One", "Three"]
    assert found.tables == (Block(14, 17, False),)


def test_a_closed_fence_hides_nothing_behind_its_section() -> None:
    found = outline(f"# One\n\n```yaml\na: 1\n```\n\n# Two\n\n{TABLE}")
    assert found.fences == (Block(2, 5, False, "yaml"),)
    assert found.tables == (Block(8, 11, False),)


def test_tables_in_quotes_and_lists_are_nested() -> None:
    quoted = "".join(f"> {line}\n" for line in TABLE.rstrip().split("\n"))
    listed = "- x\n\n" + "".join(f"  {line}\n" for line in TABLE.rstrip().split("\n"))
    assert [table.nested for table in outline(f"{quoted}\n{listed}\n{TABLE}").tables] == [True, True, False]
    assert [table.nested for table in outline(f"{quoted}\n# x\n\n{TABLE}").tables] == [True, False]


def test_text_right_below_a_table_belongs_to_it() -> None:
    assert outline(f"{TABLE}text\n\nmore").tables == (Block(0, 4, False),)


def test_front_matter_is_not_looked_at() -> None:
    assert outline(f"---\n# x\n---\n{TABLE}", 3).headings == ()


def test_a_table_that_does_not_matter_may_be_left_out() -> None:
    text = f"# One\n\n{TABLE}\n# Two\n\ntext"
    assert blocks.outline(text, 0, lambda line: False).tables == ()
    assert blocks.any_table(text, 0, lambda line: line == 3)
    assert not blocks.any_table(text, 0, lambda line: False)
    assert not blocks.any_table(text, 4, lambda line: True)
    assert not blocks.any_table("no table", 0, lambda line: True)


def test_headlines_are_all_lines_that_may_name_a_section() -> None:
    text = "# One\ntext\n> ## Two\n**Three**:\nFour\n====\n\n---\n"
    assert list(blocks.headlines(text)) == ["# One", "> ## Two", "**Three**:", "Four"]
