"""Changes to issues and merge requests, with the trace that each leaves: `updated_at`, events, system notes."""

from collections.abc import Iterable
from datetime import date

from tests.servers.gitlab import rights
from tests.servers.gitlab.entities import (
    STATUSES,
    Issue,
    Label,
    LabelEvent,
    MergeRequest,
    Note,
    Project,
    StateEvent,
    Status,
    User,
)
from tests.servers.gitlab.state import State

Thing = Issue | MergeRequest
ENDED = ("done", "canceled")
"""Categories of status that close a work item."""


def open_issue(state: State, project: Project, author: User, title: str) -> Issue:
    """The next number, no text, no labels, nobody assigned."""
    project.last_iid += 1
    now = state.clock.exact
    made = Issue(state.new_id(), project.last_iid, project, title, None, author, now, now)
    project.issues[made.iid] = made
    return made


def retitle(state: State, one: Thing, actor: User, title: str) -> None:
    if title != one.title:
        system_note(state, one, actor, f"changed title from **{one.title}** to **{title}**")
        one.title = title
        _edited(state, one, actor)


def describe(state: State, one: Thing, actor: User, text: str | None) -> None:
    if text != one.description:
        system_note(state, one, actor, "changed the description")
        one.description = text
        _edited(state, one, actor)


def _edited(state: State, one: Thing, actor: User) -> None:
    if isinstance(one, Issue):
        one.edited_at, one.edited_by = state.clock.exact, actor


def named_label(state: State, project: Project, name: str) -> Label:
    """The label of exactly that name, of the project or of a group around it; made on the fly where there is none."""
    for home in project.homes:
        if name in home.labels:
            return home.labels[name]
    return state.label(project, name)


def relabel(state: State, one: Thing, actor: User, names: Iterable[str]) -> None:
    """These labels and no others."""
    wanted = [named_label(state, one.project, name) for name in names]
    unlabel(state, one, actor, [label.name for label in one.labels if label not in wanted])
    add_labels(state, one, actor, [label.name for label in wanted])


def add_labels(state: State, one: Thing, actor: User, names: Iterable[str]) -> None:
    """On premium a scoped label takes the place of its siblings; elsewhere `::` is two characters."""
    for name in names:
        label = named_label(state, one.project, name)
        if label in one.labels:
            continue
        if one.project.premium and "::" in name:
            scope = name.rpartition("::")[0]
            siblings = [other.name for other in one.labels if other.name.rpartition("::")[:2] == (scope, "::")]
            unlabel(state, one, actor, siblings)
        one.labels.append(label)
        _label_event(state, one, actor, label, "add")


def unlabel(state: State, one: Thing, actor: User, names: Iterable[str]) -> None:
    """A label that isn't there is no error."""
    unwanted = set(names)
    for label in [label for label in one.labels if label.name in unwanted]:
        one.labels.remove(label)
        _label_event(state, one, actor, label, "remove")


def _label_event(state: State, one: Thing, actor: User, label: Label, action: str) -> None:
    one.label_events.append(LabelEvent(state.new_id(), actor, state.clock.exact, label, action))
    touch(state, one)


def reassign(state: State, one: Thing, actor: User, users: Iterable[User]) -> None:
    """These people and no others: only the first of them unless the namespace is premium."""
    wanted = list(dict.fromkeys(users))
    wanted = wanted if one.project.premium else wanted[:1]
    added = [f"@{user.username}" for user in wanted if user not in one.assignees]
    gone = [f"@{user.username}" for user in one.assignees if user not in wanted]
    if not added and not gone:
        return
    one.assignees = wanted
    said = [f"assigned to {_sentence(added)}"] if added else []
    said += [f"unassigned {_sentence(gone)}"] if gone else []
    system_note(state, one, actor, " and ".join(said))


def _sentence(names: list[str]) -> str:
    return " and ".join([*([", ".join(names[:-1])] if names[1:] else []), names[-1]])


def set_due(state: State, one: Issue, actor: User, due: date | None) -> None:
    if due != one.due_date:
        one.due_date = due
        system_note(state, one, actor, f"changed due date to {due:%B %d, %Y}" if due else "removed due date")


def set_confidential(state: State, one: Issue, actor: User, confidential: bool) -> None:
    if confidential != one.confidential:
        one.confidential = confidential
        said = "made the issue confidential" if confidential else "made the issue visible to everyone"
        system_note(state, one, actor, said)


def set_locked(state: State, one: Issue, actor: User, locked: bool) -> None:
    if locked != one.locked:
        one.locked = locked
        system_note(state, one, actor, f"{'locked' if locked else 'unlocked'} the discussion in this issue")


def close(state: State, one: Issue, actor: User, status: Status = STATUSES[2]) -> None:
    """An issue that is closed already stays as it is."""
    if one.state == "opened":
        one.state, one.status = "closed", status
        one.closed_at, one.closed_by = state.clock.exact, actor
        _state_event(state, one, actor, "closed")


def reopen(state: State, one: Issue, actor: User, status: Status = STATUSES[0]) -> None:
    if one.state == "closed":
        one.state, one.status = "opened", status
        one.closed_at = one.closed_by = one.duplicate_of = None
        _state_event(state, one, actor, "reopened")


def _state_event(state: State, one: Thing, actor: User, what: str) -> None:
    one.state_events.append(StateEvent(state.new_id(), actor, state.clock.exact, what))
    touch(state, one)


def set_status(state: State, one: Issue, actor: User, status: Status) -> None:
    """Done and canceled close the work item, the others reopen it."""
    if status is one.status:
        return
    if status.category in ENDED:
        close(state, one, actor, status)
    else:
        reopen(state, one, actor, status)
    one.status = status
    system_note(state, one, actor, f"set status to **{status.name}**")


def mark_duplicate(state: State, one: Issue, actor: User, original: Issue) -> None:
    """Closes the issue."""
    close(state, one, actor, STATUSES[4])
    one.duplicate_of = original
    system_note(state, one, actor, f"marked this issue as a duplicate of {reference(original, one.project)}")
    system_note(state, original, actor, f"marked {reference(one, original.project)} as a duplicate of this issue")


def relate(state: State, one: Issue, actor: User, other: Issue) -> None:
    for here, there in ((one, other), (other, one)):
        if there not in here.related:
            here.related.append(there)
            system_note(state, here, actor, f"marked as related to {reference(there, here.project)}")


def move(state: State, one: Issue, actor: User, target: Project) -> Issue:
    """A new issue there, and this one closed. Labels that the target lacks and people unknown there are left behind."""
    made = open_issue(state, target, one.author, one.title)
    for name in ("description", "created_at", "confidential", "due_date", "issue_type"):
        setattr(made, name, getattr(one, name))
    known = {name: label for home in target.homes for name, label in home.labels.items()}
    made.labels = [known[label.name] for label in one.labels if label.name in known]
    made.assignees = [user for user in one.assignees if rights.assignable(user, target)]
    made.notes = list(one.notes)
    close(state, one, actor)
    one.moved_to = made
    system_note(state, one, actor, f"moved to {reference(made, one.project)}")
    system_note(state, made, actor, f"moved from {reference(one, made.project)}")
    return made


def reference(one: Thing, seen_from: Project) -> str:
    """`#1` in its own project, `acme/ops#1` elsewhere."""
    path = "" if one.project is seen_from else one.project.path_with_namespace
    return f"{path}{'#' if isinstance(one, Issue) else '!'}{one.iid}"


def system_note(state: State, one: Thing, actor: User, body: str) -> None:
    note(state, one, actor, body, system=True)


def note(state: State, one: Thing, author: User, body: str, *, system: bool = False, internal: bool = False) -> Note:
    now = state.clock.exact
    made = Note(state.new_id(), body, author, now, now, system, internal)
    one.notes.append(made)
    touch(state, one)
    return made


def touch(state: State, one: Thing) -> None:
    one.updated_at = state.clock.exact
