"""HTTP on the loopback interface for a platform that is a function from requests to answers."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.servers.messages import Answer, ConnectionLost, Request

Serve = Callable[[Request], Answer]

TICK = 0.05
"""Seconds between two pieces of a dripping answer."""


class WebServer(ThreadingHTTPServer):
    """Keeps its connections, so that closing it ends every thread at once."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, serve: Serve) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.serve = serve
        self.stopping = threading.Event()
        self.crashes: list[BaseException] = []
        self.reset: set[socket.socket] = set()
        self._open: set[socket.socket] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        if request in self.reset:
            # Without the orderly shutdown, closing a socket that doesn't linger sends RST.
            self.reset.discard(request)
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def hang_up(self) -> None:
        self.stopping.set()
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error of the server; all else is kept in `crashes` by the handler."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # buffered: an answer leaves as one packet, without the 40 ms of a delayed acknowledgement
    server: WebServer

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def _serve(self) -> None:
        try:
            self._send(self.server.serve(self._request()))
        except ConnectionLost as lost:
            self._lose(lost.reset)
        except ConnectionError:
            raise
        except Exception as error:
            self.server.crashes.append(error)
            self._send(Answer(500, json.dumps({"message": f"the fake crashed: {error!r}"}).encode()))

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = _serve

    def _request(self) -> Request:
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        return Request(
            self.command,
            url.path,
            _query(url.query),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length) if length else b"",
            f"http://{self.headers.get('Host', '')}",
        )

    def _send(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        body = b"" if self.command == "HEAD" or answer.status in (204, 304) else answer.body
        self._write(body if answer.cut is None else body[: answer.cut], answer.drip)
        if answer.cut is not None:
            self.close_connection = True

    def _write(self, body: bytes, bytes_per_second: int | None) -> None:
        if bytes_per_second is None:
            self.wfile.write(body)
            return
        size = max(1, int(bytes_per_second * TICK))
        for start in range(0, len(body), size):
            self.wfile.write(body[start : start + size])
            self.wfile.flush()
            if self.server.stopping.wait(size / bytes_per_second):
                return

    def _lose(self, reset: bool) -> None:
        self.close_connection = True
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.server.reset.add(self.connection)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the recording knows it all."""


def _query(text: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return {name: ",".join(values) for name, values in found.items()}


@contextmanager
def serving(serve: Serve) -> Iterator[WebServer]:
    """Serves until the block ends, then raises the first exception that `serve` raised unexpectedly."""
    server = WebServer(serve)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.hang_up()
        thread.join()
        server.server_close()
    if server.crashes:
        raise server.crashes[0]
