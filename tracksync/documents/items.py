"""From what a form found to an `ActionItem`: the same for every form."""

import re
from collections.abc import Iterator
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from tracksync.documents import dates, links, references, statuses, unfilled, values
from tracksync.documents.found import Found
from tracksync.documents.links import LinkPlace
from tracksync.documents.markdown import plain, struck
from tracksync.documents.words import Role, Words, plain_word
from tracksync.model import ActionItem, Field, Problem, Reading, Readings, Severity, SkipReason, Status

_QUOTED = 60
_LAST_NUMBER = re.compile(
    r"(?P<before>\w*)[.:]?(?:[\s,;&+/]{1,3}(?:and\s)?#[0-9]{1,9}){0,9}?[\s,;&+/]{1,3}(?:and\s)?(?P<number>#[0-9]{1,9})[.]?\s*\Z"
)
"""A number at the end, others before it, and the word before them."""
_FIELDS = {Role.OWNER: Field.OWNER, Role.STATUS: Field.STATUS, Role.PRIORITY: Field.PRIORITY}


class Values(NamedTuple):
    """One item as read, and what could not be read of it."""

    item: ActionItem
    problems: tuple[Problem, ...]


def read(found: Found, index: int, path: str, words: Words, heading: int = 0) -> Values:
    """The item with all its values; `heading`: see `ActionItem`. Problems are told of items that are not skipped."""
    texts = found.texts
    raw = texts[Role.ACTION]
    action = shown(found, raw)
    owners, owner_reading = values.owners(texts.get(Role.OWNER), words)
    due, due_reading = values.due(texts.get(Role.DUE), words)
    priority, priority_reading = values.priority(texts.get(Role.PRIORITY), words)
    status, status_reading = _status(texts.get(Role.STATUS), words)
    place = links.place(texts.get(Role.LINK), texts.get(Role.STATUS), found.addable, words)
    title_reading = Reading.SET if action else Reading.EMPTY
    given = Reading.SET in (owner_reading, due_reading, place.reading)
    crossed_out = found.struck or struck(raw) is not None
    skip = found.skip or _skip(action, raw, status, place, given, words) or _crossed_out(crossed_out, place)
    item = ActionItem(
        index=index,
        action=action,
        action_raw=action if action == raw else raw,
        owners=owners,
        owner_raw=_interned(texts.get(Role.OWNER)),
        due=due,
        due_raw=_interned(texts.get(Role.DUE)),
        priority=priority,
        priority_raw=_interned(texts.get(Role.PRIORITY)),
        status=status,
        status_raw=_interned(texts.get(Role.STATUS)),
        kind=values.kind(texts[Role.KIND], words) if Role.KIND in texts else None,
        links=_references(found),
        link=place.link,
        skip=skip,
        line=found.line,
        column=found.column,
        format=found.format,
        box=found.box,
        above=tuple(_FIELDS[role] for role in found.above),
        readings=_shared(title_reading, owner_reading, due_reading, priority_reading, status_reading, place.reading),
        heading=heading,
    )
    problems = (
        *_problems(item, place, path),
        *_undecided(item, path, crossed_out),
        *_ambiguous(item, found, path, words),
    )
    return Values(item, () if skip else problems)


def shown(found: Found, text: str) -> str:
    """A text as its form shows it: without Markdown, if that is what it is."""
    return plain(text) if found.markdown else " ".join(text.split())


def _status(text: str | None, words: Words) -> tuple[Status | None, Reading]:
    if text is None:
        return None, Reading.ABSENT
    cell = statuses.read(text, words)
    return cell.status, cell.reading


def _interned(text: str | None) -> str | None:
    return None if text is None else intern(text)


@lru_cache(maxsize=512)
def _shared(*readings: Reading) -> Readings:
    return Readings(*readings)


def _references(found: Found) -> tuple[str, ...]:
    own = found.around or [text for role, text in found.texts.items() if role is not Role.INDEX]
    texts = [text for text in own if references.likely(text)]
    return values.names([one for text in texts for one in references.listed(text)]) if texts else ()


def _skip(
    action: str, raw: str, status: Status | None, place: LinkPlace, given: bool, words: Words
) -> SkipReason | None:
    """`given`: an owner, a day or an issue stands there, so that even an action without a name is one."""
    reading = values.emptiness(values.bare(raw), words)
    if reading is Reading.PLACEHOLDER and any(one.isalnum() for one in raw):
        return SkipReason.PLACEHOLDER
    if reading is Reading.PLACEHOLDER or not action or reading is Reading.EMPTY:
        return SkipReason.BLANK
    linked = place.reading is Reading.SET
    if (not linked and unfilled.exemplary(action, words)) or (not given and unfilled.nameless(action, words)):
        return SkipReason.PLACEHOLDER
    if place.elsewhere:
        return SkipReason.TRACKED_ELSEWHERE
    if status and status.closed and not linked:
        return SkipReason.DONE_WITHOUT_LINK
    return None


def _crossed_out(crossed_out: bool, place: LinkPlace) -> SkipReason | None:
    """People cross out what is done and what is dropped: no new issue in either case."""
    return SkipReason.STRUCK if crossed_out and place.reading is not Reading.SET else None


def _undecided(item: ActionItem, path: str, crossed_out: bool) -> Iterator[Problem]:
    if crossed_out and not (item.status and item.status.closed):
        message = "this item is crossed out, and its status does not say whether it was done or dropped"
        yield Problem(
            "struck-out", Severity.WARNING, path, item.line, f"{message}; write Complete or Won't Do beside it"
        )


def _ambiguous(item: ActionItem, found: Found, path: str, words: Words) -> Iterator[Problem]:
    """`Cache the answers #12` names its issue, `Replace disk #12` does not, and nothing tells which is which."""
    number = _LAST_NUMBER.search(item.action_raw[-_QUOTED:]) if found.addable and not item.link else None
    if number and plain_word(number["before"]) not in words.mentions:
        named = number["number"]
        message = f"{named} at its end may be its issue or a part of its text, and is read as text"
        yield Problem(
            "link-or-text", Severity.NOTE, path, item.line, f"{message}; if it is its issue, write it as ({named})"
        )


def _problems(item: ActionItem, place: LinkPlace, path: str) -> Iterator[Problem]:
    def problem(rule: str, message: str) -> Problem:
        return Problem(rule, Severity.WARNING, path, item.line, message)

    if item.readings.due is Reading.UNREADABLE and item.due_raw:
        yield problem(*dates.complaint(values.bare(item.due_raw)[:_QUOTED]))
    if item.readings.priority is Reading.UNREADABLE and item.priority_raw:
        yield problem("unknown-priority", f'priority "{item.priority_raw[:_QUOTED]}" is not known; write P0 to P4')
    if item.readings.status is Reading.UNREADABLE and item.status_raw:
        message = "is not known; use a word like Not Started, In Progress or Complete, or add it under `status`"
        yield problem("unknown-status", f'status "{item.status_raw[:_QUOTED]}" {message}')
    if place.reading is Reading.UNREADABLE:
        yield problem(
            "several-links", "several issues stand where one link belongs; keep the one that tracks this item"
        )
