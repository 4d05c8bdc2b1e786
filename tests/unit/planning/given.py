"""Small builders for the worlds that the planning tests are about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracksync.model import (
    MERGED,
    ActionItem,
    Base,
    Carrier,
    CarrierState,
    Document,
    Fetched,
    Field,
    Issue,
    IssueRef,
    Marker,
    Publication,
    Reading,
    Readings,
    Status,
    Trust,
)
from tracksync.owners import Directory
from tracksync.planning.canonical import birth_keys, text_digest
from tracksync.planning.project import Hold
from tracksync.planning.routes import Routes
from tracksync.planning.rules import Rules
from tracksync.planning.source import Origin
from tracksync.planning.world import World

REPOSITORY = "local/local"
PATH = "postmortems/a.md"
RULES = Rules(repository=REPOSITORY)
ALL_SET = Readings(*(Reading.SET,) * 6)


def reading(value: str | None, placed: bool) -> Reading:
    if value:
        return Reading.SET
    return Reading.EMPTY if placed else Reading.ABSENT


def item(
    action: str = "Add an alert",
    *,
    index: int = 0,
    owner: str = "@alice",
    due: str = "2026-02-01",
    priority: str = "P1",
    status: Status | None = Status.NOT_STARTED,
    link: str | None = None,
    **more: object,
) -> ActionItem:
    """A row that shows all five fields; "" is an empty cell."""
    owners = tuple(name.strip().lstrip("@") for name in owner.split(",") if name.strip())
    made = ActionItem(
        index=index,
        action=action,
        action_raw=action,
        owners=owners,
        owner_raw=owner,
        due=due or None,
        due_raw=due,
        priority=priority or None,
        priority_raw=priority,
        status=status,
        status_raw=status.value if status else "",
        link=link,
        links=(link,) if link else (),
        line=10 + index,
        readings=Readings(
            Reading.SET,
            reading(owner, True),
            reading(due, True),
            reading(priority, True),
            reading(status, True),
            reading(link, True),
        ),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def absent(of: ActionItem, *fields: Field) -> ActionItem:
    """The same row in a table without these columns."""
    return read_as(of, **{which.value: Reading.ABSENT for which in fields})


def read_as(of: ActionItem, **readings: Reading) -> ActionItem:
    """The same row with other readings; the values of those fields are gone."""
    values = {name: () if name == "owner" else None for name in readings}
    if "owner" in values:
        values["owners"] = values.pop("owner")
    if "issue" in values:
        values["link"] = values.pop("issue")
    values.pop("title", None)
    return replace(of, readings=of.readings._replace(**readings), **values)  # type: ignore[arg-type]


def document(*items: ActionItem, path: str = PATH, published: bool = True, **more: object) -> Document:
    publication = Publication.PUBLISHED if published else Publication.HELD
    made = Document(path, digest="d", title="Queue outage", publication=publication, items=numbered(items))
    return replace(made, **more)  # type: ignore[arg-type]


def numbered(items: Sequence[ActionItem]) -> tuple[ActionItem, ...]:
    return tuple(replace(one, index=n, line=10 + n) for n, one in enumerate(items))


def ref(number: int) -> IssueRef:
    return IssueRef("local", "local", number)


def base(**values: str) -> dict[Field, Base]:
    """A base at serial 0: what `item()` shows, with changes."""
    known = {"title": "Add an alert", "owner": "alice", "due": "2026-02-01", "priority": "P1", "status": "not_started"}
    return {Field(name): Base(value, 0) for name, value in (known | values).items()}


def marker(of: Document, index: int = 0, memory: Mapping[Field, Base] | None = None, **more: object) -> Marker:
    row = of.items[index]
    made = Marker(
        key=birth_keys(REPOSITORY, of)[index],
        repository=REPOSITORY,
        document=of.path,
        text=text_digest(row.action),
        base=base(title=row.action) if memory is None else memory,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def issue(
    number: int, of: Document, index: int = 0, memory: Mapping[Field, Base] | None = None, **more: object
) -> Issue:
    """The issue as it was created for a row; `more` is what people changed since."""
    mark = marker(of, index, memory)
    values = {which.value: mark.base[which].value if which in mark.base else "" for which in MERGED}
    made = Issue(
        ref=ref(number),
        title=values["title"],
        owner=values["owner"],
        due=values["due"],
        priority=values["priority"],
        status=Status(values["status"] or "not_started"),
        marker=mark,
        trust=Trust.OURS,
        labelled=True,
        version="1",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def resolve(text: str) -> IssueRef | None:
    return ref(int(text.removeprefix("#"))) if text.startswith("#") else None


def hold_all(values: Mapping[Field, str], project: str = "") -> Mapping[Field, str]:
    return values


def assignable(*logins: str, most: int = 10) -> Hold:
    """A tracker that can assign these people only, and so many at once."""

    def hold(values: Mapping[Field, str], project: str = "") -> Mapping[Field, str]:
        held = [login for login in values.get(Field.OWNER, "").split(",") if login in logins]
        return {**values, Field.OWNER: ",".join(held[:most])}

    return hold


def world(
    *documents: Document,
    issues: Sequence[Issue] = (),
    complete: bool = True,
    excluded: Sequence[str] = (),
    chosen: Sequence[str] | None = None,
    uncommitted: Sequence[str] = (),
    older: Sequence[str] = (),
    undated: Sequence[str] = (),
    settled: Sequence[Document] = (),
    former: Sequence[Document] = (),
    carriers: Sequence[Carrier] = (),
    owners: Mapping[str, str] | None = None,
    hold: Hold = hold_all,
    origin: Origin | None = None,
    routes: Routes | None = None,
) -> World:
    return World(
        documents=documents,
        issues=Fetched(tuple(issues), complete, "" if complete else "page 2 is missing"),
        resolve=resolve,
        link=lambda ref: f"#{ref.number}",
        hold=hold,
        directory=Directory(owners),
        excluded=frozenset(excluded),
        chosen=None if chosen is None else frozenset(chosen),
        uncommitted=frozenset(uncommitted),
        since="2026-01-01",
        older=frozenset(older),
        undated=frozenset(undated),
        settled={document.path: document for document in settled},
        former={PATH: former} if former else {},
        carriers=carriers,
        origin=origin,
        routes=routes or Routes(),
    )


def carrier(
    of: Document, which: Field, value: str, serial: int = 0, state: CarrierState = CarrierState.OPEN
) -> Carrier:
    return Carrier(birth_keys(REPOSITORY, of)[0], which, value, serial, state)
