"""What the documentation shows is tried, not imagined."""

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tracksync import config
from tracksync.cli.commands import COMMANDS
from tracksync.documents import parse

from .conftest import Repository

CHECKOUT = Path(__file__).parents[2]
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md")), CHECKOUT / ".github" / "CONTRIBUTING.md"]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(), re.M | re.S)


def commands(page: Path) -> list[str]:
    return [line for block in blocks(page, "console") for line in block.splitlines() if line]


def test_every_tracksync_command_of_the_readme_runs_in_its_order(repository: Callable[..., Repository]) -> None:
    made = repository()
    shutil.copytree(CHECKOUT / "tracksync" / "samples", made.root / "docs" / "postmortems")
    (made.root / "tracksync.yml").write_text(blocks(CHECKOUT / "README.md", "yaml")[0])
    made.commit()
    shown = [line for line in commands(CHECKOUT / "README.md") if line.startswith("tracksync ")]
    assert 6 == len(shown)
    for line in shown:
        result = made.run(*shlex.split(line)[1:])
        assert (0, True) == (result.status, bool(result.out)), line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(), re.M))
    assert set() == set(re.findall(r"`?make ([a-z-]+)`?", "\n".join(commands(page)))) - targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())
    assert [] == [link for link in links if not (page.parent / link).exists()]


def test_the_example_configuration_is_valid() -> None:
    pages = [CHECKOUT / "README.md", CHECKOUT / "docs" / "configuration.md"]
    for text in [
        *(block for page in pages for block in blocks(page, "yaml")),
        (CHECKOUT / "config" / "tracksync.yml").read_text(),
    ]:
        assert config.parse(text, "example")


def test_the_examples_of_items_are_read() -> None:
    page = CHECKOUT / "docs" / "documents.md"
    table = parse("a.md", ("## Action Items\n\n" + blocks(page, "markdown")[0]).encode())
    listed = parse("a.yml", blocks(page, "yaml")[0].encode())
    for found in (table, listed):
        assert [("alice", "2026-12-01", "P1")] == [(i.owners[0], i.due, i.priority) for i in found.items]
        assert () == found.problems


def test_every_command_and_every_option_is_documented() -> None:
    from tracksync.cli.commands import tracksync

    page = (CHECKOUT / "docs" / "commands.md").read_text()
    group = tracksync.get_command(None, "config")  # type: ignore[arg-type]
    assert isinstance(group, click.Group)
    commands = {name: tracksync.get_command(None, name) for name in COMMANDS}  # type: ignore[arg-type]
    commands |= {f"config {name}": command for name, command in group.commands.items()}
    for name, command in commands.items():
        assert command is not None
        assert f"tracksync {name}" in page
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
        assert [] == [option for option in options if option not in page], name


def test_the_demo_runs_and_ends_in_no_changes(repository: Callable[..., Repository]) -> None:
    made = repository()
    result = made.run("demo", "--dir", "playground")
    assert 0 == result.status
    assert 2 == result.out.count("No changes.")
    assert "+| Alert when the p95 of checkout exceeds 2 seconds" in result.out
    assert (made.root / "playground" / "tracksync.yml").exists()
    assert 2 == made.run("demo", "--dir", "playground").status
    assert 0 == made.run("demo").status
