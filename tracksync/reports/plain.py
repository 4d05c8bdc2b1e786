"""Text from documents and trackers, made harmless for a terminal, a CI log and a Markdown page."""

import re

_BREAKS = re.compile(r"[\t\n\r]+")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_COMMAND = re.compile(r"(?<!\S)::|##\[")
_MARKUP = re.compile(r"[\\`*_\[\]|~!$#]")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_REFERENCE = re.compile(r"([@#])(?=\w)")


def plain(text: str) -> str:
    r"""One line that shows `text` and does nothing.

    Line breaks become spaces; control characters, bidirectional overrides and lone surrogates become
    visible escapes (`\x1b`); `::` at the start of a word and `##[` are taken apart, because GitHub's
    runner executes lines that begin with the one or hold the other.
    """
    text = _UNSEEN.sub(_escape, _BREAKS.sub(" ", text))
    return _COMMAND.sub(lambda found: f"{found[0][:-1]} {found[0][-1]}", text)


def markdown(text: str) -> str:
    """`text` for a GFM table cell: no table, markup, HTML, mention or cross reference comes out of it."""
    harmless = _MARKUP.sub(r"\\\g<0>", plain(text).translate(_HTML))
    # A zero width space is what stops a mention: platforms look for them after Markdown is rendered.
    return _REFERENCE.sub("\\1\u200b", harmless)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
