"""Front matter: what is none comes first, then what the fast reader must leave to PyYAML."""

import pytest

from tracksync.documents import front_matter
from tracksync.documents.text import Source


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Title",
        "---",
        "---\ntitle: x",
        "---\n---\n",
        "---\n\n---\n",
        "--- x\ntitle: y\n---\n",
        "----\ntitle: y\n---\n",
        "---\nJust prose between two rules\n---\n",
        "\n---\ntitle: x\n---\n",
        "---\n# A heading between two rules\n---",
        "---\n# Title\n\n**Status**: Final\n---\n",
        "---\n- one\n---\n",
    ],
)
def test_this_is_no_front_matter(text: str) -> None:
    assert front_matter.lines(Source(text)) is None


@pytest.mark.parametrize(
    "text", ["---\ntitle: x\n---\n", "\ufeff---\r\ntitle: x\r\n--- \r\n", "---\na: 1\n...", "---\n{a: 1}\n---"]
)
def test_front_matter_is_found(text: str) -> None:
    assert front_matter.lines(Source(text)) == (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\n",
        "a: *x\n",
        "a: !tag x\n",
        "a: |\n  x\n",
        "a: x # comment\n",
        "a: x\n  y\n",
        "a: x: y\n",
        "a: [x, [y]]\n",
        'a: "x\\n"\n',
        "a: 'it''s'\n",
        "a: x\nA: y\n",
        "- x\n",
        "a: \x07\n",
        "a: '\x07'\n",
        "a:x\n",
        "# note\n",
        "a: x\n\nb: y\n",
        "a: {x: y}\n",
    ],
)
def test_the_fast_reader_leaves_this_alone(text: str) -> None:
    assert front_matter.flat(text) is None


def test_the_fast_reader_reads_plain_quoted_and_listed_values() -> None:
    text = "Title: Checkout is slow\ndate: 2026-01-14\nnote: \"a: b\"\nwhy: 'x # y'\nempty:\ntags: [a, b c]\n"
    assert front_matter.flat(text) == {
        "title": ("Checkout is slow",),
        "date": ("2026-01-14",),
        "note": ("a: b",),
        "why": ("x # y",),
        "empty": ("",),
        "tags": ("a", "b c"),
    }
