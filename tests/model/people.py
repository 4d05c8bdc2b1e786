"""What people do between any two steps of a run, and what happens to them."""

from collections.abc import Iterator

from tests.model.events import appeared, changed, committed, pushed, spend
from tests.model.running import Running, Step
from tests.model.states import NO_VALUE, VALUES, Note, Place, Row, Run, State, Ticket


class People:
    """Everything that can happen beside the steps of runs."""

    def __init__(self, running: Running) -> None:
        self.running, self.mode = running, running.hands.mode

    def acts(self, state: State) -> Iterator[Step]:
        """All that may happen now."""
        yield from self._trackers(state)
        for at, place in enumerate(state.places):
            where = f"{'AB'[at]}: " if len(state.places) > 1 else ""
            for label, after in self._runs(state, at, place):
                yield where + label, after
            for label, after in self._documents(state, at, place):
                if not self.declared(state, place, after.places[at]):
                    yield where + label, after

    def _runs(self, state: State, at: int, place: Place) -> Iterator[Step]:
        """A run reads a checkout that is as new as main: in an older one an old text looks like an edit."""
        current = self.mode != "worktree" or place.head == state.main
        if place.run is not None:
            if current or place.run.shown is not None:
                yield from self.running.advance(state, at)
            if state.budget.deaths and not self._between_write_and_memory(place.run):
                yield "the run dies", state._replace(budget=spend(state.budget, "deaths")).at(at, run=None)
        elif state.budget.runs and current:
            yield "a run starts", self.running.start(state._replace(budget=spend(state.budget, "runs")), at)

    def _documents(self, state: State, at: int, place: Place) -> Iterator[Step]:
        if self.mode == "push":
            if at == 0:
                yield from self._edits_main(state)
        else:
            yield from self._edits_file(state, at, place)
        if self.mode == "worktree":
            yield from self._git(state, at, place)

    def _between_write_and_memory(self, run: Run) -> bool:
        """Without git nothing tells whether a value that is gone was ever there, should a run die here."""
        return self.mode == "plain" and run.step == "confirm"

    def declared(self, state: State, before: Place, after: Place) -> bool:
        """What the product says that it can't tell apart: the search leaves it out.

        A person who brings back, within one run, the very bytes that the run read (the lock is over the bytes); and one
        who writes by hand, over something else, the very value that a run has proposed and remembers.
        """
        if after.file == before.file:
            return False
        run, note = after.run, after.note
        if run is not None and run.view is not None and run.touched and after.file.content == run.view.file.content:
            return True
        stated = before.file if self.mode == "plain" else before.head
        if note is None or after.file.value in (before.file.value, stated.value):
            return False
        counts = any(ticket.serial <= note.serial for ticket in state.tickets if not ticket.closed)
        return counts and after.file.value in (note.value, note.former)

    def _edits_file(self, state: State, at: int, place: Place) -> Iterator[Step]:
        for label, new, less in self._rows(state, place.file):
            if self.mode == "worktree" and new.value == place.head.value:
                new = new._replace(edits=place.head.edits)
            yield f"a person {label}", less.at(at, file=new).touched(at)

    def _edits_main(self, state: State) -> Iterator[Step]:
        for label, new, less in self._rows(state, state.main):
            yield f"a person {label} in main", pushed(less, new)

    def _rows(self, state: State, row: Row) -> Iterator[tuple[str, Row, State]]:
        budget = state.budget
        if budget.document:
            less = state._replace(budget=spend(budget, "document"))
            for value in VALUES:
                if value != row.value:
                    new = row._replace(value=value, edits=row.edits | 1 << (budget.document - 1))
                    yield f"writes {value}", new, less
        if budget.placeholders and row.value != NO_VALUE:
            yield (
                "writes a placeholder",
                row._replace(value=NO_VALUE, edits=0),
                state._replace(budget=spend(budget, "placeholders")),
            )
        if budget.rewords and row.text == 0:
            yield "rewords the item", row._replace(text=1), state._replace(budget=spend(budget, "rewords"))
        if budget.unlinks and row.link:
            yield "removes the link", row._replace(link=0), state._replace(budget=spend(budget, "unlinks"))

    def _git(self, state: State, at: int, place: Place) -> Iterator[Step]:
        """Not between a run's look at HEAD and its write: a declared window, like the round trip before an update."""
        if place.run is not None and place.run.step == "write":
            return
        if place.file.content != place.head.content:
            yield "a person discards", state.at(at, file=place.head, proposal=None).touched(at)
            if place.head == state.main:
                yield f"a person commits {place.file.value}", commit(state, at)
        elif place.head != state.main:
            yield "a person pulls", pull(state, at)

    def _trackers(self, state: State) -> Iterator[Step]:
        budget = state.budget
        for ticket in state.tickets:
            name = f"#{ticket.number}"
            if not ticket.listed:
                yield f"{name} appears in listings", appeared(state, ticket)
            if ticket.trust != "ours" or ticket.closed:
                continue
            if budget.tracker:
                bit = 1 << (4 + budget.tracker - 1)
                less = state._replace(budget=spend(budget, "tracker"))
                for value in VALUES:
                    if value != ticket.value:
                        new = ticket._replace(value=value, edits=ticket.edits | bit)
                        yield f"a person sets {name} to {value}", changed(less, new)
            if budget.unlabelled and ticket.labelled and self._linked(state, ticket):
                less = state._replace(budget=spend(budget, "unlabelled"))
                yield f"a person takes the label from {name}", changed(less, ticket._replace(labelled=False))
        if budget.forgeries:
            for trust in ("stranger", "elsewhere"):
                yield f"an issue with our marker appears ({trust})", self._forged(state, trust)

    def _linked(self, state: State, ticket: Ticket) -> bool:
        rows = [row for place in state.places for row in (place.head, place.file)] if self.mode != "push" else []
        return all(row.link == ticket.number for row in (*rows, state.main)) or (
            self.mode == "plain" and all(place.file.link == ticket.number for place in state.places)
        )

    def _forged(self, state: State, trust: str) -> State:
        number = max((ticket.number for ticket in state.tickets), default=0) + 1
        forged = Ticket(number, 0, 0, 0, False, VALUES[2], VALUES[0], 0, trust=trust)
        return state._replace(tickets=(*state.tickets, forged), budget=spend(state.budget, "forgeries"))


def commit(state: State, at: int) -> State:
    """What the file shows is in main. A proposal of ours that is committed has landed: both sides agreed on it."""
    place = state.places[at]
    if place.proposal == (place.file.value, place.file.edits):
        state = state._replace(agreed=place.proposal)
    state = state.at(at, proposal=None)
    return committed(state, place.file, at)


def pull(state: State, at: int) -> State:
    """The checkout becomes what main is."""
    place = state.places[at]
    note = _since(place.note, place)
    run = place.run._replace(committed=place.run.committed | place.behind) if place.run else None
    return state.at(at, head=state.main, file=state.main, behind=frozenset(), note=note, run=run)


def _since(note: Note | None, place: Place) -> Note | None:
    return note._replace(since=note.since | place.behind) if note else None
