"""One run at a time on one machine: another one waits, and says so.

Two runs at once end right without it (two checkouts, two machines: see `app`); with it they don't do work twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from tracksync.atomic import LEFT_OVER
from tracksync.errors import TracksyncError
from tracksync.state import state_folder

SECONDS = 60.0
"""How long a run waits for another one to end."""

Say = Callable[[str], None]


@contextmanager
def alone(state: Path, say: Say, seconds: float = SECONDS) -> Iterator[None]:
    """Hold the lock in the folder for local state, and remove what killed runs left half-written in there.

    Raises `TracksyncError` when another run has it for `seconds`.
    Where no lock can be made (a read-only disk, a file system without locks) the run goes on without one.
    """
    lock = _made(state)
    if lock is None:
        yield
        return
    try:
        if not _taken(lock, 0):
            say("another tracksync run is at work here; waiting for it to end")
            if not _taken(lock, seconds):
                raise TracksyncError(
                    f"another tracksync run has been at work here for over {seconds:.0f} seconds ({lock.lock_file})",
                    "wait for it to end, or stop it; a lock that nobody holds needs no cleaning up",
                )
        if lock.is_locked:
            _sweep(state)
        yield
    finally:
        lock.release()


def _made(state: Path) -> FileLock | None:
    with suppress(OSError):
        return FileLock(state_folder(state) / "lock")
    return None


def _taken(lock: FileLock, seconds: float) -> bool:
    """False when another process has it all the time; also True where locks can't be had."""
    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        return False
    except (OSError, NotImplementedError):
        return True
    return True


def _sweep(state: Path) -> None:
    for file in state.rglob(LEFT_OVER):
        with suppress(OSError):
            file.unlink()
