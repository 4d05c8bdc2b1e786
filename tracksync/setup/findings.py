"""What the documents of some places hold, counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracksync.documents import latest_day
from tracksync.model import Document, Publication, SkipReason
from tracksync.owners import Directory
from tracksync.setup.survey import Candidate, documents_of, excludes, includes
from tracksync.setup.unknown import unknown_owners

_NO_ITEM = (SkipReason.PLACEHOLDER, SkipReason.BLANK, SkipReason.TEXT_AFTER_TABLE)


@dataclass(frozen=True, slots=True)
class Findings:
    """Numbers of documents, and of the action items in them (rows of a template that nobody filled in don't count)."""

    since: date
    """The first day of documents that get new issues."""
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    documents: int
    unread: int
    items: int
    open: int
    """Not done as far as the documents show, in whatever tracker."""
    linked: int
    """Items that name an issue, anybody's."""
    forms: Mapping[str, int]
    owners: int
    """Names that no login is known for."""
    older: int
    """Documents with items that are dated before `since`; those in `undated` have no date to hold against it."""
    undated: int
    held: Mapping[str, int]
    """Documents held back, by status line: known words, and in `unknown` those in no list."""
    unknown: Mapping[str, int]
    problems: int


def findings(candidates: Sequence[Candidate], since: date) -> Findings:
    """What these candidates hold together."""
    documents = documents_of(candidates)
    days = [latest_day(document) for document in documents if document.items]
    items = [item for document in documents for item in document.items if item.skip not in _NO_ITEM]
    return Findings(
        since=since,
        include=includes(candidates),
        exclude=excludes(candidates),
        documents=len(documents),
        unread=sum(one.unread for one in candidates),
        items=len(items),
        open=sum(item.status is None or not item.status.closed for item in items),
        linked=sum(bool(item.links) for item in items),
        forms=_tally(item.format for item in items),
        owners=len(unknown_owners(documents, Directory())),
        older=sum(day is not None and day < since for day in days),
        undated=days.count(None),
        held=_held(documents, Publication.HELD),
        unknown=_held(documents, Publication.UNKNOWN),
        problems=sum(len(document.problems) for document in documents),
    )


def _held(documents: Sequence[Document], how: Publication) -> Mapping[str, int]:
    return _tally(document.status_raw or "" for document in documents if document.publication is how)


def _tally(words: Iterable[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))
