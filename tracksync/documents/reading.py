"""Reading a document: bytes in, `Document` out. Nothing raises: what can't be read is a `Problem`."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tracksync.documents import blocks, fields, front_matter, items, publication, sections
from tracksync.documents.blocks import Interest
from tracksync.documents.fields import Fields
from tracksync.documents.forms import FORMATS, pipe_table, yaml_form, yaml_tree
from tracksync.documents.found import Found, Page
from tracksync.documents.markdown import plain
from tracksync.documents.text import Source, decode, digest
from tracksync.documents.words import WORDS, Sense, Words
from tracksync.model import ActionItem, Document, Problem, Publication, Severity

_LABEL = " \t#*_:>"
"""What may stand around the words of a heading or label."""
_CONFLICT = ("<<<<<<< ", "=======", ">>>>>>> ")
"""How the lines begin with which git marks a conflict, in their order."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its positions, which never leave this package."""

    document: Document
    page: Page
    found: tuple[Found, ...]


def parse(path: str, data: bytes, words: Words = WORDS, *, fields: bool = True) -> Document:
    """The postmortem in these bytes; `path` decides between YAML (.yml, .yaml) and Markdown.

    Never raises: what can't be read becomes a `Problem` (design: bad data is a value). With `fields` False the
    document fields of a document that can't have items may be left out.
    """
    source = decode(path, data, words.document_bytes)
    if isinstance(source, Problem):
        return Document(path, digest(data), problems=(source,))
    return parsed(path, data, source, words, fields).document


def parsed(path: str, data: bytes, source: Source, words: Words, fields: bool) -> Parsed:
    """The same for bytes that are decoded, with the positions."""
    page = _page(path, source, words, fields)
    if page is None:
        return Parsed(Document(path, digest(data)), Page(path, source, None, None), ())
    if conflict := _conflict(page):
        return Parsed(Document(path, digest(data), problems=(conflict,)), page, ())
    found: list[Found] = []
    problems: list[Problem] = []
    for form in FORMATS.values():
        for one in form.find(page, words):
            if isinstance(one, Found):
                found.append(one)
            else:
                problems.append(one)
    found.sort(key=lambda one: (one.line, one.column))
    above = [heading.line for heading in page.structure.headings] if page.structure else []
    read = [items.read(one, index, path, words, bisect_left(above, one.line)) for index, one in enumerate(found)]
    problems.extend(problem for values in read for problem in values.problems)
    document = _document(page, data, words, tuple(values.item for values in read), problems)
    return Parsed(document, page, tuple(found))


def _page(path: str, source: Source, words: Words, fields: bool) -> Page | None:
    """The document as the forms see it; None when there is nothing to see but its fields."""
    if path.lower().endswith((".yml", ".yaml")):
        return Page(path, source, None, None)
    if path.lower().endswith((".html", ".htm")):
        return Page(path, source, blocks.page_of_html(len(source.lines)), None)
    matter = front_matter.lines(source)
    first = matter[1] + 1 if matter else 0
    lines = source.lines
    in_section = cache(lambda: _in_section(source, words))

    def table(rule: int) -> bool:
        return rule > first and pipe_table.may_matter(lines[rule - 1], words, in_section)

    def section(chain: Sequence[str]) -> bool:
        return sections.section(chain, words).sense not in (None, Sense.OTHER)

    def label(line: str) -> bool:
        return sections.sense(line.strip(_LABEL), words) not in (None, Sense.OTHER)

    structure = blocks.outline(source.plain, first, Interest(table, section, label))
    parts = (structure.tables, structure.entries, structure.paragraphs, structure.html)
    if not fields and not yaml_form.may_hold(source.plain) and not any(parts):
        return None
    return Page(path, source, structure, matter)


def _conflict(page: Page) -> Problem | None:
    """The first merge conflict that git left in the document: its two sides would be read as two items."""
    if _CONFLICT[0] not in page.source.plain:
        return None
    fences = page.structure.fences if page.structure else ()
    shown = {line for block in fences for line in range(block.first, block.last)}
    begin, seen = 0, 0
    for number, line in enumerate(page.source.lines):
        if not line.startswith(_CONFLICT) or number in shown:
            continue
        if line.startswith(_CONFLICT[0]):
            begin, seen = number + 1, 1
        elif seen and line.startswith(_CONFLICT[seen]):
            seen += 1
        if seen == len(_CONFLICT):
            return page.problem("merge-conflict", begin, "git left a merge conflict here; settle it, then run again")
    return None


def _line_of(page: Page, status: str | None) -> int:
    """The 1-based line in which the status stands beside its label, else 0."""
    lines = page.source.lines
    return next((n for n, line in enumerate(lines, 1) if status and status in line and "stat" in line.casefold()), 0)


def _in_section(source: Source, words: Words) -> bool:
    """Whether any line may be a heading or label that names action items."""
    about = (sections.sense(line.strip(_LABEL), words) for line in blocks.headlines(source.plain))
    return any(sense not in (None, Sense.OTHER) for sense in about)


def _document(
    page: Page, data: bytes, words: Words, found: tuple[ActionItem, ...], problems: list[Problem]
) -> Document:
    about = _fields(page, words, problems)
    published = publication.of(about.status_raw, words)
    if published is Publication.UNKNOWN:
        message = (
            f'the status "{about.status_raw}" is in no list, so the document is held back; '
            "add its word to `documents.published`"
        )
        problems.append(page.problem("status-unknown", _line_of(page, about.status_raw), message, Severity.WARNING))
    return Document(
        page.path,
        digest(data),
        title=about.title,
        date=about.date,
        severity=about.severity,
        status_raw=about.status_raw,
        publication=published,
        authors=about.authors,
        services=about.services,
        related=about.related,
        factors=about.factors,
        items=found,
        headings=tuple(plain(one.text) for one in page.structure.headings) if page.structure and found else (),
        problems=tuple(sorted(problems, key=lambda problem: (problem.line, problem.rule))),
    )


def _fields(page: Page, words: Words, problems: list[Problem]) -> Fields:
    source = page.source
    if page.structure is None:
        return fields.of_yaml(_values(page, 0, len(source.lines), problems), words)
    matter = fields.of_yaml(_values(page, *page.matter, problems), words) if page.matter else Fields()
    return fields.of_markdown(source, page.structure, matter, words)


def _values(page: Page, first: int, last: int, problems: list[Problem]) -> Mapping[str, tuple[str, ...]]:
    """The texts and lists of texts in a YAML mapping by key; refused: a problem, and its flat lines."""
    source = page.source
    text = "\n".join(source.lines[first:last]) + "\n"
    quick = front_matter.flat(text)
    if quick is not None:
        return quick
    try:
        return yaml_tree.texts(yaml_tree.compose(yaml_form.verbatim(source, first, last)))
    except yaml_tree.Refused as refused:
        line = source.line_of(source.offset(first, 0) + refused.offset)
        problem = page.problem(refused.rule, line, str(refused))
        if problem not in problems:
            problems.append(problem)
        return front_matter.readable(text)
