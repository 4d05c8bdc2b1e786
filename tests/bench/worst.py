"""How long hostile documents take: `python tests/bench/worst.py` for the table alone."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import NamedTuple

from hostile import SHAPES, SIZE
from measured import Measured, peak_memory

CHECKOUT = Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES, GROWTH = 10, 600, 2.5
ROUNDS = 2
LEAST = 0.2
"""Seconds; in less than that a ratio says nothing."""


class Run(NamedTuple):
    """One document in a process of its own: processor seconds to read and to rewrite it, and the peak in MB."""

    parse: float
    rewrite: float
    memory: float


def once(name: str, size: int) -> Run:
    """Read the document, then write its last item anew (which reads it twice more). Nothing is remembered before."""
    from tracksync.documents import parse, rewrite
    from tracksync.model import Field, ItemEdit

    data = SHAPES[name](size).encode()
    start = process_time()
    document = parse("a.md", data)
    read = process_time()
    edit = ItemEdit(document.items[-1].index, Field.STATUS, "complete")
    result = rewrite("a.md", data, [edit])
    done = process_time()
    if result.done != (edit,):
        raise SystemExit(f"{name}: {result.problems}")
    return Run(read - start, done - read, peak_memory())


def measure(name: str) -> list[Measured]:
    """The rows of one shape: time, memory, and the growth from half the size to all of it; the best of some rounds."""
    runs: dict[int, list[Run]] = {SIZE // 2: [], SIZE: []}
    for _ in range(ROUNDS):
        for size, found in runs.items():
            command = [sys.executable, __file__, name, str(size)]
            output = subprocess.run(command, check=True, capture_output=True, text=True, cwd=CHECKOUT).stdout
            found.append(Run(*map(float, output.split())))
    half, whole = (Run(*map(min, zip(*found, strict=True))) for found in runs.values())
    seconds, growth = (
        max(whole.parse, whole.rewrite),
        max(_growth(half.parse, whole.parse), _growth(half.rewrite, whole.rewrite)),
    )
    detail = f"parse {whole.parse:.2f} s, rewrite {whole.rewrite:.2f} s"
    return [
        Measured(f"hostile {name}", seconds, SECONDS, " s", detail),
        Measured(f"hostile {name}, peak memory", whole.memory, MEGABYTES, " MB", "a process of its own"),
        Measured(f"hostile {name} / half of it", growth, GROWTH, "x", "the worse of parse and rewrite"),
    ]


def _growth(half: float, whole: float) -> float:
    return whole / max(half, LEAST)


def measure_hostile() -> list[Measured]:
    """All shapes."""
    return [row for name in SHAPES for row in measure(name)]


def main(arguments: Sequence[str]) -> int:
    """One run for the parent process, or the table."""
    if arguments:
        print(*once(arguments[0], int(arguments[1])))
        return 0
    rows = measure_hostile()
    print("\n".join(map(str, rows)))
    return int(any(row.broken for row in rows))


if __name__ == "__main__":
    sys.path.insert(0, str(CHECKOUT))
    raise SystemExit(main(sys.argv[1:]))
