"""A wire whose other end answers what a test says, on a clock that a test moves."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tracksync.model import Window
from tracksync.trackers.web.budget import Budget
from tracksync.trackers.web.clock import Clock
from tracksync.trackers.web.message import Answer, Request
from tracksync.trackers.web.pace import Pace
from tracksync.trackers.web.wire import Wire

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
ORIGIN = "https://api.example.com"
READ = Request("GET", "/issues", {"state": "all"}, reads=True)
WRITE = Request("POST", "/issues", body={"title": "x"})

Act = Answer | Exception | Callable[[Request], Answer]


def answer(status: int = 200, body: object = None, **headers: str) -> Answer:
    """An answer; `retry_after="3"` is the header retry-after."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, named, "" if body is None else json.dumps(body))


def http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


class Time:
    """A clock that stands still unless somebody sleeps; `slept` are the seconds of each sleep."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self.sleep)


class Other:
    """The other end: answers one act after the other, the last one again and again; `sent` is what came."""

    def __init__(self, *acts: Act) -> None:
        self.acts = list(acts)
        self.sent: list[Request] = []

    def __call__(self, request: Request) -> Answer:
        self.sent.append(request)
        act = self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]
        if isinstance(act, Exception):
            raise act
        return act if isinstance(act, Answer) else act(request)


def wire(other: Other, time: Time, windows: tuple[Window, ...] = (), **more: object) -> Wire:
    limits: Mapping[str, int] = {"requests": 0, "minutes": 0} | {k: v for k, v in more.items() if isinstance(v, int)}
    say = more.get("say", lambda sentence: None)
    budget = Budget(limits["requests"], limits["minutes"], time.now)
    return Wire(ORIGIN, other, Pace(windows), budget, time.clock, say)  # type: ignore[arg-type]
