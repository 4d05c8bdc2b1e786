"""One entry of `tracker.routes`: which new items get their issue in another project."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from tracksync.config.values import listed, one_glob, one_line, one_project
from tracksync.model import Kind

CONDITIONS = ("team", "service", "path", "kind")
EXAMPLE = {"team": "payments", "project": "acme/payments"}

_TEXT = {"type": ["string", "number", "boolean"]}


def _kind(value: str) -> str:
    if value not in set(Kind):
        raise ValueError(f"must be {listed(Kind)}")
    return value


_PARTS: dict[str, Callable[[str], str]] = {
    "team": one_line,
    "service": one_line,
    "path": one_glob,
    "kind": _kind,
    "project": one_project,
}


def _route(value: object) -> object:
    if not isinstance(value, dict):
        raise ValueError(f"must be a mapping with {listed(CONDITIONS)}, and the project that such items go to")
    unknown = next((key for key in value if key not in _PARTS), None)
    if unknown is not None:
        raise ValueError(f"has the key {unknown}; known here: {', '.join(_PARTS)}")
    if "project" not in value or len(value) == 1:
        raise ValueError(f"needs a project and at least one of {', '.join(CONDITIONS)}")
    return {key: _part(key, text) for key, text in value.items()}


def _part(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{key} must be text")
    try:
        return _PARTS[key](one_line(value))
    except ValueError as error:
        raise ValueError(f"{key} {error}") from None


_SCHEMA: dict[str, Any] = {
    "title": "route",
    "type": "object",
    "additionalProperties": False,
    "required": ["project"],
    "minProperties": 2,
    "properties": {
        "team": {**_TEXT, "description": "One of the item's owners: as written, or the login or label it stands for."},
        "service": {**_TEXT, "description": "One of the document's services."},
        "path": {**_TEXT, "description": "A pattern for the document's path."},
        "kind": {"enum": [kind.value for kind in Kind], "description": "What the item is meant to achieve."},
        "project": {**_TEXT, "description": "Where its issue is made."},
    },
}

Route = Annotated[dict[str, str], BeforeValidator(_route), WithJsonSchema(_SCHEMA)]
Routes = tuple[Route, ...]
