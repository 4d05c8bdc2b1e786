"""The types that a server knows, in few words.

A line without indentation names a type, and after "is" what it belongs to: interfaces, whose fields it shares, and
unions. `!` marks an argument that must be given. A type `XConnection` follows from `X`, with its arguments.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

PAGING = ("first", "last", "after", "before")


@dataclass(frozen=True)
class FieldType:
    """`type` None: a scalar. `home`: the type or interface that declares it."""

    home: str
    type: str | None = None
    arguments: dict[str, bool] = field(default_factory=dict)
    """Whether each must be given."""

    @property
    def is_connection(self) -> bool:
        return bool(self.type and self.type.endswith("Connection"))


@dataclass
class ObjectType:
    """`belongs`: the interfaces and unions that it is of."""

    name: str
    belongs: tuple[str, ...] = ()
    fields: dict[str, FieldType] = field(default_factory=dict)


class Schema:
    """`types` by name.

    `more`: what else a type belongs to; `lacking`: types and fields ("Type.field") that this server hasn't got;
    `page_size`: of a connection that doesn't say how many it wants, and the most that it can have. None: it must say.
    """

    def __init__(
        self,
        text: str,
        more: Mapping[str, tuple[str, ...]] | None = None,
        lacking: Collection[str] = (),
        page_size: int | None = None,
    ) -> None:
        self.page_size = page_size
        self.types: dict[str, ObjectType] = {}
        current = ObjectType("")
        for line in text.strip().split("\n"):
            if not line.startswith(" "):
                name, _, belongs = line.partition(" is ")
                current = self.types[name] = ObjectType(name, (*belongs.split(), *(more or {}).get(name, ())))
            elif ":" in line or "(" in line:
                _declare(current, line.strip())
            else:
                current.fields.update({word: FieldType(current.name) for word in line.split()})
        _connect(self.types)
        for one in self.types.values():
            for parent in one.belongs:
                one.fields = {**self.types[parent].fields, **one.fields}
                one.belongs += self.types[parent].belongs
        for one in self.types.values():
            one.fields = {name: made for name, made in one.fields.items() if f"{made.home}.{name}" not in lacking}
        self.types = {name: one for name, one in self.types.items() if name not in lacking}

    def fits(self, concrete: str, wanted: str) -> bool:
        """Whether a value of a concrete type is one of `wanted` too."""
        return concrete == wanted or wanted in self.types[concrete].belongs

    def meet(self, one: str, other: str) -> bool:
        """Whether any value can be of both types."""
        return any(self.fits(name, one) and self.fits(name, other) for name in self.types)


def _declare(current: ObjectType, line: str) -> None:
    found = re.fullmatch(r"(\w+)(?:\((.*)\))?(?:: (\w+))?", line)
    assert found, line
    arguments = {word.strip().rstrip("!"): word.strip().endswith("!") for word in (found[2] or "").split(",") if word}
    if (found[3] or "").endswith("Connection"):
        arguments.update(dict.fromkeys(PAGING, False))
    current.fields[found[1]] = FieldType(current.name, found[3], arguments)


def _connect(types: dict[str, ObjectType]) -> None:
    """The connections that the fields speak of, with their edges."""
    wanted = {str(one.type) for found in types.values() for one in found.fields.values() if one.is_connection}
    for name in wanted:
        node = name.removesuffix("Connection")
        edge = f"{node}Edge"
        types[edge] = ObjectType(edge, (), {"cursor": FieldType(edge), "node": FieldType(edge, node)})
        types[name] = ObjectType(
            name,
            (),
            {
                "totalCount": FieldType(name),
                "pageInfo": FieldType(name, "PageInfo"),
                "nodes": FieldType(name, node),
                "edges": FieldType(name, edge),
            },
        )
