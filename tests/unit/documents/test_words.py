"""The words and their extension by configuration."""

from time import process_time

import pytest

from tracksync.documents import fields, publication, values
from tracksync.documents.words import WORDS, Role, plain_word
from tracksync.model import Publication, Status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Due Date**", "due date"),
        ("⏰ Due-Date:", "due date"),
        ("won’t_do", "won't do"),
        ("`Owner(s)`", "owner(s)"),
        ("#", "#"),
        ("100%", "100%"),
    ],
)
def test_words_are_compared_without_markup_and_case(text: str, expected: str) -> None:
    assert plain_word(text) == expected


@pytest.mark.parametrize("filler", ["-", " ", " -", "\t", ".", "_"])
def test_a_megabyte_of_filler_is_read_in_no_time(filler: str) -> None:
    text, start = f"a{filler * (1_000_000 // len(filler))}b", process_time()
    assert ("a", "b") == (plain_word(text)[0], plain_word(text)[-1])
    assert values.separator(text) == ", "
    assert values.priority(text, WORDS)[0] is None
    assert fields.of_yaml({"authors": (text,)}, WORDS).authors != ()
    assert process_time() - start < 5


def test_no_word_has_two_meanings() -> None:
    headers = [word for role in Role for word in WORDS.headers[role]]
    assert len(headers) == len(set(headers))
    assert not WORDS.published & WORDS.not_yet
    assert not WORDS.incident & (WORDS.published | WORDS.not_yet)
    assert not WORDS.foreign & set(headers)


def test_every_word_that_is_written_reads_back() -> None:
    assert {plain_word(word): status for status, word in WORDS.status_written.items()}.items() <= WORDS.statuses.items()
    assert set(WORDS.status_written) == set(Status)
    written = {plain_word(word): priority for priority, word in WORDS.priority_named.items()}
    assert written.items() <= WORDS.priorities.items()


def test_an_added_status_word_is_read_and_the_first_is_written() -> None:
    words = WORDS.extended(statuses={Status.COMPLETE: ("Erledigt", "Fertig"), Status.BLOCKED: ()})
    assert words.statuses["erledigt"] is words.statuses["fertig"] is words.statuses["done"] is Status.COMPLETE
    assert words.status_written[Status.COMPLETE] == "Erledigt"
    assert words.status_written[Status.BLOCKED] == "Blocked"


def test_an_added_priority_word_is_read_and_written() -> None:
    words = WORDS.extended(priorities={"P0": ("Showstopper",)})
    assert words.priorities["showstopper"] == "P0"
    assert words.priority_written["P0"] == words.priority_named["P0"] == "Showstopper"
    assert (words.priority_written["P1"], words.priority_named["P1"]) == ("P1", "High")


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ({"published": ["Reviewed"]}, Publication.PUBLISHED),
        ({"incident": ["Reviewed"]}, Publication.PUBLISHED),
        ({"not_yet": ["Reviewed"]}, Publication.HELD),
    ],
)
def test_an_added_publication_word_takes_its_new_meaning(added: dict[str, list[str]], expected: Publication) -> None:
    assert publication.of("Reviewed", WORDS.extended(**added)) is expected
    assert publication.of("Final", WORDS.extended(not_yet=["final"])) is Publication.HELD
