"""Headings whose words name a list of action items together, in ways that no list of phrases has."""

import pytest

from tracksync.documents.sections import sense
from tracksync.documents.words import WORDS, Sense


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Corrective/Preventative measures", Sense.WEAK),
        ("Corrective and preventive tasks", Sense.WEAK),
        ("Post-incident remediation work", Sense.WEAK),
        ("Remedial action", Sense.WEAK),
        ("Remdial action", Sense.WEAK),
        ("Preventitive measures", Sense.WEAK),
        ("Leftover tasks", Sense.ITEMS),
        ("Actions planned", Sense.ITEMS),
        ("Required action (needs a key)", Sense.ITEMS),
        ("Improvements needed", Sense.ITEMS),
        ("Remaining items", Sense.ITEMS),
        ("Proposed fixes", Sense.WEAK),
        ("Remediation steps", Sense.HINT),
        ("Permanent fixes", Sense.HINT),
        ("Long-term solutions", Sense.HINT),
        ("What we will change", Sense.WEAK),
        ("What's next?", Sense.WEAK),
        ("Tasks", Sense.WEAK),
        ("Improvements/fixes", Sense.WEAK),
        ("Tasks to address the issue", Sense.WEAK),
        ("Corrective action plan", Sense.ITEMS),
        ("Completed remediation tasks", Sense.OTHER),
        ("Corrective actions taken", Sense.OTHER),
        ("Follow-up meetings", Sense.OTHER),
        ("Review agenda", Sense.OTHER),
        ("User action", None),
        ("Emergency change", None),
        ("Nothing", None),
    ],
)
def test_a_heading_is_known_by_its_words_together(heading: str, expected: Sense | None) -> None:
    assert sense(heading, WORDS) is expected
