"""What a tracker dropped of a create and of an update."""

from dataclasses import replace

from tracksync.model import MERGED, Base, Field, Issue, IssueDraft, IssuePatch, Overwritten, Problem, Severity, Status
from tracksync.owners import Directory
from tracksync.planning import returned
from tracksync.planning.changes import Action
from tracksync.planning.findings import change_of
from tracksync.planning.identity import Match, Standing

from .given import PATH, assignable, base, document, hold_all, issue, item, marker

PAGE = document(item())
MADE_BASE = base()
MADE = issue(12, PAGE, memory=MADE_BASE, labels=frozenset({"tracksync", "Team/Pay"}))


def draft(**more: object) -> IssueDraft:
    values = {which: MADE.value(which) for which in MERGED}
    return replace(IssueDraft(values, marker(PAGE), "Queue outage", frozenset({"team/pay"})), **more)  # type: ignore[arg-type]


class TestANewIssue:
    def dropped(self, **more: object) -> list[str]:
        return returned.from_draft(draft(), replace(MADE, **more), hold_all)  # type: ignore[arg-type]

    def test_that_is_as_asked_lacks_nothing(self) -> None:
        assert [] == self.dropped()

    def test_names_each_value_that_is_missing(self) -> None:
        shown = {"owner": "", "due": "", "priority": "P2", "status": Status.BLOCKED}
        assert ["owner", "due", "priority"] == self.dropped(**shown)
        wanted = draft(values={**draft().values, Field.STATUS: "in_progress"})
        assert ["status"] == returned.from_draft(wanted, MADE, hold_all)

    def test_differs_not_by_the_case_of_logins_or_labels(self) -> None:
        assert [] == self.dropped(owner="Alice", labels=frozenset({"TRACKSYNC", "TEAM/PAY"}))

    def test_is_not_asked_for_what_the_tracker_can_not_hold(self) -> None:
        assert [] == returned.from_draft(draft(), replace(MADE, owner=""), assignable("bob"))

    def test_that_somebody_was_assigned_to_at_once_lacks_nothing(self) -> None:
        unowned = draft(values={**draft().values, Field.OWNER: ""})
        assert [] == returned.from_draft(unowned, MADE, hold_all)

    def test_without_our_label_or_marker_stops_all_further_creates(self) -> None:
        unlabelled, unmarked = replace(MADE, labelled=False, labels=frozenset()), replace(MADE, marker=None)
        assert ["labels", "our label"] == returned.from_draft(draft(), unlabelled, hold_all)
        assert ["the marker"] == returned.from_draft(draft(), unmarked, hold_all)
        assert (
            "not created, because local#12 came back without our label: the next run could not find such an issue; "
            "give the token write access to the project"
        ) == returned.lost(MADE, ["labels", "our label"])
        assert "without the marker" in returned.lost(MADE, ["the marker"])
        assert "" == returned.lost(MADE, ["owner", "labels"])


class TestAnUpdatedIssue:
    def dropped(self, patch: IssuePatch, after: Issue = MADE) -> list[str]:
        return returned.from_patch(patch, after, hold_all)

    def test_that_is_as_asked_lacks_nothing(self) -> None:
        values = {Field.OWNER: "alice", Field.DUE: "2026-02-01"}
        patch = IssuePatch(values, marker(PAGE), frozenset({"team/pay"}), frozenset({"team/web"}))
        assert [] == self.dropped(patch)
        assert [] == self.dropped(IssuePatch({}, None))

    def test_names_what_was_not_set_and_what_was_not_taken_away(self) -> None:
        assert ["owner", "due"] == self.dropped(IssuePatch({Field.OWNER: "", Field.DUE: "2026-03-03"}, None))
        assert ["labels"] == self.dropped(IssuePatch({}, None, add_labels=frozenset({"team/web"})))
        assert ["labels"] == self.dropped(IssuePatch({}, None, remove_labels=frozenset({"team/pay"})))
        assert ["the marker"] == self.dropped(IssuePatch({}, marker(PAGE, text="AAAAAAAAAAAAAAAA")))


class TestAnEditThatWasOverwritten:
    ROW = Match(Standing.TWO_WAY, PAGE, PAGE.items[0], "KEY", "KEY", MADE)
    CHANGE = change_of(ROW, Action.UPDATE, Field.OWNER, "", "alice", "changed in the document")

    def message(self, field: str, value: str) -> str:
        problem = returned.overwrote(Overwritten(MADE.ref, field, "dana", value), self.CHANGE)
        assert ("overwrote", Severity.WARNING, PATH, 10) == (problem.rule, problem.severity, problem.path, problem.line)
        return problem.message

    def test_is_told_with_who_made_it_and_what_they_had_made_of_it(self) -> None:
        assert "local#12: overwrote dana's change of owner from bob" == self.message("owner", "bob")
        assert "local#12: overwrote dana's change of due from nothing" == self.message("due", "")
        assert "local#12: overwrote dana's change of the text" == self.message("text", "")

    def test_of_a_long_text_is_told_in_one_short_line(self) -> None:
        message = self.message("text", "One line\nand " + "x" * 200)
        assert message.endswith("from One line and " + "x" * 86 + "…")


class TestTheMemory:
    def base(self, known: Issue, *dropped: str) -> dict[Field, Base]:
        patch = returned.correction(known, MERGED, dropped, Directory({"Payments": "label:team/pay"}))
        assert patch is not None
        assert patch.marker is not None
        assert {} == patch.values
        return {which: one for which, one in patch.marker.base.items() if one != MADE_BASE[which]}

    def test_holds_what_the_issue_shows_in_place_of_what_was_dropped(self) -> None:
        assert {Field.OWNER: Base("", 1)} == self.base(replace(MADE, owner="", due="", labels=frozenset()), "owner")
        shown = replace(MADE, owner="bob", labels=frozenset({"team/pay"}))
        assert {Field.OWNER: Base("bob,label:team/pay", 1)} == self.base(shown, "labels")

    def test_is_right_where_nothing_was_dropped_of_it(self) -> None:
        plain = replace(MADE, labels=frozenset())
        for dropped in ([], ["our label"], ["labels"]):
            assert None is returned.correction(plain, MERGED, dropped, Directory())

    def test_of_a_field_that_was_not_sent_stays(self) -> None:
        assert None is returned.correction(replace(MADE, owner="bob"), [Field.DUE], ["labels", "due"], Directory())

    def test_can_not_be_set_right_without_a_marker(self) -> None:
        assert None is returned.correction(replace(MADE, marker=None, owner=""), MERGED, ["owner"], Directory())


def test_the_problem_stands_at_the_row_and_names_the_issue_and_the_fields() -> None:
    row = Match(Standing.TWO_WAY, PAGE, PAGE.items[0], "KEY", "KEY", MADE)
    change = change_of(row, Action.UPDATE, Field.OWNER, "", "alice", "changed in the document")
    told = "local#12: the tracker didn't take {}; the token may lack write access"
    for names, words in {("owner",): "owner", ("owner", "due", "labels"): "owner, due and labels"}.items():
        problem = Problem("field-dropped", Severity.WARNING, PATH, 10, told.format(words))
        assert problem == returned.problem(change, MADE, names, corrected=True)
    assert "could not be remembered" in returned.problem(change, MADE, ["owner"], corrected=False).message
