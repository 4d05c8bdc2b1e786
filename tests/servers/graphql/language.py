"""Reads the text of a query: aliases, arguments, variables, fragments, selections. No directives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

TOKEN = re.compile(
    r'(?P<skip>[\s,\ufeff]+|#[^\n]*)|(?P<block>"""(?:[^"\\]|\\.|"(?!""))*""")|(?P<string>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[_A-Za-z]\w*)|(?P<mark>\.\.\.|[!$():=@\[\]{}|&])"
)


class QueryError(Exception):
    """The query is refused whole. `more` is what the error says besides its message."""

    def __init__(self, message: str, **more: Any) -> None:
        super().__init__(message)
        self.error = {"message": message, **more}


@dataclass(frozen=True)
class Variable:
    """`$name` where a value stands."""

    name: str


@dataclass
class Selected:
    """One field of a selection set."""

    name: str
    alias: str
    arguments: dict[str, Any]
    selections: "list[Selected | Fragment | Spread]"
    line: int
    column: int

    @property
    def location(self) -> list[dict[str, int]]:
        return [{"line": self.line, "column": self.column}]


@dataclass
class Fragment:
    """`... on Type { … }`; `type` None: of the type around it."""

    type: str | None
    selections: "list[Selected | Fragment | Spread]"


@dataclass
class Spread:
    """`...name`"""

    name: str


@dataclass
class Query:
    """`variables`: whether each must be given; `root`: Query or Mutation."""

    selections: "list[Selected | Fragment | Spread]"
    variables: dict[str, bool] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)
    fragments: dict[str, Fragment] = field(default_factory=dict)
    root: str = "Query"


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    line: int
    column: int


def parse(text: str) -> Query:
    """Raises QueryError."""
    return _Parser(list(_tokens(text))).document()


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        found = TOKEN.match(text, place)
        line = text.count("\n", 0, place) + 1
        column = place - text.rfind("\n", 0, place)
        if not found:
            raise QueryError(f"Parse error on {text[place]!r} at [{line}, {column}]")
        if found.lastgroup != "skip":
            yield Token(str(found.lastgroup), found[0], line, column)
        place = found.end()
    yield Token("end", "", text.count("\n") + 1, 1)


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def take(self, text: str | None = None, kind: str | None = None) -> Token:
        token = self.now
        if (text is not None and token.text != text) or (kind is not None and token.kind != kind):
            raise QueryError(
                f"Parse error on {token.text!r} ({token.kind}) at [{token.line}, {token.column}], "
                f"expected {text or kind}"
            )
        self.place += 1
        return token

    def takes(self, text: str) -> bool:
        if self.now.text == text:
            self.place += 1
            return True
        return False

    def document(self) -> Query:
        queries, fragments = [], {}
        while self.now.kind != "end":
            if self.takes("fragment"):
                name = self.take(kind="name").text
                self.take("on")
                fragments[name] = Fragment(self.take(kind="name").text, self.selections())
            else:
                queries.append(self.operation())
        if len(queries) != 1:
            raise QueryError(f"One operation was expected, {len(queries)} were found")
        queries[0].fragments = fragments
        return queries[0]

    def operation(self) -> Query:
        query = Query([])
        if self.now.text != "{":
            if self.takes("mutation"):
                query.root = "Mutation"
            else:
                self.take("query")
            if self.now.kind == "name":
                self.take()
            if self.takes("("):
                while not self.takes(")"):
                    self.declaration(query)
        query.selections = self.selections()
        return query

    def declaration(self, query: Query) -> None:
        self.take("$")
        name = self.take(kind="name").text
        self.take(":")
        needed = self.type()
        if self.takes("="):
            query.defaults[name], needed = self.value(), False
        query.variables[name] = needed

    def type(self) -> bool:
        """True if it must be given."""
        if self.takes("["):
            self.type()
            self.take("]")
        else:
            self.take(kind="name")
        return self.takes("!")

    def selections(self) -> list[Selected | Fragment | Spread]:
        self.take("{")
        found: list[Selected | Fragment | Spread] = []
        while not self.takes("}"):
            found.append(self.fragment() if self.takes("...") else self.selected())
        return found

    def fragment(self) -> Fragment | Spread:
        if self.takes("on"):
            return Fragment(self.take(kind="name").text, self.selections())
        if self.now.kind == "name":
            return Spread(self.take().text)
        return Fragment(None, self.selections())

    def selected(self) -> Selected:
        first = self.take(kind="name")
        name = self.take(kind="name").text if self.takes(":") else first.text
        arguments = {}
        if self.takes("("):
            while not self.takes(")"):
                key = self.take(kind="name").text
                self.take(":")
                arguments[key] = self.value()
        selections = self.selections() if self.now.text == "{" else []
        return Selected(name, first.text, arguments, selections, first.line, first.column)

    def value(self) -> Any:
        if self.takes("$"):
            return Variable(self.take(kind="name").text)
        if self.takes("["):
            items = []
            while not self.takes("]"):
                items.append(self.value())
            return items
        if self.takes("{"):
            fields = {}
            while not self.takes("}"):
                key = self.take(kind="name").text
                self.take(":")
                fields[key] = self.value()
            return fields
        return self.scalar()

    def scalar(self) -> Any:
        token = self.take()
        if token.kind == "string":
            return re.sub(r"\\(u[0-9a-fA-F]{4}|.)", _unescaped, token.text[1:-1])
        if token.kind == "block":
            return token.text[3:-3].strip("\n")
        if token.kind == "number":
            return float(token.text) if set(token.text) & set(".eE") else int(token.text)
        if token.kind == "name":
            return {"true": True, "false": False, "null": None}.get(token.text, token.text)
        raise QueryError(f"Parse error on {token.text!r} at [{token.line}, {token.column}], expected a value")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}.get(code, code)
