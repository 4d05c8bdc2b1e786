"""`tracksync items --unknown-owners`: from the names in the archive to a file of logins."""

import pytest
import yaml

from tracksync import config

from .conftest import TABLE, Repository
from .test_commands import valid

NAMES = TABLE.replace("@alice", "Alice E., bob@acme.example").replace("@bob", "Payments team, alice example")


@pytest.fixture
def named(two: Repository) -> Repository:
    two.write("postmortems/queue.md", NAMES + "| Do it | Zoe | 2026-12-15 | P2 | Done |\n| TBD | Yan | | | |\n")
    return two


def test_prints_every_name_that_no_login_is_known_for(named: Repository) -> None:
    result = named.run("items", "--unknown-owners")
    assert (0, "", None) == (result.status, result.err, yaml.safe_load(result.out))
    entries = [line for line in result.out.split("\n") if line.startswith("# ")]
    assert ['# "Alice E.":', '# "alice example":', '# "Payments team":', '# "bob@acme.example":'] == entries
    assert "## 1 item: postmortems/queue.md:10\n" in result.out


def test_what_is_filled_in_is_known_from_then_on(named: Repository) -> None:
    text = named.run("items", "--unknown-owners").out
    filled = text.replace('# "Alice E.":', '"Alice E.": alice').replace(
        '# "Payments team":', '"Payments team": payments'
    )
    owners = "owners:\n" + "".join(f"  {line}\n" for line in filled.split("\n"))
    assert {"Alice E.": "alice", "Payments team": "payments"} == config.parse(owners, "x").owners
    named.write("tracksync.yml", owners)
    rest = named.run("items", "--unknown-owners", "--format", "json").json["owners"]
    assert ["alice example", "bob@acme.example"] == [owner["name"] for owner in rest]


def test_json_follows_its_schema(named: Repository) -> None:
    result = named.run("items", "--unknown-owners", "--format", "json")
    valid("unknown-owners", result.json)
    assert ["Alice E.", "alice example"] == [owner["name"] for owner in result.json["owners"]][:2]


def test_paths_choose_the_documents(named: Repository) -> None:
    assert "Every owner" in named.run("items", "--unknown-owners", "postmortems/cache.yml").out
    assert "4 owners" in named.run("items", "--unknown-owners", "postmortems/queue.md").out
    assert 6 == named.run("items", "--unknown-owners", "--config", str(named.write("x/t.yml", ""))).status


def test_hostile_names_do_nothing(two: Repository) -> None:
    two.write("postmortems/queue.md", NAMES.replace("Alice E.", 'a: #"\\ \x1b[31m ##[error]\u202e - x'))
    out = two.run("items", "--unknown-owners").out
    assert None is yaml.safe_load(out)
    assert ([], False) == ([c for c in out if c < " " and c != "\n"], "##[" in out or "\u202e" in out)
