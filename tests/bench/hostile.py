"""Documents that somebody made to be slow: each as large as the size caps allow, or any smaller size.

Every shape gives a document with at least one item, so that it can be rewritten too. The caps are 1 MiB and 20,000
lines (64 KB for one block of YAML); `size` is in bytes, `SIZE` the largest. No two rows are the same where texts are
slow to read: what was read once is remembered.
"""

from collections.abc import Callable, Mapping
from itertools import cycle, islice

SIZE = 1_040_000
LINES = 19_900
HEAD = "# Postmortem: Outage\n\n**Status**: Final\n\n## Action Items\n\n"
TABLE = "| Action | Owner | Due Date | Priority | Status | Issue |\n|---|---|---|---|---|---|\n"
ROW = "| Give retries a limit | @bob | 2026-12-15 | P2 | Not Started | |\n"


def _lines(size: int) -> int:
    return size * LINES // SIZE


def _numbered(row: str, count: int) -> str:
    """The row so many times, with a number for each `N`."""
    return "".join(row.replace("N", str(number)) for number in range(count))


def rows(size: int) -> str:
    """A table of 20,000 rows."""
    return HEAD + TABLE + "".join(f"| Step {number} | @bob | | | Open | |\n" for number in range(_lines(size) - 20))


def columns(size: int) -> str:
    """A table of 1,000 columns."""
    extra = "".join(f" c{number} |" for number in range(994))
    row = ROW.rstrip("\n") + " x |" * 994 + "\n"
    header, rule = TABLE.split("\n")[:2]
    return f"{HEAD}{header}{extra}\n{rule}{'---|' * 994}\n{row * (size // len(row) - 2)}"


def pipes(size: int) -> str:
    """One row of nothing but pipes."""
    return f"{HEAD}{TABLE}{ROW}{'|' * (size - 400)}\n{ROW}"


def nesting(size: int) -> str:
    """Quotes in quotes and lists in lists, each line deeper than a person would go."""
    deep = "> " * 100 + "text\n" + "- " * 50 + "text\n" + "1. " * 30 + "text\n\n"
    return HEAD + TABLE + ROW + "\n" + deep * (size // len(deep) - 1) + "\n## Action Items\n\n" + TABLE + ROW


def headings(size: int) -> str:
    """20,000 headings, each of which names action items, and one table."""
    lines = cycle(("# Action Items", "## Action Items", "### Next steps", "#### Follow-up", "Action Items\n==="))
    return "\n".join(islice(lines, _lines(size) * 4 // 5)) + "\n\n" + HEAD + TABLE + ROW


def unclosed(size: int) -> str:
    """Fences and comments without an end, in sections that must be looked at."""
    part = "## Action Items\n\n" + TABLE + ROW + "\n<!-- a\n\n## Steps\n\n> ```yaml\n> action_items:\n\n<div>\n<pre\n"
    return part * (_lines(size) // part.count("\n")) + "\n\n~~~\n"


def markup(size: int) -> str:
    """Cells of opening brackets, stars, backticks and angle brackets, short enough to be looked into."""
    opening = ("[", "*", "`", "<", "![", "_", "\\", "[a](", "&", "~", "[*`<", "`` ` ", "<!--", "[a][", "**_")
    row = "".join(f"| {mark * (950 // len(mark))} N " * 4 + "| Open | |\n" for mark in opening)
    row += "".join(f"| {mark * (3_900 // len(mark))} N | | | | Open | |\n" for mark in opening)
    return HEAD + TABLE + _numbered(row, size // len(row) - 1) + ROW


def one_cell(size: int) -> str:
    """A single cell of a million opening brackets, stars, backticks and angle brackets."""
    return f"{HEAD}{TABLE}{ROW.replace('Give', '[*`<' * (size // 4 - 100))}{ROW}"


def definitions(size: int) -> str:
    """Link reference definitions, and what looks like the start of one."""
    lines = [f"[ref-{number}]: <https://example.org/{number}> 'title'\n[{number}\n" for number in range(LINES // 2)]
    return HEAD + TABLE + ROW + "\n" + "".join(lines[: size * len(lines) // SIZE - 20]) + "\n" + HEAD + TABLE + ROW


def front_matter(size: int) -> str:
    """Front matter of one megabyte."""
    lines = "".join(f"key-{number}: some text that says nothing about it\n" for number in range(LINES))
    return f"---\n{lines[: size * 9 // 10]}\n---\n\n{HEAD}{TABLE}{ROW}"


def yaml_blocks(size: int) -> str:
    """As many blocks of YAML as fit in, each as large as one may be."""
    entry = "  - item: x\n    owner: '@a'\n    due: 2026-12-01\n    status: Open\n    k: [[[[{a: b}]]]]\n"
    block = "```yaml\naction_items:\n" + entry * 300 + "```\n\n"
    return HEAD + block * (_lines(size) // block.count("\n"))


def yaml_keys(size: int) -> str:
    """A block of YAML with thousands of keys, flow lists and levels, in a document of text."""
    keys = "".join(f"k{number}: [a, {{b: c}}]\n" for number in range(min(size // 400, 2_400)))
    deep = "".join("  " * level + "a:\n" for level in range(20))
    text = "Nothing of note happened, and so nothing is said here about anything.\n\n" * (size // 160)
    return f"{HEAD}```yaml\n{keys}{deep}action_items:\n  - item: x\n    status: Open\n```\n\n{text}"


def backtracking(size: int) -> str:
    """Status cells, references, dates and owners that nearly match."""
    cells = (
        "Done N" + "(a) " * 220 + "[",
        "N Open - " + "1/1/1" * 180 + "x",
        "N " + "a-" * 480 + "#",
        "PR N" + " " * 900 + "x",
        "https://N" + "(a" * 450,
        "Done N" + " -" * 470 + "x",
        "N" + "a/" * 480 + "#1-",
        "[N" + "[a]" * 300 + "](",
        "N [a](" + "(b)" * 300,
        "Done (N" + "\t" * 900 + "x",
        "#1 " * 300 + "N",
        "15" + " " * 900 + "N",
        "Jan" + " " * 900 + "N",
        "A" * 950 + "-N-",
        "<a N" + " <a" * 300,
    )
    turned = [cells[at:] + cells[:at] for at in range(len(cells))]
    row = "".join(f"| {' | '.join(row[:6])} |\n" for row in turned)
    return HEAD + TABLE + _numbered(row, size // len(row) - 1) + ROW


def labels(size: int) -> str:
    """Bold labels: many in a line, and long ones that nearly are one."""
    line = (
        "**a**: b | **c** d · e | f " * 4 + "\n" + "**" + "x" * 39 + "** " + "[](" * 20 + "\n- **A b" + " " * 90 + "\n"
    )
    far = "**Date**:" + " " * 3_000 + "| x\n" + "A" * 3_000 + "\n" + "|" + "a" * 3_000 + "|" + " " * 3_000 + "\n"
    return "# T\n\n" + line * (size // 2 // len(line)) + "\n" + far * (size // 3 // len(far)) + HEAD + TABLE + ROW


def one_line(size: int) -> str:
    """A megabyte without a line end that could be a heading, a rule, a list and a label."""
    part = "- | **a** · # - [ ] > :-|: 1. \t"
    return f"{part * (size // len(part.encode()) - 20)}\n\n{HEAD}{TABLE}{ROW}"


def blanks(size: int) -> str:
    """White space where a pattern may try each of it as a beginning."""
    long = " " * 900
    dashes = "a" + "-" * 2_000 + "N"
    row = f"| Step{long}N{long}x | @a{long}and{long}N | 2026{long}N | {dashes} | Done{long}N x | #{long}N |\n"
    lines = f"**A**{long * 20}x\n# A{' #' * 9_000}x\n-{' -' * 9_000}x\n```{long * 20}x\n```\n{long * 20}\n"
    text = lines * (size // 2 // len(lines))
    return text + HEAD + TABLE + _numbered(row, size // 2 // len(row)) + ROW


def rules(size: int) -> str:
    """Lines that look like the second one of a table, under headers that matter."""
    part = "| Action | Owner | Status |\n|---|---|\n|---|---|---| x\nAction | Owner\n-|-|-\n"
    return HEAD + part * (_lines(size) // 5) + "\n" + HEAD + TABLE + ROW


SHAPES: Mapping[str, Callable[[int], str]] = {
    shape.__name__: shape
    for shape in (
        *(rows, columns, pipes, nesting, headings, unclosed, markup, one_cell, definitions),
        *(front_matter, yaml_blocks, yaml_keys, backtracking, labels, one_line, blanks, rules),
    )
}
