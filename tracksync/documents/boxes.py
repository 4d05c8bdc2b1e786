"""Check boxes in HTML: what they say, and how they come to say something else."""

import re

BOX = re.compile(r"<input\b(?=[^<>]{0,200}\bcheckbox\b)[^<>]{0,200}>", re.IGNORECASE)
_CHECKED = re.compile(r"\s+checked(?![\w-])(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?", re.IGNORECASE)


def says(text: str) -> bool | None:
    """Whether a text that is one check box is ticked; None for any other text."""
    return _CHECKED.search(text) is not None if BOX.fullmatch(text.strip()) else None


def ticked(box: str, on: bool) -> str:
    """The check box, ticked or not."""
    bare = _CHECKED.sub("", box)
    end = re.search(r"\s*/?>\Z", bare)
    assert end is not None
    value = '="checked"' if '="checkbox"' in bare and end.group().strip() == "/>" else ""
    return f"{bare[: end.start()]} checked{value}{end.group()}" if on else bare
