"""Who is who: inline, or in a file of its own."""

from pathlib import Path

import pytest

from tests.unit.config.test_faults import there
from tracksync import config


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".yml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_name_may_be_anything_and_stands_for_a_login_or_a_label(tmp_path: Path) -> None:
    text = """\
owners:
  Alice Example: alice
  alice@example.com: "@alice"
  "@bob": bob
  李雷: li-lei
  Команда  SRE: label:sre on call
  Data: "label:  Data  & ML "
  404: 007
"""
    expected = {
        "Alice Example": "alice",
        "alice@example.com": "alice",
        "bob": "bob",
        "李雷": "li-lei",
        "Команда SRE": "label:sre on call",
        "Data": "label:Data & ML",
        "404": "007",
    }
    assert expected == config.load(written(tmp_path, tracksync=text), None).owners


def test_one_name_in_two_spellings_with_one_value_is_no_fault(tmp_path: Path) -> None:
    text = "owners:\n  Alice: alice\n  '@alice': Alice\n  ALICE: '@alice'\n"
    assert {"alice"} == {
        login.lower() for login in config.load(written(tmp_path, tracksync=text), None).owners.values()
    }


@pytest.mark.parametrize("text", ["Alice: alice\nSRE: label:sre\n", "owners:\n  Alice: alice\n  SRE: label:sre\n"])
@pytest.mark.parametrize(("file", "path"), [("tracksync", "people__who"), ("config__tracksync", "config__people__who")])
def test_owners_may_stand_in_a_file_relative_to_the_configuration(
    tmp_path: Path, text: str, file: str, path: str
) -> None:
    (tmp_path / "config").mkdir()
    written(tmp_path, **{file: "owners: people/who.yml\n", path: text})
    found = config.configured(tmp_path, None)
    assert {"Alice": "alice", "SRE": "label:sre"} == found.configuration.owners
    place = found.places["owners", "SRE"]
    assert (path.replace("__", "/") + ".yml", text.count("\n")) == (
        Path(place.file).relative_to(".").as_posix() if False else place.file[place.file.index(path.split("__")[0]) :],
        place.line,
    )


def test_faults_of_both_files_are_reported_at_once_each_in_its_own(tmp_path: Path) -> None:
    owners = "Alice: alice, bob\nbob: bob\nBOB: robert\nCarol: carol\nCarol: carol\n"
    written(tmp_path, tracksync="policy: ful\nowners: owners.yml\n", owners=owners)
    assert [
        "tracksync.yml:1:9: policy must be create-only, upsert or full; did you mean full?",
        "owners.yml:1:8: owners.Alice must be one login, like alice, or a team's label, like label:sre",
        "owners.yml:3:1: owners.BOB is the same name as bob in line 2, with another value: keep one of the two",
        "owners.yml:5:1: Carol stands in line 4 already: keep one of the two",
    ] == there(tmp_path)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- alice", "owners.yml:1:1: owners must be a mapping (name: login), or the path of a YAML file with one"),
        ("A: @a", 'owners.yml:1:4: a value can\'t begin with "@": put it in quotes, like "@name"'),
        (
            "owners: {A: {}}",
            "owners.yml:1:13: owners.A must be one login, like alice, or a team's label, like label:sre",
        ),
    ],
)
def test_a_broken_file_of_owners_is_one_sentence(tmp_path: Path, text: str, fault: str) -> None:
    assert [fault] == there(written(tmp_path, tracksync="owners: owners.yml", owners=text))


def test_an_empty_file_of_owners_names_nobody(tmp_path: Path) -> None:
    assert {} == config.load(written(tmp_path, tracksync="owners: owners.yml", owners="# later\n"), None).owners


def test_a_file_of_owners_must_be_there_and_inside(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    written(tmp_path, people="a: b")
    (root / "link.yml").symlink_to("../people.yml")
    outside = f"owners: the file must stay inside {root}, the folder that the configuration is for"
    gone = "owners: there is no file gone.yml at this path, which is relative to the configuration file"
    for path, reason in {
        "../people.yml": outside,
        f"{tmp_path}/people.yml": outside,
        "link.yml": outside,
        "gone.yml": gone,
        "''": "owners must be a mapping (name: login), or the path of a YAML file with one",
    }.items():
        assert [f"tracksync.yml:1:9: {reason}"] == there(written(root, tracksync=f"owners: {path}\n"))
    (root / "dir.yml").mkdir()
    written(root, tracksync="owners: dir.yml\n")
    assert ["dir.yml:1:1: this file can't be read: it is a folder"] == there(root)
