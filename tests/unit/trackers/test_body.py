import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracksync.model import MERGED, Base, Field, Marker, MarkerFault
from tracksync.trackers.body import read_marker, render, tied, untied, with_marker, without_marker

MARKER = Marker("ABCDEFGHIJKLMNOP", "acme/web", "a.md", "QRSTUVWXYZ234567", {Field.DUE: Base("2027-01-15", 3)})

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
    body = render(marker, title)
    assert marker == read_marker(body)
    assert 1 == body.count("<!-- tracksync:marker")
    (inside,) = [line[4:-3] for line in body.split("\n") if line.startswith("<!-- tracksync:marker")]
    assert not any(ending in inside for ending in ("--", "<", ">"))
    assert "<!-- tracksync:end -->" == body.split("\n")[-3]
    assert "" == without_marker(body).split("\n")[-1]


@given(any_text, any_text, markers)
def test_another_marker_leaves_the_text_of_people_as_it_is(before, after, marker):
    body = f"{before}\r\n{render(MARKER, 'T')}\r\n{after}"
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
    visible = without_marker(render(MARKER, title))
    assert 6 + 1 == len(visible.split("\n"))
    assert all(part[:1] in ("", "\u200b") for part in visible.split("@")[1:])


def test_the_same_marker_always_has_the_same_bytes():
    turned = Marker(*("ABCDEFGHIJKLMNOP", "r", "d", "t"), base={Field.TITLE: Base("a", 0), Field.DUE: Base("b", 1)})
    same = Marker(*("ABCDEFGHIJKLMNOP", "r", "d", "t"), base={Field.DUE: Base("b", 1), Field.TITLE: Base("a", 0)})
    assert with_marker(body_with({}), turned) == with_marker(body_with({}), same)


def test_the_body_names_the_document_and_says_where_to_edit():
    body = render(MARKER, "Outage of @all <b>#3</b>")
    assert "postmortem Outage of @\u200ball &lt;b&gt;#\u200b3&lt;/b&gt; (a.md)." in body
    assert "tracksync keeps this issue and the postmortem in step." in body


def test_a_body_without_marker_has_none_and_gets_none():
    assert read_marker("Text <!-- note -->") is None
    assert "Text" == with_marker("Text", MARKER)


def test_one_marker_that_was_copied_twice_is_one_marker():
    assert MARKER == read_marker(body_with(as_data()) + "\r\n" + body_with(as_data()))


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
    ],
)
def test_a_marker_that_cannot_be_used_says_why(body, reason):
    fault = read_marker(body)
    assert isinstance(fault, MarkerFault)
    assert reason in fault.reason


@pytest.mark.parametrize("body", ["", "Words", "Words\n", "Words\r\n\r\n", "\n\n"])
def test_a_body_that_was_tied_and_let_go_is_as_it_was(body: str) -> None:
    assert MARKER == read_marker(tied(body, MARKER, "T"))
    assert body == untied(tied(body, MARKER, "T"))
    assert tied(body, MARKER, "T") == tied(tied(body, MARKER, "T"), MARKER, "T")


def test_a_damaged_marker_is_replaced_when_an_issue_is_tied_again() -> None:
    damaged = tied("Words", MARKER, "T").replace('"key"', '"kez"')
    assert MARKER == read_marker(tied(damaged, MARKER, "T"))
