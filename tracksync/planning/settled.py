"""What the documents state (git's HEAD) beside what their files show, and what became of a proposed value."""

from collections.abc import Collection, Iterable

from tracksync.model import ActionItem, Base, Carrier, CarrierState, Document, Marker
from tracksync.planning.canonical import birth_keys
from tracksync.planning.identity import Match
from tracksync.planning.merge import Opinion
from tracksync.planning.world import World


class _Rows:
    """The rows of one version of a document."""

    def __init__(self, document: Document, repository: str) -> None:
        self._by_key = dict(zip(birth_keys(repository, document), document.items, strict=True))
        self._by_link: dict[str, list[ActionItem]] = {}
        for item in document.items:
            if item.link:
                self._by_link.setdefault(item.link, []).append(item)

    def find(self, match: Match) -> ActionItem | None:
        """The row that is surely the same: the only one with its link, else the one with its text."""
        linked = self._by_link.get(match.item.link or "", [])
        return linked[0] if len(linked) == 1 else self._by_key.get(match.birth)


class Settled:
    """Finds, for a row of a file, the same row in what was committed."""

    def __init__(self, world: World, repository: str) -> None:
        self._uncommitted = world.uncommitted
        self._head = {path: _Rows(document, repository) for path, document in world.settled.items()}
        self._former = {path: [_Rows(one, repository) for one in found] for path, found in world.former.items()}

    def stated(self, match: Match) -> ActionItem | None:
        """The row as HEAD has it; None when HEAD has the document, or had it under another name, without this row.

        A document that was never committed states what its file shows: nobody can go back behind it.
        """
        path, issue = match.document.path, match.issue
        if path in self._head:
            return self._head[path].find(match)
        at_home = issue is None or not isinstance(issue.marker, Marker) or issue.marker.document == path
        return match.item if at_home or path not in self._uncommitted else None

    def former(self, match: Match) -> list[ActionItem]:
        """The row in each version that was committed since something was proposed for it."""
        versions = (rows.find(match) for rows in self._former.get(match.document.path, ()))
        return [row for row in versions if row is not None]


def carrier_of(
    carriers: Iterable[Carrier], base: Base | None, stated: Opinion, shown: Opinion, former: Collection[Opinion] = ()
) -> Carrier | None:
    """The proposed value of one field with what became of it; None when there is none that still counts.

    A proposal with another serial belongs to an earlier agreement. One that was never committed and that the
    file doesn't show was taken back by a person (design section "Merge and memory": both are ignored).
    """
    current = [carrier for carrier in carriers if base is not None and carrier.serial == base.serial]
    for carrier in current:
        if carrier.state is not CarrierState.OPEN:
            return carrier
        if carrier.value == stated or carrier.value in former:
            return carrier._replace(state=CarrierState.LANDED)
    return next((carrier for carrier in current if carrier.value == shown), None)
