"""What GitHub is asked, and how long its limits make it take: tracksync beside a plain script with the same library.

The script does what the small sync tools of this field do: for each item a search and a create, or a get. GitHub is
the stateful fake in a process of its own; hours pass on its clock, which both sides can only advance by waiting.
"""

import multiprocessing
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from measured import Measured

NEW, TRACKED = 500, 5_000
SEARCHES_A_MINUTE, READS_AN_HOUR = 30, 5_000
"""docs.github.com, "Rate limits for the REST API" and "REST API endpoints for search"."""
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Spent(NamedTuple):
    """One run: requests, seconds of this process's CPU, and hours on GitHub's clock."""

    requests: int
    cpu: float
    hours: float


def serve(pipe: Connection, limited: bool) -> None:
    """The fake in a process of its own, until the pipe says stop."""
    from tests.servers.github import github

    with github(now=START) as server:
        state = server.state
        robot = state.user("robot")
        state.repository(state.organization("acme", robot), "web", push=[robot])
        if limited:
            server.limits.like_github()
        server.limits.hourly = 10**9
        pipe.send((server.url, state.classic_token(robot, "repo", "read:org")))
        while (order := pipe.recv()) != "stop":
            if isinstance(order, float):
                server.clock.advance(order)
            refused = sum(one.status in (403, 429) for one in server.requests)
            pipe.send((len(list(server.requests)), refused, server.clock.now))


class GitHub:
    """The fake, from outside."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.url, self.token = pipe.recv()

    def ask(self, order: float | str) -> tuple[int, int, datetime]:
        """(requests so far, refusals among them, its clock) after an order: seconds to let pass, or a look."""
        self._pipe.send(order)
        return self._pipe.recv()

    def now(self) -> datetime:
        """Its clock."""
        return self.ask("look")[2]

    def sleep(self, seconds: float) -> None:
        """Let time pass there."""
        self.ask(float(seconds))


@contextmanager
def running(limited: bool = True) -> Iterator[GitHub]:
    """A fresh GitHub."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, limited), daemon=True)
    process.start()
    try:
        yield GitHub(ours)
    finally:
        ours.send("stop")
        process.join()


def spent(github: GitHub, work: Callable[[], Any]) -> Spent:
    """What `work` takes."""
    requests, _, before = github.ask("look")
    cpu = time.process_time()
    work()
    cpu = time.process_time() - cpu
    sent, _, after = github.ask("look")
    return Spent(sent - requests, cpu, (after - before).total_seconds() / 3600)


def archive(root: Path, items: int) -> None:
    """A committed archive with so many action items, twenty a document."""
    folder = root / "postmortems"
    folder.mkdir(parents=True)
    for start in range(0, items, 20):
        rows = "".join(
            f"| Add an alert for queue {n} |  | 2026-03-0{n % 9 + 1} | P{n % 4} | Open | |\n"
            for n in range(start, start + 20)
        )
        head = "| Action | Owner | Due | Priority | Status | Issue |\n|---|---|---|---|---|---|\n"
        text = f"# Outage {start}\n\nStatus: Final\n\n## Action items\n\n{head}{rows}"
        (folder / f"2026-01-05-outage-{start:05}.md").write_text(text)
    (root / "tracksync.yml").write_text("tracker: {kind: github, project: acme/web}\n")
    for command in (["init", "-q"], ["remote", "add", "origin", "https://github.com/acme/web.git"]):
        git(root, *command)
    commit(root)


def git(root: Path, *arguments: str) -> None:
    """One git command."""
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments], cwd=root, check=True)


def commit(root: Path) -> None:
    """Everything that is there."""
    git(root, "add", "-A")
    git(root, "commit", "-qm", "postmortems")


def sync(root: Path, github: GitHub) -> None:
    """A whole run, the documents written."""
    from tracksync import app, config
    from tracksync.memory import FileMemory
    from tracksync.trackers.github.address import Address
    from tracksync.trackers.github.opened import tracker_at
    from tracksync.trackers.opening import Wanted
    from tracksync.trackers.web.clock import Clock
    from tracksync.workspace import open_workspace

    settings = config.load(root, root)
    space = open_workspace(settings, environment={"GITHUB_TOKEN": github.token}, now=github.now)
    memory = FileMemory(root / ".tracksync" / "cache", "acme/web", github.token, github.now)
    wanted = Wanted(root, "acme/web", token=github.token, memory=memory, clock=Clock(github.now, github.sleep))
    tracker = tracker_at(Address("https://github.com", github.url, "github.com"), wanted)
    lifted = {"creates": 10**6, "documents": 10**6, "updates": 10**6}
    from dataclasses import replace

    space = replace(space, tracker=tracker)
    report = app.sync(space, rules=settings.rules(space.repository, lifted))
    assert not report.failed, report.failed[0]


def plain_create(github: GitHub, items: int) -> Spent:
    """A search and a create for each item, as fast as GitHub's limits allow: computed, the script would just fail."""
    from github import Auth, Github

    client = Github(
        auth=Auth.Token(github.token), base_url=github.url, seconds_between_requests=None, seconds_between_writes=None
    )
    repository = client.get_repo("acme/web")

    def work() -> None:
        for number in range(items):
            # The fake has no search: a list by label stands for it, one request as well.
            list(repository.get_issues(labels=[f"key-{number}"]))
            repository.create_issue(f"Item {number}", body="An action item", labels=["tracksync"])

    measured = spent(github, work)
    return measured._replace(hours=max(items / SEARCHES_A_MINUTE / 60, items / 500))


def plain_look(github: GitHub, items: int) -> Spent:
    """A get for each item."""
    from github import Auth, Github

    client = Github(
        auth=Auth.Token(github.token), base_url=github.url, seconds_between_requests=None, seconds_between_writes=None
    )
    repository = client.get_repo("acme/web")

    def work() -> None:
        for number in range(1, items + 1):
            repository.get_issue(number)

    return spent(github, work)._replace(hours=items / READS_AN_HOUR)


def measure_github() -> list[Measured]:
    """The figures for GitHub."""
    return [*_initial(), *_unchanged()]


def _initial() -> list[Measured]:
    with tempfile.TemporaryDirectory() as folder, running() as github:
        root = Path(folder) / "pm"
        archive(root, NEW)
        ours = spent(github, lambda: sync(root, github))
        refused = github.ask("look")[1]
    with running(limited=False) as github:
        plain = plain_create(github, NEW)
    writes = NEW + 6
    allowed = (writes - 1) // 500 + ((writes - 1) % 500) * 0.75 / 3600
    return [
        Measured(
            f"{NEW} new items: requests / plain script", ours.requests / plain.requests, 0.6, "x", _both(ours, plain)
        ),
        Measured(
            f"{NEW} new items: CPU / plain script",
            ours.cpu / plain.cpu,
            4.0,
            "x",
            f"{ours.cpu:.1f} s / {plain.cpu:.1f} s",
        ),
        Measured(
            f"{NEW} new items: hours / allowed by limits",
            ours.hours / allowed,
            1 / 0.95,
            "x",
            f"{ours.hours:.2f} h, {plain.hours:.2f} h for the script",
        ),
        Measured(f"{NEW} new items: answers that refuse", refused, 0, "", "no limit was run into"),
    ]


def _unchanged() -> list[Measured]:
    with tempfile.TemporaryDirectory() as folder, running(limited=False) as github:
        root = Path(folder) / "pm"
        archive(root, TRACKED)
        sync(root, github)
        commit(root)
        sync(root, github)
        ours = spent(github, lambda: sync(root, github))
        plain = plain_look(github, TRACKED)
    return [
        Measured(
            f"{TRACKED:,} unchanged: requests / plain script",
            ours.requests / plain.requests,
            1 / 50,
            "x",
            _both(ours, plain),
        ),
        Measured(
            f"{TRACKED:,} unchanged: CPU / plain script",
            ours.cpu / plain.cpu,
            1.0,
            "x",
            f"{ours.cpu:.1f} s / {plain.cpu:.1f} s",
        ),
    ]


def _both(ours: Spent, plain: Spent) -> str:
    return f"{ours.requests} / {plain.requests}"


if __name__ == "__main__":
    for one in measure_github():
        print(one)
