"""Action items in YAML: what must not be read comes first, then what is refused, then what is read."""

import pytest

from tests.unit.documents.samples import item, read
from tracksync.documents import rewrite
from tracksync.model import Field, ItemEdit, Kind, Reading, SkipReason, Status

ITEM = 'action_items:\n  - item: "Add it"\n    owner: " @alice"\n    due: 2026-12-01\n    status: Not Started\n'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yml", ""),
        ("a.yml", "title: x\n"),
        ("a.yml", "action_items:\n"),
        ("a.yml", "action_items: []\n"),
        ("a.yml", "# action_items\n"),
        ("a.yml", "- action_items\n"),
        ("a.yml", "a:\n  b:\n    action_items:\n      - item: too deep\n"),
        ("a.md", f"```\n{ITEM}```\n"),
        ("a.md", f"```json\n{ITEM}```\n"),
        ("a.md", "```yaml\na: 1\n```\n"),
        ("a.md", ITEM),
    ],
)
def test_this_holds_no_items_and_no_problem(path: str, text: str) -> None:
    document = read(text, path)
    assert document.items == ()
    assert document.problems == ()


REFUSED = [
    ("action_items:\n  - item: x\n    owner: @alice\n", "yaml-refused", 3, '"@alice"'),
    ("action_items:\n  - item: x: y\n", "yaml-refused", 2, "quotes"),
    ("action_items: [\n", "yaml-refused", 2, "indentation"),
    ("action_items:\n  - item: \x07\n", "yaml-refused", 2, "U+0007"),
    ("action_items:\n  - {? [a] : b}\n", "yaml-refused", 2, "key"),
    ("---\naction_items: []\n---\nb: 1\n", "yaml-refused", 3, "indentation"),
    ("action_items:\n  - item: x\n\towner: a\n", "yaml-refused", 3, "tabs"),
    ("action_items: &all\n  - item: x\n", "yaml-alias", 1, "anchors"),
    ("x: &x y\naction_items:\n  - item: *x\n", "yaml-alias", 1, "anchors"),
    ("action_items:\n  - item: *x\n", "yaml-alias", 2, "anchors"),
    ("action_items:\n  - item: !secret x\n", "yaml-tag", 2, "tag"),
    ("action_items:\n  - item: x\n    owner: a\n    Owner: b\n", "yaml-duplicate-key", 4, "`Owner`"),
    ("action_items: " + "[" * 40, "yaml-too-deep", 1, "flatten"),
    ("action_items:\n  " + "- " * 40 + "x\n", "yaml-too-deep", 2, "flatten"),
    ("action_items:\n" + "".join(" " * n + "a:\n" for n in range(40)), "yaml-too-deep", 34, "flatten"),
    ("action_items: " + '["]",' * 2000, "yaml-too-deep", 1, "flatten"),
    ("action_items:\n" + "#" * 70_000, "too-large", 1, "64 KB"),
    ("action_items:\n#" + "é" * 40_000, "too-large", 1, "64 KB"),
    ("action_items: soon\n", "yaml-unreadable", 1, "list"),
    ("action_items:\n  a: b\n", "yaml-unreadable", 2, "list"),
    ("action_items:\n  - [a, b]\n", "yaml-unreadable", 2, "mapping"),
]


@pytest.mark.parametrize(("text", "rule", "line", "words"), REFUSED)
def test_a_block_that_is_not_read_is_one_problem_in_our_words(text: str, rule: str, line: int, words: str) -> None:
    document = read(text, "a.yaml")
    assert document.items == ()
    assert [(problem.rule, problem.line) for problem in document.problems] == [(rule, line)]
    assert words in document.problems[0].message


def test_a_refused_block_does_not_hide_the_others() -> None:
    text = f"---\n{ITEM}---\n\n```yaml\naction_items:\n  - item: x\n    owner: @a\n```\n\n~~~yml\n{ITEM}~~~\n"
    document = read(text)
    assert [one.line for one in document.items] == [3, 17]
    assert [(problem.rule, problem.line) for problem in document.problems] == [("yaml-refused", 12)]


@pytest.mark.parametrize(
    "text",
    [
        "- x\n\n  ```yaml\n  action_items: []\n  ```\n",
        "> ```yaml\n> action_items: []\n> ```\n",
        "  ```yaml\n  action_items: []\n  ```\n",
    ],
)
def test_an_indented_block_is_a_problem(text: str) -> None:
    assert [problem.rule for problem in read(text).problems] == ["yaml-nested"]


@pytest.mark.parametrize(
    ("path", "text", "line", "column"),
    [
        ("a.yml", ITEM, 2, 5),
        ("a.YAML", "\ufeff" + ITEM.replace("\n", "\r\n"), 2, 5),
        ("a.yml", ITEM.replace("\n", "\r"), 2, 5),
        ("a.yml", "postmortem:\n" + "".join(f"  {line}\n" for line in ITEM.rstrip().split("\n")), 3, 7),
        ("a.md", f"---\ntitle: x\n{ITEM}---\n# T\n", 4, 5),
        ("a.md", f"# T\n\n```yaml\n{ITEM}```\n", 5, 5),
        ("a.md", f"# T\n\n```YML title=x\n{ITEM.rstrip()}", 5, 5),
        ("a.md", f"# T\n\n~~~~yaml\n{ITEM}~~~~", 5, 5),
    ],
)
def test_items_are_read_wherever_yaml_stands(path: str, text: str, line: int, column: int) -> None:
    one = item(text, path)
    assert (one.line, one.column, one.format, one.skip) == (line, column, "yaml", None)
    assert (one.action, one.owners, one.owner_raw) == ("Add it", ("alice",), "@alice")
    assert (one.due, one.status, one.link) == ("2026-12-01", Status.NOT_STARTED, None)
    assert one.readings.issue is Reading.EMPTY
    assert one.readings.priority is Reading.ABSENT


def test_every_key_and_style_is_read() -> None:
    text = (
        "ACTION_ITEMS:\n"
        "  - {Task: 'it''s *this*', assignees: [\" @a\", b], deadline: \"2026-01-02\","
        " state: no, ticket: '#3', kind: detect}\n"
        "  - name: >\n      folded\n      text\n    owners:\n      - '@a'\n      - {x: y}\n    owner: {a: b}\n"
        "    priority: p2\n"
        "  - just a text\n"
        "  - owner: x\n"
    )
    first, second, third, fourth = read(text, "a.yml").items
    assert (first.action, first.owners, first.due, first.link) == ("it's *this*", ("a", "b"), "2026-01-02", "#3")
    assert (first.status, first.status_raw, first.kind) == (None, "no", Kind.DETECT)
    assert (second.action, second.owners, second.priority) == ("folded text", ("a",), "P2")
    assert (third.action, third.readings.issue) == ("just a text", Reading.ABSENT)
    assert (fourth.action, fourth.skip) == ("", SkipReason.BLANK)


def written(text: str, *edits: ItemEdit, path: str = "a.yml") -> str:
    result = rewrite(path, text.encode(), edits)
    assert result.problems == ()
    assert result.done == edits
    return result.data.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("owner: bob", 'owner: "@carol"'),
        ('owner: " @bob"', 'owner: " @carol"'),
        ("owner: '@bob'  # who", "owner: '@carol'  # who"),
        ("owner:", 'owner: "@carol"'),
        ("owner: ", 'owner: "@carol"'),
        ("owner: # who", 'owner: "@carol" # who'),
        ("owner:  # who", 'owner: "@carol" # who'),
        ("owner: ''", "owner: '@carol'"),
        ("owner: ~", 'owner: "@carol"'),
        ("owner: ['@bob', dan]", 'owner: ["@carol"]'),
    ],
)
def test_an_owner_is_written_in_the_style_of_the_old_value(before: str, after: str) -> None:
    text = f"action_items:\n  - item: x\n    {before}\n    status: Open\n"
    assert written(text, ItemEdit(0, Field.OWNER, "carol")) == text.replace(before, after)


def test_a_plain_name_is_written_where_names_are_used() -> None:
    text = "action_items:\n  - item: x\n    owner: Bob Hope\n"
    result = rewrite("a.yml", text.encode(), [ItemEdit(0, Field.OWNER, "carol")], names={"carol": "Carol King"})
    assert result.data.decode() == text.replace("Bob Hope", "Carol King")


@pytest.mark.parametrize(
    ("before", "reference", "after"),
    [
        ("  - item: x\n", "local#3", "  - item: x\n    issue: local#3\n"),
        ("  - item: x\n", "#3", '  - item: x\n    issue: "#3"\n'),
        ("  - item: 'x'\n", "#3", "  - item: 'x'\n    issue: '#3'\n"),
        ('  - "item": "x"\n', "#3", '  - "item": "x"\n    "issue": "#3"\n'),
        ("  - item: x # why", "#3", '  - item: x # why\n    issue: "#3"'),
        ("  - item: >\n      x\n    owner:\n", "#3", '  - item: >\n      x\n    owner:\n    issue: "#3"\n'),
        ("  - {item: x}\n", "local#3", "  - {item: x, issue: local#3}\n"),
        ("  - item: x\n    issue:\n", "#3", '  - item: x\n    issue: "#3"\n'),
        ("  - item: x\n    issue: '#2'\n", "#3", "  - item: x\n    issue: '#3'\n"),
        ("  - item: x\n    status: Open (#2)\n", "#3", "  - item: x\n    status: Open (#3)\n"),
        (
            "  - item: x\n",
            "[#3](https://github.com/a/b/issues/3)",
            '  - item: x\n    issue: "[#3](https://github.com/a/b/issues/3)"\n',
        ),
    ],
)
def test_an_issue_is_written_or_added_in_the_style_of_its_neighbours(before: str, reference: str, after: str) -> None:
    edit = ItemEdit(0, Field.ISSUE, reference)
    assert written(f"action_items:\n{before}", edit) == f"action_items:\n{after}"


def test_an_added_line_ends_like_the_others_and_keeps_the_next_item() -> None:
    text = "action_items:\r\n- item: x\r\n- item: y\r\n"
    after = written(text, ItemEdit(0, Field.ISSUE, "#3"), ItemEdit(1, Field.ISSUE, "#4"))
    assert after == 'action_items:\r\n- item: x\r\n  issue: "#3"\r\n- item: y\r\n  issue: "#4"\r\n'


def test_an_empty_value_and_an_added_issue_share_a_place() -> None:
    after = written(
        "action_items:\n- item: x\n  owner:", ItemEdit(0, Field.ISSUE, "#3"), ItemEdit(0, Field.OWNER, "bob")
    )
    assert after == 'action_items:\n- item: x\n  owner: "@bob"\n  issue: "#3"'


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("due: 2026-12-01", "", "due: "),
        ('due: "2026-12-01"', "", 'due: ""'),
        ('due: "2026-12-01"', "2027-01-02", 'due: "2027-01-02"'),
        ("due: Dec 1 2026", "2027-01-02", "due: Jan 2 2027"),
        ("due: Dec 1, 2026", "2027-01-02", 'due: "Jan 2, 2027"'),
    ],
)
def test_a_due_date_is_written_in_its_form_and_quotes(before: str, value: str, after: str) -> None:
    text = f"action_items:\n  - item: x\n    {before}\n"
    assert written(text, ItemEdit(0, Field.DUE, value)) == text.replace(before, after)


@pytest.mark.parametrize(("style", "after"), [("x", "'y: z'"), ("'x'", "'y: z'"), ('"x"', '"y: z"')])
def test_a_title_gets_quotes_where_it_needs_them(style: str, after: str) -> None:
    expected = after if style != "x" else '"y: z"'
    assert (
        written(f"action_items:\n- item: {style}\n", ItemEdit(0, Field.TITLE, "y: z"))
        == f"action_items:\n- item: {expected}\n"
    )


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("- just a text", ItemEdit(0, Field.ISSUE, "#3")),
        ("- just a text", ItemEdit(0, Field.TITLE, "new")),
        ("- item: >\n    x", ItemEdit(0, Field.TITLE, "new")),
        ("- item: >\n    x", ItemEdit(0, Field.ISSUE, "#3")),
        ("- item: x\n  owner:\n    - a\n    - b", ItemEdit(0, Field.OWNER, "c")),
        ("- item: x\n  due: [a]", ItemEdit(0, Field.DUE, "2026-01-02")),
        ("- item: x", ItemEdit(0, Field.DUE, "2026-01-02")),
    ],
)
def test_a_value_without_a_safe_place_is_not_written(text: str, edit: ItemEdit) -> None:
    data = f"action_items:\n{text}\n".encode()
    result = rewrite("a.yml", data, [edit])
    assert result.data == data
    assert result.done == ()
    assert [problem.rule for problem in result.problems] == ["no-place"]
