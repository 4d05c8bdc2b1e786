"""What documents, issues, files and arguments say is never a command of a CI runner, nor an escape of a terminal."""

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.on_github import on_github
from tracksync import app
from tracksync.reports.plan_text import plan_text
from tracksync.reports.sync import sync_text
from tracksync.trackers.local_people import LocalPeople

from .conftest import Repository, Result

HOSTILE = (
    "::set-output name=a::b",
    " ::add-mask::x",
    "\u00a0::error::x",
    "\u2028::warning::x",
    "##[set-env name=PATH;]/tmp",
    "x ##[command]rm",
    "%0A::set-env name=A::b",
    "\x1b]0;title\x07\x1b[31mred",
    "\x9b31mred",
    "\u202egnp.exe",
    "a\x0b::stop-commands::a\x0c::b\x85::c",
)
QUEUE = "postmortems/queue.md"


def commands(log: str) -> list[str]:
    """The lines that a runner would take for commands, by its own rules (actions/runner, `ActionCommand.cs`): a line,
    trimmed as .NET does, that begins with `::`; or one that holds `##[` anywhere.
    """
    lines = re.split(r"\r\n|\r|\n", log)
    blank = "".join(one for one in map(chr, range(0x3001)) if one.isspace()) + "\x85"
    return [line for line in lines if line.strip(blank).startswith("::") or "##[" in line]


def controls(log: str) -> list[str]:
    """Characters that move a cursor, colour text, or turn its direction."""
    return re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", log)


def document(texts: tuple[str, ...]) -> str:
    rows = [f"| {text.replace('|', '')} and more | {text} | {text} | {text} | {text} | |" for text in texts]
    head = "| Action | Owner | Due Date | Priority | Status | Issue |\n|---|---|---|---|---|---|\n"
    return f"# {texts[0]}\n\n**Status**: Final\n\n## Action Items\n\n{head}" + "\n".join(rows) + "\n"


@pytest.fixture
def hostile(repository: Callable[..., Repository], monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Documents, file names and issues that try everything."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    made = repository(postmortems__queue_md=document(HOSTILE))
    made.write("postmortems/::notice ::x\n::error::y.md", document(HOSTILE[:2]))
    made.write("postmortems/draft.md", f"# Draft\n\n**Status**: {HOSTILE[0]} ##[x]\n\n" + document(HOSTILE[:1]))
    made.write("postmortems/list.md", "# T\n\n## Action Items\n\n" + "".join(f"- [ ] {one}\n" for one in HOSTILE))
    made.write("postmortems/a.yml", "action_items:\n  - item: '::error::x'\n    owner: @::error::\n")
    made.commit()
    people = LocalPeople(made.root / ".tracksync" / "tracker.db")
    for text in HOSTILE:
        people.create(text, actor=text, body=f"\n{text}\n::error::{text}\n", labels=[text.strip() or "x"])
    return made


def runs(made: Repository) -> Iterator[tuple[str, Result]]:
    """Every command that shows something of documents, issues, files or arguments."""
    lines = (
        "items",
        f"items --explain {QUEUE}",
        "items --format json",
        "items --unknown-owners",
        "items --unknown-owners --format json",
        "plan --verbose",
        "plan --format json",
        "plan --format markdown",
        "doctor",
        "sync --verbose",
        "sync --format json",
        "status",
        "status --format json",
        f"status {QUEUE}:9",
        "issues list --state all",
        "issues list --format json",
        "issues show 1",
        "issues show 12",
        "issues edit 1 --title '::error::x\n::error::y'",
        f"adopt {QUEUE}:9 1 --dry-run",
        "adopt --links --dry-run",
        "release --all --yes",
        "config show",
        "items '::error::x\n::error::y'",
        "plan '\x1b[31m::error::x'",
        "status '::error::x'",
        "issues show '::error::x\n::error::y'",
        "sync --plan '\n::error::x'",
        "sync --expect '\n::error::x'",
        "plan --fail-on '\n::error::x'",
        "plan --format '\n::error::x'",
        "'\n::error::x'",
        "--config '\n::error::x' plan",
    )
    for line in lines:
        yield line, made.run(*shlex.split(line))


def test_no_command_of_ours_prints_a_command_of_the_runner(hostile: Repository) -> None:
    seen = 0
    for line, result in runs(hostile):
        log = f"{result.out}\n{result.err}"
        assert ([], []) == (commands(log), controls(log)), line
        assert 70 != result.status, f"{line}: {result.err}"
        seen += "set-output" in log
    assert 8 <= seen


def test_faults_of_the_configuration_show_what_is_written_there_and_no_more(hostile: Repository) -> None:
    for text in ("policy: '::error::x'\n", '"\\n::error::x": 1\n', "tracker: {kind: '\n\n::error::x'}\n", "::error::x"):
        hostile.write("tracksync.yml", text)
        result = hostile.run("config", "check")
        assert (2, [], []) == (result.status, commands(result.err), controls(result.err)), text


def test_a_bug_shows_its_traceback_without_commands(hostile: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*anything: object, **more: object) -> None:
        raise RuntimeError("\n::error::from a document\n##[x]\x1b[31m")

    monkeypatch.setattr(app, "rehearse", fail)
    result = hostile.run("plan", "--verbose")
    assert (70, [], []) == (result.status, commands(result.err), controls(result.err))
    assert "Traceback" in result.err


def test_what_people_write_on_github_is_shown_and_does_nothing(tmp_path: Path) -> None:
    with on_github(tmp_path) as place:
        place.write()
        app.sync(place.space())
        place.write(place.read())
        person = place.server.people(place.web, place.alice)
        number = next(iter(place.web.issues))
        body = str(place.web.issues[number].body).replace("**Due:** 2026-12-01", "**Due:** ::error::\x1b[31m")
        person.edits(number, title="::set-output name=a::b\n##[error]x", body=body)
        report = app.sync(place.space())
        log = plan_text(report.plan, verbose=True) + sync_text(report)
        assert "set-output" in log
        assert ([], []) == (commands(log), controls(log))


def test_the_runners_rules_find_what_they_are_to_find() -> None:
    found = [one for one in HOSTILE if commands(one)]
    assert list(HOSTILE[:6]) == found
    assert 2 <= len(controls(HOSTILE[7]))
