"""What editors are told about the configuration is what tracksync accepts."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.docs.configuration import written
from tracksync import config
from tracksync.config import schema as config_schema
from tracksync.config.model import HOSTED_ONLY, ONLY, keys
from tracksync.errors import ConfigError

CHECKOUT = Path(__file__).parents[3]
SCHEMA = config_schema.schema()
EXAMPLE = CHECKOUT / "config" / "tracksync.yml"


def accepted(text: str) -> bool:
    """Whether the schema accepts a file as an editor reads it: with YAML's own types, dates as text."""
    value = yaml.safe_load(text)
    plain = json.loads(json.dumps({} if value is None else value, default=date.isoformat))
    return Draft202012Validator(SCHEMA).is_valid(plain)


def test_it_is_a_schema_that_lets_no_other_key_in() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    sections = [part for part in (SCHEMA, *SCHEMA["$defs"].values()) if part.get("type") == "object"]
    assert {False} == {section["additionalProperties"] for section in sections}


def test_every_key_has_a_description() -> None:
    sections = [SCHEMA, *SCHEMA["$defs"].values()]
    found = [key for section in sections for key in section.get("properties", {}).values()]
    assert len(list(keys())) == len(found)
    assert [] == [key for key in found if not key.get("description") and "$ref" not in key]


def test_the_example_names_its_schema_first_and_is_valid() -> None:
    text = EXAMPLE.read_text("utf-8")
    assert text.startswith(config_schema.editor_line("../docs/schemas/config.json"))
    assert accepted(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "limits: {creates: 0, closes: '5', document_bytes: 16777216, relative_percent: 100}",
        "cache: false",
        "cache: 'true'",
        "status: {blocked: [no, 017, 2026-12-01, 1:30, 1.5, 'yes']}",
        "documents: {include: [2026, docs/**]}",
        "tracker: {kind: local, project: 12}",
        "tracker: {routes: [{team: 404, service: Web shop, path: ./a/**, kind: detect, project: acme/web}]}",
        "owners: {404: 007, Ann: '@ann', Data: 'label:data'}",
        "owners: {}",
        "documents: {since: 2026-01-01}",
        "documents: {since: '2026-01-01'}",
        "fields: {status: merge}\npolicy: create-only\npublish: worktree",
    ],
)
def test_what_tracksync_accepts_the_schema_accepts(text: str) -> None:
    assert config.parse(text, "t.yml")
    assert accepted(text)


def test_a_file_of_owners_and_a_reference_to_a_secret_are_accepted() -> None:
    assert accepted("owners: owners.yml\ntracker: {token: env/TRACKSYNC_TOKEN}")


@pytest.mark.parametrize(
    "text",
    [
        "zzz: 1",
        "- a",
        "limits: {creates: -1}",
        "limits: {creates: 1.5}",
        "limits: {creates: many}",
        "limits: {relative_percent: 101}",
        "limits: {document_bytes: 0}",
        "limits: {document_bytes: 16777217}",
        "limits: 3",
        "cache: maybe",
        "cache: 1",
        "policy: upsrt",
        "fields: {status: both}",
        "documents: {include: []}",
        "documents: {include: docs}",
        "documents: {inclde: [a]}",
        "tracker: {kind: jira}",
        "tracker: {kind: local, token: ghp_1}",
        "tracker: {routes: [{team: a}]}",
        "tracker: {routes: [{project: a}]}",
        "tracker: {routes: [{kind: bug, project: a}]}",
        "tracker: {routes: [{owner: a, project: b}]}",
        "publish: push",
        "owners: [a]",
        "owners: {a: [b]}",
    ],
)
def test_what_the_schema_refuses_tracksync_refuses(text: str) -> None:
    assert not accepted(text)
    with pytest.raises(ConfigError):
        config.parse(text, "t.yml")


OTHER_HALF = {"app_id": ["  app_key: env/TRACKSYNC_KEY\n"], "app_key": ["  app_id: 1\n"]}
"""What an App also needs."""


def test_every_example_of_the_reference_is_right() -> None:
    for path, example in examples(SCHEMA, ()):
        text = "".join(f"{'  ' * depth}{name}:\n" for depth, name in enumerate(path[:-1]))
        text += f"{'  ' * (len(path) - 1)}{path[-1]}: {written(example)}\n"
        assert accepted(text), path
        if path[-1] in HOSTED_ONLY:
            kind = "gitlab" if path[-1] in ONLY["gitlab"] else "github"
            text += f"  kind: {kind}\n" + "".join(OTHER_HALF.get(path[-1], ()))
        if example != "owners.yml":
            assert config.parse(text, "t.yml")


def examples(section: dict[str, Any], above: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    found = []
    for name, key in section["properties"].items():
        target = SCHEMA["$defs"][key["$ref"].rpartition("/")[2]] if "$ref" in key else key
        if "properties" in target:
            found += examples(target, (*above, name))
        else:
            found += [((*above, name), example) for example in key["examples"]]
    return found
