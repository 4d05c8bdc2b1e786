"""The line above a list, or before some of its items, that says something of them all."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tracksync.documents import sections, statuses
from tracksync.documents.blocks import Block, Outline
from tracksync.documents.forms import names
from tracksync.documents.forms.pieces import Span, labelled
from tracksync.documents.forms.urgency import urgency
from tracksync.documents.found import Page
from tracksync.documents.markdown import plain
from tracksync.documents.words import Role, Sense, Words, plain_word

_BOLD = re.compile(r"[ \t]{0,3}(?:\*\*|__)(?P<text>[^*_]{1,80})(?:\*\*|__)[ \t]*:?[ \t]*")
_COLON = re.compile(r"[ \t]{0,3}(?P<text>[^:：_]{1,80})[:：][ \t]*")
_REMARK = re.compile(r"\s+[-–—]\s.*|\s*[(（].*")


class Label(NamedTuple):
    """A line above a list, and what it says."""

    text: str
    sense: Sense | None
    owner: str
    status: str
    priority: str = ""

    @property
    def tells(self) -> bool:
        """Whether it says anything of what stands below it."""
        return bool(self.owner or self.status or self.priority) or self.sense in (Sense.ITEMS, Sense.OTHER)


def before(lines: Sequence[str], first: int, paragraphs: Mapping[int, Block]) -> Block | None:
    """The paragraph right before a line; `paragraphs`: all paragraphs by the line behind them."""
    while first > 0 and not lines[first - 1].strip():
        first -= 1
    return paragraphs.get(first)


def above(page: Page, first: int, paragraphs: Mapping[int, Block], words: Words) -> str | None:
    """The label in a paragraph of one line: bold, with a colon, or nothing but the name of another section."""
    paragraph = before(page.source.lines, first, paragraphs)
    if paragraph is None or paragraph.last - paragraph.first > 1:
        return None
    line = page.source.lines[paragraph.first]
    found = _BOLD.fullmatch(line) or _COLON.fullmatch(line)
    if _owner(line.strip(), words):
        return line.strip()
    if found is None:
        return line.strip() if words.senses.get(plain_word(plain(line))) is Sense.OTHER else None
    return found["text"].strip()


def of(text: str, words: Words, named: bool = False) -> Label:
    """What a label says: whose the items are, how they stand, or what they are.

    `named`: other labels beside it are the names of owners.
    """
    if owner := _owner(text, words):
        return Label(text, None, owner, "")
    core = _REMARK.sub("", plain(text).strip(" :："))
    status = statuses.lookup(core, words)
    if not status and (names.titled(core, words) or (named and names.person(core, words))):
        return Label(text, None, core, "")
    means = None if status else sections.sense(text, words)
    return Label(text, means, "", core if status else "", urgency(text, words))


def _owner(text: str, words: Words) -> str:
    """The value of a label that is a field: `**Owner:** Alice`; "" when it is none."""
    role, span = labelled(text, 0, len(text), words) or (None, Span(0, 0))
    return text[span.start : span.end].strip(" *_") if role is Role.OWNER else ""


def headed(structure: Outline, line: int) -> str:
    """The heading right above a line, but for the title of the document, as shown."""
    at = bisect_left(structure.headings, line, key=lambda heading: heading.line) - 1
    return plain(structure.headings[at].text) if at > 0 else ""


def divides(text: str, words: Words) -> bool:
    """Whether a text is only the name of a list of actions, or of their time: Short-term. A kind may be an item."""
    about = plain_word(plain(text).strip(" :："))
    return about not in words.kinds and sections.sense(about, words) in (Sense.WEAK, Sense.HINT)


def apart(structure: Outline, lines: Sequence[str], words: Words) -> tuple[Outline, dict[int, str]]:
    """The same lists, each ended where a label stands at the margin right before an item; and the labels, by its line.

    In Markdown such a line goes on with the item above it, and no writer means that.
    """
    cuts: dict[int, str] = {}
    outer = [entry for entry in structure.entries if entry.depth == 0]
    for one, other in pairwise(outer):
        line = lines[other.first - 1]
        if one.group == other.group and one.first < other.first - 1 and line[:1] not in ("", " ", "\t"):
            found = _BOLD.fullmatch(line) or _COLON.fullmatch(line)
            text = found["text"].strip() if found else ""
            if text and (_BOLD.fullmatch(line) or sections.sense(text, words)):
                cuts[other.first] = text
    if not cuts:
        return structure, cuts
    starts = [*cuts, len(lines) + 1]
    entries = []
    for entry in structure.entries:
        at = bisect_right(starts, entry.first)
        end = min(entry.last, starts[at] - 1)
        group = starts[at - 1] if at and entry.depth == 0 and entry.group < starts[at - 1] else entry.group
        entries.append(entry._replace(last=end, text=min(end, entry.text), group=group))
    return structure._replace(entries=tuple(entries)), cuts
