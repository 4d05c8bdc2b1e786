"""Issue fields of an organisation that hold due date, priority and status. Pure.

Sources: "Managing issue fields in your organization" (docs.github.com) for the names and options that organisations
start with; the OpenAPI description for the shapes. REST takes an option by its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tracksync.model import Field, Status

_PRIORITIES = {
    **{f"p{n}": f"P{n}" for n in range(5)},
    "urgent": "P0",
    "critical": "P0",
    "highest": "P0",
    "high": "P1",
    "medium": "P2",
    "normal": "P2",
    "low": "P3",
    "lowest": "P4",
}
_STATUSES = {
    "todo": Status.NOT_STARTED.value,
    "to do": Status.NOT_STARTED.value,
    "not started": Status.NOT_STARTED.value,
    "open": Status.NOT_STARTED.value,
    "backlog": Status.NOT_STARTED.value,
    "in progress": Status.IN_PROGRESS.value,
    "doing": Status.IN_PROGRESS.value,
    "started": Status.IN_PROGRESS.value,
    "blocked": Status.BLOCKED.value,
    "on hold": Status.BLOCKED.value,
    "waiting": Status.BLOCKED.value,
}
_WORDS = {Field.PRIORITY: _PRIORITIES, Field.STATUS: _STATUSES}
_ORDER = {
    Field.PRIORITY: tuple(f"P{n}" for n in range(5)),
    Field.STATUS: (Status.NOT_STARTED.value, Status.IN_PROGRESS.value, Status.BLOCKED.value),
}


class Names(NamedTuple):
    """What the organisation calls the fields; "" for one that isn't used."""

    due: str = "Target date"
    priority: str = "Priority"
    status: str = ""

    def of(self, which: Field) -> str:
        """The name of one field."""
        return str(getattr(self, which.value)) if which in KINDS else ""


KINDS = {Field.DUE: "date", Field.PRIORITY: "single_select", Field.STATUS: "single_select"}


@dataclass(frozen=True, slots=True)
class IssueField:
    """One field: its id and, for a selection, canonical value → the name of the option that says it."""

    ident: int
    options: Mapping[str, str] = field(default_factory=dict)


Fields = Mapping[Field, IssueField]


def from_definitions(definitions: Iterable[Mapping[str, Any]], names: Names) -> Fields:
    """The fields that can be used, by what the organisation defines."""
    by_name = {str(one.get("name", "")).casefold(): one for one in definitions}
    found = {}
    for which, kind in KINDS.items():
        one = by_name.get(names.of(which).casefold()) if names.of(which) else None
        if one is None or one.get("data_type") != kind:
            continue
        options = _options(which, [str(option["name"]) for option in one.get("options") or ()])
        if options or which is Field.DUE:
            found[which] = IssueField(int(one["id"]), options)
    return found


def _options(which: Field, names: list[str]) -> dict[str, str]:
    """Canonical value → option; a priority that has none gets that of its nearest neighbour."""
    if which is Field.DUE:
        return {}
    said = {canonical(which, name): name for name in reversed(names)}
    known = {value: said[value] for value in _ORDER[which] if value in said}
    if not known or which is Field.STATUS:
        return known
    order = _ORDER[which]
    return {
        value: known[min(known, key=lambda one: (abs(order.index(one) - order.index(value)), order.index(one)))]
        for value in order
    }


def canonical(which: Field, option: str) -> str:
    """The value that an option says, "" when it says none that we know."""
    return _WORDS[which].get(" ".join(option.casefold().replace("-", " ").split()), "")


def shown(which: Field, one: IssueField, value: str) -> str | None:
    """The value as it reads back from the field; None when the field can't say it."""
    if which is Field.DUE or not value:
        return value
    option = one.options.get(value)
    return None if option is None else canonical(which, option)


def stated(raw: Mapping[str, Any], names: Names) -> dict[Field, str]:
    """The canonical values of the fields that are set on an issue."""
    found = {}
    for one in raw.get("issue_field_values") or ():
        name = str(one.get("issue_field_name", "")).casefold()
        which = next((which for which in KINDS if name and names.of(which).casefold() == name), None)
        if which is not None and one.get("data_type", KINDS[which]) == KINDS[which]:
            text = str(_plain(one) or "")
            found[which] = text[:10] if which is Field.DUE else canonical(which, text)
    return found


def to_send(raw: Mapping[str, Any], fields: Fields, wanted: Mapping[Field, str]) -> list[dict[str, Any]] | None:
    """The field values of a request that makes an issue say `wanted`; None when it says all of it already.

    Whether a PATCH replaces all values or adds to them is not documented, so those of other fields go along.
    """
    now = {int(one["issue_field_id"]): _plain(one) for one in raw.get("issue_field_values") or ()}
    ours = {
        fields[which].ident: fields[which].options.get(value, value) if which is not Field.DUE else value
        for which, value in wanted.items()
        if which in fields and value
    }
    if all(str(now.get(ident) or "")[: len(value)] == value for ident, value in ours.items()):
        return None
    cleared = to_clear(raw, fields, wanted)
    listed = {ident: value for ident, value in (now | ours).items() if value is not None and ident not in cleared}
    return [{"field_id": ident, "value": value} for ident, value in listed.items()]


def to_clear(raw: Mapping[str, Any], fields: Fields, wanted: Mapping[Field, str]) -> list[int]:
    """The ids of fields that are set and must not be any more: each takes a request of its own."""
    now = {int(one["issue_field_id"]) for one in raw.get("issue_field_values") or ()}
    idents = [fields[which].ident for which, value in wanted.items() if which in fields and not value]
    return [ident for ident in idents if ident in now]


def _plain(one: Mapping[str, Any]) -> Any:
    option = one.get("single_select_option")
    many = one.get("multi_select_options")
    if option:
        return option["name"]
    return [each["name"] for each in many] if many else one.get("value")
