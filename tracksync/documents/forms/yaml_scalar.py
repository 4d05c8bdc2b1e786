"""Writing one YAML scalar in the style of the one it replaces."""

import json
import re

from yaml.nodes import ScalarNode

_PLAIN = re.compile(r"[^\W_](?:[\w ()/.+@%'\"!*&$=;_-]|:(?=[^\s,\[\]{}])|(?<=\S)#)*(?<=\S)")


def replaceable(node: ScalarNode) -> bool:
    """Plain, quoted and empty scalars; not blocks."""
    return node.style in (None, "'", '"')


def written(text: str, node: ScalarNode) -> str:
    """The text as a scalar in the style of `node`, with the blanks that a quoted one has at its ends."""
    if node.style is None:
        return text if not text or _PLAIN.fullmatch(text) else quoted(text, '"')
    value = str(node.value)
    core = value.strip()
    lead, trail = (value[: value.index(core)], value[value.index(core) + len(core) :]) if core else ("", "")
    return quoted(lead + text + trail if text else "", str(node.style))


def like_neighbour(text: str, node: ScalarNode) -> str:
    """The text as a new scalar in the style of another."""
    if node.style is None:
        return text if _PLAIN.fullmatch(text) else quoted(text, '"')
    return quoted(text, str(node.style))


def quoted(text: str, quote: str) -> str:
    """The text in these quotes; double ones where single ones can't hold it."""
    if quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in escaped)
