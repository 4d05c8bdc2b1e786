"""What lies around the package: version, example configuration, command table, tracked files."""

import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from tests.architecture.rules import ROOT
from tracksync import __version__, config
from tracksync.cli.commands import COMMANDS, tracksync
from tracksync.config.model import keys

PLACES_OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(?:work|tmp/tv|tmp/brief|root)/\w")


def foreign_paths(text: str) -> list[str]:
    return PLACES_OF_ONE_MACHINE.findall(text)


def tracked_files() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
    )
    if listing.returncode:
        return list((ROOT / "tracksync").rglob("*.py"))
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name]


def test_the_version_is_the_one_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert __version__ == project["version"]


def test_no_file_names_a_place_of_one_machine() -> None:
    texts = {path: path.read_bytes().decode("utf-8", "replace") for path in tracked_files() if path.is_file()}
    assert {} == {str(path): found for path, text in texts.items() if (found := foreign_paths(text))}


def test_a_place_of_one_machine_is_noticed() -> None:
    assert [] != foreign_paths("see /" + "work/main/x")
    assert [] == foreign_paths("https://example.org/work/ and .tracksync/work")


@pytest.mark.parametrize("path", sorted((ROOT / "config").glob("*.yml")), ids=lambda path: path.name)
def test_an_example_configuration_loads_and_names_every_key(path: Path) -> None:
    text = path.read_text("utf-8")
    config.parse(text, path.name)
    named = set()
    above: list[tuple[int, str]] = []
    for indent, key in re.findall(r"^( *)(?:# )?([A-Za-z_0-9]+):", text, re.M):
        above = [(depth, name) for depth, name in above if depth < len(indent)] + [(len(indent), key)]
        named.add(tuple(name for _, name in above))
    assert set() == set(keys()) - named


def test_there_is_an_example_configuration() -> None:
    assert (ROOT / "config" / "tracksync.yml").is_file()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_in_the_table_is_the_help_of_the_command(name: str) -> None:
    command = tracksync.get_command(click.Context(tracksync), name)
    assert command is not None
    assert COMMANDS[name].help == command.get_short_help_str(limit=1000)
    assert name == command.name
