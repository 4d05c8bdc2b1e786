from dataclasses import replace
from datetime import date

from tracksync.model import Document
from tracksync.reports.setup import choice_text, found_text, headline
from tracksync.setup.findings import findings
from tracksync.setup.remote import Remote
from tracksync.setup.survey import Candidate, Place, Survey

SINCE = date(2026, 8, 27)
PLACE = Place("docs/pm", ("docs/pm/**",), ("docs/pm/template.md",))
CANDIDATE = Candidate(PLACE, (Document("docs/pm/a.md", ""),))
FOUND = findings([CANDIDATE], SINCE)
SURVEY = Survey(9, True, 0, 0, Remote("gitlab.com", "acme/web"), (CANDIDATE,))


def test_the_headline_counts_what_matters() -> None:
    found = replace(FOUND, documents=41, items=180, owners=37)
    assert "41 documents, 180 action items, 37 owners without a login" == headline(found)
    assert "1 document, 0 action items, 0 owners without a login" == headline(FOUND)


def test_what_was_found_is_told_one_thing_a_line() -> None:
    found = replace(
        FOUND,
        items=7,
        open=5,
        linked=2,
        forms={"table": 4, "yaml": 2, "unheard of": 1},
        owners=3,
        older=2,
        undated=1,
        held={"Draft": 2},
        unknown={"Frozen \x1b[31m solid": 1},
        problems=1,
        unread=4,
    )
    expected = """\
Found 1 document, 7 action items, 3 owners without a login.

  documents     docs/pm/**
  left out      docs/pm/template.md (templates and drafts)
  passed over   tests/pm (add it to `documents.include` to take it)
  not read      4 documents beyond the limit of this look; a run reads all
  action items  4 in tables, 2 in YAML, 1 unheard of; 5 not done, 2 with a link to an issue
  older         2 documents from before 2026-08-27: no new issues for them
  no date       1 document: no new issues until a line `Date: YYYY-MM-DD` says how old
  held back     2 documents not published yet, by the status: 2 "Draft"
  held back     1 document with an unknown status: 1 "Frozen \\x1b[31m solid"; tracksync.yml has the lines to settle it
  owners        3 without a login: tracksync items --unknown-owners
  problems      1 problem in documents, told by: tracksync items
  git remote    gitlab.com/acme/web; tracksync.yml says how to keep issues in GitLab
  also here     ops/tracksync.yml: a configuration of its own for that folder
  files         only the first 9 were looked at; name the folder: tracksync init PATH
  files         5,000 Markdown files were opened, 1 more not; name the folder: tracksync init PATH
"""
    survey = replace(SURVEY, complete=False, opened=5000, unopened=1, others=("ops/tracksync.yml",))
    assert expected == found_text(survey, found, ["tests/pm"])


def test_what_is_not_there_is_not_told() -> None:
    found = replace(FOUND, exclude=())
    expected = "Found 1 document, 0 action items, 0 owners without a login.\n\n  documents     docs/pm/**\n"
    assert expected == found_text(replace(SURVEY, remote=None), found)
    other = replace(SURVEY, remote=Remote("git.example", "acme/web"))
    assert found_text(other, found).endswith("  git remote    git.example/acme/web\n")


def test_many_and_long_words_are_cut() -> None:
    told = found_text(SURVEY, replace(FOUND, held={"x" * 99: 1, **{f"Word {n}": 1 for n in range(8)}}))
    assert f'1 "{"x" * 39}…", 1 "Word 0", 1 "Word 1", 1 "Word 2", 1 "Word 3", 4 more\n' in told


def test_places_to_choose_from_have_numbers() -> None:
    named = Candidate(Place("docs", ("docs/*rca*.md",)), CANDIDATE.documents)
    root = Candidate(Place("", ("**",)), ())
    expected = """\
Postmortems seem to lie in several places:
  1  docs/pm/: 1 document, 0 action items
  2  docs/: 1 document, by their names, 0 action items
  3  the top folder: 0 documents, 0 action items
"""
    candidates = [CANDIDATE, named, root]
    assert expected == choice_text(candidates, [findings([one], SINCE) for one in candidates])
