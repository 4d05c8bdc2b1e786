"""Issue fields of an organisation: which are ours, what they say, what is sent to make them say something."""

import pytest

from tracksync.model import Field
from tracksync.trackers.github import fields
from tracksync.trackers.github.fields import IssueField, Names

from .given import FIELDS, NAMES, raw, value


def defined(ident: int, name: str, kind: str = "single_select", *options: str) -> dict[str, object]:
    return {"id": ident, "name": name, "data_type": kind, "options": [{"name": one} for one in options]}


class TestDefinitions:
    def test_the_fields_that_every_organisation_starts_with_are_found(self):
        found = fields.from_definitions(
            [
                defined(1, "Priority", "single_select", "Urgent", "High", "Medium", "Low"),
                defined(2, "Effort", "single_select", "High", "Low"),
                defined(3, "Start date", "date"),
                defined(4, "Target date", "date"),
            ],
            Names(),
        )
        options = {"P0": "Urgent", "P1": "High", "P2": "Medium", "P3": "Low", "P4": "Low"}
        assert {Field.DUE: IssueField(4), Field.PRIORITY: IssueField(1, options)} == found

    def test_names_are_the_same_in_any_case(self):
        assert {Field.DUE: IssueField(4)} == fields.from_definitions([defined(4, "TARGET DATE", "date")], Names())

    @pytest.mark.parametrize(
        "one",
        [
            defined(1, "Target date", "text"),
            defined(1, "Priority", "number"),
            defined(1, "Priority", "single_select", "Now", "Later"),
            defined(1, "Priority", "single_select"),
            defined(1, "Status", "single_select", "Todo"),
            defined(1, "", "date"),
        ],
    )
    def test_a_field_of_another_kind_or_without_known_options_is_not_ours(self, one):
        assert {} == fields.from_definitions([one], Names())

    def test_a_name_that_is_configured_replaces_the_usual_one(self):
        named = Names(due="Due", priority="", status="State")
        found = fields.from_definitions(
            [
                defined(1, "Due", "date"),
                defined(2, "Target date", "date"),
                defined(3, "Priority", "single_select", "P1"),
                defined(4, "State", "single_select", "To-do", "In Progress", "Done"),
            ],
            named,
        )
        assert {
            Field.DUE: IssueField(1),
            Field.STATUS: IssueField(4, {"not_started": "To-do", "in_progress": "In Progress"}),
        } == found

    def test_the_first_of_two_options_that_say_the_same_counts(self):
        one = defined(1, "Priority", "single_select", "P1", "High")
        assert "P1" == fields.from_definitions([one], Names())[Field.PRIORITY].options["P1"]

    def test_a_priority_without_an_option_gets_that_of_its_neighbour(self):
        one = defined(1, "Priority", "single_select", "P1", "P3")
        options = fields.from_definitions([one], Names())[Field.PRIORITY].options
        assert {"P0": "P1", "P1": "P1", "P2": "P1", "P3": "P3", "P4": "P3"} == options


class TestReading:
    def test_an_option_is_read_by_its_name_and_not_by_its_id(self):
        given = raw(issue_field_values=[value(8, "Priority", "Urgent"), value(9, "status", "In-Progress")])
        assert {Field.PRIORITY: "P0", Field.STATUS: "in_progress"} == fields.stated(given, NAMES)

    def test_a_date_is_a_day(self):
        given = raw(issue_field_values=[value(7, "Target date", "2026-12-01T00:00:00Z", "date")])
        assert {Field.DUE: "2026-12-01"} == fields.stated(given, NAMES)

    def test_an_option_that_we_do_not_know_says_nothing(self):
        assert {Field.PRIORITY: ""} == fields.stated(raw(issue_field_values=[value(8, "Priority", "Whenever")]), NAMES)

    @pytest.mark.parametrize("values", [None, [], [value(1, "Effort", "High")], [value(7, "Target date", "x", "text")]])
    def test_other_fields_say_nothing(self, values):
        assert {} == fields.stated(raw(issue_field_values=values), NAMES)


class TestShowing:
    def test_a_value_reads_back_as_the_option_that_says_it(self):
        one = FIELDS[Field.PRIORITY]
        assert ["P3", "P3", "", None] == [fields.shown(Field.PRIORITY, one, v) for v in ("P4", "P3", "", "P9")]
        assert "2026-12-01" == fields.shown(Field.DUE, FIELDS[Field.DUE], "2026-12-01")


class TestSending:
    WANTED = {Field.DUE: "2026-12-01", Field.PRIORITY: "P1"}  # noqa: RUF012

    def test_options_are_sent_by_name(self):
        assert [{"field_id": 7, "value": "2026-12-01"}, {"field_id": 8, "value": "High"}] == fields.to_send(
            {}, FIELDS, self.WANTED
        )

    def test_nothing_is_sent_when_all_is_said_already(self):
        said = [value(7, "Target date", "2026-12-01T00:00:00Z", "date"), value(8, "Priority", "High")]
        assert fields.to_send(raw(issue_field_values=said), FIELDS, self.WANTED) is None
        assert fields.to_send({}, {}, self.WANTED) is None

    def test_values_of_other_fields_go_along_because_a_patch_may_replace_them_all(self):
        many = {
            "issue_field_id": 30,
            "issue_field_name": "Teams",
            "multi_select_options": [{"name": "a"}, {"name": "b"}],
        }
        said = [value(20, "Effort", "High"), many, value(8, "Priority", "Low")]
        assert [
            {"field_id": 20, "value": "High"},
            {"field_id": 30, "value": ["a", "b"]},
            {"field_id": 8, "value": "High"},
            {"field_id": 7, "value": "2026-12-01"},
        ] == fields.to_send(raw(issue_field_values=said), FIELDS, self.WANTED)

    def test_a_field_that_must_say_nothing_is_cleared_only_where_it_is_set(self):
        said = raw(issue_field_values=[value(7, "Target date", "2026-12-01", "date")])
        wanted = {Field.DUE: "", Field.PRIORITY: ""}
        assert ([7], None) == (fields.to_clear(said, FIELDS, wanted), fields.to_send(said, FIELDS, wanted))
        assert [] == fields.to_clear(said, FIELDS, self.WANTED)
