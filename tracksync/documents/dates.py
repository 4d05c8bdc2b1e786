"""Due dates: a closed table of forms that mean one day, each with its reader and writer. Nothing is guessed."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTH = {name[:length].lower(): n for n, name in enumerate(_MONTHS, 1) for length in (3, 20)} | {"sept": 9}
"""Names of months in lower case → 1 to 12."""
NAME = "(?P<m>" + "|".join(sorted(MONTH, key=len, reverse=True)) + r")\.?"
"""A pattern for such a name, as the group `m`."""
_Y, _D = r"(?P<y>[0-9]{4})", r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"


class Form(NamedTuple):
    """One way to write a day."""

    pattern: re.Pattern[str]
    write: Callable[[date, str], str]
    """The day in this form; the second argument is a text in this form whose details are kept."""


def _form(pattern: str, write: Callable[[date, str], str]) -> Form:
    return Form(re.compile(pattern, re.IGNORECASE), write)


def _month(day: date, like: str) -> str:
    """The month's name, short where the text it replaces is short."""
    found = re.search(r"[A-Za-z]{3,}", re.sub(r"[0-9]+(?:st|nd|rd|th)", "", like, flags=re.IGNORECASE))
    name = _MONTHS[day.month - 1]
    return name if found and len(found.group()) > 4 else name[:3]


def _ordinal(day: date, like: str) -> str:
    if not re.search(r"[0-9](?:st|nd|rd|th)", like, re.IGNORECASE):
        return str(day.day)
    suffix = "th" if day.day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{suffix}"


FORMS: tuple[Form, ...] = (
    _form(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})", lambda day, _: day.isoformat()),
    _form(r"(?P<y>[0-9]{4})/(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})", lambda day, _: f"{day:%Y/%m/%d}"),
    _form(r"(?P<y>[0-9]{4})\.(?P<m>[0-9]{1,2})\.(?P<d>[0-9]{1,2})", lambda day, _: f"{day:%Y.%m.%d}"),
    _form(
        rf"{NAME}\s+{_D},?\s+{_Y}",
        lambda day, like: f"{_month(day, like)} {_ordinal(day, like)}{',' if ',' in like else ''} {day.year:04}",
    ),
    _form(rf"{_D}\s+{NAME},?\s+{_Y}", lambda day, like: f"{_ordinal(day, like)} {_month(day, like)} {day.year:04}"),
    _form(rf"(?P<d>[0-9]{{1,2}})-{NAME}-{_Y}", lambda day, like: f"{day.day:02}-{_month(day, like)}-{day.year:04}"),
    _form(
        r"(?P<y>[0-9]{4})\s*年\s*(?P<m>[0-9]{1,2})\s*月\s*(?P<d>[0-9]{1,2})\s*日",
        lambda day, _: f"{day.year}年{day.month}月{day.day}日",
    ),
)
NUMBERS = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
"""Day and month in an order that depends on the reader's country."""


@lru_cache(maxsize=1024)
def read(text: str) -> date | None:
    """The one day that the text means, or None."""
    for form in FORMS:
        if found := form.pattern.fullmatch(text):
            month = found["m"]
            return _day(int(found["y"]), MONTH.get(month.lower()) or int(month), int(found["d"]))
    return None


def either(numbers: re.Match[str]) -> Iterator[date]:
    """The days that `01/12/2026` can mean, each once."""
    first, second, year = (int(number) for number in numbers.groups())
    return iter(dict.fromkeys(filter(None, (_day(year, second, first), _day(year, first, second)))))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def write(value: str, like: str = "") -> str:
    """An ISO date in the form of the text `like`, else as it is."""
    for form in FORMS:
        if form.pattern.fullmatch(like):
            return form.write(date.fromisoformat(value), like)
    return value


def complaint(text: str) -> tuple[str, str]:
    """Why a text is no day: rule and message, with what to write instead where that can be said."""
    if found := NUMBERS.fullmatch(text):
        choices = " or ".join(day.isoformat() for day in either(found))
        if choices:
            return "ambiguous-date", f'due date "{text}" depends on the reader\'s country; write {choices}'
    if any(form.pattern.fullmatch(text) for form in FORMS):
        return "unreadable-date", f'due date "{text}" does not exist; write an existing day as YYYY-MM-DD'
    if re.search(r"[0-9]{4}", text):
        return "ambiguous-date", f'due date "{text}" is not one day; write that day as YYYY-MM-DD'
    return "unreadable-date", f'due date "{text}" is not a day that everybody reads alike; write it as YYYY-MM-DD'
