"""The owners that no login is known for, as a file to fill in and as JSON (docs/schemas/unknown-owners.json)."""

from collections.abc import Iterator, Sequence

from tracksync.reports.json_text import json_text
from tracksync.reports.words import counted
from tracksync.setup.scalars import comment, quoted
from tracksync.setup.unknown import UnknownOwner

_SHOWN = 3
_LONGEST = 200
"""Characters; a longer text is no name, and YAML allows no key over 1,024."""


def owners_json(owners: Sequence[UnknownOwner]) -> str:
    """Every name with its spellings and all its places."""
    return json_text({"schema": 1, "owners": [_owner(owner) for owner in owners]})


def owners_file(owners: Sequence[UnknownOwner]) -> str:
    """A YAML file in which each name is a comment until somebody writes a login behind it."""
    return "\n".join(_lines(owners)) + "\n"


def _owner(owner: UnknownOwner) -> dict[str, object]:
    return {
        "name": owner.name,
        "spellings": list(owner.spellings),
        "items": len(owner.places),
        "like": owner.like,
        "known": [{"name": name, "owner": known} for name, known in owner.known],
        "places": [{"path": path, "line": line} for path, line in owner.places],
    }


def _lines(owners: Sequence[UnknownOwner]) -> Iterator[str]:
    if not owners:
        yield "# Every owner of an open action item has a login."
        return
    verb = "has" if len(owners) == 1 else "have"
    yield f"## {counted(len(owners), 'owner')} of open action items {verb} no login. Write the login behind a name,"
    yield '## or label:NAME for a team with a label, and remove the "# " in front; what'
    yield "## stays a comment is left out."
    yield "## Save this as owners.yml, and name it in tracksync.yml: `owners: owners.yml`."
    for owner in owners:
        if owner.like is None:
            yield ""
        yield from _about(owner)
        key = quoted(owner.name)
        yield f"# {key}:" if len(key) <= _LONGEST else _remark(f"no name: {owner.name}")


def _about(owner: UnknownOwner) -> Iterator[str]:
    yield _remark(_places(owner))
    if len(owner.spellings) > 1:
        yield _remark(f"also written {', '.join(owner.spellings[1:])}")
    if owner.like is not None:
        yield _remark(f"probably {owner.like}")
    for name, known in owner.known:
        yield _remark(f"perhaps {known}, like {name}")


def _remark(text: str) -> str:
    """A comment that stays one when somebody removes the first "# " of every line."""
    return "#" + comment(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _places(owner: UnknownOwner) -> str:
    shown = ", ".join(f"{path}:{line}" for path, line in owner.places[:_SHOWN])
    more = f" and {len(owner.places) - _SHOWN} more" if len(owner.places) > _SHOWN else ""
    return f"{counted(len(owner.places), 'item')}: {shown}{more}"
