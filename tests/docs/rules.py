"""The rules of all problems that the package can report, by reading its source."""

import ast
from collections.abc import Iterable, Iterator, Mapping

from tests.architecture.rules import Module

MAKERS = {"Problem": 0, "problem": 0, "_problem": 0, "problem_of": 1, "Refused": 0}
"""What makes a problem, and which argument names its rule."""


def rules(modules: Iterable[Module]) -> set[str]:
    """Every rule. Raises `LookupError` naming the place where the rule of a problem can't be told from the source."""
    found: set[str] = set()
    trees = {module.name: module.tree for module in modules}
    functions = {node.name: node for tree in trees.values() for node in ast.walk(tree) if _is_function(node)}
    for name, tree in trees.items():
        makers = {**MAKERS, **_passing_on(tree)}
        constants = _constants(tree)
        for call, inside in _calls(tree):
            maker = _name(call.func)
            if maker not in makers or len(call.args) <= makers[maker]:
                continue
            argument = call.args[makers[maker]]
            if isinstance(argument, ast.Name) and argument.id in inside:
                continue
            told = list(_told(argument, constants, functions))
            if not told and not _passed_on(argument):
                raise LookupError(f"{name}:{call.lineno}: which rule is this?")
            found.update(told)
    return found


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef)


def _name(node: ast.expr) -> str:
    return getattr(node, "id", None) or getattr(node, "attr", "")


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, set[str]]]:
    """Every call, with the parameters of the functions around it."""

    def below(node: ast.AST, inside: set[str]) -> Iterator[tuple[ast.Call, set[str]]]:
        if isinstance(node, ast.FunctionDef):
            inside = inside | {one.arg for one in node.args.args}
        if isinstance(node, ast.Call):
            yield node, inside
        for child in ast.iter_child_nodes(node):
            yield from below(child, inside)

    return below(tree, set())


def _passing_on(tree: ast.Module) -> dict[str, int]:
    """Functions of a module that take a rule: their first parameter but `self` is called so."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [one.arg for one in node.args.args if one.arg != "self"]
            if "rule" in names:
                found[node.name] = names.index("rule")
    return found


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """What a name was given, anywhere in the module."""
    return {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _told(node: ast.expr, constants: Mapping[str, ast.expr], functions: Mapping[str, ast.AST]) -> Iterator[str]:
    """The rules that an argument can be: a text, one of two, a constant, or what a function gives first."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _told(node.body, constants, functions)
        yield from _told(node.orelse, constants, functions)
    elif isinstance(node, ast.Name) and node.id in constants:
        yield from _told(constants[node.id], constants, functions)
    elif isinstance(node, ast.Starred) and isinstance(node.value, ast.Call):
        for given in ast.walk(functions[_name(node.value.func)]):
            if isinstance(given, ast.Return) and isinstance(given.value, ast.Tuple):
                yield from _told(given.value.elts[0], constants, functions)


def _passed_on(node: ast.expr) -> bool:
    """The rule of something refused elsewhere, where it was told."""
    return isinstance(node, ast.Attribute) and node.attr == "rule"
