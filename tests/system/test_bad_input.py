"""Every kind of bad document beside a good one: one sentence with path, line and what to do; the good one is synced."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import TABLE, YAML, Repository

GOOD = "postmortems/good.md"
BAD = "postmortems/bad.md"

Make = Callable[..., Repository]


@pytest.fixture
def good(repository: Make) -> Repository:
    """One published document with two open items."""
    return repository(postmortems__good_md=TABLE)


def problems(made: Repository) -> list[tuple[str, int, str, str]]:
    """Path, line, rule and message of each problem."""
    found = made.run("plan", "--format", "json").json["problems"]
    return [(one["path"], one["line"], one["rule"], one["message"]) for one in found]


def synced(made: Repository) -> None:
    """A run ends well, links the good document and shows nobody a traceback."""
    result = made.run("sync")
    assert 0 == result.status, result.err
    assert 2 == made.read(GOOD).count("local#")
    assert "Traceback" not in result.out + result.err


def entry(old: str, new: str) -> str:
    assert old in YAML
    return YAML.replace(old, new)


OWNER = '    owner: " @carol"\n'
DOCUMENTS: dict[str, tuple[str, str | bytes, int, str, str]] = {
    "UTF-16": (BAD, TABLE.encode("utf-16"), 1, "not-utf8", "UTF-16, not UTF-8; save it as UTF-8"),
    "UTF-16, big end first": (BAD, b"\xfe\xff" + TABLE.encode("utf-16-be"), 1, "not-utf8", "save it as UTF-8"),
    "UTF-16 without BOM": (BAD, TABLE.encode("utf-16-le"), 1, "nul-byte", "NUL byte; remove it"),
    "Latin-1": (
        BAD,
        TABLE.replace("limit", "l\xefmit").encode("latin-1"),
        11,
        "not-utf8",
        "EF here is not UTF-8; save",
    ),
    "a NUL byte": (BAD, TABLE.replace("retries", "re\0tries"), 11, "nul-byte", "remove it, or exclude the file"),
    "more than 1 MiB": (
        BAD,
        TABLE + "x" * 1_100_000,
        0,
        "too-large",
        "split it, exclude it, or raise `limits.document_bytes`",
    ),
    "more than 20,000 lines": (BAD, TABLE + "\n" * 20_000, 0, "too-large", "20,000 lines; split it, or exclude it"),
    "a merge conflict": (
        BAD,
        TABLE.replace("| Give", "<<<<<<< HEAD\n| Give") + "=======\n| Give it up | @bob | | | Open |\n>>>>>>> other\n",
        11,
        "merge-conflict",
        "settle it, then run again",
    ),
    "a bracket bomb in YAML": ("postmortems/bad.yml", YAML + "x: " + "[" * 100_000, 1, "too-large", "split it"),
    "many brackets in YAML": ("postmortems/bad.yml", YAML + "x: " + "[" * 1_000, 9, "yaml-too-deep", "flatten it"),
    "an anchor": ("postmortems/bad.yml", entry('" @carol"', "&a bob"), 5, "yaml-alias", "write the values out"),
    "an alias": ("postmortems/bad.yml", entry('" @carol"', "*a"), 5, "yaml-alias", "write the values out"),
    "a tag": ("postmortems/bad.yml", entry('" @carol"', "!x bob"), 5, "yaml-tag", "remove the tag"),
    "a key that stands twice": (
        "postmortems/bad.yml",
        entry(OWNER, OWNER + "    due: 2026-01-01\n"),
        7,
        "yaml-duplicate-key",
        "`due` stands here twice; remove one",
    ),
    "an owner without quotes": (
        "postmortems/bad.yml",
        entry('" @carol"', "@carol"),
        5,
        "yaml-refused",
        'put it in quotes: "@carol"',
    ),
    "a tab in YAML": ("postmortems/bad.yml", entry("    due", "\tdue"), 6, "yaml-refused", "tabs"),
    "a colon in a value": ("postmortems/bad.yml", entry('" @carol"', "a: b"), 5, "yaml-refused", "in quotes"),
    "a control character": ("postmortems/bad.yml", entry("@carol", "ca\brol"), 5, "yaml-refused", "U+0008; remove it"),
    "an unknown status": (
        BAD,
        TABLE.replace("Final", "Quux"),
        4,
        "status-unknown",
        'the status "Quux" is in no list, so the document is held back; add its word to `documents.published`',
    ),
}


@pytest.mark.parametrize("kind", DOCUMENTS)
class TestADocument:
    def test_is_one_sentence_and_stays_as_it_is(self, good: Repository, kind: str) -> None:
        path, text, line, rule, advice = DOCUMENTS[kind]
        file = good.write(path, text)
        good.commit()
        before = file.read_bytes()
        (problem,) = problems(good)
        assert (path, line, rule) == problem[:3]
        assert advice in problem[3]
        place = f"{path}:{line}" if line else path
        assert f"{place} " in good.run("plan").out
        synced(good)
        assert before == file.read_bytes()

    def test_keeps_its_issues_when_it_was_good_before(self, good: Repository, kind: str) -> None:
        path, text, line, rule, _ = DOCUMENTS[kind]
        file = good.write(path, YAML if path.endswith("yml") else TABLE)
        good.commit()
        good.run("sync")
        good.commit()
        listed = good.run("issues", "list", "--format", "json").json
        good.write(path, text)
        good.commit()
        before = file.read_bytes()
        result = good.run("sync", "--format", "json")
        assert (0, []) == (result.status, result.json["applied"])
        assert (path, line, rule) in [problem[:3] for problem in problems(good)]
        assert listed == good.run("issues", "list", "--format", "json").json
        assert before == file.read_bytes()


class TestRows:
    def test_a_short_row_and_a_long_one_are_items_and_the_long_one_is_told_of(self, good: Repository) -> None:
        good.write(BAD, TABLE + "| Only a text |\n| Step | @bob | 2026-12-01 | P1 | Not Started | extra |\n")
        good.commit()
        (problem,) = problems(good)
        assert (BAD, 13, "row-long") == problem[:3]
        assert "Markdown drops them; write a | in a text as \\|" in problem[3]
        synced(good)
        assert "| Only a text |  |  |  | (local#" in good.read(BAD)
        assert "| extra |\n" in good.read(BAD)

    def test_values_that_mean_nothing_are_told_of_and_stay(self, good: Repository) -> None:
        good.write(BAD, TABLE.replace("2026-12-15 | P2 | Not Started", "01/02/2026 | P9 | Sortof"))
        good.commit()
        country = "depends on the reader's country; write 2026-02-01 or 2026-01-02"
        words = "is not known; use a word like Not Started, In Progress or Complete, or add it under `status`"
        assert [
            (BAD, 11, "ambiguous-date", f'due date "01/02/2026" {country}'),
            (BAD, 11, "unknown-priority", 'priority "P9" is not known; write P0 to P4'),
            (BAD, 11, "unknown-status", f'status "Sortof" {words}'),
        ] == problems(good)
        synced(good)
        assert "01/02/2026 | P9 | Sortof" in good.read(BAD)

    def test_other_blocks_of_a_document_still_count(self, good: Repository) -> None:
        good.write(BAD, TABLE + "\n```yaml\naction_items:\n  - item: x\n    owner: @alice, @bob\n```\n")
        good.commit()
        assert [(BAD, 16, "yaml-refused")] == [problem[:3] for problem in problems(good)]
        synced(good)
        assert 2 == good.read(BAD).count("local#")


def fifo(folder: Path) -> None:
    os.mkfifo(folder / "bad.md")


def unix_socket(folder: Path) -> None:
    os.chdir(folder)  # The name of a socket may be 100 bytes long.
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("bad.md")


def circle(folder: Path) -> None:
    (folder / "bad.md").symlink_to("bad.md")


def folder_elsewhere(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    (folder.parent / "elsewhere" / "a.md").write_text(TABLE)
    (folder / "bad").symlink_to("../elsewhere")


def repository_inside(folder: Path) -> None:
    (folder / "bad" / ".git").mkdir(parents=True)
    (folder / "bad" / "a.md").write_text(TABLE)


def submodule(folder: Path) -> None:
    (folder / "bad").mkdir()
    (folder / "bad" / ".git").write_text("gitdir: ../../.git/modules/bad\n")
    (folder / "bad" / "a.md").write_text(TABLE)


def no_utf8(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/bad\xff.md", "wb") as file:
        file.write(TABLE.encode())


FILES: dict[str, tuple[Callable[[Path], None], str, str, str]] = {
    "a pipe": (fifo, BAD, "unreadable-file", "this is a pipe or device and no document; exclude it"),
    "a socket": (unix_socket, BAD, "unreadable-file", "make it readable, or exclude it"),
    "a device": (lambda f: (f / "bad.md").symlink_to("/dev/zero"), BAD, "outside-tree", "or exclude it"),
    "a symlink out of the tree": (
        lambda f: (f / "bad.md").symlink_to(__file__),
        BAD,
        "outside-tree",
        "this symlink leads out of the tree, so the file is left alone; put the file here, or exclude it",
    ),
    "a dangling symlink": (lambda f: (f / "bad.md").symlink_to("x.md"), BAD, "broken-symlink", "correct or remove it"),
    "a circle of symlinks": (circle, BAD, "broken-symlink", "this symlink leads to no file; correct or remove it"),
    "a symlink to a folder": (folder_elsewhere, "postmortems/bad", "symlinked-folder", "name that folder itself in"),
    "a repository of its own": (repository_inside, "postmortems/bad/", "other-repository", "run tracksync in there"),
    "a submodule": (submodule, "postmortems/bad/", "other-repository", "run tracksync in there, or exclude it"),
    "a name that is not UTF-8": (no_utf8, "postmortems/bad\\xff.md", "file-name", "rename it"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_one_sentence(good: Repository, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    make, path, rule, advice = FILES[kind]
    make(good.root / "postmortems")
    monkeypatch.chdir(good.root)
    (problem,) = problems(good)
    assert (path, 0, rule) == problem[:3]
    assert advice in problem[3]
    assert f"{path} " in good.run("plan").out
    synced(good)


@pytest.mark.parametrize("kind", ["a pipe", "a dangling symlink", "a circle of symlinks", "a symlink out of the tree"])
def test_a_file_that_is_named_is_one_sentence_too(good: Repository, kind: str) -> None:
    make, _, rule, _ = FILES[kind]
    make(good.root / "postmortems")
    for command in ("plan", "items"):
        result = good.run(command, BAD, "--format", "json")
        assert 0 == result.status
        assert rule in result.out


def test_a_file_and_a_folder_without_permission_are_told_of(good: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    good.write(BAD, TABLE)
    good.write("postmortems/closed/a.md", TABLE)
    good.commit()
    opened, scanned = os.open, os.scandir

    def closed(act: Callable[..., object], name: str) -> Callable[..., object]:
        # The superuser, who may run this test, is allowed to read everything.
        def refused(path: object = ".", *rest: object, **options: object) -> object:
            if str(path).rstrip("/").endswith(name):
                raise PermissionError(13, "Permission denied")
            return act(path, *rest, **options)

        return refused

    monkeypatch.setattr(os, "open", closed(opened, "bad.md"))
    monkeypatch.setattr(os, "scandir", closed(scanned, "closed"))
    advice = "can't be read: Permission denied; make it readable, or exclude it"
    assert [
        (BAD, "unreadable-file", f"this file {advice}"),
        ("postmortems/closed/", "unreadable-file", f"this folder {advice}"),
    ] == [(path, rule, message) for path, _, rule, message in problems(good)]
    synced(good)


NAMES = [
    "two\nlines.md",
    "\"q\" 'q'.md",
    "a b  c.md",
    "\U0001f525.md",
    "-v.md",
    "\x1b[31m.md",
    "a;b|c$d.md",
    "ü\u2028.md",
]


def test_odd_names_are_names(good: Repository) -> None:
    for name in NAMES:
        good.write(f"postmortems/{name}", TABLE)
    good.commit()
    synced(good)
    assert [2] * len(NAMES) == [good.read(f"postmortems/{name}").count("local#") for name in NAMES]
    shown = good.run("status").out
    assert "\x1b" not in shown
    good.settled()


def test_names_that_differ_in_case_alone_are_two_documents(good: Repository) -> None:
    good.write("postmortems/GOOD.md", TABLE.replace("retries", "callers"))
    good.commit()
    assert 4 == len(good.run("sync", "--format", "json").json["applied"]) // 2
    assert 2 == good.read("postmortems/GOOD.md").count("local#") == good.read(GOOD).count("local#")
    good.settled()
