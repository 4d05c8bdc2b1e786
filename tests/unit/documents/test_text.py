"""Bytes to lines and back: what must not break a line or be read at all comes first."""

import pytest

from tracksync.documents import text
from tracksync.documents.text import Source, Splice
from tracksync.model import Problem


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_only_line_feeds_and_carriage_returns_end_a_line(character: str) -> None:
    assert Source(f"a{character}b").lines == [f"a{character}b"]


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b"x" * (1024 * 1024 + 1), "too-large", 0),
        (b"\n" * 20_000, "too-large", 0),
        (b"a\r\n\0b", "nul-byte", 2),
        (b"a\nb\xff", "not-utf8", 2),
        ("\ufeffa".encode("utf-16-le"), "not-utf8", 1),
    ],
)
def test_these_bytes_are_not_read(data: bytes, rule: str, line: int) -> None:
    refused = text.decode("a.md", data)
    assert isinstance(refused, Problem)
    assert (refused.rule, refused.line) == (rule, line)


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_lines_have_positions_in_the_exact_text(eol: str, bom: str) -> None:
    source = Source(f"{bom}one{eol}two{eol}three")
    assert source.lines == ["one", "two", "three"]
    assert source.plain == "one\ntwo\nthree"
    assert [source.text[source.offset(n, 0) :][:2] for n in range(3)] == ["on", "tw", "th"]
    assert [source.line_of(source.offset(n, 1)) for n in range(3)] == [1, 2, 3]
    assert source.eol == eol


def test_a_document_of_one_line_gets_line_feeds() -> None:
    assert Source("one").eol == "\n"


def test_replacements_do_not_move_each_other() -> None:
    assert text.splice("abcdef", [Splice(1, 2, "BBB"), Splice(4, 5, ""), Splice(6, 6, "!")]) == "aBBBcdf!"


def test_replacements_at_one_place_stay_in_their_order() -> None:
    assert text.splice("ab", [Splice(1, 1, "1"), Splice(1, 1, "2")]) == "a12b"
