"""How much one run may do. Over a limit nothing at all is written: the main danger is doing too much at once."""

from collections.abc import Iterator, Mapping, Sequence

from tracksync.planning.changes import Action, Change, Limit
from tracksync.planning.orphans import Orphans
from tracksync.planning.rules import Limits, Policy


def permitted(change: Change, policy: Policy) -> bool:
    """The policy as a filter over changes. Links are always written: they belong to a create."""
    if policy is Policy.FULL:
        return True
    if policy is Policy.UPSERT:
        return change.action not in (Action.CLOSE, Action.REOPEN)
    return change.action is Action.CREATE or (change.action is Action.WRITE and change.field == "issue")


def hold_against(
    limits: Limits, changes: Sequence[Change], tracked: Mapping[str, int], orphans: Orphans
) -> tuple[Limit, ...]:
    """Every limit with what this plan would do. Moving only the base shows nothing to anybody and isn't counted.

    `tracked`: how many items have an issue, by project; "" stands for the only one. Each project has its own limits
    for what is done to issues.
    """
    written = {change.path for change in changes if change.action is Action.WRITE}
    share = _share(limits, sum(tracked.values()))
    return (
        *(one for project, number in tracked.items() for one in _of_project(limits, changes, project, number)),
        _limit(limits, "documents", len(written), limits.documents, None),
        _limit(limits, "vanished", orphans.count, orphans.count if share is None else share, None),
        Limit("emptied", orphans.emptied, orphans.emptied if "vanished" in limits.allowed else 0),
    )


def _of_project(limits: Limits, changes: Sequence[Change], project: str, tracked: int) -> Iterator[Limit]:
    changes = [change for change in changes if project in ("", change.project)]
    creates = sum(change.action is Action.CREATE for change in changes)
    closes = sum(change.action is Action.CLOSE for change in changes)
    reopens = sum(change.action is Action.REOPEN for change in changes)
    updated = {c.issue for c in changes if c.action in (Action.UPDATE, Action.ADOPT) and not c.remembers_only}
    share = _share(limits, tracked)
    yield _limit(limits, "creates", creates, limits.creates, None, project)
    yield _limit(limits, "closes", closes, limits.closes, share, project)
    yield _limit(limits, "reopens", reopens, limits.reopens, None, project)
    yield _limit(limits, "updates", len(updated), limits.updates, share, project)


def _share(limits: Limits, tracked: int) -> int | None:
    return tracked * limits.relative_percent // 100 if tracked >= limits.relative_from else None


def _limit(limits: Limits, name: str, counted: int, absolute: int, relative: int | None, project: str = "") -> Limit:
    allowed = absolute if relative is None else min(absolute, relative)
    return Limit(name, counted, limits.allowed.get(name, allowed), project)
