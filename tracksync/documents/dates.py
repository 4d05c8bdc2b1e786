"""Due dates: a closed table of forms that mean one day. Nothing is guessed."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tracksync.documents.wordlist import DATE_ENDS, DATE_JOINTS, DATE_ORDINALS, MONTHS
from tracksync.documents.words import plain_word

NAME = r"(?P<m>(?:[^\W\d_][\u0300-\u036f]?){3,12})"
"""A pattern for the name of a month, as the group `m`: `month` says which one it is, if it is one."""
_NUMBER = {
    plain_word(word): number for year in MONTHS.values() for number, names in enumerate(year, 1) for word in names
}


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


_Y, _M, _D = r"(?P<y>[0-9]{4})", r"(?P<m>[0-9]{1,2})", r"(?P<d>[0-9]{1,2})"
_TH = rf"\.?(?P<th>{_any(DATE_ORDINALS)})?"
_NAMED = rf"{NAME}(?P<dot>\.?)"
_OF = rf"(?:(?:{_any(DATE_JOINTS)})\s+)?"


class Form(NamedTuple):
    """One way to write a day. `width`: how many digits its day and month have when the text doesn't tell."""

    pattern: re.Pattern[str]
    width: int


def _form(pattern: str, width: int = 1) -> Form:
    return Form(re.compile(pattern, re.IGNORECASE), width)


FORMS: tuple[Form, ...] = (
    _form(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})", 2),
    _form(rf"{_Y}/{_M}/{_D}", 2),
    _form(rf"{_Y}\.\s?{_M}\.\s?{_D}\.?", 2),
    _form(rf"{_NAMED}\s+{_D}{_TH},?\s+{_Y}"),
    _form(rf"{_D}{_TH}\s+{_OF}{_NAMED},?\s+{_OF}{_Y}(?:\s+(?:{_any(DATE_ENDS)})\.?)?"),
    _form(rf"{_D}-{_NAMED}-{_Y}", 2),
    _form(rf"{_Y}\s*年\s*{_M}\s*月\s*{_D}\s*[日号號]"),
    _form(rf"{_Y}년\s*{_M}월\s*{_D}일"),
)
NUMBERS = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
"""Day and month in an order that depends on the reader's country."""


def month(name: str) -> int:
    """Which month a name or number is, 1 to 12 for a name; 0: none."""
    return int(name) if name.isdecimal() else _NUMBER.get(plain_word(name), 0)


def _match(text: str) -> tuple[re.Match[str], Form] | None:
    """The form in which a text is a day of a calendar, if not always of ours."""
    for form in FORMS:
        found = form.pattern.fullmatch(text)
        if found and (found["m"].isdecimal() or month(found["m"])):
            return found, form
    return None


@lru_cache(maxsize=1024)
def read(text: str) -> date | None:
    """The one day that the text means, or None."""
    found = _match(text)
    return _day(int(found[0]["y"]), month(found[0]["m"]), int(found[0]["d"])) if found else None


def either(numbers: re.Match[str]) -> Iterator[date]:
    """The days that `01/12/2026` can mean, each once."""
    first, second, year = (int(number) for number in numbers.groups())
    return iter(dict.fromkeys(filter(None, (_day(year, second, first), _day(year, first, second)))))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def write(value: str, like: str = "", others: Iterable[str] = ()) -> str:
    """An ISO date in the form of the text `like`, else as it is.

    `others`: dates around, which may tell in which language a month is to be written. Where that stays open, it is ISO.
    """
    matched = _match(like)
    if matched is None:
        return value
    found, form = matched
    day = date.fromisoformat(value)
    parts = {"y": f"{day.year:04}", **_digits(day, found, form)}
    if not found["m"].isdecimal():
        names = {_name(day, found, language) for language in _languages(found, others)}
        if len(names) > 1:
            return value
        parts["m"], parts["dot"] = names.pop()
    if found.groupdict().get("th"):
        parts["th"] = _ordinal(day.day, found["th"])
    written = like
    for group in sorted(parts, key=found.start, reverse=True):
        written = written[: found.start(group)] + parts[group] + written[found.end(group) :]
    return written


def _digits(day: date, found: re.Match[str], form: Form) -> dict[str, str]:
    """Day and month in as many digits as the text shows."""
    numbers = [found[group] for group in ("m", "d") if found[group].isdecimal()]
    padded = any(number.startswith("0") for number in numbers)
    width = 2 if padded else 1 if any(len(number) == 1 for number in numbers) else form.width
    return {"m": f"{day.month:0{width}}", "d": f"{day.day:0{width}}"}


def _ordinal(day: int, like: str) -> str:
    if like.casefold() not in ("st", "nd", "rd", "th"):
        return like if day == 1 else ""
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _name(day: date, found: re.Match[str], language: str) -> tuple[str, str]:
    """The month's name in the length and case of the one it replaces, and the full stop of a short one."""
    old, names = found["m"], MONTHS[language][day.month - 1]
    full = plain_word(old) == plain_word(MONTHS[language][month(old) - 1][0])
    name = names[0] if full else names[:2][-1]
    cased = name.upper() if old.isupper() else name.lower() if old.islower() else name.capitalize()
    return cased, "" if name == names[0] else found["dot"]


def _languages(found: re.Match[str], others: Iterable[str]) -> list[str]:
    """The languages that a date can be in: those that know the months of the other dates too and spell them so.

    German alone has a full stop behind the day.
    """
    old = found["m"]
    around = [match["m"] for match, _ in filter(None, map(_match, others))]
    dotted = found.string[found.end("d") :].startswith(".")

    def fits(language: str) -> tuple[int, bool, bool]:
        words = {plain_word(word) for names in MONTHS[language] for word in names}
        known = sum(plain_word(name) in words for name in around)
        return known, any(old in names for names in MONTHS[language]), dotted is (language == "de")

    named = [code for code, year in MONTHS.items() if plain_word(old) in map(plain_word, year[month(old) - 1])]
    best = max(map(fits, named))
    return [code for code in named if fits(code) == best]


def complaint(text: str) -> tuple[str, str]:
    """Why a text is no day: rule and message, with what to write instead where that can be said."""
    if found := NUMBERS.fullmatch(text):
        choices = " or ".join(day.isoformat() for day in either(found))
        if choices:
            return "ambiguous-date", f'due date "{text}" depends on the reader\'s country; write {choices}'
    if _match(text):
        return "unreadable-date", f'due date "{text}" does not exist; write an existing day as YYYY-MM-DD'
    if re.search(r"[0-9]{4}", text):
        return "ambiguous-date", f'due date "{text}" is not one day; write that day as YYYY-MM-DD'
    return "unreadable-date", f'due date "{text}" is not a day that everybody reads alike; write it as YYYY-MM-DD'
