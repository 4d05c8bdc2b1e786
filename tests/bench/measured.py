"""One row of the benchmark's table."""

import resource
import sys
from typing import NamedTuple


class Measured(NamedTuple):
    """One promise: what was measured, the most that it may be, and what the number is made of."""

    name: str
    value: float
    limit: float
    unit: str
    detail: str

    @property
    def broken(self) -> bool:
        """The promise is not kept."""
        return self.value > self.limit

    def __str__(self) -> str:
        verdict = "TOO MUCH" if self.broken else "ok"
        value = f"{self.value:.2f}{self.unit}"
        return f"{self.name:40} {value:>11}  at most {self.limit:g}{self.unit:4} {verdict:9} {self.detail}"


def peak_memory() -> float:
    """The peak of this process in MB. Linux counts that of the process that started it too."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000_000 / 1024)
