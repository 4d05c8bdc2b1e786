"""Items of Markdown lists: what the list and the task list have in common."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracksync.documents.blocks import Entry, Outline
from tracksync.documents.forms import groups, inline, item_text, leading, names, pieces
from tracksync.documents.forms.groups import Group
from tracksync.documents.forms.inline import Inline, Slice
from tracksync.documents.forms.pieces import Span
from tracksync.documents.forms.placed import Placed, found
from tracksync.documents.found import Found, Page
from tracksync.documents.words import Role, Words
from tracksync.model import Considered, SkipReason

DETAILS = 40
"""Lines of an item that are searched for more than its text."""


class Owners(NamedTuple):
    """Where the items of a list have their owners: a mere name at the end, a login in brackets in front."""

    last: bool
    first: bool


def find(page: Page, words: Words, boxed: bool) -> Iterator[Found]:
    """The items of all lists of action items, those with a check box or those without."""
    structure = page.structure
    for group in groups.groups(page, words):
        if not group.taken or structure is None:
            continue
        texts = [_text(page, entry) for entry in group.entries]
        owners = Owners(_all_named(texts, words), _led(texts, words))
        for entry in group.entries:
            first = groups.start(page, entry)
            box = groups.BOX.match(page.source.lines[first.line], first.start, first.end)
            if (box is not None) is boxed:
                yield _item(page, structure, group, entry, first, box.end() if box else first.start, words, owners)


def _text(page: Page, entry: Entry) -> str:
    """The first line of an item without its check box."""
    first = groups.start(page, entry)
    return groups.BOX.sub("", page.source.lines[first.line][first.start : first.end], count=1)


def _all_named(texts: Sequence[str], words: Words) -> bool:
    """Whether each item of a list ends in a name, and some are known: then all the names are owners."""
    if len(texts) < 2:
        return False
    owners = [item_text.peel(text, words, named=True).spans.get(Role.OWNER) for text in texts]
    said = [text[span.start : span.end] for text, span in zip(texts, owners, strict=True) if span]
    return len(said) == len(texts) and any(names.titled(one, words) for one in said)


def _led(texts: Sequence[str], words: Words) -> bool:
    """Whether most items of a list have a login in brackets in front, and one is known: then all are owners."""
    said = [one for one in map(leading.in_brackets, texts) if one and names.logins(one, words)]
    return 2 * len(said) > len(texts) > 1 and any(names.known(one, words) for one in said)


def consider(page: Page, words: Words, boxed: bool) -> Iterator[Considered]:
    """Every list whose first item has a check box, or has none."""
    for group in groups.groups(page, words):
        first = groups.start(page, group.entries[0])
        if (groups.BOX.match(page.source.lines[first.line], first.start, first.end) is not None) is boxed:
            format = "tasklist" if boxed else "list"
            yield Considered(group.first + 1, format, group.taken, group.reason)


def _item(
    page: Page, structure: Outline, group: Group, entry: Entry, first: Slice, begin: int, words: Words, owners: Owners
) -> Found:
    main, details = lines(page, structure, entry, first, begin, words)
    text = inline.of(page.source, (*main, *details))
    length = sum(one.end - one.start + 1 for one in main) - 1
    peeled = item_text.peel(text.text[:length], words, begin > first.start, owners.last, owners.first)
    spans = {**values_below(text, len(main), words), **peeled.spans}
    at = page.source.offset(first.line, first.start)
    box = (at, at + len("[ ]")) if begin > first.start else None
    placed = Placed(text, Span(peeled.start, peeled.end), spans, length, box)
    status = page.source.text[slice(*box)] if box else group.status
    outside = {Role.OWNER: group.owner, Role.STATUS: status, Role.PRIORITY: group.priority}
    around = tuple(page.source.lines[entry.first : min(entry.last, entry.first + DETAILS)])
    skip = _skip(text.text[:length].strip(), entry)
    return found("tasklist" if box else "list", placed, first.start + 1, group.first, outside, around, skip)


def _skip(text: str, entry: Entry) -> SkipReason | None:
    """An item without text, or only a label with nothing behind or below it: a template's line to be filled in."""
    return SkipReason.BLANK if not text or (text.endswith((":", "：")) and entry.last == entry.text) else None


def values_below(text: Inline, main: int, words: Words) -> dict[Role, Span]:
    """The values in the lines behind the first `main` ones: each a label and its value."""
    spans: dict[Role, Span] = {}
    at = 0
    for number, one in enumerate(text.slices):
        end = at + one.end - one.start
        if number >= main and (value := pieces.labelled(text.text, at, end, words)):
            spans.setdefault(*value)
        at = end + 1
    return spans


def lines(
    page: Page, structure: Outline, entry: Entry, first: Slice, begin: int, words: Words
) -> tuple[list[Slice], list[Slice]]:
    """The lines of an item's own text, and those behind or below it that are a label and its value."""
    main, details = [Slice(first.line, min(begin, first.end), first.end)], []
    for number in range(entry.first + 1, min(entry.text, entry.first + DETAILS)):
        one = trimmed(page, number)
        if pieces.labelled(page.source.lines[number], one.start, one.end, words):
            details.append(one)
        elif not details:
            main.append(one)
    details.extend(groups.fields(page, structure, entry, words))
    return main, details


def trimmed(page: Page, number: int) -> Slice:
    """A line without the blanks around it."""
    line = page.source.lines[number]
    start = len(line) - len(line.lstrip(" \t"))
    return Slice(number, start, max(start, len(line.rstrip(" \t"))))
