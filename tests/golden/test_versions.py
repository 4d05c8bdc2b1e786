"""What earlier versions left behind is read by every later one; what a later version left is refused in words."""

import re
import shutil
from pathlib import Path

import pytest

from tracksync import cache, journal
from tracksync.cache import Cache
from tracksync.errors import TracksyncError
from tracksync.journal import Entry, Journal
from tracksync.model import MARKER_VERSION, Base, Field, Marker, MarkerFault, Status
from tracksync.trackers.body import read_marker

VERSIONS = Path(__file__).parent / "versions"
PROOFS = Path(__file__).parents[2] / "docs" / "proofs.md"
KEY, DOCUMENT = "ABCDEFGHIJKLMNOP", "postmortems/2026-01-14-queue.md"
MARKER = Marker(
    KEY,
    "github.com/12345678",
    DOCUMENT,
    "QRSTUVWXYZ234567",
    {
        Field.TITLE: Base("Alert when the queue is full", 0),
        Field.OWNER: Base("alice,label:sre", 2),
        Field.DUE: Base("2026-12-01", 1),
        Field.PRIORITY: Base("", 0),
        Field.STATUS: Base("in_progress", 3),
    },
)


def test_a_marker_of_version_1_is_read() -> None:
    assert MARKER == read_marker((VERSIONS / "marker-1.md").read_text("utf-8"))


def test_a_marker_of_a_later_version_is_a_fault_that_says_to_upgrade() -> None:
    body = (VERSIONS / "marker-1.md").read_text("utf-8")
    later = body.replace('"version": 1', f'"version": {MARKER_VERSION + 1}')
    message = f"The issue was written by a newer tracksync (marker version {MARKER_VERSION + 1}); upgrade tracksync."
    assert MarkerFault(message) == read_marker(later)


def test_a_journal_entry_of_version_1_is_read() -> None:
    head = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    entry = Entry(KEY, Field.DUE, "2026-12-31", 1, DOCUMENT, head, "2026-12-15")
    assert ([entry], []) == Journal(VERSIONS / "journal-1").entries()


def test_a_journal_entry_of_a_later_version_stops_the_run(tmp_path: Path) -> None:
    name = f"{KEY}.due.json"
    text = (VERSIONS / "journal-1" / name).read_text("utf-8")
    (tmp_path / name).write_text(text.replace('"version": 1', f'"version": {journal.VERSION + 1}'))
    with pytest.raises(TracksyncError, match=rf"newer tracksync \(version {journal.VERSION + 1}\)") as refused:
        Journal(tmp_path).entries()
    assert "upgrade tracksync" == refused.value.hint


def kept(tmp_path: Path, name: str) -> Cache:
    """A cache whose file for one project is this one."""
    made = Cache(tmp_path)
    shutil.copy(VERSIONS / name, made._path("github.com", "acme/web"))
    return made


def test_a_cache_of_today_is_read(tmp_path: Path) -> None:
    snapshot = kept(tmp_path, f"cache-{cache.VERSION}.json").load("github.com", "acme/web")
    assert snapshot is not None
    assert [(MARKER, Status.IN_PROGRESS)] == [(issue.marker, issue.status) for issue in snapshot.issues]


@pytest.mark.parametrize("name", sorted(path.name for path in VERSIONS.glob("cache-*.json")))
def test_a_cache_of_another_version_is_made_anew_and_the_run_goes_on(tmp_path: Path, name: str) -> None:
    made = kept(tmp_path, name)
    path = next(tmp_path.iterdir())
    number = name.removeprefix("cache-").removesuffix(".json")
    other = number if int(number) < cache.VERSION else str(cache.VERSION + 1)
    path.write_text(path.read_text("utf-8").replace(f"cache {number} ", f"cache {other} ", 1))
    assert None is made.load("github.com", "acme/web")
    assert ["cache-unusable"] == [problem.rule for problem in made.problems]


def test_the_page_of_proofs_names_the_versions_of_today() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \| (\d+) \|", PROOFS.read_text("utf-8"), re.MULTILINE)
    today = {"marker in an issue": MARKER_VERSION, "journal entry": journal.VERSION, "cache": cache.VERSION}
    assert {name: str(version) for name, version in today.items()} == dict(rows)
