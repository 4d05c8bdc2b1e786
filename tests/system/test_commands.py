"""Commands with their options, wrong input, and the contract of stdout, stderr and exit status."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from .conftest import TABLE, Repository

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
QUEUE = "postmortems/queue.md"


def valid(name: str, value: object) -> None:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text())
    Draft202012Validator(schema).validate(value)


@pytest.mark.parametrize("name", ["items", "plan", "sync", "status"])
def test_where_nothing_is_found_the_json_is_valid_all_the_same(
    repository: Callable[..., Repository], name: str
) -> None:
    result = repository(README_md="# Nothing here\n").run(name, "--format", "json")
    assert 6 == result.status
    valid(name, result.json)
    assert "no document matched" in result.err


class TestItems:
    def test_explain_says_why_each_table_and_list_was_or_was_not_taken(self, two: Repository) -> None:
        two.write(QUEUE, two.read(QUEUE) + "\n## Lessons Learned\n\n- a point\n")
        told = two.run("items", "--explain", QUEUE)
        assert told.status == 0
        assert 'table taken: "Action Items" names action items' in told.out
        assert 'list not taken: "Lessons Learned" names something else' in told.out
        assert told.out.endswith("  2 action items found.\n\n")
        two.write("other.md", "No list here.\n")
        assert "nothing in it looks like action items" in two.run("items", "--explain", "other.md").out

    def test_explain_needs_a_path(self, two: Repository) -> None:
        told = two.run("items", "--explain")
        assert (told.status, told.out) == (2, "")
        assert "--explain needs a PATH" in told.err

    def test_the_configuration_adds_words_for_sections_and_columns(self, two: Repository) -> None:
        two.write("tracksync.yml", "words: {sections: [Homework], headers: {owner: [Champion]}}\n")
        two.write("new.md", "# T\n\n## Homework\n\n| Task | Champion |\n|---|---|\n| Add it | bob |\n")
        assert [["bob"]] == [
            item["owners"] for item in two.run("items", "--format", "json", "new.md").json["documents"][0]["items"]
        ]

    def test_needs_no_configuration_and_no_repository(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, two: Repository
    ) -> None:
        import shutil

        shutil.rmtree(two.root / ".git")
        result = two.run("items", "postmortems", "--format", "json")
        valid("items", result.json)
        assert [1, 2] == [len(document["items"]) for document in result.json["documents"]]
        assert not (two.root / ".tracksync").exists()

    def test_reads_what_is_named_whatever_the_globs_say(self, repository: Callable[..., Repository]) -> None:
        made = repository(notes__a_md=TABLE)
        assert 6 == made.run("items").status
        assert "2 action items in 1 document." in made.run("items", "notes/a.md").out

    def test_says_that_a_draft_is_not_published(self, repository: Callable[..., Repository]) -> None:
        made = repository(postmortems__queue_md=TABLE.replace("Final", "Draft"))
        assert [False] == [
            document["published"] for document in made.run("items", "--format", "json").json["documents"]
        ]


class TestPlan:
    def test_json_follows_its_schema_and_is_the_same_every_time(self, two: Repository) -> None:
        first, second = (two.run("plan", "--format", "json") for _ in range(2))
        valid("plan", first.json)
        assert first.out == second.out
        assert {"reads": 1, "writes": 3, "minutes": 0, "signals": 0} == first.json["cost"]

    def test_markdown_is_for_job_summaries(self, two: Repository) -> None:
        assert "| " in two.run("plan", "--format", "markdown").out

    def test_detailed_exitcode_tells_changes_from_none(self, two: Repository) -> None:
        assert 3 == two.run("plan", "--detailed-exitcode").status
        two.run("sync")
        assert 0 == two.run("plan", "--detailed-exitcode").status

    def test_verbose_tells_the_digest(self, two: Repository) -> None:
        digest = two.run("plan", "--format", "json").json["digest"]
        told = two.run("plan", "--verbose")
        assert f"digest {digest}\n" == told.err
        assert 0 == two.run("sync", "--expect", digest).status

    def test_one_path_is_planned_alone(self, two: Repository) -> None:
        changes = two.run("plan", QUEUE, "--format", "json").json["changes"]
        assert {QUEUE} == {change["path"] for change in changes}

    def test_other_documents_are_not_gone_when_one_path_is_planned(self, two: Repository) -> None:
        two.run("sync")
        assert [] == two.run("plan", QUEUE, "--format", "json").json["problems"]

    def test_documents_outside_the_globs_can_be_synced_one_by_one(self, repository: Callable[..., Repository]) -> None:
        rows = "".join(f"| Item {n} | @alice | 2026-12-01 | P1 | Not Started |\n" for n in range(12))
        made = repository(notes__a_md=TABLE + rows, notes__b_md=TABLE)
        assert 0 == made.run("sync", "notes/a.md").status
        result = made.run("sync", "notes/b.md", "--format", "json")
        assert (0, []) == (result.status, result.json["plan"]["problems"])
        assert 2 == len([change for change in result.json["applied"] if change["action"] == "create"])

    def test_a_draft_that_is_named_counts_as_published(self, repository: Callable[..., Repository]) -> None:
        made = repository(postmortems__queue_md=TABLE.replace("Final", "Draft"))
        assert [] == made.run("plan", "--format", "json").json["changes"]
        assert [] == made.run("plan", "postmortems", "--format", "json").json["changes"]
        assert 2 == len(made.run("plan", QUEUE, "--format", "json").json["changes"])

    def test_out_names_a_folder_that_is_not_there(self, two: Repository) -> None:
        result = two.run("plan", "--out", "missing/plan.json")
        assert (2, True) == (result.status, "can't write missing/plan.json" in result.err)


class TestSyncBoundToAPlan:
    def test_the_reviewed_plan_is_applied(self, two: Repository) -> None:
        two.run("plan", "--out", "plan.json")
        assert 0 == two.run("sync", "--plan", "plan.json").status
        two.settled()

    def test_another_plan_is_not(self, two: Repository) -> None:
        two.run("plan", "--out", "plan.json")
        two.edit(QUEUE, "Give retries a limit", "Give up after five retries")
        for option in (["--plan", "plan.json"], ["--expect", "0" * 64]):
            result = two.run("sync", *option)
            assert (1, True) == (result.status, "plan has changed" in result.err)
            assert "`tracksync plan --format json` (it holds the digest)" in result.err
        assert "local#" not in two.read(QUEUE)

    @pytest.mark.parametrize("digest", ["", "0", "0" * 63, "A" * 64, "g" * 64, "0" * 64 + "\n", 7, None])
    def test_what_is_no_digest_binds_to_nothing_and_is_refused(self, two: Repository, digest: object) -> None:
        two.write("plan.json", json.dumps({"digest": digest}))
        for option in (["--plan", "plan.json"], ["--expect", str(digest)], ["--plan", ""]):
            assert 2 == two.run("sync", *option).status, option
        assert not (two.root / ".tracksync").exists()

    @pytest.mark.parametrize("text", ["", "{}", "[]", "\x00", "[" * 200_000])
    def test_a_file_that_is_no_plan_is_refused(self, two: Repository, text: str) -> None:
        two.write("plan.json", text)
        assert 2 == two.run("sync", "--plan", "plan.json").status

    def test_a_missing_file_is_named(self, two: Repository) -> None:
        result = two.run("sync", "--plan", "none.json")
        assert (2, True) == (result.status, "can't read none.json" in result.err)

    def test_the_three_ways_exclude_each_other(self, two: Repository) -> None:
        assert 2 == two.run("sync", "--dry-run", "--expect", "0").status


class TestSync:
    def test_json_follows_its_schema(self, two: Repository) -> None:
        result = two.run("sync", "--format", "json")
        valid("sync", result.json)
        assert 3 == len([change for change in result.json["applied"] if change["action"] == "create"])
        assert ["postmortems/cache.yml", QUEUE] == result.json["documents_changed"]

    def test_dry_run_writes_nothing(self, two: Repository) -> None:
        result = two.run("sync", "--dry-run")
        assert (0, True) == (result.status, "3 to create" in result.err)
        assert "local#" not in two.read(QUEUE)

    def test_quiet_leaves_only_the_result(self, two: Repository) -> None:
        assert "" == two.run("sync", "--quiet").err

    def test_over_a_limit_nothing_is_written(self, repository: Callable[..., Repository]) -> None:
        rows = "".join(f"| Item {n} | @alice | 2026-12-01 | P1 | Not Started |\n" for n in range(24))
        made = repository(postmortems__queue_md=TABLE + rows)
        for words in (["sync"], ["sync", "--dry-run"]):
            result = made.run(*words)
            assert 4 == result.status
            assert "26 creates planned, at most 25 allowed" in result.err
            assert "--allow-creates 26" in result.err
        for words in (["plan", "--out", "plan.json"], ["plan", "--format", "json", "--detailed-exitcode"]):
            result = made.run(*words)
            assert (4, True) == (result.status, "at most 25 allowed" in result.err)
            assert result.out
            assert (made.root / "plan.json").is_file()
        assert 0 == made.run("plan", "--fail-on", "none").status
        assert 3 == made.run("plan", "--fail-on", "none", "--detailed-exitcode").status
        assert 0 == made.run("plan", "--allow-creates", "26").status
        assert 0 == made.run("sync", "--fail-on", "none").status
        assert not (made.root / ".tracksync" / "tracker.db").exists()
        assert 0 == made.run("sync", "--allow-creates", "26").status
        made.settled()

    @pytest.mark.parametrize("name", ["plan", "sync"])
    def test_a_refusal_ends_with_the_command_that_goes_on(
        self, repository: Callable[..., Repository], name: str
    ) -> None:
        rows = "".join(f"| Item {n} | @alice | 2026-12-01 | P1 | Not Started |\n" for n in range(24))
        made = repository(postmortems__queue_md=TABLE + rows)
        made.write("a b.yml", "limits:\n  creates: 3\n  documents: 0\n")
        refused = made.run(name, "--config", "a b.yml", "postmortems", "--allow-documents", "1")
        expected = "tracksync sync --config 'a b.yml' postmortems --allow-documents 1 --allow-creates 26"
        assert f"hint: if that is meant: {expected}\n" in refused.err
        assert f"If this is meant: {expected}\n" in (refused.out if name == "plan" else refused.err)
        assert 0 == made.run(*shlex.split(expected)[1:]).status
        assert 26 == len(made.run("issues", "list", "--format", "json").json["issues"])

    def test_when_nothing_is_published_it_says_how_many_and_why(self, repository: Callable[..., Repository]) -> None:
        made = repository(
            postmortems__a_md=TABLE.replace("Final", "Draft"), postmortems__b_md=TABLE.replace("Final", "WIP")
        )
        result = made.run("sync")
        assert 0 == result.status
        assert "2 documents are held back (1 Draft, 1 WIP)" in result.err

    def test_no_document_is_its_own_exit_status(self, repository: Callable[..., Repository]) -> None:
        made = repository()
        for command in ("sync", "plan", "items", "status"):
            assert 6 == made.run(command).status, command
            assert 0 == made.run(command, "--fail-on", "failed").status, command

    def test_a_path_that_is_not_there_is_named(self, two: Repository) -> None:
        for command in ("sync", "plan", "items"):
            result = two.run(command, "missing.md")
            assert (2, True) == (result.status, "missing.md" in result.err), command

    def test_a_create_only_policy_never_updates(self, two: Repository) -> None:
        two.run("sync")
        two.write("tracksync.yml", "policy: create-only\n")
        two.edit(QUEUE, "2026-12-01", "2027-01-01")
        two.commit()
        plan = two.run("plan", "--format", "json").json
        assert ([], ["policy"]) == (plan["changes"], [skipped["reason"] for skipped in plan["skipped"]])

    def test_names_of_owners_come_from_the_configuration(self, repository: Callable[..., Repository]) -> None:
        made = repository(postmortems__queue_md=TABLE.replace("@alice", "Alice A."))
        result = made.run("plan")
        assert "owner-unknown" in result.out
        made.write("tracksync.yml", "owners:\n  Alice A.: alice\n")
        assert "owner-unknown" not in made.run("plan").out
        made.run("sync")
        made.run("issues", "edit", "1", "--owner", "bob")
        made.settled()
        assert "@bob" in made.read(QUEUE)

    def test_a_fault_of_the_configuration_names_file_line_and_key(self, two: Repository) -> None:
        two.write("tracksync.yml", "documents:\n  inclde: [a]\n")
        result = two.run("sync")
        assert 2 == result.status
        assert "tracksync.yml:2:3" in result.err
        assert "did you mean documents.include?" in result.err


class TestBadDocuments:
    """One that can't be read is one sentence; all others are synced."""

    @pytest.mark.parametrize(
        ("data", "rule"),
        [
            (b"\xff\xfe" + TABLE.encode("utf-16-le"), "not-utf8"),
            (TABLE.encode().replace(b"retries", b"re\x00tries"), "nul-byte"),
            (TABLE.encode() + b"x" * 1_100_000, "too-large"),
            (b"---\n" + b"a: " + b"[" * 50_000 + b"\n---\n" + TABLE.encode(), "yaml-too-deep"),
            (b"---\naction_items:\n  - item: a\n    owner: @alice\n---\n# Title\n", "yaml-refused"),
        ],
    )
    def test_is_one_problem_and_stays_as_it_is(self, two: Repository, data: bytes, rule: str) -> None:
        file = two.write("postmortems/bad.md", data)
        result = two.run("sync", "--format", "json")
        assert 0 == result.status
        assert [rule] == [p["rule"] for p in result.json["plan"]["problems"] if p["path"] == "postmortems/bad.md"]
        assert 3 <= len([change for change in result.json["applied"] if change["action"] == "create"])
        assert rule == "yaml-too-deep" or data == file.read_bytes()

    def test_a_corrupt_tracker_is_one_sentence(self, two: Repository) -> None:
        two.run("sync")
        (two.root / ".tracksync" / "tracker.db").write_bytes(b"not a database" * 100)
        result = two.run("sync")
        assert (1, "") == (result.status, result.out)
        assert "damaged or no SQLite database" in result.err
        assert "Traceback" not in result.err

    def test_a_corrupt_cache_changes_nothing(self, two: Repository) -> None:
        two.run("sync")
        for file in (two.root / ".tracksync" / "cache").glob("*.json"):
            file.write_bytes(b"{")
        two.settled()


class TestStatus:
    def test_shows_all_documents_at_a_glance(self, two: Repository) -> None:
        two.run("sync")
        result = two.run("status", "--format", "json")
        valid("status", result.json)
        assert [(1, 0), (2, 0)] == [(d["open"], d["complete"]) for d in result.json["documents"]]

    @pytest.mark.parametrize("key", ["local#2", "#2", f"{QUEUE}:10"])
    def test_shows_one_item_field_by_field(self, two: Repository, key: str) -> None:
        two.run("sync")
        result = two.run("status", key, "--format", "json")
        valid("status", result.json)
        due = next(field for field in result.json["item"]["fields"] if field["field"] == "due")
        assert ("2026-12-01", 0, "2026-12-01", "in sync") == (
            due["base"],
            due["serial"],
            due["tracker"],
            due["verdict"],
        )

    def test_an_item_is_found_from_a_subfolder(self, two: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        two.run("sync")
        monkeypatch.chdir(two.root / "postmortems")
        assert "local#2" in two.run("status", "queue.md:10").out

    def test_what_names_nothing_is_refused(self, two: Repository) -> None:
        result = two.run("status", "local#99")
        assert (2, True) == (result.status, "local#99" in result.err)


def test_a_bug_is_one_sentence(two: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("tracksync.cli.running.open_workspace", broken)
    result = two.run("plan")
    assert (70, True, False) == (result.status, "internal error" in result.err, "Traceback" in result.err)
    assert "Traceback" in two.run("plan", "--verbose").err
