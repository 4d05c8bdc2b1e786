"""Changes to issues, with the trace that each leaves: `updated_at`, timeline, versions of the body."""

from collections.abc import Iterable
from typing import Any

from tests.servers.github.definitions import IssueType
from tests.servers.github.entities import Account, Comment, Edit, Event, Issue, Label, Milestone, Repository
from tests.servers.github.state import State


def open_issue(state: State, repository: Repository, author: Account, title: str, body: str | None = None) -> Issue:
    """The next number, no labels, nobody assigned."""
    number = max(repository.issues, default=0) + 1
    now = state.clock.now
    made = Issue(state.new_id(), number, repository, title, body, author, now, now)
    repository.issues[number] = made
    return made


def retitle(state: State, issue: Issue, actor: Account, title: str) -> None:
    if title != issue.title:
        happened(state, issue, actor, "renamed", rename={"from": issue.title, "to": title})
        issue.title = title


def rewrite(state: State, issue: Issue, actor: Account, body: str | None) -> None:
    """No line in the timeline: only the versions of the body tell."""
    if body == issue.body:
        return
    if not issue.edits:
        issue.edits.append(Edit(issue.created_at, issue.author, issue.body or ""))
    issue.edits.append(Edit(state.clock.now, actor, body or ""))
    issue.body = body
    issue.updated_at = state.clock.now


def named_label(state: State, repository: Repository, name: str) -> Label:
    """The label of that name in whatever case; made on the fly where there is none."""
    return repository.labels.get(name.lower()) or state.label(repository, name)


def relabel(state: State, issue: Issue, actor: Account, names: Iterable[str]) -> None:
    """These labels and no others."""
    wanted = {name.lower(): named_label(state, issue.repository, name) for name in names}
    for label in list(issue.labels):
        if label.name.lower() not in wanted:
            unlabel(state, issue, actor, label)
    for label in wanted.values():
        add_label(state, issue, actor, label)


def add_label(state: State, issue: Issue, actor: Account, label: Label) -> None:
    if label not in issue.labels:
        issue.labels.append(label)
        happened(state, issue, actor, "labeled", label=label)


def unlabel(state: State, issue: Issue, actor: Account, label: Label) -> None:
    if label in issue.labels:
        issue.labels.remove(label)
        happened(state, issue, actor, "unlabeled", label=label)


def reassign(state: State, issue: Issue, actor: Account, accounts: Iterable[Account]) -> None:
    """These people and no others."""
    wanted = list(accounts)
    for account in list(issue.assignees):
        if account not in wanted:
            unassign(state, issue, actor, account)
    for account in wanted:
        assign(state, issue, actor, account)


def assign(state: State, issue: Issue, actor: Account, account: Account) -> None:
    if account not in issue.assignees:
        issue.assignees.append(account)
        happened(state, issue, actor, "assigned", assignee=account, assigner=actor)


def unassign(state: State, issue: Issue, actor: Account, account: Account) -> None:
    if account in issue.assignees:
        issue.assignees.remove(account)
        happened(state, issue, actor, "unassigned", assignee=account, assigner=actor)


def close(
    state: State, issue: Issue, actor: Account, reason: str = "completed", duplicate_of: Issue | None = None
) -> None:
    """An issue that is closed already keeps its reason."""
    if issue.state == "closed":
        return
    issue.state, issue.state_reason = "closed", reason
    issue.closed_at, issue.closed_by = state.clock.now, actor
    issue.duplicate_of = duplicate_of
    happened(state, issue, actor, "closed", state_reason=reason)
    if duplicate_of:
        happened(state, issue, actor, "marked_as_duplicate")


def reopen(state: State, issue: Issue, actor: Account) -> None:
    if issue.state == "open":
        return
    issue.state, issue.state_reason = "open", "reopened"
    issue.closed_at = issue.closed_by = issue.duplicate_of = None
    happened(state, issue, actor, "reopened")


def set_milestone(state: State, issue: Issue, actor: Account, milestone: Milestone | None) -> None:
    if milestone is not issue.milestone:
        kind = "milestoned" if milestone else "demilestoned"
        title = (milestone or issue.milestone).title  # type: ignore[union-attr]
        issue.milestone = milestone
        happened(state, issue, actor, kind, milestone={"title": title})


def set_type(state: State, issue: Issue, actor: Account, wanted: IssueType | None) -> None:
    if wanted is not issue.type:
        kind = "added" if issue.type is None else "removed" if wanted is None else "changed"
        issue.type = wanted
        happened(state, issue, actor, f"issue_type_{kind}")


def set_values(state: State, issue: Issue, actor: Account, values: dict[int, Any], *, replace: bool = False) -> None:
    """Values of issue fields by field id; with `replace`, fields that aren't named lose theirs."""
    for key in list(issue.values):
        if replace and key not in values:
            del issue.values[key]
            happened(state, issue, actor, "issue_field_removed", field=key)
    for key, value in values.items():
        if issue.values.get(key) != value:
            kind = "changed" if key in issue.values else "added"
            issue.values[key] = value
            happened(state, issue, actor, f"issue_field_{kind}", field=key)


def comment(state: State, issue: Issue, author: Account, body: str) -> Comment:
    now = state.clock.now
    made = Comment(state.new_id(), author, body, now, now)
    issue.comments.append(made)
    issue.updated_at = now
    return made


def happened(state: State, issue: Issue, actor: Account, kind: str, **detail: Any) -> None:
    issue.timeline.append(Event(state.new_id(), kind, actor, state.clock.now, detail))
    issue.updated_at = state.clock.now
