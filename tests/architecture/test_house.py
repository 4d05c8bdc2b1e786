"""The package keeps the rules of the house, and each rule has teeth."""

from collections.abc import Callable

import pytest

from tests.architecture import rules
from tests.architecture.rules import Module

Rule = Callable[[list[Module]], list[str]]

PACKAGE = rules.package()


def modules(**texts: str) -> list[Module]:
    """Modules by name with "__" for "."; a name that ends in "__" is a package."""
    return [
        Module(f"tracksync.{n.rstrip('_').replace('__', '.')}", text, n.endswith("__")) for n, text in texts.items()
    ]


@pytest.mark.parametrize(
    "rule",
    [
        rules.storeys,
        rules.own_package,
        rules.cycles,
        rules.fence,
        rules.worldly_thinking,
        rules.splitlines,
        rules.long_modules,
        rules.long_functions,
        rules.uncovered,
    ],
    ids=lambda rule: rule.__name__,
)
def test_the_package_keeps_the_rule(rule: Rule) -> None:
    assert [] == rule(PACKAGE)


def test_every_part_of_the_package_is_seen() -> None:
    assert {"tracksync", "tracksync.cli.entry", "tracksync.planning.rules"} <= {module.name for module in PACKAGE}


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        (rules.storeys, modules(documents__a="from tracksync.planning.rules import Rules")),
        (rules.storeys, modules(planning__a="def f():\n    from tracksync.documents import parse")),
        (rules.storeys, modules(trackers__a="import tracksync.publish.worktree")),
        (rules.storeys, modules(publish__a="from tracksync import documents", documents__="")),
        (rules.storeys, modules(config="from tracksync.planning.plan import build")),
        (rules.storeys, modules(app="from tracksync.cli.console import note")),
        (rules.storeys, modules(model="from tracksync.errors import TracksyncError")),
        (rules.storeys, modules(helpers="from tracksync.model import Field")),
        (rules.storeys, modules(planning__a="from . import merge")),
        (rules.own_package, modules(documents__="", documents__a="from tracksync.documents import parse")),
        (rules.own_package, modules(cli__="", cli__demo="from tracksync import cli")),
        (rules.cycles, modules(a="import tracksync.b", b="import tracksync.c", c="def f():\n    import tracksync.a")),
        (rules.fence, modules(planning__a="import yaml")),
        (rules.fence, modules(reports__a="from rich.table import Table")),
        (rules.fence, modules(publish__a="import subprocess")),
        (rules.fence, modules(gitlab="import requests")),
        (rules.worldly_thinking, modules(planning__a="from os import path")),
        (rules.worldly_thinking, modules(documents__a="import datetime\nx = datetime.date.today()")),
        (rules.worldly_thinking, modules(reports__a="print('x')")),
        (rules.splitlines, modules(cli__a="lines = text.splitlines()")),
        (rules.long_modules, modules(a="\n" * 401)),
        (rules.long_modules, modules(a="\n" * 301, b="\n" * 301, c="\n" * 301, d="\n" * 301)),
        (rules.long_functions, modules(a="def f():\n" + "    x = 1\n" * 60)),
        (rules.long_functions, modules(a="class C:\n    def f(self):\n" + "        x = 1\n" * 12)),
        (rules.uncovered, modules(planning__a="x = 1  # pragma: no " + "cover")),
    ],
)
def test_a_rule_that_is_broken_is_noticed(rule: Rule, bad: list[Module]) -> None:
    assert len(rule(bad)) > 0


@pytest.mark.parametrize(
    ("rule", "good"),
    [
        (rules.storeys, modules(config="from tracksync.planning.rules import Rules\nimport os")),
        (rules.own_package, modules(cli__="", cli__a="from tracksync.cli import b", cli__b="")),
        (rules.cycles, modules(a="import tracksync.b", b="import os")),
        (rules.fence, modules(documents__a="import yaml", git="import subprocess")),
        (rules.worldly_thinking, modules(app="import os\nprint(1)")),
        (rules.long_modules, modules(a="\n" * 399, b="\n" * 301, c="\n" * 301)),
        (rules.long_functions, modules(a="def f():\n" + "    x = 1\n" * 11)),
    ],
)
def test_what_keeps_the_rule_is_left_alone(rule: Rule, good: list[Module]) -> None:
    assert [] == rule(good)
