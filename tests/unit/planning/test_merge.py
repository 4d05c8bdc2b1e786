"""The ladder of one field, row by row of the table in the design."""

import pytest

from tracksync.model import Base, Carrier, CarrierState, Field
from tracksync.planning.merge import Decision, Verdict, decide
from tracksync.planning.rules import FieldPolicy

MERGE, DOCUMENT, TRACKER = FieldPolicy.MERGE, FieldPolicy.DOCUMENT, FieldPolicy.TRACKER
OLD = Base("old", 3)


def carrier(value: str, state: CarrierState = CarrierState.OPEN) -> Carrier:
    return Carrier("K", Field.DUE, value, 3, state)


def verdict(decision: Decision) -> tuple[Verdict, str, str | None, bool]:
    return decision.verdict, decision.value, decision.remember, decision.withdraw


@pytest.mark.parametrize("policy", list(FieldPolicy))
class TestUnderEveryPolicy:
    """What must not depend on the policy."""

    def test_nothing_moved_changes_nothing(self, policy: FieldPolicy) -> None:
        assert (Verdict.IN_SYNC, "old", None, False) == verdict(decide("old", "old", OLD, None, policy))

    def test_both_sides_equal_and_the_base_behind_moves_the_base(self, policy: FieldPolicy) -> None:
        assert (Verdict.IN_SYNC, "new", "new", False) == verdict(decide("new", "new", OLD, None, policy))

    def test_a_proposal_for_a_cell_that_is_in_sync_is_withdrawn(self, policy: FieldPolicy) -> None:
        assert (Verdict.IN_SYNC, "old", None, True) == verdict(decide("old", "old", OLD, carrier("new"), policy))

    def test_a_landed_carrier_moves_the_base(self, policy: FieldPolicy) -> None:
        landed = carrier("new", CarrierState.LANDED)
        assert (Verdict.IN_SYNC, "new", "new", False) == verdict(decide("new", "new", OLD, landed, policy))

    def test_a_landed_carrier_with_the_value_of_the_base_is_accounted_for(self, policy: FieldPolicy) -> None:
        landed = carrier("old", CarrierState.LANDED)
        assert (Verdict.IN_SYNC, "old", "old", False) == verdict(decide("old", "old", OLD, landed, policy))

    def test_no_opinion_and_nothing_moved_changes_nothing(self, policy: FieldPolicy) -> None:
        assert (Verdict.IN_SYNC, "old", None, False) == verdict(decide(None, "old", OLD, None, policy))

    def test_an_empty_cell_where_nothing_was_agreed_has_no_opinion(self, policy: FieldPolicy) -> None:
        assert (Verdict.IN_SYNC, "", None, False) == verdict(decide("", "", Base("", 0), None, policy))

    def test_equal_sides_without_a_base_are_remembered(self, policy: FieldPolicy) -> None:
        decision = decide("same", "same", None, None, policy)
        assert (Verdict.IN_SYNC, "same", "same", False) == verdict(decision)
        assert decision.adopted

    def test_an_empty_cell_without_a_base_takes_the_trackers_value_and_remembers_emptiness(
        self, policy: FieldPolicy
    ) -> None:
        assert (Verdict.WRITE, "set", "", False) == verdict(decide("", "set", None, None, policy))
        assert (Verdict.WRITE, "set", "", False) == verdict(decide(None, "set", None, None, policy))

    def test_a_blank_status_without_a_base_is_remembered_as_blank(self, policy: FieldPolicy) -> None:
        decision = decide(None, "not_started", None, None, policy, "not_started")
        assert (Verdict.IN_SYNC, "not_started", "not_started", False) == verdict(decision)


class TestTheTrackerMoved:
    @pytest.mark.parametrize("policy", [MERGE, TRACKER])
    def test_its_value_is_written(self, policy: FieldPolicy) -> None:
        assert (Verdict.WRITE, "new", None, False) == verdict(decide("old", "new", OLD, None, policy))

    def test_a_field_that_follows_the_document_is_left(self) -> None:
        assert (Verdict.LEFT, "new", None, False) == verdict(decide("old", "new", OLD, None, DOCUMENT))

    def test_a_proposal_for_a_field_that_follows_the_document_is_withdrawn(self) -> None:
        assert (Verdict.LEFT, "new", None, True) == verdict(decide("old", "new", OLD, carrier("new"), DOCUMENT))

    def test_a_declined_value_is_reported_and_not_proposed_again(self) -> None:
        declined = carrier("new", CarrierState.DECLINED)
        assert (Verdict.DECLINED, "new", None, False) == verdict(decide("old", "new", OLD, declined, MERGE))

    def test_another_value_than_the_declined_one_is_written(self) -> None:
        declined = carrier("new", CarrierState.DECLINED)
        assert (Verdict.WRITE, "newer", None, False) == verdict(decide("old", "newer", OLD, declined, MERGE))

    def test_a_proposed_value_stays_proposed(self) -> None:
        assert (Verdict.WRITE, "new", None, False) == verdict(decide("old", "new", OLD, carrier("new"), MERGE))

    def test_after_a_landing_the_next_value_is_written_and_the_landed_one_remembered(self) -> None:
        landed = carrier("new", CarrierState.LANDED)
        assert (Verdict.WRITE, "newer", "new", False) == verdict(decide("new", "newer", OLD, landed, MERGE))

    def test_a_cell_without_an_opinion_is_filled(self) -> None:
        assert (Verdict.WRITE, "new", None, False) == verdict(decide(None, "new", OLD, None, MERGE))
        assert (Verdict.WRITE, "new", None, False) == verdict(decide("", "new", Base("", 0), None, MERGE))

    def test_a_value_taken_back_in_the_tracker_after_it_landed_is_written(self) -> None:
        landed = carrier("new", CarrierState.LANDED)
        assert (Verdict.WRITE, "old", "new", False) == verdict(decide("new", "old", OLD, landed, MERGE))


class TestTheDocumentMoved:
    @pytest.mark.parametrize("policy", [MERGE, DOCUMENT])
    def test_the_tracker_is_patched(self, policy: FieldPolicy) -> None:
        assert (Verdict.PATCH, "new", None, False) == verdict(decide("new", "old", OLD, None, policy))

    def test_a_field_that_follows_the_tracker_is_held(self) -> None:
        assert (Verdict.HOLD, "new", None, False) == verdict(decide("new", "old", OLD, None, TRACKER))

    def test_what_is_proposed_for_the_cell_is_withdrawn(self) -> None:
        assert (Verdict.PATCH, "new", None, True) == verdict(decide("new", "old", OLD, carrier("other"), MERGE))

    def test_emptying_a_cell_counts_where_something_was_agreed(self) -> None:
        assert (Verdict.PATCH, "", None, False) == verdict(decide("", "old", OLD, None, MERGE))

    def test_an_edit_on_top_of_a_landed_value_is_patched_with_its_own_base(self) -> None:
        landed = carrier("new", CarrierState.LANDED)
        assert (Verdict.PATCH, "edited", None, False) == verdict(decide("edited", "new", OLD, landed, MERGE))


class TestBothMoved:
    def test_merging_is_a_conflict_and_withdraws(self) -> None:
        assert (Verdict.CONFLICT, "d", None, False) == verdict(decide("d", "t", OLD, None, MERGE))
        assert (Verdict.CONFLICT, "d", None, True) == verdict(decide("d", "t", OLD, carrier("x"), MERGE))

    def test_the_document_wins_where_the_field_follows_it(self) -> None:
        decision = decide("d", "t", OLD, None, DOCUMENT)
        assert (Verdict.PATCH, "d", None, False) == verdict(decision)
        assert "tracker: t" in decision.reason

    def test_the_tracker_wins_where_the_field_follows_it(self) -> None:
        decision = decide("d", "t", OLD, None, TRACKER)
        assert (Verdict.WRITE, "t", None, False) == verdict(decision)
        assert "document: d" in decision.reason


class TestWithoutABase:
    @pytest.mark.parametrize("policy", [MERGE, DOCUMENT])
    def test_the_document_is_home(self, policy: FieldPolicy) -> None:
        decision = decide("d", "t", None, None, policy)
        assert (Verdict.PATCH, "d", None, False) == verdict(decision)
        assert decision.adopted
        assert "tracker: t" in decision.reason

    def test_the_tracker_is_home_and_the_base_stays_with_the_document_until_it_lands(self) -> None:
        assert (Verdict.WRITE, "t", "d", False) == verdict(decide("d", "t", None, None, TRACKER))
