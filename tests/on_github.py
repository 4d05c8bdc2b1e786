"""A workspace whose issues are on the fake github.com, over real HTTP, for documents that may be hosted there too."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.servers.github import Server, github
from tests.servers.github.entities import Repository
from tracksync import config, git
from tracksync.trackers.base import Memory
from tracksync.trackers.github.address import Address
from tracksync.trackers.github.opened import tracker_at
from tracksync.trackers.github.tracker import GitHubTracker
from tracksync.trackers.opening import AppKey, Wanted
from tracksync.trackers.web.clock import Clock
from tracksync.workspace import Workspace, open_workspace

TABLE = """# Postmortem: Queue outage

**Date**: 2026-01-14
**Status**: Final

## Action Items

| Action | Owner | Due Date | Priority | Status | Issue |
|---|---|---|---|---|---|
| Alert when the queue holds more than 5,000 messages | @alice | 2026-12-01 | P1 | Not Started | |
"""
QUEUE = "postmortems/queue.md"


class OnGitHub:
    """`acme/web` has the issues, `acme/pm` the documents, unless they are elsewhere; `robot` is who we are."""

    def __init__(self, server: Server, root: Path) -> None:
        state = self.state = server.state
        self.server = server
        self.root = root
        self.robot, self.alice = state.user("robot"), state.user("alice")
        self.acme = state.organization("acme", self.robot)
        self.web = self.has("web")
        self.pm = self.has("pm")
        self.token = state.classic_token(self.robot, "repo", "read:org")
        self.app: AppKey | None = None
        git.start_repository(root)
        self.hosted("https://github.com/acme/pm.git")

    def has(self, name: str, visibility: str = "public") -> Repository:
        return self.state.repository(self.acme, name, push=[self.robot, self.alice], visibility=visibility)

    def hosted(self, url: str) -> None:
        subprocess.run(["git", "remote", "remove", "origin"], cwd=self.root, capture_output=True)
        subprocess.run(["git", "remote", "add", "origin", url], cwd=self.root, check=True)

    def write(self, text: str = TABLE, path: str = QUEUE) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        git.commit_all(self.root, "work")

    def read(self, path: str = QUEUE) -> str:
        return (self.root / path).read_text("utf-8")

    def tracker(self, memory: Memory | None = None, project: str = "acme/web", board: int = 0) -> GitHubTracker:
        clock = Clock(lambda: self.server.clock.now, self.server.clock.advance)
        wanted = Wanted(Path(), project, token=self.token, app=self.app, clock=clock, board=board)
        place = Address("https://github.com", self.server.url, "github.com")
        return tracker_at(place, replace(wanted, memory=memory) if memory else wanted)

    def space(self, memory: Memory | None = None, project: str = "acme/web", **hosted: Any) -> Workspace:
        """As the command line opens one; `hosted` are keys of `tracker`."""
        opened = open_workspace(config.load(self.root, self.root), now=lambda: self.server.clock.now)
        settings = replace(
            opened.settings, tracker="github", project=project, hosted=opened.settings.hosted._replace(**hosted)
        )
        return replace(
            opened, settings=settings, tracker=self.tracker(memory, project, hosted.get("board", 0)), cache=None
        )


@contextmanager
def on_github(root: Path) -> Iterator[OnGitHub]:
    """The fake, set up; at the end every request must have been one that GitHub's description allows."""
    with github() as server:
        yield OnGitHub(server, root)
        assert [] == server.requests.violations()
