"""Where due date, priority and status are kept, and why not a rung higher. Pure.

From the top: issue fields of the organisation, the fields of a board, labels and lines of the issue's text.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tracksync.checks import Check, failed, ok, warning
from tracksync.errors import TrackerError
from tracksync.model import Field
from tracksync.trackers.github.board import as_issue_field
from tracksync.trackers.github.fields import KINDS, Fields, from_definitions
from tracksync.trackers.github.graph import Repository
from tracksync.trackers.github.probe import Seen
from tracksync.trackers.github.signing import Kind
from tracksync.trackers.web.message import Answer

_BELOW = {
    Field.DUE: "a line in the issue's text",
    Field.PRIORITY: "a label",
    Field.STATUS: "open or closed, and a label",
}
_CALLED = {Field.DUE: "due date", Field.PRIORITY: "priority", Field.STATUS: "status"}
_KEYS = {Field.DUE: "tracker.due_field", Field.PRIORITY: "tracker.priority_field", Field.STATUS: "tracker.status_field"}


def checks(seen: Seen, repository: Repository, *, workflow: bool) -> Iterator[Check]:
    """One check for each of the three fields, after one for the board if there is to be one."""
    on_board: Fields = {}
    if seen.number:
        yield _board(seen, repository)
        on_board = from_definitions(map(as_issue_field, _rows(seen.board)), seen.names)
    hidden, hint = _hidden(seen, repository, workflow)
    defined = [] if hidden else _rows(seen.fields)
    usable = from_definitions(defined, seen.names)
    for which in KINDS:
        name, below = _CALLED[which], _BELOW[which]
        if which in usable:
            yield ok(name, f"the issue field {seen.names.of(which)}")
        elif which in on_board:
            yield ok(name, f"the field {seen.names.of(which)} of board {seen.number}, and {below}")
        elif not seen.names.of(which):
            yield ok(name, f"{below}: {_KEYS[which]} names no issue field")
        elif hidden:
            yield ok(name, f"{below}: {hidden}", hint)
        else:
            yield _undefined(which, defined, seen)


def _rows(found: Answer | TrackerError | None) -> list[dict[str, Any]]:
    data = found.data() if isinstance(found, Answer) and found.status == 200 else None
    return [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []


def _board(seen: Seen, repository: Repository) -> Check:
    called = f"board {seen.number} of {repository.organisation}"
    if not repository.organisation:
        message = f"a board belongs to an organisation, and {repository.name} to a person"
        return failed("board", message, "remove tracker.board")
    if isinstance(seen.board, Answer) and seen.board.status == 200:
        return ok("board", f"{called} can be read")
    needs = "the scope project" if seen.standing.kind is Kind.CLASSIC else "the organisation permission Projects: write"
    hint = f"the token needs {needs}, which GITHUB_TOKEN never has; or remove tracker.board"
    return failed("board", f"{called} can't be read: {_said(seen.board)}", hint)


def _said(found: Answer | TrackerError | None) -> str:
    if isinstance(found, Answer):
        return found.message or f"status {found.status}"
    return str(found)


def _hidden(seen: Seen, repository: Repository, workflow: bool) -> tuple[str, str]:
    """Why no issue field can be seen at all, and what to do about it; ("", "") when they can be."""
    answer, kind = seen.fields, seen.standing.kind
    if answer is None:
        return "only organisations have issue fields", ""
    if isinstance(answer, TrackerError):
        return f"the organisation's issue fields can't be read ({answer})", answer.hint
    if answer.status == 200:
        return "", ""
    if answer.status == 404 and "x-github-enterprise-version" in answer.headers:
        return "this server has no issue fields", ""
    if workflow:
        return "GITHUB_TOKEN can't see the organisation's issue fields", "an App or a personal access token can"
    if answer.status == 403 or (answer.status == 404 and kind is Kind.CLASSIC):
        needs = "the scope read:org" if kind is Kind.CLASSIC else "the organisation permission Issue Fields: read"
        return "the token may not see the organisation's issue fields", f"give it {needs}, if they are to be used"
    return f"{repository.organisation} has no issue fields (status {answer.status})", ""


def _undefined(which: Field, defined: Sequence[Mapping[str, Any]], seen: Seen) -> Check:
    """The fields can be seen, and none can be used for this."""
    wanted, below = seen.names.of(which), _BELOW[which]
    same = [one for one in defined if str(one.get("name", "")).casefold() == wanted.casefold()]
    if not same:
        others = ", ".join(str(one.get("name")) for one in defined if one.get("data_type") == KINDS[which])
        hint = f"{_KEYS[which]} may name one of: {others}" if others else ""
        return ok(_CALLED[which], f"{below}: the organisation has no issue field {wanted}", hint)
    if same[0].get("data_type") != KINDS[which]:
        message = f"{below}: the issue field {wanted} is a {same[0].get('data_type')}, not a {KINDS[which]}"
    else:
        message = f"{below}: none of the options of the issue field {wanted} is a {_CALLED[which]} that we know"
    return warning(_CALLED[which], message.replace("_", " "), f"{_KEYS[which]} names another one")
