"""Carries quick actions out. What the fake doesn't know is only taken out of the text."""

import re
from collections.abc import Callable
from datetime import date

from tests.servers.gitlab import changes, commands, rights
from tests.servers.gitlab.entities import STATUSES, Command, Issue, MergeRequest, User
from tests.servers.gitlab.state import State

Action = Callable[[State, Issue, User, str], object]
QUOTED = re.compile(r'~"([^"]+)"|~([^\s~]+)|"([^"]+)"|(\S+)')


def strip(state: State, one: Issue | MergeRequest, actor: User, text: str) -> tuple[str, list[Command]]:
    """The text as it is stored. Its commands are carried out, which GitLab does only for those who may."""
    stored, found = commands.extract(text)
    one.commands.extend(found)
    for command in found:
        action = ACTIONS.get(command.name)
        if action and isinstance(one, Issue) and rights.updates(actor, one):
            action(state, one, actor, command.argument)
    return stored, found


def _users(state: State, one: Issue, actor: User, argument: str) -> list[User]:
    names = [word.lstrip("@").lower() for word in re.split(r"[\s,]+", argument) if word]
    named = [actor if name == "me" else state.users.get(name) for name in names]
    return [user for user in named if user and rights.assignable(user, one.project)]


def _labels(argument: str) -> list[str]:
    return [next(filter(None, found)) for found in QUOTED.findall(argument)]


def _known_labels(one: Issue, argument: str) -> list[str]:
    """Quick actions make no labels."""
    known = {name for home in one.project.homes for name in home.labels}
    return [name for name in _labels(argument) if name in known]


def _assign(state: State, one: Issue, actor: User, argument: str) -> None:
    """A further assignee on premium, another one elsewhere."""
    kept = one.assignees if one.project.premium else []
    found = _users(state, one, actor, argument)
    if found:
        changes.reassign(state, one, actor, [*kept, *found])


def _unassign(state: State, one: Issue, actor: User, argument: str) -> None:
    gone = _users(state, one, actor, argument) if argument else one.assignees
    changes.reassign(state, one, actor, [user for user in one.assignees if user not in gone])


def _unlabel(state: State, one: Issue, actor: User, argument: str) -> None:
    gone = _labels(argument) if argument else [label.name for label in one.labels]
    changes.unlabel(state, one, actor, gone)


def _due(state: State, one: Issue, actor: User, argument: str) -> None:
    """Only ISO dates here; GitLab understands many more words."""
    try:
        changes.set_due(state, one, actor, date.fromisoformat(argument))
    except ValueError:
        return


def _other(state: State, one: Issue, argument: str) -> Issue | None:
    """The issue that `#7` or `acme/ops#7` names."""
    path, _, iid = argument.strip().rpartition("#")
    project = state.find(path)[0] if path else one.project
    return project.issues.get(int(iid)) if project and iid.isdecimal() else None


def _duplicate(state: State, one: Issue, actor: User, argument: str) -> None:
    original = _other(state, one, argument)
    if original and rights.reads(actor, original):
        changes.mark_duplicate(state, one, actor, original)


def _relate(state: State, one: Issue, actor: User, argument: str) -> None:
    other = _other(state, one, argument)
    if other and rights.reads(actor, other):
        changes.relate(state, one, actor, other)


def _move(state: State, one: Issue, actor: User, argument: str) -> None:
    target, _ = state.find(argument.strip())
    if target and rights.plans(actor, one.project) and rights.plans(actor, target):
        changes.move(state, one, actor, target)


def _status(state: State, one: Issue, actor: User, argument: str) -> None:
    wanted = argument.strip().strip('"').lower()
    for status in STATUSES if one.project.premium else ():
        if status.name.lower() == wanted:
            changes.set_status(state, one, actor, status)


ACTIONS: dict[str, Action] = {
    "close": lambda state, one, actor, _: changes.close(state, one, actor),
    "reopen": lambda state, one, actor, _: changes.reopen(state, one, actor),
    "open": lambda state, one, actor, _: changes.reopen(state, one, actor),
    "title": lambda state, one, actor, argument: changes.retitle(state, one, actor, argument or one.title),
    "assign": _assign,
    "reassign": lambda state, one, actor, argument: changes.reassign(
        state, one, actor, _users(state, one, actor, argument)
    ),
    "unassign": _unassign,
    "remove_assignee": _unassign,
    "label": lambda state, one, actor, argument: changes.add_labels(state, one, actor, _known_labels(one, argument)),
    "labels": lambda state, one, actor, argument: changes.add_labels(state, one, actor, _known_labels(one, argument)),
    "relabel": lambda state, one, actor, argument: changes.relabel(state, one, actor, _known_labels(one, argument)),
    "unlabel": _unlabel,
    "remove_label": _unlabel,
    "remove_labels": _unlabel,
    "confidential": lambda state, one, actor, _: changes.set_confidential(state, one, actor, True),
    "lock": lambda state, one, actor, _: changes.set_locked(state, one, actor, True),
    "unlock": lambda state, one, actor, _: changes.set_locked(state, one, actor, False),
    "due": _due,
    "due_date": _due,
    "in": _due,
    "remove_due_date": lambda state, one, actor, _: changes.set_due(state, one, actor, None),
    "duplicate": _duplicate,
    "relate": _relate,
    "move": _move,
    "status": _status,
}
