"""Carries out the changes of issues. What a tracker answers is held against what was asked, and so is what people did
to an issue in the round trip before our write.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracksync.apply import Results, told
from tracksync.errors import BudgetSpent, OutcomeUnknown, StaleIssue, TrackerError
from tracksync.model import Field, Issue, IssuePatch, IssueRef, Problem, Severity, Written
from tracksync.planning import orders, returned
from tracksync.planning.changes import Change
from tracksync.planning.plan import Planned
from tracksync.reports.run import Failure
from tracksync.trackers.base import Tracker


@dataclass(frozen=True, slots=True)
class TrackerWriter:
    """Creates and updates the issues of one plan."""

    planned: Planned
    tracker: Tracker
    results: Results

    def create(self, changes: Iterable[Change]) -> None:
        """POST one issue for each change. An unknown outcome is never sent again: the next listing tells."""
        above = orders.highest_named(self.planned.world)
        for change in changes:
            if self.results.spent:
                break
            if self.results.lost:
                self.results.failed.append(Failure(change, self.results.lost))
            else:
                self._create(change, above)

    def _create(self, change: Change, above: Mapping[str, int]) -> None:
        planned, results = self.planned, self.results
        try:
            draft = orders.draft(planned.match(change), planned.world, planned.repository, above)
            made = self.tracker.create(draft)
        except BudgetSpent as error:
            results.spent = error
        except TrackerError as error:
            unknown = isinstance(error, OutcomeUnknown)
            results.failed.append(Failure(change, told(error), unknown))
            if unknown:
                results.created.add(change.key)
        else:
            results.applied.append(change)
            results.created.add(change.key)
            results.made[made.ref] = made
            dropped = returned.from_draft(draft, made, self._held)
            results.lost = returned.lost(made, dropped)
            self._tell_of_dropped(change, made, draft.values, dropped)
            self._pass_on_notes(change)

    def _pass_on_notes(self, change: Change) -> None:
        notes, self.tracker.notes[:] = list(self.tracker.notes), []
        self.results.noticed += [Problem("beside", Severity.WARNING, change.path, change.line, text) for text in notes]

    def update(self, changes: Sequence[Change]) -> None:
        """One PATCH for each issue, made from a re-read just before."""
        for group in _by_issue(changes):
            if self.results.spent:
                break
            issue = _issue_of(self.planned, group[0])
            patch = orders.patch(issue, group)
            try:
                after = self._patched(issue, patch, group[0])
            except BudgetSpent as error:
                self.results.spent = error
            except StaleIssue:
                self.results.stale.extend(group)
            except TrackerError as error:
                unknown = isinstance(error, OutcomeUnknown)
                self.results.failed.extend(Failure(change, told(error), unknown) for change in group)
            else:
                self.results.applied.extend(group)
                dropped = returned.from_patch(patch, after, self._held)
                self._tell_of_dropped(group[0], after, patch.values, dropped)

    def _held(self, values: Mapping[Field, str], project: str) -> Mapping[Field, str]:
        """What the project can hold of these values; nothing where it doesn't say. What was written stays written."""
        try:
            return self.planned.world.hold(values, project)
        except TrackerError:
            return {}

    def _patched(self, issue: Issue, patch: IssuePatch, change: Change) -> Issue:
        after = self.tracker.update(issue, patch)
        self.results.written.append((Written(issue, patch, after), change))
        return after

    def _tell_of_dropped(self, change: Change, issue: Issue, asked: Collection[Field], dropped: Sequence[str]) -> None:
        """Tell of what the tracker did not take, and set right what the marker remembers of it."""
        if not dropped:
            return
        corrected = True
        patch = returned.correction(issue, asked, dropped, self.planned.world.directory)
        if patch is not None:
            try:
                self._patched(issue, patch, change)
            except TrackerError:
                corrected = False
        self.results.noticed.append(returned.problem(change, issue, dropped, corrected))


def tell_of_overwritten(tracker: Tracker, results: Results) -> None:
    """Look once at the history of the issues that were updated. That this look failed is no failure of the run."""
    if not results.written:
        return
    places = {written.after.ref: change for written, change in results.written}
    try:
        found = tracker.overwritten([written for written, _ in results.written])
    except TrackerError as error:
        message = f"whether an update overwrote somebody's edit could not be looked up: {told(error)}"
        results.noticed.append(Problem("history-unread", Severity.WARNING, "", 0, message))
    else:
        results.noticed.extend(returned.overwrote(one, places[one.ref]) for one in found)


def still_current(planned: Planned, changes: Sequence[Change], tracker: Tracker, results: Results) -> list[Change]:
    """The changes whose issues are still as they were planned (re-read by number); the others are stale."""
    seen = {issue.ref: issue for change in changes if (issue := planned.match(change).issue)}
    try:
        now = tracker.fetch(list(seen))
    except BudgetSpent as error:
        results.spent = error
        return []
    moved = {ref for ref, issue in seen.items() if ref not in now or now[ref].version != issue.version}
    results.stale.extend(change for change in changes if change.issue in moved)
    return [change for change in changes if change.issue not in moved]


def _by_issue(changes: Sequence[Change]) -> list[list[Change]]:
    groups: dict[IssueRef | None, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.issue, []).append(change)
    return list(groups.values())


def _issue_of(planned: Planned, change: Change) -> Issue:
    return next(issue for issue in planned.candidates(change) if issue.ref == change.issue)
