"""The words people use in postmortems, from `words.toml` beside this module: what each group means stands there.

Package data, read once: as constant as the code.
"""

import tomllib
from importlib import resources
from typing import Any

_DATA: dict[str, Any] = tomllib.loads((resources.files("tracksync.documents") / "words.toml").read_text("utf-8"))


def _words(name: str) -> tuple[str, ...]:
    return tuple(_DATA[name])


def _groups(name: str) -> dict[str, tuple[str, ...]]:
    return {meaning: tuple(words) for meaning, words in _DATA[name].items()}


def _meanings(name: str) -> dict[str, str]:
    """By word, what it means."""
    return {word: meaning for meaning, words in _DATA[name].items() for word in words}


HEADERS = _groups("headers")
FOREIGN_HEADERS = _words("foreign_headers")
WEAK_ACTIONS = _words("weak_actions")
HEADER_NOUNS = _words("header_nouns")
RESULT_HEADERS = _words("result_headers")
KEYS = _groups("keys")
NAMING = {name: frozenset(words) for name, words in _groups("naming").items()}
LISTS = _words("lists")
SECTIONS = _words("sections")
SECTIONS_WEAK = _words("sections_weak")
SECTIONS_HINT = _words("sections_hint")
SECTIONS_PAST = _words("sections_past")
NOT_SECTIONS = _words("not_sections")
TAKEN = _words("taken")
HOLDERS = _words("holders")
JOINING = _words("joining")
COORDINATING = _words("coordinating")
MEANWHILE = _words("meanwhile")
HAPPENINGS = _words("happenings")
TOWARDS = _words("towards")
IMPROVING = _words("improving")
OUTSIDERS = _words("outsiders")
LABEL_WORDS = _groups("label_words")
BARE_LABELS = _words("bare_labels")
MENTIONS = _words("mentions")
REMARKS = _words("remarks")
NOT_NAMES = _words("not_names")
GIVEN_NAMES = _words("given_names")
MODALS = _words("modals")
VAGUE_TIMES = _words("vague_times")
KINDS = _groups("kinds")
STATUSES = _groups("statuses")
STATUS_WRITTEN: dict[str, str] = _DATA["status_written"]
STATUS_MARKS = _groups("status_marks")
BOXES: tuple[tuple[str, str], ...] = tuple((unticked, ticked) for unticked, ticked in _DATA["boxes"])
LEADS = _words("leads")
DOUBTS = _words("doubts")
PRIORITIES = _groups("priorities")
NOTHING = _words("nothing")
PLACEHOLDERS = _words("placeholders")
DESCRIBING = _words("describing")
FILLERS = _words("fillers")
EXAMPLES = _words("examples")
PUBLISHED = _words("published")
NOT_YET = _words("not_yet")
INCIDENT = _words("incident")
ABOUT_DOCUMENT = _words("about_document")
FIELDS = _meanings("fields")
FIELD_SECTIONS = _meanings("field_sections")
LANGUAGES: dict[str, dict[str, list[str]]] = _DATA["languages"]
MONTHS: dict[str, tuple[tuple[str, ...], ...]] = {
    code: tuple(tuple(names.split()) for names in language["months"])
    for code, language in {"en": _DATA, **LANGUAGES}.items()
    if "months" in language
}
"""The names of the twelve months by language, for those that name them."""
DATE_JOINTS = _words("date_joints")
DATE_ORDINALS = _words("date_ordinals")
DATE_ENDS = _words("date_ends")
