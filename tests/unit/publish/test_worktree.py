import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracksync import atomic
from tracksync.errors import PublishError
from tracksync.publish import worktree

OLD, NEW = b"old\r\ntext", b"new\r\ntext"
LOCK = worktree.digest(OLD)

TOO_LARGE = """
import resource, signal, sys
from pathlib import Path
from tracksync.errors import PublishError
from tracksync.publish import worktree
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    worktree.write(Path(sys.argv[1]), "a.md", sys.argv[2], b"x" * 100_000)
except PublishError as error:
    print(error)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "root"
    made.mkdir()
    (made / "a.md").write_bytes(OLD)
    return made


def names(folder: Path) -> list[str]:
    """Every file but those of the local state, in which nothing half-written may be left."""
    assert [] == list(folder.rglob(atomic.LEFT_OVER))
    return sorted(set(os.listdir(folder)) - {".tracksync"})


def test_a_document_is_replaced_as_a_whole(root):
    worktree.write(root, "a.md", LOCK, NEW)
    assert (NEW, ["a.md"]) == (worktree.read(root, "a.md"), names(root))


@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o664])
def test_the_mode_stays(root, mode):
    (root / "a.md").chmod(mode)
    worktree.write(root, "a.md", LOCK, NEW)
    assert mode == (root / "a.md").stat().st_mode & 0o7777


def test_the_owner_stays_where_that_is_allowed(root):
    wanted = (1234, 1234) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
    os.chown(root / "a.md", *wanted)
    worktree.write(root, "a.md", LOCK, NEW)
    after = (root / "a.md").stat()
    assert wanted == (after.st_uid, after.st_gid)


def test_a_symlink_stays_one_and_its_target_is_written(root):
    (root / "real").mkdir()
    (root / "a.md").rename(root / "real" / "b.md")
    (root / "a.md").symlink_to("real/b.md")
    worktree.write(root, "a.md", LOCK, NEW)
    assert "real/b.md" == os.readlink(root / "a.md")
    assert NEW == (root / "real" / "b.md").read_bytes()
    assert (["a.md", "real"], ["b.md"]) == (names(root), names(root / "real"))


def test_a_root_that_is_a_symlink_is_fine(root, tmp_path):
    (tmp_path / "link").symlink_to(root)
    worktree.write(tmp_path / "link", "a.md", LOCK, NEW)
    assert NEW == worktree.read(root, "a.md")


@pytest.mark.parametrize("path", ["out.md", "../secret.md"])
def test_what_leads_outside_is_refused(root, tmp_path, path):
    (tmp_path / "secret.md").write_bytes(OLD)
    (root / "out.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(PublishError, match="outside"):
        worktree.read(root, path)
    with pytest.raises(PublishError, match="outside"):
        worktree.write(root, path, LOCK, NEW)
    assert OLD == (tmp_path / "secret.md").read_bytes()


def test_a_document_that_changed_is_left_alone(root):
    with pytest.raises(PublishError, match=r"a\.md changed since it was read"):
        worktree.write(root, "a.md", worktree.digest(b"something else"), NEW)
    assert (OLD, ["a.md"]) == (worktree.read(root, "a.md"), names(root))


def test_the_last_look_is_after_the_new_bytes_are_on_the_disk(root):
    def look() -> None:
        (new,) = [name for name in os.listdir(root) if name != "a.md"]
        assert NEW == (root / new).read_bytes()
        raise PublishError("changed")

    with pytest.raises(PublishError):
        atomic.replace(root / "a.md", NEW, check=look)
    assert (OLD, ["a.md"]) == (worktree.read(root, "a.md"), names(root))


@pytest.mark.parametrize(
    ("path", "reason"), [("none.md", "No such file"), ("folder", "Is a directory"), ("circle.md", "symlink|symbolic")]
)
def test_what_cannot_be_read_is_one_sentence(root, path, reason):
    (root / "folder").mkdir()
    (root / "circle.md").symlink_to("circle.md")
    for act in (lambda: worktree.read(root, path), lambda: worktree.write(root, path, LOCK, NEW)):
        with pytest.raises(PublishError, match=reason) as caught:
            act()
        assert "\n" not in str(caught.value)


def test_a_full_disk_leaves_the_document_and_nothing_else(root):
    command = [sys.executable, "-c", TOO_LARGE, str(root), LOCK]
    ran = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, timeout=60, check=True)
    assert "a.md can't be written: File too large\n" == ran.stdout
    assert (OLD, ["a.md"]) == (worktree.read(root, "a.md"), names(root))


def test_a_name_that_is_taken_by_a_folder_leaves_nothing_behind(root):
    (root / "taken").mkdir()
    with pytest.raises(OSError, match="Is a directory"):
        atomic.replace(root / "taken", NEW)
    assert ["a.md", "taken"] == names(root)
