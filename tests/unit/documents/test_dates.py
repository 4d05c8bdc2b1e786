"""What must not be taken for a day comes first: a guess would be wrong for somebody."""

import pytest

from tracksync.documents import dates


@pytest.mark.parametrize(
    ("text", "rule", "advice"),
    [
        ("01/12/2026", "ambiguous-date", "2026-12-01 or 2026-01-12"),
        ("13/12/2026", "ambiguous-date", "write 2026-12-13"),
        ("12.13.2026", "ambiguous-date", "write 2026-12-13"),
        ("Q1 2027", "ambiguous-date", "YYYY-MM-DD"),
        ("12/2026", "ambiguous-date", "YYYY-MM-DD"),
        ("May 2026", "ambiguous-date", "YYYY-MM-DD"),
        ("99/99/2026", "ambiguous-date", "YYYY-MM-DD"),
        ("next week", "unreadable-date", "YYYY-MM-DD"),
        ("10", "unreadable-date", "YYYY-MM-DD"),
        ("1.12.26", "unreadable-date", "YYYY-MM-DD"),
        ("2026-02-30", "unreadable-date", "does not exist"),
        ("Feb 30, 2026", "unreadable-date", "does not exist"),
        ("2026-13-01", "unreadable-date", "does not exist"),
    ],
)
def test_this_is_no_day_and_the_complaint_says_what_to_write(text: str, rule: str, advice: str) -> None:
    found, message = dates.complaint(text)
    assert dates.read(text) is None
    assert found == rule
    assert advice in message


FORMS = [
    ("2026-02-15", "2027-03-01"),
    ("2026/02/15", "2027/03/01"),
    ("2026.02.15", "2027.03.01"),
    ("Feb 15, 2026", "Mar 1, 2027"),
    ("Feb. 15 2026", "Mar 1 2027"),
    ("15 Feb 2026", "1 Mar 2027"),
    ("15 February 2026", "1 March 2027"),
    ("February 15th, 2026", "March 1st, 2027"),
    ("15-Feb-2026", "01-Mar-2027"),
    ("2026年2月15日", "2027年3月1日"),
]


@pytest.mark.parametrize(("text", "written"), FORMS)
def test_a_form_is_read_and_kept_when_another_day_is_written(text: str, written: str) -> None:
    day = dates.read(text)
    assert day is not None
    assert day.isoformat() == "2026-02-15"
    assert dates.write("2027-03-01", text) == written


@pytest.mark.parametrize(("text", "_"), FORMS)
@pytest.mark.parametrize("day", ["2026-05-01", "2026-09-02", "2026-12-03", "2026-11-11", "2026-01-22", "2026-06-30"])
def test_what_is_written_reads_back(text: str, _: str, day: str) -> None:
    read = dates.read(dates.write(day, text))
    assert read is not None
    assert read.isoformat() == day


def test_september_may_be_short_in_two_ways() -> None:
    assert dates.read("Sept 3, 2026") == dates.read("Sep 3, 2026") == dates.read("2026-09-03")


def test_a_day_without_an_example_is_written_as_iso() -> None:
    assert dates.write("2026-02-15") == dates.write("2026-02-15", "soon") == "2026-02-15"
