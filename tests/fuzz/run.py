"""Fuzzing with atheris: `python -m tests.fuzz.run MINUTES`. Findings stay in `.fuzz/`; exit status 1 if there are any.

A finding ends its target; the others go on. `python -m tests.fuzz.run TARGET FILE` tries one finding again.
"""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.mutate import ROOT, samples
from tests.fuzz.targets import TARGETS

FOUND = ROOT / ".fuzz"
LONGEST = 6 * 1024
"""Bytes of one input: structure matters more than length, and the benchmark has the long ones."""
HANG = 5
"""Seconds that one input may take."""


class Fuzzed(NamedTuple):
    """How one target fared."""

    name: str
    executions: int
    findings: list[Path]
    log: Path


def fuzz(name: str, seconds: int) -> Fuzzed:
    """Run one target in a process of its own."""
    folder = FOUND / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(samples(TARGETS[name].kind)):
        (corpus / f"sample-{number}").write_bytes(data)
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={HANG}", "-rss_limit_mb=1024"]
    options += [f"-artifact_prefix={folder}/", "-print_final_stats=1"]
    command = [sys.executable, "-m", "tests.fuzz.drive", name, *options, str(corpus)]
    log = folder / "log"
    before = _findings(folder)
    with log.open("wb") as file:
        subprocess.run(command, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, check=False)
    counts = re.findall(r"^#(\d+)\s|number_of_executed_units:\s*(\d+)", log.read_text("utf-8", "replace"), re.MULTILINE)
    executions = max((int(one or other) for one, other in counts), default=0)
    return Fuzzed(name, executions, sorted(_findings(folder) - before), log)


def _findings(folder: Path) -> set[Path]:
    return {path for kind in ("crash", "timeout", "oom", "slow-unit") for path in folder.glob(f"{kind}-*")}


def main(arguments: Sequence[str]) -> int:
    """All targets at once, as many as there are processors, for so many minutes together."""
    if arguments[0] in TARGETS:
        TARGETS[arguments[0]].run(Path(arguments[1]).read_bytes())
        return 0
    processors = min(len(TARGETS), os.cpu_count() or 1)
    seconds = int(float(arguments[0]) * 60 * processors / len(TARGETS))
    with ThreadPoolExecutor(processors) as pool:
        done = list(pool.map(lambda name: fuzz(name, seconds), TARGETS))
    for one in done:
        print(f"{one.name:16} {one.executions:>9,} executions, {len(one.findings)} findings")
        for path in one.findings:
            print(f"  python -m tests.fuzz.run {one.name} {path.relative_to(ROOT)}")
    # A target that never ran has proven nothing.
    return int(any(one.findings or not one.executions for one in done))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
