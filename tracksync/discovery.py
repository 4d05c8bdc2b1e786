"""Which files are postmortems, and their bytes.

What lies below a folder that a pattern names is, for documents, every Markdown and YAML file, for excludes everything.

A document goes by the name of its file: a symlink inside the tree is another name for the same document, one that
leads out of the tree is refused. Symlinked folders are not entered, nor are git repositories inside the tree.
"""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracksync.errors import UsageError
from tracksync.globs import ANY_FOLDERS, matcher
from tracksync.model import Problem, Severity

SUFFIXES = (".md", ".markdown", ".yml", ".yaml")
NEVER = frozenset({".git", ".tracksync", "node_modules", ".venv"})
"""Folders that hold no documents and may be huge."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """Sorted POSIX paths relative to the root: of all documents, and of those this run is about."""

    paths: tuple[str, ...]
    selected: tuple[str, ...]
    problems: tuple[Problem, ...]


def discover(root: Path, include: Sequence[str], exclude: Sequence[str], paths: Sequence[Path] = ()) -> Discovery:
    """The documents below `root`; `paths` (files or folders, relative to the working directory) narrow the selection.

    What `paths` name is a document whatever the globs say. Raises `UsageError` for one that is missing or outside.
    """
    walk = _Walk(os.path.realpath(root), matcher(exclude, below=".*"))
    wanted = matcher(include, below=ANY_FOLDERS + r"[^/]*(?:" + "|".join(map(re.escape, SUFFIXES)) + ")")
    found = {path for start in _starts(include) for path in walk.files(start, wanted)}
    named = {path for name in paths for path in _named(walk.root, name, walk.problems)}
    problems = tuple(dict.fromkeys(walk.problems))
    return Discovery(tuple(sorted(found | named)), tuple(sorted(named if paths else found)), problems)


def read(root: Path, path: str, most: int) -> bytes | Problem:
    """The bytes of a document, or why it can't be read. Of one that is larger than `most` bytes: one more than that."""
    try:
        # A pipe without a writer would be waited for.
        with open(root / path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return _problem("unreadable-file", path, "this is a pipe or device and no document; exclude it")
            return file.read(most + 1)
    except OSError as error:
        message = f"this file can't be read: {error.strerror}; make it readable, or exclude it"
        return _problem("unreadable-file", path, message)


class _Walk:
    """A walk below `root` (a real path) that leaves out what is excluded, and collects what it had to refuse."""

    def __init__(self, root: str, excluded: re.Pattern[str]) -> None:
        self.root = root
        self.excluded = excluded
        self.problems: list[Problem] = []

    def files(self, folder: str, wanted: re.Pattern[str]) -> Iterator[str]:
        """The wanted files below `folder` ("" or ending in "/")."""
        for entry in self._entries(folder):
            path = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                # "dir/" matches exactly those patterns that exclude everything below.
                if entry.name not in NEVER and not self.excluded.fullmatch(path + "/"):
                    yield from self._folder(path + "/", wanted)
            elif entry.is_symlink() and os.path.isdir(entry.path):
                self._symlinked(path, wanted)
            elif wanted.fullmatch(path) and not self.excluded.fullmatch(path):
                yield from _document(self.root, path, self.problems, entry.is_symlink())

    def _folder(self, folder: str, wanted: re.Pattern[str]) -> Iterator[str]:
        """What lies in a folder; documents of another repository would have to be committed there."""
        if not os.path.lexists(os.path.join(self.root, folder, ".git")):
            yield from self.files(folder, wanted)
        elif next(self.files(folder, wanted), None):
            message = "this folder is a git repository of its own; run tracksync in there, or exclude it"
            self.problems.append(_problem("other-repository", folder, message))

    def _symlinked(self, path: str, wanted: re.Pattern[str]) -> None:
        """Say that a folder is not entered, unless it is walked under its own name."""
        if not wanted.fullmatch(path + "/a.md") or self.excluded.fullmatch(path + "/"):
            return
        way = _way(self.root, os.path.realpath(os.path.join(self.root, path)))
        if _outside(way) or not wanted.fullmatch("a.md" if way == "." else way + "/a.md"):
            message = "this symlink to a folder is not followed; name that folder itself in `documents.include`"
            self.problems.append(_problem("symlinked-folder", _shown(path), message, Severity.WARNING))

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(os.path.join(self.root, folder)) as entries:
                return list(entries)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            message = f"this folder can't be read: {error.strerror}; make it readable, or exclude it"
            self.problems.append(_problem("unreadable-file", folder, message))
            return []


def _document(root: str, path: str, problems: list[Problem], symlink: bool) -> Iterator[str]:
    """The path that the file at `path` goes by, unless it is refused."""
    named = _shown(path)
    if symlink:
        real = os.path.realpath(os.path.join(root, path))
        path = _way(root, real)
        if not os.path.exists(real) and not _outside(path):
            problems.append(_problem("broken-symlink", named, "this symlink leads to no file; correct or remove it"))
            return
    if _outside(path):
        message = "this symlink leads out of the tree, so the file is left alone; put the file here, or exclude it"
        problems.append(_problem("outside-tree", named, message))
    elif _is_text(path):
        yield path
    else:
        problems.append(_problem("file-name", _shown(path), "this file's name is not UTF-8; rename it"))


def _way(root: str, full: str) -> str:
    """The way from the root, as documents are named."""
    return os.path.relpath(full, root).replace(os.sep, "/")


def _outside(way: str) -> bool:
    return way.split("/")[0] == os.pardir


def _shown(path: str) -> str:
    """A path as text, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _named(root: str, name: Path, problems: list[Problem]) -> Iterator[str]:
    """The documents that a PATH of the command line names."""
    if not os.path.lexists(name):
        raise UsageError(f"there is no file or folder {name}")
    # The last part of a file's path stays: it may be a symlink, which `_document` judges.
    full = os.path.realpath(name if os.path.isdir(name) else name.parent)
    path = _way(root, full if os.path.isdir(name) else os.path.join(full, name.name))
    if _outside(path):
        raise UsageError(f"{name} is outside {root}", "run tracksync in the folder that the file belongs to")
    if not os.path.isdir(name):
        yield from _document(root, path, problems, os.path.islink(name))
        return
    below = matcher([f"**/*{{{','.join(SUFFIXES)}}}"], below="")
    walk = _Walk(root, matcher([], below=""))
    yield from walk.files("" if path == "." else path + "/", below)
    problems.extend(walk.problems)


def _starts(include: Sequence[str]) -> list[str]:
    """The folders to walk: the parts of the patterns before the first wildcard, none inside another."""
    folders = {re.split(r"[*?\[{]", pattern)[0].rpartition("/")[0] for pattern in include}
    ways = sorted(folder + "/" if folder else "" for folder in folders)
    return [way for way in ways if not any(way != other and way.startswith(other) for other in ways)]


def _problem(rule: str, path: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(rule, severity, path, 0, message)
