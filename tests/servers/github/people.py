"""What people do in the browser, for tests: no request is recorded, and every trace is left."""

from collections.abc import Iterable
from typing import Any

from tests.servers.github import changes
from tests.servers.github.entities import Account, Issue, Pull, Repository
from tests.servers.github.state import State


class People:
    """Acts on the state with whatever rights are needed. `number` is an issue of `repository`."""

    def __init__(self, state: State, repository: Repository, actor: Account) -> None:
        self.state = state
        self.repository = repository
        self.actor = actor

    def __getitem__(self, number: int) -> Issue:
        return self.repository.issues[number]

    def opens(self, title: str, body: str | None = None, **settings: Any) -> Issue:
        with self.state.lock:
            made = changes.open_issue(self.state, self.repository, self.actor, title, body)
            self.edits(made.number, **settings)
            return made

    def opens_pull(self, title: str, *, closes: Iterable[int] = (), draft: bool = False, **settings: Any) -> Issue:
        """A pull request that says that it will close these issues."""
        with self.state.lock:
            made = self.opens(title, **settings)
            made.pull = Pull(draft)
            for number in closes:
                self[number].closing_pulls.append(made)
            return made

    def edits(
        self,
        number: int,
        *,
        title: str | None = None,
        body: str | None = None,
        labels: Iterable[str] | None = None,
        assignees: Iterable[Account] | None = None,
        state: str | None = None,
        state_reason: str = "completed",
        values: dict[int, Any] | None = None,
    ) -> None:
        """What is None stays as it is; labels, assignees and values are the whole new set."""
        world, issue, actor = self.state, self[number], self.actor
        with world.lock:
            if title is not None:
                changes.retitle(world, issue, actor, title)
            if body is not None:
                changes.rewrite(world, issue, actor, body)
            if labels is not None:
                changes.relabel(world, issue, actor, labels)
            if assignees is not None:
                changes.reassign(world, issue, actor, assignees)
            if values is not None:
                changes.set_values(world, issue, actor, values, replace=True)
            if state == "closed":
                changes.close(world, issue, actor, state_reason)
            elif state == "open":
                changes.reopen(world, issue, actor)

    def comments(self, number: int, body: str) -> None:
        with self.state.lock:
            changes.comment(self.state, self[number], self.actor, body)

    def locks(self, number: int, reason: str | None = None) -> None:
        with self.state.lock:
            self[number].locked, self[number].lock_reason = True, reason
            changes.happened(self.state, self[number], self.actor, "locked", lock_reason=reason)

    def deletes(self, number: int) -> None:
        with self.state.lock:
            self[number].deleted = True

    def transfers(self, number: int, target: Repository) -> Issue:
        """The old address redirects to the issue's new place. Labels that the target lacks are made there."""
        with self.state.lock:
            old = self[number]
            new = changes.open_issue(self.state, target, old.author, old.title, old.body)
            for name in ("created_at", "comments", "timeline", "edits", "state", "state_reason"):
                setattr(new, name, getattr(old, name))
            new.labels = [changes.named_label(self.state, target, label.name) for label in old.labels]
            changes.happened(self.state, new, self.actor, "transferred")
            old.moved_to = new
            return new
