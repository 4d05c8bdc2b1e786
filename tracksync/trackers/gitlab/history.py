"""What people did to an issue in the one round trip between our re-read and our write, and what our write undid. Pure.

GitLab writes it into system notes ("System notes", docs.gitlab.com). Labels are no part of it: they are added and
removed by name, so nobody's is lost.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tracksync.model import Bond, Field, Issue, Overwritten, Written

_TITLE = re.compile(r"changed title from \*\*.*\*\* to \*\*(?P<title>.*)\*\*", re.DOTALL)
_MARKED = re.compile(r"\{([+-])(.*?)\1\}", re.DOTALL)
"""What differs between two titles is marked as `{+new+}`."""
_TEXT = re.compile(r"changed the description|marked the (?:checklist item|task) ")
_ASSIGNED = re.compile(r"(?P<un>un)?assigned (?:to )?(?P<names>(?:@[\w.-]+(?:, and |, | and )?)+)")
_MOVED = re.compile(r"moved to (?P<project>[^\s#]+)#(?P<number>[1-9][0-9]*)")
_DUE = re.compile(r"changed due date to (?P<due>[A-Z][a-z]+ +\d{1,2}, \d{4})|removed due date")

_SAID = {Field.TITLE: _TITLE, Field.DUE: _DUE, Field.OWNER: _ASSIGNED}
"""What tells of a field. Labels and states have no notes."""


def overwritten(written: Written, notes: Iterable[Mapping[str, Any]], viewer: str) -> list[Overwritten]:
    """Other people's edits between the re-read and our write whose outcome is no longer there."""
    found = []
    seen, wrote = (_changed_at(one) for one in (written.before, written.after))
    for note in notes:
        who = str((note.get("author") or {}).get("username") or "somebody")
        between = note.get("system") and seen < datetime.fromisoformat(str(note["created_at"])) <= wrote
        if between and who != viewer:
            lost = _lost(written, str(note.get("body") or ""))
            found += [Overwritten(written.before.ref, name, who, said) for name, said in lost]
    return found


def editor(which: Field, notes: Iterable[Mapping[str, Any]]) -> str:
    """Who changed a field last, by notes of which the newest comes first; "" where they don't tell."""
    for note in notes:
        if note.get("system") and which in _SAID and _SAID[which].search(str(note.get("body") or "")):
            return str((note.get("author") or {}).get("username") or "")
    return ""


def moved_to(notes: Iterable[Mapping[str, Any]]) -> tuple[str, int] | None:
    """(project, number) of where an issue was moved, by its system notes; None where they don't say."""
    for note in notes:
        match = _MOVED.fullmatch(str(note.get("body") or "")) if note.get("system") else None
        if match is not None:
            return match["project"], int(match["number"])
    return None


def _changed_at(issue: Issue) -> datetime:
    return datetime.fromisoformat(issue.version.partition("~")[0])


def _lost(written: Written, said: str) -> Iterator[tuple[str, str]]:
    """(field, what the person had made of it) of a note whose outcome neither the re-read nor the answer shows."""
    before, after = written.before, written.after
    if _TEXT.match(said) and (written.patch.marker is not None or written.patch.bond is not Bond.KEEP):
        yield "text", ""
    if (match := _TITLE.fullmatch(said)) is not None:
        title = _MARKED.sub(r"\2", match["title"])
        if title not in (before.title, after.title):
            yield Field.TITLE.value, title
    if (match := _DUE.search(said)) is not None:
        due = datetime.strptime(match["due"], "%B %d, %Y").date().isoformat() if match["due"] else ""
        if due not in (before.due, after.due):
            yield Field.DUE.value, due or "none"
    for match in _ASSIGNED.finditer(said):
        for name in re.findall(r"@([\w.-]*\w)", match["names"]):
            there = [name.lower() in one.owner.split(",") for one in (before, after)]
            if all(one is bool(match["un"]) for one in there):
                yield Field.OWNER.value, f"nobody instead of {name}" if match["un"] else name
