"""What a postmortem says about itself: title, date, severity, status, authors, services, relations, factors."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracksync.documents import cells, values
from tracksync.documents.blocks import Outline
from tracksync.documents.markdown import plain
from tracksync.documents.sections import sense, topic
from tracksync.documents.text import Source
from tracksync.documents.wordlist import FIELD_SECTIONS
from tracksync.documents.words import Sense, Words

_LETTER = "A-Za-z\u00c0-\u024f\u0400-\u04ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_LABELLED = re.compile(
    r" {0,3}(?:[-*+] +)?(?:(?:\*\*|__)(?P<bold>[^*_:：\n]{1,40})[:：]?(?:\*\*|__)[:：]?"
    rf"|(?P<bare>[{_LETTER}][{_LETTER} /-]{{1,30}})[:：])(?P<value>(?:(?:[ \t]|(?<=：)).*)?)"
)
_NEXT_LABEL = re.compile(r"(?<![ \t])[ \t]+[|·•][ \t]+(?=(?:\*\*|__)?[A-Z][A-Za-z ]{1,30}(?::|\*\*:|__:))")
_ENTRY = re.compile(r" {0,3}(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?P<text>.+)")
_TITLE = re.compile(
    r"(?:(?:incident )?post[- ]?mortem|incident report|incident review|rca)(?: report)?\s*[:–—-]\s*(?P<rest>.+)",
    re.IGNORECASE,
)
_FACTOR = re.compile(
    r"(?:contributing )?(?:factor|cause|root cause)\s*(?:#?[0-9]+)\s*[:.–—-]\s*(?P<rest>.+)", re.IGNORECASE
)
_SPLIT = re.compile(r"(?:(?<!\s)\s++)?+(?:[,;]|(?<=\s)(?:and|&)(?=\s))\s*")


@dataclass(frozen=True, slots=True)
class Fields:
    """The document fields as text; see `model.Document`."""

    title: str | None = None
    date: str | None = None
    severity: str | None = None
    status_raw: str | None = None
    authors: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()


def of_yaml(matter: Mapping[str, tuple[str, ...]], words: Words) -> Fields:
    """The fields in front matter or a YAML file: key (lower case) to its text or list."""
    known = {
        name: text
        for key, text in matter.items()
        if (name := words.fields.get(key.replace("_", " ").replace("-", " ")))
    }
    return _fields({name: tuple(filter(None, (one.strip() for one in texts))) for name, texts in known.items()})


def of_markdown(source: Source, structure: Outline, matter: Fields, words: Words) -> Fields:
    """The fields in headings, labelled lines, small tables and sections; front matter goes first."""
    found: dict[str, tuple[str, ...]] = {}
    for label, value in _labelled(source, structure, words):
        name = words.fields.get(label)
        if name and name not in found and value:
            found[name] = (plain(value),) if name != "status_raw" else (value,)
    found.update(_sections(source, structure))
    head = _fields(found)
    title = next(filter(None, (plain(h.text) for h in sorted(structure.headings, key=lambda h: h.level > 1))), None)
    return Fields(
        title=matter.title or (title and _titled(title)),
        date=matter.date or head.date,
        severity=matter.severity or head.severity,
        status_raw=matter.status_raw or head.status_raw,
        authors=matter.authors or head.authors,
        services=matter.services or head.services,
        related=matter.related or head.related,
        factors=matter.factors or head.factors,
    )


def _fields(found: Mapping[str, tuple[str, ...]]) -> Fields:
    def one(name: str) -> str | None:
        return ", ".join(found.get(name, ())) or None

    def many(name: str) -> tuple[str, ...]:
        texts = found.get(name, ())
        return _several(texts[0]) if len(texts) == 1 and name in ("authors", "services") else texts

    title = one("title")
    return Fields(
        title and _titled(title),
        one("date"),
        one("severity"),
        one("status_raw"),
        tuple(name.removeprefix("@") for name in many("authors")),
        many("services"),
        many("related"),
        many("factors"),
    )


def _several(text: str) -> tuple[str, ...]:
    return values.names([part.strip("[]() ") for part in _SPLIT.split(text)])


def _titled(text: str) -> str:
    found = _TITLE.fullmatch(text)
    return found["rest"] if found else text


def _labelled(source: Source, structure: Outline, words: Words) -> Iterator[tuple[str, str]]:
    """Label and value of lines like `**Date**: x` and of the rows of two-column tables, up to the second section.

    What stands under action items is said of them.
    """
    sections = [heading.line for heading in structure.headings[1:] if heading.level <= 2]
    end = sections[1] if len(sections) > 1 else len(source.lines)
    end = min(end, next((one.line for one in structure.headings if sense(one.text, words) is Sense.ITEMS), end))
    hidden = [block for block in structure.hidden if block.first < end]
    for number, line in enumerate(source.lines[:end]):
        if not line or any(block.first <= number < block.last for block in hidden):
            continue
        if line.lstrip().startswith("|"):
            spans = cells.split(line)
            if len(spans) == 2:
                label, value = (cells.text(line, span) for span in spans)
                yield plain(label).rstrip(":").casefold(), value
            continue
        for part in _NEXT_LABEL.split(line):
            if found := _LABELLED.fullmatch(part):
                yield (found["bold"] or found["bare"]).strip().casefold(), found["value"].strip()


def _sections(source: Source, structure: Outline) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The entries of the sections that hold a list: services, related incidents, contributing factors."""
    headings = structure.headings
    for number, heading in enumerate(headings):
        name = FIELD_SECTIONS.get(topic(heading.text))
        if name is None:
            continue
        inner = []
        end = len(source.lines)
        for later in headings[number + 1 :]:
            if later.level <= heading.level:
                end = later.line
                break
            inner.append(plain(later.text))
        named = [found["rest"] for text in inner if (found := _FACTOR.fullmatch(text))] if name == "factors" else []
        entries = named or list(_entries(source, structure, heading.line + 1, end))
        if entries:
            yield name, values.names(entries)


def _entries(source: Source, structure: Outline, first: int, end: int) -> Iterator[str]:
    for number in range(first, end):
        found = _ENTRY.fullmatch(source.lines[number])
        if found and not any(block.first <= number < block.last for block in structure.hidden):
            yield plain(found["text"])
