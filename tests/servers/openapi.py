"""Holds requests and answers against an OpenAPI description."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.servers.recording import Recorded

ALWAYS = {"301", "304", "401", "403", "404", "410", "415", "422", "429", "500", "502", "503"}
"""Statuses that any operation may have, whether it says so or not."""
CURSORS = {"after", "before"}
"""Parameters of the links to further pages, which descriptions leave out."""


class Description:
    """`document`: OpenAPI whose `nullable` has become a null type."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.components = document["components"]
        self.operations = {
            f"{method.upper()} {path}": operation
            for path, item in document["paths"].items()
            for method, operation in item.items()
        }
        self._validators: dict[str, Draft202012Validator] = {}

    def request(self, sent: Recorded) -> list[str]:
        """What is wrong with a request: unknown names, wrong types, things that are missing."""
        name = f"{sent.method} {sent.template}"
        operation = self.operations.get(name)
        if operation is None:
            return [f"{name}: no such operation"]
        return [f"{name}: {wrong}" for wrong in (*self._query(operation, sent), *self._body(name, operation, sent))]

    def answer(self, sent: Recorded) -> list[str]:
        """What is wrong with an answer: an undeclared status or name, another shape."""
        name = f"{sent.method} {sent.template}"
        operation = self.operations.get(name)
        if operation is None:
            return [f"{name}: no such operation"]
        response = operation["responses"].get(str(sent.status))
        if response is None:
            return [] if str(sent.status) in ALWAYS else [f"{name}: status {sent.status} is not declared"]
        schema = response.get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return []
        value = json.loads(sent.answer)
        wrong = [*self._errors(f"{name} {sent.status}", schema, value), *self._strange(schema, value)]
        return [f"{name} {sent.status}: {one}" for one in wrong]

    def _query(self, operation: dict[str, Any], sent: Recorded) -> Iterator[str]:
        known = {
            one["name"]: one for one in map(self._followed, operation.get("parameters", ())) if one["in"] == "query"
        }
        for name, text in sent.query.items():
            if name not in known:
                if name not in CURSORS:
                    yield f"query {name}: no such parameter"
                continue
            schema = self._followed(known[name]["schema"])
            yield from (f"query {name}: {wrong}" for wrong in self._errors("", schema, _typed(schema, text)))
        for name, parameter in known.items():
            if parameter.get("required") and name not in sent.query:
                yield f"query {name}: missing"

    def _body(self, name: str, operation: dict[str, Any], sent: Recorded) -> Iterator[str]:
        declared = self._followed(operation.get("requestBody") or {})
        schema = declared.get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            if sent.body is not None:
                yield "a body where none is declared"
        elif sent.body is None:
            if declared.get("required"):
                yield "no body"
        else:
            yield from self._errors(f"{name} body", schema, sent.body)
            yield from self._strange(schema, sent.body)

    def _errors(self, key: str, schema: dict[str, Any], value: Any) -> Iterator[str]:
        """`key`: under which the validator is kept; empty: it isn't."""
        validator = self._validators.get(key)
        if validator is None:
            validator = Draft202012Validator({**schema, "components": self.components})
            if key:
                self._validators[key] = validator
        for error in validator.iter_errors(value):
            yield f"{error.json_path}: {error.message[:200]}"

    def _strange(self, schema: dict[str, Any], value: Any) -> Iterator[str]:
        """Names that are in no variant of the schema; deeper levels only inside lists."""
        if isinstance(value, list):
            for inner in (one["items"] for one in self._variants(schema) if "items" in one):
                for item in value:
                    yield from self._strange(inner, item)
                break
        elif isinstance(value, dict):
            variants = list(self._variants(schema))
            if not any(one.get("additionalProperties") for one in variants):
                names = {name for one in variants for name in one.get("properties", ())}
                yield from (f"{name}: no such property" for name in value if names and name not in names)

    def _variants(self, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        one = self._followed(schema)
        yield one
        for word in ("allOf", "anyOf", "oneOf"):
            for part in one.get(word, ()):
                yield from self._variants(part)

    def _followed(self, value: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in value:
            _, _, kind, name = value["$ref"].split("/")
            value = self.components[kind][name]
        return value


def _typed(schema: dict[str, Any], text: str) -> Any:
    """A parameter's text as the value that it stands for."""
    if schema.get("type") == "integer" and text.lstrip("-").isdecimal():
        return int(text)
    if schema.get("type") == "boolean" and text in ("true", "false"):
        return text == "true"
    return text.split(",") if schema.get("type") == "array" else text


@cache
def description(path: Path) -> Description:
    """The description in a file, read once."""
    return Description(json.loads(path.read_text("utf-8")))
