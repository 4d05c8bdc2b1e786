"""Action items in YAML: `action_items:` in a YAML file, in front matter, or in a fenced block."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tracksync.documents.forms import yaml_scalar
from tracksync.documents.forms.yaml_tree import Refused, compose
from tracksync.documents.found import Found, Page
from tracksync.documents.text import Source, Splice
from tracksync.documents.words import Role, Words
from tracksync.model import Considered, Problem

_NAMED = re.compile(r"action[_-]?items", re.IGNORECASE)
_FENCES = ("yaml", "yml")


class Entry(NamedTuple):
    """One entry of the list: its mapping (None: only a text), the node of each role, and where its YAML starts."""

    mapping: MappingNode | None
    nodes: Mapping[Role, Node]
    offset: int


def may_hold(text: str) -> bool:
    """A cheap look: whether there can be a list of action items in YAML."""
    return _NAMED.search(text) is not None


def find(page: Page, words: Words) -> Iterator[Found | Problem]:
    """The entries of every `action_items:` list."""
    source = page.source
    if page.structure is None:
        yield from _block(page, 0, len(source.lines), words)
        return
    if page.matter:
        yield from _block(page, *page.matter, words)
    for fence in page.structure.fences:
        if fence.info.split(" ")[0].casefold() not in _FENCES:
            continue
        body = source.lines[fence.first + 1 : fence.last]
        if not any(_NAMED.search(line) for line in body):
            continue
        opening = source.lines[fence.first]
        if fence.nested or opening.startswith((" ", "\t")):
            message = "action items in an indented block of YAML are not read; move the block to the left margin"
            yield page.problem("yaml-nested", fence.first + 1, message)
            continue
        mark = opening[0]
        closed = fence.last - 1 > fence.first and re.fullmatch(
            rf" {{0,3}}{mark}{{3,}}[ \t]*", source.lines[fence.last - 1]
        )
        yield from _block(page, fence.first + 1, fence.last - 1 if closed else fence.last, words)


def consider(page: Page, words: Words) -> Iterator[Considered]:
    """Every list of `action_items`, by its first line, and the blocks that could not be read."""
    groups = set[int]()
    for one in find(page, words):
        if isinstance(one, Problem):
            yield Considered(one.line, "yaml", False, one.message)
        elif one.group not in groups:
            groups.add(one.group)
            yield Considered(one.group, "yaml", True, "`action_items` holds action items")


def _block(page: Page, first: int, last: int, words: Words) -> Iterator[Found | Problem]:
    source = page.source
    text = verbatim(source, first, last)
    if not _NAMED.search(text):
        return
    offset = source.offset(first, 0)
    try:
        root = compose(text)
    except Refused as refused:
        yield page.problem(refused.rule, source.line_of(offset + refused.offset), str(refused))
        return
    for items in _lists(root, words):
        yield from _entries(page, items, offset, words)


def verbatim(source: Source, first: int, last: int) -> str:
    """The exact text of these lines, line ends included."""
    end = source.offset(last, 0) if last < len(source.lines) else len(source.text)
    return source.text[source.offset(first, 0) : end]


def _lists(root: Node | None, words: Words, depth: int = 0) -> Iterator[Node]:
    """The values of `action_items`, at the top or under one key (`postmortem:`)."""
    if isinstance(root, MappingNode):
        for key, value in root.value:
            if key.value.casefold() in words.lists:
                yield value
            elif depth == 0:
                yield from _lists(value, words, 1)


def _entries(page: Page, items: Node, offset: int, words: Words) -> Iterator[Found | Problem]:
    start = offset + items.start_mark.index
    if not isinstance(items, SequenceNode):
        if items.value:
            message = "`action_items` must be a list; start each item with a dash"
            yield page.problem("yaml-unreadable", page.source.line_of(start), message)
        return
    group = page.source.line_of(start)
    for node in items.value:
        begin = offset + node.start_mark.index
        line = page.source.line_of(begin)
        column = begin - page.source.offset(line - 1, 0) + 1
        if isinstance(node, MappingNode):
            nodes = _roles(node, words)
            texts = {Role.ACTION: ""} | {role: _text(value) for role, value in nodes.items()}
            entry = Entry(node, nodes, offset)
            yield Found("yaml", line, column, texts, entry, group, False, Role.LINK not in nodes)
        elif isinstance(node, ScalarNode):
            yield Found("yaml", line, column, {Role.ACTION: node.value}, Entry(None, {}, offset), group, False)
        else:
            message = "an entry of `action_items` must be a mapping; write `item:`, `owner:` and so on"
            yield page.problem("yaml-unreadable", line, message)


def _roles(mapping: MappingNode, words: Words) -> Mapping[Role, Node]:
    present = {key.value.casefold(): value for key, value in mapping.value}
    roles = {}
    for role, names in words.keys.items():
        known = [present[name] for name in names if name in present]
        readable = [node for node in known if not isinstance(node, MappingNode)]
        if readable:
            roles[role] = readable[0]
    return roles


def _text(node: Node) -> str:
    if isinstance(node, SequenceNode):
        return ", ".join(entry.value.strip() for entry in node.value if isinstance(entry, ScalarNode))
    return str(node.value).strip()


def hold(found: Found, role: Role) -> bool:
    """Scalars of one style that can be replaced, lists in brackets, and an issue where a line can be added."""
    entry = found.place
    assert isinstance(entry, Entry)
    if entry.mapping is None:
        return False
    node = entry.nodes.get(role)
    if node is None:
        return role is Role.LINK and _neighbour(entry.mapping) is not None
    if isinstance(node, ScalarNode):
        return yaml_scalar.replaceable(node)
    return isinstance(node, SequenceNode) and role is Role.OWNER and bool(node.flow_style)


def edit(page: Page, found: Found, texts: Mapping[Role, str]) -> list[Splice]:
    """Value by value; an `issue:` that is missing is added behind the last value, in its style."""
    entry = found.place
    assert isinstance(entry, Entry)
    splices = []
    for role, text in sorted(texts.items(), key=lambda pair: pair[0] not in entry.nodes):
        node = entry.nodes.get(role)
        if node is None:
            splices.append(_added(page.source, entry, text))
            continue
        start, end = entry.offset + node.start_mark.index, entry.offset + node.end_mark.index
        if isinstance(node, SequenceNode):
            inner = ", ".join(yaml_scalar.quoted(name.strip(), '"') for name in text.split(",") if name.strip())
            splices.append(Splice(start, end, f"[{inner}]"))
            continue
        assert isinstance(node, ScalarNode)
        splices.append(_replaced(page.source.text, start, end, yaml_scalar.written(text, node)))
    return splices


def _replaced(text: str, start: int, end: int, new: str) -> Splice:
    """An empty value stands right behind its colon: the blank that is there, or a new one, goes before the text."""
    if start < end or not new:
        return Splice(start, end, new)
    if text[start : start + 1] == " " and text[start + 1 : start + 2] != "#":
        return Splice(start + 1, start + 1, new)
    return Splice(start, start, f" {new}")


def _neighbour(mapping: MappingNode) -> tuple[ScalarNode, ScalarNode] | None:
    """The last key with a value behind which another key can be added."""
    for key, value in reversed(mapping.value):
        if isinstance(value, ScalarNode) and yaml_scalar.replaceable(value):
            return key, value
    return None


def _added(source: Source, entry: Entry, text: str) -> Splice:
    assert entry.mapping is not None
    neighbour = _neighbour(entry.mapping)
    assert neighbour is not None
    key, value = neighbour
    name = f"{key.style or ''}issue{key.style or ''}: {yaml_scalar.like_neighbour(text, value)}"
    end = entry.offset + value.end_mark.index
    if entry.mapping.flow_style:
        return Splice(end, end, f", {name}")
    column = key.start_mark.column
    line = source.line_of(end)
    end = source.offset(line - 1, len(source.lines[line - 1]))
    return Splice(end, end, f"{source.eol}{' ' * column}{name}")
