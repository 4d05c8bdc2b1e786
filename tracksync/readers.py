"""Who can see the documents and the issues, as far as the tracker's host tells."""

from collections.abc import Callable, MutableMapping

from tracksync import home
from tracksync.config.settings import Settings
from tracksync.errors import BudgetSpent, TrackerError
from tracksync.planning.visibility import SAME, Reach, reach_of
from tracksync.trackers.base import RepositoryFacts, Tracker


def documents_at(settings: Settings, tracker: Tracker) -> str:
    """The documents' repository, where it is on the tracker's host, else ""."""
    remote = home.remote_of(settings) if settings.tracker != "local" else None
    return remote.project if remote and home.hosted_at(remote, tracker) else ""


def reach(
    settings: Settings,
    tracker: Tracker,
    remembered: Callable[[str], RepositoryFacts],
    fresh: MutableMapping[str, str],
    project: str,
    freshly: bool,
) -> Reach:
    """The reach of a project's issues and of the documents. `fresh`: what was asked in this run already, which is at
    most one request for each project. Raises `TrackerError`.
    """
    allowed = settings.hosted.allow_more_public, settings.hosted.allow_less_public
    project = project or tracker.project
    documents = documents_at(settings, tracker)
    if settings.tracker == "local" or all(allowed):
        return SAME
    hides = settings.tracker == "gitlab"
    if documents.lower() == project.lower():
        both = remembered(project).visibility if hides else SAME.issues
        return SAME._replace(documents=both, issues=both, back_allowed=allowed[1])
    if freshly and project not in fresh:
        names = [name for name in (project, documents) if name]
        fresh.update(dict.fromkeys(names, ""))
        fresh.update(tracker.visibility(names))
    issues = fresh[project] if project in fresh else remembered(project).visibility
    return reach_of(_seen_by(documents, remembered, fresh), issues, project)._replace(
        out_allowed=allowed[0], back_allowed=allowed[1], hides=hides
    )


def _seen_by(
    documents: str, remembered: Callable[[str], RepositoryFacts], fresh: MutableMapping[str, str]
) -> str | None:
    """Who sees the documents; None where that isn't told."""
    if not documents or documents in fresh:
        return fresh.get(documents)
    try:
        return remembered(documents).visibility
    except BudgetSpent:
        raise
    except TrackerError:
        return None
