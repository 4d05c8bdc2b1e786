"""A tracker on a host, for what needs one: the embedded tracker that also knows repositories."""

from collections.abc import Mapping
from pathlib import Path

from tracksync.errors import TrackerError
from tracksync.trackers.base import RepositoryFacts
from tracksync.trackers.local import LocalTracker

PM = RepositoryFacts("acme/pm", "github.com/12345678", "trunk", "private")


class Hosted(LocalTracker):
    """Issues are in the database at `path`; repositories are those of `hosting`."""

    host = "github.com"

    def __init__(self, path: Path, hosting: Mapping[str, RepositoryFacts] | None = None) -> None:
        super().__init__(path)
        self.hosting = {"acme/pm": PM} if hosting is None else hosting
        self.asked: list[str] = []

    def repository(self, remote: str) -> RepositoryFacts:
        self.asked.append(remote)
        if remote not in self.hosting:
            raise TrackerError(f"there is no repository {remote}, or it can't be seen", "check the token")
        return self.hosting[remote]
