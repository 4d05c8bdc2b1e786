"""YAML read as plain text with places: every scalar is a `str`, every key and value knows where it stands.

YAML 1.1 turns `no` into False, `017` into 15 and `2026-12-01` into a date. None of that happens here: what a value
means is decided by the model that asked for it. Anything that could mean two things is a fault: a key given twice,
an anchor, an alias, a tag, a value that is missing.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

MAX_CHARACTERS = 256 * 1024
"""A configuration larger than this is a mistake; the pure YAML parser needs 2.5 seconds for a megabyte."""

_NULL = "tag:yaml.org,2002:null"

KeyPath = tuple[str | int, ...]
Data = str | list["Data"] | dict[str, "Data"]


class Place(NamedTuple):
    """1-based line and column, in characters."""

    line: int
    column: int


START = Place(1, 1)


class Fault(NamedTuple):
    """Something wrong at one place; `reason` is a sentence without the place."""

    place: Place
    reason: str


class Read(NamedTuple):
    """What a YAML text holds. `keys` and `values` say where each path stands."""

    data: Data
    keys: dict[KeyPath, Place]
    values: dict[KeyPath, Place]
    faults: list[Fault]


def read(text: str) -> Read:
    """The content of `text` (an empty text: an empty mapping), with every fault in it."""
    result = Read({}, {}, {}, [])
    if len(text) > MAX_CHARACTERS:
        result.faults.append(Fault(START, f"larger than {MAX_CHARACTERS} characters"))
        return result
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError, RecursionError) as error:
        result.faults.append(_syntax_fault(text, error))
        return result
    if node is None or node.tag == _NULL:
        return result
    result.faults.extend(_not_plain(text))
    if result.faults:
        return result
    return result._replace(data=_data(node, (), result))


def _syntax_fault(text: str, error: Exception) -> Fault:
    if isinstance(error, yaml.MarkedYAMLError):
        place = _at(error.problem_mark or error.context_mark)
        reason = (error.problem or "it can't be read").replace("\n", " ")
        advice = " (put the value in quotes)" if "cannot start any token" in reason else ""
        return Fault(place, f"this is not YAML: {reason}{advice}")
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        return Fault(place, "this is not YAML: a control character")
    return Fault(START, "nested too deeply")


def _not_plain(text: str) -> Iterator[Fault]:
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if getattr(event, "anchor", None) is not None:
            yield Fault(_place(event), "anchors and aliases are not supported: write the value out")
        elif getattr(event, "tag", None) is not None:
            yield Fault(_place(event), "tags are not supported: write the value alone")


def _place(node: yaml.Node | yaml.Event) -> Place:
    return _at(node.start_mark)


def _at(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else START


def _data(node: yaml.Node, path: KeyPath, result: Read) -> Data:
    result.values[path] = _place(node)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, result)
    if isinstance(node, yaml.SequenceNode):
        return [_data(child, (*path, number), result) for number, child in enumerate(node.value)]
    if node.tag == _NULL:
        result.faults.append(Fault(_place(node), f"{dotted(path)} has no value: give one or remove it"))
    return str(node.value)


def _mapping(node: yaml.MappingNode, path: KeyPath, result: Read) -> dict[str, Data]:
    data: dict[str, Data] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            result.faults.append(Fault(_place(key), "a key must be a word"))
            continue
        here = (*path, key.value)
        if key.value in data:
            first = result.keys[here]
            result.faults.append(Fault(_place(key), f"{dotted(here)} was given already in line {first.line}"))
            continue
        result.keys[here] = _place(key)
        data[key.value] = _data(value, here, result)
    return data


def dotted(path: KeyPath) -> str:
    """A path as people write it: `limits.creates`, `documents.include[2]` (counted from 1)."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text
