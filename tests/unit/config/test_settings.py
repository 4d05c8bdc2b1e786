from pathlib import Path

import pytest

from tracksync import config
from tracksync.errors import UsageError
from tracksync.model import Field, Status
from tracksync.planning.routes import Route
from tracksync.planning.rules import FieldPolicy, Limits, Policy


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
    with pytest.raises(UsageError, match=r"there is no configuration file gone\.yml") as gone:
        config.load(tmp_path, None, Path("gone.yml"))
    assert "without --config it is looked for: tracksync.yml, .tracksync.yml, config/tracksync.yml" == gone.value.hint


@pytest.mark.parametrize(("inside", "hint"), [((), "FILE"), ((".tracksync.yml",), "there/.tracksync.yml")])
def test_a_folder_is_no_configuration_but_may_hold_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: tuple[str, ...], hint: str
) -> None:
    (tmp_path / "there").mkdir()
    for name in inside:
        (tmp_path / "there" / name).write_text("")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="there is a folder, not a configuration file") as caught:
        config.load(tmp_path, None, Path("there"))
    assert f"name the file: --config {hint}" == caught.value.hint


def test_of_several_files_in_one_folder_the_first_counts_and_the_others_are_named(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "below").mkdir()
    for name in config.FILE_NAMES:
        (tmp_path / name).write_text("")
    found = config.configured(tmp_path / "below", None)
    assert ("../tracksync.yml", ("../.tracksync.yml", "../config/tracksync.yml")) == (found.name, found.ignored)
    assert () == config.configured(tmp_path, None, tmp_path / ".tracksync.yml").ignored


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


def test_a_whole_valid_file_is_what_it_says(tmp_path: Path) -> None:
    text = "documents: {include: [./docs/pm], exclude: ['**/old/']}\ntracker: {kind: local, project: acme/web}\n"
    found = settings(text + "publish: worktree\npolicy: create-only\n", tmp_path)
    assert (("docs/pm",), ("**/old/",), "acme/web", Policy.CREATE_ONLY) == (
        found.include,
        found.exclude,
        found.project,
        found.policy,
    )


def test_the_size_of_documents_is_a_setting_and_no_limit_of_a_run(tmp_path: Path) -> None:
    found = settings("limits: {document_bytes: 16777216}", tmp_path)
    assert (16 * 1024 * 1024, Limits()) == (found.document_bytes, found.limits)
    assert 1024 * 1024 == settings("", tmp_path).document_bytes


def test_a_run_may_ask_what_it_wants_of_the_tracker_unless_a_budget_is_set(tmp_path: Path) -> None:
    assert (0, 60) == (settings("", tmp_path).requests, settings("", tmp_path).minutes)
    found = settings("limits: {requests: 800, minutes: 30}", tmp_path)
    assert (800, 30) == (found.requests, found.minutes)


def test_routes_are_read_in_their_order(tmp_path: Path) -> None:
    text = "tracker: {routes: [{team: ' a  b ', project: acme/web}, {path: ./web/**, kind: detect, project: '7'}]}"
    expected = (Route("acme/web", team="a b"), Route("7", path="web/**", kind="detect"))
    assert expected == settings(text, tmp_path).routes
    assert () == settings("", tmp_path).routes
