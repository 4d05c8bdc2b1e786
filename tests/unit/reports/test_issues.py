import json

from tracksync.model import Issue, IssueRef, Marker, MarkerFault, Status, Trust
from tracksync.reports.issues import issues_json, issues_text

OURS = Issue(
    IssueRef("local", "local", 3),
    "Add alert",
    "alice,bob",
    "2026-03-01",
    "P1",
    Status.IN_PROGRESS,
    Marker("k" * 16, "acme/web", "a.md", "digest"),
    Trust.OURS,
    labelled=True,
    version="7",
    author="tracksync",
    body="Text",
)
THEIRS = Issue(
    IssueRef("local", "local", 12),
    "Broken",
    "",
    "",
    "",
    Status.WONT_DO,
    MarkerFault("The comment can't be read."),
    Trust.STRANGER,
    labelled=False,
    version="8",
)


def test_issues_as_text_are_aligned_rows():
    expected = """\
local#3   In Progress  alice,bob  2026-03-01  P1  Add alert
local#12  Won't Do     -          -           -   Broken
2 issues, 1 open.
"""
    assert expected == issues_text([OURS, THEIRS])


def test_no_issues_are_counted_too():
    assert "0 issues, 0 open.\n" == issues_text([])


def test_an_issue_as_json_shows_its_fields_and_its_marker():
    value = json.loads(issues_json([OURS]))
    assert {
        "issue": {"host": "local", "project": "local", "number": 3},
        "title": "Add alert",
        "owners": ["alice", "bob"],
        "due": "2026-03-01",
        "priority": "P1",
        "status": "in_progress",
        "author": "tracksync",
        "key": "k" * 16,
        "document": "a.md",
        "body": "Text",
    } == value["issues"][0]


def test_what_an_issue_does_not_have_is_null():
    (value,) = json.loads(issues_json([THEIRS]))["issues"]
    assert ([], None, None, None, None) == tuple(value[k] for k in ("owners", "due", "priority", "key", "document"))
