"""A project on the fake GitLab, a repository of postmortems, and runs of tracksync between them."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.github.world import HEAD, QUEUE, VALUES, row, rules
from tests.servers.gitlab import Server
from tests.servers.gitlab.people import People
from tracksync import app, config, git
from tracksync.cache import Cache
from tracksync.model import Base, Field, IssueDraft, IssueRef, Marker
from tracksync.reports.run import RunReport
from tracksync.trackers.base import Forgetful, Tracker
from tracksync.trackers.gitlab.opened import open_tracker
from tracksync.trackers.gitlab.tracker import GitLabTracker
from tracksync.trackers.opening import Wanted
from tracksync.trackers.routed import parts
from tracksync.trackers.web.clock import Clock
from tracksync.workspace import open_workspace

PROJECT = "/projects/{id}"
ISSUES = f"{PROJECT}/issues"
ISSUE = f"{ISSUES}/{{issue_iid}}"
NOTES = f"{ISSUE}/notes"
LABELS = f"{PROJECT}/labels"
MEMBERS = f"{PROJECT}/members/all"
GRAPHQL = "/api/graphql"
__all__ = ["HEAD", "QUEUE", "VALUES", "row", "rules"]


def draft(**values: str) -> IssueDraft:
    known = VALUES | {Field(name): value for name, value in values.items()}
    base = {which: Base(value, 0) for which, value in known.items()}
    marker = Marker("ABCDEFGHIJKLMNOP", "gitlab.com/acme/web", QUEUE, "ABCDEFGHIJKLMNOP", base)
    return IssueDraft(known, marker, "Queue outage")


@dataclass
class World:
    """A project token's bot is who tracksync acts as; `alice` and `bob` are developers; `mallory` is a stranger."""

    server: Server
    root: Path
    memory: Forgetful = field(default_factory=Forgetful)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        state = self.server.state
        self.alice, self.bob, self.mallory = map(state.user, ("alice", "bob", "mallory"))
        self.acme = state.group("acme")
        self.web = state.project(self.acme, "web", members={self.alice: 40, self.bob: 30})
        self.token = state.project_token(self.web, level=20)

    def person(self, account: Any = None) -> People:
        """Somebody in the browser, a second later; alice unless named."""
        self.server.clock.advance(1)
        return self.server.people(self.web, account or self.alice)

    def tracker(self, token: str | None = None, project: str = "acme/web", **wanted: Any) -> GitLabTracker:
        """A new process opens the tracker. What it remembers of the project lives as long as this world."""
        clock = Clock(lambda: self.server.clock.now, self.server.clock.advance)
        given = {"token": self.token if token is None else token, "memory": self.memory, "clock": clock}
        settings = Wanted(self.root, project, base_url=self.server.url, say=self.said.append, **(given | wanted))
        opened = open_tracker(settings)
        assert isinstance(opened, GitLabTracker)
        return opened

    def forget(self) -> None:
        """The memory of the project is lost."""
        self.memory = Forgetful()

    def numbers(self) -> list[int]:
        """The issues that exist, by number."""
        return sorted(self.web.issues)

    def open_numbers(self) -> list[int]:
        return [number for number in self.numbers() if self.web.issues[number].state == "opened"]

    def labels(self, number: int) -> set[str]:
        return {label.name for label in self.web.issues[number].labels}

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
        self,
        tracker: Tracker | None = None,
        *,
        cache: bool = True,
        many: int = 0,
        commit: bool = True,
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
        assert 1 == len(parts(space.tracker))
        names = ("creates", "closes", "reopens", "updates", "documents", "vanished")
        report = app.sync(space, rules=settings.rules(space.repository, dict.fromkeys(names, many) if many else None))
        if commit:
            self.commit()
        return report

    def settled(self, tracker: Tracker | None = None) -> None:
        """A run that finds nothing to do and tells of nothing."""
        report = self.sync(tracker)
        assert ((), (), (), 0) == (report.plan.changes, report.failed, report.documents_changed, report.writes)
        assert [] == [problem.message for problem in report.plan.problems]

    def ref(self, number: int) -> IssueRef:
        return IssueRef(self.tracker().host, "acme/web", number)
