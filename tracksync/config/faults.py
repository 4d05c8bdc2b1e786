"""What is wrong with a configuration that is YAML, in our words: one sentence that says what to write instead."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from tracksync.config.model import LATER, keys
from tracksync.config.values import listed
from tracksync.config.yaml import Data, Fault, KeyPath, Read, at, dotted

MESSAGES = {
    "tuple_type": "must be a list, like [one, two]",
    "dict_type": "must be a mapping (name: login), or the path of a YAML file with one",
    "string_type": "must be text, not {kind}",
    "less_than_equal": "must be at most {le}",
    "greater_than_equal": "must be at least {ge}",
}
"""Our words for pydantic's error types."""


def of_the_model(error: ValidationError, found: Read) -> Iterator[Fault]:
    """What the models refuse."""
    for detail in error.errors():
        path = detail["loc"][:-1] if detail["loc"][-1:] == ("[key]",) else detail["loc"]
        if detail["type"] == "extra_forbidden":
            yield Fault(found.keys[path], _unknown(path))
        else:
            subject = dotted(path) or "the file"
            yield Fault(found.values[path], f"{subject} {_reason(detail, path, at(found.data, path))}")


def _reason(detail: Any, path: KeyPath, value: Data | None) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind in ("enum", "literal_error"):
        return _not_allowed(value, re.findall("'([^']*)'", context["expected"]))
    if kind == "model_type":
        blank = " (a blank follows the colon)" if isinstance(value, str) and ":" in value else ""
        return f"must be a mapping (key: value){blank}; its keys: {', '.join(_children(path))}"
    name = "a mapping" if isinstance(value, dict) else "a list"
    return MESSAGES[kind].format(**context, kind=name)


def _not_allowed(value: Data | None, allowed: list[str]) -> str:
    near = _nearest(value, allowed) if isinstance(value, str) else None
    return f"must be {listed(allowed)}" + (f"; did you mean {near}?" if near else "")


def _unknown(path: KeyPath) -> str:
    if path in LATER:
        return f"{dotted(path)} is not available in this version: remove it"
    known = list(keys())
    name, siblings = str(path[-1]), _children(path[:-1])
    sibling = _nearest(name, siblings)
    elsewhere = _nearest(name, [key[-1] for key in known])
    meant = (*path[:-1], sibling) if sibling else next((key for key in known if key[-1] == elsewhere), None)
    advice = f"did you mean {dotted(meant)}?" if meant else f"known here: {', '.join(siblings)}"
    return f"{dotted(path)} is not a key; {advice}"


def _children(path: KeyPath) -> list[str]:
    return [key[-1] for key in keys() if key[:-1] == path]


def _nearest(word: str, known: Iterable[str]) -> str | None:
    folded = {one.casefold().replace("-", "_"): one for one in known}
    near = difflib.get_close_matches(word.casefold().replace("-", "_"), folded, n=1)
    return folded[near[0]] if near else None
