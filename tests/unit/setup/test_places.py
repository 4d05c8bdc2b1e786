import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracksync import config
from tracksync.globs import matcher
from tracksync.setup import places
from tracksync.setup.scalars import quoted
from tracksync.setup.survey import Place


def included(*paths: str) -> list[tuple[str, ...]]:
    return [place.include for place in places.by_name(paths)]


@pytest.mark.parametrize(
    "folder",
    [
        "postmortems",
        "post-mortems",
        "Postmortem",
        "POST_MORTEMS",
        "docs/Post Mortems",
        "1-postmortems",
        "incidents",
        "docs/incident-reviews",
        "RCA",
        "rcas",
        "Outages",
        "post-incident-reviews",
        "blameless",
    ],
)
def test_folders_are_known_by_their_names_in_any_case(folder: str) -> None:
    assert [(f"{folder}/**",)] == included(f"{folder}/2026/a.md", "src/b.md")


@pytest.mark.parametrize(
    "path",
    [
        "node_modules/x/postmortems/a.md",
        "vendor/postmortems/a.md",
        "third-party/incidents/a.md",
        ".git/postmortems/a.md",
        ".github/ISSUE_TEMPLATE/postmortem.md",
        "web/.venv/rca/a.md",
        "postmortems/a.py",
        "postmortems/diagram.png",
        "docs/guide.md",
        "postmortems/\udcff.md",
        "mortem.md",
        "source.md",
        "docs/postmortem-template.md",
    ],
)
def test_other_files_point_nowhere(path: str) -> None:
    assert [] == included(path)


def test_the_outermost_folder_counts() -> None:
    assert [("docs/postmortems/**",)] == included("docs/postmortems/incidents/a.md", "docs/postmortems/b.md")


def test_a_folder_named_like_a_part_of_a_program_has_to_be_looked_into() -> None:
    assert [("incidents", False), ("postmortems", True)] == [
        (place.folder, place.sure) for place in places.by_name(["postmortems/a.md", "incidents/a.yml"])
    ]


def test_tests_and_examples_are_less_likely() -> None:
    found = places.by_name(["tests/fixtures/postmortems/a.md", "docs/postmortems/a.md"])
    assert [True, False] == [place.likely for place in found]


def test_files_are_known_by_their_names_as_they_are_written() -> None:
    paths = ["docs/2026-Postmortem-x.md", "docs/a-post-mortem.md", "docs/guide.md", "docs/postmortem_template.md"]
    assert [
        Place("docs", ("docs/*Postmortem*.md", "docs/*post-mortem*.md"), ("docs/postmortem_template.md",), sure=False)
    ] == places.by_name(paths)
    assert [("*RCA*.md",)] == included("2026-RCA.md", "parcale.md")


def test_many_folders_of_one_name_are_one_place() -> None:
    paths = [f"services/{n}/postmortems/{name}.md" for n in range(6) for name in ("a", "template")]
    (place,) = places.by_name(paths)
    assert (("**/postmortems/**",), True, True) == (place.include, place.sure, place.likely)
    assert tuple(f"services/{n}/postmortems/template.md" for n in range(6)) == place.exclude


@pytest.mark.parametrize(
    "name",
    [
        "template.md",
        "TEMPLATE.md",
        "postmortem-template.md",
        "0000-incident_template_v2.markdown",
        "rca.tmpl.md",
        "PostmortemTemplate.md",
        "draft-queue.md",
        "queue (DRAFT).md",
    ],
)
def test_templates_and_drafts_are_left_out(name: str) -> None:
    (place,) = places.by_name([f"postmortems/{name}", "postmortems/a.md"])
    assert (f"postmortems/{name}",) == place.exclude


@pytest.mark.parametrize(
    "name", ["2023-template-engine-outage.md", "nfl-draft-outage.md", "drafting.md", "review.md", "template-x.md"]
)
def test_a_postmortem_about_templates_or_drafts_is_one(name: str) -> None:
    (place,) = places.by_name([f"postmortems/{name}"])
    assert () == place.exclude


@pytest.mark.parametrize("folder", ["drafts", "Draft", "_drafts", "templates"])
def test_folders_of_templates_and_drafts_are_left_out_once(folder: str) -> None:
    paths = [f"postmortems/2026/{folder}/{name}.md" for name in "ab"]
    assert (f"postmortems/2026/{folder}/**",) == places.folder_place("postmortems", paths).exclude


def test_what_is_no_document_is_not_left_out() -> None:
    assert () == places.folder_place("postmortems", ["postmortems/template.docx"]).exclude


def test_the_root_is_a_folder() -> None:
    place = places.folder_place("", ["template.md", "a.md"], sure=True)
    assert (("**",), ("template.md",), True) == (place.include, place.exclude, place.sure)


def test_content_points_to_the_outermost_folders_and_to_files_at_the_root() -> None:
    hits = ["notes/a.md", "notes/2026/b.md", "notes-old/c.md", "d.md", "x/template.md"]
    assert [("d.md",), ("notes/**",), ("notes-old/**",)] == [place.include for place in places.by_content(hits)]


def test_content_in_many_folders_points_to_what_they_lie_in() -> None:
    hits = [f"teams/{n}/notes/a.md" for n in range(9)]
    assert [("teams/**",)] == [place.include for place in places.by_content([*hits, "teams/x.md"])]
    assert [("**",)] == [place.include for place in places.by_content([f"{n}/a.md" for n in range(9)] + ["b.md"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Postmortem: Queue", True),
        ("intro\n\n## The POST-MORTEM", True),
        ("---\ntitle: Queue post mortem\n---\n", True),
        ("# Incident report 7", True),
        ("# RCA", True),
        ("# Guide\n\nWrite a postmortem.\n\n## Incident response", False),
        ("", False),
    ],
)
def test_headings_say_what_a_document_is(text: str, expected: bool) -> None:
    assert expected == places.reads_like_one(text.encode())


NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=8).filter(
    lambda name: name not in (".", "..")
)


@given(st.lists(NAMES, min_size=1, max_size=3))
@example(["~a", "b  c", "{x", "[a]", "*?"])
@example(["C:", "\\", " a", "b "])
@example(["\t", "\u2028", "a,b"])
@example(["!", "{a,b}"])
def test_a_glob_for_a_path_is_accepted_and_matches_it(parts: list[str]) -> None:
    path = "/".join(parts)
    glob = places.escaped(path)
    text = f"documents: {{include: [{quoted(glob)}]}}\n"
    (loaded,) = config.parse(text, "x").documents.include
    assert None is not re.fullmatch(matcher([loaded], below=""), path)
