"""The contract on GitHub: the real client library speaks HTTP to a stateful fake, on the rung that works everywhere."""

import subprocess
import sys
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contract.tracker_contract import TrackerContract, draft
from tests.servers import faults
from tests.servers.github import Server, github
from tests.servers.github.entities import Account, Repository
from tracksync.model import Bond, Field, Issue, IssuePatch, IssueRef, Status
from tracksync.trackers.base import Forgetful
from tracksync.trackers.github.address import Address
from tracksync.trackers.github.opened import tracker_at
from tracksync.trackers.github.tracker import GitHubTracker
from tracksync.trackers.labels import REASONS
from tracksync.trackers.opening import Wanted
from tracksync.trackers.web.clock import Clock

CREATE = """
import sys
from pathlib import Path
from tests.contract.tracker_contract import draft
from tracksync.trackers.github.address import Address
from tracksync.trackers.github.opened import tracker_at
from tracksync.trackers.opening import Wanted
from tracksync.trackers.web.clock import Clock
url, token, count = sys.argv[1:]
wanted = Wanted(Path(), "acme/web", token=token, clock=Clock(sleep=lambda seconds: None))
tracker = tracker_at(Address("https://github.com", url, "github.com"), wanted)
for _ in range(int(count)):
    print(tracker.create(draft()).ref.number)
"""


class Person:
    """Somebody in the browser, by the words of the contract."""

    def __init__(self, server: Server, repository: Repository, tracker: GitHubTracker) -> None:
        self.server = server
        self.repository = repository
        self.tracker = tracker

    def create(self, title: str, *, actor: str, body: str = "", labels: Collection[str] = ()) -> Issue:
        made = self._acting(actor).opens(title, body, labels=labels)
        return self._seen(made.number)

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
        gone = {name.lower() for name in remove_labels}
        kept = {label.name for label in person[number].labels if label.name.lower() not in gone}
        person.edits(number, title=title, body=body, labels=kept | set(add_labels))
        return self._seen(number)

    def close(self, number: int, status: Status = Status.COMPLETE, *, actor: str) -> Issue:
        self._acting(actor).edits(number, state="closed", state_reason=REASONS[status])
        return self._seen(number)

    def _acting(self, actor: str):
        self.server.clock.advance(1)
        return self.server.people(self.repository, self._account(actor))

    def _account(self, login: str) -> Account:
        return self.server.state.accounts.get(login) or self.server.state.user(login)

    def _seen(self, number: int) -> Issue:
        (issue,) = self.tracker.fetch([IssueRef("github.com", "acme/web", number)]).values()
        return issue


class TestGitHubTracker(TrackerContract):
    @pytest.fixture(autouse=True)
    def server(self) -> Iterator[None]:
        with github() as self.github:
            state = self.github.state
            self.robot, self.alice = state.user("robot"), state.user("alice")
            owner = state.organization("acme", self.robot)
            self.repository = state.repository(owner, "web", push=[self.robot, self.alice, state.user("bob")])
            self.token = state.classic_token(self.robot)
            self.memory = Forgetful()
            self.make_tracker().create(replace(draft(), labels=frozenset({"team/Db", "team/Web"})))
            self.repository.issues.clear()
            for method in ("POST", "PATCH"):
                tick = faults.after(lambda: self.github.clock.advance(1))
                self.github.faults.add(method, "/repos/*/issues*", tick, times=None)
            yield
            assert [] == self.github.requests.violations()

    def make_tracker(self):
        place = Address("https://github.com", self.github.url, "github.com")
        clock = Clock(lambda: self.github.clock.now, self.github.clock.advance)
        wanted = Wanted(Path(), "acme/web", token=self.token, memory=self.memory, clock=clock)
        return tracker_at(place, wanted)

    def person(self):
        return Person(self.github, self.repository, self.make_tracker())

    def creating_process(self, count):
        command = [sys.executable, "-c", CREATE, self.github.url, self.token, str(count)]
        root = Path(__file__).parents[2]
        return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def test_an_issue_of_ours_that_is_let_go_keeps_its_values_and_peoples_text(self, tracker):
        """All but the due date, which nothing but a line of the managed block says."""
        created = tracker.create(draft())
        self.person().edit(created.ref.number, actor="dana", body=created.body + "\nA note.\n")
        seen = tracker.fetch([created.ref])[created.ref]
        let_go = tracker.update(seen, IssuePatch({}, None, bond=Bond.UNTIE))
        assert (None, "A note.") == (let_go.marker, let_go.body.strip())
        assert "" == let_go.due
        kept = (Field.TITLE, Field.OWNER, Field.PRIORITY, Field.STATUS)
        assert [created.value(which) for which in kept] == [let_go.value(which) for which in kept]
