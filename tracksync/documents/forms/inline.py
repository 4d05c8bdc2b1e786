"""The text of an item that stands in one or several lines of a document, and where each character of it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tracksync.documents.text import Source, Splice


class Slice(NamedTuple):
    """Characters `start` to `end` of a line (from 0)."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inline:
    """Lines joined by line feeds. `text` holds what the slices show; a position in it is one in the document."""

    slices: tuple[Slice, ...]
    text: str

    def line_at(self, at: int) -> tuple[Slice, int]:
        """The slice in which a position of `text` stands, and the column in its line."""
        for one in self.slices[:-1]:
            if at <= one.end - one.start:
                return one, one.start + at
            at -= one.end - one.start + 1
        last = self.slices[-1]
        return last, last.start + at

    def one_line(self, start: int, end: int) -> bool:
        """True when these characters stand in one line."""
        return "\n" not in self.text[start:end]

    def splice(self, source: Source, start: int, end: int, new: str) -> Splice:
        """The replacement of characters that stand in one line."""
        one, column = self.line_at(start)
        begin = source.offset(one.line, column)
        return Splice(begin, begin + end - start, new)


def of(source: Source, slices: Sequence[Slice]) -> Inline:
    """The text of these slices."""
    return Inline(tuple(slices), "\n".join(source.lines[one.line][one.start : one.end] for one in slices))
