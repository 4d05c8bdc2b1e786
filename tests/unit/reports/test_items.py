import json

from tracksync.model import ActionItem, Document, IssueRef, Kind, Problem, Publication, Severity, SkipReason, Status
from tracksync.reports.items import items_json, items_text

ITEM = ActionItem(
    0,
    "Add alert",
    "**Add** alert",
    owners=("alice", "bob"),
    owner_raw="@alice, @bob",
    due="2026-03-01",
    due_raw="2026-03-01",
    priority="P1",
    priority_raw="high",
    status=Status.IN_PROGRESS,
    status_raw="🚧",
    kind=Kind.DETECT,
    links=("#12", "other/x#4"),
    link="#12",
    line=41,
    column=3,
)
BARE = ActionItem(1, "…", "…", due_raw="01/12/2026", owner_raw="the team", skip=SkipReason.PLACEHOLDER, line=42)
PROBLEM = Problem("due-ambiguous", Severity.WARNING, "a.md", 42, "Write 2026-12-01.")
DOCUMENT = Document(
    "a.md",
    "0" * 64,
    title="Checkout",
    date="2026-01-14",
    severity="SEV-1",
    status_raw="Final",
    items=(ITEM, BARE),
    problems=(PROBLEM,),
)


def resolve(link):
    return IssueRef("local", "local", 12) if link == "#12" else None


def test_items_are_listed_with_every_name_of_the_contract():
    value = json.loads(items_json([DOCUMENT], resolve))
    assert 1 == value["schema"]
    (document,) = value["documents"]
    first, second = document.pop("items")
    assert {
        "path": "a.md",
        "title": "Checkout",
        "date": "2026-01-14",
        "severity": "SEV-1",
        "published": True,
        "status_raw": "Final",
        "problems": [
            {"rule": "due-ambiguous", "severity": "warning", "line": 42, "message": "Write 2026-12-01."},
        ],
    } == document
    assert {
        "action": "Add alert",
        "action_raw": "**Add** alert",
        "owners": ["alice", "bob"],
        "due": "2026-03-01",
        "due_raw": "2026-03-01",
        "priority": "P1",
        "priority_raw": "high",
        "status": "in_progress",
        "status_raw": "🚧",
        "kind": "detect",
        "links": ["#12", "other/x#4"],
        "issue": {"host": "local", "project": "local", "number": 12},
        "skip": None,
        "line": 41,
        "column": 3,
        "format": "table",
    } == first
    assert (second["status"], second["kind"], second["issue"], second["skip"]) == (None, None, None, "placeholder")


def test_a_mention_is_a_link_but_not_the_items_issue():
    mentioned = ActionItem(0, "See #12", "See #12", links=("#12",), line=3)
    value = json.loads(items_json([Document("a.md", "", items=(mentioned,))], resolve))
    assert None is value["documents"][0]["items"][0]["issue"]


def test_items_as_text_are_aligned_rows_with_what_was_written():
    expected = """\
a.md
  Checkout, 2026-01-14, SEV-1, published
  L41  In Progress  alice, bob  2026-03-01  P1  Add alert
  L42  -            the team    01/12/2026  -   …   (placeholder)
  L42 warning due-ambiguous: Write 2026-12-01.

2 action items in 1 document.
"""
    assert expected == items_text([DOCUMENT])


def test_a_document_held_back_says_so_with_its_status_line():
    held = Document("b.md", "", status_raw="Draft", publication=Publication.HELD)
    unknown = Document("c.md", "", status_raw="Frozen", publication=Publication.UNKNOWN)
    text = items_text([held, unknown])
    assert 'b.md\n  held back (status "Draft")\n\n' in text
    assert 'c.md\n  held back (unknown status "Frozen")\n\n' in text


def test_a_problem_of_the_whole_document_has_no_line():
    whole = Problem("not-utf8", Severity.ERROR, "a.md", 0, "Not UTF-8.")
    assert "\n  error not-utf8: Not UTF-8.\n" in items_text([Document("a.md", "", problems=(whole,))])


def test_wide_and_sly_cells_keep_the_columns():
    wide = ActionItem(0, "A", "A", status_raw="世界", line=1)
    sly = ActionItem(1, "B", "B", status_raw="\x1b", line=2)
    lines = items_text([Document("a.md", "", items=(wide, sly))]).split("\n")
    assert ["  L1  世界  -  -  -  A", "  L2  \\x1b  -  -  -  B"] == lines[2:4]


def test_items_as_text_can_be_fitted_and_styled():
    text = items_text([DOCUMENT], width=30, style=lambda kind, line: f"{kind}|{line}")
    assert text.startswith("heading|a.md\nrow|  Checkout, 2026-01-14, SEV-1,\nrow|      published\n")
