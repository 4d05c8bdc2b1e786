"""Text of any kind as a YAML scalar or comment on one line."""

import re

_UNPRINTABLE = re.compile(r'["\\]|[^\x20-\x7e]')


def quoted(text: str) -> str:
    """A double-quoted YAML scalar that reads as `text` (YAML 1.1, 5.7): what can't be seen is escaped.

    `##[` is taken apart, because GitHub's runner executes a line of a log that holds it.
    """
    escaped = _UNPRINTABLE.sub(_escaped, text).replace("##[", "\\x23#[")
    return f'"{escaped}"'


def comment(text: str) -> str:
    """A comment that shows `text`."""
    return f"# {quoted(text)[1:-1]}".replace('\\"', '"')


def _escaped(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
