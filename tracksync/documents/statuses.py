"""The status cell: a status word, perhaps a mark, a remark, evidence, and perhaps the item's link."""

import re
from functools import lru_cache
from typing import NamedTuple

from tracksync.documents import boxes, references
from tracksync.documents.boxes import BOX
from tracksync.documents.markdown import LINK
from tracksync.documents.references import Reference, Target
from tracksync.documents.values import bare, emptiness
from tracksync.documents.words import Words, plain_word
from tracksync.model import Reading, Status

_LONGEST = 1000
"""Characters; a longer text is no status, and looking for one takes long."""

_CUT = re.compile(r"\(|\s(?=[0-9]+[./-][0-9])|\s[-–—]\s|[;:,](?=\s)|\s*\[?\Z")
_LINKED_WORD = re.compile(rf"[*_\s]*{LINK}")
_BOX = re.compile(rf"\[[ xX~-]\]|{BOX.pattern}", re.IGNORECASE)
_REST = re.compile(
    r"(?:\s*(?:[-–—:;,]\s*)?(?:\([^()]*\)|\[?\x00+\]?|[0-9]{1,4}[./-][0-9]{1,2}(?:[./-][0-9]{1,4})?\b|[.]))*+\s*"
)
"""What may follow a status word. No part is taken back (`*+`): there are endless ways to split what nearly matches."""
_PERCENT = re.compile(r"(?<![0-9])[0-9]{1,2}\s?%")


class StatusCell(NamedTuple):
    """A status cell, read. `start` to `end` is the status word with its marks and emphasis, in the raw text."""

    status: Status | None
    reading: Reading
    start: int
    end: int
    links: tuple[Reference, ...]
    """References that stand as the item's link: one, or several that contradict each other."""


@lru_cache(maxsize=2048)
def read(raw: str, words: Words) -> StatusCell:
    """What a status cell says. Text that isn't surely a status is UNREADABLE, never guessed."""
    if len(raw) > _LONGEST:
        return StatusCell(None, Reading.UNREADABLE, 0, len(raw), ())
    found = references.find(raw)
    start, end = _core(raw, found)
    links = _links(raw, end, found)
    core = raw[start:end]
    reading = emptiness(bare(core), words) if not _BOX.fullmatch(core.strip()) else Reading.SET
    if reading is not Reading.SET:
        rest = _without(raw[end:], end, links).strip(" ()[]")
        unclear = rest and not any(one.target in (Target.ISSUE, Target.ELSEWHERE) for one in found)
        return StatusCell(None, Reading.UNREADABLE if unclear else reading, start, end, links)
    if _choices(raw, words):
        return StatusCell(None, Reading.PLACEHOLDER, 0, len(raw), ())
    status = lookup(core, words)
    if status is None and (marked := _marked(raw, words)):
        return marked._replace(links=_links(raw, marked.end, found))
    if status is None or not _safe(raw[end:], end, found, status, words):
        return StatusCell(None, Reading.UNREADABLE, start, end, links)
    return StatusCell(status, Reading.SET, start, end, links)


def lookup(core: str, words: Words) -> Status | None:
    """The status of a word with its marks; the word decides, a mark only where there is no word."""
    if (on := boxes.says(core)) is not None:
        return Status.COMPLETE if on else Status.NOT_STARTED
    text = core.strip().strip("*_`~ ").replace("\ufe0f", "")
    marks = [mark for mark in words.status_marks if mark in text]
    for mark in marks:
        text = text.replace(mark, " ")
    if word := text.strip("*_`~ "):
        return words.statuses.get(plain_word(word))
    meanings = {words.status_marks[mark] for mark in marks}
    return meanings.pop() if len(meanings) == 1 else None


def _marked(raw: str, words: Words) -> StatusCell | None:
    """A mark and then a remark in words of its own: `✅ deployed with 1.4`. The mark decides, if nothing doubts it."""
    start = len(raw) - len(raw.lstrip(" *_"))
    mark = next((mark for mark in words.status_marks if raw.startswith(mark, start)), "")
    end = start + len(mark) + raw.startswith("\ufe0f", start + len(mark))
    status = words.status_marks.get(mark)
    rest = raw[end:]
    doubted = any(other in rest for other in words.status_marks) or (status and status.closed and _doubted(rest, words))
    return None if status is None or doubted else StatusCell(status, Reading.SET, start, end, ())


def _core(raw: str, found: tuple[Reference, ...]) -> tuple[int, int]:
    linked = _LINKED_WORD.match(raw)
    if linked and not references.listed(linked.group()):
        return linked.span("label")
    leading = _leading(raw, found)
    if leading:
        cut = _CUT.search(raw, leading)
        return leading, len(raw[: cut.start() if cut else len(raw)].rstrip(" \t(["))
    after_box = box.end() if (box := _BOX.match(raw)) else 0
    cut = _CUT.search(raw, after_box)
    end = min(cut.start() if cut else len(raw), *(one.start for one in found), len(raw))
    return 0, len(raw[:end].rstrip(" \t(["))


def _leading(raw: str, found: tuple[Reference, ...]) -> int:
    """Where the word starts behind a linked page or issue that stands before it; 0: none does."""
    at = 0
    for one in found:
        if raw[at : one.start].strip(" ,;"):
            break
        at = one.end
    rest = raw[at:]
    return at + len(rest) - len(rest.lstrip()) if at and rest.strip(" ,;()") and rest[:1].isspace() else 0


def _links(raw: str, end: int, found: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """References alone in the cell, right behind the word, or alone in the last brackets."""
    candidates = [one for one in found if one.target in (Target.ISSUE, Target.ELSEWHERE)]
    if not candidates:
        return ()
    rest = _without(raw[end:], end, found)
    if not rest.strip(" \t()[],;&\0"):
        return tuple(candidates)
    last = candidates[-1]
    if raw[: last.start].endswith("(") and raw[last.end :] == ")":
        return (last,)
    return ()


def _without(rest: str, offset: int, found: tuple[Reference, ...]) -> str:
    """The text behind the word with each reference replaced by NUL characters: a document holds none."""
    for one in found:
        if one.start >= offset:
            rest = rest[: one.start - offset] + "\0" * (one.end - one.start) + rest[one.end - offset :]
    return rest


def _safe(rest: str, offset: int, found: tuple[Reference, ...], status: Status, words: Words) -> bool:
    """True when what follows the word doesn't take it back."""
    rest = _without(rest, offset, found)
    if rest.startswith("](") or not _REST.fullmatch(rest):
        return rest.startswith("](")
    return not (status.closed and _doubted(rest, words))


def _doubted(rest: str, words: Words) -> bool:
    doubts = words.doubts.intersection(re.findall(r"[a-z']+", rest.casefold()))
    return bool(doubts) or _PERCENT.search(rest) is not None


def _choices(raw: str, words: Words) -> bool:
    """A template's line that offers the choices: `Open / In Progress / Done`."""
    parts = re.split(r"\s*\\?[|/]\s*", raw.strip())
    return len(parts) > 1 and all(lookup(part, words) for part in parts)
