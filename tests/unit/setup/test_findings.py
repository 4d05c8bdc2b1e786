from datetime import date

from tracksync.model import ActionItem, Document, Problem, Publication, Severity, SkipReason, Status
from tracksync.setup.findings import findings
from tracksync.setup.survey import Candidate, Place, Survey, documents_of

SINCE = date(2026, 8, 27)
OPEN = ActionItem(0, "Add it", "Add it", owners=("Bob",), owner_raw="Bob", links=("#1",), line=3)
DONE = ActionItem(1, "Do it", "Do it", status=Status.COMPLETE, skip=SkipReason.DONE_WITHOUT_LINK, format="yaml", line=4)
BLANK = ActionItem(2, "", "", skip=SkipReason.BLANK, line=5)


def candidate(*documents: Document, folder: str = "pm", likely: bool = True) -> Candidate:
    return Candidate(Place(folder, (f"{folder}/**",), (f"{folder}/t.md",), likely=likely), documents, unread=2)


def test_what_is_there_is_counted_and_rows_that_nobody_filled_in_are_not() -> None:
    found = findings([candidate(Document("a.md", "", items=(OPEN, DONE, BLANK)), Document("b.md", ""))], SINCE)
    assert (2, 2, 1, 1, 1) == (found.documents, found.items, found.open, found.linked, found.owners)
    assert ({"table": 1, "yaml": 1}, 2) == (found.forms, found.unread)
    assert (("pm/**",), ("pm/t.md",)) == (found.include, found.exclude)


def test_documents_are_older_than_the_first_day_or_have_no_date() -> None:
    dated = [
        Document(f"{n}.md", "", date=day, items=(OPEN,)) for n, day in enumerate(["2026-08-26", "2026-08-27", None])
    ]
    found = findings([candidate(*dated, Document("old.md", "", date="2019-01-01"))], SINCE)
    assert (1, 1) == (found.older, found.undated)


def test_documents_held_back_are_told_by_their_status() -> None:
    held = [
        Document(f"{n}.md", "", status_raw=word, publication=how)
        for n, (word, how) in enumerate(
            [
                ("Draft", Publication.HELD),
                ("WIP", Publication.HELD),
                ("WIP", Publication.HELD),
                ("Frozen", Publication.UNKNOWN),
                ("Final", Publication.PUBLISHED),
            ]
        )
    ]
    found = findings([candidate(*held)], SINCE)
    assert ([("WIP", 2), ("Draft", 1)], {"Frozen": 1}) == (list(found.held.items()), found.unknown)


def test_problems_are_counted() -> None:
    problem = Problem("not-utf8", Severity.ERROR, "a.md", 1, "Not UTF-8.")
    assert 2 == findings([candidate(Document("a.md", "", problems=(problem, problem)))], SINCE).problems


def test_a_document_of_two_places_counts_once() -> None:
    one, two = Document("a.md", ""), Document("b.md", "")
    assert (one, two) == documents_of([candidate(two, one), candidate(one)])


def test_less_likely_places_are_suggested_only_alone() -> None:
    likely, other = candidate(), candidate(folder="tests", likely=False)
    assert (likely,) == Survey(1, True, 0, 0, None, (other, likely)).suggested
    assert (other,) == Survey(1, True, 0, 0, None, (other,)).suggested
