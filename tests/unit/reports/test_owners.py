import json

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tracksync.config.yaml import read
from tracksync.owners import folded
from tracksync.reports.owners import owners_file, owners_json
from tracksync.setup.unknown import UnknownOwner

PLACES = tuple((f"{name}.md", 9) for name in "abcd")
anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


def test_the_file_says_how_often_and_where_and_what_to_fill_in() -> None:
    owners = [
        UnknownOwner(("Alice Example", "ALICE EXAMPLE"), PLACES),
        UnknownOwner(("Alice E.",), PLACES[:1], "Alice Example"),
        UnknownOwner(("bob@acme.example",), PLACES[:2], known=(("Bob", "bob7"),)),
    ]
    expected = """\
## 3 owners of open action items have no login. Write the login behind a name,
## or label:NAME for a team with a label, and remove the "# " in front; what
## stays a comment is left out.
## Save this as owners.yml, and name it in tracksync.yml: `owners: owners.yml`.

## 4 items: a.md:9, b.md:9, c.md:9 and 1 more
## also written ALICE EXAMPLE
# "Alice Example":
## 1 item: a.md:9
## probably Alice Example
# "Alice E.":

## 2 items: a.md:9, b.md:9
## perhaps bob7, like Bob
# "bob@acme.example":
"""
    assert expected == owners_file(owners)


def test_nobody_unknown_is_a_file_too() -> None:
    assert None is yaml.safe_load(owners_file([]))
    assert '{\n  "schema": 1,\n  "owners": []\n}\n' == owners_json([])


@given(st.lists(anything, min_size=1, max_size=4, unique_by=folded), st.integers(0, 15))
@example(["a: #b", '"', "\\", "@x"], 15)
@example(["##[x]", "\x1b]0;x\x07", "- ? |", "\u2028\x85\ufeff"], 5)
def test_filled_in_as_told_it_is_read_as_meant_whoever_is_filled_in(names: list[str], which: int) -> None:
    owners = [UnknownOwner((name,), ((name, 1),), names[0] if n else None) for n, name in enumerate(names)]
    text = owners_file(owners)
    assert ({}, []) == (read(text, "o.yml").data, read(text, "o.yml").faults)
    lines = text.split("\n")
    entries = [n for n, line in enumerate(lines) if line.startswith("# ")]
    assert len(names) == len(entries)
    chosen = [n for n in range(len(names)) if which >> n & 1]
    for n in chosen:
        lines[entries[n]] = lines[entries[n]].removeprefix("# ") + " login"
    filled = read("\n".join(lines), "o.yml")
    assert ({names[n]: "login" for n in chosen}, []) == (filled.data, filled.faults)


@given(st.lists(anything, min_size=1, max_size=4, unique_by=folded))
def test_all_uncommented_and_none_filled_in_is_told_line_by_line(names: list[str]) -> None:
    text = owners_file([UnknownOwner((name,), (("a.md", 1),)) for name in names])
    uncommented = "\n".join(line.removeprefix("# ") for line in text.split("\n"))
    assert len(names) == sum("has no value" in fault.reason for fault in read(uncommented, "o.yml").faults)


def test_what_is_too_long_for_a_name_is_shown_and_not_offered() -> None:
    text = owners_file([UnknownOwner(("x" * 2000,), PLACES[:1])])
    assert f"\n## no name: {'x' * 191}…\n" in text
    assert "\n# " not in text
    assert "\n# " not in owners_file([UnknownOwner(("\U000e0001" * 200,), PLACES[:1])]), "YAML allows keys of 1,024"


def test_json_holds_everything() -> None:
    owner = UnknownOwner(("Alice E.", "alice e."), PLACES, "Alice", (("Alicia", "alicia"),))
    assert [
        {
            "name": "Alice E.",
            "spellings": ["Alice E.", "alice e."],
            "items": 4,
            "like": "Alice",
            "known": [{"name": "Alicia", "owner": "alicia"}],
            "places": [{"path": path, "line": 9} for path, _ in PLACES],
        }
    ] == json.loads(owners_json([owner]))["owners"]
