"""Documents of the working tree: read, and replaced as a whole when they still are what was read.

Paths are relative to the root, with `/`. A symlink is followed and stays one; what lies outside the root is refused.
"""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tracksync import atomic
from tracksync.errors import PublishError, StaleDocument
from tracksync.state import STATE, state_folder


def digest(data: bytes) -> str:
    """SHA-256, in hex: the lock for writing."""
    return hashlib.sha256(data).hexdigest()


def read(root: Path, path: str) -> bytes:
    """The document's bytes. Raises `PublishError`."""
    with _in_our_words(path, "read"):
        return _target(root, path).read_bytes()


def write(root: Path, path: str, expected_digest: str, data: bytes) -> None:
    """Replace the document if its digest still is the expected one; mode and, where allowed, owner stay.

    Raises `PublishError`; the document then is as it was.
    """
    with _in_our_words(path, "written"):
        target = _target(root, path)

        def unchanged() -> None:
            if digest(target.read_bytes()) != expected_digest:
                raise StaleDocument(f"{path} changed since it was read", "run again")

        if not target.stat().st_mode & 0o222:
            raise PublishError(f"{path} is read-only", "make it writable, or exclude it")
        unchanged()
        try:
            atomic.replace(target, data, like=target.stat(), check=unchanged, beside=_workshop(root))
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # The folder for local state is on another disk.
            atomic.replace(target, data, like=target.stat(), check=unchanged)


def _workshop(root: Path) -> Path | None:
    """The folder in which the new file is made: one that no commit sees, should this process be killed meanwhile."""
    with suppress(OSError):
        return state_folder(root / STATE)
    return None


def _target(root: Path, path: str) -> Path:
    target = (root / path).resolve(strict=True)
    if not target.is_relative_to(root.resolve()):
        raise PublishError(f"{path} leads outside the documents' folder", "exclude it, or move the file inside")
    return target


@contextmanager
def _in_our_words(path: str, done: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = "make room and run again" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else ""
        raise PublishError(f"{path} can't be {done}: {error.strerror or error}", hint) from error
    except RuntimeError as error:
        # Python up to 3.12 reports a loop of symlinks this way.
        raise PublishError(f"{path} can't be {done}: its symlinks go round in a circle") from error
