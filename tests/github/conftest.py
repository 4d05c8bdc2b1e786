"""Every request that a test sends is valid against GitHub's own description."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.github import github

from .world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A project on a fresh GitHub."""
    with github() as server:
        made = World(server, tmp_path)
        yield made
        assert [] == server.requests.violations()
        assert [] == server.faults.unused()
