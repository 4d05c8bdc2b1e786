"""The configuration file for what was found: only keys that matter, each with a comment."""

from collections.abc import Iterable, Iterator

from tracksync.setup.findings import Findings
from tracksync.setup.remote import Remote
from tracksync.setup.scalars import comment, quoted

NEW_FOR_DAYS = 90
"""How far back documents get new issues on the first day: older items are done, forgotten, or known otherwise."""

_MOST_WORDS = 10
_LONGEST_WORD = 60
"""Characters; a longer status line is no word."""


def text(found: Findings, remote: Remote | None, editor_line: str) -> str:
    """The whole file; `editor_line` names its schema for editors."""
    lines = [editor_line.rstrip(), *_head(remote), "", *_documents(found), "", *_tracker(remote), *_owners(found)]
    return "\n".join(lines) + "\n"


def _head(remote: Remote | None) -> Iterator[str]:
    yield comment(f"tracksync for the postmortems of {remote.project if remote else 'this folder'}.")
    yield "# Written by `tracksync init`, and yours from now on."


def _documents(found: Findings) -> Iterator[str]:
    yield "documents:"
    yield "  # Which files are postmortems. `**` at the end: all Markdown and YAML below."
    yield "  include:"
    yield from _listed(found.include)
    if found.exclude:
        yield "  # Templates and drafts: never read."
        yield "  exclude:"
        yield from _listed(found.exclude)
    yield "  # Older postmortems are read for links and trends, but get no new issues."
    yield f"  since: {found.since.isoformat()}"
    yield from _words(found)


def _words(found: Findings) -> Iterator[str]:
    words = [word for one in found.unknown if len(word := " ".join(one.split())) <= _LONGEST_WORD][:_MOST_WORDS]
    if not words:
        return
    yield "  # These status lines are not known, so their documents are held back. Move"
    yield "  # each into the right list (`incident`: about the incident, not about the"
    yield "  # document), and remove the # in front of the lines."
    yield "  # published:"
    yield f"  #   published: [{', '.join(map(quoted, words))}]"
    yield "  #   not_yet: []"
    yield "  #   incident: []"


def _tracker(remote: Remote | None) -> Iterator[str]:
    yield "tracker:"
    yield "  # `local` keeps the issues in .tracksync/tracker.db, without any account."
    yield "  # For issues on GitHub or GitLab write these lines in its place, put a token"
    yield "  # into the environment, and ask `tracksync doctor` whether it works."
    kind = remote.platform.lower() if remote and remote.platform else "github"
    yield f"  # kind: {kind}"
    yield f"  # project: {remote.project if remote else 'acme/web'}"
    if remote and remote.host not in ("github.com", "gitlab.com"):
        yield f"  # base_url: https://{remote.host}"
    yield "  kind: local"


def _owners(found: Findings) -> Iterator[str]:
    if not found.owners:
        return
    yield ""
    names = "1 owner in the postmortems has" if found.owners == 1 else f"{found.owners} owners in the postmortems have"
    yield f"# {names} no login yet: issues get no assignee."
    yield "# `tracksync items --unknown-owners >> owners.yml` makes a file of them. Fill"
    yield "# it in, and remove the # in front of the next line."
    yield "# owners: owners.yml"


def _listed(globs: Iterable[str]) -> Iterator[str]:
    return (f"    - {quoted(glob)}" for glob in globs)
