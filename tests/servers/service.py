"""A platform behind a web server, with the faults in front of it and everything recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from tests.servers.clock import Clock
from tests.servers.faults import Faults
from tests.servers.messages import Answer, ConnectionLost, Exchange, Request
from tests.servers.recording import Recorded, Recording
from tests.servers.web import serving


class Platform(Protocol):
    """What a served platform must offer."""

    clock: Clock
    creating: frozenset[str]

    def locate(self, request: Request) -> Request: ...

    def violations(self, sent: Recorded) -> list[str]: ...

    def __call__(self, request: Request) -> Answer: ...


@contextmanager
def service(platform: Platform) -> Iterator[tuple[str, Faults, Recording]]:
    """The address, the faults and the recording."""
    faults, recording = Faults(), Recording(platform.creating, platform.violations)

    def serve(request: Request) -> Answer:
        exchange = Exchange(platform.locate(request), platform.clock, platform)
        try:
            answer = faults.run(exchange)
        except ConnectionLost:
            recording.add(exchange, None)
            raise
        recording.add(exchange, answer)
        return answer

    with serving(serve) as server:
        yield server.url, faults, recording
