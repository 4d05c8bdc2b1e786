"""The cells of a table stand where GitHub's and GitLab's own parsers (cmark-gfm, comrak) see them."""

import re
from random import Random

import cmarkgfm
import comrak
import pytest
from cmarkgfm.cmark import Options

from tracksync.documents import cells

TABLES = 4_000
_CELL = re.compile(r'<t[hd][^>]* ?data-sourcepos="(\d+):(\d+)-(\d+):(\d+)"')
_PIECES = (
    "a",
    "é",
    "鍵",
    "word",
    " ",
    "  ",
    "\\|",
    "`x\\|y`",
    "`",
    "*b*",
    "[a](b)",
    "<br>",
    "\\",
    "\t",
    "-",
    "1",
    "&amp;",
    "@x",
    "#3",
    "😀",
)


def row(rng: Random, columns: int) -> str:
    """A row at the margin (both oracles count from behind an indentation), now and then without its last pipe."""
    content = ["".join(rng.choice(_PIECES) for _ in range(rng.randint(0, 4))) for _ in range(columns)]
    ends = [text[:-1] if text.endswith("\\") else text for text in content]
    return rng.choice(("|", "|  ")) + "|".join(ends) + rng.choice(("|", "| ", "|", ""))


def table(rng: Random) -> list[str]:
    """A header, its delimiter row, and rows that are shorter, longer or right."""
    columns = rng.randint(2, 5)
    head = "|" + "|".join(rng.choice((" a ", "b", " c\\|d ")) for _ in range(columns)) + "|"
    rules = "|" + "|".join(rng.choice(("---", " :-: ", "-:")) for _ in range(columns)) + "|"
    rows = [row(rng, max(1, columns + rng.choice((0, 0, 0, -1, 1)))) for _ in range(rng.randint(1, 3))]
    return [head, rules, *(one for one in rows if one.strip(" |\t"))]


def of_cmark(text: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_SOURCEPOS))


def of_comrak(text: str) -> str:
    extensions, rendering = comrak.ExtensionOptions(), comrak.RenderOptions()
    extensions.table = rendering.sourcepos = True
    return str(comrak.render_markdown(text, extension_options=extensions, render_options=rendering))


@pytest.mark.parametrize("oracle", [of_cmark, of_comrak], ids=["cmark-gfm", "comrak"])
def test_cells_stand_where_the_platforms_see_them(oracle) -> None:
    rng = Random(7)
    lines = [line for _ in range(TABLES) for line in (*table(rng), "")]
    seen: dict[int, list[tuple[int, int]]] = {}
    for line, begin, last, end in _CELL.findall(oracle("\n".join(lines))):
        assert line == last
        seen.setdefault(int(line) - 1, []).append((int(begin) - 1, int(end)))
    assert TABLES < len(seen)
    for number, spans in seen.items():
        line = lines[number].encode()
        own = [tuple(len(lines[number][:at].encode()) for at in span) for span in cells.split(lines[number])]
        assert [trimmed(line, *span) for span in own[: len(spans)]] == [
            trimmed(line, *span) for span in spans[: len(own)]
        ]


def trimmed(line: bytes, start: int, end: int) -> tuple[int, bytes]:
    """Where the text of a cell starts, and the text: blanks behind an open last cell belong to nobody."""
    content = line[start:end]
    return start + (len(content) - len(content.lstrip(b" \t")) if content.strip() else 0), content.strip(b" \t")
