"""One HTTP exchange with `requests`: once, within a total time, up to a size, and with failures told apart."""

import threading
from collections.abc import Callable, Mapping
from queue import Empty, Queue
from typing import Any, NamedTuple

import requests
import urllib3

from tracksync.trackers.web.message import Lost, Unsent

CONNECT_SECONDS = 10.0
SECONDS = 60.0
"""For a whole exchange: the library's timeout is per read, so an answer that drips could take for ever (measured)."""
MOST_BYTES = 64 * 1024 * 1024
_CHUNK = 256 * 1024


class Reply(NamedTuple):
    """What came back; the names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    text: str


def exchange(session: requests.Session, method: str, url: str, seconds: float = SECONDS, **more: Any) -> Reply:
    """Send one request, and follow no redirect. Raises `Unsent` when nothing was sent, `Lost` for everything else."""

    def whole() -> Reply:
        options = {"timeout": (CONNECT_SECONDS, seconds), "allow_redirects": False, "stream": True, **more}
        with session.request(method, url, **options) as response:
            return Reply(
                response.status_code, {name.lower(): text for name, text in response.headers.items()}, _text(response)
            )

    try:
        return _within(seconds, whole)
    except requests.exceptions.InvalidHeader:
        # The library's own words quote the header, and so the token.
        raise Unsent("a header can't be sent") from None
    except requests.exceptions.RequestException as error:
        if _never_sent(error):
            raise Unsent(_reason(error)) from None
        raise Lost(_reason(error)) from None
    except urllib3.exceptions.HTTPError as error:
        raise Lost(_reason(error)) from None


def _text(response: requests.Response) -> str:
    parts, size = [], 0
    for part in response.iter_content(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise Lost(f"the answer has more than {MOST_BYTES // 1024**2} MiB")
    return b"".join(parts).decode("utf-8", "replace")


def _within(seconds: float, call: Callable[[], Reply]) -> Reply:
    """The result of `call`, which is left behind when it takes longer. Raises what it raises, and `Lost`."""
    answers: Queue[Reply | BaseException] = Queue()

    def run() -> None:
        try:
            answers.put(call())
        except BaseException as error:
            answers.put(error)

    threading.Thread(target=run, daemon=True, name="tracksync-request").start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise Lost(f"no whole answer within {seconds:g} s") from None
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _never_sent(error: requests.exceptions.RequestException) -> bool:
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.SSLError):
        return True
    inner = error.args[0] if error.args else None
    reason = getattr(inner, "reason", inner)
    return isinstance(
        reason,
        urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError | urllib3.exceptions.ProxyError,
    )


def _reason(error: Exception) -> str:
    """The innermost cause in one short line; libraries put addresses of objects and whole URLs into theirs."""
    inner: BaseException = error
    while True:
        deeper = getattr(inner, "reason", None) or next(
            (one for one in inner.args if isinstance(one, BaseException)), None
        )
        if not isinstance(deeper, BaseException):
            break
        inner = deeper
    said = str(inner).rpartition(">: ")[2].rpartition("): ")[2] or type(inner).__name__
    return " ".join(said.split())[:200]
