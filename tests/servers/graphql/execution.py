"""Carries a query out: fields that can't be had become null, and an error says so."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tests.servers.clock import written
from tests.servers.graphql.checking import filled
from tests.servers.graphql.language import Fragment, Query, Selected, Spread
from tests.servers.graphql.schema import FieldType, Schema

Resolver = Callable[[Any, Any, dict[str, Any]], Any]
"""(call, value, arguments) → the field's value."""


class FieldError(Exception):
    """One field is null for this reason; the rest of the answer stands. `type`: as GitHub names it, NOT_FOUND."""

    def __init__(self, type_: str | None, message: str) -> None:
        super().__init__(message)
        self.type = type_


@dataclass(frozen=True)
class Shown:
    """A value that is made for the answer alone."""

    type: str
    fields: Mapping[str, Any]


@dataclass
class Execution:
    """`call` is handed to the resolvers, which are found as "Type.field"; `type_of` names the type of a value."""

    schema: Schema
    call: Any
    query: Query
    variables: dict[str, Any]
    resolvers: Mapping[str, Resolver]
    type_of: Callable[[Any], str]
    errors: list[dict[str, Any]] = field(default_factory=list)

    def run(self) -> dict[str, Any]:
        return self.object(self.query.root, None, self.query.selections, [])

    def object(
        self, type_: str, value: Any, selections: list[Selected | Fragment | Spread], path: list[str | int]
    ) -> dict[str, Any]:
        return {
            alias: self.field(type_, value, one, [*path, alias])
            for alias, one in self.merged(type_, selections).items()
        }

    def merged(self, type_: str, selections: list[Selected | Fragment | Spread]) -> dict[str, Selected]:
        """The fields that a value of the type has to show, each once, by alias."""
        found: dict[str, Selected] = {}
        for one in selections:
            if isinstance(one, Selected):
                parts = {one.alias: one}
            else:
                part = self.query.fragments[one.name] if isinstance(one, Spread) else one
                wanted = part.type is None or self.schema.fits(type_, part.type)
                parts = self.merged(type_, part.selections) if wanted else {}
            for alias, new in parts.items():
                old = found.get(alias)
                found[alias] = replace(new, selections=old.selections + new.selections) if old else new
        return found

    def field(self, type_: str, value: Any, one: Selected, path: list[str | int]) -> Any:
        if one.name == "__typename":
            return type_
        known = self.schema.types[type_].fields[one.name]
        arguments = filled(one.arguments, self.variables)
        try:
            got = self.got(type_, known, value, one.name, arguments)
        except FieldError as error:
            self.fail(error, path, one)
            return None
        if known.is_connection:
            got = connection(list(got), arguments, self.schema.page_size)
        return self.shown(known, got, one, path)

    def got(self, type_: str, known: FieldType, value: Any, name: str, arguments: dict[str, Any]) -> Any:
        if isinstance(value, Shown):
            return value.fields[name]
        resolver = self.resolvers.get(f"{type_}.{name}") or self.resolvers.get(f"{known.home}.{name}")
        return resolver(self.call, value, arguments) if resolver else getattr(value, _snake(name))

    def shown(self, known: FieldType, got: Any, one: Selected, path: list[str | int]) -> Any:
        if isinstance(got, FieldError):
            self.fail(got, path, one)
            return None
        if got is None:
            return None
        if isinstance(got, list) and known.type:
            return [self.shown(known, item, one, [*path, index]) for index, item in enumerate(got)]
        if known.type is None:
            return written(got) if isinstance(got, datetime) else got
        concrete = got.type if isinstance(got, Shown) else self.type_of(got)
        if concrete not in self.schema.types or not self.schema.fits(concrete, known.type):
            concrete = known.type
        return self.object(concrete, got, one.selections, path)

    def fail(self, error: FieldError, path: list[str | int], one: Selected) -> None:
        named = {"type": error.type} if error.type else {}
        self.errors.append({**named, "path": path, "locations": one.location, "message": str(error)})


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def connection(items: list[Any], arguments: dict[str, Any], page_size: int | None = None) -> Shown:
    """The page that first, last, after and before ask for; without first and last, the first page."""
    start, end = 0, len(items)
    if arguments.get("after"):
        start = _place(arguments["after"]) + 1
    if arguments.get("before"):
        end = min(end, _place(arguments["before"]))
    most = len(items) if page_size is None else page_size
    first, last = arguments.get("first"), arguments.get("last")
    if first is None and last is not None:
        start = max(start, end - min(last, most))
    else:
        end = min(end, start + min(most if first is None else first, most))
    places = range(start, end)
    page = Shown(
        "PageInfo",
        {
            "hasNextPage": end < len(items),
            "hasPreviousPage": start > 0,
            "startCursor": _cursor(places[0]) if places else None,
            "endCursor": _cursor(places[-1]) if places else None,
        },
    )
    edges = [Shown("Edge", {"cursor": _cursor(place), "node": items[place]}) for place in places]
    return Shown(
        "Connection",
        {"totalCount": len(items), "pageInfo": page, "nodes": [items[place] for place in places], "edges": edges},
    )


def _cursor(place: int) -> str:
    return base64.b64encode(f"cursor:{place}".encode()).decode()


def _place(cursor: str) -> int:
    return int(base64.b64decode(cursor).decode().partition(":")[2])
