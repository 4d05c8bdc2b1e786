import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tracksync.reports.json_text import json_text
from tracksync.reports.plain import markdown, plain

ANY_TEXT = st.text(st.characters(), max_size=40)


@pytest.mark.parametrize("text", ["Restart the queue", "Grüße, 世界 👩‍🚒", "std::string", "# 12", "[x]"])
def test_harmless_text_stays_as_it_is(text):
    assert text == plain(text)


def test_escape_sequences_become_visible():
    assert "\\x1b[31mred\\x1b[0m \\x07" == plain("\x1b[31mred\x1b[0m \x07")


def test_text_direction_overrides_and_lone_surrogates_become_visible():
    assert "\\u202egnp.exe \\ud800" == plain("\u202egnp.exe \ud800")


def test_line_breaks_become_one_space():
    assert "one two three" == plain("one\r\ntwo\t\nthree")


def test_commands_of_a_ci_runner_are_taken_apart():
    assert ": :set-output name=a::b" == plain("::set-output name=a::b")
    assert "see ## [group]x" == plain("see ##[group]x")


@given(ANY_TEXT)
def test_plain_text_is_one_printable_line(text):
    shown = plain(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert "##[" not in shown
    assert not shown.lstrip().startswith("::")
    assert shown == shown.encode().decode()


def test_a_pipe_does_not_end_a_markdown_cell():
    assert r"a \| b" == markdown("a | b")


def test_a_backslash_before_a_pipe_does_not_free_the_pipe():
    assert r"a \\\| b" == markdown(r"a \| b")


def test_mentions_and_cross_references_are_taken_apart():
    assert "ask @\u200balice about \\#\u200b12" == markdown("ask @alice about #12")


def test_html_is_shown_and_not_rendered():
    assert "&lt;img src=x onerror=y&gt; &amp;amp;" == markdown("<img src=x onerror=y> &amp;")


@given(ANY_TEXT)
def test_text_in_a_markdown_cell_makes_neither_markup_nor_cells(text):
    page = f"| a | b |\n|---|---|\n| {markdown(text)} | end |\n"
    tokens = MarkdownIt("commonmark").enable("table").parse(page)
    cells = [t for t in tokens if t.type == "inline"]
    assert ["a", "b"] == [cell.content for cell in cells[:2]]
    assert 4 == len(cells)
    assert {"text", "text_special"} >= {child.type for cell in cells for child in cell.children or []}


def test_json_is_ascii_and_ends_with_a_newline():
    assert '{\n  "a": "\\u00fc"\n}\n' == json_text({"a": "ü"})


def test_json_holds_no_command_of_a_ci_runner_and_still_says_the_same():
    text = json_text(["##[group]"])
    assert "##[" not in text
    assert ["##[group]"] == json.loads(text)
