"""Splitting a row by the rule of GFM, and putting a cell back."""

import pytest

from tracksync.documents import cells


def texts(line: str) -> list[str]:
    return [cells.text(line, span) for span in cells.split(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"| a \| b | c |", ["a | b", "c"]),
        (r"| a \\\| b |", [r"a \\| b"]),
        (r"| a \\| b |", [r"a \| b"]),
        ("text without", ["text without"]),
        ("", []),
        ("|", []),
    ],
)
def test_an_escaped_pipe_does_not_split(line: str, expected: list[str]) -> None:
    assert texts(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("| a | b |", ["a", "b"]),
        ("| a | b", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("  | a |b|  ", ["a", "b"]),
        ("|a||b|", ["a", "", "b"]),
        ("| `x | y` |", ["`x", "y`"]),
        ("|\ta\t|", ["a"]),
        ("| a\u2028b | c |", ["a\u2028b", "c"]),
    ],
)
def test_every_other_pipe_splits(line: str, expected: list[str]) -> None:
    assert texts(line) == expected


@pytest.mark.parametrize(
    ("content", "new", "last", "width", "expected"),
    [
        (" Not Started ", "Done", False, 13, " Done        "),
        (" Not Started ", "Done", False, 0, " Done "),
        (" Done ", "Not Started", False, 6, " Not Started "),
        (" Not Started ", "Done", False, 8, " Done   "),
        ("Done", "Open", False, 0, "Open"),
        ("Done", "Not Started", False, 4, "Not Started"),
        ("      ", "#12", False, 0, " #12  "),
        ("", "#12", False, 0, " #12 "),
        ("   ", "", False, 0, "   "),
        (" Done   ", "", False, 0, "        "),
        (" Done   ", "Open", False, 0, " Open   "),
        (" Done\t", "Open", False, 6, " Open\t"),
        (" Not Started", "Done", True, 12, " Done"),
        ("   5 ", "16", False, 0, "   16 "),
    ],
)
def test_a_cell_keeps_its_padding(content: str, new: str, last: bool, width: int, expected: str) -> None:
    assert cells.refilled(content, new, last, width) == expected


def test_a_text_with_pipes_is_escaped_and_reads_back() -> None:
    assert cells.written("a | b") == r"a \| b"
    assert texts(f"| {cells.written('a | b')} |") == ["a | b"]
