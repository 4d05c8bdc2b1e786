"""The promises about speed and memory, measured: `python tests/bench/run.py`; exit status 1 when one is broken.

Times are compared within one process and one run, as medians over alternating rounds: a ratio holds on any machine.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from generate import generate
from markdown_it import MarkdownIt
from measured import Measured, peak_memory
from platforms import measure_github
from worst import measure_hostile

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.append(str(CHECKOUT))  # for the servers of the tests
FEW, MANY = 1_500, 15_000
ROUNDS, ROUNDS_OF_MANY, STARTS = 5, 3, 21


def plan_archive(root: Path) -> None:
    """A cold plan of the archive in `root`: no cache and no tracker database from a former run."""
    from tracksync import app, config, git
    from tracksync.workspace import open_workspace

    shutil.rmtree(root / ".tracksync", ignore_errors=True)
    app.plan(open_workspace(config.load(root, git.toplevel(root))))


def parse_blocks(texts: Sequence[str]) -> None:
    """markdown-it-py's block structure of the same documents, decoded already, without inline parsing."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    for text in texts:
        parser.parse(text)


def measure_archives(folder: Path) -> list[Measured]:
    """Time against parsing, and against ten times the documents."""
    many = folder / "many"
    generate(many, MANY, seed=100)
    parses: list[float] = []
    few_plans: list[float] = []
    many_plans: list[float] = []
    for number in range(ROUNDS):
        # Each round has documents of its own, so that nothing remembered from the round before can help.
        few = folder / f"few-{number}"
        texts = [path.read_bytes().decode() for path in generate(few, FEW, seed=number)]
        works = [(parses, partial(parse_blocks, texts)), (few_plans, partial(plan_archive, few))]
        # Which one goes first alternates: neither always finds the processor's caches warm.
        for times, work in works if number % 2 else reversed(works):
            times.append(seconds(work))
        if number < ROUNDS_OF_MANY:
            many_plans.append(seconds(partial(plan_archive, many)))
    parse, few_plan, many_plan = median(parses), median(few_plans), median(many_plans)
    return [
        Measured(f"plan of {FEW:,} / parsing blocks", few_plan / parse, 1.5, "x", f"{few_plan:.2f} s / {parse:.2f} s"),
        Measured(f"plan of {MANY:,} / {FEW:,}", many_plan / few_plan, 11, "x", f"{many_plan:.2f} s / {few_plan:.2f} s"),
    ]


def measure_memory(folder: Path) -> Measured:
    """Peak memory of a process that plans the large archive and nothing else."""
    generate(folder / "memory", MANY, seed=200)
    peak = float(_output([sys.executable, str(CHECKOUT / "tests/bench/run.py"), "--plan", str(folder / "memory")]))
    return Measured(f"peak memory, plan of {MANY:,}", peak, 300, " MB", "a process of its own")


def measure_starts() -> list[Measured]:
    """How long the command line takes to say anything, against importing click."""
    script = Path(sys.executable).with_name("tracksync")
    tracksync = [str(script)] if script.exists() else [sys.executable, "-m", "tracksync"]
    commands = {
        "import click": [sys.executable, "-c", "import click"],
        "--version": [*tracksync, "--version"],
        "--help": [*tracksync, "--help"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(STARTS + 1):
        for name, command in commands.items():
            times[name].append(seconds(partial(_output, command)))
    # The first round compiles and fills the file cache.
    typical = {name: median(values[1:]) for name, values in times.items()}
    base = typical["import click"]
    return [
        Measured(f"tracksync {name} / import click", typical[name] / base, limit, "x", f"{typical[name] * 1000:.0f} ms")
        for name, limit in (("--version", 1.2), ("--help", 1.3))
    ]


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_of_plan(root: Path) -> float:
    """Plan, then this process's peak memory in MB."""
    plan_archive(root)
    return peak_memory()


def main(arguments: Sequence[str]) -> int:
    """Measure everything and print a table; 1 when a limit is exceeded."""
    if arguments:
        print(peak_of_plan(Path(arguments[1])))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        # Memory first: Linux counts the peak of the process that started it, so this one must still be small.
        measured = [measure_memory(Path(folder)), *measure_hostile()]
        measured += [*measure_starts(), *measure_archives(Path(folder)), *measure_github()]
    for one in measured:
        print(one)
    return int(any(one.broken for one in measured))


def _output(command: Sequence[str]) -> str:
    # From the checkout, where `-m tracksync` works without an installation.
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=CHECKOUT).stdout


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
