"""Where a repository is hosted, from the URL of its git remote. Credentials in the URL are never kept."""

import re
from typing import NamedTuple

_URL = re.compile(r"(?:https?|ssh|git|git\+ssh)://(?:[^/]*@)?(?P<host>[^/@]+)/+(?P<path>.+)")
_SCP = re.compile(r"(?:[^/:]*@)?(?P<host>[^/:@]{2,}):(?P<path>[^/].*)")
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?")
_PATH = re.compile(r"[A-Za-z0-9_.~-]+(?:/[A-Za-z0-9_.~-]+)+")


class Remote(NamedTuple):
    """A hosted repository: `github.com`, `acme/web`."""

    host: str
    project: str

    @property
    def platform(self) -> str:
        """GitHub, GitLab, or "" where the host's name doesn't tell."""
        return next((name for name in ("GitHub", "GitLab") if name.lower() in self.host.lower()), "")

    def __str__(self) -> str:
        return f"{self.host}/{self.project}"


def parse(url: str) -> Remote | None:
    """The repository that a remote's URL names; None for a folder, and for a URL of a form that isn't known.

    Forms: `https://`, `http://`, `ssh://`, `git://`, and `user@host:path` (git-scm.com, "Git URLs").
    """
    found = _URL.fullmatch(url) or (None if "://" in url else _SCP.fullmatch(url))
    if found is None:
        return None
    host, path = found["host"], found["path"].rstrip("/").removesuffix(".git")
    if url.startswith(("ssh:", "git+ssh:")):
        host = host.partition(":")[0]
    return Remote(host.lower(), path) if _HOST.fullmatch(host) and _PATH.fullmatch(path) else None
