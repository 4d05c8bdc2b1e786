"""What a postmortem says about itself: what must not be taken for a field comes first."""

import pytest

from tests.unit.documents.samples import read
from tracksync.model import Publication

HEAD = "# Postmortem: Checkout is slow\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "```\n**Status**: Draft\n```\n",
        "<!--\n**Status**: Draft\n-->\n",
        "    **Status**: Draft\n",
        "## Summary\n\n## Notes\n\n**Status**: Draft\n",
        "We know the **Status**: Draft\n",
        "**Status**Draft\n",
        "**Status**:\n",
        "| Status | Draft | x |\n|---|---|---|\n",
    ],
)
def test_this_is_no_status_line(text: str) -> None:
    assert read(HEAD + text).status_raw is None


@pytest.mark.parametrize(
    "line",
    [
        "**Status**: Draft",
        "**Status:** Draft",
        "__Status__: Draft",
        "- **Status**: Draft",
        "Status: Draft",
        "**Date**: 2026-01-14 | **Status**: Draft",
        "| **Status** | Draft |\n|---|---|",
        "## Incident\n\nStatus: Draft\n\n## Summary",
        "| Field | Value |\n|---|---|\n| Status: | Draft |",
    ],
)
def test_the_status_line_is_found_in_every_form(line: str) -> None:
    document = read(f"{HEAD}{line}\n")
    assert (document.status_raw, document.publication) == ("Draft", Publication.HELD)


def test_the_choices_of_a_template_stay_whole() -> None:
    assert read(HEAD + "**Status**: Draft | Reviewed | Final\n").status_raw == "Draft | Reviewed | Final"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", None),
        ("text\n", None),
        ("# Postmortem: Checkout is slow\n", "Checkout is slow"),
        ("# Incident Post-Mortem - *Checkout*\n", "Checkout"),
        ("# Checkout is slow\n", "Checkout is slow"),
        ("## Owner\n\n# Checkout\n", "Checkout"),
        ("## Checkout\n", "Checkout"),
        ("---\ntitle: 'Postmortem: Search'\n---\n# Checkout\n", "Search"),
        ("#\n\n# Checkout\n", "Checkout"),
    ],
)
def test_the_title_is_the_first_large_heading_unless_front_matter_has_one(text: str, title: str | None) -> None:
    assert read(text).title == title


def test_all_fields_of_the_template_are_read() -> None:
    text = (
        HEAD + "**Date**: 2026-01-14\n**Authors**: @alice, Bob & Carol\n**Severity**: SEV-2\n"
        "**Services**: checkout, payments\n\n"
        "## Contributing Factors\n\n### Factor 1: A slow query\n\n- a detail\n\n### Factor 2: No `alert`\n\n"
        "## Related Incidents\n\n- [2025-12 outage](../a.md)\n1. #3\n\n```\n- code\n```\n"
    )
    document = read(text)
    assert (document.date, document.severity) == ("2026-01-14", "SEV-2")
    assert document.authors == ("alice", "Bob", "Carol")
    assert document.services == ("checkout", "payments")
    assert document.factors == ("A slow query", "No alert")
    assert document.related == ("2025-12 outage", "#3")


def test_factors_may_be_a_list_and_an_empty_section_says_nothing() -> None:
    document = read(
        "# T\n\n## Root Causes\n\n* one\n* two\n\n## Affected services\n\n- api\n\n## Related incidents\n\nNone.\n"
    )
    assert (document.factors, document.services, document.related) == (("one", "two"), ("api",), ())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yml", "{}"),
        ("a.md", "---\n{}---\n"),
        ("a.yml", "postmortem:\n{}"),
    ],
)
def test_fields_are_read_from_yaml(path: str, text: str) -> None:
    yaml = (
        "Title: T\ndate: 2026-01-14\nseverity: 'SEV-1'\nstatus: Draft\nauthors: ['@a', b]\n"
        "affected_services: api, web\nrelated:\n  - x\n  - {y: z}\nroot-causes: [one]\nother: {a: b}\n"
    )
    indent = "  " if text.startswith("postmortem") else ""
    document = read(text.format("".join(f"{indent}{line}\n" for line in yaml.rstrip().split("\n"))), path)
    assert (document.title, document.date, document.severity) == ("T", "2026-01-14", "SEV-1")
    assert (document.status_raw, document.publication) == ("Draft", Publication.HELD)
    assert (document.authors, document.services) == (("a", "b"), ("api", "web"))
    assert (document.related, document.factors) == (("x",), ("one",))


def test_front_matter_goes_before_the_text_and_the_text_fills_the_gaps() -> None:
    document = read("---\nseverity: SEV-1\nauthors: a\n---\n# T\n\n**Severity**: SEV-3\n**Date**: 2026-01-14\n")
    assert (document.severity, document.date, document.authors) == ("SEV-1", "2026-01-14", ("a",))


def test_front_matter_that_yaml_refuses_is_a_problem_and_its_flat_lines_still_count() -> None:
    document = read("---\nowner: @alice\nstatus: Draft\n---\n# T\n\n**Severity**: SEV-3\n")
    assert (document.title, document.severity, document.publication) == ("T", "SEV-3", Publication.HELD)
    assert [(problem.rule, problem.line) for problem in document.problems] == [("yaml-refused", 2)]
