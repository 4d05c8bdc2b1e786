"""Names that a repository has beside its own."""

import re

from tests.servers.github.state import State


def by_name(state: State, path: str) -> str:
    """`/repositories/42/…` is `/repos/owner/name/…` by another name."""
    found = re.fullmatch(r"/repositories/(\d+)(/.*)?", path)
    for repository in state.repositories if found else ():
        if found and repository.id == int(found[1]):
            return f"/repos/{repository.full_name}{found[2] or ''}"
    return path
