"""What a form finds in a document, and what every form can do with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tracksync.documents.blocks import Outline
from tracksync.documents.text import Source, Splice
from tracksync.documents.words import Role, Words
from tracksync.model import Considered, Problem, Severity, SkipReason

Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Found:
    """An action item before its values are read. `line` and `column` are 1-based."""

    format: str
    line: int
    column: int
    texts: Mapping[Role, str]
    """The text at each place the item has; a role without a place is missing."""
    place: object
    """Positions, known to the form alone."""
    group: int
    """Items of one table or list have the same; the line in which it starts."""
    markdown: bool = True
    """The texts are Markdown."""
    addable: bool = False
    """A link can be added where there is no place for one."""
    skip: SkipReason | None = None
    around: tuple[str, ...] = ()
    """The lines or cells of the item: the references in them are its own."""
    box: bool = False
    """The status is a check box: it can say open or done."""
    struck: bool = False
    """All of it is crossed out, also what `texts` shows without that."""
    above: tuple[Role, ...] = ()
    """What a label above says of several items."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document as the forms see it. `structure` is None in a YAML file; `matter`: the lines of its front matter."""

    path: str
    source: Source
    structure: Outline | None
    matter: tuple[int, int] | None

    def problem(self, rule: str, line: int, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """Bad data on a 1-based line of this document."""
        return Problem(rule, severity, self.path, line, message)


class Form(Protocol):
    """One way to write action items: a module with these functions."""

    def find(self, page: Page, words: Words) -> Iterable[Found | Problem]:
        """The items in this form, in the order of the document, and what could not be read."""
        ...

    def consider(self, page: Page, words: Words) -> Iterable[Considered]:
        """What could be items in this form, and why it was or wasn't taken."""
        ...

    def hold(self, found: Found, role: Role) -> bool:
        """Whether a value can be written at this place of an item."""
        ...

    def edit(self, page: Page, found: Found, texts: Mapping[Role, str]) -> list[Splice]:
        """The replacements that put these texts into the places of an item, all of which can be held."""
        ...
