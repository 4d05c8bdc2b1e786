"""Every fault at every request of a whole life on GitLab: the same life as on GitHub, step by step."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from tests.github.matrix import LASTING, Case, Point, Step, begin, change_documents
from tests.servers import faults
from tests.servers.faults import Fault
from tests.servers.gitlab import refusals
from tracksync.errors import TracksyncError

from .world import World

FAULTS: dict[str, Callable[[World], Fault]] = {
    "lost before": lambda world: faults.lost_before(),
    "reset before": lambda world: faults.lost_before(reset=True),
    "lost after": lambda world: faults.lost_after(),
    "reset after": lambda world: faults.lost_after(reset=True),
    "500 before": lambda world: faults.fails_before(500),
    "502 after": lambda world: faults.fails_after(502),
    "cut off": lambda world: faults.truncated(),
    "a page": lambda world: faults.html_page(),
    "limit": lambda world: refusals.rate_limited(60),
    "limit, date": lambda world: refusals.rate_limited(90, date=True),
    "limit, JSON": lambda world: refusals.rate_limited(30, named=False, text=None),
    "forbidden": lambda world: faults.answers(403, {"message": "403 Forbidden"}),
    "token": lambda world: faults.answers(401, {"error": "invalid_token", "error_description": "Token was revoked."}),
    "gone": lambda world: faults.answers(404, {"message": "404 Not found"}),
    "invalid": lambda world: faults.answers(400, {"message": {"title": ["is invalid"]}}),
    "somebody": lambda world: faults.answers(400, {"message": {"assignee_ids": ["is invalid"]}}),
    "nonsense": lambda world: faults.answers(200, {"nonsense": True}),
    "elsewhere": lambda world: refusals.sent_elsewhere("https://evil.example.com/api/v4/x"),
}


def change_issues(world: World) -> None:
    them = world.person()
    them.edits(1, state="closed")
    them.edits(2, labels=["tracksync", "priority::2", "sev1"], assignees=[world.alice])


def lose_the_label(world: World) -> None:
    world.person().edits(2, labels=["sev1", "priority::2"])
    world.edit("Alert on the queue's depth", "Alert on the queue's real depth")


LIFE = (
    Step("create", begin),  # type: ignore[arg-type]
    Step("update", change_documents),  # type: ignore[arg-type]
    Step("write back", change_issues),  # type: ignore[arg-type]
    Step("agree", lambda world: None),
    Step("fetch", lose_the_label),  # type: ignore[arg-type]
)
ITEMS = (2, 3, 3, 3, 3)
"""How many items there are after each step."""


def points(world: World) -> Iterator[Point]:
    """Every request of the whole life."""
    for number, step in enumerate(LIFE):
        step.before(world)  # type: ignore[arg-type]
        world.forget()
        world.server.requests.clear()
        world.sync(cache=False)
        for nth, sent in enumerate(world.server.requests, 1):
            yield Point(number, nth, sent.method, sent.template)


def spoilt(world: World, point: Point, fault: Fault, times: int = 1) -> None:
    """The life up to a step, whose run has this fault at this request; then one run without, and what must be so."""
    for step in LIFE[: point.step]:
        step.before(world)  # type: ignore[arg-type]
        world.sync(cache=False)
    LIFE[point.step].before(world)  # type: ignore[arg-type]
    world.forget()
    world.server.faults.add("*", "*", fault, nth=point.nth, times=times)
    # A run may end by an error that a user understands, and by no other.
    with suppress(TracksyncError):
        world.sync(cache=False)
    world.commit()
    world.server.faults.clear()
    world.forget()
    world.sync(cache=False)
    made = ITEMS[point.step]
    assert made == len(world.numbers())
    assert made == sum(world.read(path).count("/acme/web/-/issues/") for path in _paths(world))
    for _ in range(3):
        report = world.sync(cache=False)
        if not report.plan.changes:
            break
    assert ((), [], ()) == (report.plan.changes, [one.message for one in report.plan.problems], report.failed)
    assert outcome(world) == EXPECTED[point.step]
    assert [] == [command for issue in world.server.state.issues() for command in issue.commands]


def _paths(world: World) -> list[str]:
    return sorted(path.relative_to(world.root).as_posix() for path in (world.root / "postmortems").glob("*.md"))


def outcome(world: World) -> list[tuple[Any, ...]]:
    """Both sides, item by item: what the issue says and what the document does."""
    found: list[tuple[Any, ...]] = []
    for issue in sorted(world.web.issues.values(), key=lambda one: one.title):
        owners = ",".join(one.username for one in issue.assignees)
        texts = "".join(map(world.read, _paths(world)))
        (line,) = [line for line in texts.split("\n") if f"issues/{issue.iid})" in line]
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        said = (issue.title, owners, issue.state, str(issue.due_date), *sorted(world.labels(issue.iid)))
        found.append((*said, *cells[:4], cells[4].partition(" (")[0]))
    return found


DEPTH, REAL = "Alert on the queue's depth", "Alert on the queue's real depth"
RETRIES, THIRD = "Give retries a limit", "A third one"
ALERT = (DEPTH, "bob", "opened", "2026-12-01", "priority::0", "tracksync")
ALERT_ROW = (DEPTH, "@bob", "2026-12-01", "P0", "Not Started")
MOVED_ROW = ("@alice", "2026-12-01", "P2", "Not Started")
THIRD_BOTH = (
    *(THIRD, "alice", "opened", "2026-12-01", "priority::1", "tracksync"),
    *(THIRD, "@alice", "2026-12-01", "P1", "Not Started"),
)
RETRIES_ROW = (RETRIES, "@bob", "2027-02-03", "P1")
CLOSED = (RETRIES, "bob", "closed", "2027-02-03", "priority::1", "tracksync", *RETRIES_ROW, "Complete")
AFTER_WRITE_BACK = [
    THIRD_BOTH,
    (DEPTH, "alice", "opened", "2026-12-01", "priority::2", "sev1", "tracksync", DEPTH, *MOVED_ROW),
    CLOSED,
]
EXPECTED: tuple[list[tuple[Any, ...]], ...] = (
    [
        (*ALERT, *ALERT_ROW),
        (
            *(RETRIES, "alice", "opened", "2026-12-01", "priority::1", "tracksync"),
            *(RETRIES, "@alice", "2026-12-01", "P1", "Not Started"),
        ),
    ],
    [
        THIRD_BOTH,
        (*ALERT, *ALERT_ROW),
        (RETRIES, "bob", "opened", "2027-02-03", "priority::1", "tracksync", *RETRIES_ROW, "Not Started"),
    ],
    AFTER_WRITE_BACK,
    AFTER_WRITE_BACK,
    [
        THIRD_BOTH,
        (REAL, "alice", "opened", "2026-12-01", "priority::2", "sev1", REAL, *MOVED_ROW),
        CLOSED,
    ],
)


def cases(given: list[Point]) -> Iterator[Case]:
    """The whole matrix."""
    for point in given:
        for name, fault in FAULTS.items():
            yield Case(point, name, fault, 1)  # type: ignore[arg-type]
            if name in ("lost before", "500 before", "a page", "limit"):
                yield Case(point, f"{name}, for long", fault, LASTING)  # type: ignore[arg-type]
