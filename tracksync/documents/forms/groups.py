"""Which lists of a document are action items, and why: by the label above a list, else by the section around it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from tracksync.documents import sections, statuses
from tracksync.documents.blocks import Block, Entry, Outline
from tracksync.documents.forms import labels, names, titles
from tracksync.documents.forms.asides import aside
from tracksync.documents.forms.inline import Slice
from tracksync.documents.forms.item_text import peel, several
from tracksync.documents.forms.labels import Label
from tracksync.documents.forms.pieces import labelled
from tracksync.documents.forms.urgency import urgency
from tracksync.documents.found import Page
from tracksync.documents.sections import Section
from tracksync.documents.words import Role, Sense, Words

_MARKER = re.compile(r"[ \t>]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|\Z)")
BOX = re.compile(r"\[[ xX~-]\](?:[ \t]+|\Z)")

FIELDS = 12
"""Lines below an item that may be its fields."""


class Group(NamedTuple):
    """Items of one list. The values: what the label or heading above says of them all, "" when nothing."""

    first: int
    entries: tuple[Entry, ...]
    taken: bool
    reason: str
    owner: str = ""
    status: str = ""
    priority: str = ""


def groups(page: Page, words: Words) -> Iterator[Group]:
    """Every list that stands in no other, with its verdict; items nested under a label are a group of their own."""
    structure = page.structure
    if structure is None or not structure.entries:
        return
    above = {block.last: block for block in structure.paragraphs}
    structure, inside = labels.apart(structure, page.source.lines, words)
    lists: dict[int, list[Entry]] = {}
    for entry in structure.entries:
        if entry.depth == 0 and not entry.quoted:
            lists.setdefault(entry.group, []).append(entry)
    owned = {line for title in titles.titles(page, words) for line in range(title.main[0].line, title.last)}
    texts = {first: inside.get(first) or labels.above(page, first, above, words) for first in lists}
    parts = {first: bisect_left(structure.headings, first, key=lambda heading: heading.line) for first in lists}
    named = {parts[first] for first, text in texts.items() if text and labels.of(text, words).owner}
    for first, entries in lists.items():
        if first in owned:
            yield Group(first, tuple(entries), False, "its lines are the details of the item above")
            continue
        section = sections.around(structure, first, words)
        text = texts[first]
        label = labels.of(text, words, parts[first] in named) if text else None
        group = _verdict(page, structure, entries, section, label, words)
        if group.taken and (reason := _aside(page, entries, above, words)):
            group = group._replace(taken=False, reason=reason)
        yield from _nested(page, structure, group, words)


def _aside(page: Page, entries: Sequence[Entry], above: dict[int, Block], words: Words) -> str:
    """Why the items of a list in a section of action items are none."""
    lines = page.source.lines
    texts = [BOX.sub("", lines[one.line][one.start : one.end]) for one in (start(page, entry) for entry in entries)]
    block = labels.before(lines, entries[0].group, above)
    return aside(texts, "\n".join(lines[block.first : block.last]).rstrip() if block else "", words)


def _verdict(
    page: Page, structure: Outline, entries: Sequence[Entry], section: Section, label: Label | None, words: Words
) -> Group:
    first = entries[0].group
    means, name = section
    if label and (label.sense in (Sense.ITEMS, Sense.OTHER) or (label.sense and means is None)):
        means, name = label.sense, label.text
    heading = labels.headed(structure, first)
    said = label or Label("", None, "", "")

    def verdict(taken: bool, reason: str) -> Group:
        owner = said.owner or (heading if names.somebody(heading, words) else "")
        values = (owner, said.status, said.priority or urgency(heading, words))
        return Group(first, tuple(entries), taken, reason, *values)

    if all(_field(page, entry, words) for entry in entries):
        return verdict(False, "its lines are the fields of the item above")
    if means is None:
        return verdict(False, "no heading or label above it names action items")
    if means is Sense.OTHER:
        return verdict(False, f'"{name}" names something else')
    if means is not Sense.ITEMS and _procedure(structure, entries):
        return verdict(False, f'steps with code under "{name}" are a procedure')
    if means is Sense.HINT and not any(_shows(page, entry, words) for entry in entries):
        return verdict(False, f'under "{name}" items count only with an owner, a date, a priority or a check box')
    if means is Sense.PAST and not any(_open(page, entry, words) for entry in entries):
        return verdict(False, f'under "{name}" items count only with an open check box, a due date or a priority')
    return verdict(True, f'"{name}" names action items')


def _procedure(structure: Outline, entries: Sequence[Entry]) -> bool:
    return any(one.first <= fence.first < one.last for fence in structure.fences for one in entries[:20])


def _shows(page: Page, entry: Entry, words: Words) -> bool:
    """Whether an item shows what only action items have."""
    first = start(page, entry)
    text = page.source.lines[first.line][first.start :]
    return bool(BOX.match(text)) or any(
        role in peel(text, words).spans for role in (Role.OWNER, Role.DUE, Role.PRIORITY, Role.LINK)
    )


def _open(page: Page, entry: Entry, words: Words) -> bool:
    """Whether an item shows that it is still to be done."""
    first = start(page, entry)
    text = page.source.lines[first.line][first.start : first.end]
    box = BOX.match(text)
    spans = peel(text, words).spans
    shown, due = spans.get(Role.STATUS), spans.get(Role.DUE)
    said = box.group() if box else text[shown.start : shown.end] if shown else ""
    status = statuses.lookup(said, words)
    return bool((status and not status.closed) or (due and due.labelled) or Role.PRIORITY in spans)


def start(page: Page, entry: Entry) -> Slice:
    """The first line of an item behind its marker, without blanks at the end."""
    line = page.source.lines[entry.first]
    marker = _MARKER.match(line)
    begin = marker.end() if marker else 0
    return Slice(entry.first, begin, max(begin, len(line.rstrip(" \t"))))


def children(structure: Outline, entry: Entry) -> list[Entry]:
    """The items of the lists right inside an item."""
    at = bisect_right(structure.entries, entry.first, key=lambda one: one.first)
    inside = takewhile(lambda one: one.first < entry.last, islice(structure.entries, at, None))
    return [one for one in inside if one.depth == entry.depth + 1]


def fields(page: Page, structure: Outline, entry: Entry, words: Words) -> Iterator[Slice]:
    """The lines below an item that are a label and its value: nested in it, or a list of them right behind it."""
    inner = children(structure, entry)
    if not inner:
        at = bisect_left(structure.entries, entry.last, key=lambda one: one.first)
        behind = takewhile(lambda one: one.group == entry.last, islice(structure.entries, at, None))
        inner = [one for one in behind if one.depth == 0]
        inner = inner if all(_field(page, one, words) for one in inner[:FIELDS]) else []
    for one in inner[:FIELDS]:
        if _field(page, one, words):
            yield start(page, one)


def _nested(page: Page, structure: Outline, group: Group, words: Words) -> Iterator[Group]:
    """A group, with the items that are only labels of nested ones made groups of those."""
    if not group.taken:
        yield group
        return
    own = []
    heads = [_heads(page, structure, entry, words) for entry in group.entries]
    named = any(label and label.owner for label in heads)
    for entry, label in zip(group.entries, heads, strict=True):
        label = label or (_heads(page, structure, entry, words, named) if named else None)
        if label is None:
            own.append(entry)
            continue
        inner = tuple(children(structure, entry))
        taken = label.sense is not Sense.OTHER
        reason = group.reason if taken else f'"{label.text}" names something else'
        values = (label.owner or group.owner, label.status or group.status, label.priority or group.priority)
        yield Group(entry.first, inner, taken, reason, *values)
    if own:
        yield group._replace(entries=tuple(own))


def _heads(page: Page, structure: Outline, entry: Entry, words: Words, named: bool = False) -> Label | None:
    """What an item says that is only the label of the items nested in it."""
    first = start(page, entry)
    text = page.source.lines[first.line][first.start : first.end]
    if entry.text != entry.first + 1 or entry.last == entry.text or not text or BOX.match(text):
        return None
    inner = children(structure, entry)
    if not inner or any(_field(page, one, words) for one in inner):
        return None
    label = labels.of(text, words, named)
    return label if label.tells or labels.divides(text, words) else None


def _field(page: Page, entry: Entry, words: Words) -> bool:
    first = start(page, entry)
    line = page.source.lines[first.line]
    return labelled(line, first.start, first.end, words) is not None and not several(
        line[first.start : first.end], words
    )
