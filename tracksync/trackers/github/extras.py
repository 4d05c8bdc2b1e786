"""What costs requests of its own, and happens only where the configuration wants it: signals and a board."""

from collections.abc import Mapping, Sequence

from tracksync.model import Field, Issue
from tracksync.trackers.base import Memory
from tracksync.trackers.github import graph, signals
from tracksync.trackers.github.board import ON_BOARD, Board, organisation_of
from tracksync.trackers.github.facts import Facts
from tracksync.trackers.github.fields import Fields, Names
from tracksync.trackers.github.signals import Place, Signals
from tracksync.trackers.web.wire import Wire


class Extras:
    """Signals and board of one project. Raises `TrackerError`."""

    def __init__(self, wire: Wire, facts: Facts, memory: Memory, names: Names, wanted: Signals) -> None:
        self._wire = wire
        self._facts = facts
        self._memory = memory
        self._names = names
        self._wanted = wanted
        self._places: dict[int, Place] = {}

    def refined(self, issues: Sequence[Issue]) -> list[Issue]:
        """The issues with what the signals add to the open ones: one query for a hundred."""
        found = {issue.ref: issue for issue in issues}
        asked = [ref for ref, issue in found.items() if any(self._wanted) and not issue.status.closed]
        for start in range(0, len(asked), graph.MOST):
            part = {ref.number: ref for ref in asked[start : start + graph.MOST]}
            text, names = signals.query(list(part), self._facts.project, self._wanted)
            for number, node in self._facts.ask_about_issues(text, names).items():
                here = signals.place(node, self._wanted.board, self._names)
                if here is not None:
                    self._places[number] = here
                found[part[number]] = signals.refined(found[part[number]], node, here)
        return list(found.values())

    def write(self, issue: Issue, values: Mapping[Field, str], fields: Fields) -> None:
        """Make the board, where there is one, say what the issue will say; `fields` hold what it needn't."""
        if self._wanted.board:
            repository = self._facts.repository()
            organisation = organisation_of(repository.organisation, self._wanted.board)
            board = Board(self._wire, organisation, self._wanted.board, self._memory, self._names)
            wanted = {which: values.get(which, issue.value(which)) for which in ON_BOARD if which not in fields}
            board.write(repository.name, issue.ref.number, self._places.get(issue.ref.number), wanted)
