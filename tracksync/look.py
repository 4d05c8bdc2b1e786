"""One look at both sides and the memory: the only place where a run reads."""

import os
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from tracksync import archive, git, home
from tracksync.cache import listing
from tracksync.errors import BudgetSpent, NothingFound, TrackerError
from tracksync.journal import Entry
from tracksync.model import Carrier, CarrierState, Document, Fetched, Issue, IssueRef, Marker, Problem, Severity
from tracksync.owners import Directory
from tracksync.planning.routes import Routes
from tracksync.planning.world import World
from tracksync.trackers.base import Tracker
from tracksync.trackers.routed import parts
from tracksync.workspace import Workspace


def read_documents(workspace: Workspace, paths: Sequence[Path] = ()) -> tuple[Document, ...]:
    """The documents alone, with all their fields: what `items` shows."""
    return archive.read_documents(workspace.settings, workspace.words, paths, workspace.progress)


def in_archive(workspace: Workspace, wanted: str) -> str:
    """PATH:LINE as the archive names it, PATH being relative to the working directory; any other KEY as it is."""
    path, _, line = wanted.rpartition(":")
    full, root = Path(os.path.realpath(path)), workspace.settings.root.resolve()
    inside = line.isdigit() and full.is_file() and full.is_relative_to(root)
    return f"{full.relative_to(root).as_posix()}:{line}" if inside else wanted


def look(
    workspace: Workspace,
    paths: Sequence[Path] = (),
    made: Collection[IssueRef] = (),
    known: World | None = None,
) -> World:
    """Both sides and the memory as they are now: issues BEFORE documents, then issues that the listing lacks: those
    linked, and those that were `made` just now. Issues that are `known` are not asked for again.
    """
    settings, tracker = workspace.settings, workspace.tracker
    fetched, silent = (known.issues, frozenset[str]()) if known else _listed(workspace)
    entries, unreadable = workspace.journal.entries()
    read = archive.read(settings, workspace.words, paths, workspace.progress)
    if not read.chosen:
        raise NothingFound("no document matched", "name the documents in `documents.include`, or give a path")
    head = git.head(settings.root) if settings.top else ""
    missing = [] if known else _missing(tracker, fetched.issues, read.documents, made, silent)
    found = tracker.fetch(missing) if missing else {}
    before = tracker.requests.read
    issues = tracker.refined((*fetched.issues, *found.values()))
    return World(
        documents=read.documents,
        issues=replace(fetched, issues=tuple(issues)),
        resolve=tracker.reference,
        link=tracker.link,
        hold=tracker.hold,
        directory=Directory(settings.owners),
        whereabouts=known.whereabouts if known else _whereabouts(tracker, missing, found),
        chosen=read.chosen if paths else None,
        excluded=_excluded(settings.root, fetched.issues, read.documents),
        uncommitted=read.uncommitted,
        since=settings.since,
        older=read.older,
        undated=read.undated,
        settled=read.settled,
        former=archive.former(settings, workspace.words, [(entry.path, entry.head) for entry in entries], head),
        history=cache(lambda path: archive.history(settings, workspace.words, path)),
        head=head,
        carriers=tuple(carrier for entry in entries for carrier in _carriers(entry)),
        problems=(
            *unreadable,
            *(workspace.cache.problems if workspace.cache else ()),
            *_renamed(tracker),
            *_unlisted(fetched, silent),
        ),
        routes=Routes(settings.project, settings.routes),
        origin=home.origin(settings, tracker, workspace.facts_of, head),
        reach=workspace.readers().reach,
        pace=tracker.pace,
        histories=tracker.histories,
        signals=tracker.requests.read - before,
    )


def _carriers(entry: Entry) -> Iterator[Carrier]:
    yield Carrier(
        entry.key, entry.field, entry.value, entry.serial, CarrierState.LANDED if entry.shown else CarrierState.OPEN
    )
    if entry.former is not None:
        yield Carrier(entry.key, entry.field, entry.former, entry.serial, CarrierState.OPEN)


def _listed(workspace: Workspace) -> tuple[Fetched, frozenset[str]]:
    """The issues of all projects, and those projects that can't be listed now. What is missing proves nothing then.

    Raises `TrackerError` when none can be.
    """
    found: list[Fetched] = []
    errors: dict[str, TrackerError] = {}
    own = parts(workspace.tracker)
    relist = timedelta(hours=workspace.settings.relist_hours)
    for part in own:
        try:
            found.append(listing(part, workspace.cache, workspace.now(), relist))
        except BudgetSpent:
            raise
        except TrackerError as error:
            errors[part.project] = error
            if len(errors) == len(own):
                raise
    reasons = [one.reason for one in found if not one.complete]
    reasons += [f"{project}: {error}" for project, error in errors.items()]
    issues = tuple(issue for one in found for issue in one.issues)
    return Fetched(issues, not reasons, "; ".join(reasons)), frozenset(errors)


def _missing(
    tracker: Tracker,
    listed: Sequence[Issue],
    documents: Sequence[Document],
    made: Collection[IssueRef],
    silent: Collection[str],
) -> list[IssueRef]:
    """The issues that the listing lacks: fetched by number before anything is said about them. A project that can't be
    listed isn't asked.
    """
    links = {item.link for document in documents for item in document.items if item.link}
    missing = {*made, *filter(None, map(tracker.reference, links))} - {issue.ref for issue in listed}
    return sorted(ref for ref in missing if ref.project not in silent)


def _unlisted(fetched: Fetched, silent: Collection[str]) -> Iterator[Problem]:
    if silent:
        yield Problem(
            "project-unlisted", Severity.ERROR, "", 0, f"nothing is known of some issues now: {fetched.reason}"
        )


def _renamed(tracker: Tracker) -> Iterator[Problem]:
    for part in parts(tracker):
        if part.called().lower() != part.project.lower():
            message = (
                f"{part.project} is now called {part.called()}: write the new name as the project, and the old one "
                "under `tracker.formerly`, so that links with it still count"
            )
            yield Problem("project-renamed", Severity.WARNING, "", 0, message)


def _whereabouts(tracker: Tracker, missing: Sequence[IssueRef], found: Container[IssueRef]) -> dict[IssueRef, str]:
    return {ref: tracker.whereabouts(ref) for ref in missing if ref not in found}


def _excluded(root: Path, issues: Sequence[Issue], documents: Sequence[Document]) -> frozenset[str]:
    """The documents of issues that are not part of the archive and still exist."""
    named = {issue.marker.document for issue in issues if isinstance(issue.marker, Marker)}
    return frozenset(path for path in named - {one.path for one in documents} if os.path.isfile(root / path))
