import os
from pathlib import Path

import pytest

from tracksync import discovery
from tracksync.config.model import INCLUDE
from tracksync.errors import UsageError
from tracksync.model import Problem


def tree(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(path.encode())
    return root


def found(root: Path, *include: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return list(discovery.discover(root, include or INCLUDE, exclude).paths)


def test_what_is_never_looked_at(tmp_path: Path) -> None:
    names = ("README.md", "postmortems/graph.png", "postmortems/notes.txt", "docs/postmortems.md")
    hidden = (".git/postmortems/a.md", ".tracksync/postmortems/a.md", "web/node_modules/postmortems/a.md")
    assert [] == found(tree(tmp_path, *names, *hidden))


def test_the_default_finds_postmortem_folders_at_any_depth_sorted(tmp_path: Path) -> None:
    expected = [
        "docs/post-mortems/b.yaml",
        "postmortems/2026/deep/c.markdown",
        "postmortems/a.md",
        "team/x/postmortems/d.yml",
    ]
    assert expected == found(tree(tmp_path, *reversed(expected)))


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("docs/*.md", ["docs/a.md"]),
        ("docs/**/*.md", ["docs/a.md", "docs/in/b.md"]),
        ("**/b.md", ["docs/in/b.md"]),
        ("docs", ["docs/a.md", "docs/in/b.md", "docs/in/c.yml"]),
        ("docs/", ["docs/a.md", "docs/in/b.md", "docs/in/c.yml"]),
        ("**", ["[x].md", "docs/a.md", "docs/in/b.md", "docs/in/c.yml"]),
        ("docs/in/[a-b].md", ["docs/in/b.md"]),
        ("docs/in/[!b].*", ["docs/in/c.yml", "docs/in/d.txt"]),
        ("docs/in/?.{md,yml}", ["docs/in/b.md", "docs/in/c.yml"]),
        ("docs/in/d.txt", ["docs/in/d.txt"]),
        ("[[]x].md", ["[x].md"]),
        ("docs/in/[b-a].md", []),
        ("docs/in/[b-az-c!].md", []),
        ("docs/in/[!b-a].md", ["docs/in/b.md"]),
        ("docs[!a]a.md", []),
        ("docs[.-0]a.md", []),
        ("docs/in/[&&~~--b].md", ["docs/in/b.md"]),
        ("docs/a}.md", []),
        ("doc/**", []),
    ],
)
def test_globs(tmp_path: Path, pattern: str, matched: list[str]) -> None:
    tree(tmp_path, "docs/a.md", "docs/in/b.md", "docs/in/c.yml", "docs/in/d.txt", "[x].md")
    assert matched == found(tmp_path, pattern)


@pytest.mark.parametrize("pattern", ["docs/old", "docs/old/", "docs/old/**", "**/old/**", "docs/o*/*"])
def test_excludes_leave_out_files_and_whole_folders(tmp_path: Path, pattern: str) -> None:
    tree(tmp_path, "docs/a.md", "docs/old/b.md")
    assert ["docs/a.md"] == found(tmp_path, "docs/**", exclude=(pattern,))


def test_an_excluded_folder_is_not_entered(tmp_path: Path) -> None:
    tree(tmp_path, "docs/a.md")
    (tmp_path / "docs/old").symlink_to(tmp_path / "nowhere")
    assert ["docs/a.md"] == found(tmp_path, "docs/**", exclude=("docs/old/**",))


def test_overlapping_patterns_find_a_document_once(tmp_path: Path) -> None:
    assert ["docs/pm/a.md"] == found(tree(tmp_path, "docs/pm/a.md"), "docs/pm/**", "docs/**", "**/a.md")


def test_a_symlink_is_another_name_for_the_same_document(tmp_path: Path) -> None:
    tree(tmp_path, "docs/a.md")
    (tmp_path / "docs/link.md").symlink_to("a.md")
    assert ["docs/a.md"] == found(tmp_path, "docs/**")


def test_a_symlink_out_of_the_tree_is_refused(tmp_path: Path) -> None:
    outside = tree(tmp_path / "outside", "secret.md") / "secret.md"
    root = tree(tmp_path / "root", "docs/a.md")
    (root / "docs/link.md").symlink_to(outside)
    result = discovery.discover(root, ["docs/**"], [])
    assert ("docs/a.md",) == result.paths
    assert [("outside-tree", "docs/link.md")] == [(p.rule, p.path) for p in result.problems]
    named = discovery.discover(root, [], [], [root / "docs/link.md"])
    assert ((), ["outside-tree"]) == (named.selected, [p.rule for p in named.problems])


def test_symlinked_folders_are_not_entered(tmp_path: Path) -> None:
    tree(tmp_path, "docs/a.md")
    (tmp_path / "docs/loop").symlink_to(tmp_path / "docs")
    assert ["docs/a.md"] == found(tmp_path, "docs/**")


def test_a_dangling_symlink_ends_as_a_problem(tmp_path: Path) -> None:
    tree(tmp_path, "docs/a.md")
    (tmp_path / "docs/b.md").symlink_to("gone.md")
    result = discovery.discover(tmp_path, ["docs/**"], [])
    assert ("docs/a.md",) == result.paths
    assert [("broken-symlink", "docs/b.md")] == [(p.rule, p.path) for p in result.problems]


def test_an_unreadable_file_and_folder_are_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "docs/in/a.md")
    scandir = os.scandir

    def closed(path: str) -> object:
        if path.endswith("in/"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    result = discovery.discover(tmp_path, ["docs/**"], [])
    assert [("unreadable-file", "docs/in/")] == [(p.rule, p.path) for p in result.problems]
    problem = discovery.read(tmp_path, "docs/in", 20)
    assert isinstance(problem, Problem)


def test_a_name_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    tree(tmp_path, "docs/a.md")
    with open(os.fsencode(tmp_path) + b"/docs/\xff.md", "wb"):
        pass
    result = discovery.discover(tmp_path, ["docs/**"], [])
    assert ("docs/a.md",) == result.paths
    assert [("file-name", "docs/\\xff.md")] == [(p.rule, p.path) for p in result.problems]


def test_odd_names_are_found_as_they_are(tmp_path: Path) -> None:
    names = ["pm/a b.md", "pm/a\nb.md", 'pm/"q".md', "pm/\u00fc\u2028.md"]
    assert sorted(names) == found(tree(tmp_path, *names), "pm/**")


def test_a_named_path_is_selected_whatever_the_globs_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "postmortems/a.md", "notes/b.txt", "notes/in/c.md", "notes/in/d.txt")
    monkeypatch.chdir(tmp_path / "notes")
    one = discovery.discover(tmp_path, INCLUDE, ["**"], [Path("b.txt")])
    assert (("notes/b.txt",), ("notes/b.txt",)) == (one.paths, one.selected)
    folder = discovery.discover(tmp_path, INCLUDE, [], [Path(".")])
    assert (("notes/in/c.md", "postmortems/a.md"), ("notes/in/c.md",)) == (folder.paths, folder.selected)
    assert ("notes/in/c.md", "postmortems/a.md") == discovery.discover(tmp_path, [], [], [tmp_path]).selected


def test_a_named_path_goes_by_its_own_name_through_a_symlinked_folder(tmp_path: Path) -> None:
    tree(tmp_path, "pm/a.md")
    (tmp_path / "link").symlink_to("pm")
    assert ("pm/a.md",) == discovery.discover(tmp_path, [], [], [tmp_path / "link/a.md"]).selected


@pytest.mark.parametrize("way", ["link", "link/../pm", "other/../pm", "."])
def test_a_named_folder_gives_documents_their_own_names_whatever_the_way_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    tree(tmp_path, "pm/a.md", "other/b.txt")
    (tmp_path / "link").symlink_to("pm")
    monkeypatch.chdir(tmp_path)
    assert ("pm/a.md",) == discovery.discover(tmp_path, [], [], [Path(way)]).selected


def test_a_missing_or_foreign_path_is_a_usage_error(tmp_path: Path) -> None:
    root = tree(tmp_path / "root", "a.md")
    with pytest.raises(UsageError, match=r"there is no file or folder gone\.md"):
        discovery.discover(root, [], [], [Path("gone.md")])
    with pytest.raises(UsageError, match="is outside"):
        discovery.discover(root, [], [], [tmp_path])


def test_a_huge_file_is_read_only_as_far_as_needed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * 30)
    assert b"x" * 21 == discovery.read(tmp_path, "a.md", 20)
    (tmp_path / "b.md").write_bytes(b"\xef\xbb\xbfa\r\n")
    assert b"\xef\xbb\xbfa\r\n" == discovery.read(tmp_path, "b.md", 20)
