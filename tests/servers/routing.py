"""Which function answers a path."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from tests.servers.messages import Answer

Route = Callable[[Any], Answer]
"""(call) → answer"""
WHOLE_PATHS = ("branch",)
"""Parts of a template that may hold slashes."""


class Router:
    """Finds a route, preferring templates with more fixed parts."""

    def __init__(self, routes: Mapping[str, Route]) -> None:
        found = []
        for name, route in routes.items():
            method, _, template = name.partition(" ")
            found.append((method, template, re.compile(_pattern(template)), route))
        self._routes = sorted(found, key=lambda one: one[1].count("{"))

    def match(self, method: str, path: str) -> tuple[str, Route | None, dict[str, str]]:
        """The template, the route and the parts of the path. No route: the path itself stands for a template."""
        for known, template, pattern, route in self._routes:
            found = pattern.fullmatch(path) if known == method else None
            if found:
                return template, route, {name: unquote(value) for name, value in found.groupdict().items()}
        return path, None, {}


def _pattern(template: str) -> str:
    def part(name: re.Match[str]) -> str:
        return f"(?P<{name[1]}>{'.+' if name[1] in WHOLE_PATHS else '[^/]+'})"

    return re.sub(r"\{(\w+)\}", part, template)
