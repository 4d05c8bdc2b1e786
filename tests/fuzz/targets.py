"""What is fuzzed, one function a target: bytes in; an exception or a broken promise is a finding.

`atheris` drives them for as long as one likes (`run.py`), Hypothesis in every `make test` (`test_targets.py`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from tracksync import config
from tracksync.documents import parse, rewrite
from tracksync.errors import ConfigError
from tracksync.model import ActionItem, Field, ItemEdit, Marker, Reading, Status
from tracksync.planning.project import in_place
from tracksync.trackers.body import read_marker, with_marker

TITLES = ("Add | it *now*", "a: b # c", "`x", "@alice", "- x", "null", "<b>", "[x](y)", "\\", "é\u2028e", "'\"", "{a}")
VALUES: Mapping[Field, Sequence[str]] = {
    Field.TITLE: TITLES,
    Field.OWNER: ("", "alice", "alice,bob", "x-y"),
    Field.DUE: ("", "2026-12-01", "1999-02-28"),
    Field.PRIORITY: ("", "P0", "P1", "P2", "P3", "P4"),
    Field.STATUS: tuple(status.value for status in Status),
    Field.ISSUE: ("#12", "local#12", "acme/web#12", "[#12](https://github.com/a/b/issues/12)"),
}


def parse_markdown(data: bytes) -> None:
    """Reading never raises, and the quick way finds the same items as the whole one."""
    _parsed("a.md", data)


def parse_yaml(data: bytes) -> None:
    """The same for a YAML file."""
    _parsed("a.yml", data)


def _parsed(path: str, data: bytes) -> None:
    whole, quick = parse(path, data), parse(path, data, fields=False)
    assert whole.items == quick.items, "the quick way finds other items"
    for problem in whole.problems:
        assert problem.path == path
        assert 0 <= problem.line <= 1 + data.count(b"\n") + data.count(b"\r")


def rewrite_item(data: bytes) -> None:
    """One edit of one field of one item: the first four bytes choose, the rest is the document."""
    head, document = data[:4].ljust(4, b"\0"), data[4:]
    path = "a.yml" if head[0] % 3 == 0 else "a.md"
    items = parse(path, document).items
    if items:
        item, which = items[head[1] % len(items)], list(Field)[head[2] % len(Field)]
        change(path, document, items, ItemEdit(item.index, which, VALUES[which][head[3] % len(VALUES[which])]))


def change(path: str, data: bytes, items: Sequence[ActionItem], edit: ItemEdit) -> None:
    """Written as meant in the item's own lines, or refused with a problem and nothing touched."""
    result = rewrite(path, data, [edit])
    if edit not in result.done:
        assert (data, 1) == (result.data, len(result.problems)), "an edit that is refused touches nothing"
        return
    first, last = _lines(data, items, edit.index)
    before, after = _split(data), _split(result.data)
    behind = len(before) - last
    assert before[:first] == after[:first], "lines before the item differ"
    assert not behind or before[-behind:] == after[-behind:], "lines behind the item differ"
    was, now = items[edit.index], parse(path, result.data).items
    assert len(items) == len(now)
    if not (edit.value == "" and was.readings.of(edit.field) is Reading.PLACEHOLDER):
        # A check box says open or done, no more.
        wanted = in_place(was, Status(edit.value)).value if was.box and edit.field is Field.STATUS else _wanted(edit)
        assert wanted == _shown(now[edit.index], edit.field), "the edit does not read back"
    again = rewrite(path, result.data, [edit])
    assert (result.data, (), (edit,)) == (again.data, again.problems, again.done), "a second time is no change"


def _split(data: bytes) -> list[bytes]:
    return re.split(rb"(?<=\n)|(?<=\r)(?!\n)", data)


def _lines(data: bytes, items: Sequence[ActionItem], index: int) -> tuple[int, int]:
    """The lines of an item, from 0, the end not included: up to the next one where an item may have several."""
    item = items[index]
    if item.format == "table":
        return item.line - 1, item.line
    if index + 1 == len(items):
        return item.line - 1, len(_split(data))
    following = items[index + 1]
    lead = _split(data)[following.line - 1].decode("utf-8-sig")[: following.column - 1]
    return item.line - 1, following.line - (not lead.strip(" -"))


def _shown(item: ActionItem, which: Field) -> str:
    values = {
        Field.TITLE: item.action,
        Field.OWNER: ",".join(sorted(item.owners)),
        Field.DUE: item.due,
        Field.PRIORITY: item.priority,
        Field.STATUS: item.status,
        Field.ISSUE: item.link,
    }
    return str(values[which] or "")


def _wanted(edit: ItemEdit) -> str:
    linked = re.search(r"\((.*)\)", edit.value) if edit.field is Field.ISSUE else None
    return linked[1] if linked else edit.value


def parse_configuration(data: bytes) -> None:
    """A configuration is read or refused, line by line."""
    with suppress(UnicodeDecodeError), suppress(ConfigError):
        config.parse(data.decode(), "tracksync.yml")


def marker(data: bytes) -> None:
    """A body that people wrote gives a marker, a fault or nothing; a marker written anew reads back."""
    body = data.decode("utf-8", "replace")
    found = read_marker(body)
    if isinstance(found, Marker):
        assert found == read_marker(with_marker(body, found)), "the marker does not read back"


class Target(NamedTuple):
    """A function to fuzz, and the names of the samples to start from."""

    run: Callable[[bytes], None]
    kind: str


TARGETS: Mapping[str, Target] = {
    "parse_markdown": Target(parse_markdown, "md"),
    "parse_yaml": Target(parse_yaml, "yml"),
    "rewrite": Target(rewrite_item, "rewrite"),
    "configuration": Target(parse_configuration, "configuration"),
    "marker": Target(marker, "marker"),
}
