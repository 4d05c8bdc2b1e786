"""Inline Markdown, as far as action items need it: its text, and text that shows the same when it is read back."""

import html
import re
from functools import lru_cache

LONGEST = 4000
"""Characters; in a longer text nothing is looked for, because hostile ones take time that grows with the square."""

LINK = (
    r"!?\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\(\s*<?(?P<target>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)>?(?:\s+\"[^\"]*\")?\s*\)"
)
_TOKEN = re.compile(
    r"(?P<code>(?<!(?<!\\)`)(?P<ticks>`++)(?P<inside>.+?)(?<!`)(?P=ticks)(?!`))"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    rf"|{LINK}"
    r"|\[(?P<shortcut>[^\[\]]+)\]\[[^\[\]]*\]"
    r"|<(?P<auto>https?://[^\s<>]+)>|<(?P<mail>[^\s<>@]+@[^\s<>@]+)>"
    r"|(?P<break><br\s*/?>)|(?P<tag></?[A-Za-z][^<>]*>|<!--.*?-->)"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<stars>\*{1,3}|~~)|(?P<underscores>(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w))"
)
_STRUCK = re.compile(
    r"[\s*_]*(?:~~(?=\S)(?P<tildes>(?:(?!~~).)+)~~|<(?P<tag>s|del|strike)>(?P<tagged>(?:(?!</?(?P=tag)>).)+)</(?P=tag)>)"
    r"[\s*_.;]*",
    re.IGNORECASE | re.DOTALL,
)
_SPECIAL = re.compile(r"[\\`*_\[\]<>~&]")
_MARKUP = re.compile(r"[\\`*_\[\]<>~&!]")


def struck(text: str) -> tuple[int, int] | None:
    """Where the words of a text stand that is crossed out as a whole."""
    found = _STRUCK.fullmatch(text) if len(text) <= LONGEST else None
    return found.span("tagged" if found["tag"] else "tildes") if found else None


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text without Markdown, white space collapsed. A text longer than `LONGEST` keeps its Markdown."""
    if len(text) <= LONGEST and _SPECIAL.search(text):
        text = _TOKEN.sub(_shown, text)
    return " ".join(text.split())


def _shown(token: re.Match[str]) -> str:
    kind = token.lastgroup
    for name in ("inside", "escaped", "shortcut", "auto", "mail"):
        if token[name] is not None:
            return str(token[name])
    if token["label"] is not None:
        return plain(token["label"])
    if kind == "entity":
        return html.unescape(token.group())
    if kind == "stars" and not _emphasis(token):
        return token.group()
    return " " if kind == "break" else ""


def _emphasis(token: re.Match[str]) -> bool:
    """Stars with blanks on both sides are stars."""
    before, after = token.string[: token.start()][-1:], token.string[token.end() :][:1]
    return bool(before.strip() or after.strip())


def is_plain(text: str) -> bool:
    """True when the text shows as it is written."""
    return not _MARKUP.search(text)


def escaped(text: str) -> str:
    """Markdown that shows as this plain text."""
    return text if plain(text) == text else _SPECIAL.sub(r"\\\g<0>", text)
