"""The plan as JSON (docs/schemas/plan.json)."""

from dataclasses import asdict

from tracksync.model import Problem
from tracksync.planning.changes import Conflict, Limit, Plan, Skipped, as_json, ref_json
from tracksync.reports.json_text import json_text


def plan_json(plan: Plan) -> str:
    """The plan as JSON text: the same plan gives the same bytes."""
    return json_text(plan_value(plan))


def plan_value(plan: Plan) -> dict[str, object]:
    """The plan as a JSON object; `digest` covers `changes` alone."""
    return {
        "schema": 1,
        "digest": plan.digest,
        "changes": [as_json(change) for change in plan.changes],
        "skipped": [_skipped(skip) for skip in plan.skipped],
        "problems": [problem_value(problem) for problem in plan.problems],
        "conflicts": [_conflict(conflict) for conflict in plan.conflicts],
        "limits": [_limit(limit) for limit in plan.limits],
        "cost": asdict(plan.cost),
    }


def problem_value(problem: Problem) -> dict[str, object]:
    """A problem as a JSON object with its document's path."""
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "path": problem.path,
        "line": problem.line,
        "message": problem.message,
    }


def _skipped(skip: Skipped) -> dict[str, object]:
    return {
        "path": skip.path,
        "line": skip.line,
        "reason": skip.reason.value,
        "detail": skip.detail,
        "key": skip.key or None,
        "issue": ref_json(skip.issue),
        "field": skip.field.value if skip.field else None,
    }


def _conflict(conflict: Conflict) -> dict[str, object]:
    return {
        "key": conflict.key,
        "path": conflict.path,
        "line": conflict.line,
        "issue": ref_json(conflict.issue),
        "field": conflict.field.value,
        "base": conflict.base,
        "document": conflict.document,
        "tracker": conflict.tracker,
        "reason": conflict.reason,
        "person": conflict.person or None,
    }


def _limit(limit: Limit) -> dict[str, object]:
    return {
        "name": limit.name,
        "project": limit.project or None,
        "counted": limit.counted,
        "allowed": limit.allowed,
        "exceeded": limit.exceeded,
    }
