import re

import pytest

from tests.architecture.rules import Module, package
from tests.docs.pages import DOCS
from tests.docs.rules import rules

# Reports show problems and make none.
MODULES = [module for module in package() if module.part != "reports"]


def test_every_rule_is_explained_and_none_is_stale() -> None:
    explained = re.findall(r"^\| `([a-z0-9-]+)` \|", (DOCS / "problems.md").read_text("utf-8"), re.M)
    assert sorted(rules(MODULES)) == sorted(explained)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Problem('a-b', 1)", {"a-b"}),
        ("page.problem('a-b' if x else 'c-d')", {"a-b", "c-d"}),
        ("A = 'a-b'\nproblem_of(match, A)", {"a-b"}),
        ("def told(rule, path):\n    return Problem(rule)\ntold('a-b', 1)", {"a-b"}),
        ("def f():\n    return 'a-b', 'text'\nproblem(*f())", {"a-b"}),
        ("page.problem(refused.rule)", set()),
    ],
)
def test_a_rule_is_found_however_it_is_given(source: str, expected: set[str]) -> None:
    assert expected == rules([Module("tracksync.a", source)])


def test_a_rule_that_can_not_be_told_is_noticed() -> None:
    with pytest.raises(LookupError, match=r"tracksync\.a:1"):
        rules([Module("tracksync.a", "Problem(f())")])
