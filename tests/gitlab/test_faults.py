"""Whatever goes wrong at whichever request of a run: one run later there is one issue for each item, nothing is lost,
the documents say what they should, and then there is nothing to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.github.matrix import Case, Point
from tests.servers.gitlab import gitlab

from .matrix import EXPECTED, LIFE, cases, outcome, points, spoilt
from .world import ISSUE, ISSUES, LABELS, MEMBERS, NOTES, PROJECT, World


@contextmanager
def fresh(root: Path) -> Iterator[World]:
    """A world of its own: a case of the matrix is a whole life."""
    root.mkdir()
    with gitlab() as server:
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
                spoilt(world, point, fault(world), times)  # type: ignore[arg-type]
            except Exception as error:
                wrong.append(f"{point}: {name}: {type(error).__name__}: {error}"[:1_500])
    return wrong


def test_without_faults_the_life_ends_as_it_should(world: World) -> None:
    for number, step in enumerate(LIFE):
        step.before(world)  # type: ignore[arg-type]
        world.sync(cache=False)
        world.sync(cache=False)
        assert EXPECTED[number] == outcome(world)


def test_the_life_sends_every_kind_of_request(tmp_path: Path) -> None:
    kinds = {(point.method, point.template) for point in the_points(tmp_path)}
    assert {
        ("GET", "/user"),
        ("GET", PROJECT),
        ("GET", MEMBERS),
        ("GET", LABELS),
        ("POST", LABELS),
        ("GET", ISSUES),
        ("POST", ISSUES),
        ("GET", ISSUE),
        ("PUT", ISSUE),
        ("GET", NOTES),
    } == kinds


def test_faults_at_some_requests_of_each_kind_and_step(tmp_path: Path) -> None:
    """Each fault at one request in turn: over the requests all faults come, and over the faults all requests."""
    every = list(cases(the_points(tmp_path)))
    first = {case.name: case for case in reversed(every)}
    some = every[::23]
    some += [case for name, case in first.items() if name not in {one.name for one in some}]
    kinds = {(point.step, point.template) for point, *_ in some}
    some += [case for case in every if (case.point.step, case.point.template) not in kinds][::7]
    assert [] == run(tmp_path, some)


@pytest.mark.proofs
def test_every_fault_at_every_request(tmp_path: Path) -> None:
    assert [] == run(tmp_path, list(cases(the_points(tmp_path))))
