"""Every JSON report is valid against its published schema, whatever is in it."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from tests.unit.reports.builders import creation, plan
from tracksync.checks import Check, Health
from tracksync.model import (
    MERGED,
    ActionItem,
    Document,
    Field,
    Issue,
    IssueRef,
    Kind,
    Marker,
    MarkerFault,
    Problem,
    Publication,
    Severity,
    SkipReason,
    Status,
    Trust,
)
from tracksync.planning.changes import Action, Change, Conflict, Cost, Limit, Plan, Skipped
from tracksync.reports.doctor import doctor_json, doctor_text
from tracksync.reports.issues import issues_json
from tracksync.reports.items import items_json
from tracksync.reports.owners import owners_json
from tracksync.reports.plan_json import plan_json
from tracksync.reports.plan_markdown import plan_markdown
from tracksync.reports.plan_text import plan_text
from tracksync.reports.run import Failure, RunReport
from tracksync.reports.settings import settings_json, settings_text
from tracksync.reports.status import FieldView, ItemView, item_json, overview, overview_json
from tracksync.reports.sync import sync_json, sync_text
from tracksync.setup.unknown import UnknownOwner

FOLDER = Path(__file__).parents[3] / "docs" / "schemas"
# config.json is of what people write: tests/unit/config/test_schema.py.
SCHEMAS = {
    path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json") if path.name != "config.json"
}
PLAN = SCHEMAS["plan.json"]["$defs"]
ITEM = SCHEMAS["items.json"]["$defs"]["item"]["properties"]

text = st.text(st.characters(), max_size=12)
line = st.integers(0, 9999)
count = st.integers(0, 9999)
maybe = st.none() | text
refs = st.builds(IssueRef, text, text, st.integers(1, 9999))
fields = st.sampled_from(Field)
days = st.dates().map(str)
priorities = st.sampled_from(["P0", "P1", "P2", "P3", "P4"])
problems = st.builds(Problem, text, st.sampled_from(Severity), text, line, text)
changes = st.builds(
    Change, st.sampled_from(Action), text, text, line, st.none() | refs, st.none() | fields, maybe, maybe, text, text
)
conflicts = st.builds(Conflict, text, text, line, refs, st.sampled_from(MERGED), maybe, maybe, maybe, text)
skips = st.builds(Skipped, text, line, st.sampled_from(SkipReason), text, text, st.none() | refs, st.none() | fields)
plans = st.builds(
    Plan,
    changes=st.lists(changes, max_size=4).map(tuple),
    skipped=st.lists(skips, max_size=2).map(tuple),
    problems=st.lists(problems, max_size=2).map(tuple),
    conflicts=st.lists(conflicts, max_size=2).map(tuple),
    limits=st.lists(st.builds(Limit, text, count, count), max_size=2).map(tuple),
    cost=st.builds(Cost, count, count, count),
    documents=count,
    held=st.lists(st.tuples(text, text), max_size=2).map(tuple),
    items=count,
    tracked=count,
    in_sync=count,
)
items = st.builds(
    ActionItem,
    index=st.just(0),
    action=text,
    action_raw=text,
    owners=st.lists(text, max_size=2).map(tuple),
    due=st.none() | days,
    priority=st.none() | priorities,
    status=st.none() | st.sampled_from(Status),
    kind=st.none() | st.sampled_from(Kind),
    links=st.lists(text, max_size=2).map(tuple),
    link=maybe,
    skip=st.sampled_from(ITEM["skip"]["enum"]).map(lambda value: SkipReason(value) if value else None),
    line=st.integers(1, 9999),
    format=st.sampled_from(ITEM["format"]["enum"]),
)
documents = st.builds(
    Document,
    path=text,
    digest=text,
    title=maybe,
    status_raw=maybe,
    publication=st.sampled_from(Publication),
    items=st.lists(items, max_size=3).map(tuple),
    problems=st.lists(problems, max_size=2).map(tuple),
)
markers = st.builds(Marker, text, text, text, text) | st.builds(MarkerFault, text)
issues = st.builds(
    Issue,
    ref=refs,
    title=text,
    owner=text,
    due=st.just("") | days,
    priority=st.just("") | priorities,
    status=st.sampled_from(Status),
    marker=st.none() | markers,
    trust=st.sampled_from(Trust),
    labelled=st.booleans(),
    version=text,
)


def check(name: str, output: str) -> None:
    assert output.endswith("}\n")
    Draft202012Validator(SCHEMAS[name]).validate(json.loads(output))


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_each_schema_is_a_schema_that_lets_no_other_key_in(name):
    Draft202012Validator.check_schema(SCHEMAS[name])
    objects = [part for part in _parts(SCHEMAS[name]) if part.get("type") == "object"]
    assert objects
    assert all(part["additionalProperties"] is False for part in objects)
    assert all(sorted(part["required"]) == sorted(part["properties"]) for part in objects)


def test_the_schemas_name_the_words_of_the_model():
    statuses = [status.value for status in Status]
    assert [action.value for action in Action] == PLAN["change"]["properties"]["action"]["enum"]
    assert [field.value for field in Field] == PLAN["field"]["enum"]
    assert [severity.value for severity in Severity] == PLAN["severity"]["enum"]
    assert [reason.value for reason in SkipReason] == PLAN["skipped"]["properties"]["reason"]["enum"]
    assert [*statuses, None] == ITEM["status"]["enum"]
    assert [*(kind.value for kind in Kind), None] == ITEM["kind"]["enum"]
    assert statuses == SCHEMAS["issues.json"]["properties"]["issues"]["items"]["properties"]["status"]["enum"]


def test_an_item_is_left_alone_for_reasons_that_its_document_shows():
    *reasons, nothing = ITEM["skip"]["enum"]
    assert nothing is None
    assert set(reasons) < {reason.value for reason in SkipReason}


def test_a_schema_refuses_what_is_not_in_the_contract():
    value = json.loads(plan_json(plan(creation())))
    value["changes"][0]["title"] = "Alert"
    with pytest.raises(ValidationError, match="title"):
        check("plan.json", json.dumps(value) + "\n")


@given(plans)
@settings(max_examples=60)
def test_any_plan_is_valid_and_always_the_same_bytes(value):
    check("plan.json", plan_json(value))
    assert plan_json(value) == plan_json(value)
    assert value.digest == json.loads(plan_json(value))["digest"]


@given(plans)
@settings(max_examples=60)
def test_any_plan_can_be_shown_as_harmless_text_and_markdown(value):
    for shown in (plan_text(value), plan_text(value, verbose=True, width=40), plan_markdown(value)):
        assert shown.endswith("\n")
        assert [] == _controls(shown)
        shown.encode()


@given(plans, st.lists(changes, max_size=2), text, st.booleans())
@settings(max_examples=30)
def test_any_result_is_valid(value, applied, message, unknown):
    failed = tuple(Failure(change, message, unknown) for change in applied)
    report = RunReport(value, tuple(applied), failed, (message,), 3, 4, (message,))
    for one in (report, replace(report, stopped=message or "-", remaining=tuple(applied), resume=message)):
        check("sync.json", sync_json(one))
        sync_text(one).encode()


@given(st.lists(documents, max_size=2), refs | st.none())
@settings(max_examples=60)
def test_any_items_are_valid(found, ref):
    check("items.json", items_json(found, lambda link: ref))


@given(st.lists(documents, max_size=2), plans)
@settings(max_examples=30)
def test_any_overview_is_valid(found, value):
    check("status.json", overview_json(overview(found, value)))


@given(
    st.lists(st.builds(FieldView, fields, maybe, st.none() | count, maybe, maybe, maybe, maybe, text), max_size=3),
    st.none() | refs,
)
@settings(max_examples=30)
def test_any_item_view_is_valid(rows, ref):
    check("status.json", item_json(ItemView("a.md", 3, "Alert", "k", ref, tuple(rows))))


@given(
    text,
    text,
    st.lists(
        st.tuples(text, maybe | st.booleans() | count | st.lists(text) | st.just({}), text), min_size=1, max_size=4
    ),
)
@settings(max_examples=30)
def test_any_settings_are_valid(file, root, found):
    check("settings.json", settings_json(file, root, found))
    settings_text(file, root, found).encode()


@given(st.lists(issues, max_size=3))
@settings(max_examples=30)
def test_any_issues_are_valid(found):
    check("issues.json", issues_json(found))


@given(
    st.lists(
        st.builds(
            UnknownOwner,
            st.lists(text, min_size=1, max_size=3).map(tuple),
            st.lists(st.tuples(text, line), min_size=1, max_size=3).map(tuple),
            maybe,
            st.lists(st.tuples(text, text), max_size=2).map(tuple),
        ),
        max_size=3,
    )
)
@settings(max_examples=30)
def test_any_unknown_owners_are_valid(found):
    check("unknown-owners.json", owners_json(found))


@given(st.lists(st.builds(Check, text, st.sampled_from(Health), text, text), max_size=3))
@settings(max_examples=30)
def test_any_diagnosis_is_valid_and_harmless_as_text(found):
    check("doctor.json", doctor_json(found))
    assert [] == _controls(doctor_text(found) + doctor_text(found, width=40))


def _parts(value):
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)


def _controls(text):
    return [c for c in text if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f"]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_needs_no_other_file(name):
    references = re.findall(r'"\$ref": "([^"]*)"', json.dumps(SCHEMAS[name]))
    assert [] == [one for one in references if not one.startswith("#/$defs/")]


@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - {"plan.json"}))
def test_what_schemas_share_is_the_same_in_all(name):
    definitions = SCHEMAS[name].get("$defs", {})
    different = {key for key in definitions.keys() & PLAN.keys() if definitions[key] != PLAN[key]}
    assert {"items.json": {"problem"}, "status.json": {"field"}}.get(name, set()) == different
