"""Pages of a project's issues, and whether they are what was asked for.

GitLab ignores a parameter that it doesn't know without a word, so what comes is held against the question. Since 18.3
it gives pages of issues by cursor ("REST API", pagination, docs.gitlab.com), which miss nothing while issues come and
go; older servers ignore that wish, or refuse it with 405.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from tracksync.errors import TrackerError
from tracksync.trackers.base import LABEL
from tracksync.trackers.gitlab.facts import PAGE, NoCursor
from tracksync.trackers.gitlab.rows import Raw, labels_of
from tracksync.trackers.web.listing import Listing, Rows

MOST_NUMBERS = 100
"""Issues that are asked for by number in one request."""
_CURSOR = {"pagination": "keyset"}
_ALL = {**PAGE, "state": "all", "scope": "all"}
_CREATED = {**_ALL, "order_by": "created_at", "sort": "asc"}
CHANGED = {**_ALL, "order_by": "updated_at", "sort": "desc"}


def listed(listing: Listing, *, every: bool) -> Iterator[Rows]:
    """All issues with our label, or `every` one, in the order in which they were made."""
    query: Mapping[str, str] = _CREATED if every else _CREATED | {"labels": LABEL}
    last = ""
    for rows in _pages(listing, query):
        _check(all(every or LABEL in labels_of(raw) for raw in rows), "with the label that was asked for")
        order = [last, *(str(raw.get("created_at") or "") for raw in rows)]
        _check(order == sorted(order, key=_instant), "in the order that was asked for")
        last = order[-1]
        yield rows


def by_number(listing: Listing, numbers: Iterable[int]) -> Iterator[Raw]:
    """These issues, as far as they are there; at most a hundred."""
    wanted = sorted(numbers)
    for rows in listing.whole({**_ALL, "iids[]": [str(number) for number in wanted]}):
        _check(all(raw.get("iid") in wanted for raw in rows), "with the numbers that were asked for")
        yield from rows


def changed(listing: Listing, since: str, most: int) -> Rows | None:
    """What changed at an instant or later, on at most so many pages; None when it is more."""
    rows = listing.changed(CHANGED | {"updated_after": since}, most)
    after = all(_instant(str(raw["updated_at"])) >= _instant(since) for raw in rows or ())
    _check(after, "of the time that was asked for")
    return rows


def _pages(listing: Listing, query: Mapping[str, str]) -> Iterator[Rows]:
    try:
        yield from listing.whole({**query, **_CURSOR})
    except NoCursor:
        yield from listing.whole(query)


def _instant(text: str) -> float:
    return datetime.fromisoformat(text).timestamp() if text else 0.0


def _check(as_asked: bool, what: str) -> None:
    if not as_asked:
        raise TrackerError(
            f"the server doesn't list the issues {what}", "check that tracker.base_url is a GitLab, 17.0 or later"
        )
