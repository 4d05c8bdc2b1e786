"""What `tracksync doctor` looks at, one check at a time."""

from enum import StrEnum
from typing import NamedTuple


class Health(StrEnum):
    """How a check went."""

    OK = "ok"
    WARNING = "warning"
    """A run works, and something is worth a look."""
    FAILED = "failed"
    """A run can't do its work until somebody acts."""


class Check(NamedTuple):
    """One thing that was looked at. `hint`: the next command or click, or what else is good to know; may be ""."""

    name: str
    health: Health
    message: str
    hint: str = ""


def ok(name: str, message: str, hint: str = "") -> Check:
    """A check that went well."""
    return Check(name, Health.OK, message, hint)


def warning(name: str, message: str, hint: str = "") -> Check:
    """A check that is worth a look."""
    return Check(name, Health.WARNING, message, hint)


def failed(name: str, message: str, hint: str = "") -> Check:
    """A check that failed."""
    return Check(name, Health.FAILED, message, hint)
