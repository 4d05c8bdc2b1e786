"""How a document would write a value: in the words, marks and form that it uses already."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracksync.documents import boxes, dates, statuses, values, wordlist
from tracksync.documents.found import Found
from tracksync.documents.markdown import escaped
from tracksync.documents.words import Role, Words, plain_word
from tracksync.model import Field, ItemEdit, Status

ROLES: Mapping[Field, Role] = {
    Field.TITLE: Role.ACTION,
    Field.OWNER: Role.OWNER,
    Field.DUE: Role.DUE,
    Field.PRIORITY: Role.PRIORITY,
    Field.STATUS: Role.STATUS,
}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The other items of a document, those of the same table first: where wordings are learnt."""

    found: tuple[Found, ...]
    words: Words
    names: Mapping[str, str]

    def texts(self, role: Role, own: Found) -> Iterator[str]:
        """What stands at this place of the item itself, then of its table, then of the rest."""
        yield own.texts[role]
        others = [one for one in self.found if one is not own and role in one.texts and not one.box]
        for near in (True, False):
            yield from (one.texts[role] for one in others if (one.group == own.group) is near)


def text(edit: ItemEdit, current: str, found: Found, near: Neighbours) -> str:
    """The new text of the place where an edit's field stands; `current` is what stands there now."""
    if edit.field is Field.STATUS:
        return _status(edit, current, found, near)
    if edit.text is not None:
        return edit.text
    if not edit.value:
        return ""
    if edit.field is Field.TITLE:
        return escaped(edit.value) if found.markdown else edit.value
    if edit.field is Field.OWNER:
        return _owners(edit.value, current, found, near)
    if edit.field is Field.DUE:
        return _due(edit.value, found, near)
    return _priority(edit.value, found, near)


def names(value: str, handles: bool, near: Neighbours) -> tuple[str, ...]:
    """Logins as the document spells these people."""
    logins = [login for login in value.split(",") if login]
    return tuple(f"@{login}" if handles or login not in near.names else near.names[login] for login in logins)


def _owners(value: str, current: str, found: Found, near: Neighbours) -> str:
    return values.separator(current).join(names(value, writes_handles(found, near), near))


def writes_handles(found: Found, near: Neighbours) -> bool:
    """Whether owners stand in the cell, else in its column, with @. The default is yes."""
    filled = (text for text in near.texts(Role.OWNER, found) if values.owners(text, near.words)[0])
    return "@" in next(filled, "@")


def _due(value: str, found: Found, near: Neighbours) -> str:
    filled = [text for text in near.texts(Role.DUE, found) if values.due(text, near.words)[0]]
    like = next(iter(filled), "")
    return _dressed(like, values.bare(like), dates.write(value, values.bare(like), map(values.bare, filled[1:])))


def _dressed(old: str, core: str, new: str) -> str:
    """The new text in the emphasis of the old one."""
    return old.replace(core, new) if core and old.count(core) == 1 and old.strip("*_`") == core else new


def _priority(value: str, found: Found, near: Neighbours) -> str:
    filled = [text for text in near.texts(Role.PRIORITY, found) if values.priority(text, near.words)[0]]
    like = next(iter(filled), "")
    core = values.bare(like)
    if not core:
        return near.words.priority_written[value]
    named = _named(core)
    for text in filled:
        if values.priority(text, near.words)[0] == value and _named(values.bare(text)) is named:
            return text
    language = near.words.priority_like.get(plain_word(core), {})
    written = language.get(value, near.words.priority_named[value])
    if language:
        written = written.capitalize() if core[:1].isupper() else written
    return _dressed(like, core, _cased(core, written) if named else value)


def _named(core: str) -> bool:
    """A priority is a word like High, and no P1."""
    return not re.match(r"[Pp][0-4]", core)


def _cased(like: str, word: str) -> str:
    if like.isupper() and len(like) > 2:
        return word.upper()
    return word.lower() if like and like == like.lower() else word


def _status(edit: ItemEdit, current: str, found: Found, near: Neighbours) -> str:
    cell = statuses.read(current, near.words)
    if edit.text is not None:
        restored = statuses.read(edit.text, near.words)
        if cell.links and not restored.links and Role.LINK not in found.texts:
            kept = current[cell.links[0].start : cell.links[0].end]
            return f"{edit.text} ({kept})".lstrip()
        return edit.text
    if found.box:
        return "[x]" if Status(edit.value).closed else "[ ]"
    core = _status_word(Status(edit.value), current[cell.start : cell.end], found, near)
    rest = current[cell.end :]
    return current[: cell.start] + core + (" " if rest and cell.end == 0 and not rest[0].isspace() else "") + rest


def _status_word(status: Status, old: str, found: Found, near: Neighbours) -> str:
    """The wording of another item with this status; else our word, dressed like the ones that stand there."""
    others = list(near.texts(Role.STATUS, found))
    cores = [
        text[cell.start : cell.end] for text in others for cell in [statuses.read(text, near.words)] if cell.status
    ]
    for core in cores:
        if statuses.lookup(core, near.words) is status:
            return core
    for unticked, ticked in wordlist.BOXES:
        if old.strip() in (unticked, ticked) and status in (Status.NOT_STARTED, Status.COMPLETE):
            return ticked if status is Status.COMPLETE else unticked
    if boxes.says(old) is not None and status in (Status.NOT_STARTED, Status.COMPLETE):
        return boxes.ticked(old, status is Status.COMPLETE)
    like = old if statuses.lookup(old, near.words) else next(iter(cores), "")
    return _marked(status, like, near.words)


def _marked(status: Status, like: str, words: Words) -> str:
    """Our word in the case and emphasis of another, with this status's mark where that one has a mark."""
    like = "" if boxes.says(like) is not None else like
    marks = [mark for mark in words.status_marks if mark in like and not mark.startswith("[")]
    bare = like.replace("\ufe0f", "")
    for mark in marks:
        bare = bare.replace(mark, "")
    bare = bare.strip()
    inner = bare.strip("*_`~ ")
    language = words.status_like.get(plain_word(inner), {})
    written = language.get(status, words.status_written[status])
    if language and inner[:1].isupper():
        written = written.capitalize()
    word = _dressed(bare, inner, _cased(inner, written)) if inner else written
    if not marks:
        return word
    mark = _mark(status, marks[0])
    return f"{word} {mark}" if like.rstrip("\ufe0f").endswith(marks[0]) and inner else f"{mark} {word}"


def _mark(status: Status, like: str) -> str:
    """The mark of a status; a box where there was a box and one can say it."""
    for unticked, ticked in wordlist.BOXES:
        if like in (unticked, ticked) and status in (Status.NOT_STARTED, Status.COMPLETE):
            return ticked if status is Status.COMPLETE else unticked
    return wordlist.STATUS_MARKS[status.value][0]
