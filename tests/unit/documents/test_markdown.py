"""Inline Markdown as plain text; what is no Markdown stays as it is."""

import pytest

from tracksync.documents import markdown


@pytest.mark.parametrize(
    "text",
    ["snake_case_name", "2 * 3 * 4", "a < b", "AT&T", "[Action 1]", "f(x)", "C:\\Users", "1 ~ 2", "`open", "&bogus"],
)
def test_this_shows_as_it_is_written(text: str) -> None:
    assert markdown.plain(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Add **bold** and *italic*", "Add bold and italic"),
        ("__Add__ _it_ ~~now~~", "Add it now"),
        ("Run `make test`", "Run make test"),
        ("``a ` b``", "a ` b"),
        ("[runbook](https://example.com)", "runbook"),
        ("[**bold** link](https://example.com/a_(b))", "bold link"),
        ("see [#294][issue-294]", "see #294"),
        ("<https://example.com>", "https://example.com"),
        ("a<br>b<br/>c", "a b c"),
        ("<b>a</b><!-- note -->", "a"),
        ("a &amp; b &#124; c", "a & b | c"),
        (r"\*not bold\*", "*not bold*"),
        ("  a \t b  ", "a b"),
    ],
)
def test_markdown_is_left_out(text: str, expected: str) -> None:
    assert markdown.plain(text) == expected


@pytest.mark.parametrize("text", ["plain", "a *b* c", "`x`", "[a](b)", "a_b", "<b>", "&amp;", "\\", "2 * 3"])
def test_an_escaped_text_shows_as_meant(text: str) -> None:
    assert markdown.plain(markdown.escaped(text)) == text


def test_only_text_without_markup_counts_as_plain() -> None:
    assert markdown.is_plain("Add an index (on orders), #12")
    assert not markdown.is_plain("Add `x`")


def test_a_very_long_text_keeps_its_markup() -> None:
    assert markdown.plain("**a** " * 1000) == ("**a** " * 1000).strip()


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("~~Add it~~", "Add it"),
        (" **~~Add it~~**. ", "Add it"),
        ("~~Add *it*\nnow~~", "Add *it*\nnow"),
        ("<del>Add it</del>", "Add it"),
        ("<S>Add</S>", "Add"),
        ("~~Add it~~ now", ""),
        ("~~one~~ and ~~two~~", ""),
        ("~~ Add it~~", ""),
        ("~~~~", ""),
        ("<del>Add</del> <del>it</del>", ""),
        ("<s>Add</del>", ""),
        ("Add it", ""),
        ("~~" + 5000 * "a" + "~~", ""),
    ],
)
def test_what_is_crossed_out_as_a_whole_is_known(text: str, inner: str) -> None:
    assert text[slice(*(markdown.struck(text) or (0, 0)))] == inner
