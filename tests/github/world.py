"""A project on the fake GitHub, a repository of postmortems, and runs of tracksync between them."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.servers.github import Server
from tests.servers.github.people import People
from tracksync import app, config, git
from tracksync.cache import Cache
from tracksync.model import Base, Field, IssueDraft, IssueRef, Marker
from tracksync.reports.run import RunReport
from tracksync.trackers.base import Forgetful
from tracksync.trackers.github.address import Address
from tracksync.trackers.github.opened import tracker_at
from tracksync.trackers.github.tracker import GitHubTracker
from tracksync.trackers.opening import Wanted
from tracksync.trackers.web.clock import Clock
from tracksync.workspace import open_workspace

ISSUES = "/repos/{owner}/{repo}/issues"
ISSUE = f"{ISSUES}/{{issue_number}}"
LABELS = "/repos/{owner}/{repo}/labels"
GRAPHQL = "/graphql"
QUEUE = "postmortems/queue.md"
HEAD = """# Postmortem: Queue outage

**Date**: 2026-01-14
**Status**: Final

## Action Items

| Action | Owner | Due Date | Priority | Status |
|---|---|---|---|---|
"""
VALUES = {
    Field.TITLE: "Give retries a limit",
    Field.OWNER: "alice",
    Field.DUE: "2026-12-01",
    Field.PRIORITY: "P1",
    Field.STATUS: "not_started",
}


def row(text: str, owner: str = "@alice", due: str = "2026-12-01", priority: str = "P1") -> str:
    return f"| {text} | {owner} | {due} | {priority} | Not Started |\n"


def draft(**values: str) -> IssueDraft:
    known = VALUES | {Field(name): value for name, value in values.items()}
    base = {which: Base(value, 0) for which, value in known.items()}
    marker = Marker("ABCDEFGHIJKLMNOP", "github.com/acme/web", QUEUE, "ABCDEFGHIJKLMNOP", base)
    return IssueDraft(known, marker, "Queue outage")


@dataclass
class World:
    """`robot` is who tracksync acts as; `alice` and `bob` may push; `mallory` is a stranger."""

    server: Server
    root: Path
    memory: Forgetful = field(default_factory=Forgetful)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        state = self.server.state
        self.robot, self.alice, self.bob, self.mallory = map(state.user, ("robot", "alice", "bob", "mallory"))
        self.acme = state.organization("acme", self.robot)
        self.web = state.repository(self.acme, "web", push=[self.robot, self.alice, self.bob])
        self.token = state.classic_token(self.robot)

    def person(self, account: Any = None) -> People:
        """Somebody in the browser, a second later; alice unless named."""
        self.server.clock.advance(1)
        return self.server.people(self.web, account or self.alice)

    def tracker(self, token: str | None = None, **wanted: Any) -> GitHubTracker:
        """A new process opens the tracker. What it remembers of the project lives as long as this world."""
        place = Address("https://github.com", self.server.url, "github.com")
        clock = Clock(lambda: self.server.clock.now, self.server.clock.advance)
        settings = {"token": self.token if token is None else token, "memory": self.memory, "clock": clock}
        return tracker_at(place, Wanted(self.root, "acme/web", say=self.said.append, **(settings | wanted)))

    def forget(self) -> None:
        """The memory of the project is lost."""
        self.memory = Forgetful()

    def numbers(self) -> list[int]:
        """The issues that exist, by number."""
        return [one.number for one in self.web.issues.values() if not one.deleted and not one.pull]

    def open_numbers(self) -> list[int]:
        return [number for number in self.numbers() if self.web.issues[number].state == "open"]

    # The documents

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def read(self, path: str = QUEUE) -> str:
        return (self.root / path).read_text("utf-8")

    def edit(self, old: str, new: str, path: str = QUEUE) -> None:
        text = self.read(path)
        assert 1 == text.count(old)
        self.write(path, text.replace(old, new))
        self.commit()

    def document(self, *rows: str, path: str = QUEUE) -> None:
        """A published postmortem with these rows, committed."""
        self.write(path, HEAD + "".join(rows))
        if not (self.root / ".git").exists():
            git.start_repository(self.root)
        self.commit()

    def commit(self) -> None:
        if not git.head(self.root) or git.changed_since_head(self.root) or git.untracked(self.root):
            git.commit_all(self.root, "work")

    # A run

    def sync(
        self, tracker: GitHubTracker | None = None, *, cache: bool = True, many: int = 0, commit: bool = True
    ) -> RunReport:
        """One run of a new process, a second later, and a commit of what it wrote. `many`: limits that are lifted."""
        self.server.clock.advance(1)
        settings = config.load(self.root, self.root)
        space = replace(
            open_workspace(settings),
            tracker=tracker or self.tracker(),
            cache=Cache(self.root / ".tracksync" / "cache") if cache else None,
            now=lambda: self.server.clock.now,
        )
        names = ("creates", "closes", "reopens", "updates", "documents", "vanished")
        report = app.sync(space, rules=settings.rules(space.repository, dict.fromkeys(names, many) if many else None))
        if commit:
            self.commit()
        return report

    def settled(self, tracker: GitHubTracker | None = None) -> None:
        """A run that finds nothing to do and tells of nothing."""
        report = self.sync(tracker)
        assert ((), (), (), 0) == (report.plan.changes, report.failed, report.documents_changed, report.writes)
        assert [] == [problem.message for problem in report.plan.problems]

    def ref(self, number: int) -> IssueRef:
        return IssueRef("github.com", "acme/web", number)


def rules(report: RunReport) -> list[str]:
    """The names of what a run told."""
    return [problem.rule for problem in report.plan.problems]
