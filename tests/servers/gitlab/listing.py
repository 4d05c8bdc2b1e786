"""Pages: by number, or by cursor where the list and the version know cursors."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from tests.servers.gitlab.call import Call
from tests.servers.gitlab.refusals import bad_value, error
from tests.servers.messages import Answer, of_json

T = TypeVar("T")

KEYSET_SINCE = (18, 3)
"""The first version whose list of a project's issues knows cursors; older ones ignore the parameter."""


def page(call: Call, items: Sequence[T], show: Callable[[T], Any]) -> Answer:
    """The page that the query asks for. Links carry the query on; very long lists don't tell their length."""
    size, number = _size(call), _number(call, "page", 1)
    known = len(items) <= call.state.count_ceiling
    last = max(1, -(-len(items) // size))
    following = number + 1 if number < last else None
    links = {
        "prev": number - 1 if number > 1 else None,
        "next": following,
        "first": 1,
        "last": last if known else None,
    }
    urls = {name: _url(call, page=target, per_page=size) for name, target in links.items() if target}
    headers = {
        "X-Per-Page": str(size),
        "X-Page": str(number),
        "X-Next-Page": str(following or ""),
        "X-Prev-Page": str(links["prev"] or ""),
        **({"X-Total": str(len(items)), "X-Total-Pages": str(last)} if known else {}),
    }
    shown = [show(item) for item in items[(number - 1) * size : number * size]]
    return of_json(200, shown, {**headers, "Link": _link(urls)})


def cursor_page(
    call: Call, items: Sequence[T], show: Callable[[T], Any], place: Callable[[T], list[Any]], effective: dict[str, str]
) -> Answer:
    """The items after the cursor; `place` orders them, `effective` is what the link says beside the query."""
    size, cursor = _size(call), call.request.query.get("cursor")
    start = 0
    if cursor:
        after = _decoded(cursor)
        rising = len(items) < 2 or place(items[0]) <= place(items[-1])
        beyond = (i for i, item in enumerate(items) if (place(item) > after if rising else place(item) < after))
        start = next(beyond, len(items))
    shown = items[start : start + size]
    headers = {}
    if start + size < len(items):
        headers["Link"] = _link({"next": _url(call, **effective, cursor=_encoded(place(shown[-1])), per_page=size)})
    return of_json(200, [show(item) for item in shown], headers)


def by_cursor(call: Call) -> bool:
    return call.state.numbers >= KEYSET_SINCE and call.request.query.get("pagination") == "keyset"


def _size(call: Call) -> int:
    """20 unless told otherwise, 100 at most."""
    return min(_number(call, "per_page", 20), 100)


def _number(call: Call, name: str, otherwise: int) -> int:
    text = call.request.query.get(name)
    if not text:
        return otherwise
    if not text.isdecimal():
        raise error(400, f"{name} is invalid")
    if int(text) == 0:
        raise bad_value(name)
    return int(text)


def _url(call: Call, **changed: Any) -> str:
    """The address with other parameters, on the host that the instance takes for its own."""
    query: list[tuple[str, Any]] = []
    for name, value in {**call.request.query, **changed}.items():
        query += [(name, part) for part in value.split(",")] if name.endswith("[]") else [(name, value)]
    root = call.state.external_url or call.request.root
    return f"{root}/api/v4{call.request.path}?{urlencode(query, quote_via=quote)}"


def _link(urls: dict[str, str]) -> str:
    return ", ".join(f'<{url}>; rel="{name}"' for name, url in urls.items())


def _encoded(place: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _decoded(cursor: str) -> Any:
    try:
        return json.loads(base64.urlsafe_b64decode(cursor))
    except ValueError:
        raise error(400, "Invalid cursor") from None
