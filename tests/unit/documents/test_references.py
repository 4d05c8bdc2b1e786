"""What must not be taken for a reference comes first."""

import pytest

from tracksync.documents import references
from tracksync.documents.references import Target


@pytest.mark.parametrize(
    "text",
    [
        "CVE-2024-12345",
        "CWE-79",
        "ADR-12",
        "AI-001",
        "UTF-8",
        "SHA-256",
        "SEV-2",
        "ABC-0",
        "&#124;",
        "a#12b",
        "C#",
        "#",
        "#abc",
        "wow!",
        "x-ABC-12",
        "v1.2-RC-1",
    ],
)
def test_this_is_no_reference(text: str) -> None:
    assert references.find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "#12",
        "web#12",
        "acme/web#12",
        "group/sub/proj#12",
        "https://github.com/acme/web/issues/12",
        "https://github.com/acme/web/issues/12#issuecomment-3",
        "https://gitlab.example.com/group/sub/proj/-/issues/12",
        "https://gitlab.example.com/group/sub/proj/-/work_items/12",
    ],
)
def test_this_names_an_issue(text: str) -> None:
    assert [(one.text, one.target) for one in references.find(f"see {text}.")] == [(text, Target.ISSUE)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PR #12", "#12"),
        ("PR#12", "#12"),
        ("MR !12", "!12"),
        ("!12", "!12"),
        ("group/proj!12", "group/proj!12"),
        ("pull request acme/web#12", "acme/web#12"),
        ("https://github.com/acme/web/pull/12", "https://github.com/acme/web/pull/12"),
        ("https://gitlab.com/a/b/-/merge_requests/3", "https://gitlab.com/a/b/-/merge_requests/3"),
    ],
)
def test_a_pull_request_is_evidence_and_no_issue(text: str, expected: str) -> None:
    assert [(one.text, one.target) for one in references.find(text)] == [(expected, Target.CHANGE)]


@pytest.mark.parametrize(
    "text",
    [
        "OPS-12",
        "https://acme.atlassian.net/browse/OPS-12",
        "https://jira.example.com/browse/OPS-12",
        "https://bugzilla.example.org/show_bug.cgi?id=12",
        "https://trello.com/c/abc",
        "https://linear.app/acme/issue/ENG-3/title",
    ],
)
def test_another_tracker_is_recognised(text: str) -> None:
    assert [(one.text, one.target) for one in references.find(text)] == [(text, Target.ELSEWHERE)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[#12](https://github.com/a/b/issues/12)", "https://github.com/a/b/issues/12"),
        ("[the issue](https://github.com/a/b/issues/12)", "https://github.com/a/b/issues/12"),
        ('[#12](<https://github.com/a/b/issues/12> "title")', "https://github.com/a/b/issues/12"),
        ("[web#12](https://example.com/redirect)", "web#12"),
        ("[docs](https://example.com/page)", "https://example.com/page"),
        ("<https://github.com/a/b/issues/3>", "https://github.com/a/b/issues/3"),
    ],
)
def test_a_markdown_link_is_one_reference_that_covers_its_markup(text: str, expected: str) -> None:
    assert [(one.text, one.start, one.end) for one in references.find(text)] == [(expected, 0, len(text))]


def test_a_page_that_is_no_issue_is_not_listed() -> None:
    assert references.listed("#1, OPS-2, PR #3 and https://example.com/x") == ("#1", "OPS-2", "#3")
