"""The documents of a working tree, parsed: what the files show, and what git's HEAD states where it differs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tracksync import discovery, git
from tracksync.config import Settings
from tracksync.documents import Words, parse
from tracksync.model import Document, Problem, Publication
from tracksync.progress import Progress, unseen


@dataclass(frozen=True, slots=True)
class Archive:
    """Documents as planning wants them (see `planning.world.World`)."""

    documents: tuple[Document, ...]
    settled: dict[str, Document]
    known: frozenset[str]


def read(
    settings: Settings,
    words: Words,
    paths: Sequence[Path] = (),
    *,
    fields: bool = False,
    lift: bool = False,
    progress: Progress = unseen,
) -> Archive:
    """Read and parse the selected documents.

    `fields`: also the fields of documents without items. `lift`: a file that `paths` name itself counts as published.
    A file that can't be read becomes a document without items and with the problem that says why.
    """
    found = discovery.discover(settings.root, settings.include, settings.exclude, paths)
    problems: dict[str, list[Problem]] = defaultdict(list)
    for problem in found.problems:
        problems[problem.path].append(problem)
    root = settings.root.resolve()
    named = {path.resolve() for path in paths if lift and path.is_file()}
    lifted = {path.relative_to(root).as_posix() for path in named if path.is_relative_to(root)}
    documents = []
    for path in progress("Reading postmortems", found.selected):
        data = discovery.read(settings.root, path)
        if isinstance(data, Problem):
            documents.append(Document(path, "", problems=(data,)))
        else:
            document = parse(path, data, words, fields=fields)
            documents.append(replace(document, publication=Publication.PUBLISHED) if path in lifted else document)
    stray = [Document(path, "", problems=tuple(known)) for path, known in problems.items()]
    return Archive((*documents, *stray), _settled(settings, words, found.selected), frozenset(found.paths))


def _settled(settings: Settings, words: Words, selected: Sequence[str]) -> dict[str, Document]:
    """The HEAD version of the selected documents whose file differs from it."""
    if settings.top is None:
        return {}
    changed = sorted(git.changed_since_head(settings.root) & set(selected))
    stated = git.show_head(settings.root, changed) if changed else {}
    return {path: parse(path, data, words) for path, data in stated.items()}


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
