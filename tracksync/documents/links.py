"""Where an item's link to its issue stands, what it is, and how another takes its place."""

from functools import lru_cache
from typing import NamedTuple

from tracksync.documents import boxes, references, statuses
from tracksync.documents.references import Reference, Target
from tracksync.documents.values import bare, emptiness
from tracksync.documents.words import Role, Words
from tracksync.model import Reading


class LinkPlace(NamedTuple):
    """The place of an item's link: in its own column or beside the status."""

    role: Role | None
    reading: Reading
    link: str | None = None
    start: int = 0
    end: int = 0
    """Where the reference stands in the text of `role`, Markdown around it included."""
    elsewhere: bool = False
    """What stands there names another tracker."""


ABSENT = LinkPlace(None, Reading.ABSENT)


@lru_cache(maxsize=2048)
def place(column: str | None, status: str | None, addable: bool, words: Words) -> LinkPlace:
    """The link by the texts of the link column and the status; `addable`: a place can be made."""
    own = None if column is None else _place(Role.LINK, _in_column(column), column, words)
    if own and own.reading is not Reading.EMPTY:
        return own
    beside = None if status is None else _place(Role.STATUS, statuses.read(status, words).links, status, words)
    if beside and (beside.reading is not Reading.EMPTY or (own is None and not addable)):
        return beside
    return own or (LinkPlace(Role.LINK, Reading.EMPTY) if addable else ABSENT)


def _in_column(text: str) -> tuple[Reference, ...]:
    """Everything in a link column is meant as a link; pull requests there are evidence."""
    found = references.find(text)
    issues = tuple(one for one in found if one.target is Target.ISSUE)
    return issues or tuple(one for one in found if one.target is not Target.CHANGE)


def _place(role: Role, found: tuple[Reference, ...], text: str, words: Words) -> LinkPlace:
    if len(found) > 1 and len({one.text for one in found}) > 1:
        return LinkPlace(role, Reading.UNREADABLE)
    if not found:
        return LinkPlace(role, Reading.EMPTY)
    one = found[0]
    if one.target is not Target.ISSUE:
        return LinkPlace(role, Reading.UNREADABLE, elsewhere=True)
    return LinkPlace(role, Reading.SET, one.text, one.start, one.end)


def written(text: str, link: LinkPlace, reference: str, words: Words) -> str:
    """The text of the link's place with this reference: the old one goes, everything else stays."""
    if link.link is not None:
        before, after = text[: link.start], text[link.end :]
        if not reference and before.endswith("(") and after.startswith(")"):
            before, after = before[:-1].rstrip(), after[1:]
        return (before + reference + after).strip()
    if emptiness(bare(text), words) is not Reading.SET and boxes.says(text) is None:
        return reference if link.role is Role.LINK else f"({reference})"
    return f"{text} ({reference})"


def read_back(reference: str) -> str:
    """The link that a reader finds in a written reference."""
    found = references.find(reference)
    return found[0].text if found else reference
