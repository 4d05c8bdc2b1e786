"""A run, step by step. Each step is one request or one write, and a run can die between any two.

The order is that of `tracksync.app`; what is done is decided by the product (`thinking`).
"""

from collections.abc import Callable, Iterator

from tests.model import edits
from tests.model.events import changed, pushed, spend
from tests.model.hands import Hands
from tests.model.states import Broken, Note, Place, Row, Run, State, Ticket, View
from tests.model.thinking import FIELD, Thinking, plan_purposes
from tracksync import app
from tracksync.model import Carrier, Field
from tracksync.planning import orders
from tracksync.planning.changes import Action, Change

Step = tuple[str, State]
WITHDRAW = app.PHASES.index("withdraw")
_FIELDS = ("title", "value", "closed")
_MEMORY = ("told", "retitled", "base", "serial")


class Running:
    """Advances a run by one step, in every way in which the step can end."""

    def __init__(self, thinking: Thinking, hands: Hands, alone: bool) -> None:
        self.thinking, self.hands, self.alone = thinking, hands, alone
        self._steps: dict[str, Callable[[State, int, Place, Run], Iterator[Step]]] = {
            "list": self._list,
            "look": self._look,
            "create": self._create,
            "mark": self._mark,
            "patch": self._patch,
            "check": self._check,
            "remember": self._remember,
            "write": self._write,
            "confirm": self._confirm,
            "push": self._push,
            "forget": self._forget,
        }

    def start(self, state: State, at: int) -> State:
        """A run begins."""
        return state.at(at, run=Run("list" if self.hands.issues_first else "look"))

    def advance(self, state: State, at: int) -> Iterator[Step]:
        """What the next step of a run may lead to."""
        place = state.places[at]
        assert place.run is not None
        yield from self._steps[place.run.step](state, at, place, place.run)

    # Looking.

    def _list(self, state: State, at: int, place: Place, run: Run) -> Iterator[Step]:
        shown = tuple(ticket for ticket in state.tickets if ticket.listed and ticket.labelled)
        yield "lists the issues", self._listed(state, at, run, shown, True)
        if state.budget.partial and state.tickets:
            less = state._replace(budget=spend(state.budget, "partial"))
            yield "lists the issues, and the listing breaks off", self._listed(less, at, run, (), False)

    def _listed(self, state: State, at: int, run: Run, shown: tuple[Ticket, ...], complete: bool) -> State:
        done = run._replace(listing=(shown, complete), step="look")
        if self.hands.issues_first or run.shown is not None:
            return state.at(at, run=done)
        assert run.view is not None
        return self._decided(state, at, done, run.view._replace(tickets=shown, complete=complete))

    def _look(self, state: State, at: int, place: Place, run: Run) -> Iterator[Step]:
        """Documents and memory; then linked issues, and those just made, that the listing lacks."""
        read = run._replace(committed=frozenset(), touched=False)
        if run.shown is None and not self.hands.issues_first:
            view = self._view(state, place, (), True)
            yield "reads the document and the memory", state.at(at, run=read._replace(step="list", view=view))
            return
        yield "reads the document and the memory", self._seen(state, at, read, place)

    def _seen(self, state: State, at: int, run: Run, place: Place) -> State:
        if run.listing is None:
            assert run.view is not None
            tickets, complete = run.view.tickets, run.view.complete
            known = {t.number: t for t in tickets} | {t.number: t for t in run.after}
        else:
            tickets, complete = run.listing
            known = {t.number: t for t in tickets}
            wanted = {self._file(state, place).link} if self.hands.fetches_linked else set()
            for number in sorted((wanted | {t.number for t in run.after}) - known.keys()):
                if (found := state.ticket(number)) is not None:
                    known[number] = found
        view = self._view(state, place, tuple(known[number] for number in sorted(known)), complete)
        return self._decided(state, at, run, view)

    def _decided(self, state: State, at: int, run: Run, view: View) -> State:
        first = run.shown is None
        shown = plan_purposes(self.thinking.planned(view).plan.changes) if run.shown is None else run.shown
        fresh = run.listing is not None and not first
        return self._onward(state, at, run._replace(view=view, shown=shown, fresh=fresh, listing=None, turn=0))

    def _file(self, state: State, place: Place) -> Row:
        return state.main if self.hands.mode == "push" else place.file

    def _view(self, state: State, place: Place, tickets: tuple[Ticket, ...], complete: bool) -> View:
        if self.hands.mode == "push":
            landed = tuple((value, serial, "landed") for value, serial in sorted(state.trailers))
            return View(tickets, complete, state.main, state.main, landed)
        note, head = place.note, place.file if self.hands.mode == "plain" else place.head
        if note is None:
            return View(tickets, complete, place.file, head)
        landed = "landed" if self.hands.mode == "plain" and note.written else "open"
        states = {note.value: landed} | ({note.former: "open"} if note.former is not None else {})
        carriers = tuple((value, note.serial, state) for value, state in states.items())
        former = note.since if self.hands.looks_at_history else frozenset()
        return View(tickets, complete, place.file, head, carriers, former)

    def _onward(self, state: State, at: int, run: Run) -> State:
        """To the first step of the next phase in which there is something to do."""
        assert run.view is not None
        while run.phase < len(app.PHASES):
            if changes := self._changes(run):
                return state.at(at, run=run._replace(step=self._first(run, changes)))
            run = run._replace(phase=run.phase + 1)
        if run.phase == len(app.PHASES) and run.written and self._changes(run):
            return state.at(at, run=run._replace(step="patch"))
        return state.at(at, run=run._replace(step="forget"))

    def _first(self, run: Run, changes: tuple[Change, ...]) -> str:
        phase = app.PHASES[self._phase(run)]
        if phase in ("create", "tracker"):
            return "create" if phase == "create" else "patch"
        return "check" if not run.fresh else self._writing()

    def _writing(self) -> str:
        return "push" if self.hands.mode == "push" else "remember"

    def _phase(self, run: Run) -> int:
        order = (0, 1, 2, 3) if self.hands.withdraws_first else (0, 2, 1, 3)
        return order[run.phase]

    def _changes(self, run: Run) -> tuple[Change, ...]:
        """The changes of the run's phase; after the last one those by which landed values are remembered."""
        assert run.view is not None
        if run.phase == len(app.PHASES):
            plan = self.thinking.planned(run.view).plan
            return tuple(c for c in plan.changes if c.remembers_only and c.field is FIELD) if run.written else ()
        return self.thinking.changes(run.view, self._phase(run), run.shown, run.created)

    # The tracker.

    def _create(self, state: State, at: int, place: Place, run: Run) -> Iterator[Step]:
        assert run.view is not None
        done = run._replace(created=True, phase=run.phase + 1, step="list" if self.hands.lists_again else "look")
        made = self._made(state, run)
        yield "creates the issue", self._posted(state, at, done, made, answered=True)
        if state.budget.lags:
            less = state._replace(budget=spend(state.budget, "lags"))
            hidden = made._replace(listed=False)
            yield "creates the issue, not listed yet", self._posted(less, at, done, hidden, answered=True)
        if state.budget.lost:
            less = state._replace(budget=spend(state.budget, "lost"))
            again = done if self.hands.posts_once else run
            yield "creates the issue, the answer is lost", self._posted(less, at, again, made, answered=False)
            yield "the request to create is lost", less.at(at, run=again)
        if state.budget.lost and state.budget.lags:
            less = state._replace(budget=spend(spend(state.budget, "lost"), "lags"))
            hidden = made._replace(listed=False)
            yield "creates the issue, the answer is lost, not listed yet", self._posted(less, at, done, hidden, False)

    def _made(self, state: State, run: Run) -> Ticket:
        assert run.view is not None
        number = max((ticket.number for ticket in state.tickets), default=0) + 1
        made = self.thinking.drafted(run.view, number)
        stated = next((row for row in (run.view.head, run.view.file) if row.value == made.value), Row())
        return made._replace(marked=self.hands.marker_in_post, edits=stated.edits & edits.DOCUMENT_EDITS)

    def _posted(self, state: State, at: int, run: Run, made: Ticket, answered: bool) -> State:
        if self.alone and any(ticket.trust == "ours" for ticket in state.tickets):
            raise Broken("an item without a second writer got a second issue")
        after = (*run.after, made) if answered else run.after
        if not self.hands.marker_in_post and answered:
            run = run._replace(step="mark")
        agreed = state.agreed or (made.value, made.edits)
        return state._replace(tickets=(*state.tickets, made), agreed=agreed).at(at, run=run._replace(after=after))

    def _mark(self, state: State, at: int, place: Place, run: Run) -> Iterator[Step]:
        number = run.after[-1].number
        tickets = tuple(t._replace(marked=True) if t.number == number else t for t in state.tickets)
        after = (*run.after[:-1], run.after[-1]._replace(marked=True))
        yield "writes the marker", state._replace(tickets=tickets).at(at, run=run._replace(step="list", after=after))

    def _patch(self, state: State, at: int, place: Place, run: Run) -> Iterator[Step]:
        assert run.view is not None
        groups = self.thinking.groups(self._changes(run))
        group = groups[run.turn]
        number = group[0].issue.number if group[0].issue else 0
        seen = next(ticket for ticket in run.view.tickets if ticket.number == number)
        last = run.turn + 1 == len(groups)
        done = run._replace(turn=run.turn + 1, half=False)
        if last:
            done = run._replace(phase=run.phase + 1, step="look", turn=0, half=False)
        if run.phase == len(app.PHASES) and last:
            done = run._replace(step="forget", phase=run.phase + 1)
        now = state.ticket(number)
        assert now is not None
        if self.hands.compares_versions and not seen.current and not run.half:
            yield "finds the issue changed", state.at(at, run=done)
            return
        wanted = self.thinking.patched(seen, group)
        fields = {name: getattr(wanted, name) for name in _FIELDS if getattr(wanted, name) != getattr(seen, name)}
        if not self.hands.one_patch and not run.half and fields:
            after = edits.patch(state, run.view.head, now, now._replace(**fields), group)
            yield "writes the fields alone", changed(*after).at(at, run=run._replace(half=True))
            return
        memory = {name: getattr(wanted, name) for name in _MEMORY}
        state, after = edits.patch(state, run.view.head, now, now._replace(**fields, **memory), group)
        kept = tuple(t for t in run.after if t.number != number)
        yield (
            f"updates #{number} ({_told(group)})",
            changed(state, after).at(at, run=done._replace(after=(*kept, after))),
        )

    # The documents.

    def _check(self, state: State, at: int, place: Place, run: Run) -> Iterator[Step]:
        """The issues of these changes once more; what moved is left for the next run."""
        changes = self._changes(run)
        if not self.hands.looks_before_documents or self._still(run, changes):
            yield "finds the issue as it was", state.at(at, run=run._replace(step=self._writing()))
        else:
            yield "finds the issue changed", self._after_documents(state, at, run, changes)

    def _still(self, run: Run, changes: tuple[Change, ...]) -> bool:
        assert run.view is not None
        planned = self.thinking.planned(run.view)
        about = {issue.ref.number for change in changes if (issue := planned.match(change).issue)}
        return all(ticket.current for ticket in run.view.tickets if ticket.number in about)

    def _new(self, now: Row, run: Run, changes: tuple[Change, ...]) -> Row:
        """The row with these changes, and with the edits that their values were made with."""
        assert run.view is not None
        row = now._replace(**run.view.file._replace(edits=now.edits)._asdict())
        planned = self.thinking.planned(run.view)
        for change in changes:
            if change.field is Field.ISSUE:
                row = row._replace(link=int((change.after or "#0").removeprefix("#")))
            elif orders.withdraws(change):
                row = row._replace(value=change.after or "", edits=run.view.head.edits)
            else:
                kept = planned.match(change).issue
                seen = next((t.edits for t in run.view.tickets if kept and t.number == kept.ref.number), 0)
                row = row._replace(value=change.after or "", edits=seen)
        return row

    def _remember(self, state: State, at: int, place: Place, run: Run) -> Iterator[Step]:
        assert run.view is not None
        changes = self._changes(run)
        moved = bool(run.committed) and self.hands.minds_commits
        if moved or place.file.content != run.view.file.content:
            yield "finds the document changed", self._after_documents(state, at, run, changes)
            return
        carried = self._carried(run, changes)
        writing = run._replace(step="write")
        if not carried or not self.hands.remembers_first:
            yield from self._write(state, at, place, writing)
            return
        yield f"remembers {carried[0].value}", state.at(at, run=writing, note=self._note(place, run, changes))

    def _carried(self, run: Run, changes: tuple[Change, ...]) -> list[Carrier]:
        """What must be remembered of a write. What is taken back is not: nobody asks for it again."""
        assert run.view is not None
        if not self.hands.remembers:
            return []
        brought = [c for c in changes if self.hands.remembers_withdrawals or not orders.withdraws(c)]
        return orders.carriers(brought, self.thinking.planned(run.view).matches)

    def _note(self, place: Place, run: Run, changes: tuple[Change, ...]) -> Note | None:
        assert run.view is not None
        carried = self._carried(run, changes)
        if not carried:
            return place.note
        new = Note(carried[0].value, carried[0].serial, None, since=run.committed)
        new, known = new._replace(edits=self._new(place.file, run, changes).edits), place.note
        if known is None or known.serial != new.serial or not self.hands.remembers_former:
            return new
        if known.value != new.value:
            return new._replace(former=known.value)
        return new._replace(former=known.former)

    def _write(self, state: State, at: int, place: Place, run: Run) -> Iterator[Step]:
        assert run.view is not None
        changes = self._changes(run)
        if self.hands.locks_documents and place.file.content != run.view.file.content:
            yield "finds the document changed", self._after_documents(state, at, run, changes)
            return
        new = self._new(place.file, run, changes)
        state = edits.write(state, place.file, run.view.head, new, changes).at(at, file=new)
        if any(change.field is FIELD and not orders.withdraws(change) for change in changes):
            state = state.at(at, proposal=(new.value, new.edits))
        if self.hands.mode == "plain" and new.value != place.file.value:
            state = state._replace(agreed=(new.value, new.edits))
        wrote = any(change.field is FIELD and not orders.withdraws(change) for change in changes)
        run = run._replace(written=run.written or wrote)
        label = f"writes {new.value}" + (f" with #{new.link}" if new.link else "")
        carried = any(change.field is not Field.ISSUE for change in changes)
        if not self.hands.remembers or not carried:
            yield label, self._after_documents(state, at, run, changes)
        else:
            yield label, state.at(at, run=run._replace(step="confirm"))

    def _confirm(self, state: State, at: int, place: Place, run: Run) -> Iterator[Step]:
        """What stood there before is nobody's any more."""
        changes = self._changes(run)
        note = place.note if self.hands.remembers_first else self._note(place, run, changes)
        if note:
            withdrawn = any(orders.withdraws(change) for change in changes)
            note = None if withdrawn else note._replace(former=None, written=self.hands.mode == "plain")
        yield "confirms", self._after_documents(state.at(at, note=note), at, run, changes)

    def _push(self, state: State, at: int, place: Place, run: Run) -> Iterator[Step]:
        assert run.view is not None
        changes = self._changes(run)
        if self.hands.locks_documents and run.touched:
            yield "is rejected", self._after_documents(state, at, run, changes)
            return
        new = self._new(state.main, run, changes)
        state = edits.write(state, state.main, run.view.head, new, changes)
        if new.value != state.main.value:
            state = state._replace(agreed=(new.value, new.edits))
        carried = self._carried(run, changes)
        trailers = state.trailers | {(one.value, one.serial) for one in carried}
        done = pushed(state._replace(trailers=frozenset(trailers)), new)
        run = run._replace(written=run.written or bool(carried))
        yield f"pushes {new.value} with #{new.link}", self._after_documents(done, at, run, changes)

    def _after_documents(self, state: State, at: int, run: Run, changes: tuple[Change, ...]) -> State:
        done = run._replace(phase=run.phase + 1, fresh=False)
        withdrawing = self._phase(run) == WITHDRAW
        if withdrawing or any(change.field is not Field.ISSUE for change in changes):
            return state.at(at, run=done._replace(step="look"))
        return state.at(at, run=done._replace(step="forget", phase=len(app.PHASES) + 1))

    def _forget(self, state: State, at: int, place: Place, run: Run) -> Iterator[Step]:
        """What the journal has from an earlier agreement, or nobody wants any more, goes."""
        assert run.view is not None
        planned = self.thinking.planned(run.view)
        old = orders.outdated(planned.world.carriers, planned.world.issues.issues)
        note = None if old or planned.taken_back else place.note
        if not any(change.field is FIELD for change in planned.plan.changes):
            state = edits.ended(state, run.view, place.file if self.hands.mode == "plain" else self._head(state, place))
        yield "ends", state.at(at, run=None, note=note)

    def _head(self, state: State, place: Place) -> Row:
        return state.main if self.hands.mode == "push" else place.head


def _told(changes: list[Change]) -> str:
    parts = []
    for change in changes:
        if change.action is Action.CLOSE:
            parts.append("closed as a duplicate")
        else:
            parts.append(f"base := {change.after}" if change.remembers_only else f"{change.field} := {change.after}")
    return ", ".join(parts)
