"""Who can see the documents and the issues, as far as the tracker's host tells."""

from collections.abc import Callable, MutableMapping
from functools import cached_property

from tracksync import home
from tracksync.config.settings import Settings
from tracksync.errors import BudgetSpent, TrackerError
from tracksync.planning.visibility import PRIVATE, SAME, Reach, reach_of
from tracksync.trackers.base import RepositoryFacts, Tracker


class Readers:
    """Who can see what; `fresh` holds what was asked in this run already, which is one request for each project."""

    def __init__(
        self,
        settings: Settings,
        tracker: Tracker,
        remembered: Callable[[str], RepositoryFacts],
        fresh: MutableMapping[str, str],
    ) -> None:
        self._settings = settings
        self._tracker = tracker
        self._remembered = remembered
        self._fresh = fresh

    @cached_property
    def documents(self) -> str:
        """The documents' repository, where it is on the tracker's host, else ""."""
        remote = home.remote_of(self._settings) if self._settings.tracker != "local" else None
        return remote.project if remote and home.hosted_at(remote, self._tracker) else ""

    def reach(self, project: str, freshly: bool) -> Reach:
        """The reach of a project's issues ("" for the default one) and of the documents. Raises `TrackerError`."""
        hosted = self._settings.hosted
        project = project or self._tracker.project
        allowed = hosted.allow_more_public and hosted.allow_less_public
        if self._settings.tracker == "local" or allowed:
            return SAME
        hides = self._settings.tracker == "gitlab"
        if self.documents.lower() == project.lower():
            both = self._remembered(project).visibility if hides else PRIVATE
            return SAME._replace(
                documents=both,
                issues=both,
                back_allowed=hosted.allow_less_public,
                hides=hides,
                hides_always=hosted.confidential,
            )
        if freshly and project not in self._fresh:
            self._ask([name for name in (project, self.documents) if name])
        issues = self._fresh[project] if project in self._fresh else self._remembered(project).visibility
        return reach_of(self._seen_by(), issues, project)._replace(
            out_allowed=hosted.allow_more_public,
            back_allowed=hosted.allow_less_public,
            hides=hides,
            hides_always=hosted.confidential,
        )

    def _ask(self, names: list[str]) -> None:
        told = self._tracker.visibility(names)
        self._fresh.update({name: told.get(name, "") for name in names})

    def _seen_by(self) -> str | None:
        """Who sees the documents; None where that isn't told."""
        if not self.documents or self.documents in self._fresh:
            return self._fresh.get(self.documents)
        try:
            return self._remembered(self.documents).visibility
        except BudgetSpent:
            raise
        except TrackerError:
            return None
