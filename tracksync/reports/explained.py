"""Why each table and list of a document was or wasn't taken for action items, as text."""

from collections.abc import Iterator, Sequence

from tracksync.model import Considered, Document
from tracksync.reports.lines import BLANK, Line, Style, no_style, render
from tracksync.reports.words import counted


def explained_text(
    found: Sequence[tuple[Document, Sequence[Considered]]], *, width: int | None = None, style: Style = no_style
) -> str:
    """Each document with everything in it that could be action items, by line."""
    return render(_lines(found), width, style)


def _lines(found: Sequence[tuple[Document, Sequence[Considered]]]) -> Iterator[Line]:
    for document, considered in found:
        yield Line("heading", document.path)
        for one in considered:
            verdict = "taken" if one.taken else "not taken"
            where = f"L{one.line} " if one.line else ""
            yield Line("row" if one.taken else "skip", f"  {where}{one.format} {verdict}: {one.reason}")
        if not considered:
            yield Line("row", "  nothing in it looks like action items: no table, no list, no `action_items`")
        yield Line("row", f"  {counted(len(document.items), 'action item')} found.")
        yield BLANK
