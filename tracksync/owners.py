"""Owners as people write them, and the tracker logins or team labels that they mean."""

import re
from collections.abc import Iterable, Mapping

from tracksync.model import ActionItem

LABEL = "label:"
"""What a team's label begins with where it stands for an owner."""

NEEDS_OWNER = "needs-owner"
"""The label of an issue whose item names an owner whom the tracker can't assign."""

_END_OF_LOGIN = r"(?![A-Za-z0-9_-]|\.[A-Za-z0-9_]|\[bot\])"
"""A full stop belongs to a login only when it goes on behind it."""


def joined(owners: Iterable[str]) -> str:
    """The canonical value of the field `owner`. Logins are case-insensitive on GitHub and GitLab alike."""
    return ",".join(sorted({one if one.startswith(LABEL) else one.lower() for one in owners if one}))


def parted(value: str) -> tuple[str, frozenset[str]]:
    """A canonical owner value as (the logins in it, the names of the team labels in it)."""
    owners = value.split(",")
    labels = frozenset(one.removeprefix(LABEL) for one in owners if one.startswith(LABEL))
    return ",".join(one for one in owners if not one.startswith(LABEL)), labels


class Directory:
    """Who is who: written name (any case, with or without @) → login, or `label:NAME` for a team."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        pairs = [(name, owner.lstrip("@")) for name, owner in (names or {}).items()]
        self._owners = {folded(name): owner for name, owner in pairs}
        self._written = {folded(name): name for name, _ in reversed(pairs)}
        self.names = {owner.lower(): name for name, owner in reversed(pairs) if not owner.startswith(LABEL)}
        """login → the first name that the map gives for it: the map read backwards."""
        self.teams = frozenset(owner.removeprefix(LABEL) for _, owner in pairs if owner.startswith(LABEL))
        """The labels that stand for teams."""

    def owner(self, written: str, is_handle: bool) -> str | None:
        """What `written` means; a handle (written with @) stands for itself unless the map says otherwise."""
        known = self._owners.get(folded(written))
        return known or (written if is_handle else None)

    def resolve(self, item: ActionItem) -> tuple[str, tuple[str, ...]]:
        """(canonical owner value of those we know, the written owners that we don't)."""
        # Markdown may escape the "_" of a login.
        raw = (item.owner_raw or "").replace("\\", "")
        owners = {written: self.owner(written, _is_handle(written, raw)) for written in item.owners}
        unknown = tuple(written for written, owner in owners.items() if owner is None)
        return joined(owner for owner in owners.values() if owner), unknown

    def similar(self, written: str) -> tuple[tuple[str, str], ...]:
        """(name, owner) of the entries that an unknown spelling may mean, for a person to choose from: those that
        begin with the same word, or whose initials it is. Never for deciding.
        """
        words = folded(written).split(" ")
        found = [name for name in self._owners if _may_mean(words, name.split(" "))]
        return tuple((self._written[name], self._owners[name]) for name in found)


def _may_mean(words: list[str], name: list[str]) -> bool:
    initials = "".join(word[:1] for word in name)
    return words[0].rstrip(".") == name[0] or ("".join(words) == initials and len(initials) > 1)


def _is_handle(written: str, raw: str) -> bool:
    return re.search(rf"@{re.escape(written)}{_END_OF_LOGIN}", raw) is not None


def folded(name: str) -> str:
    """The form in which names are compared: without @, case, and blanks that don't matter."""
    return " ".join(name.lstrip("@").casefold().split())
