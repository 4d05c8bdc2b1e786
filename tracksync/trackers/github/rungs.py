"""Where due date, priority and status are kept: in issue fields, else in labels and lines, and why there. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tracksync.checks import Check, ok, warning
from tracksync.errors import TrackerError
from tracksync.model import Field
from tracksync.trackers.github.fields import KINDS, Names, from_definitions
from tracksync.trackers.github.graph import Repository
from tracksync.trackers.github.signing import Kind
from tracksync.trackers.web.message import Answer

_BELOW = {
    Field.DUE: "a line in the issue's text",
    Field.PRIORITY: "a label",
    Field.STATUS: "open or closed, and a label",
}
_CALLED = {Field.DUE: "due date", Field.PRIORITY: "priority", Field.STATUS: "status"}
_KEYS = {Field.DUE: "tracker.due_field", Field.PRIORITY: "tracker.priority_field", Field.STATUS: "tracker.status_field"}


def checks(
    repository: Repository, answer: Answer | TrackerError | None, names: Names, kind: Kind, *, workflow: bool
) -> Iterator[Check]:
    """One check for each of the three fields."""
    hidden, hint = _hidden(repository, answer, kind, workflow)
    data = answer.data() if isinstance(answer, Answer) and not hidden else []
    defined = [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []
    usable = from_definitions(defined, names)
    for which in KINDS:
        name, below = _CALLED[which], _BELOW[which]
        if which in usable:
            yield ok(name, f"the issue field {names.of(which)}")
        elif not names.of(which):
            yield ok(name, f"{below}: {_KEYS[which]} names no issue field")
        elif hidden:
            yield ok(name, f"{below}: {hidden}", hint)
        else:
            yield _undefined(which, defined, names)


def _hidden(
    repository: Repository, answer: Answer | TrackerError | None, kind: Kind, workflow: bool
) -> tuple[str, str]:
    """Why no issue field can be seen at all, and what to do about it; ("", "") when they can be."""
    if answer is None or not repository.organisation:
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


def _undefined(which: Field, defined: Sequence[Mapping[str, Any]], names: Names) -> Check:
    """The fields can be seen, and none can be used for this."""
    wanted, below = names.of(which), _BELOW[which]
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
