"""The documentation that is made of the code: `make docs` writes it, a test holds it to what would be written."""

from collections.abc import Iterable
from pathlib import Path

from tests.docs import commands, configuration
from tracksync.config import schema as config_schema
from tracksync.reports.json_text import json_text

DOCS = Path(__file__).parents[2] / "docs"
END = "<!-- until here -->\n"
SOURCES = {
    "the models": lambda: configuration.reference(config_schema.schema()),
    "the options of all commands": commands.everywhere,
    "the commands' own help": commands.reference,
}
PAGES = {
    "configuration.md": ["the models"],
    "commands.md": ["the options of all commands", "the commands' own help"],
}


def pages() -> dict[Path, str]:
    """Every such file with the text that it should have."""
    made = {DOCS / "schemas" / "config.json": json_text(config_schema.schema())}
    for name, sources in PAGES.items():
        text = (DOCS / name).read_text("utf-8")
        for source in sources:
            text = filled(text, source, SOURCES[source]())
        made[DOCS / name] = text
    return made


def begin(source: str) -> str:
    """The line above a part that is made."""
    return f"<!-- made by `make docs` out of {source} -->\n"


def filled(text: str, source: str, lines: Iterable[str]) -> str:
    """A page with one made part anew; what people wrote around it stays."""
    before, _, rest = text.partition(begin(source))
    after = rest.partition(END)[2]
    return f"{before}{begin(source)}" + "\n".join(lines) + "\n\n" + END + after


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
