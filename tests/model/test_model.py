"""The model: no story breaks a promise, and with any rule left out there is one that does."""

import pytest

from tests.model import proof
from tests.model.rules import RULES, SPARED, Rule
from tests.model.search import Search, Small
from tests.model.worlds import REDUCED, WORLDS


def _searched(small: Small, rows: list[str]) -> None:
    found = Search(small).run()
    assert ("", ()) == (found.broken, found.story)
    assert proof.world_row(small, found.states) in rows, "docs/proofs.md is made by `python -m tests.model.proof`"


@pytest.mark.parametrize("small", REDUCED, ids=lambda small: small.name)
def test_no_story_breaks_a_promise(small: Small) -> None:
    _searched(small, proof.part("the reduced search"))


@pytest.mark.proofs
@pytest.mark.parametrize("small", WORLDS, ids=lambda small: small.name)
def test_no_longer_story_breaks_a_promise(small: Small) -> None:
    _searched(small, proof.part("the whole search"))


def _breaks(rule: Rule) -> None:
    found = proof.broken(rule)
    assert found.broken
    assert proof.rule_row(rule, found) in proof.part("rules left out")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.quick], ids=lambda rule: rule.name)
def test_without_the_rule_a_promise_breaks(rule: Rule) -> None:
    _breaks(rule)


@pytest.mark.proofs
@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.quick], ids=lambda rule: rule.name)
def test_without_the_rule_a_promise_breaks_in_a_longer_story(rule: Rule) -> None:
    _breaks(rule)


@pytest.mark.proofs
@pytest.mark.parametrize("rule", SPARED, ids=lambda rule: rule.name)
def test_without_the_rule_these_worlds_still_end_well(rule: Rule) -> None:
    assert "" == proof.broken(rule).broken


@pytest.mark.proofs
@pytest.mark.parametrize("small", dict.fromkeys(rule.small for rule in RULES), ids=lambda small: str(small.budget))
def test_with_all_rules_the_same_worlds_are_sound(small: Small) -> None:
    assert "" == Search(small).run().broken


def test_every_row_of_the_table_is_about_a_rule() -> None:
    assert [rule.name for rule in RULES] == [
        row.split(" | ")[0].removeprefix("| ") for row in proof.part("rules left out")
    ]
