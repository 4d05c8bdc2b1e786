"""Action items in HTML: what must not be taken for one comes first."""

import pytest

from tests.unit.documents.samples import item, read, rules
from tracksync.documents import rewrite
from tracksync.model import Field, ItemEdit, SkipReason, Status

HEAD = "<tr><th>Action</th><th>Owner</th><th>Status</th><th>Issue</th></tr>\n"


def page(*rows: str, head: str = HEAD, heading: str = "## Action Items\n\n") -> str:
    return f"{heading}<table>\n{head}" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n"


@pytest.mark.parametrize(
    "text",
    [
        page("<td>a</td>", heading="## Timeline\n\n"),
        page("<td>10:00</td><td>a</td>", head="<tr><th>Time</th><th>Action</th></tr>"),
        page(),
        "## Action Items\n\n<table></table>\n",
        "## Action Items\n\n<!-- <table><tr><th>Action</th></tr><tr><td>a</td></tr></table> -->\n",
        "## Action Items\n\n<!-- <ul><li>a</li></ul>\n",
        "## Action Items\n\n<pre><ul><li>a</li></ul></pre>\n",
        "## Action Items\n\n<script>x = '<ul><li>a</li></ul>'\n",
        "## Action Items\n\n</pre><tr><td>a</td></tr></table></ul><li>\n",
        "## Action Items\n\n```html\n<ul><li>a</li></ul>\n```\n",
        "<ul><li>a</li></ul>\n",
        "## Action Items\n\n<h3>What went well</h3>\n<ul><li>a</li></ul>\n",
        "## Action Items\n\n<table><tr><th>Action</th></tr><tr></tr></table>\n",
        "</h2><ul></ul>\n",
    ],
)
def test_this_holds_no_items(text: str) -> None:
    assert read(text).items == ()


def test_a_row_is_an_item_with_the_text_that_its_cells_show() -> None:
    one = item(page("<td>Fix <code>a</code> &amp; b</td><td> <b>@bob</b> </td><td><strong>DONE</strong></td>"))
    assert (one.action, one.owners, one.status) == ("Fix a & b", ("bob",), Status.COMPLETE)
    assert (one.line, one.column, one.format) == (5, 9, "html")


def test_tags_that_are_not_around_all_of_a_cell_belong_to_its_text() -> None:
    one = item(page("<td><b>Fix</b> it</td><td><b>@a</b>, <b>@b</b></td><td>Open</td>"))
    assert (one.action, one.owners, one.owner_raw) == ("Fix it", ("a", "b"), "@a, @b")


def test_a_link_is_read_from_its_address() -> None:
    row = '<td>a</td><td></td><td>Open</td><td><a class="x" href="https://github.com/a/b/issues/3">#3</a></td>'
    assert item(page(row)).link == "https://github.com/a/b/issues/3"
    url = "https://github.com/a/b/issues/3"
    assert item(page(f'<td>a</td><td></td><td>Open</td><td><a href="{url}">{url}</a></td>')).link == url


def test_references_in_every_column_are_the_items() -> None:
    one = item(
        page("<td>a</td><td>@b</td><td>see #3</td>", head="<tr><th>Action</th><th>Owner</th><th>Proof</th></tr>")
    )
    assert (one.links, one.link) == (("#3",), None)


def test_blank_and_short_rows_are_seen() -> None:
    document = read(page("<td></td><td> </td>", "<td>a</td>", '<td colspan="1">b</td>'))
    assert [one.skip for one in document.items] == [SkipReason.BLANK, None, None]


def test_a_table_that_can_not_be_read_row_by_row_is_a_problem() -> None:
    assert rules(read(page('<td rowspan="2">a</td><td>b</td>'))) == ["table-unreadable"]
    assert rules(read(page("<td>a</td>", head="<tr><th>Owner</th><th>Due</th></tr>"))) == ["table-unreadable"]


def test_tables_and_lists_inside_others_belong_to_them() -> None:
    document = read(page("<td>a <table><tr><td>x</td></tr></table><ul><li>y</li></ul></td>"))
    assert len(document.items) == 1
    assert [one.action for one in read("## Action Items\n\n<ul><li>a<ul><li>b</li></ul></li><li>c</ul>\n").items] == [
        "a",
        "c",
    ]


def test_a_list_is_read_like_one_of_markdown() -> None:
    text = (
        "## Action Items\n\n<ol>\n<li>Add it\n  (@alice, due 2026-02-15)</li>\n<li><input type=checkbox checked> Test\n"
    )
    text += "<li></li>\n</ol>"
    document = read(text)
    shown = [(one.action, one.owners, one.due, one.status, one.skip) for one in document.items]
    assert shown == [
        ("Add it", ("alice",), "2026-02-15", None, None),
        ("Test", (), None, Status.COMPLETE, SkipReason.DONE_WITHOUT_LINK),
        ("", (), None, None, SkipReason.BLANK),
    ]


def test_what_is_left_open_ends_with_its_block() -> None:
    assert len(read("## Action Items\n\n<table><tr><th>Action</th></tr><tr><td>a\n\n## Other\n").items) == 1
    assert len(read("## Action Items\n\n<ul><li>a\n\n## Other\n").items) == 1


def test_headings_of_html_name_sections_too_until_one_of_markdown_follows() -> None:
    items = "<ul><li>a</li></ul>\n\n"
    assert len(read(f"<h2>Action <b>Items</b></h2>\n{items}<h2>Timeline</h2>\n{items}<h3>x</h3>\n{items}").items) == 1
    assert len(read(f"<h2>Timeline</h2>\n\n## Action Items\n\n{items}").items) == 1
    assert read(f"<h2>Action Items</h2>\n\ntext\n\n## Timeline\n\n{items}").items == ()


def test_a_page_of_html_is_read_as_a_whole() -> None:
    text = "<!doctype html>\n\n<body>\n\n    <h2>Action Items</h2>\n\n    text\n\n" + page(
        "<td>a</td><td>@b</td>", heading=""
    )
    assert [one.owners for one in read(text, "a.html").items] == [("b",)]


def test_cells_are_written_as_html_and_tags_around_the_text_stay() -> None:
    text = page("<td>a</td><td><b>@bob</b></td><td><b>Open</b></td><td></td>")
    link = "[#1](https://github.com/a/b/issues/1)"
    edits = [(Field.TITLE, "x < y"), (Field.OWNER, "ann"), (Field.STATUS, "complete"), (Field.ISSUE, link)]
    result = rewrite("a.md", text.encode(), [ItemEdit(0, field, value) for field, value in edits])
    anchor = '<a href="https://github.com/a/b/issues/1">#1</a>'
    assert result.data.decode() == page(
        f"<td>x &lt; y</td><td><b>@ann</b></td><td><b>Complete</b></td><td>{anchor}</td>"
    )
    assert result.problems == ()


def test_a_cell_with_other_html_in_it_is_not_written() -> None:
    text = page("<td>a <i>b</i></td><td><b>@a</b>, <b>@b</b></td><td>Open</td>")
    result = rewrite(
        "a.md",
        text.encode(),
        [ItemEdit(0, Field.TITLE, "x"), ItemEdit(0, Field.OWNER, "c"), ItemEdit(0, Field.ISSUE, "#1")],
    )
    assert [problem.rule for problem in result.problems] == ["no-place"] * 3
    assert result.data == text.encode()


def test_an_item_of_a_list_is_written_like_one_of_markdown() -> None:
    text = "## Action Items\n\n<ul>\n<li>Add it (@a)</li>\n</ul>\n"
    result = rewrite("a.md", text.encode(), [ItemEdit(0, Field.ISSUE, "#1"), ItemEdit(0, Field.OWNER, "b")])
    assert result.data.decode() == text.replace("(@a)", "(@b) (#1)")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<li><input type=checkbox> Add it (@a)</li>", "<li><input type=checkbox checked> Add it (@a) (#1)</li>"),
        (
            "<li>\n <label for=x><input\n type=checkbox> Add it</label>\n</li>",
            "<li>\n <label for=x><input\n type=checkbox checked> Add it (#1)</label>\n</li>",
        ),
        ("<li><p><input type=checkbox> Add it", "<li><p><input type=checkbox checked> Add it (#1)"),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_check_box_is_the_status_of_an_item_of_a_list(before: str, after: str, eol: str) -> None:
    text = f"## Action Items\n\n<ul>\n{before}\n</ul>\n".replace("\n", eol)
    one = item(text)
    assert (one.action, one.status, one.box, one.above) == ("Add it", Status.NOT_STARTED, True, ())
    edits = [ItemEdit(0, Field.STATUS, "complete"), ItemEdit(0, Field.ISSUE, "#1")]
    result = rewrite("a.md", text.encode(), edits)
    written = text.replace(before.replace("\n", eol), after.replace("\n", eol))
    assert (result.problems, result.data.decode()) == ((), written)
    back = rewrite("a.md", result.data, [ItemEdit(0, Field.STATUS, "blocked")])
    assert back.data.decode() == written.replace(" checked", "")


def test_a_row_whose_action_is_crossed_out_is_known() -> None:
    document = read(page("<td><del>a</del></td><td></td><td>Open</td>", "<td><s>a</s></td><td></td><td>Done</td>"))
    assert [(one.action, one.skip) for one in document.items] == [
        ("a", SkipReason.STRUCK),
        ("a", SkipReason.DONE_WITHOUT_LINK),
    ]


def test_a_link_goes_beside_a_check_box_in_a_status_cell() -> None:
    text = page("<td>a</td><td>@b</td><td><input type=checkbox></td>", head=HEAD.replace("<th>Issue</th>", ""))
    edits = [ItemEdit(0, Field.STATUS, "complete"), ItemEdit(0, Field.ISSUE, "#1")]
    result = rewrite("a.md", text.encode(), edits)
    assert (result.problems, result.data.decode()) == ((), text.replace("checkbox>", "checkbox checked> (#1)"))


def test_an_item_begins_in_the_line_of_its_check_box() -> None:
    text = "## Action Items\n\n<ul>\n<li><input type=checkbox>\nAdd it</li>\n</ul>\n"
    assert item(text).line == 4
