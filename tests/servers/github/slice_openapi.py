"""Makes openapi.json beside it: the operations that the fake answers, out of GitHub's whole OpenAPI description.

    python -m tests.servers.github.slice_openapi FOLDER

FOLDER is the unpacked npm package @octokit/openapi. What only people read is left out, and OpenAPI's `nullable`
becomes JSON Schema's null type, also in enumerations, where real answers hold it.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.servers.github.platform import ROUTES

PROSE = {"description", "summary", "example", "examples", "externalDocs", "title", "x-github", "tags", "operationId"}


def slice_of(whole: dict[str, Any]) -> dict[str, Any]:
    """The operations of the fake with all that they refer to."""
    paths: dict[str, Any] = {}
    for name in (*ROUTES, "GET /rate_limit"):
        method, _, path = name.partition(" ")
        operation = whole["paths"].get(path, {}).get(method.lower())
        if operation:
            paths.setdefault(path, {})[method.lower()] = _operation(operation)
    components: dict[str, Any] = {}
    waiting = list(_references(paths))
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        if name not in components.setdefault(kind, {}):
            components[kind][name] = _any(_plain(whole["components"][kind][name]))
            waiting += _references(components[kind][name])
    return {
        "openapi": whole["openapi"],
        "paths": paths,
        "components": components,
    }


def _operation(operation: dict[str, Any]) -> Any:
    kept = _plain({key: operation[key] for key in ("parameters", "requestBody", "responses") if key in operation})
    for status, response in kept["responses"].items():
        content = response.get("content", {}) if isinstance(response, dict) else {}
        if "$ref" in response or not status.startswith("2"):
            kept["responses"][status] = {}
        else:
            kept["responses"][status] = {"content": _any(content)} if content else {}
    return kept


def _any(value: Any) -> Any:
    """Answers fit several shapes of a `oneOf` in earnest: an issue passes for a draft issue too."""
    if isinstance(value, list):
        return [_any(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {"anyOf" if key == "oneOf" else key: _any(one) for key, one in value.items()}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for one in value.values():
            yield from _references(one)
    elif isinstance(value, list):
        for one in value:
            yield from _references(one)


def _plain(value: Any, names: bool = False) -> Any:
    """`names`: the keys are names of properties, not words of the schema language."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _plain(one, key == "properties") for key, one in value.items() if names or key not in PROSE}
    return kept if names else _with_null(kept)


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    if not schema.pop("nullable", False):
        return schema
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    if isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
        return schema
    return {"anyOf": [schema, {"type": "null"}]}


if __name__ == "__main__":
    source = Path(sys.argv[1])
    whole = json.loads((source / "generated" / "api.github.com.json").read_text("utf-8"))
    target = Path(__file__).with_name("openapi.json")
    target.write_text(json.dumps(slice_of(whole), separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    target.with_name("openapi-LICENSE").write_bytes((source / "LICENSE").read_bytes())
    print(f"{target.name}: {target.stat().st_size:,} bytes")
