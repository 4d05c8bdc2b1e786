"""Every state of a small world, breadth first: the first broken promise has the shortest story."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tests.model.events import appeared
from tests.model.hands import Hands
from tests.model.people import People, commit, pull
from tests.model.running import Running, Step
from tests.model.states import NO_VALUE, VALUES, Broken, Budget, Place, Row, State, Ticket, View
from tests.model.thinking import Thinking
from tracksync.planning.rules import FieldPolicy

QUIET_RUNS = 2
"""After so many runs in which nobody does anything, a run changes nothing."""
EXPLAINED = {"duplicate-worked-on", "second-issue"}
"""Problems that say why an item has more than one issue."""


@dataclass(frozen=True, slots=True)
class Small:
    """A world to search."""

    name: str
    budget: Budget
    mode: str = "worktree"
    places: int = 1
    policy: FieldPolicy = FieldPolicy.MERGE
    born: bool = False
    """True: the item has its issue already, and everything is committed."""

    @property
    def first(self) -> State:
        """How it begins."""
        if not self.born:
            return State(tuple(Place() for _ in range(self.places)), self.budget)
        row, value = Row(link=1), VALUES[0]
        places = tuple(Place(head=row, file=row) for _ in range(self.places))
        ticket = Ticket(1, 0, 0, 0, False, value, value, 0)
        return State(places, self.budget, main=row, tickets=(ticket,), agreed=(value, 0))

    @property
    def alone(self) -> bool:
        """True when nothing can hide an issue from the only writer."""
        return self.places == 1 and not self.budget.lags


class Found(NamedTuple):
    """What a search found: how many states, and the broken promise with its story, if any."""

    states: int
    broken: str = ""
    story: tuple[str, ...] = ()


class Search:
    """One search."""

    def __init__(self, small: Small, hands: Hands | None = None) -> None:
        self.small = small
        hands = (hands or Hands())._replace(mode=small.mode)
        thinking = Thinking(small.policy, small.mode == "plain")
        self.running = Running(thinking, hands, small.alone)
        self.people = People(self.running)
        self._settled: set[int] = set()

    def run(self, most: int = 20_000_000) -> Found:
        """Search everything, or until a promise is broken. `most`: states, for searches that are expected to fail."""
        first = self.small.first
        came_from: dict[int, int] = {hash(first): 0}
        layer = [first]
        while layer and len(came_from) < most:
            following = []
            for state in layer:
                here = hash(state)
                try:
                    for _, after in self._next(state):
                        there = hash(after)
                        if there not in came_from:
                            came_from[there] = here
                            following.append(after)
                except Broken as error:
                    return Found(len(came_from), str(error), self._story(first, came_from, here, str(error)))
            layer = following
        return Found(len(came_from))

    def _next(self, state: State) -> Iterator[Step]:
        if all(place.run is None for place in state.places):
            self.settles(state)
        yield from self.people.acts(state)

    def _story(self, first: State, came_from: dict[int, int], last: int, broken: str) -> tuple[str, ...]:
        path = [last]
        while path[-1] != hash(first):
            path.append(came_from[path[-1]])
        story, state = [], first
        for wanted in reversed(path[:-1]):
            label, state = next(step for step in self._next(state) if hash(step[1]) == wanted)
            story.append(label)
        story += self._last(state)
        return (*story, broken)

    def _last(self, state: State) -> list[str]:
        """The step in which the promise breaks, or the quiet runs after which it is seen to be broken."""
        try:
            for _ in self.people.acts(state):
                pass
        except Broken:
            return ["the next step"]
        return ["nobody does anything more"]

    # In the end.

    def settles(self, state: State) -> None:
        """From here, when nobody does anything more, both sides come to rest with one open issue and nothing lost."""
        known = hash(state._replace(budget=Budget(runs=0)))
        if known in self._settled:
            return
        self._settled.add(known)
        state = state._replace(budget=Budget(runs=0))
        for ticket in state.tickets:
            state = appeared(state, ticket)
        for _ in range(QUIET_RUNS):
            state = self._round(state)
        after = self._round(state)
        if _content(after) != _content(state):
            raise Broken(f"no fixed point within {QUIET_RUNS} quiet runs")
        self._in_the_end(after)

    def _round(self, state: State) -> State:
        for at in range(len(state.places)):
            state = self._committed(state, at)
            state = self.running.start(state, at)
            while state.places[at].run is not None:
                state = next(iter(self.running.advance(state, at)))[1]
            state = self._committed(state, at)
        return state

    def _committed(self, state: State, at: int) -> State:
        place = state.places[at]
        if self.small.mode != "worktree":
            return state
        if place.head != state.main:
            return pull(state.at(at, file=place.head), at)
        return commit(state, at) if place.file.content != place.head.content else state

    def _in_the_end(self, state: State) -> None:
        for at in range(len(state.places)):
            view = self._seen(state, at)
            plan = self.running.thinking.planned(view).plan
            if plan.changes:
                raise Broken(f"at rest, and yet there is something to do: {plan.changes[0].reason}")
            rules = {problem.rule for problem in plan.problems}
            if "issue-missing" in rules:
                raise Broken("an issue that is there is said to be missing")
            count = sum(ticket.trust == "ours" and not ticket.closed for ticket in state.tickets)
            if count == 0 or (count > 1 and not rules & EXPLAINED):
                raise Broken(f"the item has {count} open issues in the end")
            self._same_or_told(state, view.file, rules, bool(plan.conflicts))

    def _same_or_told(self, state: State, row: Row, rules: set[str], conflicts: bool) -> None:
        linked = state.ticket(row.link)
        if linked is None or linked.trust != "ours":
            if not rules & self._explained:
                raise Broken("the item has no link in the end, and nothing says why")
        elif "reworded-or-new" in rules:
            raise Broken("an item with a link is taken for a new one")
        elif row.value not in (linked.value, NO_VALUE) and not conflicts and not rules & {*EXPLAINED, "left-as-it-is"}:
            raise Broken("the two sides stay different, and nothing says so")

    @property
    def _explained(self) -> set[str]:
        return EXPLAINED | ({"reworded-or-new"} if self.small.budget.rewords else set())

    def _seen(self, state: State, at: int) -> View:
        """What the next run will see."""
        state = self.running.start(state, at)
        while (run := state.places[at].run) is not None and run.shown is None:
            state = next(iter(self.running.advance(state, at)))[1]
        assert run is not None
        assert run.view is not None
        return run.view


def _content(state: State) -> object:
    """What people see: a note of the journal and the base in a marker count, too."""
    rows = [state.main, *(row for place in state.places for row in (place.head, place.file))]
    return [row.content for row in rows], [ticket.content for ticket in state.tickets]
