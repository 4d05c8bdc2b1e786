"""In which project a new issue is made. Once it is there, nothing moves it: what is linked is never looked up here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracksync.globs import matcher
from tracksync.model import ActionItem, Document
from tracksync.owners import LABEL, Directory, folded


@dataclass(frozen=True, slots=True)
class Route:
    """Items that meet all conditions go to `project`; "" is no condition."""

    project: str
    team: str = ""
    """An owner: as written, or the login or team label that it means."""
    service: str = ""
    """One of the document's services."""
    path: str = ""
    """A pattern for the document's path."""
    kind: str = ""
    """The item's kind."""

    def takes(self, document: Document, item: ActionItem, owners: Sequence[str]) -> bool:
        """True when a new item's issue belongs here; `owners` are its owners in every spelling, folded."""
        return (
            (not self.team or folded(self.team.removeprefix(LABEL)) in owners)
            and (not self.service or folded(self.service) in map(folded, document.services))
            and (not self.path or matcher([self.path]).fullmatch(document.path) is not None)
            and (not self.kind or self.kind == item.kind)
        )


@dataclass(frozen=True, slots=True)
class Routes:
    """The first route that takes an item counts, else the default project."""

    default: str = ""
    routes: tuple[Route, ...] = ()

    @property
    def projects(self) -> tuple[str, ...]:
        """Every project, the default one first; none where there is one only."""
        return tuple(dict.fromkeys([self.default, *(route.project for route in self.routes)])) if self.routes else ()

    def project(self, document: Document, item: ActionItem, directory: Directory) -> str:
        """The project for a new item; "" where there is one only."""
        if not self.routes:
            return ""
        owners = list(_owners(item, directory))
        return next((route.project for route in self.routes if route.takes(document, item, owners)), self.default)


def _owners(item: ActionItem, directory: Directory) -> Iterator[str]:
    known, _ = directory.resolve(item) if item.owners else ("", ())
    yield from map(folded, item.owners)
    yield from (folded(one.removeprefix(LABEL)) for one in known.split(",") if one)
