"""What system notes tell of people's edits that our write undid."""

from typing import Any

import pytest

from tracksync.model import Bond, Field, IssuePatch, Overwritten, Written
from tracksync.trackers.gitlab.history import moved_to, overwritten

from .given import issue, marker, raw

BEFORE = issue(raw())
REF = BEFORE.ref
BETWEEN = "2026-03-01T12:00:00.500Z"


def written(**after: Any) -> Written:
    """Our write, a second after the re-read."""
    done = issue(raw(updated_at="2026-03-01T12:00:01.000Z", **({"title": "Ours"} | after)))
    return Written(BEFORE, IssuePatch({Field.TITLE: "Ours"}, marker(1)), done)


def note(said: str, at: str = BETWEEN, who: str = "dana", system: bool = True) -> dict[str, Any]:
    return {"body": said, "author": {"username": who}, "system": system, "created_at": at}


def told(said: str, one: Written | None = None) -> list[tuple[str, str]]:
    return [(found.field, found.value) for found in overwritten(one or written(), [note(said)], "robot")]


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ("changed the description", [("text", "")]),
        ("marked the checklist item **Do it** as completed", [("text", "")]),
        ("marked the task **Do it** as incomplete", [("text", "")]),
        ("changed title from **Give retries a limit** to **Hers**", [("title", "Hers")]),
        ("changed title from **{-Give-} retries** to **{+Cut+} retries**", [("title", "Cut retries")]),
        ("changed title from **Hers** to **Ours**", []),
        ("changed title from **Hers** to **{+Ours+}**", []),
        ("changed title from **Hers** to **Give retries a limit**", []),
        ("assigned to @dana", [("owner", "dana")]),
        ("assigned to @alice", []),
        ("assigned to @dana, @bob, and @eve.d", [("owner", "dana"), ("owner", "bob"), ("owner", "eve.d")]),
        ("assigned to @dana and unassigned @alice", [("owner", "dana"), ("owner", "nobody instead of alice")]),
        ("unassigned @bob", []),
        ("changed due date to February 03, 2027", [("due", "2027-02-03")]),
        ("changed due date to December 01, 2026", []),
        ("removed due date", [("due", "none")]),
        ("removed due date December 01, 2026", [("due", "none")]),
        ("changed start date to May 1, 2026 and changed due date to May 2, 2026", [("due", "2026-05-02")]),
        ("added ~12 label", []),
        ("mentioned in merge request !3", []),
    ],
)
def test_a_note_tells_what_is_no_longer_there(said, lost):
    assert lost == told(said)


def test_who_did_it_is_told():
    assert [Overwritten(REF, "title", "dana", "Hers")] == overwritten(
        written(), [note("changed title from **a** to **Hers**")], "robot"
    )
    nameless = note("changed title from **a** to **Hers**") | {"author": None}
    assert [Overwritten(REF, "title", "somebody", "Hers")] == overwritten(written(), [nameless], "robot")


@pytest.mark.parametrize(
    "other",
    [
        note("changed the description", who="robot"),
        note("changed the description", system=False),
        note("changed the description", at="2026-03-01T12:00:00.123Z"),
        note("changed the description", at="2026-03-01T12:00:01.001Z"),
        note("changed the description", at="2026-03-01T12:59:59.999+01:00"),
        note("") | {"body": None},
    ],
)
def test_what_was_seen_came_later_or_is_ours_was_not_overwritten(other):
    assert [] == overwritten(written(), [other], "robot")


@pytest.mark.parametrize(
    ("patch", "lost"),
    [
        (IssuePatch({Field.TITLE: "Ours"}, None), []),
        (IssuePatch({}, None, bond=Bond.UNTIE), [("text", "")]),
    ],
)
def test_a_text_is_lost_only_where_we_wrote_one(patch, lost):
    assert lost == told("changed the description", written()._replace(patch=patch))


@pytest.mark.parametrize(
    ("notes", "place"),
    [
        ([note("closed"), note("moved to acme/sub/ops#12")], ("acme/sub/ops", 12)),
        ([note("moved to acme/ops#12", system=False)], None),
        ([note("moved to ops")], None),
        ([note("moved from acme/ops#3")], None),
        ([], None),
    ],
)
def test_where_an_issue_was_moved(notes, place):
    assert place == moved_to(notes)
