"""The way to the server: its certificate, a proxy, and what the environment must not change."""

import datetime
import http.server
import json
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tracksync.errors import ConfigError, TrackerError
from tracksync.trackers.gitlab.opened import open_tracker
from tracksync.trackers.gitlab.tracker import GitLabTracker
from tracksync.trackers.opening import Wanted
from tracksync.trackers.web.clock import Clock

from .world import World, draft

TOKEN = "glpat-S3CRET"
ENVIRONMENT = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "NETRC")


class GitLab(http.server.BaseHTTPRequestHandler):
    """Says who asks, whatever is asked."""

    protocol_version = "HTTP/1.1"
    seen: list[dict[str, str]]

    def do_GET(self) -> None:
        self.seen.append({name.lower(): value for name, value in self.headers.items()})
        body = json.dumps({"username": "robot"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class Proxy(http.server.BaseHTTPRequestHandler):
    """Connects to `port` on this machine, whatever host is asked for."""

    seen: list[tuple[str, dict[str, str]]]
    port = 0

    def do_CONNECT(self) -> None:
        self.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        with socket.create_connection(("127.0.0.1", self.port)) as there:
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                self._relay(there)
        self.close_connection = True

    def _relay(self, there: socket.socket) -> None:
        ends = {self.connection: there, there: self.connection}
        while True:
            for one in select.select([*ends], [], [], 5)[0]:
                data = one.recv(65_536)
                if not data:
                    return
                ends[one].sendall(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def serving(handler: type[Any], context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serves on a port of this machine."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign,misc]
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody knows, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of Acme")])
    names: list[x509.GeneralName] = [
        x509.DNSName("gitlab.example.com"),
        x509.IPAddress(ip_address("127.0.0.1")),
    ]
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "acme.pem"
    form = serialization.PrivateFormat.TraditionalOpenSSL
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.fixture
def server(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    GitLab.seen, Proxy.seen = [], []
    with serving(GitLab, context) as port:
        yield port


def tracker(base_url: str) -> GitLabTracker:
    clock = Clock(sleep=lambda seconds: None)
    opened = open_tracker(Wanted(Path(), "acme/web", base_url=base_url, token=TOKEN, clock=clock))
    assert isinstance(opened, GitLabTracker)
    return opened


def test_a_certificate_that_nobody_knows_is_refused_before_the_token_is_sent(server: int) -> None:
    with pytest.raises(TrackerError, match=r"can't be reached .*certificate") as raised:
        tracker(f"https://127.0.0.1:{server}").facts.viewer()
    assert ([], False) == (GitLab.seen, "S3CRET" in str(raised.value))


def test_an_authority_of_ones_own_is_named_by_the_environment(
    server: int, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    assert "robot" == tracker(f"https://127.0.0.1:{server}").facts.viewer()
    assert [f"Bearer {TOKEN}"] == [one["authorization"] for one in GitLab.seen]


def test_a_proxy_of_the_environment_is_used_and_never_sees_the_token(
    server: int, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    Proxy.port = server
    with serving(Proxy) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy}")
        assert "robot" == tracker("https://gitlab.example.com").facts.viewer()
    assert ["gitlab.example.com:443"] == [path for path, _ in Proxy.seen]
    assert "S3CRET" not in str(Proxy.seen)


def test_a_proxy_that_is_not_there_is_told_as_such(server: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{one.getsockname()[1]}")
        with pytest.raises(TrackerError, match="can't be reached"):
            tracker("https://gitlab.example.com").facts.viewer()


def test_a_netrc_of_the_user_does_not_take_the_tokens_place(
    server: int, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login me password mine\n")
    monkeypatch.setenv("NETRC", str(file))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    assert "robot" == tracker(f"https://127.0.0.1:{server}").facts.viewer()
    assert [f"Bearer {TOKEN}"] == [one["authorization"] for one in GitLab.seen]


def test_without_a_token_nothing_is_opened() -> None:
    with pytest.raises(ConfigError, match="there is no token for GitLab") as raised:
        open_tracker(Wanted(Path(), "acme/web"))
    assert "GITLAB_TOKEN" in raised.value.hint


def test_references_and_links_are_those_of_the_project(world: World) -> None:
    tracker = world.tracker(formerly=("acme/old-web",))
    made = tracker.create(draft())
    url = f"{world.server.url}/acme/web/-/issues/1"
    known = ("#1", "acme/web#1", "Acme/Web#1", "acme/old-web#1", url, f"[#1]({url})", f"[the issue]({url})")
    assert {made.ref} == {tracker.reference(text) for text in known}
    others = ("#0", "acme/ops#1", "!1", "acme/web!1", "text", f"{world.server.url}/acme/ops/-/issues/1", "[#1]")
    assert {None} == {tracker.reference(text) for text in others}
    assert made.ref == tracker.reference(tracker.link(made.ref))
