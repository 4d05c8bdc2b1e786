from hypothesis import given
from hypothesis import strategies as st

from tracksync.reports.lines import BLANK, Line, columns, no_style, padded, render


def shown(text, width=None, hang=6):
    return render([Line("row", text, hang)], width, no_style)


def test_a_line_that_fits_stays_as_it_is():
    assert "  + L4 one   (why)\n" == shown("  + L4 one   (why)", 18)


def test_without_a_width_nothing_is_broken():
    assert shown("a " * 99 + "b") == "a " * 99 + "b\n"


def test_a_longer_line_goes_on_below_with_its_hang():
    assert "  + L4 one\n      two\n      three\n" == shown("  + L4 one two three", 11)


def test_a_word_that_is_too_long_stays_whole():
    assert "see\n      documents/2026-01-14-checkout.md\n" == shown("see documents/2026-01-14-checkout.md", 12)


def test_wide_characters_take_two_columns():
    assert 4 == columns("世界")
    assert 1 == columns("e\u0301")
    assert "世 " == padded("世", 3)


def test_each_piece_of_a_broken_line_is_styled_and_a_blank_line_is_not():
    lines = [Line("create", "a bb", 0), BLANK]
    assert "<create a>\n<create bb>\n\n" == render(lines, 3, lambda kind, text: f"<{kind} {text}>")


def test_an_escape_sequence_in_a_line_is_neutralised():
    assert "\\x1b[2J\n" == shown("\x1b[2J")


WORDS = st.lists(st.text(st.characters(categories=["L", "N", "P", "So"]), min_size=1, max_size=9), max_size=12)


@given(WORDS, st.integers(min_value=20, max_value=60))
def test_fitting_loses_no_word_and_keeps_the_width(words, width):
    text = "  " + " ".join(words)
    out = shown(text, width)
    assert shown(text).split() == out.split()
    assert all(columns(line) <= width or len(line.split()) == 1 for line in out.split("\n"))
