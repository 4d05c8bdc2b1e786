"""Exit statuses: the contract with scripts. `--fail-on` chooses which of 4 to 7 count."""

from collections.abc import Collection
from enum import IntEnum, StrEnum


class Exit(IntEnum):
    """What the process ends with."""

    OK = 0
    FAILED = 1
    USAGE = 2
    PENDING = 3
    REFUSED = 4
    CONFLICTS = 5
    NOTHING = 6
    BUDGET = 7
    BUG = 70
    INTERRUPTED = 130
    TERMINATED = 143


class Outcome(StrEnum):
    """What a run can end as. Several can be true at once."""

    FAILED = "failed"
    REFUSED = "refused"
    CONFLICTS = "conflicts"
    BUDGET = "budget"
    NOTHING = "nothing"
    PENDING = "pending"


LADDER = {
    Outcome.FAILED: Exit.FAILED,
    Outcome.REFUSED: Exit.REFUSED,
    Outcome.CONFLICTS: Exit.CONFLICTS,
    Outcome.BUDGET: Exit.BUDGET,
    Outcome.NOTHING: Exit.NOTHING,
    Outcome.PENDING: Exit.PENDING,
}
"""The status of each outcome; the first that is true wins."""

CHOICES = (Outcome.FAILED, Outcome.REFUSED, Outcome.CONFLICTS, Outcome.BUDGET, Outcome.NOTHING)
"""What `--fail-on` may name."""

FAIL_ON = frozenset({Outcome.FAILED, Outcome.REFUSED, Outcome.NOTHING})
"""The default of `--fail-on`."""

ALWAYS = frozenset({Outcome.FAILED, Outcome.PENDING})
"""Never hidden: a failure is one whatever was asked, and pending changes count only where they were asked for."""


def exit_status(outcomes: Collection[Outcome], fail_on: Collection[Outcome] = FAIL_ON) -> int:
    """The exit status of a run with these outcomes; give `PENDING` only under `--detailed-exitcode`."""
    return next(
        (int(code) for outcome, code in LADDER.items() if outcome in outcomes and outcome in (ALWAYS | set(fail_on))), 0
    )


def parse_fail_on(text: str) -> frozenset[Outcome]:
    """The outcomes that `--fail-on` names, separated by commas; "none" names nothing. Raises `ValueError`."""
    if text.strip() == "none":
        return frozenset()
    words = [word.strip() for word in text.split(",")]
    unknown = [word for word in words if word not in CHOICES]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not one of {', '.join(CHOICES)} (or none)")
    return frozenset(Outcome(word) for word in words)
