"""Why each table, list and block of a document was or wasn't taken for action items."""

from dataclasses import replace

from tracksync.documents import blocks
from tracksync.documents.blocks import Interest
from tracksync.documents.forms import FORMATS
from tracksync.documents.found import Page
from tracksync.documents.reading import parsed
from tracksync.documents.text import decode
from tracksync.documents.words import WORDS, Words
from tracksync.model import Considered, Problem

_EVERYTHING = Interest(lambda line: True, lambda chain: True, lambda label: True)


def explain(path: str, data: bytes, words: Words = WORDS) -> tuple[Considered, ...]:
    """Everything that could be action items, in the order of the document. Never raises."""
    source = decode(path, data)
    if isinstance(source, Problem):
        return (Considered(0, "document", False, source.message),)
    page = parsed(path, data, source, words, True).page
    if page.structure is not None and not path.lower().endswith((".html", ".htm")):
        first = page.matter[1] + 1 if page.matter else 0
        page = replace(page, structure=blocks.outline(source.plain, first, _EVERYTHING))
    considered = [one for form in FORMATS.values() for one in form.consider(page, words)]
    return tuple(sorted([*considered, *_fenced(page)]))


def _fenced(page: Page) -> list[Considered]:
    """Tables and lists in fenced code: examples, never items."""
    found = []
    for fence in page.structure.fences if page.structure else ():
        inside = "\n".join(page.source.lines[fence.first + 1 : fence.last - 1])
        shown = blocks.outline(inside, 0, _EVERYTHING)
        format = "table" if shown.tables else "list" if shown.entries else ""
        if format and not fence.info.startswith(("yaml", "yml")):
            found.append(Considered(fence.first + 1, format, False, "it stands in fenced code"))
    return found
