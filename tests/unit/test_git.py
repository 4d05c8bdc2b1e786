import os
import subprocess
from pathlib import Path

import pytest

from tracksync import git
from tracksync.errors import TracksyncError

ODD = ["a b.md", "q\"uote's.md", "\u00fc\u65e5.md", "new\nline.md", "-dash.md", "tab\t.md", " lead.md"]


def repository(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(path.encode())
    git.start_repository(root)
    git.commit_all(root, "first")
    return root


def test_outside_a_repository_there_is_no_top_level_and_no_commit(tmp_path: Path) -> None:
    assert (None, "") == (git.toplevel(tmp_path), git.head(tmp_path))


def test_not_knowing_never_looks_like_nothing_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for look in (git.changed_since_head, git.untracked, lambda root: git.show_head(root, ["a.md"])):
        with pytest.raises(TracksyncError, match="git failed"):
            look(tmp_path)
    repository(tmp_path, "a.md")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (None, "") == (git.toplevel(tmp_path), git.head(tmp_path))
    for look in (git.start_repository, git.changed_since_head, git.untracked):
        with pytest.raises(TracksyncError, match="git is not installed"):
            look(tmp_path)


def test_before_the_first_commit_everything_is_untracked(tmp_path: Path) -> None:
    git.start_repository(tmp_path)
    (tmp_path / "a.md").write_text("a")
    assert ("", frozenset({"a.md"})) == (git.head(tmp_path), git.untracked(tmp_path))
    assert {} == git.show_head(tmp_path, ["a.md"])


def test_a_clean_tree_and_untracked_files_do_not_differ(tmp_path: Path) -> None:
    repository(tmp_path, "a.md", ".gitignore")
    (tmp_path / "new.md").write_text("new")
    os.utime(tmp_path / "a.md", (1, 1))
    assert frozenset() == git.changed_since_head(tmp_path)
    assert frozenset({"new.md"}) == git.untracked(tmp_path)


def test_edited_staged_deleted_and_renamed_files_differ(tmp_path: Path) -> None:
    repository(tmp_path, "edited.md", "staged.md", "deleted.md", "old.md", "same.md")
    for name in ("edited.md", "staged.md"):
        (tmp_path / name).write_text("other")
    (tmp_path / "deleted.md").unlink()
    (tmp_path / "old.md").rename(tmp_path / "new.md")
    subprocess.run(["git", "add", "staged.md", "new.md"], cwd=tmp_path, check=True)
    expected = {"edited.md", "staged.md", "deleted.md", "old.md", "new.md"}
    assert expected == git.changed_since_head(tmp_path)


def test_paths_are_relative_to_a_root_below_the_top_level(tmp_path: Path) -> None:
    repository(tmp_path, "outside.md", "docs/in/a.md")
    for path in ("outside.md", "docs/in/a.md"):
        (tmp_path / path).write_text("other")
    root = tmp_path / "docs"
    assert tmp_path.resolve() == git.toplevel(root)
    assert {"in/a.md"} == git.changed_since_head(root)
    assert {"in/a.md": b"docs/in/a.md"} == git.show_head(root, ["in/a.md"])


def test_odd_file_names_and_bytes_survive(tmp_path: Path) -> None:
    repository(tmp_path, *ODD)
    data = b"\xff missing\n\x00\r\n"
    for name in ODD:
        (tmp_path / name).write_bytes(data)
    assert set(ODD) == git.changed_since_head(tmp_path)
    git.commit_all(tmp_path, "second")
    assert dict.fromkeys(ODD, data) == git.show_head(tmp_path, ODD)
    assert {ODD[0]: data} == git.show_head(tmp_path, [ODD[0]])


def test_what_head_does_not_have_is_missing_from_the_answer(tmp_path: Path) -> None:
    repository(tmp_path, "docs/a.md", "b.md")
    asked = ["gone.md", "docs", "b.md", "also gone.md"]
    assert {"b.md": b"b.md"} == git.show_head(tmp_path, asked)
    assert {} == git.show_head(tmp_path, [])


def test_git_variables_of_a_hook_do_not_lead_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = repository(tmp_path / "here", "a.md")
    other = repository(tmp_path / "other", "b.md")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert here.resolve() == git.toplevel(here)
    assert {"a.md": b"a.md"} == git.show_head(here, ["a.md"])


def test_hooks_do_not_run(tmp_path: Path) -> None:
    repository(tmp_path, "a.md")
    hook = tmp_path / ".git/hooks/post-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch ran\n")
    hook.chmod(0o755)
    (tmp_path / "a.md").write_text("other")
    git.commit_all(tmp_path, "second")
    assert not (tmp_path / "ran").exists()


def test_a_repository_that_git_refuses_is_an_error_and_not_an_absence(tmp_path: Path) -> None:
    repository(tmp_path, "a.md")
    (tmp_path / ".git/config").write_text("[core\n")
    with pytest.raises(TracksyncError, match="git can't read this repository: bad config"):
        git.toplevel(tmp_path)


def test_the_diff_shows_changed_lines_only(tmp_path: Path) -> None:
    repository(tmp_path, "a.md")
    (tmp_path / "a.md").write_text("other\n")
    assert ["-a.md", "+other"] == [line for line in git.diff(tmp_path).split("\n")[4:] if line[:1] in ("-", "+")]


def test_a_failing_git_says_why(tmp_path: Path) -> None:
    with pytest.raises(TracksyncError, match=r"git failed: .*not a git repository"):
        git.commit_all(tmp_path, "first")


def test_every_version_since_a_commit_is_found(tmp_path: Path) -> None:
    root = tmp_path / "sub"
    root.mkdir()
    git.start_repository(tmp_path)
    assert "" == git.head(root)
    (root / "ä b.md").write_text("one")
    git.commit_all(tmp_path, "1")
    first = git.head(root)
    for text in ("two", "three"):
        (root / "ä b.md").write_text(text)
        git.commit_all(tmp_path, text)
    (root / "ä b.md").unlink()
    git.commit_all(tmp_path, "gone")
    assert {("ä b.md", b"two"), ("ä b.md", b"three")} == set(git.committed_since(root, first, ["ä b.md"]))
    assert [] == git.committed_since(root, first, ["other.md"])
    assert [] == git.committed_since(root, "0" * 40, ["ä b.md"])
