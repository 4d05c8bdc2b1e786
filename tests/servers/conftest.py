"""The worlds that the probe tests of the fakes share."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import requests

from tests.servers.github import github
from tests.servers.github.platform import OPENAPI
from tests.servers.gitlab import gitlab
from tests.servers.lab import Lab
from tests.servers.openapi import description
from tests.servers.world import World


@pytest.fixture
def world() -> Iterator[World]:
    """Every answer that no fault has spoilt is valid against GitHub's description."""
    with github() as server, requests.Session() as session:
        yield World(server, session)
        known = description(OPENAPI)
        templates = {name.partition(" ")[2] for name in known.operations}
        sent = [one for one in server.requests if not one.spoilt and one.status and one.status < 300]
        wrong = [complaint for one in sent for complaint in known.answer(one) if one.template in templates]
        assert [] == wrong


@pytest.fixture
def labs() -> Iterator[Callable[..., Lab]]:
    """Makes a GitLab with the settings that a test names."""
    with ExitStack() as stack:
        yield lambda **settings: Lab(stack.enter_context(gitlab(**settings)), stack.enter_context(requests.Session()))


@pytest.fixture
def lab(labs: Callable[..., Lab]) -> Lab:
    return labs()
