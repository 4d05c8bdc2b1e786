"""What must not be taken for a status or a link comes first."""

import pytest

from tracksync.documents import statuses
from tracksync.documents.words import WORDS
from tracksync.model import Reading, Status


@pytest.mark.parametrize(
    "text",
    [
        "This document",
        "Waiting for the vendor",
        "Done (partially)",
        "Done (90%)",
        "Complete (not verified)",
        "Done, except EU",
        "Done - except EU",
        "✅ Deployed everywhere but EU",
        "~~Open~~ Done",
        "✅ ❌",
        "(see above)",
        "Done " + "." * 1000,
    ],
)
def test_this_is_not_surely_a_status(text: str) -> None:
    cell = statuses.read(text, WORDS)
    assert (cell.status, cell.reading) == (None, Reading.UNREADABLE)


@pytest.mark.parametrize(
    "text",
    [
        "Todo (depends on #3)",
        "Done (PR #12)",
        "Done (!12)",
        "Done (https://github.com/a/b/pull/3)",
        "Blocked by #3 and #4",
        "Done (git abc1234)",
    ],
)
def test_a_mention_or_evidence_is_no_link(text: str) -> None:
    assert statuses.read(text, WORDS).links == ()


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("", Reading.EMPTY),
        ("-", Reading.EMPTY),
        ("n/a", Reading.EMPTY),
        ("TBD", Reading.PLACEHOLDER),
        ("[Status]", Reading.PLACEHOLDER),
        ("?", Reading.PLACEHOLDER),
        ("Open / In Progress / Done", Reading.PLACEHOLDER),
        ("Open | Done", Reading.PLACEHOLDER),
    ],
)
def test_what_nobody_filled_in_is_no_opinion(text: str, reading: Reading) -> None:
    cell = statuses.read(text, WORDS)
    assert (cell.status, cell.reading) == (None, reading)


@pytest.mark.parametrize(
    ("text", "status", "core"),
    [
        ("Not Started", Status.NOT_STARTED, "Not Started"),
        ("not-started", Status.NOT_STARTED, "not-started"),
        ("IN PROGRESS", Status.IN_PROGRESS, "IN PROGRESS"),
        ("in_progress", Status.IN_PROGRESS, "in_progress"),
        ("**Done**", Status.COMPLETE, "**Done**"),
        ("✅ Done", Status.COMPLETE, "✅ Done"),
        ("Done ✅", Status.COMPLETE, "Done ✅"),
        ("✅", Status.COMPLETE, "✅"),
        ("✔️", Status.COMPLETE, "✔️"),
        ("☐ Open", Status.NOT_STARTED, "☐ Open"),
        ("🔄", Status.IN_PROGRESS, "🔄"),
        ("[x]", Status.COMPLETE, "[x]"),
        ("[ ]", Status.NOT_STARTED, "[ ]"),
        ("[ ] In Progress", Status.IN_PROGRESS, "[ ] In Progress"),
        ("Won't Fix (by design)", Status.WONT_DO, "Won't Fix"),
        ("Won’t do", Status.WONT_DO, "Won’t do"),
        ("Duplicate", Status.DUPLICATE, "Duplicate"),
        ("On hold", Status.BLOCKED, "On hold"),
        ("Done (2026-01-02)", Status.COMPLETE, "Done"),
        ("Done 2026-01-02", Status.COMPLETE, "Done"),
        ("Done - 2026-01-02", Status.COMPLETE, "Done"),
        ("Done (git abc123)", Status.COMPLETE, "Done"),
        ("Done (PR #12)", Status.COMPLETE, "Done"),
        ("Todo (depends on #3)", Status.NOT_STARTED, "Todo"),
        ("In Progress (50%)", Status.IN_PROGRESS, "In Progress"),
        ("[FIXED](https://example.com/commit/abc)", Status.COMPLETE, "FIXED"),
    ],
)
def test_a_status_is_read_and_its_words_are_known(text: str, status: Status, core: str) -> None:
    cell = statuses.read(text, WORDS)
    assert (cell.status, cell.reading) == (status, Reading.SET)
    assert text[cell.start : cell.end] == core


@pytest.mark.parametrize(
    ("text", "status", "links"),
    [
        ("Todo (#3)", Status.NOT_STARTED, ["#3"]),
        ("Todo #3", Status.NOT_STARTED, ["#3"]),
        ("#3", None, ["#3"]),
        ("(local#12)", None, ["local#12"]),
        ("[#12]", None, ["#12"]),
        ("Done ([#12](https://github.com/a/b/issues/12))", Status.COMPLETE, ["https://github.com/a/b/issues/12"]),
        ("Todo (depends on #3) (local#12)", Status.NOT_STARTED, ["local#12"]),
        ("Done (PR #4) (#12)", Status.COMPLETE, ["#12"]),
        ("Todo (#3, #4)", Status.NOT_STARTED, ["#3", "#4"]),
        ("Todo (OPS-12)", Status.NOT_STARTED, ["OPS-12"]),
        ("TBD (#3)", None, ["#3"]),
    ],
)
def test_a_reference_beside_the_status_is_its_link(text: str, status: Status | None, links: list[str]) -> None:
    cell = statuses.read(text, WORDS)
    assert cell.status is status
    assert [one.text for one in cell.links] == links


@pytest.mark.parametrize(
    ("text", "status", "core"),
    [
        ("✅ live since release 1.4", Status.COMPLETE, "✅"),
        ("✔️ Verified in staging", Status.COMPLETE, "✔️"),
        ("⬜ dashboard still to be made", Status.NOT_STARTED, "⬜"),
        ("🚧 with the storage team", Status.IN_PROGRESS, "🚧"),
    ],
)
def test_a_mark_decides_where_a_remark_in_words_of_its_own_follows(text: str, status: Status, core: str) -> None:
    cell = statuses.read(text, WORDS)
    assert (status, Reading.SET, core) == (cell.status, cell.reading, text[cell.start : cell.end])
