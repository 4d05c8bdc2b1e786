import json

from tests.unit.reports.builders import REF, conflict, plan
from tracksync.model import (
    ActionItem,
    Base,
    Carrier,
    CarrierState,
    Document,
    Field,
    Issue,
    Problem,
    Severity,
    SkipReason,
    Status,
    Trust,
)
from tracksync.planning.fields import Facts
from tracksync.planning.identity import Match, Standing
from tracksync.planning.merge import Decision, Verdict
from tracksync.reports.status import (
    DocumentView,
    FieldView,
    ItemView,
    item_json,
    item_text,
    item_view,
    overview,
    overview_json,
    overview_text,
)


def document(path, *items):
    return Document(path, "", title=path.upper(), items=items)


def item(status=None, skip=None):
    return ActionItem(0, "A", "A", status=status, skip=skip)


PROBLEM = Problem("not-utf8", Severity.ERROR, "c.md", 0, "Not UTF-8.")
VIEW = ItemView(
    "a.md",
    41,
    "Add alert",
    "k" * 16,
    REF,
    (
        FieldView(Field.OWNER, "al,bo", 2, "al,bo", "al,bo", None, "al,bo", "in sync"),
        FieldView(
            Field.STATUS, "not_started", 0, "not_started", "complete", "complete", "complete", "waits to be committed"
        ),
        FieldView(Field.DUE, None, None, None, None, None, "", "no opinion"),
    ),
)


def test_the_overview_counts_items_conflicts_and_problems_by_document():
    documents = [
        document("a.md", item(), item(Status.BLOCKED), item(Status.COMPLETE), item(Status.WONT_DO)),
        document("b.md", item(skip=SkipReason.PLACEHOLDER), item(skip=SkipReason.BLANK)),
        document("c.md"),
        document("d.md", item(Status.DUPLICATE, SkipReason.DONE_WITHOUT_LINK), item(skip=SkipReason.STRUCK)),
    ]
    views = overview(documents, plan(conflicts=(conflict(),), problems=(PROBLEM, PROBLEM)))
    assert (
        DocumentView("a.md", "A.MD", open=2, complete=2, conflicts=1, problems=0),
        DocumentView("c.md", "C.MD", open=0, complete=0, conflicts=0, problems=2),
        DocumentView("d.md", "D.MD", open=0, complete=2, conflicts=0, problems=0),
    ) == views


def test_the_overview_as_text_is_a_table_with_sums():
    views = (DocumentView("a.md", "A", 12, 2, 1, 0), DocumentView("c.md", None, 0, 0, 0, 2))
    expected = """\
Open  Complete  Conflicts  Problems  Document
12    2         1          0         a.md
0     0         0          2         c.md
2 documents: 12 open, 2 complete, 1 conflict, 2 problems.
"""
    assert expected == overview_text(views)


def test_a_document_that_needs_a_person_stands_out():
    views = (
        DocumentView("a.md", "A", 1, 0, 1, 1),
        DocumentView("b.md", "B", 1, 0, 0, 1),
        DocumentView("c.md", "C", 1, 0, 0, 0),
    )
    text = overview_text(views, style=lambda kind, line: kind)
    assert ["heading", "conflict", "warning", "row", "summary"] == text.split()


def test_an_overview_of_nothing_still_has_its_sums():
    assert "0 documents: 0 open, 0 complete, 0 conflicts, 0 problems." in overview_text(())


def test_the_overview_as_json_has_no_item():
    value = json.loads(overview_json((DocumentView("a.md", "A", 12, 2, 1, 0),)))
    counts = {"path": "a.md", "title": "A", "open": 12, "complete": 2, "conflicts": 1, "problems": 0}
    assert {"schema": 1, "documents": [counts], "item": None} == value


def test_one_item_is_a_table_of_its_fields():
    expected = """\
Add alert
  a.md:41
  issue local#3, key kkkkkkkkkkkkkkkk
Field   Last agreed       Document                      In flight  Tracker   Verdict
owner   @al, @bo (2)      @al, @bo                      -          @al, @bo  in sync
status  Not Started (0)   Not Started (file: Complete)  Complete   Complete  waits to be committed
due     -                 -                             -          none      no opinion
"""
    assert [line.split() for line in expected.split("\n")] == [line.split() for line in item_text(VIEW).split("\n")]
    header, first, *_ = item_text(VIEW).split("\n")[3:]
    assert header.index("In flight") == first.index("-")


def facts(which, stated, shown, tracker, base, carrier):
    return Facts(which, stated, shown, tracker, base, carrier, Decision(Verdict.WRITE, tracker, "the tracker moved"))


def test_one_item_is_seen_as_planning_explains_it():
    row = ActionItem(0, "Add alert", "Add alert", line=41)
    issue = Issue(REF, "Add alert", "", "", "P1", Status.COMPLETE, None, Trust.OURS, labelled=True, version="1")
    proposed = Carrier("k" * 16, Field.STATUS, "complete", 0, CarrierState.OPEN)
    landed = proposed._replace(field=Field.PRIORITY, state=CarrierState.LANDED)
    explained = [
        (facts(Field.STATUS, "not_started", "complete", "complete", Base("not_started", 0), proposed), "proposed"),
        (facts(Field.PRIORITY, "P2", "P2", "P1", Base("P2", 3), landed), "to be written"),
        (facts(Field.DUE, None, None, "", None, None), "in sync"),
    ]
    view = item_view(Match(Standing.TWO_WAY, document("a.md", row), row, "k" * 16, "b" * 16, issue), explained)
    assert ("a.md", 41, "Add alert", "k" * 16, REF) == (view.path, view.line, view.title, view.key, view.issue)
    assert (
        FieldView(Field.STATUS, "not_started", 0, "not_started", "complete", "complete", "complete", "proposed"),
        FieldView(Field.PRIORITY, "P2", 3, "P2", "P2", None, "P1", "to be written"),
        FieldView(Field.DUE, None, None, None, None, None, "", "in sync"),
    ) == view.rows


def test_a_row_without_an_issue_is_seen_without_fields():
    row = ActionItem(0, "Add alert", "Add alert", line=41)
    view = item_view(Match(Standing.NEW, document("a.md", row), row, "k" * 16, "k" * 16), [])
    assert ItemView("a.md", 41, "Add alert", "k" * 16, None, ()) == view


def test_an_item_without_an_issue_says_so():
    text = item_text(ItemView("a.md", 41, "Add alert", "k" * 16, None, ()))
    assert "  issue none, key kkkkkkkkkkkkkkkk\n" in text


def test_one_item_as_json_names_every_side():
    value = json.loads(item_json(VIEW))
    assert None is value["documents"]
    fields = value["item"].pop("fields")
    assert {
        "path": "a.md",
        "line": 41,
        "title": "Add alert",
        "key": "k" * 16,
        "issue": {"host": "local", "project": "local", "number": 3},
    } == value["item"]
    assert {
        "field": "status",
        "base": "not_started",
        "serial": 0,
        "document": "not_started",
        "shown": "complete",
        "in_flight": "complete",
        "tracker": "complete",
        "verdict": "waits to be committed",
    } == fields[1]
