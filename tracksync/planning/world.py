"""Everything a run has seen, as one value: the input of planning."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from tracksync.model import Carrier, Document, Fetched, Field, IssueRef, Problem, Window
from tracksync.owners import Directory
from tracksync.planning.project import Hold
from tracksync.planning.routes import Routes
from tracksync.planning.source import Origin
from tracksync.planning.visibility import Ask, same_everywhere


def never_committed(path: str) -> Sequence[Document]:
    """Without git there is no history."""
    return ()


class Cell(NamedTuple):
    """A value for a field of an item of a document."""

    path: str
    item: int
    """Its index in the document."""
    field: Field | None
    value: str


@dataclass(frozen=True, slots=True)
class World:
    """Both sides and the memory, as they were when they were read.

    `settled` holds, for documents whose file differs from what git's HEAD has, the HEAD version: the value a document
    *states* is the committed one, what stands in the file beyond that is only proposed. Without git, and in a document
    for which issues were made before anybody committed it, the file states what it shows.
    """

    documents: Sequence[Document]
    issues: Fetched
    """The listing, together with linked issues fetched by number."""
    resolve: Callable[[str], IssueRef | None]
    """A reference in a document → one of our tracker's issues."""
    link: Callable[[IssueRef], str]
    """An issue → the reference to write into a document."""
    hold: Hold
    directory: Directory = field(default_factory=Directory)
    whereabouts: Mapping[IssueRef, str] = field(default_factory=dict)
    """What is known of linked issues that were not found, like "was moved to …"."""
    chosen: Set[str] | None = None
    """The documents that this run is about; None for all."""
    excluded: Set[str] = frozenset()
    """Documents that issues were made for and that exist, but are not part of the archive."""
    uncommitted: Set[str] = frozenset()
    """Documents that git's HEAD doesn't have."""
    since: str = ""
    """ISO date: documents before it get no new issues. "": all documents may."""
    older: Set[str] = frozenset()
    """Documents that are dated before it."""
    undated: Set[str] = frozenset()
    """Documents of which that can't be told."""
    settled: Mapping[str, Document] = field(default_factory=dict)
    former: Mapping[str, Sequence[Document]] = field(default_factory=dict)
    """Versions that were committed since a value was proposed for the document, by path: a value that was committed
    has landed, whatever HEAD shows by now.
    """
    history: Callable[[str], Sequence[Document]] = never_committed
    """The committed versions of a document, the newest first, as far back as they are there; asked for only where an
    issue is to be closed because its row is gone.
    """
    head: str = ""
    """The commit that HEAD names; "" without git."""
    carriers: Sequence[Carrier] = ()
    """Values on their way into documents. Those of the journal come as OPEN; what HEAD shows tells if they landed."""
    refused: Mapping[Cell, str] = field(default_factory=dict)
    """Cells in which a value can't be written, and why: what a rehearsal of a plan found."""
    problems: Sequence[Problem] = ()
    """What went wrong while looking, beyond the documents themselves."""
    routes: Routes = field(default_factory=Routes)
    """The projects in which issues are made."""
    origin: Origin | None = None
    """Who hosts the documents; None where nobody does, or it can't be told."""
    reach: Ask = same_everywhere
    """Who sees the documents, and who the issues; asked for only where a change depends on it."""
    signals: int = 0
    """Requests that signals and boards cost in each run."""
    pace: Sequence[Window] = ()
    """The tracker's pace, for the prediction of minutes."""
    histories: int = 0
    """How many issues' histories one request tells, for the prediction of reads; 0: none are looked at."""

    def looks_at(self, path: str) -> bool:
        """True for what this run is about."""
        return self.chosen is None or path in self.chosen
