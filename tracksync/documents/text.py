"""The bytes of a document as text with lines. Only `\\r\\n`, `\\n` and a lone `\\r` end a line."""

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from tracksync.model import Problem, Severity

MAX_BYTES = 1024 * 1024
"""Unless `limits.document_bytes` says otherwise."""

MAX_LINES = 20_000

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class Source:
    """A decoded document. `text` is exact (BOM and line ends included); `lines` have no line ends and no BOM."""

    __slots__ = ("_starts", "bom", "lines", "plain", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.bom = text.startswith("\ufeff")
        body = text[1:] if self.bom else text
        self.plain = body.replace("\r\n", "\n").replace("\r", "\n") if "\r" in body else body
        """The text as Markdown parsers see it: no BOM, every line end a line feed."""
        self.lines = self.plain.split("\n")
        self._starts: list[int] | None = None

    def offset(self, line: int, column: int) -> int:
        """Where a character (0-based line and column) stands in `text`."""
        return self._line_starts()[line] + column

    def line_of(self, offset: int) -> int:
        """The 1-based line in which the character at `offset` of `text` stands."""
        return min(max(1, bisect_right(self._line_starts(), offset)), len(self.lines))

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = list(accumulate((len(m) for m in _LINE.findall(self.text)), initial=0))
            self._starts[0] = int(self.bom)
        return self._starts

    @property
    def eol(self) -> str:
        """The document's line end: that of its first line."""
        found = re.search(r"\r\n|\r|\n", self.text)
        return found.group() if found else "\n"


@dataclass(frozen=True, slots=True)
class Splice:
    """Replace the characters from `start` to `end` of a `Source` by `new`."""

    start: int
    end: int
    new: str


def splice(text: str, splices: list[Splice]) -> str:
    """The text with all replacements made, from the end so that positions stay true.

    Of several at one position, the first in the list comes first in the text.
    """
    for _, one in sorted(enumerate(splices), key=lambda pair: (pair[1].start, pair[0]), reverse=True):
        text = text[: one.start] + one.new + text[one.end :]
    return text


def digest(data: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(data).hexdigest()


def decode(path: str, data: bytes, most: int = MAX_BYTES) -> Source | Problem:
    """The document as text, or why it is left alone. `most`: its size in bytes at most."""
    if len(data) > most:
        message = f"the document is larger than {most:,} bytes; split it, exclude it, or raise `limits.document_bytes`"
        return _refused("too-large", path, message)
    try:
        source = Source(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if data.startswith(_UTF_16):
            return _refused("not-utf8", path, "the document is UTF-16, not UTF-8; save it as UTF-8", 1)
        message = f"the byte {data[error.start]:02X} here is not UTF-8; save the document as UTF-8"
        return _refused("not-utf8", path, message, _line_of(data, error.start))
    if b"\0" in data:
        message = "the document holds a NUL byte; remove it, or exclude the file"
        return _refused("nul-byte", path, message, _line_of(data, data.index(b"\0")))
    if len(source.lines) > MAX_LINES:
        return _refused("too-large", path, "the document has more than 20,000 lines; split it, or exclude it")
    return source


def _line_of(data: bytes, at: int) -> int:
    """The 1-based line of a byte."""
    return 1 + data.count(b"\n", 0, at) + data.count(b"\r", 0, at) - data.count(b"\r\n", 0, at)


def _refused(rule: str, path: str, message: str, line: int = 0) -> Problem:
    return Problem(rule, Severity.ERROR, path, line, message)
