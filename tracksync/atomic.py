"""Replacing a file as a whole: a reader sees the old bytes or the new ones, whatever dies in between."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LEFT_OVER = ".tracksync-*.tmp"


def replace(
    path: Path,
    data: bytes,
    *,
    like: os.stat_result | None = None,
    check: Callable[[], None] | None = None,
    beside: Path | None = None,
) -> None:
    """Put `data` at `path`, on the disk before the name shows it. Raises `OSError`, and then leaves nothing behind.

    `beside`: the folder in which the new file is made, on the same disk; else that of `path`. What a killed process
    leaves there has a name like `LEFT_OVER`.
    `like`: take over mode and owner (where that is allowed).
    `check` runs just before the new file takes the name; what it raises stops that.
    """
    descriptor, temporary = tempfile.mkstemp(prefix=".tracksync-", suffix=".tmp", dir=beside or path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if like is not None:
                _take_over(file.fileno(), like)
            os.fsync(file.fileno())
        if check is not None:
            check()
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk, where the file system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _take_over(descriptor: int, like: os.stat_result) -> None:
    now = os.fstat(descriptor)
    if (now.st_uid, now.st_gid) != (like.st_uid, like.st_gid):
        with suppress(PermissionError):
            os.fchown(descriptor, like.st_uid, like.st_gid)
    # After the owner: changing that clears the set-id bits.
    os.fchmod(descriptor, like.st_mode & 0o7777)
