"""A real git repository with postmortems, and the command line as users have it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tracksync import git
from tracksync.cli.entry import main

TABLE = """# Postmortem: Queue outage

**Date**: 2026-01-14
**Status**: Final

## Action Items

| Action | Owner | Due Date | Priority | Status |
|---|---|---|---|---|
| Alert when the queue holds more than 5,000 messages | @alice | 2026-12-01 | P1 | Not Started |
| Give retries a limit | @bob | 2026-12-15 | P2 | Not Started |
"""

YAML = """title: Cache outage
status: Final
action_items:
  - item: Warm the cache before traffic arrives
    owner: " @carol"
    due: 2026-12-24
    status: Not Started
    priority: P2
"""


@dataclass
class Result:
    """What one command line ended with."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Repository:
    """A git repository, and a person at its prompt."""

    root: Path
    capture: pytest.CaptureFixture[str]

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def commit(self) -> None:
        git.commit_all(self.root, "work")

    def run(self, *words: str) -> Result:
        self.capture.readouterr()
        status = main(words)
        out, err = self.capture.readouterr()
        return Result(status, out, err)

    def settled(self) -> None:
        """Run again: No changes."""
        for _ in range(2):
            if git.changed_since_head(self.root):
                self.commit()
            self.run("sync", "--quiet")
        again = self.run("sync", "--format", "json", "--quiet").json
        assert ([], [], []) == (again["plan"]["changes"], again["applied"], again["documents_changed"])
        assert 0 == again["requests"]["write"]
        assert "No changes." in self.run("plan").out


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Repository]:
    """A function that makes a repository of the given files (path=text) and commits them."""

    def make(**files: str | bytes) -> Repository:
        made = Repository(tmp_path, capsys)
        for path, text in files.items():
            made.write(path.replace("__", "/").replace("_md", ".md").replace("_yml", ".yml"), text)
        git.start_repository(tmp_path)
        if files:
            made.commit()
        monkeypatch.chdir(tmp_path)
        return made

    return make


@pytest.fixture
def two(repository: Callable[..., Repository]) -> Repository:
    """Two published documents with three open items."""
    return repository(postmortems__queue_md=TABLE, postmortems__cache_yml=YAML)
