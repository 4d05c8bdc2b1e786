"""Action items as plain and numbered lists: `- Rotate the keys (@alice, due 2026-02-15)`."""

from collections.abc import Iterator

from tracksync.documents.forms import bullets
from tracksync.documents.forms.placed import edit, hold
from tracksync.documents.found import Found, Page
from tracksync.documents.words import Words
from tracksync.model import Considered

__all__ = ["consider", "edit", "find", "hold"]


def find(page: Page, words: Words) -> Iterator[Found]:
    """The items without a check box."""
    return bullets.find(page, words, boxed=False)


def consider(page: Page, words: Words) -> Iterator[Considered]:
    """The lists of such items, and those that are something else."""
    return bullets.consider(page, words, boxed=False)
