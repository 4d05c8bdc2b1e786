"""Reading and rewriting a folder of annotated documents: `make bench CORPUS=DIR`; exit status 1 below a figure."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from exact import Exactness, exactness
from score import FIELDS, Score, score


def figures(found: Score) -> Iterator[tuple[str, float, float, bool]]:
    """Name, value, limit, and whether the limit is a minimum."""
    yield "recall %", percent(found.found, found.required), 97, True
    yield "precision %", percent(found.found, found.found + found.false), 97, True
    yield "documents exactly right %", percent(found.exact, found.documents), 100 * 63 / 68, True
    yield "false items in negative documents", found.false_in_negatives, 2, False
    for name in FIELDS:
        yield f"{name} right %", percent(found.right[name], found.given[name]), 95, True
        yield f"{name} falsely filled %", percent(found.filled[name], found.empty[name], 0), 2, False


def percent(part: int, whole: int, nothing: float = 100) -> float:
    """A share; `nothing` where there is no whole."""
    return 100 * part / whole if whole else nothing


def main(arguments: Sequence[str]) -> int:
    """Print the figures, then every fault."""
    folder = Path(arguments[0])
    found = score(folder)
    failed = False
    for name, value, limit, least in figures(found):
        good = value >= limit if least else value <= limit
        failed = failed or not good
        print(f"{name:40} {value:8.1f}  {'at least' if least else 'at most'} {limit:.1f}  {'ok' if good else 'MISSED'}")
    names = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name != "manifest.yaml")
    with tempfile.TemporaryDirectory() as work:
        written = exactness(folder, names, Path(work))
    print(f"{'written back byte by byte':40} {_told(written)}")
    for fault in (*found.faults, *written.faults):
        print(f"  {fault}")
    return int(failed or bool(written.faults))


def _told(written: Exactness) -> str:
    verdict = "ok" if not written.faults else f"{len(written.faults)} FAULTS"
    return f"{written.issues} issues, {written.closed} closed, {written.lines} lines changed  {verdict}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
