"""Reading as a whole: what is left alone comes first."""

import hashlib

import pytest

from tests.unit.documents.samples import read, table
from tracksync.documents import parse
from tracksync.model import Document, Publication


@pytest.mark.parametrize(("data", "rule"), [(b"\xff", "not-utf8"), (b"a\0", "nul-byte"), (b"\n" * 20_001, "too-large")])
def test_bytes_that_cannot_be_read_are_a_problem(data: bytes, rule: str) -> None:
    document = parse("a.md", data)
    assert document.digest == hashlib.sha256(data).hexdigest()
    assert (document.items, [problem.rule for problem in document.problems]) == ((), [rule])


def test_an_unknown_status_line_is_a_problem_that_names_the_key() -> None:
    document = read("# T\n\n**Status**: Zurückgestellt\n")
    assert document.publication is Publication.UNKNOWN
    (problem,) = document.problems
    assert problem.rule == "status-unknown"
    assert "`documents.published`" in problem.message
    assert (3, 0) == (problem.line, read("---\nstatus: >-\n  Zurück\n  gestellt\n---\n# T\n").problems[0].line)


@pytest.mark.parametrize(
    "text",
    [
        "# T\n",
        "# T\n\n| Time | Event |\n|---|---|\n| 1 | 2 |\n",
        "# T\n\n**Status**: Draft\n",
        "---\ntitle: x\n---\n| a\n",
    ],
)
def test_without_fields_a_document_that_can_hold_no_items_is_not_looked_at(text: str) -> None:
    data = text.encode()
    assert parse("a.md", data, fields=False) == Document("a.md", hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize(
    "text",
    [
        table("| A | | | | Open |"),
        "# T\n\n```yaml\naction_items:\n  - item: x\n```\n",
        "# T\n\n## Actions\n\n| Tehtävä | Owner |\n|---|---|\n",
        "# T\n\nActions\n---\n\n| Tehtävä | Owner |\n|---|---|\n",
        "> | Action | Owner | Due |\n> |---|---|---|\n",
        "- | Action | Owner | Due |\n  |---|---|---|\n",
    ],
)
def test_without_fields_every_other_document_is_read_the_same(text: str) -> None:
    data = text.encode()
    assert parse("a.md", data, fields=False) == parse("a.md", data)
    assert parse("a.md", data).items or parse("a.md", data).problems


CONFLICT = "| First | | | | Open |\n<<<<<<< HEAD\n| A | | | | Open |\n=======\n| B | | | | Open |\n>>>>>>> other"


def test_a_document_with_a_merge_conflict_has_no_items() -> None:
    document = read(table(CONFLICT))
    assert ((), [("merge-conflict", 6)]) == (document.items, [(p.rule, p.line) for p in document.problems])
    twice = read(table(f"<<<<<<< unfinished\n{CONFLICT}\n{CONFLICT}"))
    assert [("merge-conflict", 7)] == [(p.rule, p.line) for p in twice.problems]


@pytest.mark.parametrize(
    "text",
    [
        f"{table('| A | | | | Open |')}\n```\n{CONFLICT}\n```\n",
        table("| A | | | | Open |\n<<<<<<< HEAD\n>>>>>>> other\n======="),
        table("| A | | | | Open |") + "\n    <<<<<<< HEAD\n    =======\n    >>>>>>> other\n",
    ],
)
def test_what_only_shows_a_conflict_is_none(text: str) -> None:
    assert "A" == read(text).items[0].action


def test_items_of_several_forms_stand_in_the_order_of_the_document() -> None:
    text = (
        table("| First | | | | Open |")
        + "\n```yaml\naction_items:\n  - item: Second\n```\n\n"
        + table("| Third | | | | Open |")
    )
    assert [item.action for item in read(text).items] == ["First", "Second", "Third"]


def test_a_document_may_be_nothing_but_front_matter() -> None:
    document = read("---\ntitle: T\naction_items:\n  - item: x\n---")
    assert (document.title, [item.action for item in document.items]) == ("T", ["x"])


def test_a_lone_carriage_return_ends_a_line() -> None:
    assert [item.line for item in read(table("| First | | | | Open |").replace("\n", "\r")).items] == [5]


def test_each_item_knows_how_many_headings_stand_above_it() -> None:
    table = "| Action | Owner | Status |\n|---|---|---|\n| {} | @a | Open |\n"
    text = (
        "# Outage\n\n## Action *items* &amp; owners\n\n" + table.format("One") + "\nNext\n----\n\n## Action items\n\n"
    )
    read = parse("a.md", (text + table.format("Two")).encode())
    assert ("Outage", "Action items & owners", "Next", "Action items") == read.headings
    assert [("One", 2), ("Two", 4)] == [(item.action, item.heading) for item in read.items]


def test_an_item_that_is_a_heading_stands_in_its_own_section() -> None:
    text = "# Outage\n\n## Action items\n\n### Add an alert\n\n- Owner: @alice\n- Due: 2026-12-01\n- Status: Open\n"
    read = parse("a.md", text.encode())
    assert [("Add an alert", 3)] == [(item.action, item.heading) for item in read.items]


def test_a_document_without_items_or_without_headings_names_none() -> None:
    assert () == parse("a.md", b"# Outage\n\nNothing to do.\n").headings
    read = parse("a.yml", b"action_items:\n  - item: Add an alert\n    owner: alice\n")
    assert ((), [0]) == (read.headings, [item.heading for item in read.items])
