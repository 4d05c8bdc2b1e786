"""What the documentation shows is tried, not imagined."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.docs.commands import commands
from tests.docs.markdown import CHECKOUT, PAGES, Block, blocks
from tests.servers.github import github
from tests.servers.gitlab import gitlab
from tracksync import config
from tracksync.cli.commands import COMMANDS
from tracksync.documents import parse

from .conftest import Repository, Result

ELSEWHERE = {
    "make demo": "sets up a virtual environment and needs the network; the demo itself is tried below",
    "pip install .": "needs the network; `make wheel` installs the built package and runs it",
}
"""Lines of console blocks that are not run here, and why."""

FOREIGN_YAML = {"documents.md": "a postmortem, read by `test_the_examples_of_items_are_read`"}
"""Pages whose YAML is no configuration."""

BEFORE = {
    "leaving.md": ["sync --quiet"],
    "adopting.md": ["sync --quiet", "release --all --yes"],
}
"""What happened before, on pages that begin with issues that are there."""

HOSTED = {"github.md": "on_github", "gitlab.md": "on_gitlab"}
"""Pages whose commands talk to a server, and what prepares it."""

USAGE = re.compile(r"tracksync [a-z ]+ ?(?:\[.*|NUMBER)?")
BY_NAME = {"ids": lambda page: page.name}


DOCUMENTED = "project: acme/web\n"
"""How the pages call the repository of the issues."""


@pytest.fixture
def on_github(archive: Repository, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """The same, with the configuration of docs/github.md, for a server of one's own with what the page shows."""
    with github(enterprise="3.17") as server:
        robot, alice = server.state.user("robot"), server.state.user("alice")
        acme = server.state.organization("acme", robot)
        web, pm = (
            server.state.repository(acme, name, push=[robot, alice], visibility="internal") for name in ("web", "pm")
        )
        pm.branch_rules["main"] = [{"type": "pull_request"}]
        documented(archive, "github.md", server.url.removesuffix("/api/v3"), monkeypatch)
        monkeypatch.setenv("GITHUB_TOKEN", server.state.classic_token(robot, "repo", "read:org"))
        yield archive
        assert web.issues


@pytest.fixture
def on_gitlab(archive: Repository, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """The same, with the configuration of docs/gitlab.md, for a server of one's own with what the page shows."""
    with gitlab(prefix="/gitlab") as server:
        state, alice = server.state, server.state.user("alice")
        acme = state.group("acme")
        web = state.project(acme, "web", members={alice: 40})
        pm = state.project(acme, "pm", visibility="private", members={alice: 40})
        token = state.project_token(web, level=20)
        pm.members[state.tokens[token].user] = 20
        state.protect(pm, "main")
        documented(archive, "gitlab.md", server.url, monkeypatch)
        monkeypatch.setenv("GITLAB_TOKEN", token)
        yield archive
        assert {True} == {one.confidential for one in web.issues.values()}
        assert [] == server.requests.violations()


def documented(archive: Repository, page: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The repository with the configuration of a page, for the server at an address, which is confirmed."""
    settings = blocks(CHECKOUT / "docs" / page, "yaml")[0].text
    settings = settings.replace(DOCUMENTED, f"{DOCUMENTED}  base_url: {address}\n")
    archive.write("tracksync.yml", f"{settings}documents: {{since: 2026-09-01}}\n")
    archive.commit()
    subprocess.run(["git", "remote", "add", "origin", f"{address}/acme/pm"], cwd=archive.root, check=True)
    monkeypatch.setenv("TRACKSYNC_HOST", urlsplit(address).netloc)


@pytest.fixture
def archive(repository: Callable[..., Repository], monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The sample postmortems, committed, as somebody's repository."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Sam")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "sam@example.org")
    made = repository()
    shutil.copytree(CHECKOUT / "tracksync" / "samples", made.root / "docs" / "postmortems")
    made.commit()
    return made


def entered(made: Repository, line: str) -> Result:
    """What a line at the prompt ends with. `>> FILE` adds its output to a file, as a shell does."""
    command, _, file = line.partition(" >> ")
    words = shlex.split(command)
    if words[0] == "tracksync":
        result = made.run(*words[1:])
    else:
        ran = subprocess.run(words, cwd=made.root, capture_output=True, text=True, timeout=60)
        result = Result(ran.returncode, ran.stdout, ran.stderr)
    if file:
        with open(made.root / file, "a", encoding="utf-8") as target:
            target.write(result.out)
    return result


def tried(made: Repository, block: Block) -> str:
    """Run the lines of a console block that can be run here; the output of the last one."""
    out = ""
    for line in block.lines:
        if line in ELSEWHERE:
            continue
        assert line.split()[0] in ("tracksync", "git", "sed"), f"nobody can run {line!r}"
        result = entered(made, line)
        pending = result.status == 3 and "--detailed-exitcode" in line
        assert result.status == 0 or pending, f"{line}: {result.status} {result.err} {result.out}"
        out = result.out
    return out


@pytest.mark.parametrize("page", PAGES, **BY_NAME)
def test_every_command_runs_in_its_order_and_prints_what_is_shown(
    page: Path, archive: Repository, request: pytest.FixtureRequest
) -> None:
    out = ""
    if page.name in HOSTED:
        request.getfixturevalue(HOSTED[page.name])
    for words in BEFORE.get(page.name, ()):
        assert 0 == archive.run(*words.split()).status
    for block in blocks(page):
        if block.language == "console":
            out = tried(archive, block)
        elif block.language == "text" and not (len(block.lines) == 1 and USAGE.fullmatch(block.lines[0])):
            assert [] == [line for line in block.lines if line not in out.split("\n")], f"line {block.line}"


@pytest.mark.parametrize("page", PAGES, **BY_NAME)
def test_every_block_is_of_a_kind_that_is_tried(page: Path) -> None:
    known = {"console", "text", "yaml"} | ({"markdown"} if page.name in FOREIGN_YAML else set())
    assert set() == {block.language for block in blocks(page)} - known


def test_what_is_not_run_is_still_there() -> None:
    shown = {line for page in PAGES for block in blocks(page, "console") for line in block.lines}
    assert set() == set(ELSEWHERE) - shown
    assert set() == set(FOREIGN_YAML) - {page.name for page in PAGES if blocks(page, "yaml")}


@pytest.mark.parametrize("page", PAGES, **BY_NAME)
def test_every_make_target_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text("utf-8"), re.M))
    named = re.findall(r"(?:^ *|`)make ([a-z-]+(?: [a-z-]+)*)", page.read_text("utf-8"), re.M)
    assert set() == {target for words in named for target in words.split()} - targets


@pytest.mark.parametrize("page", PAGES, **BY_NAME)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", page.read_text("utf-8")):
        target = page.parent / link if link else page
        assert target.exists(), link
        headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.M) if anchor else []
        slugs = [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]
        assert not anchor or anchor in slugs, f"{link}#{anchor}"


def test_every_page_is_in_the_table_of_the_readme() -> None:
    table = (CHECKOUT / "README.md").read_text("utf-8").partition("## Read on")[2]
    pages = {f"docs/{page.name}" for page in PAGES if page.parent.name == "docs"}
    assert pages == set(re.findall(r"\]\((docs/[a-z-]+\.md)\)", table))


def test_every_configuration_is_valid() -> None:
    shown = [block.text for page in PAGES if page.name not in FOREIGN_YAML for block in blocks(page, "yaml")]
    assert 2 <= len(shown)
    for text in [*shown, (CHECKOUT / "config" / "tracksync.yml").read_text("utf-8")]:
        assert config.parse(text, "example")


def test_the_examples_of_items_are_read() -> None:
    page = CHECKOUT / "docs" / "documents.md"
    table = parse("a.md", ("## Action Items\n\n" + blocks(page, "markdown")[0].text).encode())
    listed = parse("a.yml", blocks(page, "yaml")[0].text.encode())
    for found in (table, listed):
        assert [("alice", "2026-12-01", "P1")] == [(i.owners[0], i.due, i.priority) for i in found.items]
        assert () == found.problems


@pytest.mark.parametrize("name", [*COMMANDS, *(name for name in commands() if " " in name)])
def test_every_option_that_the_help_names_is_documented(name: str, archive: Repository) -> None:
    page = (CHECKOUT / "docs" / "commands.md").read_text("utf-8")
    sections = {part.split("\n")[0]: part for part in page.split("\n### tracksync ")[1:]}
    everywhere = set(re.findall(r"--[a-z-]+", page.split("## Exit status")[0])) | {"--help"}
    section = sections.get(name, "") or "".join(part for title, part in sections.items() if title.startswith(name))
    options = set(
        re.findall(r"^ +(?:-[a-z], )?(--[a-z-]+)", archive.run(name.split()[0], *name.split()[1:], "--help").out, re.M)
    )
    assert section
    assert set() == {
        option for option in options - everywhere if f"`{option}" not in section and f", {option}" not in section
    }


def test_the_demo_runs_and_ends_in_no_changes(repository: Callable[..., Repository]) -> None:
    made = repository()
    result = made.run("demo", "--dir", "playground")
    assert 0 == result.status
    assert 2 == result.out.count("No changes.")
    assert "+| Alert when the p95 of checkout exceeds 2 seconds" in result.out
    assert (made.root / "playground" / "tracksync.yml").exists()
    assert 2 == made.run("demo", "--dir", "playground").status
    assert 0 == made.run("demo").status
