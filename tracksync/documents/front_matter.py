"""The block between two `---` lines at the start of a Markdown file, and a fast reader for flat ones.

PyYAML needs milliseconds for what is mostly `key: value`; the fast reader takes only what it reads exactly as PyYAML
does, and leaves everything else to `yaml_tree`.
"""

import re
from collections.abc import Mapping

from tracksync.documents.text import Source

_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
_KEY = re.compile(r"\s*(?:[\w\"'][^:]*:(?:\s.*)?|\{.*)")

_PLAIN = r"[^\W_][\w()/.+@%'\"-]*(?: +[\w(/.+@%'-][\w()/.+@%'\"-]*)*"
_WORD = r"[^\W_][\w./+@-]*(?: [\w./+@-]+)*"
_LINE = re.compile(
    rf"(?P<key>[A-Za-z][A-Za-z0-9_-]*):(?: +(?:(?P<plain>{_PLAIN})|\"(?P<double>[^\"\\\n]*)\"|'(?P<single>[^'\n]*)'"
    rf"|\[(?P<list> *{_WORD}(?: *, *{_WORD})* *)\]))? *\n"
)
_SAFE = re.compile(r"[\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff\n]*")


def lines(source: Source) -> tuple[int, int] | None:
    """The lines of the front matter (from 0, without the fences; the end is not included), if there is one."""
    if not source.plain.startswith("---") or not _FENCE.fullmatch(source.lines[0]):
        return None
    for number in range(1, len(source.lines)):
        if _END.fullmatch(source.lines[number]):
            filled = (line for line in source.lines[1:number] if line.strip() and not line.startswith("#"))
            return (1, number) if _KEY.fullmatch(next(filled, "")) else None
    return None


def flat(text: str) -> Mapping[str, tuple[str, ...]] | None:
    """The values of a flat mapping by key (one text, or those of a list); None: it takes a real YAML parser.

    `text` has line feeds only and ends with one.
    """
    values: dict[str, tuple[str, ...]] = {}
    at = 0
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None or line["key"].casefold() in values:
            return None
        at = line.end()
        values[line["key"].casefold()] = _values(line)
    return values if _SAFE.fullmatch(text) else None


def _values(line: re.Match[str]) -> tuple[str, ...]:
    if line["list"] is not None:
        return tuple(word.strip() for word in line["list"].split(","))
    given = (line["plain"], line["double"], line["single"])
    return (next((text for text in given if text is not None), ""),)


def readable(text: str) -> Mapping[str, tuple[str, ...]]:
    """The flat lines of a mapping that YAML refuses as a whole: its status line still decides publication."""
    found = (_LINE.fullmatch(f"{line}\n") for line in text.split("\n"))
    return {line["key"].casefold(): _values(line) for line in found if line}
