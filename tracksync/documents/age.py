"""How old a document is at the least: what is surely older than some day, and what can't be told."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

from tracksync.documents import dates
from tracksync.model import Document

_LONGEST = 300
"""Characters; a longer text is no date, and looking for one takes long."""
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTHLY = re.compile(
    rf"(?P<y>[0-9]{{4}})[/.-](?P<n>[0-9]{{2}})|{dates.NAME}\.?\s+(?P<named>[0-9]{{4}})", re.IGNORECASE
)


def latest_day(document: Document) -> date | None:
    """The last day on which a document can have been dated, by its date, else its path, else its title; None: no date.

    `01/12/2026` can mean two days, `2026-01` any day of a month: the last one counts, so that nothing is called older
    than it is.
    """
    texts = (document.date or "", document.path.replace("_", "-"), document.title or "")
    return next((day for text in texts if (day := _first(text))), None)


def _first(text: str) -> date | None:
    """The date that stands first in a text."""
    found = [(match.start(), -match.end(), day) for match, day in _days(text[:_LONGEST])]
    return min(found)[2] if found else None


def _days(text: str) -> Iterator[tuple[re.Match[str], date]]:
    for form in dates.FORMS:
        yield from _known((match, dates.read(match.group())) for match in _alone(form.pattern, text))
    yield from _known((match, max(dates.either(match), default=None)) for match in _alone(dates.NUMBERS, text))
    yield from _known((match, dates.read("-".join(match.groups()))) for match in _alone(_COMPACT, text))
    yield from _known((match, _end_of_month(match)) for match in _alone(_MONTHLY, text))


def _known(found: Iterable[tuple[re.Match[str], date | None]]) -> Iterator[tuple[re.Match[str], date]]:
    return ((match, day) for match, day in found if day)


def _alone(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches that no Latin letter or digit touches; the T before a time is none."""
    for match in pattern.finditer(text):
        around = text[: match.start()][-1:] + text[match.end() :][:1].replace("T", "")
        if not re.search("[0-9A-Za-z]", around):
            yield match


def _end_of_month(match: re.Match[str]) -> date | None:
    year = int(match["y"] or match["named"])
    month = int(match["n"]) if match["n"] else dates.month(match["m"])
    return date(year, month, monthrange(year, month)[1]) if year and 1 <= month <= 12 else None
