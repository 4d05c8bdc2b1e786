from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracksync import config
from tracksync.setup.configuration import text
from tracksync.setup.findings import Findings
from tracksync.setup.remote import Remote

LINE = "# yaml-language-server: $schema=./x.json\n"
FOUND = Findings(
    since=date(2026, 8, 27),
    include=("docs/postmortems/**",),
    exclude=(),
    documents=1,
    unread=0,
    items=3,
    open=2,
    linked=1,
    forms={"table": 3},
    owners=0,
    older=0,
    undated=0,
    held={},
    unknown={},
    problems=0,
)


def test_only_what_matters_is_written_each_key_with_a_comment() -> None:
    expected = """\
# yaml-language-server: $schema=./x.json
# tracksync for the postmortems of acme/web.
# Written by `tracksync init`, and yours from now on.

documents:
  # Which files are postmortems. `**` at the end: all Markdown and YAML below.
  include:
    - "docs/postmortems/**"
  # Older postmortems are read for links and trends, but get no new issues.
  since: 2026-08-27

tracker:
  # `local` keeps the issues in .tracksync/tracker.db, without any account.
  # For issues on GitHub or GitLab write these lines in its place, put a token
  # into the environment, and ask `tracksync doctor` whether it works.
  # kind: github
  # project: acme/web
  kind: local
"""
    assert expected == text(FOUND, Remote("github.com", "acme/web"), LINE)


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        (Remote("gitlab.com", "acme/ops/web"), ("gitlab", "", "acme/ops/web")),
        (Remote("github.example.com", "acme/web"), ("github", "https://github.example.com", "acme/web")),
        (None, ("github", "", "acme/web")),
    ],
)
def test_a_hosted_tracker_is_a_matter_of_removing_number_signs(
    remote: Remote | None, expected: tuple[str, str, str]
) -> None:
    written = text(FOUND, remote, LINE).replace("  kind: local\n", "")
    for key in ("kind", "project", "base_url"):
        written = written.replace(f"  # {key}:", f"  {key}:")
    tracker = config.parse(written, "x").tracker
    assert expected == (tracker.kind, tracker.base_url, tracker.project)


def test_what_was_found_is_what_is_read_back() -> None:
    found = replace(FOUND, exclude=("docs/postmortems/template.md",), owners=3, unknown={"Frozen": 1})
    loaded = config.parse(text(found, None, LINE), "x")
    assert (found.include, found.exclude) == (loaded.documents.include, loaded.documents.exclude)
    assert ("2026-08-27", "local", {}) == (loaded.documents.since, loaded.tracker.kind, loaded.owners)


def test_unknown_words_and_owners_are_settled_by_removing_a_number_sign() -> None:
    written = text(replace(FOUND, owners=1, unknown={"**Frozen**": 2, "x" * 61: 1}), None, LINE)
    assert "# 1 owner in the postmortems has no login yet" in written
    assert "\n# owners: owners.yml\n" in written
    settled = "\n".join(
        line.replace("  # ", "  ", 1) if "published:" in line or "not_yet:" in line or "incident:" in line else line
        for line in written.split("\n")
    )
    assert ("**Frozen**",) == config.parse(settled, "x").documents.published.published


def test_no_comment_is_wider_than_a_terminal() -> None:
    written = text(replace(FOUND, owners=37, exclude=("a/**",), unknown={"Frozen": 1}), None, LINE)
    assert [] == [line for line in written.split("\n") if len(line) > 80]


def test_only_some_of_many_unknown_words_are_written() -> None:
    written = text(replace(FOUND, unknown={f"Word {n}": 1 for n in range(99)}), None, LINE)
    assert ('"Word 9"' in written, '"Word 10"' in written) == (True, False)
    assert "published" not in text(replace(FOUND, unknown={"x" * 61: 1}), None, LINE)


@pytest.mark.parametrize("remote", [None, Remote("github.com", "acme/web")])
@given(word=st.text(min_size=1))
def test_hostile_words_change_nothing(remote: Remote | None, word: str) -> None:
    loaded = config.parse(text(replace(FOUND, unknown={word: 1}, owners=1), remote, LINE), "x")
    assert loaded == config.parse(text(FOUND, None, LINE), "x")
