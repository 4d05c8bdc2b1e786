"""`tracksync config` as a stranger uses it."""

import json
from collections.abc import Callable

from tracksync.config import schema as config_schema

from .conftest import TABLE, Repository


class TestCheck:
    def test_says_ok_with_the_name_of_the_file(self, repository: Callable[..., Repository]) -> None:
        made = repository(tracksync_yml="policy: full\n")
        result = made.run("config", "check")
        assert (0, "tracksync.yml: ok\n", "") == (result.status, result.out, result.err)

    def test_without_a_file_the_defaults_count(self, repository: Callable[..., Repository]) -> None:
        result = repository().run("config", "check")
        assert (0, "ok: there is no configuration file, so the defaults count\n") == (result.status, result.out)

    def test_lists_every_fault_on_a_line_of_its_own(self, repository: Callable[..., Repository]) -> None:
        made = repository(tracksync_yml="policy: upsrt\nowners: owners.yml\n", owners_yml="A: [b]\n")
        result = made.run("config", "check")
        assert (2, "") == (result.status, result.out)
        assert (
            "tracksync: the configuration can't be used:\n"
            "tracksync.yml:1:9: policy must be create-only, upsert or full; did you mean upsert?\n"
            "owners.yml:1:4: owners.A must be one login, like alice, or a team's label, like label:sre\n"
        ) == result.err

    def test_says_which_of_two_files_counts(self, repository: Callable[..., Repository]) -> None:
        made = repository(tracksync_yml="")
        made.write(".tracksync.yml", "zzz: 1\n")
        for command in (["config", "check"], ["config", "show"], ["items"], ["plan"], ["issues", "list"]):
            warned = "warning: tracksync.yml counts and .tracksync.yml does not: remove one of the two\n"
            assert 1 == made.run(*command).err.count(warned), command

    def test_a_token_in_the_file_appears_nowhere(self, repository: Callable[..., Repository]) -> None:
        made = repository()
        for kind in ("local", "github"):
            made.write("tracksync.yml", f"tracker:\n  kind: {kind}\n  token: ghp_S3CRET\n")
            for words in (["config", "check"], ["config", "show"], ["plan"], ["-v", "sync"]):
                result = made.run("--verbose", *words)
                assert (2, False) == (result.status, "S3CRET" in result.out + result.err)


class TestShow:
    def test_prints_values_and_sources(self, repository: Callable[..., Repository]) -> None:
        made = repository(tracksync_yml="# mine\nlimits:\n  creates: 5\n")
        result = made.run("config", "show")
        assert (0, "") == (result.status, result.err)
        assert ["tracksync.yml", f"documents are named relative to {made.root}"] == result.out.split("\n")[:2]
        rows = [line.split() for line in result.out.split("\n")]
        assert ["limits.creates", "5", "tracksync.yml:3"] in rows
        assert ["limits.closes", "10", "default"] in rows

    def test_as_json(self, repository: Callable[..., Repository]) -> None:
        made = repository(config__tracksync_yml="cache: false\n")
        (made.root / "below").mkdir()
        found = made.run("config", "show", "--format", "json").json
        assert ("config/tracksync.yml", str(made.root)) == (found["file"], found["root"])
        assert {"key": "cache", "value": False, "source": "config/tracksync.yml:1"} == found["settings"][-1]


class TestSchema:
    def test_is_printed(self, repository: Callable[..., Repository]) -> None:
        made = repository(tracksync_yml="zzz: broken\n")
        result = made.run("config", "schema")
        assert (0, config_schema.schema()) == (result.status, result.json)

    def test_is_written_and_the_line_for_the_configuration_printed(self, repository: Callable[..., Repository]) -> None:
        made = repository(config__tracksync_yml="zzz: broken\n")
        for out, path in (("config/tracksync.schema.json", "./tracksync.schema.json"), ("s.json", "../s.json")):
            result = made.run("config", "schema", "--out", out)
            assert (0, f"# yaml-language-server: $schema={path}\n") == (result.status, result.out)
            assert f"{out} is written; begin the configuration file with this line, and editors use it:\n" == result.err
            assert config_schema.schema() == json.loads(made.read(out))

    def test_never_takes_the_place_of_the_configuration(self, repository: Callable[..., Repository]) -> None:
        made = repository(tracksync_yml="cache: true\n")
        result = made.run("config", "schema", "--out", "tracksync.yml")
        assert (2, "cache: true\n") == (result.status, made.read("tracksync.yml"))
        assert "a schema is JSON: tracksync.yml doesn't end in .json" in result.err

    def test_what_cant_be_written_is_one_sentence(self, repository: Callable[..., Repository]) -> None:
        result = repository().run("config", "schema", "--out", "gone/x.json")
        assert (2, "tracksync: can't write gone/x.json: No such file or directory\n") == (result.status, result.err)


def test_the_size_of_documents_is_a_key_of_the_configuration(repository: Callable[..., Repository]) -> None:
    made = repository(postmortems__queue_md=TABLE)
    made.write("tracksync.yml", f"limits:\n  document_bytes: {len(TABLE.encode()) - 1}\n")
    found = made.run("items", "--format", "json").json["documents"][0]
    message = (
        f"the document is larger than {len(TABLE.encode()) - 1} bytes; split it, exclude it, or raise "
        "`limits.document_bytes`"
    )
    assert ([], ["too-large"], [message]) == (
        found["items"],
        [problem["rule"] for problem in found["problems"]],
        [problem["message"] for problem in found["problems"]],
    )
    made.write("tracksync.yml", f"limits:\n  document_bytes: {len(TABLE.encode())}\n")
    assert 2 == len(made.run("items", "--format", "json").json["documents"][0]["items"])


def test_a_document_above_the_default_is_read_and_written_when_the_key_allows_it(
    repository: Callable[..., Repository],
) -> None:
    made = repository(postmortems__queue_md=TABLE + "\n" + ("x" * 99 + "\n") * 11_000)
    assert "`limits.document_bytes`" in made.run("plan").out
    made.write("tracksync.yml", "limits: {document_bytes: 2000000}\n")
    made.commit()
    assert 0 == made.run("sync").status
    assert "#1" in made.read("postmortems/queue.md")
    made.settled()
