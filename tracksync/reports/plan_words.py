"""What a plan says about itself, in sentences: the same in text and in Markdown."""

from tracksync.model import Field, SkipReason
from tracksync.planning.changes import Action, Change, Limit, Plan
from tracksync.reports.words import SKIP_WORDS, counted, shown, tally

_LIMIT_WORDS = {
    "creates": "issues to create",
    "closes": "issues to close",
    "reopens": "issues to reopen",
    "updates": "issues to update",
    "documents": "documents to change",
    "vanished": "documents or rows that vanished",
    "emptied": "documents that lost all their items",
}


def what(change: Change) -> str:
    """The change itself: the new item's text, or the field with its value before and after."""
    if change.field is None:
        return change.title or shown(None, change.after)
    if change.field is Field.ISSUE:
        former = f"{change.before} → " if change.before else ""
        return f"link {former}{change.after}" if change.after else "link to the issue"
    if change.before == change.after:
        return f"{change.field} {shown(change.field, change.after)}"
    return f"{change.field} {shown(change.field, change.before)} → {shown(change.field, change.after)}"


def summary(plan: Plan) -> str:
    """One line: what would happen, and how the other items stand."""
    return f"Plan: {todo(plan.changes)}; {rest(plan)}."


def todo(changes: tuple[Change, ...]) -> str:
    """What the changes would do, counted by kind."""
    counts = {action: sum(c.action is action and not c.remembers_only for c in changes) for action in Action}
    parts = [f"{n} to {action}" for action, n in counts.items() if n and action is not Action.WRITE]
    if counts[Action.WRITE]:
        paths = {c.path for c in changes if c.action is Action.WRITE}
        parts.append(f"{counted(counts[Action.WRITE], 'cell')} to write in {counted(len(paths), 'document')}")
    remembered = sum(c.remembers_only for c in changes)
    return ", ".join([*parts, f"{remembered} to remember"] if remembered else parts)


def rest(plan: Plan) -> str:
    """The items that no change touches, counted: in sync, skipped, conflicts, problems."""
    parts = [f"{plan.in_sync} in sync"]
    parts += [f"{len(plan.skipped)} skipped"] if plan.skipped else []
    parts += [counted(len(plan.conflicts), "conflict")] if plan.conflicts else []
    parts += [counted(len(plan.problems), "problem")] if plan.problems else []
    return ", ".join(parts)


def looked_at(plan: Plan) -> str:
    """How much was looked at, and how it stands: the second line of a plan without changes."""
    return f"{counted(plan.items, 'action item')} in {counted(plan.documents, 'document')}, {rest(plan)}."


def nothing(plan: Plan) -> str:
    """The first line of a plan without changes."""
    if all_held(plan):
        return f"Nothing to do: {held_back(plan)}."
    older = sum(skip.reason is SkipReason.OLDER for skip in plan.skipped)
    if older and older >= plan.items:
        verb = "is" if older == 1 else "are"
        return f"Nothing to do: {counted(older, 'action item')} {verb} older than `documents.since`."
    return "No changes."


def held_back(plan: Plan) -> str:
    """How many documents are held back and by which status lines."""
    verb = "is" if len(plan.held) == 1 else "are"
    return f"{counted(len(plan.held), 'document')} {verb} held back ({tally(status for _, status in plan.held)})"


def skip_counts(plan: Plan) -> str:
    """The skips, counted by reason."""
    return tally(SKIP_WORDS[skip.reason] for skip in plan.skipped)


def refusals(plan: Plan, command: str) -> list[str]:
    """What each exceeded limit forbids, how much the plan wants, and last the command that lets it all through once.

    `command` runs a sync of the same documents.
    """
    if not plan.exceeded:
        return []
    return [*map(_refusal, plan.exceeded), f"If this is meant: {command} {plan.lifting}"]


def _refusal(limit: Limit) -> str:
    things = _LIMIT_WORDS.get(limit.name, limit.name)
    return f"Refused: {limit.counted} {things}{limit.where}, the limit is {limit.allowed}."


def all_held(plan: Plan) -> bool:
    """True when nothing that was looked at is published."""
    unpublished = sum(skip.reason is SkipReason.UNPUBLISHED for skip in plan.skipped)
    return bool(plan.held) and (len(plan.held) >= plan.documents or unpublished >= plan.items)
