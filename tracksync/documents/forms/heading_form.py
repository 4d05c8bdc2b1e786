"""Action items as paragraphs (`**JP** Rotate the keys`) and as headings with their fields below."""

from collections.abc import Iterator

from tracksync.documents.forms import bullets, inline, item_text, titles
from tracksync.documents.forms.pieces import Span
from tracksync.documents.forms.placed import Placed, edit, found, hold
from tracksync.documents.forms.titles import Title
from tracksync.documents.found import Found, Page
from tracksync.documents.words import Words
from tracksync.model import Considered

__all__ = ["consider", "edit", "find", "hold"]


def find(page: Page, words: Words) -> Iterator[Found]:
    """The paragraphs and headings that are items of their own."""
    for title in titles.titles(page, words):
        yield _item(page, title, words)


def consider(page: Page, words: Words) -> Iterator[Considered]:
    """Those that are items: nearly every paragraph and heading is none."""
    for title in titles.titles(page, words):
        reason = "a heading with fields below" if title.heading else "a paragraph with its owner, number or fields"
        yield Considered(
            title.main[0].line + 1, "heading", True, f'{reason}, and "{title.section.name}" names action items'
        )


def _item(page: Page, title: Title, words: Words) -> Found:
    text = inline.of(page.source, (*title.main, *title.fields))
    length = sum(one.end - one.start + 1 for one in title.main) - 1
    peeled = item_text.peel(text.text[:length], words)
    spans = {**bullets.values_below(text, len(title.main), words), **peeled.spans}
    first = title.main[0]
    around = tuple(page.source.lines[first.line : min(title.last, first.line + bullets.DETAILS)])
    placed = Placed(text, Span(peeled.start, peeled.end), spans, length)
    return found("heading", placed, first.start + 1, first.line, {}, around)
