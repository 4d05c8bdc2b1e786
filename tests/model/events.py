"""What follows when something changes: who has seen it before now has an old version."""

from tests.model.states import Budget, Row, State, Ticket


def spend(budget: Budget, name: str) -> Budget:
    """One less of something."""
    return budget._replace(**{name: getattr(budget, name) - 1})


def changed(state: State, new: Ticket) -> State:
    """The issue is now `new`; whoever else has looked at it has an old version."""
    tickets = tuple(new if ticket.number == new.number else ticket for ticket in state.tickets)
    places = []
    for place in state.places:
        run = place.run
        if run is not None:
            run = run._replace(
                view=run.view._replace(tickets=_outdated(run.view.tickets, new.number)) if run.view else None,
                after=_outdated(run.after, new.number),
                listing=(_outdated(run.listing[0], new.number), run.listing[1]) if run.listing else None,
            )
        places.append(place._replace(run=run))
    return state._replace(tickets=tickets, places=tuple(places))


def _outdated(tickets: tuple[Ticket, ...], number: int) -> tuple[Ticket, ...]:
    return tuple(ticket._replace(current=False) if ticket.number == number else ticket for ticket in tickets)


def committed(state: State, row: Row, by: int) -> State:
    """Main is now `row`, and `by` (a checkout) has it."""
    places = [place._replace(behind=place.behind | {row}) for place in state.places]
    place, note, run = state.places[by], state.places[by].note, state.places[by].run
    places[by] = place._replace(
        head=row,
        note=note._replace(since=note.since | {row}) if note else None,
        run=run._replace(touched=True, committed=run.committed | {row}) if run else None,
    )
    return state._replace(places=tuple(places), main=row)


def pushed(state: State, row: Row) -> State:
    """Main is now `row`; what runs have read of it is old."""
    places = [place._replace(run=place.run._replace(touched=True)) if place.run else place for place in state.places]
    return state._replace(places=tuple(places), main=row)


def appeared(state: State, ticket: Ticket) -> State:
    """A listing shows the issue from now on."""
    shown = tuple(one._replace(listed=True) if one.number == ticket.number else one for one in state.tickets)
    return state._replace(tickets=shown)
