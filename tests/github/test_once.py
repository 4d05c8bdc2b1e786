"""One exchange over real HTTP: what counts as never sent, what as lost, and that it ends in time whatever comes."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers.messages import Answer, ConnectionLost, Request
from tests.servers.web import WebServer, serving
from tracksync.trackers.web import once
from tracksync.trackers.web.message import Lost, Unsent
from tracksync.trackers.web.once import exchange


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as made:
        yield made


@contextmanager
def answering(*acts: Answer | Callable[[Request], Answer]) -> Iterator[WebServer]:
    """A server that answers one act after the other."""
    left = list(acts)

    def serve(request: Request) -> Answer:
        act = left.pop(0)
        return act if isinstance(act, Answer) else act(request)

    with serving(serve) as server:
        yield server


def broken(reset: bool) -> Callable[[Request], Answer]:
    def act(request: Request) -> Answer:
        raise ConnectionLost(reset)

    return act


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_an_answer_is_status_headers_in_lower_case_and_text(session):
    with answering(Answer(201, '{"a": "ü"}'.encode(), {"X-RateLimit-Remaining": "7"})) as server:
        reply = exchange(session, "POST", server.url + "/x", data="{}")
    assert (201, '{"a": "ü"}', "7") == (reply.status, reply.text, reply.headers["x-ratelimit-remaining"])


def test_a_compressed_answer_is_unpacked(session):
    with answering(Answer(200, gzip.compress(b"[1]"), {"Content-Encoding": "gzip"})) as server:
        assert "[1]" == exchange(session, "GET", server.url).text


def test_bytes_that_are_no_text_end_nothing(session):
    with answering(Answer(200, b"\xff[1]")) as server:
        assert "\ufffd[1]" == exchange(session, "GET", server.url).text


def test_a_redirect_is_an_answer_and_followed_by_nobody(session):
    with answering(Answer(301, b"", {"Location": "/elsewhere"})) as server:
        assert 301 == exchange(session, "GET", server.url).status


def test_nobody_listens_so_nothing_was_sent(session):
    with pytest.raises(Unsent, match="refused"):
        exchange(session, "POST", f"http://127.0.0.1:{free_port()}/", data="{}")


@pytest.mark.parametrize("reset", [True, False])
def test_a_connection_that_breaks_loses_the_answer(session, reset):
    with answering(broken(reset)) as server, pytest.raises(Lost) as raised:
        exchange(session, "POST", server.url, data="{}")
    assert "0x" not in str(raised.value)
    assert server.url not in str(raised.value)


@pytest.mark.parametrize("reset", [True, False])
def test_a_kept_connection_that_breaks_is_lost_too_and_nothing_is_sent_twice(session, reset):
    with answering(Answer(200, b"1"), broken(reset), Answer(200, b"3")) as server:
        exchange(session, "GET", server.url)
        with pytest.raises(Lost):
            exchange(session, "POST", server.url, data="{}")
        assert "3" == exchange(session, "GET", server.url).text


def test_a_body_that_is_cut_off_is_lost(session):
    with answering(Answer(200, b"[1, 2, 3]", cut=4)) as server, pytest.raises(Lost):
        exchange(session, "GET", server.url)


def test_a_damaged_compressed_body_is_lost(session):
    with answering(Answer(200, b"no gzip", {"Content-Encoding": "gzip"})) as server, pytest.raises(Lost):
        exchange(session, "GET", server.url)


def test_an_answer_that_drips_ends_in_time_though_each_read_is_quick(session):
    with answering(Answer(200, b"x" * 10_000, drip=40)) as server:
        began = time.monotonic()
        with pytest.raises(Lost, match=r"no whole answer within 0\.3 s"):
            exchange(session, "GET", server.url, 0.3)
        assert time.monotonic() - began < 2


def test_a_server_that_says_nothing_ends_in_time(session):
    silence = threading.Event()

    def silent(request: Request) -> Answer:
        silence.wait(5)
        return Answer(200, b"")

    with answering(silent) as server:
        with pytest.raises(Lost):
            exchange(session, "GET", server.url, 0.2)
        silence.set()


def test_an_answer_that_is_too_large_is_lost_before_it_fills_the_memory(session, monkeypatch):
    monkeypatch.setattr(once, "MOST_BYTES", 1024**2)
    with answering(Answer(200, b" " * (3 * 1024**2))) as server, pytest.raises(Lost, match="more than 1 MiB"):
        exchange(session, "GET", server.url)


def test_a_small_answer_that_unpacks_to_a_large_one_is_lost(session, monkeypatch):
    monkeypatch.setattr(once, "MOST_BYTES", 1024**2)
    bomb = gzip.compress(b" " * (8 * 1024**2))
    with answering(Answer(200, bomb, {"Content-Encoding": "gzip"})) as server, pytest.raises(Lost, match="1 MiB"):
        exchange(session, "GET", server.url)


@pytest.mark.parametrize("value", ["Bearer secret\n", "Bearer secret\r\nX: y"])
def test_a_header_that_can_not_be_sent_is_never_quoted(session, value):
    with pytest.raises(Unsent) as raised:
        exchange(session, "GET", "http://127.0.0.1:9/", headers={"Authorization": value})
    assert "secret" not in f"{raised.value!r}"
    assert raised.value.__cause__ is None


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = made.add_extension(alternative, critical=False).sign(key, hashes.SHA256())
    form = serialization.PrivateFormat.PKCS8
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + secret)
    return file


@contextmanager
def breaking_tls(certificate: Path) -> Iterator[tuple[str, list[bytes]]]:
    """A server that reads each request and then breaks the encryption. Its address, and what it read."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    read: list[bytes] = []

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with suppress(OSError), connection:
                    encrypted = context.wrap_socket(connection.dup(), server_side=True)
                    read.append(encrypted.recv(10_000))
                    connection.sendall(b"HTTP/1.1 200 OK, in the clear")
                    encrypted.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        try:
            yield f"https://127.0.0.1:{listener.getsockname()[1]}", read
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_an_encryption_that_breaks_after_the_request_loses_the_answer(session, certificate):
    """The request was read, and so may have been carried out: it must not count as never sent."""
    with breaking_tls(certificate) as (url, read), pytest.raises(Lost):
        exchange(session, "POST", url, data="{}", verify=str(certificate))
    assert 1 == len(read)


def test_a_server_whose_certificate_is_not_trusted_gets_nothing(session, certificate):
    with breaking_tls(certificate) as (url, read), pytest.raises(Unsent, match="certificate"):
        exchange(session, "POST", url, data="{}")
    assert [] == read


def test_what_is_a_bug_is_not_hidden(session):
    with pytest.raises(TypeError):
        exchange(session, "GET", "http://127.0.0.1:9/", nonsense=True)


def test_a_name_that_does_not_resolve_was_never_sent(session, monkeypatch):
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unsent):
        exchange(session, "POST", "http://tracker.invalid/", data="{}")
