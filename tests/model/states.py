"""The small world of the model search: one item with one field, two sides, the runs between them, what people may do.

Values in the order in which things happen can't be told apart from outside; what the search knows and the product
doesn't is kept as a *ghost*: the set of people's edits that went into a value.
"""

from typing import NamedTuple

VALUES = ("A", "B", "C")
"""The values of the one field that people edit; all begins with the first."""


NO_VALUE = "?"
"""What a person writes who doesn't know the value yet."""


class Row(NamedTuple):
    """The item as one version of its document has it."""

    value: str = VALUES[0]
    text: int = 0
    """Which wording its text has."""
    link: int = 0
    """The number of the issue that it links to; 0: none."""
    edits: int = 0
    """Ghost: the people's edits that `value` was made with, as a set of bits."""

    @property
    def content(self) -> "Row":
        """What a file shows."""
        return self._replace(edits=0)


class Note(NamedTuple):
    """The journal's entry for the field."""

    value: str
    serial: int
    former: str | None
    written: bool = False
    since: frozenset[Row] = frozenset()
    """What was committed since it was written."""
    edits: int = 0
    """Ghost: those of the value."""


class Ticket(NamedTuple):
    """An issue in the tracker, or as a run saw it."""

    number: int
    born: int
    """The item's wording at its creation."""
    title: int
    told: int
    """The wording that both sides last agreed on."""
    retitled: bool
    """True when that moved."""
    value: str
    base: str
    serial: int
    marked: bool = True
    """False: created without its marker."""
    closed: bool = False
    trust: str = "ours"
    """`ours`, `stranger` (who pasted our marker), `elsewhere` (a marker of another repository)."""
    listed: bool = True
    """False: a listing doesn't show it yet."""
    labelled: bool = True
    edits: int = 0
    """Ghost: the people's edits that `value` was made with."""
    current: bool = True
    """As a run saw it: nobody changed it since. Stands for the comparison of versions."""

    @property
    def content(self) -> "Ticket":
        """What planning is shown."""
        return self._replace(edits=0, current=True, listed=True)


class View(NamedTuple):
    """What a run has seen: the input of planning, and the ghosts that go with it."""

    tickets: tuple[Ticket, ...]
    complete: bool
    file: Row
    head: Row
    carriers: tuple[tuple[str, int, str], ...] = ()
    """(value, serial, state)"""
    former: frozenset[Row] = frozenset()

    @property
    def content(self) -> "View":
        """Without ghosts."""
        tickets = tuple(ticket.content for ticket in self.tickets)
        return self._replace(
            tickets=tickets,
            file=self.file.content,
            head=self.head.content,
            former=frozenset(row.content for row in self.former),
        )


class Run(NamedTuple):
    """A run between two of its steps."""

    step: str = "list"
    phase: int = 0
    shown: frozenset[tuple[object, ...]] | None = None
    """The purposes of the plan that was printed."""
    view: View | None = None
    after: tuple[Ticket, ...] = ()
    """What it made and wrote, as the tracker answered."""
    turn: int = 0
    """How many of a phase's issues are done."""
    created: bool = False
    written: bool = False
    fresh: bool = False
    """All issues were listed since its last write."""
    listing: tuple[tuple[Ticket, ...], bool] | None = None
    committed: frozenset[Row] = frozenset()
    """What was committed since it read the documents."""
    touched: bool = False
    """Somebody did something to its document since it read that."""
    half: bool = False
    """It has written an issue's fields and not yet the marker: only where that rule is left out."""


class Place(NamedTuple):
    """A checkout, and the run that works in it."""

    head: Row = Row()
    file: Row = Row()
    note: Note | None = None
    run: Run | None = None
    behind: frozenset[Row] = frozenset()
    """What main got since `head`."""
    proposal: tuple[str, int] | None = None
    """Ghost: the value that a run brought into the file, and the edits in it."""


class Budget(NamedTuple):
    """How often each thing may still happen."""

    runs: int = 2
    document: int = 0
    """People's edits of the document."""
    tracker: int = 0
    """People's edits of an issue."""
    deaths: int = 0
    lost: int = 0
    """Creates whose answer, or who themselves, are lost."""
    lags: int = 0
    """Creates that the next listings don't show."""
    partial: int = 0
    """Listings that break off."""
    rewords: int = 0
    forgeries: int = 0
    unlabelled: int = 0
    unlinks: int = 0
    placeholders: int = 0
    """Cells in which somebody writes what is no value."""


class State(NamedTuple):
    """Everything."""

    places: tuple[Place, ...]
    budget: Budget
    main: Row = Row()
    trailers: frozenset[tuple[str, int]] = frozenset()
    """(value, serial) of the commits that brought a tracker's value into main."""
    tickets: tuple[Ticket, ...] = ()
    agreed: tuple[str, int] | None = None
    """Ghost: the value that both sides truly had last, and the edits in it."""

    def at(self, place: int, **changes: object) -> "State":
        """With another checkout."""
        places = list(self.places)
        places[place] = places[place]._replace(**changes)
        return self._replace(places=tuple(places))

    def touched(self, place: int) -> "State":
        """Somebody did something to the document of a checkout."""
        run = self.places[place].run
        return self if run is None else self.at(place, run=run._replace(touched=True))

    def ticket(self, number: int) -> Ticket | None:
        """An issue by number."""
        return next((ticket for ticket in self.tickets if ticket.number == number), None)


class Broken(Exception):
    """A promise is broken; the text says which."""
