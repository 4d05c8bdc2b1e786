"""What is refused before anything is looked up, and what a query costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.servers.graphql.language import Fragment, Query, QueryError, Selected, Spread, Variable
from tests.servers.graphql.schema import FieldType, Schema

MOST_A_PAGE = 100
MOST_NODES = 500_000


@dataclass
class Cost:
    """`requests`: lookups of connections; GitHub counts one point for a hundred of them, and one at least."""

    requests: int = 0
    nodes: int = 0

    @property
    def points(self) -> int:
        return max(1, round(self.requests / 100))


def bound(query: Query, given: dict[str, Any]) -> dict[str, Any]:
    """The value of each variable. Raises QueryError for one that is missing, undeclared or unused."""
    for name, needed in query.variables.items():
        if needed and given.get(name) is None:
            raise QueryError(f"Variable ${name} of type is required and wasn't provided a value")
    used = set(_used(query.selections)) | {name for one in query.fragments.values() for name in _used(one.selections)}
    for name in used - query.variables.keys():
        raise QueryError(f"Variable ${name} is used by the query but not declared")
    for name in query.variables.keys() - used:
        raise QueryError(f"Variable ${name} is declared by the query but not used")
    return {name: given.get(name, query.defaults.get(name)) for name in query.variables}


def _used(found: Any) -> Iterator[str]:
    if isinstance(found, Variable):
        yield found.name
    elif isinstance(found, list):
        for one in found:
            yield from _used(one)
    elif isinstance(found, dict):
        yield from _used(list(found.values()))
    elif isinstance(found, Selected):
        yield from _used(found.arguments)
        yield from _used(found.selections)
    elif isinstance(found, Fragment):
        yield from _used(found.selections)


def filled(value: Any, variables: dict[str, Any]) -> Any:
    """An argument with the values of its variables."""
    if isinstance(value, Variable):
        return variables[value.name]
    if isinstance(value, list):
        return [filled(one, variables) for one in value]
    return {key: filled(one, variables) for key, one in value.items()} if isinstance(value, dict) else value


def check(schema: Schema, query: Query, variables: dict[str, Any]) -> Cost:
    """Raises QueryError for fields, arguments and fragments that the schema doesn't have, and for too much at once."""
    cost = Cost()
    if query.root not in schema.types:
        raise QueryError("Schema is not configured for mutations")
    _Check(schema, query, variables, cost).all(query.root, query.selections, 1, [query.root.lower()])
    if cost.nodes > MOST_NODES:
        raise QueryError(
            f"This query requests up to {cost.nodes:,} possible nodes which exceeds the maximum limit of 500,000.",
            type="MAX_NODE_LIMIT_EXCEEDED",
        )
    return cost


@dataclass
class _Check:
    schema: Schema
    query: Query
    variables: dict[str, Any]
    cost: Cost

    def all(self, type_: str, selections: list[Selected | Fragment | Spread], times: int, path: list[str]) -> None:
        for one in selections:
            if isinstance(one, Selected):
                self.selected(type_, one, times, [*path, one.alias])
                continue
            found = self.query.fragments.get(one.name) if isinstance(one, Spread) else one
            if found is None:
                raise QueryError("A fragment is used but not defined")
            wanted = found.type or type_
            if wanted not in self.schema.types or not self.schema.meet(wanted, type_):
                raise QueryError(f"Fragment on {wanted} can't be spread inside {type_}", path=path)
            self.all(wanted, found.selections, times, path)

    def selected(self, type_: str, one: Selected, times: int, path: list[str]) -> None:
        if one.name == "__typename":
            return
        known = self.schema.types[type_].fields.get(one.name)
        if known is None:
            raise QueryError(
                f"Field '{one.name}' doesn't exist on type '{type_}'",
                path=path,
                locations=one.location,
                extensions={"code": "undefinedField", "typeName": type_, "fieldName": one.name},
            )
        self.arguments(known, one, path)
        if bool(known.type) != bool(one.selections):
            must = "must have" if known.type else "can't have"
            raise QueryError(f"Field '{one.name}' {must} selections", path=path, locations=one.location)
        if known.type:
            self.all(known.type, one.selections, times * self.size(known, one, times, path), path)

    def arguments(self, known: FieldType, one: Selected, path: list[str]) -> None:
        for name in one.arguments:
            if name not in known.arguments:
                raise QueryError(
                    f"Field '{one.name}' doesn't accept argument '{name}'", path=path, locations=one.location
                )
        for name, needed in known.arguments.items():
            if needed and name not in one.arguments:
                raise QueryError(
                    f"Field '{one.name}' is missing required arguments: {name}", path=path, locations=one.location
                )

    def size(self, known: FieldType, one: Selected, times: int, path: list[str]) -> int:
        """How many values the field may bring."""
        arguments = filled(one.arguments, self.variables)
        if one.name == "nodes" and "ids" in arguments:
            if len(arguments["ids"]) > MOST_A_PAGE:
                raise QueryError(
                    f"You may not provide more than 100 node ids; you provided {len(arguments['ids'])}.",
                    type="ARGUMENT_LIMIT",
                    path=path[1:],
                )
            return len(arguments["ids"])
        if not known.is_connection:
            return 1
        which = "first" if arguments.get("first") is not None else "last"
        size = arguments.get(which)
        if self.schema.page_size is not None:
            size = min(size or self.schema.page_size, self.schema.page_size)
        if size is None:
            raise QueryError(
                f"You must provide a `first` or `last` value to properly paginate the `{one.name}` connection.",
                type="MISSING_PAGINATION_BOUNDARIES",
                path=path[1:],
            )
        if not 0 <= size <= MOST_A_PAGE:
            raise QueryError(
                f"Requesting {size} records on the `{one.name}` connection exceeds the `{which}` limit of 100 records.",
                type="EXCESSIVE_PAGINATION",
                path=path[1:],
            )
        self.cost.requests += times
        self.cost.nodes += times * size
        return size
