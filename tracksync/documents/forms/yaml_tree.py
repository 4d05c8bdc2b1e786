"""YAML as a tree of nodes with positions. Every scalar is text; what can't be edited safely is refused as a whole."""

import re
from functools import lru_cache

from yaml import SafeLoader
from yaml.error import MarkedYAMLError
from yaml.events import AliasEvent, Event, NodeEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

MAX_BYTES = 64 * 1024
MAX_DEPTH = 32

_LEADING = re.compile(r"^(?P<indent> *)(?P<dashes>(?:[-?:] +)*)(?=[^ \n\r])", re.MULTILINE)
_NEEDS_QUOTES = "@`%"


class Refused(Exception):
    """YAML that is not read; `offset` counts characters from its start."""

    def __init__(self, rule: str, offset: int, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.offset = offset


class _Loader(SafeLoader):
    """Composes nodes without resolving tags, and refuses what makes an edit land in the wrong place."""

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor is not None):
            message = "YAML anchors and aliases (& and *) are not read; write the values out"
            raise Refused("yaml-alias", _at(event), message)
        if getattr(event, "tag", None) is not None:
            raise Refused("yaml-tag", _at(event), "YAML tags (!) are not read; remove the tag")
        node: Node | None = super().compose_node(parent, index)
        if isinstance(node, MappingNode):
            _no_duplicates(node)
        return node

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """Nothing has a type: `no` and `2026-12-01` are text."""
        return ""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """See `resolve`."""

    def ascend_resolver(self) -> None:
        """See `resolve`."""


@lru_cache(maxsize=2)
def compose(text: str) -> Node | None:
    """The tree of a YAML text without BOM; None for an empty one. Raises `Refused`.

    Remembers the last ones: the items and the document fields are read from the same tree.
    """
    _guard(text)
    try:
        loader = _Loader(text)
        try:
            node: Node | None = loader.get_single_node()
        finally:
            loader.dispose()
    except RecursionError:
        raise _too_deep(0) from None
    except ReaderError as error:
        message = f"YAML does not allow the character U+{ord(text[error.position]):04X}; remove it"
        raise Refused("yaml-refused", error.position, message) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Refused("yaml-refused", mark.index if mark else 0, _in_our_words(text, error)) from None
    return node


def _at(event: Event) -> int:
    mark = event.start_mark
    return mark.index if mark else 0


def _in_our_words(text: str, error: MarkedYAMLError) -> str:
    mark = error.problem_mark
    at = mark.index if mark else 0
    if text[at : at + 1] and text[at] in _NEEDS_QUOTES:
        value = re.split(r"[\r\n]", text[at:], maxsplit=1)[0].strip()[:40]
        return f'YAML does not allow a value to start with "{text[at]}"; put it in quotes: "{value}"'
    if text[at : at + 1] == "\t":
        return "YAML does not allow tabs before a key or value; use blanks"
    return f"YAML can't be read here ({error.problem}); check indentation, and put values with : or # in quotes"


def _no_duplicates(node: MappingNode) -> None:
    seen = set()
    for key, _ in node.value:
        if not isinstance(key, ScalarNode):
            raise Refused("yaml-refused", key.start_mark.index, "a YAML key must be one word; write the key as text")
        name = key.value.casefold()
        if name in seen:
            message = f"the YAML key `{key.value}` stands here twice; remove one of the two"
            raise Refused("yaml-duplicate-key", key.start_mark.index, message)
        seen.add(name)


def _guard(text: str) -> None:
    """Size and depth, before the parser sees the text: nesting costs it time and stack."""
    if len(text) > MAX_BYTES or len(text.encode()) > MAX_BYTES:
        raise Refused("too-large", 0, "the YAML is larger than 64 KB; split it")
    depth = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if bracket.group() in "[{" else max(0, depth - 1)
        if depth > MAX_DEPTH:
            raise _too_deep(bracket.start())
    columns: list[int] = []
    for line in _LEADING.finditer(text):
        starts = [line.end("indent"), *(line.start("dashes") + dash.end() for dash in _dashes(line["dashes"]))]
        base = starts[0] - line.start()
        columns = [column for column in columns if column < base] if columns and columns[-1] >= base else columns
        columns.extend(start - line.start() for start in starts)
        if len(columns) > MAX_DEPTH:
            raise _too_deep(line.start())


def _dashes(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"[-?:] +", text))


def _too_deep(offset: int) -> Refused:
    return Refused("yaml-too-deep", offset, f"the YAML is nested more than {MAX_DEPTH} levels deep; flatten it")


def texts(root: Node | None) -> dict[str, tuple[str, ...]]:
    """The texts, and lists of texts, of a mapping by key in lower case; those under a single key are its own."""
    if not isinstance(root, MappingNode):
        return {}
    if len(root.value) == 1 and isinstance(root.value[0][1], MappingNode):
        return texts(root.value[0][1])
    found: dict[str, tuple[str, ...]] = {}
    for key, value in root.value:
        if isinstance(value, ScalarNode):
            found[key.value.casefold()] = (value.value,)
        elif isinstance(value, SequenceNode):
            found[key.value.casefold()] = tuple(one.value for one in value.value if isinstance(one, ScalarNode))
    return found
