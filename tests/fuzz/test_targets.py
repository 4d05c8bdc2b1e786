"""The targets of the fuzzer, driven by Hypothesis: samples with a few changes, in every `make test`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.mutate import TOKENS, mutated, samples
from tests.fuzz.targets import TARGETS

CHANGES = st.lists(st.integers(0, 2**32 - 1), max_size=12)
LINES = st.lists(st.sampled_from(TOKENS), max_size=40).map(b"".join)


@pytest.mark.parametrize("name", TARGETS)
def test_samples_break_no_promise(name: str) -> None:
    found = samples(TARGETS[name].kind)
    assert 0 < len(found)
    for data in found:
        TARGETS[name].run(data)


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
def test_changed_samples_break_no_promise(name: str, data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(samples(TARGETS[name].kind)))
    for seed in data.draw(CHANGES):
        document = mutated(document, seed)
    TARGETS[name].run(document)


@pytest.mark.parametrize("name", TARGETS)
@given(data=LINES)
def test_tokens_in_any_order_break_no_promise(name: str, data: bytes) -> None:
    TARGETS[name].run(data)


def test_the_same_seed_makes_the_same_change() -> None:
    (sample, *_) = samples("md")
    assert mutated(sample, 7) == mutated(sample, 7)
    assert 40 < len({mutated(sample, seed) for seed in range(50)})
