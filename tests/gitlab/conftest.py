"""Every request that a test sends names only parameters that GitLab knows, and no text that was sent was a command."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.gitlab import gitlab

from .world import World


def checked(world: World) -> Iterator[World]:
    """The world, and afterwards what must be so after every test."""
    yield world
    assert [] == world.server.requests.violations()
    assert [] == world.server.faults.unused()
    assert [] == [command for issue in world.server.state.issues() for command in issue.commands]
    assert [] == [one.headers for one in world.server.requests if "private-token" in one.headers]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A project on a fresh GitLab, Free."""
    with gitlab() as server:
        yield from checked(World(server, tmp_path))


@pytest.fixture
def premium(tmp_path: Path) -> Iterator[World]:
    """A project on a fresh GitLab, Premium."""
    with gitlab(tier="premium") as server:
        yield from checked(World(server, tmp_path))
