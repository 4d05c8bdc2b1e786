"""What is called older must surely be older: then comes what a date can mean at the latest."""

import pytest

from tracksync.documents import latest_day
from tracksync.model import Document


@pytest.mark.parametrize(
    ("date", "latest"),
    [
        ("2026-01-14", "2026-01-14"),
        ("2026-01-14 10:00 UTC – 2026-01-15", "2026-01-14"),
        ("2026-01-14T10:00Z", "2026-01-14"),
        ("Wednesday, January 14th, 2026 (UTC)", "2026-01-14"),
        ("14-Jan-2026", "2026-01-14"),
        ("2026年1月14日に", "2026-01-14"),
        ("le 14 janvier 2026 à 10h", "2026-01-14"),
        ("Februar 2028", "2028-02-29"),
        ("Outage 14, 2026-01-14", "2026-01-14"),
        ("01/12/2026", "2026-12-01"),
        ("13/12/2026", "2026-12-13"),
        ("2026-02", "2026-02-28"),
        ("February 2028", "2028-02-29"),
        ("20260114", "2026-01-14"),
        ("2026-02-30", "2026-02-28"),
    ],
)
def test_the_last_day_that_a_date_can_mean_counts(date: str, latest: str) -> None:
    found = latest_day(Document("a.md", "", date=date))
    assert found is not None
    assert latest == found.isoformat()


@pytest.mark.parametrize(
    "date", ["", "last week", "2026", "99/99/2026", "2026-13", "Outage 2026", "0000-01", "v2026-01-14", "120260114"]
)
def test_what_is_no_date_says_nothing(date: str) -> None:
    assert None is latest_day(Document("a.md", "", date=date))


@pytest.mark.parametrize(
    ("path", "title", "latest"),
    [
        ("postmortems/2026-01-14-queue.md", "Outage of 2020-01-01", "2026-01-14"),
        ("postmortems/2026/01/queue.md", None, "2026-01-31"),
        ("postmortems/2026_01_14_queue.md", "14 January 2025: queue outage", "2026-01-14"),
        ("postmortems/queue.md", "14 January 2025: queue outage", "2025-01-14"),
        ("postmortems/20260114_queue.md", None, "2026-01-14"),
    ],
)
def test_without_a_date_the_path_tells_and_then_the_title(path: str, title: str | None, latest: str) -> None:
    found = latest_day(Document(path, "", title=title, date="unknown"))
    assert found is not None
    assert latest == found.isoformat()


def test_a_hostile_date_takes_no_time() -> None:
    assert None is latest_day(Document("a.md", "", date="1" * 1_000_000))
