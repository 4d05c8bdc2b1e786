"""Addresses of a document's sections and lines, and what a new or adopted issue is told of them."""

import pytest

from tracksync.model import Document, Field, IssueDraft, Trust
from tracksync.planning import adoption, orders, source
from tracksync.planning.identity import match
from tracksync.planning.plan import build
from tracksync.planning.source import Origin

from .given import PATH, REPOSITORY, RULES, document, issue, item, world

GITHUB = Origin("https://github.com/acme/pm", "github", "main", "0123abc")
GITLAB = Origin("https://gitlab.com/acme/pm", "gitlab", "main", "0123abc")


@pytest.mark.parametrize(
    ("heading", "github", "gitlab"),
    [
        ("Action Items", "action-items", "action-items"),
        ("3. What's next? (owners/dates)", "3-whats-next-ownersdates", "3-whats-next-ownersdates"),
        ("Action - items", "action---items", "action-items"),
        ("follow_up: v1.2", "follow_up-v12", "follow_up-v12"),
        ("en–dash and em—dash", "endash-and-emdash", "endash-and-emdash"),
        ("Maßnahmen für Über­morgen", "maßnahmen-für-übermorgen", "maßnahmen-für-übermorgen"),
        ("再発防止策：今後の対応", "再発防止策今後の対応", "再発防止策今後の対応"),
        ("Привет 你好", "привет-你好", "привет-你好"),
        ("🚨 Action items", "-action-items", "-action-items"),
        ("⚠️ Action items", "\ufe0f-action-items", "\ufe0f-action-items"),
        (":rotating_light: Next", "rotating_light-next", "rotating_light-next"),
        ("2026", "2026", "anchor-2026"),
        ("½ done, ² left", "-done--left", "-done-left"),
        ("!?", "", ""),
    ],
)
def test_an_anchor_is_what_the_platform_makes_of_a_heading(heading: str, github: str, gitlab: str) -> None:
    assert ([github], [gitlab]) == (source.anchors([heading], "github"), source.anchors([heading], "gitlab"))


def test_headings_that_come_out_alike_are_counted() -> None:
    headings = ["Actions", "Actions!", "actions"]
    for platform in ("github", "gitlab"):
        assert ["actions", "actions-1", "actions-2"] == source.anchors(headings, platform)


def test_on_github_an_anchor_that_a_heading_spells_out_is_taken() -> None:
    headings = ["Actions", "Actions", "Actions 1", "Actions-1", "Actions"]
    assert ["actions", "actions-1", "actions-1-1", "actions-1-2", "actions-2"] == source.anchors(headings, "github")


class TestASection:
    PAGE = document(item(heading=2), headings=("Queue outage", "Action items", "Action items"), path="2026/queue.md")

    def url(self, origin: Origin | None, page: Document = PAGE) -> str:
        return source.section(origin, page, page.items[0])

    def test_is_the_heading_above_the_item_on_the_default_branch(self) -> None:
        assert "https://github.com/acme/pm/blob/main/2026/queue.md#action-items" == self.url(GITHUB)
        assert "https://gitlab.com/acme/pm/-/blob/main/2026/queue.md#action-items" == self.url(GITLAB)

    def test_of_a_second_heading_of_the_same_text_is_that_one(self) -> None:
        page = document(item(heading=3), headings=self.PAGE.headings)
        assert self.url(GITHUB, page).endswith("#action-items-1")

    def test_without_a_heading_is_the_document(self) -> None:
        assert f"https://github.com/acme/pm/blob/main/{PATH}" == self.url(GITHUB, document(item()))
        assert f"https://github.com/acme/pm/blob/main/{PATH}" == self.url(
            GITHUB, document(item(heading=1), headings=("!",))
        )

    def test_is_quoted_so_that_it_stays_one_link(self) -> None:
        page = document(item(heading=1), headings=("Maßnahmen (offen)",), path="post mortems/a#1 (b)?/ü.md")
        url = self.url(GITHUB._replace(branch="release/1.0", prefix="docs/"), page)
        assert (
            "https://github.com/acme/pm/blob/release/1.0/docs/post%20mortems/a%231%20%28b%29%3F/%C3%BC.md"
            "#ma%C3%9Fnahmen-offen"
        ) == url

    def test_of_a_name_that_is_not_utf_8_can_be_told_all_the_same(self) -> None:
        assert self.url(GITHUB, document(item(), path="a\udcff.md")).endswith("/a%FF.md")

    def test_is_not_told_where_nobody_hosts_the_documents(self) -> None:
        assert "" == self.url(None)


def test_a_permalink_names_the_commit_and_the_line_of_the_plain_text() -> None:
    assert "https://github.com/acme/pm/blob/0123abc/a.md?plain=1#L12" == source.permalink(GITHUB, "a.md", 12)
    assert "https://gitlab.com/acme/pm/-/blob/0123abc/docs/a.md?plain=1#L12" == source.permalink(
        GITLAB._replace(prefix="docs/"), "a.md", 12
    )


def test_without_a_host_or_a_commit_there_is_no_permalink() -> None:
    assert ["", ""] == [source.permalink(origin, "a.md", 12) for origin in (None, GITHUB._replace(commit=""))]


class TestANewIssue:
    def draft(self, page: Document, origin: Origin | None = GITHUB, **more: object) -> IssueDraft:
        planned = build(world(page, origin=origin, **more), RULES)  # type: ignore[arg-type]
        return orders.draft(planned.match(planned.plan.changes[0]), planned.world, REPOSITORY)

    def test_is_told_the_section_and_the_line(self) -> None:
        made = self.draft(document(item(heading=1), headings=("Actions",)))
        assert "https://github.com/acme/pm/blob/main/postmortems/a.md#actions" == made.source
        assert "https://github.com/acme/pm/blob/0123abc/postmortems/a.md?plain=1#L10" == made.permalink

    def test_is_told_the_section_and_the_line_of_what_was_committed(self) -> None:
        committed = document(item("Another"), item(heading=1), headings=("Actions",))
        edited = document(item(heading=2), headings=("New", "Actions"))
        made = self.draft(edited, settled=[committed])
        assert (True, True) == (made.source.endswith("#actions"), made.permalink.endswith("#L11"))

    def test_of_a_row_that_was_never_committed_has_no_permalink(self) -> None:
        page = document(item(heading=1), headings=("Actions",))
        for made in (self.draft(page, uncommitted=[PATH]), self.draft(page, settled=[document(item("Another"))])):
            assert (True, "") == (made.source.endswith("/postmortems/a.md#actions"), made.permalink)

    def test_of_documents_that_nobody_hosts_is_told_neither(self) -> None:
        made = self.draft(document(item()), None)
        assert ("", "") == (made.source, made.permalink)


def test_an_adopted_issue_is_told_the_section() -> None:
    page = document(item(heading=1, link="#1"), headings=("Actions",))
    theirs = issue(1, page, marker=None, trust=Trust.WRITER, labelled=False)
    given = world(page, issues=[theirs], origin=GITLAB)
    row = adoption.Row(page, page.items[0])
    found = adoption.adoption(given, match(given, REPOSITORY), REPOSITORY, row, theirs)
    assert isinstance(found, adoption.Adoption)
    assert found.patch is not None
    assert "https://gitlab.com/acme/pm/-/blob/main/postmortems/a.md#actions" == found.patch.source
    assert {} == dict(found.patch.values)
    assert Field.OWNER in found.marker.base
