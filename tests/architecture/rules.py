"""The rules of the house, as functions from modules to complaints, so that each can be tried on a bad sample."""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parents[2]

WORDS = {"model", "errors"}
MAY_IMPORT: Mapping[str, set[str]] = {
    "__init__": set(),
    # WORDS
    "model": set(),
    "errors": set(),
    "checks": set(),
    # THINKING
    "documents": {"model"},
    "owners": {"model"},
    "globs": set(),
    "planning": {"globs", "model", "owners"},
    "lint": {"model"},
    "setup": {"model", "owners", "documents"},
    "reports": {"model", "owners", "planning", "setup", "checks"},
    # HANDS, and what the run needs from the disk
    "config": WORDS | {"owners", "planning.routes", "planning.rules"},
    "discovery": WORDS | {"globs"},
    "git": {"errors"},
    "cache": WORDS | {"atomic", "state", "trackers.base"},
    "atomic": WORDS,
    "state": set(),
    "journal": WORDS | {"atomic", "state"},
    "memory": {"atomic", "state"},
    "lock": WORDS | {"atomic", "state"},
    "trackers": WORDS | {"checks", "owners", "state"},
    "publish": WORDS | {"atomic", "state"},
    # RUNNING
    "progress": set(),
    "archive": WORDS | {"config", "discovery", "documents", "git", "progress"},
    "explore": WORDS | {"discovery", "documents", "git", "progress", "setup"},
    "apply": WORDS | {"documents", "journal", "planning", "publish", "reports"},
    "tracker_writer": WORDS | {"apply", "planning", "reports", "trackers.base"},
    "home": WORDS | {"config", "git", "planning.source", "setup.remote", "trackers.base"},
    "readers": {"config.settings", "errors", "home", "planning.visibility", "trackers.base"},
    "opening": {"errors", "config.settings", "memory", "state", "trackers"},
    "workspace": WORDS
    | {"cache", "config", "documents", "home", "journal", "lock", "opening", "planning.rules", "progress", "readers"}
    | {"state", "trackers"},
    "look": WORDS
    | {"archive", "cache", "git", "home", "journal", "owners", "planning.routes", "planning.world", "trackers.base"}
    | {"trackers.routed", "workspace"},
    "app": {"*"},
    "examination": WORDS | {"checks", "config.settings", "home", "lock", "planning.visibility", "workspace"},
    "adopting": WORDS | {"documents", "look", "planning", "publish", "workspace"},
    "resolving": WORDS | {"app", "apply", "planning", "tracker_writer", "workspace"},
    # DOOR
    "cli": {"*"},
    "__main__": {"cli"},
}
"""Which part of the package may import which other parts. A new part needs a line here, and so a thought."""

NOT_THE_DOOR = {"cli", "__main__"}

FENCE: Mapping[str, tuple[str, ...]] = {
    "click": ("tracksync.cli",),
    "rich": ("tracksync.cli",),
    "yaml": ("tracksync.config.yaml", "tracksync.documents"),
    "pydantic": ("tracksync.config",),
    "markdown_it": ("tracksync.documents",),
    "sqlite3": ("tracksync.trackers",),
    "filelock": ("tracksync.lock",),
    "subprocess": ("tracksync.git",),
    "github": ("tracksync.trackers.github",),
    "gitlab": ("tracksync.trackers.gitlab",),
    "requests": ("tracksync.trackers.web", "tracksync.trackers.github"),
    "urllib3": ("tracksync.trackers.web",),
    "tenacity": ("tracksync.trackers.web",),
}
"""Where a library may be used. What is not listed here and not in the standard library may not be used at all."""

THINKING = ("documents", "globs", "owners", "planning", "lint", "setup", "reports")
WORLDLY = {"os", "time", "subprocess", "pathlib", "random", "secrets", "socket", "tempfile", "shutil", "io"}
WORLDLY_CALLS = {"print", "open", "input", "now", "today", "utcnow"}


class Module(NamedTuple):
    """One module of the package."""

    name: str
    text: str
    package: bool = False

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def part(self) -> str:
        """The first name below `tracksync`."""
        return [*self.name.split("."), "__init__"][1]


class Import(NamedTuple):
    """`name` is the module that is imported, or the module with the attribute that is."""

    importer: str
    name: str
    line: int


def package(root: Path = ROOT) -> list[Module]:
    """Every module of tracksync."""
    found = []
    for path in sorted((root / "tracksync").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        found.append(Module(".".join(parts[:-1] if is_package else parts), path.read_text("utf-8"), is_package))
    return found


def imports(modules: Iterable[Module]) -> Iterator[Import]:
    """Every import, inside functions too; `from package import module` counts as an import of the module."""
    known = {module.name for module in modules}
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                yield from (Import(module.name, alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = "." * node.level + (node.module or "")
                for alias in node.names:
                    full = f"{base}.{alias.name}"
                    yield Import(module.name, full if full in known else base, node.lineno)


def storeys(modules: list[Module]) -> list[str]:
    """Imports between parts of the package that the table doesn't allow."""
    complaints = []
    for found in imports(modules):
        if found.name.startswith("."):
            complaints.append(f"{found.importer}:{found.line} imports relatively")
            continue
        if found.name.partition(".")[0] != "tracksync":
            continue
        importer, target = (Module(name, "").part for name in (found.importer, found.name))
        allowed = MAY_IMPORT.get(importer)
        if allowed is None:
            complaints.append(f"{found.importer} is in no storey")
        elif importer != target and not _allowed(found.name, target, allowed, importer):
            complaints.append(f"{found.importer}:{found.line} imports {found.name}")
    return complaints


def _allowed(name: str, target: str, allowed: set[str], importer: str) -> bool:
    if "*" in allowed:
        return importer == "cli" or target not in NOT_THE_DOOR
    return target in allowed or name.removeprefix("tracksync.") in allowed


def own_package(modules: list[Module]) -> list[str]:
    """Imports from the `__init__` of the importer's own package: an invitation to cycles. The version is excepted."""
    packages = {module.name for module in modules if module.package}
    return [
        f"{found.importer}:{found.line} imports from its own package {found.name}"
        for found in imports(modules)
        if found.name in packages - {"tracksync"} and found.importer.startswith(found.name + ".")
    ]


def cycles(modules: list[Module]) -> list[str]:
    """Modules that import each other in a circle, through whatever imports."""
    graph: dict[str, set[str]] = {module.name: set() for module in modules}
    for found in imports(modules):
        if found.name in graph and found.name != found.importer:
            graph[found.importer].add(found.name)
    return [
        f"{name} imports itself through {next_}"
        for name in graph
        for next_ in graph[name]
        if _reaches(graph, next_, name)
    ]


def _reaches(graph: Mapping[str, set[str]], start: str, goal: str) -> bool:
    seen, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(graph[name])
    return False


def fence(modules: list[Module]) -> list[str]:
    """Libraries used where they may not be."""
    complaints = []
    for found in imports(modules):
        library = found.name.partition(".")[0]
        if library in FENCE:
            if not any(found.importer == home or found.importer.startswith(home + ".") for home in FENCE[library]):
                complaints.append(f"{found.importer}:{found.line} imports {library}")
        elif library not in sys.stdlib_module_names and library != "tracksync":
            complaints.append(f"{found.importer}:{found.line} imports {library}, which is in no fence")
    return complaints


def worldly_thinking(modules: list[Module]) -> list[str]:
    """Clock, disk, network and chance in the parts that must be pure."""
    pure = [module for module in modules if module.part in THINKING]
    complaints = [
        f"{found.importer}:{found.line} imports {found.name}"
        for found in imports(pure)
        if found.name.partition(".")[0] in WORLDLY
    ]
    for module in pure:
        complaints.extend(
            f"{module.name}:{line} calls {name}" for name, line in _calls(module) if name in WORLDLY_CALLS
        )
    return complaints


def splitlines(modules: list[Module]) -> list[str]:
    """`str.splitlines()` splits at U+2028 and five more places that are no line ends."""
    return [f"{module.name}:{line}" for module in modules for name, line in _calls(module) if name == "splitlines"]


def _calls(module: Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            if name:
                yield name, node.lineno


def long_modules(modules: list[Module], hard: int = 400, soft: int = 300, exceptions: int = 3) -> list[str]:
    """Modules over the hard size, and those over the soft size when there are too many of them."""
    sizes = {module.name: module.text.count("\n") for module in modules}
    over = [f"{name}: {size} lines" for name, size in sizes.items() if size > soft]
    return [f"{name}: {size} lines" for name, size in sizes.items() if size > hard] or (
        over if len(over) > exceptions else []
    )


def long_functions(modules: list[Module], most: int = 60, middle: int = 12) -> list[str]:
    """Functions that are too long, or all of them together."""
    sizes = [
        (f"{module.name}.{node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    complaints = [f"{name}: {size} lines" for name, size in sizes if size > most]
    if sizes and median(size for _, size in sizes) > middle:
        complaints.append(f"half of the functions have more than {middle} lines")
    return complaints


def uncovered(modules: list[Module]) -> list[str]:
    """Exclusions from coverage where every branch must be covered."""
    return [
        module.name for module in modules if module.part in ("documents", "planning") and "pragma: no" in module.text
    ]
