"""Edits are local and read back as meant; nothing raises; the fast ways agree with the slow ones."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from yaml import SafeLoader, compose
from yaml.nodes import MappingNode, ScalarNode

from tracksync.documents import blocks, cells, front_matter, markdown, parse, rewrite
from tracksync.documents.blocks import Interest
from tracksync.documents.text import Source
from tracksync.model import ActionItem, Document, Field, ItemEdit, Reading, Status

LINES = st.sampled_from(
    [
        "",
        "",
        "text",
        "# One",
        "## Action Items",
        "##",
        " ## Indented",
        "Setext",
        "===",
        "---",
        "```",
        "```yaml",
        "~~~",
        "title: T",
        "action_items:",
        "  - item: x",
        "    owner: '@a'",
        "    status: Open (#3)",
        "<!-- open",
        "close -->",
        "<div>",
        "</div>",
        "<pre>",
        "</pre>",
        "> quoted",
        "> ## Quoted",
        "- listed",
        "  continued",
        "    code",
        "\\tcode",
        "1. one",
        "[a]: /url",
        "| Action | Owner | Due | Status |",
        "| A | B |",
        "|---|---|---|---|",
        "|---|---|",
        "> | Action | Owner | Due | Status |",
        "> |---|---|---|---|",
        "  | Action | Owner | Due | Status |",
        "| Add it | @a | 2026-01-02 | Open |",
        "Task | Status",
        "--- | ---",
        "a | b",
    ]
)
EOLS = st.sampled_from(["\n", "\r\n", "\r"])
BOMS = st.sampled_from(["", "\ufeff"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Lines that mean something to a parser, in any order."""
    return draw(BOMS) + draw(EOLS).join(draw(st.lists(LINES, max_size=30)))


WORD = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n|"), min_size=1, max_size=12)
CELL = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                "-",
                "TBD",
                "@alice",
                "Bob, @carol",
                "2026-02-15",
                "15 Feb 2026",
                "15 марта 2026 г.",
                "P1",
                "**High**",
                "Open",
            ),
            *(
                "✅ Done (#3)",
                "<input type=checkbox>",
                "Todo (depends on #3)",
                "[x]",
                "local#7",
                "PR #9",
                "`x \\| y`",
                "**bold**",
            ),
            "[#4](https://github.com/a/b/issues/4)",
        ]
    ),
    WORD.filter(lambda text: not text.endswith("\\")),
)
PADDING = st.sampled_from(["", " ", "  ", "\t", "     "])


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table of action items with text around it."""
    eol = draw(EOLS)
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        row = [draw(PADDING) + draw(CELL) + draw(PADDING) for _ in range(draw(st.integers(1, 7)))]
        rows.append("|" + "|".join(row) + draw(st.sampled_from(["|", "", "| "])))
    lines = ["# T", "", "before", "", "## Action Items", ""]
    lines += ["| Action | Owner | Due | Priority | Status | Issue |", "|--|--|--|--|--|--|", *rows, "", "after"]
    return draw(BOMS) + eol.join(lines) + draw(st.sampled_from(["", eol]))


SCALARS = {
    "item": ["x", "'it''s x'", '"a \\" b"', "x y"],
    "owner": ["", "Bob", "'@a'", '" @a"', '["@a", b]', "~"],
    "due": ["", "2026-02-15", "'Feb 15, 2026'", "15 Feb 2026", "TBD"],
    "priority": ["", "P1", "'high'", '"**P2**"'],
    "status": ["", "Open", "'Done'", '"✅ Done"', "Open (#3)", "Todo (see #3)", '"[ ]"'],
    "issue": ["", "'#3'", "web#3", "https://github.com/a/b/issues/3", "PR 3"],
}


@st.composite
def entries(draw: st.DrawFn) -> str:
    """A YAML file with action items."""
    eol = draw(EOLS)
    lines = ["title: T", "action_items:"]
    for _ in range(draw(st.integers(1, 3))):
        lines.append(f"  - item: {draw(st.sampled_from(SCALARS['item']))}")
        keys = draw(st.lists(st.sampled_from([*SCALARS][1:]), unique=True))
        ends = st.sampled_from(["", " # why"])
        lines.extend(f"    {key}: {draw(st.sampled_from(SCALARS[key]))}{draw(ends)}" for key in keys)
    return draw(BOMS) + eol.join([*lines, *draw(st.sampled_from([[], [""], ["other: y", ""]]))])


DAYS = st.dates().map(lambda day: day.isoformat()).filter(lambda day: day >= "1000")
VALUES = {
    Field.TITLE: st.one_of(WORD, st.just("Add | it *now*")).map(lambda text: " ".join(text.split())).filter(bool),
    Field.OWNER: st.sampled_from(["", "alice", "alice,bob", "x-y"]),
    Field.DUE: st.one_of(st.just(""), DAYS),
    Field.PRIORITY: st.sampled_from(["", "P0", "P1", "P2", "P3", "P4"]),
    Field.STATUS: st.sampled_from([status.value for status in Status]),
    Field.ISSUE: st.sampled_from(["#12", "local#12", "acme/web#12", "[#12](https://github.com/a/b/issues/12)"]),
}


COLUMNS = {
    Field.TITLE: {0},
    Field.OWNER: {1},
    Field.DUE: {2},
    Field.PRIORITY: {3},
    Field.STATUS: {4},
    Field.ISSUE: {4, 5},
}
"""Where the tables of `tables` have each field; a link may stand beside the status."""


@st.composite
def edits_of(draw: st.DrawFn, document: Document) -> list[ItemEdit]:
    """At most one edit for each field of each item."""
    fields = st.lists(st.sampled_from(list(Field)), unique=True, max_size=3)
    return [ItemEdit(item.index, field, draw(VALUES[field])) for item in document.items for field in draw(fields)]


def shown(item: ActionItem, field: Field) -> object:
    return {
        Field.TITLE: item.action,
        Field.OWNER: ",".join(sorted(item.owners)),
        Field.DUE: item.due or "",
        Field.PRIORITY: item.priority or "",
        Field.STATUS: item.status,
        Field.ISSUE: item.link,
    }[field]


def wanted(edit: ItemEdit, item: ActionItem) -> str:
    if edit.field is Field.STATUS and item.box:
        return Status.COMPLETE if Status(edit.value).closed else Status.NOT_STARTED
    linked = re.search(r"\((.*)\)", edit.value) if edit.field is Field.ISSUE else None
    return linked[1] if linked else edit.value


def rewritten(path: str, text: str, edits: list[ItemEdit]) -> None:
    data = text.encode()
    before = parse(path, data)
    result = rewrite(path, data, edits)
    after = parse(path, result.data)
    assert len(after.items) == len(before.items)
    done = {(edit.index, edit.field): edit for edit in result.done}
    for was, now in zip(before.items, after.items, strict=True):
        for field in Field:
            edit = done.get((was.index, field))
            if edit is None:
                assert shown(now, field) == shown(was, field)
            elif not (edit.value == "" and was.readings.of(field) is Reading.PLACEHOLDER):
                assert shown(now, field) == wanted(edit, now)
    again = rewrite(path, result.data, list(result.done))
    assert again.data == result.data
    assert again.problems == ()


@given(st.binary(max_size=300), st.sampled_from(["a.md", "a.yml"]), st.booleans())
def test_reading_never_raises_on_any_bytes(data: bytes, path: str, fields: bool) -> None:
    assert parse(path, data, fields=fields).path == path


@given(st.one_of(st.text(max_size=300), documents()), st.sampled_from(["a.md", "a.yml"]))
def test_reading_never_raises_on_any_text(text: str, path: str) -> None:
    quick, whole = parse(path, text.encode(), fields=False), parse(path, text.encode())
    assert quick.items == whole.items
    if whole.items:
        assert quick == whole


@given(documents())
def test_sections_alone_have_the_structure_of_the_whole(text: str) -> None:
    source = Source(text)
    found = blocks.outline(source.plain, 0, Interest(lambda line: True, lambda chain: True, lambda label: True))
    tokens = MarkdownIt("commonmark").enable("table").parse(source.plain)
    opened = [token for token in tokens if token.map]
    assert [(h.line, h.level) for h in found.headings] == [
        (t.map[0], int(t.tag[1])) for t in opened if t.map and t.type == "heading_open" and t.level == 0
    ]
    assert [(b.first, b.last, b.nested) for b in found.tables] == [
        (t.map[0], t.map[1], t.level > 0) for t in opened if t.map and t.type == "table_open"
    ]
    assert [(b.first, b.nested, b.info) for b in found.fences] == [
        (t.map[0], t.level > 0, t.info.strip()) for t in opened if t.map and t.type == "fence"
    ]


@settings(deadline=None)
@given(st.data())
def test_edits_of_a_table_are_local_and_read_back(data: st.DataObject) -> None:
    text = data.draw(tables())
    document = parse("a.md", text.encode())
    edits = data.draw(edits_of(document))
    rewritten("a.md", text, edits)
    result = rewrite("a.md", text.encode(), edits).data.decode()
    rows = {item.line for item in document.items if any(edit.index == item.index for edit in edits)}
    before, after = (re.split(r"(\r\n|\r|\n)", whole) for whole in (text, result))
    assert len(before) == len(after)
    for number, (was, now) in enumerate(zip(before, after, strict=True)):
        assert was == now or (number % 2 == 0 and number // 2 + 1 in rows)
    for item in document.items:
        touched = {at for edit in edits if edit.index == item.index for at in COLUMNS[edit.field]}
        was, now = before[2 * item.line - 2], after[2 * item.line - 2]
        for at, (old, new) in enumerate(zip(cells.split(was), cells.split(now), strict=False)):
            assert at in touched or was[slice(*old)].rstrip(" \t") == now[slice(*new)].rstrip(" \t")


@settings(deadline=None)
@given(st.data())
def test_edits_of_yaml_read_back(data: st.DataObject) -> None:
    text = data.draw(entries())
    rewritten("a.yml", text, data.draw(edits_of(parse("a.yml", text.encode()))))


@settings(deadline=None)
@given(documents())
def test_writing_what_is_there_changes_nothing(text: str) -> None:
    data = text.encode()
    edits = [
        ItemEdit(item.index, field, str(shown(item, field) or ""))
        for item in parse("a.md", data).items
        for field in Field
        if item.readings.of(field) is Reading.SET
    ]
    result = rewrite("a.md", data, edits)
    assert (result.data, result.problems, result.done) == (data, (), tuple(edits))


@given(st.text(st.sampled_from("a |\\`\t"), max_size=20))
def test_cells_are_split_as_the_markdown_parser_does(line: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(f"| a | b | c |\n|---|---|---|\n{line}\n")
    inline = [token.content for token in tokens if token.type == "inline"][3:6]
    rows = sum(token.type == "tr_open" for token in tokens)
    if rows == 2 and not line.startswith(("    ", "\t")):
        own = [cells.text(line, span) for span in cells.split(line)][:3]
        assert [text.strip() for text in inline] == [*own, "", "", ""][:3]


@given(WORD)
def test_an_escaped_title_shows_as_meant(text: str) -> None:
    title = " ".join(text.split())
    assert markdown.plain(markdown.escaped(title)) in (title, markdown.plain(title))


KEY = st.sampled_from(["title", "date", "Status", "a-b", "x_1", "no", "1a", "-a", "a b"])
VALUE = st.one_of(
    st.sampled_from(
        ["", "x", "2026-01-02", "no", "a: b", "a #b", "a#b", "'x'", '"x"', "[a, b]", "[a]", "[ a , b ]", "~", "10:30"]
    ),
    st.text(st.sampled_from("ab -:#'\"[],{}&*!|>%@`.?~\\\u00e9\u2028\x85\t"), max_size=8),
)


@settings(max_examples=400)
@given(st.lists(st.tuples(KEY, st.sampled_from([": ", ":", ":  "]), VALUE, st.sampled_from(["", " "])), max_size=4))
def test_the_fast_front_matter_reader_agrees_with_pyyaml(lines: list[tuple[str, str, str, str]]) -> None:
    text = "".join("".join(line) + "\n" for line in lines)
    quick = front_matter.flat(text)
    if not quick:
        return
    root = compose(text, SafeLoader)
    assert isinstance(root, MappingNode)
    slow = {
        key.value.casefold(): (value.value,)
        if isinstance(value, ScalarNode)
        else tuple(one.value for one in value.value)
        for key, value in root.value
    }
    assert quick == slow
