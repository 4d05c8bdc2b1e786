"""YAML read as plain text with places: every scalar is a `str`, every key and value knows where it stands.

YAML 1.1 turns `no` into False, `017` into 15 and `2026-12-01` into a date. None of that happens here: what a value
means is decided by the model that asked for it. Anything that could mean two things is a fault: a key given twice,
an anchor, an alias, a tag, a value that is missing.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

MAX_BYTES = 256 * 1024
"""A configuration larger than this is a mistake; the pure YAML parser needs 2.5 seconds for a megabyte."""

SECRETS = (("tracker", "token"), ("tracker", "app_key"))
"""What stands at these paths is never named: somebody may have written the secret itself."""

_NULL = "tag:yaml.org,2002:null"

KeyPath = tuple[str | int, ...]
Data = str | list["Data"] | dict[str, "Data"]


class Place(NamedTuple):
    """A file by the name that people see, and the 1-based line and column (in characters)."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Fault(NamedTuple):
    """Something wrong at one place; `reason` is a sentence without the place."""

    place: Place
    reason: str


class Read(NamedTuple):
    """What a YAML text holds. `keys` and `values` say where each path stands; that of the whole is ()."""

    data: Data
    keys: dict[KeyPath, Place]
    values: dict[KeyPath, Place]
    faults: list[Fault]


def read(text: str, file: str) -> Read:
    """The content of `text` (an empty text: an empty mapping), with every fault in it."""
    result = Read({}, {}, {(): Place(file)}, [])
    if len(text.encode()) > MAX_BYTES:
        result.faults.append(Fault(Place(file), f"larger than {MAX_BYTES // 1024} KB: is this the right file?"))
        return result
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError, RecursionError) as error:
        result.faults.append(_syntax_fault(text, file, error))
        return result
    result.faults.extend(_not_plain(text, file))
    # An alias can stand for more than memory holds; with one, nothing is taken over.
    if node is None or node.tag == _NULL or any(fault.reason == _NO_ALIAS for fault in result.faults):
        return result
    return result._replace(data=_data(node, (), result))


_NO_ALIAS = 'a value that begins with "*" is an alias in YAML: put it in quotes, like "*.md"'

_SYNTAX: tuple[tuple[str, bool, str], ...] = (
    (r"character '\\t'", False, "a tab stands here; indent with spaces"),
    (r"character '(.)' that cannot start", False, 'a value can\'t begin with "{0}": put it in quotes, like "{0}name"'),
    (r"scanning an alias|undefined alias", True, _NO_ALIAS),
    (r"scanning an anchor", True, 'a value can\'t begin with "&": put it in quotes, like "&name"'),
    (r"(?s)quoted scalar.*end of stream", True, "a quote opens here and is never closed"),
    (r"unknown escape character", False, 'between double quotes "\\" begins a code: use single quotes'),
    (r"found '<stream end>'", False, "the file ends in the middle of a value"),
    (r"node content, but found '(.*)'", False, 'a value is missing before "{0}"; put one that begins so in quotes'),
    (r"parsing a flow sequence", True, 'this "[" is not closed with "]", or a comma is missing between its entries'),
    (r"parsing a flow mapping", True, 'this "{{" is not closed with "}}", or a comma is missing between its entries'),
    (r"another document", False, "a second YAML document begins here: keep one, without ---"),
    (r"sequence entries", False, '"- " begins a list entry, and that needs a line of its own'),
    (r"could not find expected ':'", True, 'this line is no "key: value" (a blank follows the colon)'),
    (r"found '<scalar>'", False, "text follows a value that has ended: put the whole value in one pair of quotes"),
    (
        r"expected <block end>|expected '<document start>'",
        False,
        "this line doesn't fit the lines above it: indent all keys of one mapping, and all entries of one list, alike",
    ),
)
"""What PyYAML says (context, then problem), whether the fault is where the context begins, and our words."""


def _syntax_fault(text: str, file: str, error: Exception) -> Fault:
    if isinstance(error, yaml.MarkedYAMLError):
        return _marked_fault(text, file, error)
    if isinstance(error, yaml.reader.ReaderError):
        before, code = text[: error.position], ord(text[error.position])
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return Fault(place, f"a control character (U+{code:04X}) stands here: remove it")
    return Fault(Place(file), "nested too deeply to be a configuration: is this the right file?")


def _marked_fault(text: str, file: str, error: yaml.MarkedYAMLError) -> Fault:
    said = f"{error.context}\n{error.problem}"
    mark = error.problem_mark or error.context_mark
    if "mapping values" in said and mark:
        # PyYAML ends lines at more characters than a line feed: by its column alone a line begins.
        second = re.search(r":\s", text[mark.index - mark.column : mark.index])
        return Fault(_at(mark, file), _SECOND_COLON if second else _NO_MAPPING_HERE)
    for pattern, at_context, reason in _SYNTAX:
        if match := re.search(pattern, said):
            return Fault(_at((at_context and error.context_mark) or mark, file), reason.format(*match.groups()))
    return Fault(_at(mark, file), f"this is not YAML: {error.problem}")


_SECOND_COLON = 'a second ": " in one line: put the value in quotes, like "a: b"'
_NO_MAPPING_HERE = 'this key doesn\'t fit the line above it: check the indentation, and that a blank follows each ":"'


def _not_plain(text: str, file: str) -> Iterator[Fault]:
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        place = _at(event.start_mark, file)
        if isinstance(event, yaml.AliasEvent):
            yield Fault(place, _NO_ALIAS)
        elif getattr(event, "anchor", None) is not None:
            yield Fault(place, 'a value that begins with "&" is an anchor in YAML: put it in quotes, or write it out')
        elif getattr(event, "tag", None) is not None:
            yield Fault(place, 'a value that begins with "!" is a tag in YAML: put it in quotes, or remove the tag')


def _at(mark: Any, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def _data(node: yaml.Node, path: KeyPath, result: Read) -> Data:
    place = result.values[path] = _at(node.start_mark, result.values[()].file)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, result)
    if isinstance(node, yaml.SequenceNode):
        return [_data(child, (*path, number), result) for number, child in enumerate(node.value)]
    if node.tag == _NULL:
        result.faults.append(Fault(place, f"{dotted(path)} has no value: give one, or remove the key"))
    return str(node.value)


def _mapping(node: yaml.MappingNode, path: KeyPath, result: Read) -> dict[str, Data]:
    data: dict[str, Data] = {}
    for key, value in node.value:
        place = _at(key.start_mark, result.values[path].file)
        here = (*path, key.value)
        if not isinstance(key, yaml.ScalarNode):
            result.faults.append(Fault(place, "a key must be a word; a value that begins with { or [ needs quotes"))
        elif key.value in data:
            first = result.keys[here].line
            result.faults.append(Fault(place, f"{dotted(here)} stands in line {first} already: keep one of the two"))
        else:
            result.keys[here] = place
            data[key.value] = _data(value, here, result)
    return data


def dotted(path: KeyPath) -> str:
    """A path as people write it: `limits.creates`, `documents.include[2]` (counted from 1)."""
    text = ""
    secret = next((secret for secret in SECRETS if path[: len(secret)] == secret), path)
    for part in secret:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def at(data: Data, path: KeyPath) -> Data | None:
    """What stands at `path`; None when nothing does."""
    for part in path:
        if isinstance(data, dict) and part in data:
            data = data[str(part)]
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            return None
    return data
