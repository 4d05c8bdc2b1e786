"""Owner, due date and priority as lines of the managed block, where the tracker has no field for them. Pure.

People may edit them there: an edited line is the tracker's value. One that can't be read is left as it is.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from tracksync.model import Base, Field
from tracksync.owners import joined

_NAMES = {Field.OWNER: "Owner", Field.DUE: "Due", Field.PRIORITY: "Priority"}
_NOTHING = {Field.OWNER: "nobody", Field.DUE: "none", Field.PRIORITY: "none"}
_LINE = re.compile(
    r"(?P<start>^[ \t>]*(?:[-*+][ \t]+)?)"
    r"\**(?P<name>owner|due|priority)\**[ \t]*:[ \t]*\**[ \t]*(?P<value>[^\r\n]*?)[ \t]*(?=\r?$)",
    re.IGNORECASE | re.MULTILINE,
)
_EMPTY = frozenset({"", "-", "–", "—", "none", "nobody", "n/a", "tbd"})
_LOGIN = re.compile(r"@?([A-Za-z0-9][A-Za-z0-9_.\[\]-]*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Said(NamedTuple):
    """What the lines of a block say: canonical values, and for those that can't be read a sentence."""

    values: Mapping[Field, str]
    faults: Mapping[Field, str]


NOTHING = Said({}, {})


def text(values: Mapping[Field, str]) -> list[str]:
    """The lines for these values, those of the three fields that are given."""
    return [_line("- ", which, values[which]) for which in _NAMES if which in values]


def read(block: str) -> Said:
    """What a managed block says; a field without a line is in neither mapping. The first line of a field counts."""
    values: dict[Field, str] = {}
    faults: dict[Field, str] = {}
    for match in _LINE.finditer(block):
        which, written = Field(match["name"].lower()), match["value"].strip("*` ")
        if which in values or which in faults:
            continue
        value = "" if written.lower() in _EMPTY else _READ[which](written)
        if value is None:
            faults[which] = f"the line {_NAMES[which]} can't be read; write {_FORMS[which]}"
        else:
            values[which] = value
    return Said(values, faults)


def replaced(block: str, values: Mapping[Field, str]) -> str:
    """The block with lines that say these values; what can't be read stays, a field without a line gets none."""
    said = read(block)

    def line(match: re.Match[str]) -> str:
        which = Field(match["name"].lower())
        if which not in values or said.values.get(which) in (None, values[which]):
            return match[0]
        return _line(match["start"], which, values[which])

    return _LINE.sub(line, block)


def missing(block: str, values: Mapping[Field, str]) -> dict[Field, str]:
    """Those of the values that have no line in the block."""
    said = read(block)
    return {which: value for which, value in values.items() if which not in said.values and which not in said.faults}


def settled(native: str, line: str | None, base: Base | None) -> str:
    """The tracker's value, where both a field of its own and a line show it: what a person changed since both sides
    agreed. When both were changed, the tracker's own field.
    """
    return line if line is not None and base is not None and native == base.value else native


def alone(line: str | None, base: Base | None) -> str:
    """The tracker's value, where only a line shows it. A line that is gone, or can't be read, says nothing new."""
    return line if line is not None else base.value if base else ""


def _line(start: str, which: Field, value: str) -> str:
    shown = ", ".join(f"@{login}" for login in value.split(",")) if value and which is Field.OWNER else value
    return f"{start}**{_NAMES[which]}:** {shown or _NOTHING[which]}"


def _owner(written: str) -> str | None:
    matches = [_LOGIN.fullmatch(word) for word in re.split(r"[,;\s]+", written) if word]
    return joined(match[1] for match in matches if match) if all(matches) else None


def _due(written: str) -> str | None:
    try:
        return date.fromisoformat(written).isoformat() if _DAY.fullmatch(written) else None
    except ValueError:
        return None


def _priority(written: str) -> str | None:
    return written.upper() if re.fullmatch(r"[Pp][0-4]", written) else None


_READ: Mapping[Field, Callable[[str], str | None]] = {
    Field.OWNER: _owner,
    Field.DUE: _due,
    Field.PRIORITY: _priority,
}
_FORMS = {Field.OWNER: "logins, like @alice", Field.DUE: "a day, like 2026-02-15", Field.PRIORITY: "P0 to P4"}
