"""Writing edits into a document: splice, read again, and prove that only what was meant has changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracksync.documents import links, wording
from tracksync.documents.forms import FORMATS
from tracksync.documents.found import Found
from tracksync.documents.reading import Parsed, parsed
from tracksync.documents.text import decode, splice
from tracksync.documents.wording import Neighbours
from tracksync.documents.words import WORDS, Role, Words
from tracksync.model import ActionItem, Document, Field, ItemEdit, Problem, Reading, Severity, SkipReason, Status

_NO_ITEM = {SkipReason.BLANK, SkipReason.PLACEHOLDER, SkipReason.TEXT_AFTER_TABLE}
_VALUE = {
    Field.TITLE: "action",
    Field.DUE: "due",
    Field.PRIORITY: "priority",
    Field.STATUS: "status",
    Field.ISSUE: "link",
}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A document after edits. `done` are the edits that the data now shows, those included that it showed before."""

    data: bytes
    problems: tuple[Problem, ...]
    done: tuple[ItemEdit, ...]


def rewrite(
    path: str,
    data: bytes,
    edits: Sequence[ItemEdit],
    words: Words = WORDS,
    names: Mapping[str, str] = {},
) -> Rewritten:
    """The document with these fields written, every other byte as it was (design: Write-back).

    `names`: tracker login → how the document spells that person. An edit without a place is the problem `no-place`.
    What does not read back as meant is not written: the problem `not-written`. The other edits go on.
    """
    source = decode(path, data, words.document_bytes)
    if isinstance(source, Problem):
        return Rewritten(data, (source,), ())
    before = parsed(path, data, source, words, True)
    near = Neighbours(before.found, words, names)
    together = _written(data, before, edits, near)
    if isinstance(together, Rewritten):
        return together
    if len(edits) > 1:
        return _one_by_one(path, data, edits, words, names)
    message = f"nothing was written: {together}; change the row by hand"
    line = before.document.items[edits[0].index].line
    return Rewritten(data, (Problem("not-written", Severity.ERROR, path, line, message),), ())


def _one_by_one(path: str, data: bytes, edits: Sequence[ItemEdit], words: Words, names: Mapping[str, str]) -> Rewritten:
    """So that an edit that can't be proven doesn't hold up the others."""
    problems: list[Problem] = []
    done: list[ItemEdit] = []
    for edit in edits:
        one = rewrite(path, data, [edit], words, names)
        data = one.data
        problems.extend(one.problems)
        done.extend(one.done)
    return Rewritten(data, tuple(problems), tuple(done))


def _written(data: bytes, before: Parsed, edits: Iterable[ItemEdit], near: Neighbours) -> Rewritten | str:
    """The document with all these edits; a text says why the result is not what was meant."""
    problems: list[Problem] = []
    done: list[ItemEdit] = []
    texts: dict[int, dict[Role, str]] = {}
    for edit in edits:
        if problem := _place(edit, before, near, texts):
            problems.append(problem)
        else:
            done.append(edit)
    splices = []
    for index, changed in texts.items():
        found = before.found[index]
        splices.extend(FORMATS[found.format].edit(before.page, found, changed))
    if not splices:
        return Rewritten(data, tuple(problems), tuple(done))
    # Rows of one table may add the same column to it.
    splices = list(dict.fromkeys(splices))
    result = splice(before.page.source.text, splices).encode("utf-8")
    touched = {index: set(changed) for index, changed in texts.items()}
    return _unproven(before, result, done, near, touched) or Rewritten(result, tuple(problems), tuple(done))


def _place(edit: ItemEdit, before: Parsed, near: Neighbours, texts: dict[int, dict[Role, str]]) -> Problem | None:
    """Put the edit's new text into `texts`; a Problem when it has no place there."""
    path = before.document.path
    if not 0 <= edit.index < len(before.found):
        return Problem(
            "no-place", Severity.WARNING, path, 0, f"item {edit.index + 1} is not in this document; run again"
        )
    found, item = before.found[edit.index], before.document.items[edit.index]
    if shows(item, edit, near):
        return None
    mine = texts.get(edit.index, {})
    role, text = _text(edit, {**found.texts, **mine}, found, near)
    if (
        role is None
        or item.readings.of(edit.field) is Reading.UNREADABLE
        or not FORMATS[found.format].hold(found, role)
    ):
        message = (
            f"the {edit.field.value} of this item can't be written here; write `{edit.text or edit.value}` by hand"
        )
        return Problem("no-place", Severity.WARNING, path, item.line, message)
    texts.setdefault(edit.index, {})[role] = text
    return None


def _text(edit: ItemEdit, texts: Mapping[Role, str], found: Found, near: Neighbours) -> tuple[Role | None, str]:
    """The place of an edit, and the text it gets there."""
    if edit.field is not Field.ISSUE:
        role = wording.ROLES[edit.field]
        return (role, wording.text(edit, texts[role], found, near)) if role in texts else (None, "")
    place = links.place(texts.get(Role.LINK), texts.get(Role.STATUS), found.addable, near.words)
    if place.role is None:
        return None, ""
    if edit.text is not None and place.role is Role.LINK:
        return place.role, edit.text
    return place.role, links.written(texts.get(place.role, ""), place, edit.value, near.words)


def shows(item: ActionItem, edit: ItemEdit, near: Neighbours) -> bool:
    """True when the item already shows what the edit wants."""
    if edit.text is not None and edit.field is not Field.ISSUE:
        return item.raw(edit.field) == edit.text
    if item.box and edit.field is Field.STATUS:
        return item.status is not None and item.status.closed is Status(edit.value).closed
    if edit.field is Field.OWNER:
        wanted = {name.removeprefix("@").casefold() for name in wording.names(edit.value, False, near)}
        logins = {login.casefold() for login in edit.value.split(",") if login}
        return {owner.casefold() for owner in item.owners} in (wanted, logins) and _readable(item, edit)
    wanted_text = links.read_back(edit.value) if edit.field is Field.ISSUE else edit.value
    shown: str | None = getattr(item, _VALUE[edit.field])
    return (shown or "") == wanted_text and _readable(item, edit)


def _readable(item: ActionItem, edit: ItemEdit) -> bool:
    return item.readings.of(edit.field) not in (Reading.UNREADABLE, Reading.ABSENT)


def _unproven(
    before: Parsed, result: bytes, done: Iterable[ItemEdit], near: Neighbours, touched: Mapping[int, set[Role]]
) -> str:
    """Why the result is not what was meant; "" when it is."""
    path = before.document.path
    source = decode(path, result, near.words.document_bytes)
    if isinstance(source, Problem):
        return source.message
    after = parsed(path, result, source, near.words, True).document
    old = before.document
    if _about(after) != _about(old) or len(after.items) != len(old.items):
        return "another part of the document would read differently"
    meant = {(edit.index, edit.field): edit for edit in done}
    for was, now in zip(old.items, after.items, strict=True):
        if {was.skip, now.skip} & _NO_ITEM and was.skip is not now.skip:
            return f"line {was.line} would not be an action item any more"
        for field in Field:
            edit = meant.get((was.index, field))
            if edit and not (shows(now, edit, near) or _restored(now, edit)):
                return f"the {field.value} in line {was.line} would not read back as `{edit.text or edit.value}`"
            if edit is None and not _same(was, now, field, touched.get(was.index, set())):
                return f"the {field.value} in line {was.line} would change too"
    return ""


def _restored(item: ActionItem, edit: ItemEdit) -> bool:
    """A former text is back, perhaps with the link that came since."""
    raw = item.raw(edit.field) or ""
    return edit.text is not None and raw.startswith(edit.text)


def _same(was: ActionItem, now: ActionItem, field: Field, touched: set[Role]) -> bool:
    if _reading(was, field) != _reading(now, field) or was.kind != now.kind or was.format != now.format:
        return False
    return wording.ROLES.get(field) in touched or was.raw(field) == now.raw(field)


def _reading(item: ActionItem, field: Field) -> object:
    """The value of a field; the reading of a link's place may change with the status beside it."""
    value = item.owners if field is Field.OWNER else getattr(item, _VALUE[field])
    return value, field is Field.ISSUE or item.readings.of(field)


def _about(document: Document) -> Document:
    """What a document says besides its items; a heading may be one."""
    return replace(document, digest="", items=(), headings=(), problems=())
