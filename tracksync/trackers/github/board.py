"""A board of the organisation (Projects v2), where due date and priority of an issue are written to.

A board is written before the issue: what is agreed stands in the issue, and a value that the board shows early is no
change that anybody made. Where the board says nothing, the lines of the issue do.
"""

from collections.abc import Mapping
from typing import Any

from tracksync.errors import TrackerError
from tracksync.model import Field
from tracksync.trackers.base import Memory
from tracksync.trackers.github.facts import HINTS, PAGE
from tracksync.trackers.github.fields import KINDS, Names, from_definitions
from tracksync.trackers.github.signals import Place
from tracksync.trackers.web.message import Request
from tracksync.trackers.web.wire import Wire, refused

ON_BOARD = (Field.DUE, Field.PRIORITY)
"""What is written to a board. Its status is only read: an issue says what was agreed about it."""


class Board:
    """One board. Raises `TrackerError` when it can't be read or written."""

    def __init__(self, wire: Wire, organisation: str, number: int, memory: Memory, names: Names) -> None:
        self._wire = wire
        self._path = f"/orgs/{organisation}/projectsV2/{number}"
        self._called = f"board {number} of {organisation}"
        self._memory = memory
        self._names = names

    def write(self, repository: str, number: int, here: Place | None, values: Mapping[Field, str]) -> None:
        """Make the board say these values of an issue, which gets an item there if it has none."""
        shown = here.values if here else {}
        sent = [
            one for which, value in values.items() if shown.get(which, "") != value for one in self._sent(which, value)
        ]
        if here is not None and not sent:
            return
        item = here.item if here else self._added(repository, number)
        if sent:
            self._ask("PATCH", f"/items/{item}", {"fields": sent}, 200)

    def _sent(self, which: Field, value: str) -> list[dict[str, Any]]:
        """What says a value; nothing for a field that the board doesn't have, or a value that it has no option for."""
        one = next((one for one in self._definitions() if self._is(which, one)), None)
        if one is None:
            return []
        if which is Field.DUE or not value:
            return [{"id": one["id"], "value": value or None}]
        field = from_definitions([as_issue_field(one)], self._names)[which]
        option = field.options.get(value)
        ident = next((each["id"] for each in one["options"] if each["name"]["raw"] == option), None)
        return [{"id": one["id"], "value": ident}] if ident else []

    def _is(self, which: Field, one: Mapping[str, Any]) -> bool:
        return (
            bool(from_definitions([as_issue_field(one)], self._names).get(which)) and one["data_type"] == KINDS[which]
        )

    def _added(self, repository: str, number: int) -> int:
        owner, _, name = repository.partition("/")
        made = self._ask("POST", "/items", {"type": "Issue", "owner": owner, "repo": name, "number": number}, 201)
        return int(made["id"])

    def _definitions(self) -> list[dict[str, Any]]:
        known = self._memory.get(self._path)
        if known is None:
            answer = self._wire.ask(Request("GET", f"{self._path}/fields", PAGE, reads=True))
            if answer.status != 200:
                raise refused(answer, f"reading the fields of {self._called}", HINTS)
            known = self._memory.put(self._path, answer.data())
        return list(known)

    def _ask(self, method: str, path: str, body: Mapping[str, Any], status: int) -> Mapping[str, Any]:
        answer = self._wire.ask(Request(method, self._path + path, body=body))
        data = answer.data() if answer.status == status else None
        if not isinstance(data, dict):
            raise refused(answer, f"writing to {self._called}", HINTS)
        return data


def organisation_of(repository_owner: str, number: int) -> str:
    """The organisation of a board. Raises `TrackerError` where there is none."""
    if not repository_owner:
        raise TrackerError(
            f"tracker.board {number} belongs to an organisation, and the project to a person", "remove tracker.board"
        )
    return repository_owner


def as_issue_field(one: Mapping[str, Any]) -> dict[str, Any]:
    """A field of a board as a field of issues is described."""
    options = [{"name": option["name"]["raw"]} for option in one.get("options") or ()]
    return {**one, "options": options}
