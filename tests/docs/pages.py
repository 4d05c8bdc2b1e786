"""The documentation that is made of the code: `make docs` writes it, a test holds it to what would be written."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tracksync.config import schema as config_schema
from tracksync.reports.json_text import json_text

DOCS = Path(__file__).parents[2] / "docs"
BEGIN, END = "<!-- made by `make docs` out of the models -->\n", "<!-- until here -->\n"


def pages() -> dict[Path, str]:
    """Every such file with the text that it should have."""
    reference = DOCS / "configuration.md"
    before, _, rest = reference.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    return {
        DOCS / "schemas" / "config.json": json_text(config_schema.schema()),
        reference: before + BEGIN + "\n".join(_reference(config_schema.schema())) + END + after,
    }


def _reference(schema: dict[str, Any]) -> Iterator[str]:
    yield from ("", *_table(schema, schema, ""))
    yield from _sections(schema, schema, "")
    yield from ("", "")


def _sections(schema: dict[str, Any], model: dict[str, Any], above: str) -> Iterator[str]:
    for name, key in model["properties"].items():
        section = _resolved(schema, key)
        if "properties" in section:
            path = f"{above}{name}"
            yield from ("", f"### {path}", "", section["description"], "", *_table(schema, section, f"{path}."))
            yield from _sections(schema, section, f"{path}.")


def _table(schema: dict[str, Any], model: dict[str, Any], above: str) -> Iterator[str]:
    yield "| key | type | default | meaning | example |"
    yield "|---|---|---|---|---|"
    for name, key in model["properties"].items():
        if "properties" not in _resolved(schema, key):
            examples = " or ".join(f"`{name}: {written(example)}`" for example in key["examples"])
            default = f"`{written(key['default'])}`" if key.get("default") else _nothing(key)
            kind = _kind(_resolved(schema, key))
            yield f"| `{above}{name}` | {kind} | {default} | {key['description']} | {examples} |"


def _nothing(key: dict[str, Any]) -> str:
    return "none" if key.get("default") in (None, []) else f"`{written(key['default'])}`"


def _resolved(schema: dict[str, Any], key: dict[str, Any]) -> dict[str, Any]:
    return {**schema["$defs"][key["$ref"].rpartition("/")[2]], **key} if "$ref" in key else key


def _kind(key: dict[str, Any]) -> str:
    """The type of a key in words."""
    if ("title" in key and "enum" not in key) or key.get("title") == "true or false":
        return str(key["title"])
    if key.get("type") == "array":
        return f"list of {key['items']['title']}s"
    return "one of " + ", ".join(f"`{word}`" for word in key["enum"]) if "enum" in key else f"`{key['const']}`"


def written(value: object) -> str:
    """A value as it stands in YAML, in one line."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...")


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
