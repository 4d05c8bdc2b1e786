"""What a look around found, as values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tracksync.model import Document
from tracksync.setup.remote import Remote


class Place(NamedTuple):
    """A place where postmortems seem to lie. `include` and `exclude` are globs of the configuration."""

    folder: str
    """POSIX path relative to the root, "" for the root itself."""
    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    sure: bool = True
    """False: only what the documents hold can tell."""
    likely: bool = True
    """False: among tests and examples; not taken while there is another place."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place with its documents; `unread` counts those that were left out because there are too many."""

    place: Place
    documents: tuple[Document, ...]
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that was found below the folder that the configuration will be for."""

    files: int
    """How many file names were looked at."""
    complete: bool
    """False: there were more files than a look around takes in."""
    opened: int
    """How many Markdown files were opened because no name gave the postmortems away; 0 when one did."""
    unopened: int
    """How many more there are."""
    remote: Remote | None
    candidates: tuple[Candidate, ...]
    others: tuple[str, ...] = ()
    """Configurations that other folders have for themselves."""

    @property
    def suggested(self) -> tuple[Candidate, ...]:
        """The candidates that are taken when nobody chooses."""
        return tuple(one for one in self.candidates if one.place.likely) or self.candidates


def documents_of(candidates: Iterable[Candidate]) -> tuple[Document, ...]:
    """The documents of several candidates, each once, by path."""
    found = {document.path: document for one in candidates for document in one.documents}
    return tuple(found[path] for path in sorted(found))


def includes(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The globs for `documents.include`."""
    return tuple(dict.fromkeys(glob for one in candidates for glob in one.place.include))


def excludes(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The globs for `documents.exclude`."""
    return tuple(dict.fromkeys(glob for one in candidates for glob in one.place.exclude))
