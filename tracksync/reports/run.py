"""What a sync did: the plan it followed, and what became of it."""

from dataclasses import dataclass

from tracksync.model import Problem
from tracksync.planning.changes import Change, Plan


@dataclass(frozen=True, slots=True)
class Failure:
    """A change that did not succeed. `unknown`: it was sent and its answer was lost, so it may have happened."""

    change: Change
    message: str
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class RunReport:
    """One finished run. `reads` and `writes` count requests to the tracker."""

    plan: Plan
    applied: tuple[Change, ...] = ()
    failed: tuple[Failure, ...] = ()
    documents_changed: tuple[str, ...] = ()
    reads: int = 0
    writes: int = 0
    published: tuple[str, ...] = ()
    """Where the documents' changes went, in words or as URLs."""
    noticed: tuple[Problem, ...] = ()
    """Those of the plan's problems that came up after it was shown."""
    stopped: str = ""
    """Why the run ended before its plan was carried out; "" when it did not."""
    remaining: tuple[Change, ...] = ()
    """What is left of the plan then."""
    resume: str = ""
    """ISO instant (UTC) from which a next run gets on; "" for at once."""
