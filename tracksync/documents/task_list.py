"""Action items as task lists: `- [ ] Rotate the keys (@alice, due 2026-02-15)`. The check box is the status."""

from collections.abc import Iterator

from tracksync.documents import bullets
from tracksync.documents.found import Found, Page
from tracksync.documents.placed import edit, hold
from tracksync.documents.words import Words

__all__ = ["edit", "find", "hold"]


def find(page: Page, words: Words) -> Iterator[Found]:
    """The items with a check box."""
    return bullets.find(page, words, boxed=True)
