"""What `tracksync doctor` found, for people and as JSON (docs/schemas/doctor.json)."""

from collections.abc import Iterator, Sequence

from tracksync.checks import Check, Health
from tracksync.reports.json_text import json_text
from tracksync.reports.lines import BLANK, Line, Style, columns, no_style, padded, render
from tracksync.reports.words import counted

_KINDS = {Health.OK: "good", Health.WARNING: "warning", Health.FAILED: "error"}
_WORD = max(len(health) for health in Health)


def doctor_json(checks: Sequence[Check]) -> str:
    """All checks as JSON text."""
    rows = [
        {"name": one.name, "health": one.health.value, "message": one.message, "hint": one.hint or None}
        for one in checks
    ]
    return json_text({"schema": 1, "healthy": healthy(checks), "checks": rows})


def healthy(checks: Sequence[Check]) -> bool:
    """True when nothing failed."""
    return all(check.health is not Health.FAILED for check in checks)


def doctor_text(checks: Sequence[Check], *, width: int | None = None, style: Style = no_style) -> str:
    """One line for each check, with its hint below, and the sums."""
    return render(_lines(checks), width, style)


def _lines(checks: Sequence[Check]) -> Iterator[Line]:
    names = max((columns(check.name) for check in checks), default=0)
    indent = _WORD + names + 4
    for check in checks:
        first = f"{padded(check.health.value, _WORD)}  {padded(check.name, names)}  {check.message}"
        yield Line(_KINDS[check.health], first, indent)
        if check.hint:
            kind = "note" if check.health is Health.OK else "row"
            yield Line(kind, f"{' ' * indent}→ {check.hint}", indent + 2)
    yield BLANK
    yield _sums(checks)


def _sums(checks: Sequence[Check]) -> Line:
    counts = {health: sum(check.health is health for check in checks) for health in Health}
    if counts[Health.FAILED]:
        told = f"{counted(counts[Health.FAILED], 'check')} failed: a run can't do its work until that is settled."
        return Line("error", told)
    if counts[Health.WARNING]:
        return Line("warning", f"A run can work; {counted(counts[Health.WARNING], 'warning')}.")
    return Line("good", "All is well.")
