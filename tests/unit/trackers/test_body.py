import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tracksync.model import MERGED, Base, Field, Marker, MarkerFault
from tracksync.trackers.body import (
    Origin,
    read_marker,
    render,
    said,
    tied,
    untied,
    with_lines,
    with_marker,
    without_marker,
)

MARKER = Marker("ABCDEFGHIJKLMNOP", "acme/web", "a.md", "QRSTUVWXYZ234567", {Field.DUE: Base("2027-01-15", 3)})

ORIGIN = Origin("T", MARKER.document)

any_text = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.text('<>-!\\"\r\n\u2028{}[] tracksync:marker@', max_size=40),
    st.just("--> <!-- tracksync:marker {} -->"),
)
markers = st.builds(
    Marker,
    key=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=16, max_size=16),
    repository=any_text,
    document=any_text,
    text=any_text,
    base=st.dictionaries(st.sampled_from(MERGED), st.builds(Base, any_text, st.integers(0, 10**6))),
)


def body_with(data: object) -> str:
    return f"<!-- tracksync:marker {json.dumps(data)} -->"


def as_data(**changes: object) -> dict[str, object]:
    data = {"version": 1, "key": MARKER.key, "repository": "acme/web", "document": "a.md", "text": MARKER.text}
    return data | {"base": {"due": ["2027-01-15", 3]}} | changes


@given(markers, any_text)
def test_any_marker_reads_back_and_no_value_breaks_out(marker, title):
    body = render(marker, Origin(title, marker.document))
    assert marker == read_marker(body)
    assert 1 == body.count("<!-- tracksync:marker")
    (inside,) = [line[4:-3] for line in body.split("\n") if line.startswith("<!-- tracksync:marker")]
    assert not any(ending in inside for ending in ("--", "<", ">"))
    assert "<!-- tracksync:end -->" == body.split("\n")[-3]
    assert "" == without_marker(body).split("\n")[-1]


@given(any_text, any_text, markers)
def test_another_marker_leaves_the_text_of_people_as_it_is(before, after, marker):
    body = f"{before}\r\n{render(MARKER, ORIGIN)}\r\n{after}"
    changed = with_marker(body, marker)
    assert without_marker(body) == without_marker(changed)
    if read_marker(body) == MARKER:
        assert marker == read_marker(changed)


@given(any_text, st.one_of(any_text, st.recursive(st.none() | any_text, st.lists).map(json.dumps)))
def test_no_body_makes_reading_fail(before, inside):
    found = read_marker(f"{before}<!-- tracksync:marker {inside} -->")
    assert found is None or isinstance(found, Marker | MarkerFault)


@given(st.text(st.characters(exclude_characters="\r\n"), max_size=200))
def test_the_visible_text_mentions_nobody_and_stays_in_its_line(title):
    visible = without_marker(render(MARKER, Origin(title, MARKER.document)))
    assert 6 + 1 == len(visible.split("\n"))
    assert all(part[:1] in ("", "\u200b") for part in visible.split("@")[1:])


REACHING_OUT = re.compile(r"(?<![\w/])@\w|#[0-9]|\bgh-[0-9]|://\w|\bwww\.", re.IGNORECASE)
"""What GitHub makes a mention, a reference or a link of (docs.github.com, "Autolinked references and URLs"). A word
like `fixes` closes something only before a reference.
"""

REACHING = (
    *("@alice", "@acme/sre", "a@b.example", "&#64;alice", "\\@bob"),
    *("#12", "acme/web#12", "GH-12", "gh-12", "fixes #1", "Closes: acme/web#2", "resolved GH-3", "`#3`"),
    *("https://github.com/acme/web/issues/1", "www.example.com", "[x](http://y)", "<img src=x>"),
    *("<!--", "-->", "\r\n# Due: 2030-01-01\n", "\x1b[31m", "\u202e"),
)
unruly = st.lists(st.one_of(any_text, st.sampled_from(REACHING)), max_size=8).map(" ".join)


def shown(body: str) -> str:
    """What people see of a body, as CommonMark renders it."""
    tokens = [child for token in MarkdownIt().parse(body) for child in token.children or ()]
    return "".join(token.content if token.type in ("text", "code_inline") else " " for token in tokens)


@given(unruly, unruly)
@example("GH-1 and fixes GH-2", "www.github.com/acme/web/issues/1")
def test_nothing_that_a_document_says_reaches_out_of_the_issue(title: str, path: str) -> None:
    body = render(MARKER, Origin(title, path, "https://github.com/acme/pm/blob/main/a.md"))
    found = shown(body)
    assert [] == REACHING_OUT.findall(found)
    assert [] == re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", body)
    links = [child.attrs["href"] for token in MarkdownIt().parse(body) for child in token.children or () if child.attrs]
    assert ["https://github.com/acme/pm/blob/main/a.md"] == links
    assert {} == said(body).values


@given(st.builds(Marker, st.just(MARKER.key), unruly, unruly, unruly, st.just({Field.TITLE: Base("@alice #12", 0)})))
def test_the_hidden_marker_holds_no_mention_reference_or_link(marker: Marker) -> None:
    body = render(marker, ORIGIN)
    assert marker == read_marker(body)
    (line,) = [line for line in body.split("\n") if line.startswith("<!-- tracksync:marker")]
    assert [] == [part for part in ("@", "#", "://") if part in line]


def test_a_body_is_far_from_the_platforms_limit_however_long_its_names_are() -> None:
    long = Marker(MARKER.key, "r" * 300, "\u00fc" * 4096, MARKER.text, {Field.TITLE: Base("\U0001f600" * 256, 0)})
    assert len(render(long, Origin("T" * 10**6, long.document, "s" * 9000, "p" * 9000))) <= 65_000


def test_the_same_marker_always_has_the_same_bytes():
    turned = Marker(*("ABCDEFGHIJKLMNOP", "r", "d", "t"), base={Field.TITLE: Base("a", 0), Field.DUE: Base("b", 1)})
    same = Marker(*("ABCDEFGHIJKLMNOP", "r", "d", "t"), base={Field.DUE: Base("b", 1), Field.TITLE: Base("a", 0)})
    assert with_marker(body_with({}), turned) == with_marker(body_with({}), same)


def test_the_body_names_the_document_and_says_where_to_edit():
    body = render(MARKER, Origin("Outage of @all <b>#3</b>", MARKER.document))
    assert "postmortem Outage of @\u200ball &lt;b&gt;#\u200b3&lt;/b&gt; (a.md)." in body
    assert "tracksync keeps this issue and the postmortem in step." in body


def test_a_body_without_marker_has_none_and_gets_none():
    assert read_marker("Text <!-- note -->") is None
    assert "Text" == with_marker("Text", MARKER)


def test_one_marker_that_was_copied_twice_is_one_marker():
    assert MARKER == read_marker(body_with(as_data()) + "\r\n" + body_with(as_data()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (MARKER.key, "B" * 16),
        ('"due": ["2027-01-15", ', '"due": ["2027-02-02", '),
        ("a.md", "b.md"),
        ("acme/", "acne/"),
    ],
)
def test_an_edit_by_hand_is_noticed(old, new):
    body = render(MARKER, ORIGIN)
    assert MARKER == read_marker(body)
    inside = body[body.index("<!-- tracksync:marker") :]
    assert old in inside
    fault = read_marker(inside.replace(old, new))
    assert "edited by hand" in fault.reason


def test_another_layout_of_the_same_marker_is_no_edit():
    line = render(MARKER, ORIGIN).rstrip("\n").split("\n")[-1]
    data = json.loads(line.removeprefix("<!-- tracksync:marker ").removesuffix(" -->"))
    assert MARKER == read_marker(body_with(dict(reversed(data.items()))))


def test_unknown_members_are_ignored():
    assert MARKER == read_marker(body_with(as_data(colour="red")))


@pytest.mark.parametrize(
    "base",
    [None, [], "x", {"due": "2027-01-15"}, {"due": ["x", -1]}, {"due": ["x", True]}, {"due": [1, 1]}, {"x": ["", 1]}],
)
def test_a_malformed_base_is_no_base(base):
    assert {} == read_marker(body_with(as_data(base=base))).base


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<!-- tracksync:marker {", "damaged"),
        ("<!-- tracksync:marker {\r\n} -->", "damaged"),
        ("<!-- tracksync:marker " + "[" * 100_000 + " -->", "damaged"),
        (body_with([]), "damaged"),
        (body_with(as_data(version=2)), "written by a newer tracksync (marker version 2); upgrade"),
        (body_with(as_data(version="1")), "version"),
        (body_with(as_data(version=True)), "version"),
        (body_with(as_data(key="abc")), "malformed key"),
        (body_with(as_data(key=5)), "no usable key"),
        (body_with(as_data(document=None)), "no usable document"),
        (body_with(as_data()) + body_with(as_data(text="other")), "several different"),
        (body_with(as_data()) + body_with({}), "version"),
        (body_with(as_data(check="0" * 16)), "edited by hand"),
        (body_with(as_data(check=5)), "edited by hand"),
    ],
)
def test_a_marker_that_cannot_be_used_says_why(body, reason):
    fault = read_marker(body)
    assert isinstance(fault, MarkerFault)
    assert reason in fault.reason


@pytest.mark.parametrize("body", ["", "Words", "Words\n", "Words\r\n\r\n", "\n\n"])
def test_a_body_that_was_tied_and_let_go_is_as_it_was(body: str) -> None:
    assert MARKER == read_marker(tied(body, MARKER, ORIGIN))
    assert body == untied(tied(body, MARKER, ORIGIN))
    assert tied(body, MARKER, ORIGIN) == tied(tied(body, MARKER, ORIGIN), MARKER, ORIGIN)


def test_a_damaged_marker_is_replaced_when_an_issue_is_tied_again() -> None:
    damaged = tied("Words", MARKER, ORIGIN).replace('"key"', '"kez"')
    assert MARKER == read_marker(tied(damaged, MARKER, ORIGIN))


VALUES = {Field.OWNER: "alice,bob", Field.DUE: "2026-02-15", Field.PRIORITY: "P1"}


def test_lines_say_what_they_were_given() -> None:
    assert VALUES == said(render(MARKER, ORIGIN, VALUES)).values
    assert "- **Owner:** @alice, @bob\n- **Due:** 2026-02-15\n- **Priority:** P1\n" in render(MARKER, ORIGIN, VALUES)
    nothing = dict.fromkeys(VALUES, "")
    assert nothing == said(render(MARKER, ORIGIN, nothing)).values


@given(
    st.fixed_dictionaries(
        {
            Field.OWNER: st.sampled_from(["", "alice", "a-b,c_d", "dependabot[bot]"]),
            Field.DUE: st.sampled_from(["", "2026-02-15"]),
            Field.PRIORITY: st.sampled_from(["", "P0", "P4"]),
        }
    ),
    any_text,
    st.sampled_from(["\n", "\r\n"]),
)
def test_other_lines_take_the_place_of_those_there_and_nothing_else_changes(values, after, end) -> None:
    body = render(MARKER, ORIGIN, VALUES).replace("\n", end) + after
    new = with_lines(body, values)
    assert values == said(new).values
    assert [line for line in body.split(end) if ":** " not in line] == [
        line for line in new.split(end) if ":** " not in line
    ]
    assert body == with_lines(new, VALUES)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Due: 2026-03-01", "2026-03-01"),
        ("* **due**: `2026-03-01`", "2026-03-01"),
        ("- **Due:**", ""),
        ("Due: TBD", ""),
    ],
)
def test_people_write_lines_in_their_own_way(line: str, value: str) -> None:
    body = render(MARKER, ORIGIN, VALUES).replace("- **Due:** 2026-02-15", line)
    assert VALUES | {Field.DUE: value} == said(body).values


@pytest.mark.parametrize("line", ["- **Due:** next week", "- **Due:** 2026-02-30", "- **Due:** 01/12/2026"])
def test_a_line_that_can_not_be_read_stays_and_is_told(line: str) -> None:
    body = render(MARKER, ORIGIN, VALUES).replace("- **Due:** 2026-02-15", line)
    assert [Field.DUE] == list(said(body).faults)
    assert line in with_lines(body, dict.fromkeys(VALUES, ""))


def test_lines_and_blocks_that_were_taken_away_come_back() -> None:
    body = render(MARKER, ORIGIN, VALUES)
    assert VALUES == said(with_lines(body.replace("- **Due:** 2026-02-15\n", ""), VALUES)).values
    bare = f"Words\n{body[body.index('<!-- tracksync:marker') :]}More\n"
    assert VALUES == said(with_lines(bare, VALUES)).values
    assert with_lines(bare, VALUES).startswith("Words\n")


def test_lines_outside_the_block_are_only_words() -> None:
    body = f"Due: 2030-01-01\n{render(MARKER, ORIGIN, VALUES)}Due: 2031-01-01\n"
    assert "2026-02-15" == said(body).values[Field.DUE]
    assert "No marker, so no issue of ours" == with_lines("No marker, so no issue of ours", VALUES)
