"""What every tracker can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracksync.model import Field
from tracksync.trackers.values import TITLE_LIMIT, hold


def title(text: str) -> str | None:
    return hold({Field.TITLE: text}).get(Field.TITLE)


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_a_title_is_one_line_without_control_characters_and_holds_itself(text: str) -> None:
    held = title(text)
    if held is not None:
        assert held == title(held)
        assert 1 <= len(held) <= TITLE_LIMIT
        assert [] == [one for one in held if one < " " or "\x7f" <= one <= "\x9f" or one in "\u2028\u202e\u2066\ud800"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alert\x1b[31m on\x00 depth", "Alert[31m on depth"),
        ("a\tb\x85c\u2028d", "a b c d"),
        ("ask @alice about #12, GH-3", "ask @alice about #12, GH-3"),
        ("\u202egnp.exe", "gnp.exe"),
        (
            "\u0645\u200c\u06cc family \U0001f468\u200d\U0001f469",
            "\u0645\u200c\u06cc family \U0001f468\u200d\U0001f469",
        ),
        ("\x1b\x07", None),
        ("x" * 300, "x" * 256),
    ],
)
def test_of_a_title_only_what_no_reader_sees_is_taken_away(text: str, expected: str | None) -> None:
    assert expected == title(text)
