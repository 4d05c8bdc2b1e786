"""The labelled texts are well formed, and the guide states how far the two passes over them agree."""

from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent / "judged"
RULES = {"items": {"vague", "unmeasurable", "fixes-people"}, "sentences": {"blame"}}
LEAST = {"items": 250, "sentences": 100}
KINDS = sorted(RULES)


def texts(kind: str, half: str = "test") -> list[dict[str, Any]]:
    """The entries of one file; none where the half isn't written yet."""
    path = FOLDER / f"{half}_{kind}.yaml"
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else []


def canonical(text: str) -> str:
    """The text without what makes no difference to a reader."""
    return " ".join(text.casefold().split()).strip(" .!?|")


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_texts_and_half_of_them_are_negatives(kind):
    found = texts(kind)
    assert LEAST[kind] <= len(found)
    assert len(found) / 2 <= sum(not entry["rules"] for entry in found)


@pytest.mark.parametrize("kind", KINDS)
def test_each_entry_has_known_keys_and_known_labels(kind):
    allowed = {"id", "rules", "text", "section", "first", "second", "why"}
    for entry in texts(kind):
        assert {"id", "rules", "text"} <= set(entry) <= allowed, entry
        for labels in (entry["rules"], entry.get("first", []), entry.get("second", [])):
            assert len(set(labels)) == len(labels), entry
            assert set(labels) <= RULES[kind], entry


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_is_both_vague_and_unmeasurable(kind):
    assert [] == [entry["id"] for entry in texts(kind) if {"vague", "unmeasurable"} <= set(entry["rules"])]


@pytest.mark.parametrize("kind", KINDS)
def test_each_rule_has_at_least_thirty_positives(kind):
    for rule in RULES[kind]:
        assert 30 <= sum(rule in entry["rules"] for entry in texts(kind)), rule


@pytest.mark.parametrize("kind", KINDS)
def test_ids_and_texts_are_unique_in_both_halves_together(kind):
    found = texts(kind) + texts(kind, "train")
    for values in (
        [entry["id"] for entry in found],
        [canonical(entry["text"]) for entry in found if not entry.get("section")],
    ):
        assert sorted(set(values)) == sorted(values)


@pytest.mark.parametrize("kind", KINDS)
def test_a_difference_between_the_passes_is_explained(kind):
    for entry in texts(kind):
        assert ("first" in entry) == ("second" in entry) == ("why" in entry), entry
        assert "why" not in entry or set(entry["first"]) != set(entry["second"]), entry


@pytest.mark.parametrize("kind", KINDS)
def test_the_guide_states_the_agreement_of_the_passes(kind):
    found = texts(kind)
    same = sum("why" not in entry for entry in found)
    assert f"{same} of {len(found)} {kind}" in (FOLDER / "guide.md").read_text("utf-8")
