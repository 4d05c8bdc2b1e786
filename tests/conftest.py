"""For all tests: Hypothesis profiles, and a fence around the network."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before any test imports them: a test of one platform may use what another one has.
pytest.register_assert_rewrite(
    *(f"tests.{platform}.{name}" for platform in ("github", "gitlab") for name in ("world", "figures", "matrix"))
)

UNIT = Path(__file__).parent / "unit"
LOOPBACK = ("127.0.0.1", "::1", "localhost")

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, print_blob=True)
settings.register_profile(
    "proofs",
    max_examples=2_000,
    stateful_step_count=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


class Fence:
    """Which connections this process may open now."""

    loopback = True


def _refuse_connections(event: str, arguments: tuple[object, ...]) -> None:
    if event not in ("socket.connect", "socket.sendto"):
        return
    address = arguments[1]
    # A str or bytes is the path of a local socket: no network.
    if isinstance(address, tuple) and not (Fence.loopback and address[0] in LOOPBACK):
        raise RuntimeError(f"a test opened a connection to {address}")


sys.addaudithook(_refuse_connections)


@pytest.fixture(autouse=True)
def _fenced(request: pytest.FixtureRequest) -> Iterator[None]:
    Fence.loopback = not request.path.is_relative_to(UNIT)
    yield
    Fence.loopback = True
