"""The JSON Schema of the configuration file, for editors, and the line by which an editor finds it."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from tracksync.config.model import Configuration

FILE_NAME = "tracksync.schema.json"
"""Beside the configuration file, and committed like it: an editor finds it offline, for everybody who clones, and it
is the schema of the version that is in use. A web address would be of another version, and a path into the installed
package would be of one machine."""


class _Plain(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:
        """A key has no title: "Not Yet" says no more than `not_yet`."""
        return False


def schema() -> dict[str, Any]:
    """The schema (draft 2020-12). It accepts what tracksync accepts; tracksync itself checks more."""
    found = Configuration.model_json_schema(schema_generator=_Plain)
    for part in (found, *found["$defs"].values()):
        part["description"] = " ".join(part["description"].split())
    return {"$schema": GenerateJsonSchema.schema_dialect, **found, "title": "tracksync.yml"}


def editor_line(path: str = f"./{FILE_NAME}") -> str:
    """The first line of a configuration file, for editors; `path` is relative to that file."""
    return f"# yaml-language-server: $schema={path}\n"
