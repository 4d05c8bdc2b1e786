"""An item in running text: the places of its values, what can be written there, and how."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tracksync.documents import boxes
from tracksync.documents.forms.inline import Inline
from tracksync.documents.forms.pieces import Span
from tracksync.documents.found import Found, Page
from tracksync.documents.markdown import is_plain, struck
from tracksync.documents.text import Splice
from tracksync.documents.words import Role
from tracksync.model import SkipReason

_EMPTIED = {Role.OWNER: "unassigned", Role.DUE: "no due date", Role.PRIORITY: "no priority"}
"""What is written where a value goes that has no label: an empty place could not be told from no place."""

_MARKS = re.compile(r"[^\w\s]+")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an item's values stand in its text. `end`: where a status or link that is missing is added."""

    inline: Inline
    action: Span
    spans: Mapping[Role, Span]
    end: int
    box: tuple[int, int] | None = None
    """Where its check box stands in the document."""


def found(
    format: str,
    placed: Placed,
    column: int,
    group: int,
    outside: Mapping[Role, str],
    around: tuple[str, ...],
    skip: SkipReason | None = None,
) -> Found:
    """An item by its places. `outside`: what its check box says, and a label above, which can't be written."""
    text = placed.inline.text
    boxed = placed.box is not None
    texts = {role: said for role, said in outside.items() if said and role not in placed.spans}
    above = tuple(role for role in texts if not (boxed and role is Role.STATUS))
    texts.update({role: text[span.start : span.end].replace("\n", " ") for role, span in placed.spans.items()})
    texts[Role.ACTION] = text[placed.action.start : placed.action.end].replace("\n", " ")
    texts.setdefault(Role.STATUS, "")
    line = placed.inline.slices[0].line + 1
    addable = Role.LINK not in texts
    crossed_out = struck(text[: placed.end]) is not None
    return Found(format, line, column, texts, placed, group, True, addable, skip, around, boxed, crossed_out, above)


def hold(found: Found, role: Role) -> bool:
    """What stands in one line of the item, and a status or link that it lacks; the action only while it is plain."""
    placed = found.place
    assert isinstance(placed, Placed)
    if role is Role.ACTION:
        return is_plain(found.texts[role]) and placed.inline.one_line(placed.action.start, placed.action.end)
    if role is Role.STATUS and placed.box:
        return True
    span = placed.spans.get(role)
    if span is None:
        return role is Role.LINK or (role is Role.STATUS and not found.texts[role])
    return placed.inline.one_line(span.start, span.end)


def edit(page: Page, found: Found, texts: Mapping[Role, str]) -> list[Splice]:
    """Value by value; a status or a link that is missing goes into brackets at the end, or beside the other one."""
    placed = found.place
    assert isinstance(placed, Placed)
    splices, missing = [], {}
    for role, text in texts.items():
        span = placed.action if role is Role.ACTION else placed.spans.get(role)
        if role is Role.STATUS and placed.box:
            old = page.source.text[slice(*placed.box)]
            splices.append(Splice(*placed.box, text if boxes.says(old) is None else boxes.ticked(old, text == "[x]")))
        elif span is None:
            missing[role] = text
        else:
            old = placed.inline.text[span.start : span.end]
            splices.append(placed.inline.splice(page.source, span.start, span.end, _text(role, span, old, text)))
    if missing:
        splices.append(_added(page, placed, missing))
    return splices


def _text(role: Role, span: Span, old: str, new: str) -> str:
    if not new:
        return "none" if span.labelled else _EMPTIED.get(role, "")
    if role is Role.STATUS and not re.search(r"\w", old) and (mark := _MARKS.match(new)):
        return mark.group()
    return new


def _added(page: Page, placed: Placed, missing: Mapping[Role, str]) -> Splice:
    text = placed.inline.text
    new = ", ".join(missing[role] for role in (Role.STATUS, Role.LINK) if missing.get(role))
    beside = placed.spans.get(Role.LINK if Role.STATUS in missing else Role.STATUS)
    if (
        beside
        and len(missing) == 1
        and text[beside.start - 1 : beside.start] == "("
        and text[beside.end : beside.end + 1] == ")"
    ):
        at = beside.start if Role.STATUS in missing else beside.end
        return placed.inline.splice(page.source, at, at, f"{new}, " if Role.STATUS in missing else f", {new}")
    return placed.inline.splice(page.source, placed.end, placed.end, f" ({new})")
