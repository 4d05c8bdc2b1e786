"""A look around a folder that nobody has described yet: which files there are, and the postmortems among them."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tracksync import discovery, git
from tracksync.documents import WORDS, latest_day, parse
from tracksync.errors import UsageError
from tracksync.model import Document, Problem
from tracksync.progress import Progress, unseen
from tracksync.setup import places
from tracksync.setup.remote import Remote
from tracksync.setup.remote import parse as parse_remote
from tracksync.setup.survey import Candidate, Place, Survey

MOST_NAMES = 200_000
"""Files to look at by name where there is no git to list them."""

MOST_DOCUMENTS = 5_000
"""Documents to read in one place, and Markdown files to open when no name gives the postmortems away (some 6 s)."""

_CONFIGURATION = ("/tracksync.yml", "/.tracksync.yml")


class Listing(NamedTuple):
    """POSIX paths relative to the root, sorted; `complete` is False when there were more than `MOST_NAMES`."""

    paths: list[str]
    complete: bool


def look_around(root: Path, top: Path | None, named: Sequence[Path] = (), progress: Progress = unseen) -> Survey:
    """What lies below `root`: in `named` (files and folders) alone, when somebody named them.

    Raises `UsageError` when one of them is missing or outside, `TracksyncError` when git fails.
    """
    listing = _listing(root, top)
    given = [_named(root.resolve(), path, listing.paths) for path in named]
    found = _candidates(root, given or places.by_name(listing.paths), progress)
    markdown = _markdown(listing.paths) if not found and not given else []
    opened = markdown[:MOST_DOCUMENTS]
    if opened:
        hits = [path for path in progress("Looking for action items", opened) if _is_postmortem(root, path)]
        found = _candidates(root, places.by_content(hits), progress)
    return Survey(
        len(listing.paths),
        listing.complete,
        len(opened),
        len(markdown) - len(opened),
        _remote(root) if top else None,
        tuple(found),
        tuple(path for path in listing.paths if path.endswith(_CONFIGURATION) and places.is_document(path)),
    )


def _listing(root: Path, top: Path | None) -> Listing:
    if top is not None:
        return Listing(sorted(git.listed(root)), True)
    paths: list[str] = []
    for path in _walk(root, ""):
        if len(paths) == MOST_NAMES:
            return Listing(sorted(paths), False)
        paths.append(path)
    return Listing(sorted(paths), True)


def _walk(root: Path, folder: str) -> Iterator[str]:
    """The files below `folder` ("" or ending in "/"), its own first; what can't be read is left out."""
    try:
        with os.scandir(root / folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    inside = [entry.name for entry in found if entry.is_dir(follow_symlinks=False)]
    yield from (folder + entry.name for entry in found if entry.name not in set(inside))
    for name in inside:
        if not places.is_foreign(name):
            yield from _walk(root, f"{folder}{name}/")


def _named(root: Path, path: Path, paths: Sequence[str]) -> Place:
    if not path.exists():
        raise UsageError(f"there is no file or folder {path}")
    full = path.resolve()
    if not full.is_relative_to(root):
        raise UsageError(f"{path} is outside {root}", "run tracksync init in the repository that it belongs to")
    name = full.relative_to(root).as_posix()
    if not places.is_text(name):
        raise UsageError(f"the name of {name.encode('utf-8', 'backslashreplace').decode()} is not UTF-8", "rename it")
    if full.is_dir():
        return places.folder_place("" if name == "." else name, paths, sure=True)
    return places.file_place(name)


def _candidates(root: Path, found: Sequence[Place], progress: Progress) -> list[Candidate]:
    """The places with their documents; those that hold none, or nothing like a postmortem, are left out."""
    read = [_read(root, place, progress) for place in found]
    return [one for one in read if one.documents and (one.place.sure or any(map(_has_evidence, one.documents)))]


def _read(root: Path, place: Place, progress: Progress) -> Candidate:
    found = discovery.discover(root, place.include, place.exclude)
    documents = [_document(root, path) for path in progress("Reading postmortems", found.selected[:MOST_DOCUMENTS])]
    refused = [Document(problem.path, "", problems=(problem,)) for problem in found.problems]
    return Candidate(place, (*documents, *refused), max(0, len(found.selected) - MOST_DOCUMENTS))


def _document(root: Path, path: str) -> Document:
    data = discovery.read(root, path, WORDS.document_bytes)
    return Document(path, "", problems=(data,)) if isinstance(data, Problem) else parse(path, data, WORDS)


def _has_evidence(document: Document) -> bool:
    return bool(document.items or document.severity or latest_day(document))


def _markdown(paths: Sequence[str]) -> list[str]:
    """Markdown files, those in folders for documentation first."""
    found = [path for path in paths if places.is_document(path) and path.lower().endswith(places.MARKDOWN)]
    return sorted(found, key=lambda path: not path.lower().startswith(("doc", "wiki")))


def _is_postmortem(root: Path, path: str) -> bool:
    data = discovery.read(root, path, WORDS.document_bytes)
    if isinstance(data, Problem):
        return False
    return places.reads_like_one(data) or bool(parse(path, data, WORDS, fields=False).items)


def _remote(root: Path) -> Remote | None:
    return next(filter(None, map(parse_remote, git.remote_urls(root))), None)
