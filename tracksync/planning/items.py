"""What is to be done for one matched item: its issue created, its fields decided, its link written."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracksync.model import (
    MERGED,
    ActionItem,
    Carrier,
    Field,
    Issue,
    Marker,
    Problem,
    Reading,
    Severity,
    SkipReason,
    Status,
)
from tracksync.owners import parted
from tracksync.planning.changes import Action, Skipped
from tracksync.planning.fields import Facts, OneField, Sides
from tracksync.planning.findings import Findings, change_of, problem_of
from tracksync.planning.identity import Match, Standing
from tracksync.planning.merge import Opinion, decide
from tracksync.planning.project import BLANK, Side, document_side, in_place, tracker_side
from tracksync.planning.rules import Rules
from tracksync.planning.settled import Settled, carrier_of
from tracksync.planning.world import World


class ItemPlanner:
    """Plans one item after the other against the same world."""

    def __init__(self, world: World, rules: Rules, findings: Findings) -> None:
        self.world = world
        self.rules = rules
        self.found = findings
        self.settled = Settled(world, rules.repository)
        self.carriers: dict[tuple[str, Field], list[Carrier]] = {}
        for carrier in world.carriers:
            self.carriers.setdefault((carrier.key, carrier.field), []).append(carrier)

    def plan(self, match: Match) -> None:
        """Add what is to be done for one match."""
        before = self.found.size
        if match.issue is None:
            self._new(match)
        elif match.standing is Standing.READ_ONLY:
            self._read_only(match, match.issue)
        else:
            self._two_way(match, match.issue)
        if self.found.size == before:
            self.found.in_sync += 1

    def _new(self, match: Match) -> None:
        path, line = match.document.path, match.item.line
        if path in self.world.older:
            detail = f"from before {self.world.since}"
            self.found.skipped.append(Skipped(path, line, SkipReason.OLDER, detail, match.key))
        elif path in self.world.undated:
            self.found.skipped.append(Skipped(path, line, SkipReason.UNDATED, "", match.key))
            message = (
                f"has no date that tells whether it is from before {self.world.since} (`documents.since`), so its "
                "items get no issue: write a line `Date: YYYY-MM-DD` into it"
            )
            self._once(match, "date-unknown", message, Severity.WARNING)
        else:
            self._create(match)

    def _create(self, match: Match) -> None:
        item = self.settled.stated(match) or match.item
        project = self.world.routes.project(match.document, item, self.world.directory)
        side = document_side(item, self.world.directory, self.world.hold, project)
        owner = side.says(Field.OWNER) or ""
        self._owners_known(match, side)
        due = f"due {item.due}" if item.due else ""
        status = item.status.replace("_", " ") if item.status and item.status is not Status.NOT_STARTED else ""
        known = ", ".join(part for part in (owner.replace(",", " and "), due, item.priority, status) if part)
        reason = f"no issue yet, goes to {project}" if project else "no issue yet"
        reason += f": {known}" if known else ""
        change = change_of(match, Action.CREATE, None, None, match.item.action, reason)
        self.found.changes.append(replace(change, goes_to=project))

    def _two_way(self, match: Match, issue: Issue) -> None:
        for duplicate in match.duplicates:
            reason = f"duplicate of {issue.ref}"
            change = change_of(
                match, Action.CLOSE, Field.STATUS, duplicate.status.value, Status.DUPLICATE.value, reason
            )
            self.found.changes.append(replace(change, issue=duplicate.ref))
        for fault in issue.faults:
            self.found.problems.append(problem_of(match, "issue-unreadable", Severity.WARNING, f"{issue.ref}: {fault}"))
        self._link(match, issue)
        sides = self.sides(match, issue)
        self._owners_known(match, sides.shown)
        if in_place(match.item, issue.status) is not issue.status:
            self._once(
                match,
                "box-says-less",
                "an issue is In Progress, Blocked or not done for another reason, which "
                "a check box can't say: it stays as it is",
            )
        if sides.item is None:
            self._not_committed(match, issue, sides.shown)
            return
        for facts in self.facts(match, issue, sides):
            OneField(self.found, match, issue, sides, facts).carry_out()
            waiting = self.carriers.get((match.key, facts.field), [])
            if facts.carrier is None and facts.tracker not in [carrier.value for carrier in waiting]:
                self.found.taken_back.extend(waiting)

    def _once(self, match: Match, rule: str, message: str, severity: Severity = Severity.NOTE) -> None:
        """Tell of something once for a whole document."""
        problem = Problem(rule, severity, match.document.path, 0, message)
        if problem not in self.found.problems:
            self.found.problems.append(problem)

    def _not_committed(self, match: Match, issue: Issue, shown: Side) -> None:
        """A row that HEAD lacks states nothing yet: going back to HEAD must not look like anybody's edit."""
        values = tracker_side(issue, self.world.directory, match.item)
        if any(shown.says(which) not in (None, values[which]) for which in MERGED):
            detail = "this row is not committed yet"
            skip = Skipped(match.document.path, match.item.line, SkipReason.UNCOMMITTED, detail, match.key, issue.ref)
            self.found.skipped.append(skip)

    def sides(self, match: Match, issue: Issue) -> Sides:
        """What the document states and shows about one item."""
        shown, item = self._side(issue, match.item), self.settled.stated(match)
        former = tuple(self._side(issue, row) for row in self.settled.former(match))
        if item is None or item is match.item:
            return Sides(item, shown, shown, former)
        return Sides(item, self._side(issue, item), shown, former)

    def _side(self, issue: Issue, item: ActionItem) -> Side:
        return document_side(item, self.world.directory, self.world.hold, issue.ref.project)

    def facts(self, match: Match, issue: Issue, sides: Sides) -> Iterator[Facts]:
        """Each merged field of a two-way item: all that is known about it, and what is decided."""
        values = tracker_side(issue, self.world.directory, match.item)
        memory = issue.marker.base if isinstance(issue.marker, Marker) else {}
        for which in MERGED:
            stated, shown, base = sides.stated.says(which), sides.shown.says(which), memory.get(which)
            former = [side.says(which) for side in sides.former]
            carrier = carrier_of(self.carriers.get((match.key, which), ()), base, stated, shown, former)
            policy = self.rules.fields[which]
            ticked = which is Field.STATUS and _closed(stated) and not issue.status.closed
            decision = decide(stated, values[which], base, carrier, policy, BLANK[which], ticked)
            yield Facts(which, stated, shown, values[which], base, carrier, decision)

    def _link(self, match: Match, issue: Issue) -> None:
        if match.item.link and self.world.resolve(match.item.link) == issue.ref:
            return
        if match.item.readings.issue is Reading.ABSENT:
            message = (
                f"{issue.ref} has no place in this row: add a status or an issue column (`documents.issue_column`)"
            )
            self.found.problems.append(problem_of(match, "no-place", Severity.NOTE, message))
            return
        after = self.world.link(issue.ref)
        reason = "moved to the issue that stays" if match.item.link else "found by its marker"
        self.found.changes.append(change_of(match, Action.WRITE, Field.ISSUE, match.item.link, after, reason))

    def _read_only(self, match: Match, issue: Issue) -> None:
        """A link to an issue that isn't ours: only its status is read. There is no memory, so a closed item is never
        opened again on its word, and an open issue says nothing about how far the work is.
        """
        shown, status = match.item.status, in_place(match.item, issue.status)
        opened = shown is not None and not status.closed
        if shown == status or (opened and shown is not None and not shown.closed):
            return
        if opened:
            message = f"complete here, but {issue.ref} is open and not ours to close"
            self.found.problems.append(problem_of(match, "read-only-differs", Severity.NOTE, message))
        elif match.item.readings.status in (Reading.SET, Reading.EMPTY, Reading.PLACEHOLDER):
            before = shown.value if shown else ""
            reason = f"status of {issue.ref} (read-only)"
            self.found.changes.append(change_of(match, Action.WRITE, Field.STATUS, before, status.value, reason))

    def _owners_known(self, match: Match, side: Side) -> None:
        for written in side.unknown_owners:
            similar = self.world.directory.similar(written)
            rule = "owner-ambiguous" if len({owner for _, owner in similar}) > 1 else "owner-unknown"
            self.found.problems.append(problem_of(match, rule, Severity.WARNING, _who(written, similar)))
        if side.unheld_owners:
            self.found.problems.append(problem_of(match, "owner-not-held", Severity.WARNING, _not_held(side)))


def _closed(status: Opinion) -> bool:
    return status is not None and Status(status).closed


def _not_held(side: Side) -> str:
    logins, assigned = parted(side.says(Field.OWNER) or "")[0], ""
    if logins:
        assigned = f" beside {logins.replace(',', ' and ')}"
    return (
        f"{' and '.join(side.unheld_owners)} can't be assigned{assigned} in the tracker: give them access to the "
        "project, or name another owner"
    )


def _who(written: str, similar: Sequence[tuple[str, str]]) -> str:
    known = " or ".join(f"{name} ({owner})" for name, owner in similar[:3])
    if len({owner for _, owner in similar}) > 1:
        return f"{written} may be {known}; write who it is, or add this spelling to `owners` in the configuration"
    advice = f"; did you mean {known}?" if similar else ""
    return f"no login is known for {written}: add it to `owners` in the configuration{advice}"
