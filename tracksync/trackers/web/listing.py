"""Lists of issues, page after page, in an order in which nothing is missed while somebody works."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tracksync.errors import TrackerError
from tracksync.trackers.base import Memory
from tracksync.trackers.web.message import Answer, Request
from tracksync.trackers.web.wire import Wire

_MOST_REMEMBERED = 10
"""Issues of a page that are kept with its ETag."""

Rows = list[dict[str, Any]]


class Listing:
    """The issues of one project, as the platform describes them. `path` and `rows_of` may raise `TrackerError`."""

    def __init__(
        self, wire: Wire, path: Callable[[], str], doing: str, memory: Memory, rows_of: Callable[[Answer, str], Rows]
    ) -> None:
        self._wire = wire
        self._path = path
        self._doing = doing
        self._memory = memory
        self._rows_of = rows_of

    def whole(self, query: Mapping[str, str | list[str]]) -> Iterator[Rows]:
        """All pages. The order must be that of creation: a new issue comes last."""
        for answer in self._wire.pages(Request("GET", self._path(), query, reads=True)):
            yield self._rows_of(answer, self._doing)

    def changed(self, query: Mapping[str, str], most: int) -> Rows | None:
        """What changed since an instant that `query` names; None when it takes more than `most` pages.

        The latest must come first: what changes while the list is read moves to pages that were read, and is found by
        the next listing. A page whose ETag is known costs nothing of GitHub's limit (it is known to one token only).
        """
        known = self._memory.get("page")
        known = known if known is not None and known["query"] == dict(query) else None
        headers = {"If-None-Match": str(known["etag"])} if known else {}
        found: Rows = []
        asked = Request("GET", self._path(), query, headers=headers, reads=True)
        for count, answer in enumerate(self._wire.pages(asked), 1):
            if answer.status == 304:
                if known is None:
                    raise TrackerError(f"{self._doing}: an answer without a question", "run again")
                return list(known["rows"])
            rows = self._rows_of(answer, self._doing)
            found += rows
            if answer.next is not None and count == most:
                return None
            if count == 1 and answer.next is None and "etag" in answer.headers and len(rows) <= _MOST_REMEMBERED:
                self._memory.put("page", {"query": dict(query), "etag": answer.headers["etag"], "rows": rows})
        return found
