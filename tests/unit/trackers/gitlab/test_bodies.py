"""What is sent to make or change an issue: only what differs, never what belongs to people, and never a command."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers.gitlab.commands import NAMES, extract
from tracksync.model import Bond, Field, IssueDraft, IssuePatch
from tracksync.trackers import body
from tracksync.trackers.gitlab.bodies import harmless, post, put

from .given import IDS, VALUES, issue, marker, raw, text

PIECES = st.sampled_from(
    [
        "/",
        "\\",
        "\n",
        "\r",
        "\r\n",
        " ",
        "\t",
        "`",
        "```",
        "~~~",
        "\n~~~\n",
        "<!--",
        "-->",
        "<details>",
        ">>>",
        "@bob",
        "x",
    ]
)
COMMANDS = st.sampled_from([f"/{name}" for name in NAMES.split()])
TEXTS = st.lists(PIECES | COMMANDS | st.text(max_size=5), max_size=20).map("".join)


def draft(**more: object) -> IssueDraft:
    return replace(IssueDraft(VALUES, marker(), "Queue outage"), **more)  # type: ignore[arg-type]


def sent(given_: dict[str, object], wanted: IssuePatch) -> dict[str, object]:
    return put(given_, issue(given_), wanted, wanted.values, IDS)


def moved(**values: str) -> IssuePatch:
    """A patch with these values and the marker that agrees with them."""
    return IssuePatch({Field(name): value for name, value in values.items()}, marker(1, **values))


class TestCommands:
    @given(TEXTS)
    def test_no_line_that_is_sent_begins_with_a_slash_and_none_is_carried_out(self, said):
        out = harmless(said)
        assert not any(line.startswith("/") for line in re.split(r"[\r\n]", out))
        assert [] == extract(out)[1]

    @given(TEXTS)
    def test_nothing_else_changes_and_doing_it_again_changes_nothing(self, said):
        out = harmless(said)
        assert out == harmless(out)
        assert len(out) == len(said) + len(re.findall(r"(?:\A|(?<=[\r\n]))/", said))

    def test_code_shows_no_backslash(self):
        said = "/x\n```sh\n/usr/bin/env\n```\n/y\n~~~\n/z"
        assert "\\/x\n```sh\n /usr/bin/env\n```\n\\/y\n~~~\n /z" == harmless(said)

    @given(TEXTS, TEXTS)
    def test_no_text_of_documents_or_people_becomes_one(self, title, theirs):
        made = post(draft(document_title=title, source="https://x/" + title), VALUES, IDS)
        tied = sent(
            raw(description=theirs, labels=[]),
            replace(IssuePatch({}, marker()), bond=Bond.TIE, document_title=title),
        )
        for request in (made, tied):
            said = str(request.get("description", ""))
            assert not any(line.startswith("/") for line in re.split(r"[\r\n]", said))
            assert [] == extract(said)[1]

    @given(TEXTS)
    def test_what_is_stored_is_what_was_sent_and_is_not_sent_again(self, title):
        said = post(draft(document_title=title), VALUES, IDS)["description"]
        stored, _ = extract(said)
        assert stored == said.replace("\r", "").rstrip()
        given_ = raw(description=stored)
        assert {} == sent(given_, IssuePatch(VALUES, marker()))


class TestPost:
    def test_everything_is_a_field_of_gitlab_but_priority_and_status(self):
        assert {
            "title": "Give retries a limit",
            "description": text() + "\n",
            "labels": "priority::1,tracksync",
            "assignee_ids": [1],
            "due_date": "2026-12-01",
        } == post(draft(), VALUES, IDS)

    def test_labels_of_teams_and_a_status_go_along(self):
        values = VALUES | {Field.STATUS: "blocked", Field.OWNER: "", Field.DUE: ""}
        made = post(draft(labels=frozenset({"team::db"})), values, IDS)
        assert "priority::1,status::blocked,team::db,tracksync" == made["labels"]
        assert {"title", "description", "labels"} == made.keys()

    def test_type_and_confidentiality_are_sent_only_where_they_are_wanted(self):
        made = post(draft(), VALUES, IDS, "incident", True)
        assert ("incident", True) == (made["issue_type"], made["confidential"])

    def test_a_permalink_and_a_source_stand_in_the_block(self):
        made = post(draft(source="https://x/-/blob/main/a.md#b", permalink="https://x/-/blob/abc/a.md#L3"), VALUES, IDS)
        assert "[Queue outage](https://x/-/blob/main/a.md#b)" in made["description"]
        assert "([as it was](https://x/-/blob/abc/a.md#L3) when this issue was made)" in made["description"]


class TestPut:
    def test_nothing_differs_nothing_is_sent(self):
        assert {} == sent(raw(), IssuePatch(VALUES, marker()))

    def test_only_what_differs_is_sent(self):
        assert {"due_date", "description"} == sent(raw(), moved(due="2027-01-01")).keys()
        assert {"title", "description"} == sent(raw(), moved(title="Another")).keys()

    def test_people_keep_their_labels_and_their_text(self):
        given_ = raw(
            labels=["tracksync", "priority::1", "sev1", "priority::high"],
            description=f"Seen!\n\n{text()}\nA note.",
        )
        done = sent(given_, moved(priority="P0"))
        assert ("priority::0", "priority::1") == (done["add_labels"], done["remove_labels"])
        assert str(done["description"]).startswith("Seen!\n\n")
        assert str(done["description"]).endswith("\nA note.")

    @pytest.mark.parametrize(("owner", "ids"), [("bob", [2]), ("alice,bob", [1, 2]), ("", [0])])
    def test_assignees_are_numbers_and_0_is_nobody(self, owner, ids):
        assert ids == sent(raw(), moved(owner=owner))["assignee_ids"]

    @pytest.mark.parametrize(
        ("state", "labels", "status", "done"),
        [
            ("opened", [], "complete", {"state_event": "close"}),
            ("opened", ["status::blocked"], "complete", {"state_event": "close", "remove_labels": "status::blocked"}),
            ("opened", [], "wont_do", {"state_event": "close", "add_labels": "status::won't do"}),
            ("closed", [], "wont_do", {"add_labels": "status::won't do"}),
            (
                "closed",
                ["status::won't do"],
                "in_progress",
                {"state_event": "reopen", "add_labels": "status::in progress", "remove_labels": "status::won't do"},
            ),
            ("closed", ["status::won't do"], "complete", {"remove_labels": "status::won't do"}),
            ("opened", [], "blocked", {"add_labels": "status::blocked"}),
            ("opened", ["status::blocked", "status::in progress"], "blocked", {"remove_labels": "status::in progress"}),
        ],
    )
    def test_a_status_is_state_and_label(self, state, labels, status, done):
        told = sent(raw(state=state, labels=["tracksync", "priority::1", *labels]), moved(status=status))
        assert done == {name: value for name, value in told.items() if name != "description"}

    def test_labels_of_teams_come_and_go(self):
        wanted = replace(moved(), add_labels=frozenset({"team::web"}), remove_labels=frozenset({"team::db", "gone"}))
        done = sent(raw(labels=["tracksync", "priority::1", "team::db"]), wanted)
        assert ("team::web", "team::db") == (done["add_labels"], done["remove_labels"])

    def test_an_issue_of_people_becomes_ours_and_theirs_again(self):
        theirs = raw(description="Mine.", labels=["sev1"])
        tied = sent(theirs, replace(IssuePatch({}, marker()), bond=Bond.TIE, document_title="Queue outage"))
        assert "tracksync" == tied["add_labels"]
        assert str(tied["description"]).startswith("Mine.\n\n<!-- tracksync:begin -->")
        ours = raw(description=str(tied["description"]).rstrip(), labels=["sev1", "tracksync"])
        free = sent(ours, IssuePatch({}, None, bond=Bond.UNTIE))
        assert {"description": "Mine.", "remove_labels": "tracksync"} == free

    def test_a_text_that_gitlab_did_not_keep_whole_is_no_reason_to_write(self):
        given_ = raw(description=body.render(marker(), body.Origin("x", "y")).replace("\n", "\r\n"))
        assert {} == sent(given_, IssuePatch(VALUES, marker()))
