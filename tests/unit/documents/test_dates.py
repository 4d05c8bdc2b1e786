"""What must not be taken for a day comes first: a guess would be wrong for somebody."""

import pytest

from tracksync.documents import dates
from tracksync.documents.wordlist import MONTHS
from tracksync.documents.words import plain_word


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
        ("30. Februar 2026", "unreadable-date", "does not exist"),
        ("Week 12, 2026", "ambiguous-date", "YYYY-MM-DD"),
        ("15.03.2026", "ambiguous-date", "write 2026-03-15"),
        ("3月1日", "unreadable-date", "YYYY-MM-DD"),
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
    ("2026.2.15", "2027.3.1"),
    ("2026. 2. 15.", "2027. 3. 1."),
    ("Feb. 15 2026", "Mar. 1 2027"),
    ("FEB 15, 2026", "MAR 1, 2027"),
    ("15 Feb 2026", "1 Mar 2027"),
    ("15 February 2026", "1 March 2027"),
    ("February 15th, 2026", "March 1st, 2027"),
    ("15-Feb-2026", "01-Mar-2027"),
    ("15th of February 2026", "1st of March 2027"),
    ("2026年2月15日", "2027年3月1日"),
    ("2026 年 02 月 15 号", "2027 年 03 月 01 号"),
    ("2026년 2월 15일", "2027년 3월 1일"),
    ("15 février 2026", "1 mars 2027"),
    ("15 févr. 2026", "1 mars 2027"),
    ("15 fevrier 2026", "1 mars 2027"),
    ("15 Février 2026", "1 Mars 2027"),
    ("15 de febrero de 2026", "1 de marzo de 2027"),
    ("15 de febrero del 2026", "1 de marzo del 2027"),
    ("15 de fevereiro de 2026", "1 de março de 2027"),
    ("15 fev 2026", "1 mar 2027"),
    ("15. Februar 2026", "1. März 2027"),
    ("15. Feb. 2026", "1. Mär. 2027"),
    ("15 февраля 2026 г.", "1 марта 2027 г."),
    ("15 февраля 2026 года", "1 марта 2027 года"),
    ("15 февр. 2026", "1 мар. 2027"),
    ("15 februari 2026", "1 mars 2027"),
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er mars 2026", "2026-03-01"),
        ("1º de março de 2026", "2026-03-01"),
        ("1.º de marzo de 2026", "2026-03-01"),
        ("ma\u0308rz 3, 2026", "2026-03-03"),
        ("3 MÄRZ 2026", "2026-03-03"),
        ("3 март 2026", "2026-03-03"),
    ],
)
def test_a_month_is_read_in_any_spelling(text: str, day: str) -> None:
    assert str(dates.read(text)) == day


@pytest.mark.parametrize(
    ("like", "others", "written"),
    [
        ("15 mars 2026", [], "2027-05-01"),
        ("15 mars 2026", ["12 juin 2026"], "1 mai 2027"),
        ("15 de abril de 2026", [], "2027-05-01"),
        ("15 mars 2026", ["Q1", "1 maj 2026"], "1 maj 2027"),
        ("15 april 2026", [], "1 maj 2027"),
        ("15 April 2026", [], "1 May 2027"),
        ("15. April 2026", [], "1. Mai 2027"),
        ("15 April 2026", ["1. März 2026"], "1 Mai 2027"),
        ("may 15, 2026", [], "may 1, 2027"),
        ("1er avril 2026", [], "1er mai 2027"),
    ],
)
def test_a_month_is_written_in_the_language_of_the_dates_around(like: str, others: list[str], written: str) -> None:
    assert dates.write("2027-05-01", like, others) == written


def test_an_ordinal_that_is_right_for_the_first_only_is_left_out_elsewhere() -> None:
    assert dates.write("2027-05-02", "1er avril 2026") == "2 mai 2027"


def test_no_name_of_a_month_is_two_months() -> None:
    named = [
        (plain_word(word), number) for year in MONTHS.values() for number, names in enumerate(year) for word in names
    ]
    assert len(dict(named)) == len(set(named))
    assert {len(year) for year in MONTHS.values()} == {12}


def test_september_may_be_short_in_two_ways() -> None:
    assert dates.read("Sept 3, 2026") == dates.read("Sep 3, 2026") == dates.read("2026-09-03")


def test_a_day_without_an_example_is_written_as_iso() -> None:
    assert dates.write("2026-02-15") == dates.write("2026-02-15", "soon") == "2026-02-15"
