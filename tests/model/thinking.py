"""The product's own decisions about the small world: `build` and `orders`, asked once for each different question."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from tests.model.states import NO_VALUE, Row, Ticket, View
from tests.unit.planning import given
from tracksync import app
from tracksync.apply import Results, in_phase
from tracksync.model import (
    Base,
    Carrier,
    CarrierState,
    Document,
    Field,
    Issue,
    IssueRef,
    Marker,
    Reading,
    Status,
    Trust,
)
from tracksync.planning import orders
from tracksync.planning.canonical import birth_keys, text_digest
from tracksync.planning.changes import Action, Change
from tracksync.planning.plan import Planned, build
from tracksync.planning.rules import FieldPolicy, Rules

WORDINGS = ("Add an alert", "Add a better alert")
FIELD = Field.DUE
REPORTED = ("changed on both sides", "nothing was remembered")
"""How the reason of a change begins that says what it overwrites."""


def document(row: Row) -> Document:
    """A version of the document."""
    link = f"#{row.link}" if row.link else None
    item = given.item(WORDINGS[row.text], due=row.value, link=link)
    return given.document(given.read_as(item, due=Reading.PLACEHOLDER) if row.value == NO_VALUE else item)


def key(wording: int) -> str:
    """The item's key at birth."""
    return birth_keys(given.REPOSITORY, document(Row(text=wording)))[0]


def issue(ticket: Ticket) -> Issue:
    """An issue as the product sees it."""
    status = Status.DUPLICATE if ticket.closed else Status.NOT_STARTED
    base = given.base(title=WORDINGS[ticket.told], due=ticket.base)
    base[Field.TITLE] = Base(base[Field.TITLE].value, int(ticket.retitled))
    base[FIELD] = Base(ticket.base, ticket.serial)
    base[Field.STATUS] = Base(status.value, int(ticket.closed))
    repository = "other/other" if ticket.trust == "elsewhere" else given.REPOSITORY
    marker = Marker(key(ticket.born), repository, given.PATH, text_digest(WORDINGS[ticket.born]), base)
    made = given.issue(ticket.number, document(Row(text=ticket.title)), due=ticket.value, status=status)
    trust = Trust.STRANGER if ticket.trust == "stranger" else Trust.OURS
    return replace(made, marker=marker if ticket.marked else None, trust=trust, labelled=ticket.labelled)


def ticket(made: Issue, like: Ticket) -> Ticket:
    """An issue of the product in the model's terms: nothing else may have changed."""
    assert isinstance(made.marker, Marker)
    base = made.marker.base
    told = base[Field.TITLE]
    result = like._replace(
        title=WORDINGS.index(made.title),
        told=WORDINGS.index(told.value),
        retitled=bool(told.serial),
        value=made.due,
        base=base[FIELD].value,
        serial=base[FIELD].serial,
        closed=made.status is Status.DUPLICATE,
    )
    marker = issue(result).marker
    assert isinstance(marker, Marker)
    left_out = {Field.TITLE, Field.STATUS}
    assert {f: b for f, b in base.items() if f not in left_out} == {
        f: b for f, b in marker.base.items() if f not in left_out
    }
    return result


class Thinking:
    """Asks the product. `plain`: without git the file states what it shows."""

    def __init__(self, policy: FieldPolicy, plain: bool = False) -> None:
        self.rules = Rules(given.REPOSITORY, fields={**Rules("").fields, FIELD: policy})
        self.plain = plain
        self._planned: dict[View, Planned] = {}
        self._steps: dict[tuple[object, ...], tuple[Change, ...]] = {}

    def planned(self, view: View) -> Planned:
        """What the product decides."""
        content = view.content
        if content not in self._planned:
            self._planned[content] = self._build(content)
        return self._planned[content]

    def _build(self, view: View) -> Planned:
        carriers = [
            Carrier(self._carried(view), FIELD, value, serial, CarrierState(state))
            for value, serial, state in view.carriers
        ]
        differs = not self.plain and view.file != view.head
        world = given.world(
            document(view.file),
            issues=[issue(ticket) for ticket in view.tickets],
            complete=view.complete,
            settled=[document(view.head)] if differs else (),
            former=[document(row) for row in sorted(view.former)],
            carriers=carriers,
        )
        return build(world, self.rules)

    def _carried(self, view: View) -> str:
        """The key under which the item's values travel: its issue's."""
        return key(next((ticket.born for ticket in view.tickets if ticket.trust == "ours"), view.file.text))

    def changes(
        self, view: View, phase: int, shown: frozenset[tuple[object, ...]] | None, created: bool
    ) -> tuple[Change, ...]:
        """What a run does in one phase: what was shown, and what follows from a create."""
        question = (view.content, phase, shown, created)
        if question not in self._steps:
            plan = self.planned(view).plan
            results = Results(created={change.key for change in plan.changes} if created else set())
            wanted = partial(
                app._wanted, shown=plan_purposes(plan.changes) if shown is None else shown, results=results
            )
            changes = [change for change in in_phase(plan.changes, app.PHASES[phase]) if wanted(change)]
            waiting = orders.unaccounted(plan.changes) if app.PHASES[phase] == "document" else set()
            self._steps[question] = tuple(c for c in changes if (c.key, c.field) not in waiting)
        return self._steps[question]

    def groups(self, changes: Sequence[Change]) -> list[list[Change]]:
        """The changes of each issue: one PATCH for all of them."""
        found: dict[IssueRef | None, list[Change]] = {}
        for change in changes:
            found.setdefault(change.issue, []).append(change)
        return list(found.values())

    def patched(self, seen: Ticket, changes: Sequence[Change]) -> Ticket:
        """The issue after the product's PATCH."""
        before = issue(seen)
        patch = orders.patch(before, changes)
        after = replace(before, marker=patch.marker or before.marker)
        for which, value in patch.values.items():
            after = replace(after, **{which.value: Status(value) if which is Field.STATUS else value})
        return ticket(after, seen)

    def drafted(self, view: View, number: int) -> Ticket:
        """The issue that the product asks for."""
        planned = self.planned(view)
        create = next(change for change in planned.plan.changes if change.action is Action.CREATE)
        draft = orders.draft(planned.match(create), planned.world, planned.repository)
        title = WORDINGS.index(draft.values[Field.TITLE])
        base = draft.marker.base[FIELD]
        born = next(n for n in range(len(WORDINGS)) if key(n) == draft.marker.key)
        value = draft.values[FIELD]
        return Ticket(number, born, title, title, False, value, base.value, base.serial)


def plan_purposes(changes: Sequence[Change]) -> frozenset[tuple[object, ...]]:
    """What a plan shows."""
    return frozenset(change.purpose for change in changes)
