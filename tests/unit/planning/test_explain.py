"""What `status KEY` says about one item."""

from dataclasses import replace

import pytest

from tracksync.model import Field, Status
from tracksync.planning.explain import explain, find
from tracksync.planning.plan import Planned, build
from tracksync.planning.rules import Rules

from .given import PATH, RULES, absent, carrier, document, issue, item, world

PAGE = document(item(link="#1"))


def verdicts(planned: Planned, rules: Rules = RULES) -> dict[Field, str]:
    return {facts.field: words for facts, words in explain(planned, rules, next(iter(planned.matches.values())))}


@pytest.mark.parametrize("wanted", ["#1", f"{PATH}:10"])
def test_an_item_is_found_by_issue_and_by_place(wanted: str) -> None:
    assert 1 == len(find(build(world(PAGE, issues=[issue(1, PAGE)]), RULES), wanted))


def test_an_item_is_found_by_its_key_in_any_case() -> None:
    planned = build(world(PAGE, issues=[issue(1, PAGE)]), RULES)
    key = next(iter(planned.matches.values())).key
    assert [key] == [match.key for match in find(planned, key.lower())]


@pytest.mark.parametrize("wanted", ["#2", f"{PATH}:11", "nothing", ""])
def test_nothing_is_found_by_what_names_nothing(wanted: str) -> None:
    assert [] == find(build(world(PAGE, document(item(), path="b.md"), issues=[issue(1, PAGE)]), RULES), wanted)


def test_each_field_says_what_comes_next() -> None:
    shown = document(item(link="#1", due="2026-03-03", priority="P2"))
    planned = build(world(shown, issues=[issue(1, PAGE, status=Status.COMPLETE, due="2026-04-04", title="x")]), RULES)
    assert {
        Field.TITLE: "left: this field follows the document",
        Field.OWNER: "in sync",
        Field.DUE: "conflict: both sides moved",
        Field.PRIORITY: "to be written into the issue",
        Field.STATUS: "to be written into the document",
    } == verdicts(planned)


def test_what_was_written_and_is_not_committed_says_so() -> None:
    shown = document(item(link="#1", due="2026-04-04"))
    planned = build(
        world(
            shown,
            issues=[issue(1, PAGE, due="2026-04-04")],
            settled=[PAGE],
            carriers=[carrier(PAGE, Field.DUE, "2026-04-04")],
        ),
        RULES,
    )
    assert "written, waits to be committed" == verdicts(planned)[Field.DUE]


def test_a_row_that_is_not_committed_says_so() -> None:
    planned = build(world(PAGE, issues=[issue(1, PAGE)], settled=[document()]), RULES)
    assert {"waits to be committed"} == set(verdicts(planned).values())


def test_a_field_without_a_place_says_so() -> None:
    planned = build(world(document(absent(item(link="#1"), Field.DUE)), issues=[issue(1, PAGE)]), RULES)
    assert "nothing readable in the document" == verdicts(planned)[Field.DUE]


def test_a_new_and_a_read_only_item_have_no_fields_to_explain() -> None:
    assert {} == verdicts(build(world(document(item())), RULES))
    foreign = replace(issue(1, PAGE), marker=None)
    assert {} == verdicts(build(world(PAGE, issues=[foreign]), RULES))
