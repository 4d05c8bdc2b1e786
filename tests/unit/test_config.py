from pathlib import Path

import pytest

from tracksync import config
from tracksync.config_yaml import MAX_CHARACTERS
from tracksync.errors import ConfigError, UsageError
from tracksync.model import Field, Status
from tracksync.planning.rules import FieldPolicy, Limits, Policy


def faults(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config.parse(text, "t.yml")
    return str(caught.value).split("\n")


def settings(text: str, root: Path) -> config.Settings:
    (root / "tracksync.yml").write_text(text, encoding="utf-8")
    return config.load(root, None)


def test_the_words_of_a_configuration_are_text_and_nothing_else(tmp_path: Path) -> None:
    text = "status: {blocked: [no, 017, 2026-12-01, 1:30]}\nowners: {404: 007, Ann  B: '@ann'}\ntracker: {project: 12}"
    found = settings(text, tmp_path)
    assert ("no", "017", "2026-12-01", "1:30") == found.status_words[Status.BLOCKED]
    assert {"404": "007", "Ann B": "ann"} == found.owners
    assert "12" == found.project


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "\ufeff{}"])
def test_an_empty_file_gives_the_defaults(tmp_path: Path, text: str) -> None:
    found = settings(text, tmp_path)
    assert (Limits(), Policy.FULL, "local", "local", "worktree", True) == (
        found.limits,
        found.policy,
        found.tracker,
        found.project,
        found.publish,
        found.cache,
    )
    assert ("**/postmortems/**", "**/post-mortems/**") == found.include


def test_every_fault_is_reported_at_its_place_in_one_error() -> None:
    text = """\
documents:
  inclde: [a/**]
  since: 2026-02-30
limits: {creates: yes, closes: 017, relative_percent: 101}
creates: 3
policy: ful
cache: yes
zzz: 1
"""
    assert [
        "t.yml:2:3: documents.inclde is not a key; did you mean documents.include?",
        "t.yml:3:10: documents.since must be a day, written as YYYY-MM-DD",
        "t.yml:4:19: limits.creates must be a whole number, 0 or more",
        "t.yml:4:32: limits.closes must be a whole number, 0 or more",
        "t.yml:4:55: limits.relative_percent must be at most 100",
        "t.yml:5:1: creates is not a key; did you mean limits.creates?",
        "t.yml:6:9: policy must be one of 'create-only', 'upsert' or 'full'",
        "t.yml:7:8: cache must be true or false",
        "t.yml:8:1: zzz is not a key; known here: documents, tracker, owners, fields, status, priority, "
        "words, limits, policy, publish, cache",
    ] == faults(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: @b", "1:4: this is not YAML: found character '@' that cannot start any token (put the value in quotes)"),
        ("a: [1", "1:6: this is not YAML: expected ',' or ']', but got '<stream end>'"),
        ("a: 1\nb: \x00", "2:4: this is not YAML: a control character"),
        ("[" * 3_000, "1:1: nested too deeply"),
        ("a: b\n---\nc: d", "2:1: this is not YAML: but found another document"),
        ("#" * (MAX_CHARACTERS + 1), f"1:1: larger than {MAX_CHARACTERS} characters"),
        ("- a", "1:1: the file must be a mapping (key: value)"),
        ("word", "1:1: the file must be a mapping (key: value)"),
        ("? [a]\n: b", "1:3: a key must be a word"),
        ("cache: true\ncache: false", "2:1: cache was given already in line 1"),
        ("cache: &x true", "1:8: anchors and aliases are not supported: write the value out"),
        ("cache: !!bool true", "1:8: tags are not supported: write the value alone"),
        ("limits:\npolicy: full", "1:8: limits has no value: give one or remove it"),
        ("limits: 3", "1:9: limits must be a mapping (key: value)"),
        ("limits: {creates: -1}", "1:19: limits.creates must be a whole number, 0 or more"),
        ("limits: {creates: [1]}", "1:19: limits.creates must be a whole number, 0 or more"),
        ("documents: {include: docs}", "1:22: documents.include must be a list"),
        ("documents: {include: []}", "1:22: documents.include must name at least one"),
        ("documents: {include: ['']}", "1:23: documents.include[1] must not be empty"),
        (
            "documents: {exclude: [a, ../b]}",
            "1:26: documents.exclude[2] must stay inside the folder that the configuration is for",
        ),
        (
            "documents: {exclude: ['C:/b']}",
            "1:23: documents.exclude[1] must stay inside the folder that the configuration is for",
        ),
        (
            "documents: {exclude: ['a\\b']}",
            '1:23: documents.exclude[1] must be written with "/", not with "\\"',
        ),
        ("documents: {include: ['{a']}", '1:23: documents.include[1] has a "{" or "}" without the other'),
        ("fields: {status: both}", "1:18: fields.status must be one of 'merge', 'document' or 'tracker'"),
        ("status: {not_started: open}", "1:23: status.not_started must be a list"),
        ("status: {blocked: [{}]}", "1:20: status.blocked[1] must be text"),
        (
            "status: {blocked: [Stuck], complete: [stuck]}",
            "1:39: status.complete[1]: 'stuck' already stands for blocked",
        ),
        ("tracker: {kind: github}", "1:17: tracker.kind github is not available in this version"),
        ("tracker: {kind: jira}", "1:17: tracker.kind must be 'local'"),
        (
            "tracker: {project: a b}",
            '1:20: tracker.project must be made of letters, digits, "_", "-", "." and "/"',
        ),
        ("publish: push", "1:10: publish push is not available in this version"),
        (
            "owners: people.yml",
            "1:9: owners must be a mapping from name to login: a file of owners is not available in this version",
        ),
        ("owners: {a: 'b, c'}", "1:13: owners.a must be one login"),
        ("owners: {a: [b]}", "1:13: owners.a must be text"),
        ("badges: {}", "1:1: badges is not available in this version"),
    ],
)
def test_a_fault_is_one_sentence(text: str, fault: str) -> None:
    assert [f"t.yml:{fault}"] == faults(text)


@pytest.mark.parametrize("name", config.FILE_NAMES)
def test_the_file_is_found_upward(tmp_path: Path, name: str) -> None:
    below = tmp_path / "a/b"
    below.mkdir(parents=True)
    (tmp_path / "config").mkdir()
    (tmp_path / name).write_text("cache: false")
    found = config.load(below, tmp_path)
    assert (tmp_path, tmp_path / name, False) == (found.root, found.file, found.cache)


def test_the_nearest_folder_wins_and_within_it_the_first_name(tmp_path: Path) -> None:
    below = tmp_path / "a"
    below.mkdir()
    for path in ("tracksync.yml", "a/.tracksync.yml", "a/tracksync.yml"):
        (tmp_path / path).write_text("")
    assert below / "tracksync.yml" == config.find(below, tmp_path)


def test_the_search_stops_at_the_top_of_the_repository(tmp_path: Path) -> None:
    top = tmp_path / "repository"
    top.mkdir()
    (tmp_path / "tracksync.yml").write_text("")
    assert None is config.find(top, top)
    assert tmp_path / "tracksync.yml" == config.find(top, None)


def test_without_a_file_the_root_is_the_repository_or_the_working_directory(tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    assert (tmp_path, None) == (config.load(below, tmp_path).root, config.load(below, tmp_path).file)


def test_a_named_file_is_used_and_its_folder_is_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tracksync.yml").write_text("zzz: 1")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/my.yml").write_text("cache: false")
    monkeypatch.chdir(tmp_path)
    found = config.load(tmp_path, None, Path("other/my.yml"))
    assert (tmp_path / "other", False) == (found.root, found.cache)
    with pytest.raises(UsageError, match=r"there is no configuration file gone\.yml"):
        config.load(tmp_path, None, Path("gone.yml"))


@pytest.mark.parametrize(
    ("file", "top", "root"),
    [
        ("config/tracksync.yml", None, "."),
        ("config/tracksync.yml", ".", "."),
        ("config/tracksync.yml", "config", "config"),
        ("a/config/tracksync.yml", ".", "a"),
        ("config/other.yml", ".", "config"),
        ("ci/tracksync.yml", ".", "ci"),
    ],
)
def test_only_the_folder_config_is_for_the_one_above_and_never_above_the_repository(
    tmp_path: Path, file: str, top: str | None, root: str
) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text("")
    found = config.load(tmp_path, tmp_path / top if top else None, tmp_path / file)
    assert (tmp_path / root, tmp_path / file) == (found.root, found.file)


def test_from_within_the_folder_config_the_root_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/tracksync.yml").write_text("")
    assert [tmp_path, tmp_path] == [config.load(cwd, tmp_path).root for cwd in (tmp_path, tmp_path / "config")]


def test_the_way_to_a_named_file_leaves_no_trace_in_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "link").symlink_to("a/b")
    (tmp_path / "a/x.yml").write_text("")
    monkeypatch.chdir(tmp_path / "a/b")
    for way in ("../x.yml", tmp_path / "link/../x.yml"):
        found = config.load(Path.cwd(), None, Path(way))
        assert (tmp_path / "a", tmp_path / "a/x.yml") == (found.root, found.file)


def test_a_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "tracksync.yml").write_bytes(b"cache: \xff")
    with pytest.raises(ConfigError, match=r"tracksync\.yml:1:1: not UTF-8"):
        config.load(tmp_path, None)


def test_settings_become_the_rules_of_planning(tmp_path: Path) -> None:
    rules = settings("policy: upsert\nfields: {owner: tracker}\nlimits: {creates: 3}", tmp_path).rules(
        "r", {"closes": 5}
    )
    assert ("r", Policy.UPSERT, 3, {"closes": 5}) == (
        rules.repository,
        rules.policy,
        rules.limits.creates,
        rules.limits.allowed,
    )
    assert (FieldPolicy.TRACKER, FieldPolicy.DOCUMENT) == (rules.fields[Field.OWNER], rules.fields[Field.TITLE])


def test_words_for_publication_are_handed_on_as_written(tmp_path: Path) -> None:
    found = settings("documents: {published: {published: [ Signed  off ], not_yet: [x], incident: [y]}}", tmp_path)
    assert (("Signed off",), ("x",), ("y",)) == (found.published, found.not_yet, found.incident)


def test_words_for_sections_and_columns_are_handed_on_as_written(tmp_path: Path) -> None:
    found = settings("words: {sections: [Homework], not_sections: [Ideas], headers: {owner: [Champion]}}", tmp_path)
    assert (("Homework",), ("Ideas",)) == (found.sections, found.not_sections)
    assert (("Champion",), ()) == (found.header_words["owner"], found.header_words["due"])


def test_an_unreadable_file_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "tracksync.yml").write_text("")
    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(ConfigError, match=r"tracksync\.yml:1:1: can't be read: Permission denied"):
        config.load(tmp_path, None)


def test_a_whole_valid_file_is_what_it_says(tmp_path: Path) -> None:
    text = "documents: {include: [./docs/pm], exclude: ['**/old/']}\ntracker: {kind: local, project: acme/web}\n"
    found = settings(text + "publish: worktree\npolicy: create-only\n", tmp_path)
    assert (("docs/pm",), ("**/old/",), "acme/web", Policy.CREATE_ONLY) == (
        found.include,
        found.exclude,
        found.project,
        found.policy,
    )
