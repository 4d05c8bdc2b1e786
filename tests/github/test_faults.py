"""Whatever goes wrong at whichever request of a run: one run later there is one issue for each item, nothing is lost,
the documents say what they should, and then there is nothing to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers.github import github

from .matrix import EXPECTED, LIFE, Case, Point, cases, lived, outcome, points, spoilt
from .world import GRAPHQL, ISSUE, ISSUES, LABELS, World


@contextmanager
def fresh(root: Path) -> Iterator[World]:
    """A world of its own: a case of the matrix is a whole life."""
    root.mkdir()
    with github() as server:
        world = World(server, root)
        yield world
        assert [] == server.requests.violations()


def the_points(root: Path) -> list[Point]:
    with fresh(root / "points") as world:
        return list(points(world))


def run(root: Path, chosen: list[Case]) -> list[str]:
    """What went wrong in which cases; all of them are tried."""
    wrong = []
    for number, (point, name, fault, times) in enumerate(chosen):
        with fresh(root / f"{number}") as world:
            try:
                spoilt(world, point, fault(world), times)
            except Exception as error:
                wrong.append(f"{point}: {name}: {type(error).__name__}: {error}"[:1_500])
    return wrong


def test_without_faults_the_life_ends_as_it_should(world: World) -> None:
    for number in range(len(LIFE)):
        LIFE[number].before(world)
        world.sync(cache=False)
        world.sync(cache=False)
        assert EXPECTED[number] == outcome(world)


def test_the_life_sends_every_kind_of_request(world: World) -> None:
    lived(world, len(LIFE))
    kinds = {(one.method, one.template) for one in world.server.requests}
    assert {
        ("POST", ISSUES),
        ("PATCH", ISSUE),
        ("GET", ISSUES),
        ("GET", ISSUE),
        ("POST", LABELS),
        ("GET", LABELS),
        ("POST", GRAPHQL),
    } <= kinds


def test_faults_at_some_requests_of_each_kind_and_step(tmp_path: Path) -> None:
    """Each fault at one request in turn: over the requests all faults come, and over the faults all requests."""
    every = list(cases(the_points(tmp_path)))
    first = {case.name: case for case in reversed(every)}
    some = every[::19]
    some += [case for name, case in first.items() if name not in {one.name for one in some}]
    assert {(point.step, point.template) for point, *_ in every} == {(point.step, point.template) for point, *_ in some}
    assert [] == run(tmp_path, some)


@pytest.mark.proofs
def test_every_fault_at_every_request(tmp_path: Path) -> None:
    assert [] == run(tmp_path, list(cases(the_points(tmp_path))))
