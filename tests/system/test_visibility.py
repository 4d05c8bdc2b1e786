"""The visibility guard in whole runs against GitHub: what is asked, and when."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.on_github import OnGitHub, on_github
from tests.servers.recording import Recorded
from tracksync import app
from tracksync.trackers.base import Forgetful


@pytest.fixture
def place(tmp_path: Path) -> Iterator[OnGitHub]:
    with on_github(tmp_path) as made:
        made.write()
        yield made


def asks(place: OnGitHub) -> list[Recorded]:
    """The requests that ask who can see repositories, and nothing else."""
    return [one for one in place.server.requests if "{ visibility }" in str(one.body)]


def rules_of(place: OnGitHub, memory: Forgetful | None = None, **hosted: bool) -> list[str]:
    report = app.sync(place.space(memory, **hosted))
    assert () == report.failed
    return [problem.rule for problem in report.plan.problems]


def test_a_private_document_makes_no_issue_in_a_public_repository(place: OnGitHub) -> None:
    place.pm.visibility = "private"
    before = place.read()
    assert ["more-public"] == rules_of(place)
    assert ({}, before) == (place.web.issues, place.read())
    assert 0 == place.server.requests.writes()


def test_unless_that_is_allowed(place: OnGitHub) -> None:
    place.pm.visibility = "private"
    assert [] == rules_of(place, allow_more_public=True)
    assert 1 == len(place.web.issues)


def test_it_is_asked_once_before_the_first_create_and_never_in_a_run_that_changes_nothing(place: OnGitHub) -> None:
    memory = Forgetful()
    assert [] == rules_of(place, memory)
    assert 1 == len(asks(place))
    place.write(place.read())
    rules_of(place, memory)
    place.server.requests.clear()
    rules_of(place, memory)
    assert [] == asks(place)


def test_it_is_asked_anew_by_a_run_that_remembers_otherwise(place: OnGitHub) -> None:
    memory = Forgetful()
    app.plan(place.space(memory))
    place.pm.visibility = "private"
    assert ["more-public"] == rules_of(place, memory)
    assert {} == place.web.issues
    assert "private" == place.tracker(memory).repository("acme/pm").visibility


def test_one_repository_for_both_is_never_asked_about(place: OnGitHub) -> None:
    place.hosted("git@github.com:acme/web.git")
    assert [] == rules_of(place)
    assert [] == asks(place)
    assert 1 == len(place.web.issues)


def test_of_a_private_tracker_a_public_document_learns_status_and_number_only(place: OnGitHub) -> None:
    place.web.visibility = "private"
    rules_of(place)
    place.write(place.read())
    rules_of(place)
    person = place.server.people(place.web, place.alice)
    place.server.clock.advance(60)
    number = next(iter(place.web.issues))
    text = str(place.web.issues[number].body).replace("**Due:** 2026-12-01", "**Due:** 2027-03-03")
    person.edits(number, body=text, title="The secret name", state="closed", state_reason="completed")
    assert {"less-public", "left-as-it-is"} == set(rules_of(place))
    row = place.read().rstrip("\n").rpartition("\n")[2]
    assert "| 2026-12-01 | P1 | Complete | [#1](" in row
    assert "secret" not in row


def test_documents_that_the_token_can_not_see_count_as_private(place: OnGitHub) -> None:
    place.pm.visibility = "private"
    place.token = place.state.fine_grained_token(place.robot, [place.web], issues="write")
    (place.root / "tracksync.yml").write_text("documents: {repository: acme/pm}\n")
    assert ["more-public"] == rules_of(place)
    assert {} == place.web.issues


def test_documents_on_another_host_count_as_private(place: OnGitHub) -> None:
    place.hosted("https://git.example.org/acme/pm.git")
    assert ["more-public"] == rules_of(place)
    place.web.visibility = "private"
    assert [] == rules_of(place)
