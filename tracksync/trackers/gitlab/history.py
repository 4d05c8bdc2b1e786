"""What people did to an issue in the one round trip between our re-read and our write, and what our write undid. Pure.

GitLab writes it into system notes ("System notes", docs.gitlab.com). Labels are no part of it: they are added and
removed by name, so nobody's is lost.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tracksync.model import Field, Overwritten, Written

_TITLE = re.compile(r"changed title from \*\*.*\*\* to \*\*(?P<title>.*)\*\*", re.DOTALL)
_ASSIGNED = re.compile(r"(?P<un>un)?assigned (?:to )?(?P<names>(?:@[\w.-]+(?:, | and )?)+)")
_DUE = re.compile(r"changed due date to (?P<due>[A-Z][a-z]+ \d{2}, \d{4})|removed due date")


def seen_at(written: Written) -> datetime:
    """The last change that the re-read showed."""
    return datetime.fromisoformat(written.before.version.partition("~")[0])


def overwritten(written: Written, notes: Iterable[Mapping[str, Any]], viewer: str) -> list[Overwritten]:
    """Other people's edits since the re-read whose outcome is no longer there."""
    found = []
    for note in notes:
        who = str((note.get("author") or {}).get("username") or "somebody")
        later = note.get("system") and datetime.fromisoformat(str(note["created_at"])) > seen_at(written)
        if later and who != viewer:
            lost = _lost(written, str(note.get("body") or ""))
            found += [Overwritten(written.before.ref, name, who, said) for name, said in lost]
    return found


def _lost(written: Written, said: str) -> Iterator[tuple[str, str]]:
    """(field, what the person had made of it) of a note whose outcome neither the re-read nor the answer shows."""
    before, after = written.before, written.after
    if said == "changed the description" and written.patch.marker is not None:
        yield "text", ""
    if (match := _TITLE.fullmatch(said)) and match["title"] not in (before.title, after.title):
        yield Field.TITLE.value, match["title"]
    if (match := _DUE.fullmatch(said)) is not None:
        due = datetime.strptime(match["due"], "%B %d, %Y").date().isoformat() if match["due"] else ""
        if due not in (before.due, after.due):
            yield Field.DUE.value, due or "none"
    for match in _ASSIGNED.finditer(said):
        for name in re.findall(r"@([\w.-]*\w)", match["names"]):
            there = [name.lower() in one.owner.split(",") for one in (before, after)]
            if all(one is bool(match["un"]) for one in there):
                yield Field.OWNER.value, f"nobody instead of {name}" if match["un"] else name
