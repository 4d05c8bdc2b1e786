"""Paragraphs and headings as action items: what must not be taken for one comes first."""

import pytest

from tests.unit.documents.samples import item, read
from tracksync.documents import rewrite
from tracksync.model import Field, ItemEdit, Status

ACTIONS = "# T\n\n## Action Items\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "Some prose about it.\n",
        "**JP**\n",
        "**Alice** and the team did it. **Bob** too.\n",
        "Bob will tell the others:\n\n- how it went\n",
        "Bob: this is yours\n\n- Add it\n",
        "**Status**: done\n",
        "**JP** " + "a line\n" * 9,
        "### Detection\n\nprose\n\nmore prose\n",
        "### Fix it\n\n- detail\n",
        "Owner: @alice\n",
        "1) nothing\n",
        "### 1. Short term\n\nprose\n",
        "### 1. Write the whole of it\n\n- Add it\n",
        "### 1. Write the whole of it\n\n| a | b |\n|---|---|\n| c | d |\n",
        "### 1. Write the whole of it\n\n#### Now\n\nprose\n",
        "### 1. Detection of what broke\n",
        "### Write the whole of it\n\nprose\n",
    ],
)
def test_this_is_no_item_of_its_own(text: str) -> None:
    assert [one for one in read(ACTIONS + text).items if one.format == "heading"] == []


@pytest.mark.parametrize("heading", ["", "## Timeline\n\n", "## Prevention\n\n"])
def test_elsewhere_nothing_is(heading: str) -> None:
    assert read(f"# T\n\n{heading}**JP** Add it\n\n### 1. Add it\n\n- Owner: @alice\n").items == ()


@pytest.mark.parametrize(
    ("text", "action", "owners", "due"),
    [
        ("**JP** Add it\n", "Add it", ("JP",), None),
        ("@alice: Add it (due 2026-02-15)\n", "Add it", ("alice",), "2026-02-15"),
        ("**JP** Add it for:\n- one\n- two\n", "Add it for:", ("JP",), None),
        ("**Action 2:** Add it (@alice)\n", "Add it", ("alice",), None),
        ("**3. Add it**\n\nWhy.\n", "Add it", (), None),
        ("Add it\nOwner: @alice\nDue: 2026-02-15\n", "Add it", ("alice",), "2026-02-15"),
        ("Add it\n\n- Owner: @alice\n- **Due**: 2026-02-15\n- more\n", "Add it", ("alice",), "2026-02-15"),
        ("### A1. Add it\n\n**Priority:** P1\n**Owner:** @alice\n```\n- x\n```\n", "Add it", ("alice",), None),
        ("### AI-3: Add it\n\n- Owner: @alice\n", "Add it", ("alice",), None),
        ("### 1. Add an alert for it\n\nIt broke.\n", "Add an alert for it", (), None),
        ("### 1. Add it\n\n- Owner: @alice\n\n- Due: 2026-02-15\n", "Add it", ("alice",), "2026-02-15"),
        (
            "### Add it ###\n\nWhy we do it.\n\n**Owner:** @alice\n**Due:** 2026-02-15\n",
            "Add it",
            ("alice",),
            "2026-02-15",
        ),
    ],
)
def test_this_is_one(text: str, action: str, owners: tuple[str, ...], due: str | None) -> None:
    one = item(ACTIONS + text)
    assert (one.format, one.action, one.owners, one.due) == ("heading", action, owners, due)


def test_several_stand_one_below_the_other() -> None:
    text = (
        "**JP** Add it\n\n**AC** Test it\n- detail (#5)\n\n### Write it\n\n- Status: Done\n\n### Send it\n\nOwner: @b\n"
    )
    document = read(ACTIONS + text)
    shown = [(one.line, one.action, one.owners, one.status) for one in document.items]
    assert shown == [
        (5, "Add it", ("JP",), None),
        (7, "Test it", ("AC",), None),
        (10, "Write it", (), Status.COMPLETE),
        (14, "Send it", ("b",), None),
    ]
    assert document.items[1].links == ("#5",)


def test_values_are_written_where_they_stand_and_the_link_behind_the_title() -> None:
    text = ACTIONS + "### 1. Add it ##\n\n- **Owner**: @alice\n- **Status**: Open\n"
    edits = [ItemEdit(0, Field.OWNER, "bob"), ItemEdit(0, Field.STATUS, "complete"), ItemEdit(0, Field.ISSUE, "#1")]
    result = rewrite("a.md", text.encode(), edits)
    assert result.data.decode() == ACTIONS + "### 1. Add it (#1) ##\n\n- **Owner**: @bob\n- **Status**: Complete\n"
    assert result.problems == ()
