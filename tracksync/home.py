"""Which repository the documents belong to: its identity is part of every key and marker, and must never change.

In this order: what the configuration says; for the local tracker its project; the platform's own number where the git
remote is on the tracker's host (it survives a rename); else the remote's host and path. One never stands in for
another: two identities of one repository would give every item a second issue.
"""

import os
from collections.abc import Callable
from pathlib import PurePath
from urllib.parse import urlsplit

from tracksync import git
from tracksync.config.settings import Settings
from tracksync.errors import BudgetSpent, ConfigError, TrackerError
from tracksync.planning.source import Origin
from tracksync.setup.remote import Remote, parse
from tracksync.trackers.base import RepositoryFacts, Tracker

KEY = "documents.repository"
DEFAULT = "HEAD"
"""What GitHub and GitLab take for the default branch in an address."""

_ADVICE = f"name the repository in `{KEY}`, like acme/postmortems, before the first issue is made"
_OTHER_NAMES = {"ssh.github.com": "github.com", "www.github.com": "github.com", "altssh.gitlab.com": "gitlab.com"}
"""Hosts that lead to the same repositories (docs.github.com, "Using SSH over the HTTPS port"; the same for GitLab)."""


def remote_of(settings: Settings) -> Remote | None:
    """The hosted repository that `origin` names, else the only remote; None where there is none.

    Below a path of the tracker's server, web addresses have that path, which is no part of the repository's name.
    """
    url = git.remote_url(settings.root) if settings.top else ""
    found = parse(url)
    if found is None:
        return None
    host, above = found.host, urlsplit(settings.hosted.base_url)
    prefix = above.path.strip("/") + "/"
    if url.startswith("http") and host == above.netloc.lower() and found.project.startswith(prefix):
        found = found._replace(project=found.project.removeprefix(prefix))
    return found._replace(host=_OTHER_NAMES.get(host, host))


def identity(settings: Settings, tracker: Tracker, ask: Callable[[str], RepositoryFacts]) -> str:
    """The identity of the documents' repository. `ask` gives what the tracker says of a repository on its host.

    Raises `ConfigError` when it can't be told, `TrackerError` when the tracker doesn't say.
    """
    if settings.repository:
        return settings.repository
    if settings.tracker == "local":
        return f"{tracker.host}/{tracker.project}"
    remote = remote_of(settings)
    if remote is None:
        raise ConfigError(
            "it can't be told which repository the documents belong to: there is no git remote `origin`, nor a single "
            "other one, that names a host",
            _ADVICE,
        )
    if hosted_at(remote, tracker):
        return _asked(remote, tracker, ask).ident
    if "." not in remote.host:
        raise ConfigError(
            f"it can't be told which repository the documents belong to: {remote.host} is a name of this machine's own",
            _ADVICE,
        )
    return str(remote).lower()


def origin(settings: Settings, tracker: Tracker, ask: Callable[[str], RepositoryFacts], commit: str) -> Origin | None:
    """Where people see the documents; None where that can't be told. Raises `BudgetSpent`, and `TrackerError` where the
    identity hangs on the same answer.
    """
    remote = remote_of(settings)
    if remote is None or settings.top is None:
        return None
    inside = os.path.relpath(os.path.realpath(settings.root), os.path.realpath(settings.top))
    prefix = "" if inside == "." else f"{PurePath(inside).as_posix()}/"
    if settings.tracker != "local" and hosted_at(remote, tracker):
        facts = _known(remote, settings, tracker, ask)
        web = settings.hosted.base_url.rstrip("/") or f"https://{tracker.host}"
        return Origin(f"{web}/{facts.name}", settings.tracker, facts.default_branch, commit, prefix)
    platform = remote.platform.lower()
    return Origin(f"https://{remote}", platform, DEFAULT, commit, prefix) if platform else None


def _known(
    remote: Remote, settings: Settings, tracker: Tracker, ask: Callable[[str], RepositoryFacts]
) -> RepositoryFacts:
    """What the tracker says; a token that may not see the documents is no reason to stop where their name is given."""
    try:
        return _asked(remote, tracker, ask)
    except BudgetSpent:
        raise
    except TrackerError:
        if not settings.repository:
            raise
        return RepositoryFacts(remote.project, "", DEFAULT, "private")


def hosted_at(remote: Remote, tracker: Tracker) -> bool:
    """True when a remote is on the tracker's host; SSH and HTTPS have different ports."""
    return remote.host.partition(":")[0] == tracker.host.partition(":")[0]


def _asked(remote: Remote, tracker: Tracker, ask: Callable[[str], RepositoryFacts]) -> RepositoryFacts:
    try:
        return ask(remote.project)
    except BudgetSpent:
        raise
    except TrackerError as error:
        if remote.project.lower() == tracker.project.lower():
            raise
        raise TrackerError(
            f"{remote.host} doesn't say which repository {remote.project} is: {error}",
            f"{error.hint}; or name the repository in `{KEY}`" if error.hint else _ADVICE,
        ) from error
