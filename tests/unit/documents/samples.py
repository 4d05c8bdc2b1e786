"""Small documents for the tests of reading and writing."""

from tracksync.documents import WORDS, Words, parse
from tracksync.model import ActionItem, Document

HEADER = "| Action | Owner | Due Date | Priority | Status |\n|---|---|---|---|---|\n"


def read(text: str, path: str = "a.md", words: Words = WORDS) -> Document:
    return parse(path, text.encode(), words)


def table(*rows: str, header: str = HEADER) -> str:
    return f"## Action Items\n\n{header}" + "".join(f"{row}\n" for row in rows)


def item(text: str, path: str = "a.md") -> ActionItem:
    (only,) = read(text, path).items
    return only


def rules(document: Document) -> list[str]:
    return [problem.rule for problem in document.problems]
