"""The hands of the model, and the rules that they keep."""

from typing import NamedTuple


class Hands(NamedTuple):
    """Where the values go, and the rules that the hands keep; a proof leaves one out in turn."""

    mode: str = "worktree"
    """`worktree`; `plain`, which is the same without git; `push`."""
    issues_first: bool = True
    marker_in_post: bool = True
    one_patch: bool = True
    compares_versions: bool = True
    looks_before_documents: bool = True
    remembers: bool = True
    remembers_first: bool = True
    remembers_former: bool = True
    remembers_withdrawals: bool = False
    minds_commits: bool = True
    looks_at_history: bool = True
    locks_documents: bool = True
    lists_again: bool = True
    posts_once: bool = True
    fetches_linked: bool = True
    withdraws_first: bool = True
