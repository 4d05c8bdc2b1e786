"""Every fault at every request of a whole life: each step of the life, what goes wrong at which of its requests, and
what must be so after the run that follows.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from tests.servers import faults
from tests.servers.faults import Fault
from tests.servers.github import refusals
from tests.servers.messages import Answer, Exchange, of_json
from tracksync.errors import TracksyncError

from .world import GRAPHQL, World, row

FAULTS: dict[str, Callable[[World], Fault]] = {
    "lost before": lambda world: faults.lost_before(),
    "reset before": lambda world: faults.lost_before(reset=True),
    "lost after": lambda world: faults.lost_after(),
    "reset after": lambda world: faults.lost_after(reset=True),
    "500 before": lambda world: faults.fails_before(500),
    "502 after": lambda world: faults.fails_after(502),
    "cut off": lambda world: faults.truncated(),
    "a page": lambda world: faults.html_page(),
    "primary limit": lambda world: refusals.primary_limit(600),
    "primary limit, 429": lambda world: refusals.primary_limit(600, 429),
    "secondary limit": lambda world: refusals.secondary_limit(),
    "secondary limit, date": lambda world: refusals.secondary_limit(faults.http_date(world.server.clock, 90)),
    "secondary limit, 429": lambda world: refusals.secondary_limit("30", 429),
    "forbidden": lambda world: faults.answers(403, {"message": "Resource not accessible by integration"}),
    "gone": lambda world: faults.answers(404, {"message": "Not Found"}),
    "invalid": lambda world: faults.answers(422, {"message": "Validation Failed"}),
    "nonsense": lambda world: faults.answers(200, {"nonsense": True}),
}
GRAPHQL_FAULTS: dict[str, Callable[[World], Fault]] = {
    "limited": lambda world: refusals.graphql_limited(300),
    "partial": lambda world: partial,
}
LASTING = 9
"""More than a request is ever tried."""


def partial(exchange: Exchange) -> Answer:
    """The query's data is not there, and an error says that somebody may not see it."""
    exchange.apply()
    error = {"type": "FORBIDDEN", "path": ["repository"], "message": "Resource not accessible by integration"}
    return of_json(200, {"data": {"viewer": None, "repository": None}, "errors": [error]})


class Step(NamedTuple):
    """One run of a life: `before` is what people did since the run before it."""

    name: str
    before: Callable[[World], object]


def begin(world: World) -> None:
    world.document(row("Give retries a limit"), row("Alert on the queue's depth", owner="@bob", priority="P0"))


def change_documents(world: World) -> None:
    world.edit("Give retries a limit | @alice | 2026-12-01", "Give retries a limit | @bob | 2027-02-03")
    world.document(row("A third one"), path="postmortems/third.md")


def change_issues(world: World) -> None:
    them = world.person()
    them.edits(1, state="closed")
    them.edits(2, labels=["tracksync", "priority/P2", "sev1"], assignees=[world.alice])


def lose_the_label(world: World) -> None:
    world.person().edits(2, labels=["sev1", "priority/P2"])
    world.edit("Alert on the queue's depth", "Alert on the queue's real depth")


LIFE = (
    Step("create", begin),
    Step("update", change_documents),
    Step("write back", change_issues),
    Step("agree", lambda world: None),
    Step("fetch", lose_the_label),
)
ITEMS = (2, 3, 3, 3, 3)
"""How many items there are after each step."""


class Point(NamedTuple):
    """One request of a step, in the order in which they are sent."""

    step: int
    nth: int
    method: str
    template: str

    def __str__(self) -> str:
        return f"{LIFE[self.step].name}-{self.nth}-{self.method}-{self.template.rpartition('/')[2]}"


def lived(world: World, steps: int) -> None:
    """The life up to a step, without faults."""
    for step in LIFE[:steps]:
        step.before(world)
        world.sync(cache=False)


def points(world: World) -> Iterator[Point]:
    """Every request of the whole life."""
    for number, step in enumerate(LIFE):
        step.before(world)
        world.forget()
        world.server.requests.clear()
        world.sync(cache=False)
        for nth, sent in enumerate(world.server.requests, 1):
            yield Point(number, nth, sent.method, sent.template)


def spoilt(world: World, point: Point, fault: Fault, times: int = 1) -> None:
    """The life up to a step, whose run has this fault at this request; then one run without, and what must be so."""
    lived(world, point.step)
    LIFE[point.step].before(world)
    world.forget()
    world.server.faults.add("*", "*", fault, nth=point.nth, times=times)
    _sync(world)
    world.server.faults.clear()
    world.forget()
    world.sync(cache=False)
    made = ITEMS[point.step]
    assert made == len(world.open_numbers()) + sum(one.state_reason == "completed" for one in _closed(world))
    assert made == len(world.numbers())
    assert made == sum(world.read(path).count("https://github.com/acme/web/issues/") for path in _paths(world))
    for _ in range(3):
        report = world.sync(cache=False)
        if not report.plan.changes:
            break
    assert ((), [], ()) == (report.plan.changes, [one.message for one in report.plan.problems], report.failed)
    assert outcome(world) == EXPECTED[point.step]


def _sync(world: World) -> None:
    """A run may end by an error that a user understands, and by no other."""
    with suppress(TracksyncError):
        world.sync(cache=False)
    world.commit()


def _closed(world: World) -> list[Any]:
    return [one for one in world.web.issues.values() if one.state == "closed"]


def _paths(world: World) -> list[str]:
    return sorted(path.relative_to(world.root).as_posix() for path in (world.root / "postmortems").glob("*.md"))


def outcome(world: World) -> list[tuple[Any, ...]]:
    """Both sides, item by item: what the issue says and what the document does."""
    found: list[tuple[Any, ...]] = []
    for issue in sorted(world.web.issues.values(), key=lambda one: one.title):
        owners = ",".join(one.login for one in issue.assignees)
        own = sorted(label.name for label in issue.labels if not label.name.startswith("priority/"))
        priority = [label.name for label in issue.labels if label.name.startswith("priority/")]
        texts = "".join(map(world.read, _paths(world)))
        (line,) = [line for line in texts.split("\n") if f"issues/{issue.number})" in line]
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        found.append((issue.title, owners, issue.state, *priority, *own, *cells[:4], cells[4].partition(" (")[0]))
    return found


FIRST = ("Give retries a limit", "alice", "open", "priority/P1", "tracksync")
RETRIES = ("Give retries a limit", "bob", "open", "priority/P1", "tracksync", "Give retries a limit", "@bob")
DEPTH = "Alert on the queue's depth"
THIRD = ("A third one", "alice", "open", "priority/P1", "tracksync", "A third one", "@alice", "2026-12-01", "P1")
DEPTH_CELLS = ("2026-12-01", "P0", "Not Started")
CLOSED = ("Give retries a limit", "bob", "closed", "priority/P1", "tracksync", "Give retries a limit", "@bob")
MOVED = (DEPTH, "alice", "open", "priority/P2", "sev1", "tracksync", DEPTH, "@alice", "2026-12-01", "P2", "Not Started")
REAL = "Alert on the queue's real depth"
AFTER_CREATE = [
    (DEPTH, "bob", "open", "priority/P0", "tracksync", DEPTH, "@bob", *DEPTH_CELLS),
    (*FIRST, "Give retries a limit", "@alice", "2026-12-01", "P1", "Not Started"),
]
AFTER_UPDATE = [
    (*THIRD, "Not Started"),
    AFTER_CREATE[0],
    (*RETRIES, "2027-02-03", "P1", "Not Started"),
]
AFTER_WRITE_BACK = [(*THIRD, "Not Started"), MOVED, (*CLOSED, "2027-02-03", "P1", "Complete")]
EXPECTED: tuple[list[tuple[Any, ...]], ...] = (
    AFTER_CREATE,
    AFTER_UPDATE,
    AFTER_WRITE_BACK,
    AFTER_WRITE_BACK,
    [
        (*THIRD, "Not Started"),
        (REAL, "alice", "open", "priority/P2", "sev1", REAL, "@alice", "2026-12-01", "P2", "Not Started"),
        (*CLOSED, "2027-02-03", "P1", "Complete"),
    ],
)


class Case(NamedTuple):
    """One fault, so many times from one request on."""

    point: Point
    name: str
    fault: Callable[[World], Fault]
    times: int


def cases(given: list[Point]) -> Iterator[Case]:
    """The whole matrix."""
    for point in given:
        kinds = (GRAPHQL_FAULTS if point.template == GRAPHQL else {}) | FAULTS
        for name, fault in kinds.items():
            yield Case(point, name, fault, 1)
            if name in ("lost before", "500 before", "a page"):
                yield Case(point, f"{name}, for long", fault, LASTING)
