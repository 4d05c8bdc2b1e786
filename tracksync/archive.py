"""The documents of a working tree, parsed: what the files show, and what git's HEAD states where it differs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tracksync import discovery, git
from tracksync.config.settings import Settings
from tracksync.documents import Words, latest_day, parse
from tracksync.model import Document, Problem, Publication
from tracksync.progress import Progress, unseen

MOST_VERSIONS = 200
"""Committed versions of a document that are looked at for a row that is gone."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Documents as planning wants them (see `planning.world.World`)."""

    documents: tuple[Document, ...]
    chosen: frozenset[str]
    """The paths that this run is about."""
    settled: dict[str, Document]
    uncommitted: frozenset[str]
    older: frozenset[str]
    """Dated before `documents.since`."""
    undated: frozenset[str]
    """Without a date that could be held against `documents.since`."""


def read(settings: Settings, words: Words, paths: Sequence[Path], progress: Progress = unseen) -> Archive:
    """The whole archive for a run: which row owns an issue can't be told from a part of it.

    `paths` choose what the run is about; a file among them counts as published, and as recent enough.
    """
    found = discovery.discover(settings.root, settings.include, settings.exclude, paths)
    everything = sorted({*found.paths, *found.selected})
    documents = _parsed(settings, words, everything, found.problems, progress, fields=False)
    root = settings.root.resolve()
    named = {path.resolve() for path in paths if path.is_file()}
    lifted = {path.relative_to(root).as_posix() for path in named if path.is_relative_to(root)}
    lifting = [replace(one, publication=Publication.PUBLISHED) if one.path in lifted else one for one in documents]
    chosen = frozenset([*found.selected, *(problem.path for problem in found.problems)])
    aged = [one for one in lifting if one.items and one.path not in lifted] if settings.since else []
    days = {one.path: latest_day(one) for one in aged}
    older = frozenset(path for path, day in days.items() if day and day.isoformat() < settings.since)
    undated = frozenset(path for path, day in days.items() if day is None)
    return Archive(tuple(lifting), chosen, *_committed(settings, words, everything), older, undated)


def read_documents(settings: Settings, words: Words, paths: Sequence[Path], progress: Progress) -> tuple[Document, ...]:
    """The chosen documents with all their fields, as they are."""
    found = discovery.discover(settings.root, settings.include, settings.exclude, paths)
    return tuple(_parsed(settings, words, found.selected, found.problems, progress, fields=True))


def former(
    settings: Settings, words: Words, proposed: Iterable[tuple[str, str]], head: str
) -> dict[str, list[Document]]:
    """The versions of documents committed since something was proposed for them: (path, HEAD of that time)."""
    paths: dict[str, set[str]] = defaultdict(set)
    for path, then in proposed:
        if path and then not in ("", head):
            paths[then].add(path)
    found: dict[str, list[Document]] = defaultdict(list)
    for then, named in paths.items():
        for path, data in git.committed_since(settings.root, then, sorted(named)):
            found[path].append(parse(path, data, words))
    return found


def history(settings: Settings, words: Words, path: str) -> list[Document]:
    """The committed versions of a document, the newest first."""
    if settings.top is None:
        return []
    return [parse(path, data, words) for data in git.committed(settings.root, path, MOST_VERSIONS)]


def _parsed(
    settings: Settings,
    words: Words,
    paths: Sequence[str],
    problems: Iterable[Problem],
    progress: Progress,
    *,
    fields: bool,
) -> list[Document]:
    """A file that can't be read becomes a document without items and with the problem that says why."""
    documents = []
    for path in progress("Reading postmortems", paths):
        data = discovery.read(settings.root, path, settings.document_bytes)
        if isinstance(data, Problem):
            documents.append(Document(path, "", problems=(data,)))
        else:
            documents.append(parse(path, data, words, fields=fields))
    refused: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        refused[problem.path].append(problem)
    return [*documents, *(Document(path, "", problems=tuple(found)) for path, found in refused.items())]


def _committed(settings: Settings, words: Words, paths: Sequence[str]) -> tuple[dict[str, Document], frozenset[str]]:
    """The HEAD version of documents whose file differs from it, and the documents that HEAD doesn't have."""
    if settings.top is None:
        return {}, frozenset()
    if not git.head(settings.root):
        return {}, frozenset(paths)
    changed = sorted(git.changed_since_head(settings.root) & set(paths))
    stated = git.show_head(settings.root, changed)
    new = git.untracked(settings.root) | (set(changed) - set(stated))
    return {path: parse(path, data, words) for path, data in stated.items()}, frozenset(new & set(paths))
