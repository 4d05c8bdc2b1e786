import pytest

from tracksync.cli.exits import CHOICES, FAIL_ON, Exit, Outcome, exit_status, parse_fail_on

EVERYTHING = frozenset(Outcome)


def test_a_run_without_outcomes_ends_as_zero() -> None:
    assert 0 == exit_status(set(), EVERYTHING)


def test_the_statuses_are_those_of_the_contract() -> None:
    expected = {0, 1, 2, 3, 4, 5, 6, 7, 70, 130, 143}
    assert expected == {int(code) for code in Exit}


def test_of_several_outcomes_the_first_of_the_ladder_wins() -> None:
    ladder = [Outcome.FAILED, Outcome.REFUSED, Outcome.CONFLICTS, Outcome.BUDGET, Outcome.NOTHING, Outcome.PENDING]
    assert [1, 4, 5, 7, 6, 3] == [exit_status(set(ladder[at:]), EVERYTHING) for at in range(len(ladder))]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("failed", 1), ("refused", 4), ("conflicts", 0), ("budget", 0), ("nothing", 6), ("pending", 3)],
)
def test_what_counts_unless_asked_otherwise(outcome: str, status: int) -> None:
    assert status == exit_status({Outcome(outcome)})


def test_an_outcome_that_was_not_asked_for_does_not_hide_a_lower_one() -> None:
    assert Exit.PENDING == exit_status({Outcome.CONFLICTS, Outcome.PENDING}, FAIL_ON)


def test_a_failure_counts_whatever_was_asked() -> None:
    assert Exit.FAILED == exit_status({Outcome.FAILED, Outcome.CONFLICTS}, {Outcome.CONFLICTS})


def test_the_words_of_fail_on() -> None:
    assert frozenset(CHOICES) == parse_fail_on("failed, refused,conflicts,budget,nothing")
    assert frozenset() == parse_fail_on("none")
    for wrong in ("", "pending", "failed;refused", "failed,none"):
        with pytest.raises(ValueError, match="is not one of failed, refused, conflicts, budget, nothing"):
            parse_fail_on(wrong)
