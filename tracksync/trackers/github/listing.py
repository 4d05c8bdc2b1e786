"""Lists of issues, page after page, in an order in which nothing is missed while somebody works."""

from collections.abc import Iterator
from typing import Any

from tracksync.errors import TrackerError
from tracksync.trackers.base import LABEL, Memory
from tracksync.trackers.github.facts import PAGE, rows_of
from tracksync.trackers.web.message import Request
from tracksync.trackers.web.wire import Wire

_MOST_REMEMBERED = 10
"""Issues of a page that are kept with its ETag."""


class Listing:
    """The issues of one project, pull requests among them, as GitHub describes them."""

    def __init__(self, wire: Wire, path: str, doing: str, memory: Memory) -> None:
        self._wire = wire
        self._path = path
        self._doing = doing
        self._memory = memory

    def whole(self, *, every: bool = False) -> Iterator[list[dict[str, Any]]]:
        """All pages in the order of creation: a new issue comes last. `every`: also without our label."""
        query = {**PAGE, "state": "all", "sort": "created", "direction": "asc"}
        asked = Request("GET", self._path, query if every else query | {"labels": LABEL}, reads=True)
        for answer in self._wire.pages(asked):
            yield rows_of(answer, self._doing)

    def changed(self, since: str, most: int) -> list[dict[str, Any]] | None:
        """What changed at or after an instant; None when it takes more than `most` pages.

        The latest comes first: what changes while the list is read moves to pages that were read, and is found by the
        next listing. A page whose ETag is known costs nothing of the limit (it is known to one token only).
        """
        query = {**PAGE, "state": "all", "sort": "updated", "direction": "desc", "since": since}
        known = self._memory.get("page")
        known = known if known is not None and known["query"] == query else None
        headers = {"If-None-Match": str(known["etag"])} if known else {}
        found: list[dict[str, Any]] = []
        asked = Request("GET", self._path, query, headers=headers, reads=True)
        for count, answer in enumerate(self._wire.pages(asked), 1):
            if answer.status == 304:
                if known is None:
                    raise TrackerError(f"{self._doing}: an answer without a question", "run again")
                return list(known["rows"])
            rows = rows_of(answer, self._doing)
            found += rows
            if answer.next is not None and count == most:
                return None
            if count == 1 and answer.next is None and "etag" in answer.headers and len(rows) <= _MOST_REMEMBERED:
                self._memory.put("page", {"query": query, "etag": answer.headers["etag"], "rows": rows})
        return found
