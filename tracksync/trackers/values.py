"""What every tracker can hold: the canonical values of an issue, as they read back. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from tracksync.model import Field, Status
from tracksync.owners import joined

TITLE_LIMIT = 256
"""Characters, as on GitHub."""
_PRIORITY = re.compile("P[0-4]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters that are no white space, and those that turn the direction of what follows."""
_STATUSES = frozenset(status.value for status in Status)


def hold(values: Mapping[Field, str]) -> dict[Field, str]:
    """These values as they read back after storing them; what can't be stored is left out."""
    held = {which: _HOLD[which](value) for which, value in values.items() if which in _HOLD}
    return {which: value for which, value in held.items() if value is not None}


def storable(text: str) -> str:
    """`text` without lone surrogates, which have no place in UTF-8."""
    return _SURROGATE.sub("\ufffd", text)


def canonical_owner(value: str) -> str:
    """Logins as they are stored."""
    return joined(login.strip() for login in storable(value).split(","))


def _title(value: str) -> str | None:
    return " ".join(_CONTROL.sub("", storable(value)).split())[:TITLE_LIMIT].rstrip() or None


def _due(value: str) -> str | None:
    if not value:
        return ""
    try:
        return date.fromisoformat(value).isoformat() if _DAY.fullmatch(value) else None
    except ValueError:
        return None


def _priority(value: str) -> str | None:
    return value if not value or _PRIORITY.fullmatch(value) else None


def _status(value: str) -> str | None:
    return value if value in _STATUSES else None


_HOLD = {
    Field.TITLE: _title,
    Field.OWNER: canonical_owner,
    Field.DUE: _due,
    Field.PRIORITY: _priority,
    Field.STATUS: _status,
}
