"""What people do in the browser, for tests: no request is recorded, and every trace is left."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.servers.gitlab import changes
from tests.servers.gitlab.entities import STATUSES, Issue, MergeRequest, Project, User
from tests.servers.gitlab.merge_requests import open_merge_request
from tests.servers.gitlab.state import State

KEPT: Any = object()
"""As it is."""


class People:
    """Acts on the state with whatever rights are needed. `iid` is an issue of `project`."""

    def __init__(self, state: State, project: Project, actor: User) -> None:
        self.state = state
        self.project = project
        self.actor = actor

    def __getitem__(self, iid: int) -> Issue:
        return self.project.issues[iid]

    def opens(self, title: str, description: str | None = None, **settings: Any) -> Issue:
        with self.state.lock:
            made = changes.open_issue(self.state, self.project, self.actor, title)
            made.description = description
            self.edits(made.iid, **settings)
            return made

    def edits(
        self,
        iid: int,
        *,
        title: str | None = None,
        description: str | None = None,
        labels: Iterable[str] | None = None,
        assignees: Iterable[User] | None = None,
        due_date: date | None = KEPT,
        state: str | None = None,
        status: str | None = None,
        confidential: bool | None = None,
    ) -> None:
        """What isn't named stays as it is; labels and assignees are the whole new set. Texts are kept as they are."""
        world, issue, actor = self.state, self[iid], self.actor
        with world.lock:
            if title is not None:
                changes.retitle(world, issue, actor, title)
            if description is not None:
                changes.describe(world, issue, actor, description)
            if labels is not None:
                changes.relabel(world, issue, actor, labels)
            if assignees is not None:
                changes.reassign(world, issue, actor, assignees)
            if due_date is not KEPT:
                changes.set_due(world, issue, actor, due_date)
            if confidential is not None:
                changes.set_confidential(world, issue, actor, confidential)
            if state is not None:
                (changes.close if state == "closed" else changes.reopen)(world, issue, actor)
            if status is not None:
                changes.set_status(world, issue, actor, next(one for one in STATUSES if one.name == status))

    def notes(self, iid: int, body: str) -> None:
        with self.state.lock:
            changes.note(self.state, self[iid], self.actor, body)

    def deletes(self, iid: int) -> None:
        """Its number isn't given again."""
        with self.state.lock:
            del self.project.issues[iid]

    def moves(self, iid: int, target: Project) -> Issue:
        with self.state.lock:
            return changes.move(self.state, self[iid], self.actor, target)

    def marks_duplicate(self, iid: int, original: int) -> None:
        with self.state.lock:
            changes.mark_duplicate(self.state, self[iid], self.actor, self[original])

    def opens_merge_request(
        self, title: str, *, closes: Iterable[int] = (), mentions: Iterable[int] = (), branch: str = "topic"
    ) -> MergeRequest:
        """One that says that it will close these issues, or only names them."""
        with self.state.lock:
            made = open_merge_request(self.state, self.project, self.actor, title, branch)
            for iid in closes:
                self[iid].closing.append(made)
            for iid in mentions:
                self[iid].merge_requests.append(made)
            return made

    def merges(self, request: MergeRequest) -> None:
        """Closes what it says that it closes."""
        with self.state.lock:
            request.state, request.merged_at, request.merged_by = "merged", self.state.clock.exact, self.actor
            changes.touch(self.state, request)
            for issue in self.state.issues():
                if request in issue.closing:
                    changes.close(self.state, issue, self.actor)
