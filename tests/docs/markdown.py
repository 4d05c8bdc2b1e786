"""The pages of the documentation as what can be tried in them: fenced blocks."""

import re
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).parents[2]
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md")), CHECKOUT / ".github" / "CONTRIBUTING.md"]


class Block(NamedTuple):
    """One fenced block; `line` (1-based) is that of its fence."""

    language: str
    text: str
    line: int

    @property
    def lines(self) -> list[str]:
        """The lines that are not empty."""
        return [line for line in self.text.split("\n") if line]


def blocks(page: Path, language: str = "") -> list[Block]:
    """The fenced blocks of a page in order; `language`: only those."""
    text = page.read_text("utf-8")
    found = [
        Block(match[1], match[2], text.count("\n", 0, match.start()) + 1)
        for match in re.finditer(r"^```([^\n]*)\n(.*?)^```$", text, re.M | re.S)
    ]
    return [block for block in found if language in ("", block.language)]
