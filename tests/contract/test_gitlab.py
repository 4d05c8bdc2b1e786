"""The contract on GitLab, Free: the real client library speaks HTTP to a stateful fake."""

import subprocess
import sys
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contract.tracker_contract import TrackerContract, draft
from tests.servers import faults
from tests.servers.gitlab import Server, gitlab
from tests.servers.gitlab.entities import Project, User
from tracksync.model import Issue, IssueRef, Status
from tracksync.trackers.base import Forgetful, Tracker
from tracksync.trackers.gitlab.labels import STATUS_LABELS
from tracksync.trackers.gitlab.opened import open_tracker
from tracksync.trackers.opening import Wanted
from tracksync.trackers.web.clock import Clock

CREATE = """
import sys
from pathlib import Path
from tests.contract.tracker_contract import draft
from tracksync.trackers.gitlab.opened import open_tracker
from tracksync.trackers.opening import Wanted
url, token, count = sys.argv[1:]
tracker = open_tracker(Wanted(Path(), "acme/web", base_url=url, token=token))
for _ in range(int(count)):
    print(tracker.create(draft()).ref.number)
"""


class Person:
    """Somebody in the browser, by the words of the contract."""

    def __init__(self, server: Server, project: Project, tracker: Tracker) -> None:
        self.server = server
        self.project = project
        self.tracker = tracker

    def create(self, title: str, *, actor: str, body: str = "", labels: Collection[str] = ()) -> Issue:
        return self._seen(self._acting(actor).opens(title, body, labels=labels).iid)

    def edit(
        self,
        number: int,
        *,
        actor: str,
        title: str | None = None,
        body: str | None = None,
        add_labels: Collection[str] = (),
        remove_labels: Collection[str] = (),
    ) -> Issue:
        person = self._acting(actor)
        kept = {label.name for label in person[number].labels} - set(remove_labels)
        person.edits(number, title=title, description=body, labels=kept | set(add_labels))
        return self._seen(number)

    def close(self, number: int, status: Status = Status.COMPLETE, *, actor: str) -> Issue:
        label = STATUS_LABELS.get(status)
        self.edit(number, actor=actor, add_labels=[label] if label else [])
        self._acting(actor).edits(number, state="closed")
        return self._seen(number)

    def _acting(self, actor: str):
        self.server.clock.advance(1)
        return self.server.people(self.project, self._account(actor))

    def _account(self, login: str) -> User:
        return self.server.state.users.get(login) or self.server.state.user(login)

    def _seen(self, number: int) -> Issue:
        (issue,) = self.tracker.fetch([IssueRef(self.tracker.host, "acme/web", number)]).values()
        return issue


class TestGitLabTracker(TrackerContract):
    @pytest.fixture(autouse=True)
    def server(self) -> Iterator[None]:
        with gitlab() as self.gitlab:
            state = self.gitlab.state
            alice, bob = state.user("alice"), state.user("bob")
            group = state.group("acme", members={alice: 40})
            self.project = state.project(group, "web", visibility="private", members={alice: 40, bob: 30})
            self.token = state.project_token(self.project, level=30)
            self.memory = Forgetful()
            self.make_tracker().create(replace(draft(), labels=frozenset({"team/Db", "team/Web"})))
            self.project.issues.clear()
            for method in ("POST", "PUT"):
                tick = faults.after(lambda: self.gitlab.clock.advance(1))
                self.gitlab.faults.add(method, "*/issues*", tick, times=None)
            yield
            assert [] == self.gitlab.requests.violations()
            assert [] == [command for issue in self.project.issues.values() for command in issue.commands]

    def make_tracker(self):
        clock = Clock(lambda: self.gitlab.clock.now, self.gitlab.clock.advance)
        wanted = Wanted(Path(), "acme/web", base_url=self.gitlab.url, token=self.token, memory=self.memory, clock=clock)
        return open_tracker(wanted)

    def person(self):
        return Person(self.gitlab, self.project, self.make_tracker())

    def stored(self, text):
        """Without carriage returns, and without white space at the end (measured)."""
        return text.replace("\r", "").rstrip()

    def creating_process(self, count):
        command = [sys.executable, "-c", CREATE, self.gitlab.url, self.token, str(count)]
        root = Path(__file__).parents[2]
        return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
