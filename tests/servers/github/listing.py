"""Pages: by number up to a ceiling, by cursor beyond it."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from tests.servers.github.call import Call
from tests.servers.github.refusals import Refused
from tests.servers.messages import Answer, of_json

T = TypeVar("T")

NO_PAGES = (
    "Pagination with the page parameter is not supported for large datasets,"
    " please use cursor based pagination (after/before)"
)


def page(call: Call, items: Sequence[T], show: Callable[[T], Any], place: Callable[[T], list[Any]]) -> Answer:
    """The page that the query asks for. `place` orders the items (they come sorted) and survives in a cursor."""
    size = min(_number(call, "per_page", 30) or 30, 100)
    after = call.request.query.get("after")
    if after is not None:
        return _from_cursor(call, items, show, place, size, _decoded(after))
    number = _number(call, "page", 1) or 1
    start = (number - 1) * size
    if len(items) > call.state.page_ceiling:
        if start >= call.state.page_ceiling:
            raise Refused(422, NO_PAGES)
        return _cursor_page(call, items, show, place, size, start)
    last = max(1, -(-len(items) // size))
    links = {
        "prev": number - 1 if number > 1 else None,
        "next": number + 1 if number < last else None,
        "last": last if number < last else None,
        "first": 1 if number > 1 else None,
    }
    urls = {name: _url(call, page=str(target)) for name, target in links.items() if target}
    return of_json(200, [show(item) for item in items[start : start + size]], _header(urls))


def _from_cursor(
    call: Call, items: Sequence[T], show: Callable[[T], Any], place: Callable[[T], list[Any]], size: int, after: Any
) -> Answer:
    """What was deleted or moved meanwhile shifts nothing: the next item is the first one beyond the cursor."""
    rising = len(items) < 2 or place(items[0]) <= place(items[-1])
    start = len(items)
    for index, item in enumerate(items):
        if (place(item) > after) if rising else (place(item) < after):
            start = index
            break
    return _cursor_page(call, items, show, place, size, start)


def _cursor_page(
    call: Call, items: Sequence[T], show: Callable[[T], Any], place: Callable[[T], list[Any]], size: int, start: int
) -> Answer:
    shown = items[start : start + size]
    urls = {}
    if start + size < len(items):
        urls["next"] = _url(call, after=_encoded(place(shown[-1])))
    return of_json(200, [show(item) for item in shown], _header(urls))


def _number(call: Call, name: str, otherwise: int) -> int:
    """Nonsense counts as the default, as on GitHub."""
    value = call.request.query.get(name, "")
    return int(value) if value.isdecimal() else otherwise


def _url(call: Call, **changed: str) -> str:
    """GitHub's links name the repository by its id."""
    kept = {key: value for key, value in call.request.query.items() if key not in ("page", "after", "before")}
    path = call.request.path
    if "repo" in call.params:
        path = "/".join([f"/repositories/{call.repository.id}", *path.split("/", 4)[4:]])
    return f"{call.request.root}{path}?{urlencode({**kept, **changed})}"


def _header(urls: dict[str, str]) -> dict[str, str]:
    return {"Link": ", ".join(f'<{url}>; rel="{name}"' for name, url in urls.items())} if urls else {}


def _encoded(place: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _decoded(cursor: str) -> Any:
    try:
        return json.loads(base64.urlsafe_b64decode(cursor))
    except ValueError:
        raise Refused(422, "Invalid cursor") from None
