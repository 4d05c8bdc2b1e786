"""The status line: what is held back comes first."""

import pytest

from tracksync.documents import publication
from tracksync.documents.words import WORDS
from tracksync.model import Publication


@pytest.mark.parametrize(
    "status",
    [
        "Draft",
        "**draft**",
        "In Review",
        "Reviewed",
        "WIP",
        "Template",
        "Draft | Reviewed | Final",
        "Draft / Final",
        "Draft/Final",
        r"Draft \| Reviewed \| Final",
        "Resolved | Ongoing",
        "Draft (waiting for Alice)",
        "📝 Draft",
    ],
)
def test_this_is_not_published_yet(status: str) -> None:
    assert publication.of(status, WORDS) is Publication.HELD


@pytest.mark.parametrize("status", ["Finalish", "Almost final", "Resolved or so", "RATKAISTU", "7"])
def test_a_word_in_no_list_settles_nothing(status: str) -> None:
    assert publication.of(status, WORDS) is Publication.UNKNOWN


@pytest.mark.parametrize(
    "status",
    [
        None,
        "",
        "Final",
        "FINAL",
        "**Published**",
        "✅ Complete",
        "Approved, 2026-02-01",
        "Final (2026-02-01)",
        "Closed - all done",
        "Complete, action items in progress",
        "Resolved",
        "Mitigated",
        "Monitoring",
        "Ongoing",
        "✅ Fully Resolved (PR #1)",
    ],
)
def test_this_counts_as_published(status: str | None) -> None:
    assert publication.of(status, WORDS) is Publication.PUBLISHED
