"""Patterns for paths: `*` and `?` (within a name), `[abc]`, `{a,b}` and `**` (any number of folders). Pure.

A pattern that names a folder, or ends in `**`, means what lies below.
"""

import re
from collections.abc import Sequence

ANY_FOLDERS = "(?:[^/]+/)*"
_TOKEN = re.compile(
    r"(?P<folders>(?:^|(?<=/))\*\*/)|(?P<stars>\*+)|(?P<one>\?)|(?P<set>\[[!^]?\]?[^\]/]*\])|(?P<group>[{},])|.", re.S
)


def matcher(globs: Sequence[str], below: str = ".*") -> re.Pattern[str]:
    """One regular expression for all globs; `below` is what a `**` at the end stands for."""
    return re.compile("|".join(_pattern(glob, below) for glob in globs) or "(?!)", re.S)


def _pattern(glob: str, below: str) -> str:
    folder, _, last = glob.rpartition("/")
    depth, parts = 0, []
    for token in _TOKEN.finditer(folder if last in ("", "**") else glob):
        part, depth = _translated(token, depth)
        parts.append(part)
    named = "".join(parts) + ")" * depth
    return f"{named}(?:/{below})?" if named else below


def _translated(token: re.Match[str], depth: int) -> tuple[str, int]:
    text = token.group()
    if token["folders"]:
        return ANY_FOLDERS, depth
    if token["stars"]:
        return "[^/]*", depth
    if token["one"]:
        return "[^/]", depth
    if token["set"]:
        return _set(text[1:-1]) if len(text) > 2 else re.escape(text), depth
    if text == "{":
        return "(?:", depth + 1
    if text == "}" and depth:
        return ")", depth - 1
    if text == "," and depth:
        return "|", depth
    return re.escape(text), depth


def _set(inner: str) -> str:
    """`[a-z_]`, `[!a-z_]`: never a "/". A range that runs backwards holds nothing."""
    negated = inner[0] in "!^"
    members = [
        f"{re.escape(first)}-{re.escape(last)}" if last else re.escape(single)
        for first, last, single in re.findall(r"(.)-(.)|(.)", inner[negated:], re.S)
        if not last or first <= last
    ]
    if negated:
        return f"[^/{''.join(members)}]"
    return f"(?!/)[{''.join(members)}]" if members else "(?!)"
