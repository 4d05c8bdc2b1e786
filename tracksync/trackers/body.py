"""The body of an issue: a visible block and a hidden marker of ours; all the rest belongs to people. Pure.

The marker is one HTML comment in one line, `<!-- tracksync:marker {JSON} -->`. Everything that could end the comment
or the line stands in the JSON as a `\\u` escape.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from tracksync.model import MARKER_VERSION, MERGED, Base, Field, Marker, MarkerFault
from tracksync.trackers import lines

BEGIN = "<!-- tracksync:begin -->"
END = "<!-- tracksync:end -->"

_COMMENT = re.compile(r"<!-- tracksync:marker\b([^\r\n]*?)(?:-->|(?=[\r\n])|\Z)")
_COMMENT_LINE = re.compile(_COMMENT.pattern + r"(?:\r?\n)?")
_BLOCK = re.compile(rf"(?:(?:\r?\n){{2}})?{BEGIN}.*?{END}(?:\r?\n)?", re.DOTALL)
_GAP = "\n\n"
_KEY = re.compile(r"[A-Z2-7]{16}")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_MARKUP = re.compile(r"[\\`*\[\]|~]")
_REACHING_OUT = re.compile(r"[@#!]|://|\bGH-(?=[0-9])|\bwww(?=\.)", re.IGNORECASE)
"""Where a mention, a reference to an issue (`#12`, `GH-12`) or a link begins."""
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_IN_COMMENT = {
    "<": "\\u003c",
    ">": "\\u003e",
    "--": "-\\u002d",
    "@": "\\u0040",
    "#": "\\u0023",
    "://": ":\\u002f/",
}
"""What could end the comment, or mean something to a program that reads comments."""
_LONGEST = 300


class Origin(NamedTuple):
    """What the managed block says about where an item comes from; the addresses may be ""."""

    title: str
    """The document's title."""
    document: str
    """The document's path."""
    source: str = ""
    """The address of the document's section on the default branch."""
    permalink: str = ""
    """The address of the item's line in the commit that the issue was made from."""


def render(marker: Marker, origin: Origin, values: Mapping[Field, str] | None = None) -> str:
    """The body of a new issue: the managed block, then the marker. `values` are those that only lines can show."""
    title, path = _harmless(origin.title), _harmless(origin.document)
    called = f"[{title}]({origin.source})" if origin.source else title
    first = f" ([as it was]({origin.permalink}) when this issue was made)" if origin.permalink else ""
    shown = ["", *lines.text(values)] if values else []
    block = (
        BEGIN,
        f"Action item of the postmortem {called} ({path}){first}.",
        "tracksync keeps this issue and the postmortem in step.",
        "Edit owner, due date, priority and status in either place; write notes below.",
        *shown,
        END,
        _comment(marker),
    )
    return "\n".join(block) + "\n"


def tied(body: str, marker: Marker, origin: Origin, values: Mapping[Field, str] | None = None) -> str:
    """A person's body with our block and marker behind it; a body of ours with another marker."""
    if _COMMENT.search(body):
        return with_lines(with_marker(body, marker), values or {})
    own = untied(body)
    return f"{own}{_GAP if own else ''}{render(marker, origin, values)}"


def said(body: str) -> lines.Said:
    """What the lines of the managed block say; nothing where there is none."""
    block = _BLOCK.search(body)
    return lines.read(block[0]) if block else lines.NOTHING


def with_lines(body: str, values: Mapping[Field, str]) -> str:
    """The body with these values in the lines of its managed block. Without a marker it is not ours: left as it is.

    Lines that were taken away come back at the end of the block, a block that was taken away before the marker.
    """
    comment = _COMMENT.search(body)
    if not values or comment is None:
        return body
    block = _BLOCK.search(body)
    if block is None:
        new = "\n".join((BEGIN, *lines.text(values), END, ""))
        return body[: comment.start()] + new + body[comment.start() :]
    kept = lines.replaced(block[0], values)
    absent = "".join(f"{line}\n" for line in lines.text(lines.missing(block[0], values)))
    return body[: block.start()] + kept.replace(END, absent + END) + body[block.end() :]


def untied(body: str) -> str:
    """The body without block and marker: a body that was tied is as it was before."""
    return _COMMENT_LINE.sub("", _BLOCK.sub("", body))


def read_marker(body: str) -> Marker | MarkerFault | None:
    """The marker in an issue's body, None when there is none, a fault when it can't be used. Never raises."""
    found = [_parse(match[1].strip()) for match in _COMMENT.finditer(body)]
    faults = [one for one in found if isinstance(one, MarkerFault)]
    if faults:
        return faults[0]
    if any(one != found[0] for one in found):
        return MarkerFault("The issue's text holds several different tracksync markers; remove all but one.")
    return found[0] if found else None


def with_marker(body: str, marker: Marker) -> str:
    """The body with another marker in place of the one it has; a body without one stays as it is."""
    return _COMMENT.sub(lambda _: _comment(marker), body)


def without_marker(body: str) -> str:
    """The body as people see it."""
    return _COMMENT.sub("", body)


def _comment(marker: Marker) -> str:
    data = {
        "version": MARKER_VERSION,
        "key": marker.key,
        "repository": marker.repository,
        "document": marker.document,
        "text": marker.text,
        "base": {which.value: list(base) for which, base in marker.base.items()},
    }
    text = json.dumps(data | {"check": _check(data)}, sort_keys=True, ensure_ascii=True)
    for part, escape in _IN_COMMENT.items():
        text = text.replace(part, escape)
    return f"<!-- tracksync:marker {text} -->"


def _parse(text: str) -> Marker | MarkerFault:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        return MarkerFault("The tracksync marker in the issue's text is damaged.")
    version = data.get("version")
    if type(version) is not int or version < 1:
        return MarkerFault("The tracksync marker in the issue's text has no usable version.")
    if version > MARKER_VERSION:
        return MarkerFault(f"The issue was written by a newer tracksync (marker version {version}); upgrade tracksync.")
    return _version_1(data)


def _check(data: Mapping[str, object]) -> str:
    """It gives an edit by hand away; it keeps nobody out, who may write the issue could as well write its values."""
    said = {name: value for name, value in data.items() if name != "check"}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:16]


def _version_1(data: Mapping[str, object]) -> Marker | MarkerFault:
    if data.get("check") not in (None, _check(data)):
        return MarkerFault("The tracksync marker in the issue's text was edited by hand.")
    texts = {name: data.get(name) for name in ("key", "repository", "document", "text")}
    words = {name: value for name, value in texts.items() if isinstance(value, str)}
    wrong = sorted(texts.keys() - words.keys())
    if wrong:
        return MarkerFault(f"The tracksync marker in the issue's text has no usable {wrong[0]}.")
    if not _KEY.fullmatch(words["key"]):
        return MarkerFault("The tracksync marker in the issue's text has a malformed key.")
    return Marker(**words, base=_base(data.get("base")))


def _base(data: object) -> dict[Field, Base]:
    pairs = data if isinstance(data, dict) else {}
    return {which: Base(*pairs[which.value]) for which in MERGED if _agreed(pairs.get(which.value))}


def _agreed(pair: object) -> bool:
    match pair:
        case [str(), int() as serial]:
            return type(serial) is int and serial >= 0
        case _:
            return False


def _harmless(text: str) -> str:
    """Document text as one line that shows and mentions nothing but itself."""
    line = " ".join(_UNSEEN.sub(" ", text).split())
    short = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
    # A zero width space stops mentions and cross references; a code span would not, in e-mail notifications.
    return _REACHING_OUT.sub("\\g<0>\u200b", _MARKUP.sub(r"\\\g<0>", short).translate(_HTML))
