"""Items in lists, task lists, HTML, paragraphs and headings: edits are local and read back as meant."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.test_edits import BOMS, EOLS, edits_of, rewritten
from tracksync.documents import parse, rewrite
from tracksync.documents.forms import item_text
from tracksync.documents.words import WORDS

ACTIONS = st.sampled_from(
    [
        *("Add badges for:", "Tell them,", "Test it;"),
        *("~~Rotate the keys~~", "<del>Test it</del>"),
        *("Rotate the keys", "Add an alert for `queue_depth`", "Ask @carol about #12", "**Document** the fail-over"),
        *(
            "Fix it: now",
            "Move the runbook.",
            "鍵を更新する",
            "Test the retry - with load",
            "Drop the index (the old one)",
        ),
    ]
)
FRONTS = st.sampled_from(["", "", "", "P1: ", "[P2] ", "**P0** ", "@alice: ", "✅ ", "[DONE] ", "TODO: ", "**JP** "])
BACKS = st.sampled_from(
    [
        *(
            "",
            "",
            " (@alice, due 2026-02-15)",
            " (@alice)",
            " [Rick]",
            " (P1)",
            " (Done)",
            " - done",
            " — due 2026-02-15 — @owner2",
        ),
        *(
            " (owner: Bob, due: 15 Feb 2026)",
            " (local#7)",
            " (Done, local#7)",
            " ([#4](https://github.com/a/b/issues/4))",
        ),
        *(
            " - Owner: @alice - Due: 2026-02-15",
            " | Owner: Bob | P2",
            " (due TBD)",
            " (unassigned, P?)",
            " #9",
            " by 2026-03-01",
            " (@alice, due Feb 15, 2026)",
            " - 15. Februar 2026",
            ", owner: Bob",
            ": @alice; P1",
            ", tracked in #9",
            " (échéance : 1er mars 2026)",
        ),
        *(" （担当: @alice、期限: 2026-02-15）", " (in progress)", " WIP", " - done: was easy", " @alice", "  "),
    ]
)
TICKS = st.sampled_from(["", "", '<input type="checkbox"> ', "<input checked type=checkbox disabled/>\n"])
DETAILS = st.sampled_from(
    ["", "", "  - Owner: @bob\n  - Due: 2026-01-31\n", "  more text\n", "  **Status**: Open\n", "  - a detail (#5)\n"]
)
LABELS = st.sampled_from(
    ["", "", "**JP**\n", "**Cleo & Dan**\n\n", "**Done**\n", "Short term:\n\n", "**What went well**\n"]
)


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A document with lists of action items."""
    marker = draw(st.sampled_from(["- ", "* ", "1. ", "- [ ] ", "- [x] "]))
    lines = [
        "# T",
        "",
        "- not an item",
        "",
        draw(st.sampled_from(["## Action Items", "## Actions", "## アクションアイテム"])),
        "",
    ]
    text = "\n".join(lines) + "\n"
    for _ in range(draw(st.integers(1, 3))):
        text += draw(LABELS)
        for _ in range(draw(st.integers(1, 3))):
            text += f"{marker}{draw(FRONTS)}{draw(ACTIONS)}{draw(BACKS)}\n{draw(DETAILS)}"
        text += "\n"
    return _ended(draw, text + "## Lessons Learned\n\n- still none\n")


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """A document with paragraphs and headings that are action items."""
    text = "# T\n\n## Action Items\n\n"
    for number in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            text += f"**JP** {draw(ACTIONS)}{draw(BACKS)}\n{draw(st.sampled_from(['', '- detail', 'Owner: Bob']))}\n\n"
        else:
            fields = draw(
                st.lists(
                    st.sampled_from(["Owner: @alice", "Due: 2026-02-15", "Status: Open", "Priority: P1"]),
                    min_size=1,
                    unique=True,
                )
            )
            text += (
                f"### {number}. {draw(ACTIONS)}{draw(BACKS)}\n\n"
                + "".join(f"- **{one.split(':')[0]}**:{one.split(':')[1]}\n" for one in fields)
                + "\n"
            )
    return _ended(draw, text)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A document with a table and a list in HTML."""
    cell = st.sampled_from(
        [
            "",
            "x &amp; y",
            "<b>Bob</b>",
            "@alice",
            "2026-02-15",
            "<strong>DONE</strong>",
            "Open",
            "P1",
            "Open (#3)",
            "<code>a</code> b",
            '<input type="checkbox">',
            "<b><input type=checkbox checked></b>",
        ]
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{draw(cell)}</td>" for _ in range(draw(st.integers(1, 6)))) + "</tr>\n"
        for _ in range(draw(st.integers(1, 3)))
    )
    head = "".join(f"<th>{name}</th>" for name in ("Action", "Owner", "Due", "Priority", "Status", "Issue"))
    items = "".join(f"<li>{draw(TICKS)}{draw(ACTIONS)}{draw(BACKS)}</li>\n" for _ in range(draw(st.integers(0, 2))))
    return _ended(draw, f"# T\n\n## Action Items\n\n<table>\n<tr>{head}</tr>\n{rows}</table>\n\n<ul>\n{items}</ul>\n")


def _ended(draw: st.DrawFn, text: str) -> str:
    return draw(BOMS) + text.rstrip("\n").replace("\n", draw(EOLS)) + draw(st.sampled_from(["", "\n"]))


@settings(deadline=None)
@given(st.data(), st.one_of(lists(), blocks(), pages()))
def test_edits_are_local_and_read_back(data: st.DataObject, text: str) -> None:
    document = parse("a.md", text.encode())
    edits = data.draw(edits_of(document))
    rewritten("a.md", text, edits)
    result = rewrite("a.md", text.encode(), edits).data.decode()
    before, after = (re.split(r"(\r\n|\r|\n)", whole) for whole in (text, result))
    assert len(before) == len(after)
    lines = [item.line for item in document.items]
    for number, (was, now) in enumerate(zip(before, after, strict=True)):
        if was != now:
            at = max(line for line in lines if line <= number // 2 + 1)
            assert any(document.items[edit.index].line == at for edit in edits)


@given(st.text(st.sampled_from("ab @#1-–—()[]*:;,.|P\n✅"), max_size=60), st.booleans())
def test_peeling_never_loses_or_overlaps_anything(text: str, boxed: bool) -> None:
    peeled = item_text.peel(text, WORDS, boxed, named=not boxed)
    assert 0 <= peeled.start <= peeled.end <= len(text)
    spans = sorted([(peeled.start, peeled.end), *((span.start, span.end) for span in peeled.spans.values())])
    assert all(first[1] <= second[0] or first[0] == first[1] for first, second in pairwise(spans))
