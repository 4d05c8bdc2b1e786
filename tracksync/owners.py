"""Owners as people write them, and the tracker logins they mean."""

import re
from collections.abc import Iterable, Mapping

from tracksync.model import ActionItem

_END_OF_LOGIN = r"(?![A-Za-z0-9_-]|\.[A-Za-z0-9_]|\[bot\])"
"""A full stop belongs to a login only when it goes on behind it."""


def joined(logins: Iterable[str]) -> str:
    """The canonical value of the field `owner`. Logins are case-insensitive on GitHub and GitLab alike."""
    return ",".join(sorted({login.lower() for login in logins if login}))


class Directory:
    """Who is who: written name (any case, with or without @) → login."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        pairs = [(name, login.lstrip("@")) for name, login in (names or {}).items()]
        self._logins = {_folded(name): login for name, login in pairs}
        self.names = {login.lower(): name for name, login in reversed(pairs)}
        """login → the first name that the map gives for it: the map read backwards."""

    def login(self, written: str, is_handle: bool) -> str | None:
        """The login that `written` means; a handle (written with @) stands for itself unless the map says otherwise."""
        known = self._logins.get(_folded(written))
        return known or (written if is_handle else None)

    def resolve(self, item: ActionItem) -> tuple[str, tuple[str, ...]]:
        """(canonical owner value of those we know, the written owners that we don't)."""
        # Markdown may escape the "_" of a login.
        raw = (item.owner_raw or "").replace("\\", "")
        logins = {written: self.login(written, _is_handle(written, raw)) for written in item.owners}
        unknown = tuple(written for written, login in logins.items() if login is None)
        return joined(login for login in logins.values() if login), unknown


def _is_handle(written: str, raw: str) -> bool:
    return re.search(rf"@{re.escape(written)}{_END_OF_LOGIN}", raw) is not None


def _folded(name: str) -> str:
    return " ".join(name.lstrip("@").casefold().split())
