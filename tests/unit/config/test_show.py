from pathlib import Path

from tracksync import config
from tracksync.config.model import Configuration, Tracker, keys
from tracksync.config.show import resolved
from tracksync.reports.settings import settings_text


def shown(folder: Path, **files: str) -> dict[str, tuple[object, str]]:
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return {key: (value, source) for key, value, source in resolved(config.configured(folder, None), {})}


def test_every_key_is_shown_with_its_value_and_where_that_comes_from(tmp_path: Path) -> None:
    text = "policy: upsert\nlimits:\n  creates: 5\nstatus: {blocked: [Stuck, 017]}\ncache: false\nowners: owners.yml\n"
    found = shown(tmp_path, tracksync=text, owners="owners:\n  '@Alice  E.': '@alice'\n  SRE: label:sre\n")
    given = {key: value for key, value in found.items() if value[1] != "default"}
    assert {
        "policy": ("upsert", "tracksync.yml:1"),
        "limits.creates": (5, "tracksync.yml:3"),
        "status.blocked": (["Stuck", "017"], "tracksync.yml:4"),
        "cache": (False, "tracksync.yml:5"),
        "owners.@Alice  E.": ("alice", "owners.yml:2"),
        "owners.SRE": ("label:sre", "owners.yml:3"),
    } == given
    assert (10, "default") == found["limits.closes"]


def test_a_route_is_shown_as_it_is_written(tmp_path: Path) -> None:
    found = shown(tmp_path, tracksync="tracker:\n  routes:\n    - {team: payments, project: acme/pay}\n")
    assert (["{team: payments, project: acme/pay}"], "tracksync.yml:2") == found["tracker.routes"]


def test_without_a_file_everything_is_a_default(tmp_path: Path) -> None:
    found = shown(tmp_path)
    assert {"default"} == {source for _, source in found.values()}
    sections = {path[:-1] for path in keys()}
    assert [".".join(path) for path in keys() if path not in sections] == list(found)


def test_a_secret_is_its_reference_and_whether_it_is_set(tmp_path: Path) -> None:
    configuration = Configuration(tracker=Tracker(token="env/GITHUB_TOKEN"))
    found = config.Configured(configuration, tmp_path, None, None, "", {})
    for environment, expected in (
        ({"GITHUB_TOKEN": "S3CRET"}, "env/GITHUB_TOKEN (set)"),
        ({"GITHUB_TOKEN": ""}, "env/GITHUB_TOKEN (not set)"),
        ({}, "env/GITHUB_TOKEN (not set)"),
    ):
        assert expected == next(one.value for one in resolved(found, environment) if one.key == "tracker.token")


def test_settings_are_aligned_and_written_as_in_yaml() -> None:
    rows = [
        ("a", True, "default"),
        ("bcd", ["x", "y z"], "t.yml:3"),
        ("e", None, "default"),
        ("f", {}, "default"),
        ("g", "", "default"),
    ]
    assert (
        "t.yml\n"
        "documents are named relative to r\n"
        "\n"
        "a    true      default\n"
        "bcd  [x, y z]  t.yml:3\n"
        "e    none      default\n"
        "f    none      default\n"
        "g    none      default\n"
    ) == settings_text("t.yml", "r", rows)
    assert settings_text("", "r", rows).startswith("no configuration file: the defaults\n")
