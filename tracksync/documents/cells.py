"""The cells of one row of a pipe table, by the rule of GFM: a pipe splits, in code spans too, unless a backslash stands
right before it. (cmark-gfm and markdown-it don't ask whether that backslash is escaped itself.)"""

import re

_PIPE = re.compile(r"(?<!\\)\|")


def split(line: str) -> tuple[tuple[int, int], ...]:
    """Where the content of each cell starts and ends, blanks around it included."""
    begin = len(line) - len(line.lstrip(" \t"))
    end = len(line.rstrip(" \t"))
    pipes = _pipes(line)
    if pipes and pipes[0] == begin:
        begin += 1
        pipes = pipes[1:]
    spans = []
    for pipe in pipes:
        spans.append((begin, pipe))
        begin = pipe + 1
    if begin < end:
        spans.append((begin, end))
    return tuple(spans)


def _pipes(line: str) -> list[int]:
    if "\\|" in line:
        return [match.start() for match in _PIPE.finditer(line)]
    pipes, at = [], line.find("|")
    while at >= 0:
        pipes.append(at)
        at = line.find("|", at + 1)
    return pipes


def has_pipe(line: str) -> bool:
    """Whether anything splits the line."""
    return _PIPE.search(line) is not None


def text(line: str, span: tuple[int, int]) -> str:
    """A cell's text: no blanks around it, pipes without their backslash."""
    return line[span[0] : span[1]].strip(" \t").replace("\\|", "|")


def written(cell: str) -> str:
    """A text as it stands in a cell: the inverse of `text`."""
    return cell.replace("|", "\\|")


def refilled(content: str, new: str, last: bool, width: int) -> str:
    """The content of a cell with another text and the padding it had.

    `width`: that of an aligned column, 0 in a compact one, where only padding of several blanks keeps the cell's own.
    `last`: no pipe follows, so nothing is padded.
    """
    old = content.strip(" \t")
    if not old:
        return f" {new} ".ljust(len(content)) if new else content
    at = content.index(old)
    lead, trail = content[:at], content[at + len(old) :]
    if last or "\t" in trail or (not width and len(trail) < 2):
        return lead + new + trail
    return (lead + new + trail[:1]).ljust(width or len(content))
