"""Every call of git. Paths are POSIX paths relative to a folder that may lie below the top level of its repository.

Git runs as on a machine without settings of its own for the things that would change what we read: `GIT_*` variables
(a hook sets them) are dropped, hooks and the file system monitor are off, no lock is taken for a mere look. Without
git, or outside a repository, nothing is known: `toplevel` is None and no path differs from a commit.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tracksync.errors import TracksyncError

_QUIET = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.quotePath=false")
_AUTHOR = ("-c", "user.name=tracksync", "-c", "user.email=tracksync@localhost", "-c", "commit.gpgSign=false")
_NO_REPOSITORY, _NO_FILES = "not a git repository", "must be run in a work tree"


def toplevel(cwd: Path) -> Path | None:
    """The top level of the working tree that `cwd` lies in, or None. Raises `TracksyncError` when git refuses it."""
    found = _git(cwd, "rev-parse", "--show-toplevel")
    if found is None:
        return None
    if found.returncode:
        reason = os.fsdecode(found.stderr).strip()
        if _NO_REPOSITORY in reason:
            return None
        if _NO_FILES in reason:
            raise TracksyncError(f"{cwd} is a bare git repository: it has no files", "run tracksync in a clone of it")
        said = reason.removeprefix("fatal: ").partition("\n")[0]
        foreign = re.search(r"dubious ownership in repository at '(.*)'", said)
        hint = f"if you trust it: git config --global --add safe.directory '{foreign[1]}'" if foreign else ""
        raise TracksyncError(f"git can't read this repository: {said}", hint)
    return Path(os.fsdecode(found.stdout.removesuffix(b"\n")))


def changed_since_head(root: Path) -> frozenset[str]:
    """The tracked paths below `root` whose file differs from HEAD, deleted ones included; a rename counts as two.

    There must be a HEAD. Raises `TracksyncError` when git fails: not knowing must not look like "nothing differs".
    """
    options = ("--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--ignore-submodules=all")
    return _paths(_must(root, "diff", *options, "HEAD", "--", "."))


def untracked(root: Path) -> frozenset[str]:
    """The paths below `root` that git neither tracks nor ignores. Raises `TracksyncError` when git fails."""
    return _paths(_must(root, "ls-files", "--others", "--exclude-standard", "-z"))


def listed(root: Path) -> frozenset[str]:
    """The paths below `root` that git tracks, or neither tracks nor ignores. Raises `TracksyncError` when git fails."""
    return _paths(_must(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z"))


def remote_urls(root: Path) -> list[str]:
    """The URLs of the remotes, as configured: that of `origin` first. They may hold credentials."""
    found = _git(root, "config", "--null", "--get-regexp", r"^remote\..*\.url$")
    if found is None or found.returncode:
        return []
    pairs = [os.fsdecode(entry).partition("\n") for entry in found.stdout.split(b"\0") if entry]
    return [url for name, _, url in sorted(pairs, key=lambda pair: (pair[0] != "remote.origin.url", pair[0]))]


def remote_url(root: Path) -> str:
    """The URL of `origin`, else of the only remote, with git's `insteadOf` applied; "" where that can't be told."""
    found = _git(root, "remote")
    names = [] if found is None or found.returncode else [os.fsdecode(name) for name in found.stdout.split()]
    if "origin" not in names and len(names) != 1:
        return ""
    url = _git(root, "remote", "get-url", "origin" if "origin" in names else names[0])
    return "" if url is None or url.returncode else os.fsdecode(url.stdout.removesuffix(b"\n"))


def _paths(listing: bytes) -> frozenset[str]:
    return frozenset(os.fsdecode(path) for path in listing.split(b"\0") if path)


def show_head(root: Path, paths: Sequence[str]) -> Mapping[str, bytes]:
    """What HEAD holds at these paths below `root`; those that it doesn't have are missing from the answer."""
    if not paths:
        return {}
    # -z came with git 2.38: asked for only where a line can't hold the name.
    odd = any("\n" in path for path in paths)
    names = [b"HEAD:./" + os.fsencode(path) for path in paths]
    end = b"\0" if odd else b"\n"
    asked = b"".join(name + end for name in names)
    return dict(_blobs(_must(root, "cat-file", "--batch", *(["-z"] if odd else []), text=asked), paths, names))


def _blobs(answer: bytes, paths: Sequence[str], names: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    at = 0
    for path, name in zip(paths, names, strict=True):
        missing = name + b" missing\n"
        if answer.startswith(missing, at):
            at += len(missing)
            continue
        header_end = answer.index(b"\n", at)
        _, kind, size = answer[at:header_end].split(b" ")
        start, at = header_end + 1, header_end + 1 + int(size) + 1
        if kind == b"blob":
            yield path, answer[start : at - 1]


def head(root: Path) -> str:
    """The commit that HEAD names; "" before the first one."""
    found = _git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    return "" if found is None or found.returncode else os.fsdecode(found.stdout).strip()


def committed_since(root: Path, commit: str, paths: Sequence[str]) -> list[tuple[str, bytes]]:
    """Every version of these paths in the commits after `commit` up to HEAD. Nothing when `commit` is unknown here."""
    return _versions(root, paths, f"{commit}..HEAD")


def committed(root: Path, path: str, most: int) -> list[bytes]:
    """The newest `most` versions of a path up to HEAD, the newest first; fewer where the history ends before."""
    return [data for _, data in _versions(root, [path], f"--max-count={most}", "HEAD")]


def _versions(root: Path, paths: Sequence[str], *which: str) -> list[tuple[str, bytes]]:
    options = ("--format=", "--raw", "-z", "--relative", "--no-renames", "--no-abbrev", "--diff-merges=first-parent")
    found = _git(root, "log", *options, *which, "--", *paths)
    if found is None or found.returncode:
        return []
    versions = re.findall(rb":\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [AMT]\0([^\0]+)", found.stdout)
    return [(os.fsdecode(path), data) for blob, path in versions if (data := _blob(root, blob)) is not None]


def _blob(root: Path, name: bytes) -> bytes | None:
    found = _git(root, "cat-file", "blob", os.fsdecode(name))
    return None if found is None or found.returncode else found.stdout


def start_repository(root: Path) -> None:
    """A new repository in `root`. Raises `TracksyncError` when git is missing or fails."""
    _must(root, "init", "--quiet", "--initial-branch=main")


def commit_all(root: Path, message: str) -> None:
    """Commit everything in `root` in the name of tracksync. Raises `TracksyncError` when git is missing or fails."""
    _must(root, "add", "--all")
    _must(root, *_AUTHOR, "commit", "--quiet", "--no-verify", f"--message={message}")


def diff(root: Path) -> str:
    """What changed since the last `git add`, without context lines. Raises `TracksyncError` when git fails."""
    return _must(root, "diff", "--unified=0", "--no-color", "--no-ext-diff").decode("utf-8", "replace")


def _must(root: Path, *arguments: str, text: bytes = b"") -> bytes:
    done = _git(root, *arguments, text=text)
    if done is None:
        raise TracksyncError("git is not installed", "install git, then run this again")
    if done.returncode:
        raise TracksyncError(f"git failed: {os.fsdecode(done.stderr).strip()}")
    return done.stdout


def _git(cwd: Path, *arguments: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """The finished process; None when there is no git."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        return subprocess.run(["git", *_QUIET, *arguments], cwd=cwd, env=environment, input=text, capture_output=True)
    except FileNotFoundError:
        return None
