"""One HTTP exchange with `requests`: once, within a total time, up to a size, and with failures told apart."""

import ssl
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
    """Of TLS only a certificate that is not trusted ends an exchange for sure before anything was sent."""
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return True
    if isinstance(error, requests.exceptions.SSLError):
        return isinstance(_cause(error), ssl.SSLCertVerificationError)
    inner = error.args[0] if error.args else None
    reason = getattr(inner, "reason", inner)
    return isinstance(
        reason,
        urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError | urllib3.exceptions.ProxyError,
    )


def _reason(error: Exception) -> str:
    """The innermost cause in one short line; libraries put addresses of objects and whole URLs into theirs."""
    inner = _cause(error)
    said = str(inner).rpartition(">: ")[2].rpartition("): ")[2] or type(inner).__name__
    return " ".join(said.split())[:200]


def _cause(error: BaseException) -> BaseException:
    """What is at the bottom of a library's error."""
    inside = (one for one in error.args if isinstance(one, BaseException))
    deeper = getattr(error, "reason", None) or next(inside, None)
    return _cause(deeper) if isinstance(deeper, BaseException) else error
