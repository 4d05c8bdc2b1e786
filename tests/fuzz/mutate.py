"""Documents that a parser has to think about: samples to start from, and changes that keep some of their structure."""

from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]

TOKENS: tuple[bytes, ...] = tuple(
    text.encode()
    for text in (
        *(
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\t",
            " ",
            "    ",
            "\ufeff",
            "\u2028",
            "\x85",
            "\x0b",
            "\u00e9",
            "✅ ",
            "\U0001f600",
        ),
        *(
            "# ",
            "## Action Items\n",
            "##",
            "Setext\n===\n",
            "---\n",
            "***",
            "> ",
            "> > ",
            "- ",
            "1. ",
            "- [ ] ",
            "* [x] ",
        ),
        *("```\n", "```yaml\n", "~~~\n", "<!--", "-->", "<div>", "</div>", "<pre>", "<br>", "<![CDATA[", "[a]: /url\n"),
        *("| Action | Owner | Due | Priority | Status | Issue |\n", "|---|---|---|---|---|---|\n", "|:-:|", "|", "\\|"),
        *("| Add it | @a | 2026-01-02 | P1 | Open | #3 |\n", "| a |\n", "||||||||\n", "Task | Status\n--- | ---\n"),
        *(
            "`",
            "``",
            "*",
            "**",
            "_",
            "__",
            "~~",
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "<",
            ">",
            "&amp;",
            "&#0;",
            "\\",
            "{",
            "}",
        ),
        *(
            "@alice",
            "Bob, @carol",
            "TBD",
            "N/A",
            "-",
            "P1",
            "**High**",
            "Done",
            "In Progress",
            "Won't Do",
            "[x]",
            "(#3)",
        ),
        *(
            "2026-12-01",
            "15 Feb 2026",
            "01/12/2026",
            "2026-02-30",
            "Q1",
            "9999-12-31",
            "0000-00-00",
            "#12",
            "a/b#1",
            "!7",
        ),
        *("https://github.com/a/b/issues/4", "[#4](https://x/y/issues/4)", "PR #9", "ABC-12", "Open / Done"),
        *(
            "action_items:\n",
            "  - item: x\n",
            "    owner: ",
            "    status: Open\n",
            "    due: ",
            "    issue: ",
            "title: T\n",
        ),
        *(
            "'",
            '"',
            ": ",
            ":",
            " #",
            "&a ",
            "*a",
            "!!str ",
            "|\n",
            ">-\n",
            "? ",
            "[a, b]",
            "{a: b}",
            "~",
            "null",
            "...\n",
        ),
        *("**Status**: Final\n", "**Status**: Draft\n", "status: Final\n", "documents:\n  include: [a]\n", "limits:\n"),
        *(
            "<!-- tracksync:marker ",
            '{"version": 1, "key": "',
            "AAAAAAAAAAAAAAAA",
            '"base": {',
            '["x", 1]',
            "\\u0000",
            "\\ud800",
        ),
        *(
            "<table>",
            "<tr><td>",
            "<ul><li>",
            "</li>",
            "## Maßnahmen\n",
            "## アクション\n",
            "\u200b",
            "\u202e",
            "\ud7ff",
        ),
    )
)
MARKER = (
    b'<!-- tracksync:marker {"base": {"due": ["2026-01-01", 3], "status": ["complete", 0]}, "document": "a.md", '
    b'"key": "ABCDEFGHIJKLMNOP", "repository": "local/r", "text": "x", "version": 1} -->\n'
)


def samples(kind: str) -> list[bytes]:
    """What to start from: `md`, `yml`, `rewrite` (four bytes before each document), `configuration`, `marker`."""
    if kind == "marker":
        return [MARKER, b"text\n" + MARKER + b"more\n" + MARKER]
    if kind == "configuration":
        return [path.read_bytes() for path in sorted((ROOT / "config").glob("*.yml"))]
    if kind == "rewrite":
        return [bytes([n % 251, n, n, n]) + one for n, one in enumerate([*samples("md"), *samples("yml")], 1)]
    folders = (ROOT / "tests/golden/samples", ROOT / "tests/golden/found", ROOT / "tracksync/samples")
    return [path.read_bytes() for folder in folders for path in sorted(folder.glob(f"*.{kind}"))]


def mutated(data: bytes, seed: int) -> bytes:
    """The same bytes with one change; the same seed makes the same one."""
    rng = Random(seed)
    at = rng.randint(0, len(data))
    match rng.randrange(8):
        case 0 | 1 | 2:
            return data[:at] + rng.choice(TOKENS) + data[at:]
        case 3:
            end = min(len(data), at + rng.randint(1, 12))
            return data[:at] + rng.choice(TOKENS) + data[end:]
        case 4:
            return data[:at] + data[at + rng.randint(1, 40) :]
        case 5:
            token = rng.choice(TOKENS)
            return data[:at] + token * rng.randint(2, 60) + data[at:]
        case 6:
            return _lines_moved(data, rng)
        case _:
            return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def _lines_moved(data: bytes, rng: Random) -> bytes:
    """One line twice, gone, in another place, or indented."""
    lines = data.split(b"\n")
    at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(4):
        case 0:
            lines.insert(to, lines[at])
        case 1:
            lines.insert(to, lines.pop(at))
        case 2:
            del lines[at]
        case _:
            lines[at] = rng.choice((b" ", b"  ", b"    ", b"\t", b"> ", b"- ")) + lines[at]
    return b"\n".join(lines)
