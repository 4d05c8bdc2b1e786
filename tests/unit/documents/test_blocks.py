"""The block structure: what must not be taken for a table or heading comes first."""

from collections.abc import Sequence

import pytest

from tracksync.documents import blocks
from tracksync.documents.blocks import Block, Entry, Heading, Interest

TABLE = "| A | B |\n|---|---|\n| 1 | 2 |\n"


EVERYTHING = Interest(lambda line: True, lambda chain: True, lambda label: True)
NOTHING = Interest(lambda line: False, lambda chain: False, lambda label: False)


def outline(text: str, first: int = 0) -> blocks.Outline:
    return blocks.outline(text, first, EVERYTHING)


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


def test_what_does_not_matter_may_be_left_out() -> None:
    text = f"# One\n\n{TABLE}\n# Two\n\n- item\n"
    assert blocks.outline(text, 0, NOTHING).tables == ()
    assert blocks.outline(text, 0, NOTHING).entries == ()
    assert blocks.outline(text, 0, NOTHING._replace(table=lambda line: line == 3)).tables == (Block(2, 5, False),)
    two = blocks.outline(text, 0, NOTHING._replace(section=lambda chain: list(chain) == ["Two"]))
    assert two.entries == (Entry(8, 10, 9, 0, 8, False),)


def test_a_section_is_known_by_the_headings_it_stands_under() -> None:
    chains = []

    def section(chain: Sequence[str]) -> bool:
        chains.append(list(chain))
        return False

    text = "- x\n\n# One\n\n- x\n\n### Two\n\n- x\n\n## Three\n\n- x\n"
    blocks.outline(text, 0, NOTHING._replace(section=section))
    assert chains == [[], ["One"], ["Two", "One"], ["Three", "One"]]
    assert outline(text).parents == (-1, 0, 0)


def test_a_label_that_matters_makes_its_section_matter() -> None:
    text = "# One\n\n**Actions:**\n\n- x\n\n# Two\n\nActions:\n\n- y\n\n# Three\n\nno label here\n\n- z\n"
    labels = []

    def label(line: str) -> bool:
        labels.append(line)
        return True

    found = blocks.outline(text, 0, NOTHING._replace(label=label))
    assert labels == ["**Actions:**", "Actions:"]
    assert [entry.first for entry in found.entries] == [4, 10]


def test_items_know_their_list_their_depth_and_the_end_of_their_text() -> None:
    text = "1. one\n   more\n\n   below\n   - in\n2. two\n\n> - quoted\n\n* other\n"
    assert outline(text).entries == (
        Entry(0, 5, 2, 0, 0, False),
        Entry(4, 5, 5, 1, 4, False),
        Entry(5, 7, 6, 0, 0, False),
        Entry(7, 8, 8, 0, 7, True),
        Entry(9, 11, 10, 0, 9, False),
    )


def test_an_item_that_starts_with_something_else_has_no_text() -> None:
    assert outline("- ```\n  x\n  ```\n-\n").entries == (Entry(0, 3, 0, 0, 0, False), Entry(3, 5, 3, 0, 0, False))


def test_paragraphs_are_those_of_the_document_itself() -> None:
    assert outline("one\nmore\n\n- two\n\n> three\n\nfour\n").paragraphs == (Block(0, 2, False), Block(7, 8, False))


def test_html_is_hidden_and_remembered() -> None:
    found = outline("# One\n\n<table>\n<tr></tr>\n</table>\n\n    code\n")
    assert found.html == (Block(2, 5, False),)
    assert found.hidden == (*found.html, Block(6, 7, False))


def test_a_page_of_html_is_one_block() -> None:
    assert blocks.page_of_html(7).html == (Block(0, 7, False),)


def test_headlines_are_all_lines_that_may_name_a_section() -> None:
    text = "# One\ntext\n> ## Two\n**Three**:\nFour\n====\n\n---\n"
    assert list(blocks.headlines(text)) == ["# One", "> ## Two", "**Three**:", "Four"]
