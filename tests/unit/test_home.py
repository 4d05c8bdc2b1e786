"""Which repository the documents belong to."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.hosted import PM, Hosted
from tracksync import config, git, home
from tracksync.errors import BudgetSpent, ConfigError, TrackerError
from tracksync.planning.source import Origin
from tracksync.trackers.base import RepositoryFacts
from tracksync.trackers.local import LocalTracker
from tracksync.workspace import Workspace, open_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    git.start_repository(tmp_path)
    return tmp_path


def remote(root: Path, url: str, name: str = "origin") -> None:
    subprocess.run(["git", "remote", "add", name, url], cwd=root, check=True)


def workspace(root: Path, tracker: LocalTracker | None = None, named: str = "", kind: str = "github") -> Workspace:
    space = open_workspace(config.load(root, root))
    settings = replace(space.settings, tracker=kind, repository=named)
    return replace(space, settings=settings, tracker=tracker or Hosted(root / "tracker.db"))


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/acme/pm.git",
        "git@github.com:acme/pm.git",
        "https://x-access-token:s3cret@github.com/acme/pm",
        "ssh://git@ssh.github.com:443/acme/pm.git",
        "https://www.github.com/acme/pm",
    ],
)
def test_on_the_trackers_host_it_is_the_number_that_survives_a_rename(root: Path, url: str) -> None:
    remote(root, url)
    assert "github.com/12345678" == workspace(root).repository


def test_the_tracker_is_asked_once(root: Path) -> None:
    remote(root, "https://github.com/acme/pm")
    tracker = Hosted(root / "tracker.db")
    space = workspace(root, tracker)
    assert {"github.com/12345678"} == {space.repository, space.repository, space.rules().repository}
    assert ["acme/pm"] == tracker.asked


def test_a_tracker_on_another_port_is_on_the_host_of_a_remote_over_ssh(root: Path) -> None:
    remote(root, "ssh://git@github.example.com:2222/acme/pm.git")
    tracker = Hosted(root / "tracker.db")
    tracker.host = "github.example.com:8443"
    assert "github.com/12345678" == workspace(root, tracker).repository


def test_what_the_configuration_names_stands_for_itself(root: Path) -> None:
    remote(root, "https://github.com/acme/pm")
    tracker = Hosted(root / "tracker.db")
    assert "acme/postmortems" == workspace(root, tracker, named="acme/postmortems").repository
    assert [] == tracker.asked


def test_the_local_tracker_keeps_its_project(root: Path) -> None:
    remote(root, "https://github.com/acme/pm")
    assert "local/local" == workspace(root, LocalTracker(root / "tracker.db"), kind="local").repository


def test_on_another_host_it_is_host_and_path_in_small_letters(root: Path) -> None:
    remote(root, "https://token@git.Example.com/Acme/PM.git")
    tracker = Hosted(root / "tracker.db")
    assert "git.example.com/acme/pm" == workspace(root, tracker).repository
    assert [] == tracker.asked


def test_the_only_remote_counts_when_none_is_called_origin(root: Path) -> None:
    remote(root, "https://github.com/acme/pm", "upstream")
    assert "github.com/12345678" == workspace(root).repository


def test_of_several_remotes_origin_counts(root: Path) -> None:
    remote(root, "https://github.com/acme/pm", "origin")
    remote(root, "https://github.com/sam/fork", "fork")
    assert "github.com/12345678" == workspace(root).repository


def test_an_abbreviation_of_git_means_what_it_stands_for(root: Path) -> None:
    remote(root, "gh:acme/pm")
    subprocess.run(["git", "config", "url.https://github.com/.insteadOf", "gh:"], cwd=root, check=True)
    assert "github.com/12345678" == workspace(root).repository


@pytest.mark.parametrize("remotes", [[], ["/srv/git/pm.git"], ["https://github.com/a/b", "https://github.com/c/d"]])
def test_without_a_remote_that_tells_the_key_of_the_configuration_is_named(root: Path, remotes: list[str]) -> None:
    for number, url in enumerate(remotes):
        remote(root, url, f"remote{number}")
    with pytest.raises(ConfigError, match="which repository the documents belong to") as found:
        _ = workspace(root).repository
    assert "`documents.repository`" in found.value.hint


def test_outside_git_the_key_of_the_configuration_is_named(tmp_path: Path) -> None:
    space = open_workspace(config.load(tmp_path, None))
    with pytest.raises(ConfigError, match="no git remote"):
        home.identity(replace(space.settings, tracker="github"), Hosted(tmp_path / "t.db"), space.facts_of)


def test_a_name_that_only_this_machine_knows_is_no_host(root: Path) -> None:
    remote(root, "github-work:acme/pm")
    with pytest.raises(ConfigError, match="github-work is a name of this machine's own"):
        _ = workspace(root).repository


def test_a_tracker_that_does_not_answer_never_leads_to_another_identity(root: Path) -> None:
    remote(root, "https://github.com/acme/gone")
    with pytest.raises(
        TrackerError, match=r"github\.com doesn't say which repository acme/gone is: there is no"
    ) as told:
        _ = workspace(root).repository
    assert "check the token; or name the repository in `documents.repository`" == told.value.hint


def test_a_spent_budget_is_told_as_what_it_is(root: Path) -> None:
    remote(root, "https://github.com/acme/pm")

    def spent(name: str) -> RepositoryFacts:
        raise BudgetSpent("the requests of this run are used up")

    space = workspace(root)
    with pytest.raises(BudgetSpent):
        home.identity(space.settings, space.tracker, spent)


def test_the_local_tracker_knows_no_repositories(tmp_path: Path) -> None:
    with pytest.raises(TrackerError, match="doesn't know the repository acme/pm"):
        LocalTracker(tmp_path / "t.db").repository("acme/pm")


class TestWhereTheDocumentsAreSeen:
    def origin(self, space: Workspace) -> Origin | None:
        return home.origin(space.settings, space.tracker, space.facts_of, "0123abc")

    def test_on_the_trackers_host_by_its_present_name_and_default_branch(self, root: Path) -> None:
        remote(root, "git@github.com:acme/former.git")
        tracker = Hosted(root / "tracker.db", {"acme/former": PM})
        expected = Origin("https://github.com/acme/pm", "github", "trunk", "0123abc", "")
        assert expected == self.origin(workspace(root, tracker))

    def test_with_the_folder_of_the_archive_inside_the_repository(self, root: Path) -> None:
        remote(root, "git@github.com:acme/pm.git")
        space = workspace(root)
        (root / "docs" / "pm").mkdir(parents=True)
        found = self.origin(replace(space, settings=replace(space.settings, root=root / "docs" / "pm")))
        assert found is not None
        assert "docs/pm/" == found.prefix

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("git@gitlab.com:acme/sub/pm.git", ("https://gitlab.com/acme/sub/pm", "gitlab", "HEAD")),
            ("https://github.example.com/acme/pm", ("https://github.example.com/acme/pm", "github", "HEAD")),
        ],
    )
    def test_elsewhere_by_the_remote_where_its_name_tells_the_platform(
        self, root: Path, url: str, expected: tuple[str, str, str]
    ) -> None:
        remote(root, url)
        for kind in ("github", "local"):
            found = self.origin(workspace(root, kind=kind))
            assert found is not None
            assert expected == found[:3]

    def test_nowhere_without_a_remote_or_where_nothing_tells_the_platform(self, root: Path) -> None:
        assert None is self.origin(workspace(root))
        remote(root, "https://git.example.com/acme/pm")
        assert None is self.origin(workspace(root))

    def test_by_the_remote_when_the_token_may_not_see_a_repository_that_has_a_name_of_its_own(self, root: Path) -> None:
        remote(root, "https://github.com/acme/hidden")
        found = self.origin(workspace(root, named="acme/postmortems"))
        assert found is not None
        assert ("https://github.com/acme/hidden", "HEAD") == (found.web, found.branch)
        with pytest.raises(TrackerError, match="doesn't say which repository"):
            self.origin(workspace(root))

    def test_a_spent_budget_is_told_as_what_it_is(self, root: Path) -> None:
        remote(root, "https://github.com/acme/pm")
        space = workspace(root, named="acme/postmortems")

        def spent(name: str) -> RepositoryFacts:
            raise BudgetSpent("the requests of this run are used up")

        with pytest.raises(BudgetSpent):
            home.origin(space.settings, space.tracker, spent, "")


@pytest.mark.parametrize(
    ("url", "project"),
    [
        ("https://git.example.com/gitlab/acme/pm.git", "acme/pm"),
        ("https://git.example.com/gitlab/gitlab/acme/pm", "gitlab/acme/pm"),
        ("https://git.example.com/gitlabs/acme/pm", "gitlabs/acme/pm"),
        ("https://other.example.com/gitlab/acme/pm", "gitlab/acme/pm"),
        ("git@git.example.com:gitlab/pm.git", "gitlab/pm"),
    ],
)
def test_a_path_of_the_trackers_server_is_no_part_of_a_repositorys_name(root: Path, url: str, project: str) -> None:
    remote(root, url)
    settings = workspace(root, kind="gitlab").settings
    settings = replace(settings, hosted=settings.hosted._replace(base_url="https://git.example.com/gitlab"))
    found = home.remote_of(settings)
    assert found is not None
    assert project == found.project


def test_documents_below_a_path_are_linked_there(root: Path) -> None:
    remote(root, "https://git.example.com/gitlab/acme/pm.git")
    space = workspace(root, kind="gitlab")
    settings = replace(
        space.settings, hosted=space.settings.hosted._replace(base_url="https://git.example.com/gitlab/")
    )
    tracker = Hosted(root / "tracker.db", {"acme/pm": PM})
    tracker.host = "git.example.com"
    found = home.origin(settings, tracker, tracker.repository, "abc")
    assert found is not None
    assert "https://git.example.com/gitlab/acme/pm" == found.web
