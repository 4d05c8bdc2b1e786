"""Several projects of one platform as one tracker. Which project gets a new issue was decided elsewhere."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from tracksync.checks import Check
from tracksync.errors import TrackerError
from tracksync.model import Fetched, Field, Issue, IssueDraft, IssuePatch, IssueRef, Overwritten, Problem, Written
from tracksync.trackers.base import RepositoryFacts, Requests, Tracker


def routed(default: str, others: Iterable[str], open_one: Callable[[str], Tracker]) -> Tracker:
    """The tracker of the default project, together with those of the others where there are any."""
    projects = [project for project in dict.fromkeys(others) if project != default]
    first = open_one(default)
    return Routed(first, [open_one(project) for project in projects]) if projects else first


def parts(tracker: Tracker) -> Sequence[Tracker]:
    """The trackers of single projects that a tracker is made of: each has a listing of its own."""
    return tracker.parts if isinstance(tracker, Routed) else (tracker,)


_SHARED = ("server", "clock", "token", "requests", "branch", "branch rules")
"""Checks that say the same whatever the project."""


class Routed:
    """One tracker for each project; what names no project means the default one."""

    def __init__(self, default: Tracker, others: Sequence[Tracker]) -> None:
        self.parts = (default, *others)
        self.host = default.host
        self.project = default.project
        self.pace = default.pace
        self.histories = default.histories
        self.notes = default.notes
        for other in others:
            other.notes = self.notes
        self._default = default
        self._by_project = {part.project: part for part in self.parts}

    @property
    def requests(self) -> Requests:
        """How many requests were sent to all of them."""
        counts = {id(part.requests): part.requests for part in self.parts}.values()
        return Requests(sum(one.read for one in counts), sum(one.write for one in counts))

    @property
    def reader(self) -> str:
        """Who reads all of them."""
        return self._default.reader

    def check(self) -> list[Problem]:
        """What stands in the way of working with any of the projects."""
        return [problem for part in self.parts for problem in part.check()]

    def called(self) -> str:
        """The default project's present name."""
        return self._default.called()

    def repository(self, remote: str) -> RepositoryFacts:
        """A repository on the host; what is special about a project, its own tracker knows."""
        return self._by_project.get(remote, self._default).repository(remote)

    def visibility(self, names: Sequence[str]) -> Mapping[str, str]:
        """Who can see these repositories now; the tracker of the first project among them is asked."""
        asked = next((self._by_project[name] for name in names if name in self._by_project), self._default)
        return asked.visibility(names)

    def diagnose(self, documents: str, now: datetime) -> list[Check]:
        """The checks of the default project; of the others those that say something else of the project."""
        first, *others = [part.diagnose(documents, now) for part in self.parts]
        known = {(check.name, check.message) for check in first}
        found = [
            check._replace(message=f"{part.project}: {check.message}")
            for part, checks in zip(self.parts[1:], others, strict=True)
            for check in checks
            if check.name not in _SHARED and (check.name, check.message) not in known
        ]
        return [*first, *found]

    def issues(self, since: str = "", *, every: bool = False) -> Fetched:
        """The listings of all projects; complete when each of them is. A version means something to one project only,
        so with `since` each part is to be asked by itself.
        """
        if since:
            raise ValueError("a version belongs to one project: ask the parts")
        found = [part.issues(every=every) for part in self.parts]
        reason = "; ".join(one.reason for one in found if not one.complete)
        return Fetched(tuple(issue for one in found for issue in one.issues), all(o.complete for o in found), reason)

    def fetch(self, refs: Sequence[IssueRef]) -> Mapping[IssueRef, Issue]:
        """These issues by number, each from its project."""
        wanted: dict[str, list[IssueRef]] = defaultdict(list)
        for ref in refs:
            if ref.project in self._by_project:
                wanted[ref.project].append(ref)
        found: dict[IssueRef, Issue] = {}
        for project, own in wanted.items():
            found |= self._by_project[project].fetch(own)
        return found

    def whereabouts(self, ref: IssueRef) -> str:
        """What is known of an issue that was not found."""
        return self._part(ref.project).whereabouts(ref)

    def refined(self, issues: Sequence[Issue]) -> Sequence[Issue]:
        """The issues with what only further requests to their projects tell."""
        own: dict[str, list[Issue]] = defaultdict(list)
        for issue in issues:
            own[issue.ref.project].append(issue)
        return [one for project, group in own.items() for one in self._part(project).refined(group)]

    def create(self, draft: IssueDraft) -> Issue:
        """One new issue, in the draft's project."""
        return self._part(draft.project).create(draft)

    def update(self, seen: Issue, patch: IssuePatch) -> Issue:
        """One write, in the issue's project."""
        return self._part(seen.ref.project).update(seen, patch)

    def overwritten(self, written: Sequence[Written]) -> list[Overwritten]:
        """People's edits that our updates overwrote, by the histories in each project."""
        own: dict[str, list[Written]] = defaultdict(list)
        for one in written:
            own[one.after.ref.project].append(one)
        return [found for project, group in own.items() for found in self._part(project).overwritten(group)]

    def editors(self, asked: Sequence[tuple[IssueRef, Field]]) -> Mapping[tuple[IssueRef, Field], str]:
        """Who changed these fields last, by the histories in each project."""
        own: dict[str, list[tuple[IssueRef, Field]]] = defaultdict(list)
        for one in asked:
            own[one[0].project].append(one)
        return {one: who for project, group in own.items() for one, who in self._part(project).editors(group).items()}

    def hold(self, values: Mapping[Field, str], project: str = "") -> Mapping[Field, str]:
        """These values as this project would show them."""
        return self._part(project).hold(values, project)

    def reference(self, text: str) -> IssueRef | None:
        """The issue that a reference names; one without a project is the default project's."""
        return next((ref for part in self.parts if (ref := part.reference(text))), None)

    def link(self, ref: IssueRef) -> str:
        """The reference to write into a document."""
        return self._part(ref.project).link(ref)

    def _part(self, project: str) -> Tracker:
        if project and project not in self._by_project:
            raise TrackerError(f"{project} is not among the projects of the configuration", "add it to tracker.routes")
        return self._by_project.get(project, self._default)
