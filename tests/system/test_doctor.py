"""`tracksync doctor`: what it says of a tracker that works, and of every way in which one doesn't."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jsonschema import Draft202012Validator

from tests.on_github import OnGitHub, on_github
from tests.servers import faults
from tests.servers.github import github
from tracksync.checks import Check, Health
from tracksync.examination import of_workspace
from tracksync.planning.routes import Route
from tracksync.reports.doctor import doctor_json, doctor_text
from tracksync.trackers.opening import AppKey
from tracksync.trackers.routed import Routed

from .conftest import Repository

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "doctor.json"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[OnGitHub]:
    with on_github(tmp_path) as made:
        yield made


def examined(place: OnGitHub, **hosted: bool) -> dict[str, Check]:
    found = of_workspace(place.space(**hosted))
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(json.loads(doctor_json(found)))
    assert place.token not in doctor_text(found) + doctor_json(found)
    return {check.name: check for check in found}


def said(place: OnGitHub, name: str, **hosted: bool) -> tuple[str, str]:
    check = examined(place, **hosted)[name]
    return check.health.value, f"{check.message} → {check.hint}"


class TestAllIsWell:
    def test_every_check_is_made_and_nothing_is_written(self, place: OnGitHub) -> None:
        found = examined(place)
        names = ["server", "clock", "token", "requests", "repository", "issues", "permissions", "labels", "people"]
        names += ["due date", "priority", "status", "branch rules", "documents", "visibility"]
        assert names == list(found)
        assert {Health.OK} == {check.health for check in found.values()}
        assert 0 == place.server.requests.writes()
        assert "All is well." in doctor_text(list(found.values()))

    def test_it_takes_a_dozen_requests(self, place: OnGitHub) -> None:
        examined(place)
        assert len(list(place.server.requests)) <= 12

    def test_the_documents_are_named_with_number_and_path(self, place: OnGitHub) -> None:
        assert f"github.com/{place.pm.id} (acme/pm)" in examined(place)["documents"].message


class TestToken:
    def test_a_classic_token_is_told_with_its_scopes(self, place: OnGitHub) -> None:
        assert "a classic personal access token of robot, scopes repo, read:org" == examined(place)["token"].message

    def test_one_without_the_scope_may_not_write(self, place: OnGitHub) -> None:
        place.token = place.state.classic_token(place.robot, "read:user")
        health, text = said(place, "permissions")
        assert "failed" == health
        assert "lacks the scope repo or public_repo" in text
        assert "https://github.com/settings/tokens/new?scopes=repo" in text

    def test_a_public_repository_needs_the_smaller_scope_only(self, place: OnGitHub) -> None:
        place.token = place.state.classic_token(place.robot, "public_repo")
        assert "ok" == said(place, "permissions")[0]

    def test_what_a_fine_grained_token_may_write_is_not_known_and_said_so(self, place: OnGitHub) -> None:
        place.token = place.state.fine_grained_token(place.robot, [place.web, place.pm], issues="write")
        assert "a fine-grained personal access token of robot" == examined(place)["token"].message
        health, text = said(place, "permissions")
        assert "ok" == health
        assert "shows only when it writes" in text
        assert "Issues: read and write" in text

    def test_the_token_of_a_workflow_is_told(self, place: OnGitHub) -> None:
        place.token = place.state.actions_token(place.web)
        assert "GITHUB_TOKEN of a workflow" == examined(place)["token"].message
        assert "`issues: write`" in said(place, "permissions")[1]

    def test_a_wrong_one_ends_the_look_and_says_where_to_make_another(self, place: OnGitHub) -> None:
        place.token = "ghp_wrong"
        found = examined(place)
        assert ["server", "clock", "token"] == list(found)
        assert Health.FAILED is found["token"].health
        assert "https://github.com/settings/tokens/new" in found["token"].hint

    @pytest.mark.parametrize(("days", "expected"), [(3, "warning"), (30, "ok")])
    @pytest.mark.parametrize("form", ["%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S %z"])
    def test_one_that_ends_soon_is_warned_of(self, place: OnGitHub, days: int, expected: str, form: str) -> None:
        ends = place.server.clock.now + timedelta(days=days)
        header = {"github-authentication-token-expiration": ends.strftime(form), "x-oauth-scopes": "repo"}
        answer = faults.answers(200, {"resources": {}}, header)
        place.server.faults.add("GET", "/rate_limit", answer)
        health, text = said(place, "token")
        assert expected == health
        assert f"until {ends:%Y-%m-%d}" in text

    def test_an_app_knows_what_it_was_granted(self, place: OnGitHub) -> None:
        for level, expected in (("write", "ok"), ("read", "failed")):
            key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            public = key.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            private = key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            app = place.state.app(f"sync-{level}", place.acme, public.decode())
            place.state.install(app, place.acme, None, issues=level, issue_fields="read")
            place.app, place.token = AppKey(str(app.id), private.decode()), "-"
            found = of_workspace(place.space())
            check = next(one for one in found if one.name == "permissions")
            assert expected == check.health.value
            assert private.decode() not in doctor_text(found)
        assert "https://github.com/organizations/acme/settings/installations" in check.hint


class TestRepository:
    def test_one_that_was_renamed_says_what_to_write(self, place: OnGitHub) -> None:
        place.state.rename(place.web, "site")
        health, text = said(place, "repository")
        assert "warning" == health
        assert "acme/web is now called acme/site" in text
        assert "`project: acme/site` and `formerly: [acme/web]`" in text

    def test_one_that_can_not_be_seen_ends_what_depends_on_it(self, place: OnGitHub) -> None:
        place.web.name = "other"
        found = examined(place)
        assert Health.FAILED is found["repository"].health
        assert "visibility" not in found
        assert "branch rules" in found

    def test_archived_is_told_with_the_page_to_change_it(self, place: OnGitHub) -> None:
        place.web.archived = True
        assert "https://github.com/acme/web/settings" in said(place, "archive")[1]
        assert "ok" == said(place, "visibility")[0]

    def test_switched_off_issues_are_told_with_the_page_to_change_it(self, place: OnGitHub) -> None:
        place.web.has_issues = False
        health, text = said(place, "issues")
        assert "failed" == health
        assert "https://github.com/acme/web/settings" in text

    def test_somebody_who_may_only_read_would_lose_labels(self, place: OnGitHub) -> None:
        del place.web.collaborators[place.robot]
        health, text = said(place, "permissions")
        assert "failed" == health
        assert "robot has the role read" in text

    def test_labels_are_counted(self, place: OnGitHub) -> None:
        assert "0 of 9 are there" in said(place, "labels")[1]
        place.state.label(place.web, "TrackSync")
        assert "1 of 9 are there" in said(place, "labels")[1]

    def test_nobody_to_assign_is_worth_a_look(self, place: OnGitHub) -> None:
        place.token = place.state.actions_token(place.web)
        place.web.collaborators.clear()
        assert "warning" == said(place, "people")[0]

    @pytest.mark.parametrize(("route", "name"), [("issues", "issues"), ("labels", "labels"), ("assignees", "people")])
    def test_a_part_that_is_refused_is_told_and_the_others_go_on(self, place: OnGitHub, route: str, name: str) -> None:
        refused = faults.answers(403, {"message": "Resource not accessible"})
        place.server.faults.add("GET", f"/repos/{{owner}}/{{repo}}/{route}", refused)
        found = examined(place)
        assert Health.FAILED is found[name].health
        assert "Resource not accessible" in found[name].message
        assert "visibility" in found


class TestRungs:
    def test_fields_of_the_organisation_are_used_where_they_are(self, place: OnGitHub) -> None:
        place.state.issue_field(place.acme, "Target date", "date")
        place.state.issue_field(place.acme, "Priority", "single_select", ["High", "Low"])
        assert "the issue field Target date → " == said(place, "due date")[1]
        assert "the issue field Priority → " == said(place, "priority")[1]
        assert "tracker.status_field names no issue field" in said(place, "status")[1]

    def test_a_field_of_another_name_is_suggested(self, place: OnGitHub) -> None:
        place.state.issue_field(place.acme, "Deadline", "date")
        assert "tracker.due_field may name one of: Deadline" in said(place, "due date")[1]

    def test_a_field_of_another_kind_or_without_our_words_is_worth_a_look(self, place: OnGitHub) -> None:
        place.state.issue_field(place.acme, "Target date", "text")
        place.state.issue_field(place.acme, "Priority", "single_select", ["Red", "Blue"])
        assert ("warning", True) == (said(place, "due date")[0], "is a text, not a date" in said(place, "due date")[1])
        assert "none of the options" in said(place, "priority")[1]

    def test_why_no_field_can_be_seen_is_told(self, place: OnGitHub) -> None:
        place.token = place.state.classic_token(place.robot, "repo")
        assert "the scope read:org" in said(place, "due date")[1]
        place.token = place.state.fine_grained_token(place.robot, [place.web, place.pm], issues="write")
        assert "Issue Fields: read" in said(place, "due date")[1]
        place.token = place.state.actions_token(place.web)
        assert "GITHUB_TOKEN can't see" in said(place, "due date")[1]

    def test_a_board_stands_in_where_no_issue_field_does(self, place: OnGitHub) -> None:
        board = place.state.project(place.acme, "Actions")
        place.state.project_field(board, "Target date", "date")
        place.token = place.state.classic_token(place.robot, "repo", "project")
        found = {check.name: check for check in of_workspace(place.space(board=board.number))}
        assert Health.OK is found["board"].health
        assert "the field Target date of board 1, and a line" in found["due date"].message
        place.token = place.state.classic_token(place.robot, "repo")
        found = {check.name: check for check in of_workspace(place.space(board=board.number))}
        assert Health.FAILED is found["board"].health
        assert "the scope project" in found["board"].hint

    def test_a_persons_repository_has_none(self, place: OnGitHub) -> None:
        place.web.owner = place.robot
        place.state.rename(place.web, "web", place.robot)
        found = of_workspace(place.space(project="robot/web", board=1))
        assert "only organisations have issue fields" in {c.name: c for c in found}["due date"].message
        assert "remove tracker.board" == {c.name: c for c in found}["board"].hint


class TestServer:
    def test_a_clock_that_is_wrong_is_told(self, place: OnGitHub) -> None:
        space = place.space()
        now = place.server.clock.now
        for seconds, way in ((90, "90 s ahead of"), (-90, "90 s behind")):
            found = space.tracker.diagnose("", now + timedelta(seconds=seconds))
            clock = next(check for check in found if check.name == "clock")
            assert Health.WARNING is clock.health
            assert way in clock.message

    def test_one_that_can_not_be_reached_is_the_only_thing_said(self, place: OnGitHub) -> None:
        place.server.faults.add("GET", "/rate_limit", faults.lost_before(), times=None)
        found = examined(place)
        assert ["server"] == list(found)
        assert Health.FAILED is found["server"].health
        assert found["server"].hint

    def test_requests_that_are_nearly_used_up_are_warned_of(self, place: OnGitHub) -> None:
        resets = place.server.clock.now + timedelta(minutes=20)
        left = {"limit": 5000, "remaining": 499, "used": 4501, "reset": int(resets.timestamp())}
        place.server.faults.add("GET", "/rate_limit", faults.answers(200, {"resources": {"core": left}}))
        health, text = said(place, "requests")
        assert "warning" == health
        assert "499 of 5,000 left (core)" in text
        assert f"wait until {resets:%H:%M} UTC" in text

    def test_what_is_no_answer_about_limits_is_no_crash(self, place: OnGitHub) -> None:
        place.server.faults.add("GET", "/rate_limit", faults.answers(200, [], {"date": "yesterday"}))
        found = examined(place)
        assert "clock" not in found
        assert Health.WARNING is found["requests"].health


class TestBranchRules:
    def test_those_that_forbid_a_push_are_told_in_words(self, place: OnGitHub) -> None:
        place.pm.branch_rules["main"] = [
            {"type": "pull_request"},
            {"type": "required_signatures"},
            {"type": "non_fast_forward"},
        ]
        health, text = said(place, "branch rules")
        assert "warning" == health
        assert "main of acme/pm: changes come by pull request only, commits must be signed" in text

    def test_that_they_can_not_be_read_is_told(self, place: OnGitHub) -> None:
        refused = faults.answers(404, {"message": "Not Found"})
        place.server.faults.add("GET", "/repos/{owner}/{repo}/rules/branches/{branch}", refused)
        assert ("warning", True) == (said(place, "branch rules")[0], "branch rules" in examined(place))

    def test_documents_elsewhere_have_none_that_we_know(self, place: OnGitHub) -> None:
        place.hosted("https://git.example.org/acme/pm.git")
        assert "branch rules" not in examined(place)


class TestVisibility:
    @pytest.mark.parametrize(
        ("issues", "documents", "expected"),
        [("public", "private", "failed"), ("private", "public", "warning"), ("internal", "internal", "ok")],
    )
    def test_its_verdict_is_told(self, place: OnGitHub, issues: str, documents: str, expected: str) -> None:
        place.web.visibility, place.pm.visibility = issues, documents
        assert expected == said(place, "visibility")[0]

    def test_what_is_allowed_is_well(self, place: OnGitHub) -> None:
        place.web.visibility, place.pm.visibility = "public", "private"
        assert "ok" == said(place, "visibility", allow_more_public=True)[0]
        assert "ok" == said(place, "visibility", allow_more_public=True, allow_less_public=True)[0]

    def test_of_several_projects_each_is_told(self, place: OnGitHub) -> None:
        place.has("closed", "private")
        space = place.space()
        settings = replace(space.settings, routes=(Route("acme/closed", team="sre"),))
        other = place.tracker(project="acme/closed")
        found = of_workspace(replace(space, settings=settings, tracker=Routed(space.tracker, [other])))
        assert ["ok", "warning"] == [check.health.value for check in found if check.name == "visibility"]
        told = [check.message for check in found if check.message.startswith("acme/closed: ")]
        assert ["acme/closed: acme/closed (private) belongs to an organisation"] == told

    def test_one_repository_for_both_has_the_same_readers(self, place: OnGitHub) -> None:
        place.hosted("https://github.com/acme/web.git")
        assert "in one repository" in said(place, "visibility")[1]

    def test_documents_that_nobody_tells_about_count_as_private(self, place: OnGitHub) -> None:
        place.hosted("https://git.example.org/acme/pm.git")
        assert "can't be told, so they count as private" in said(place, "visibility")[1]


class TestCommand:
    def configured(self, repository: Callable[..., Repository], url: str) -> Repository:
        made = repository(README_md="# Nothing\n")
        made.write("tracksync.yml", f"tracker: {{kind: github, project: acme/web, base_url: '{url}'}}\n")
        return made

    def test_the_local_tracker_needs_little(self, two: Repository) -> None:
        result = two.run("doctor")
        assert (0, True) == (result.status, "will be made by the first sync" in result.out)
        assert "tracksync init" in result.out
        two.run("sync", "--quiet")
        assert "database can be used" in " ".join(two.run("doctor").out.split())
        (two.root / ".tracksync" / "tracker.db").write_bytes(b"no database" * 100)
        broken = two.run("doctor", "--format", "json")
        assert (1, False) == (broken.status, broken.json["healthy"])

    def test_a_missing_token_and_an_unconfirmed_host_are_checks_that_failed(
        self, repository: Callable[..., Repository], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("GITHUB_TOKEN", raising=False)
        made = self.configured(repository, "https://github.example.com")
        first = made.run("doctor")
        assert (1, True) == (first.status, "--host github.example.com" in " ".join(first.out.split()))
        second = made.run("doctor", "--host", "github.example.com")
        assert (1, True) == (second.status, "GITHUB_TOKEN is not set" in " ".join(second.out.split()))

    def test_on_an_enterprise_server_all_is_told_and_the_token_never(
        self, repository: Callable[..., Repository], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with github(enterprise="3.17") as server:
            robot = server.state.user("robot")
            server.state.repository(server.state.organization("acme", robot), "web", push=[robot])
            token = server.state.classic_token(robot)
            web = server.url.removesuffix("/api/v3")
            monkeypatch.setenv("GITHUB_TOKEN", token)
            made = self.configured(repository, web)
            result = made.run("doctor", "--host", web.partition("://")[2])
            assert "Enterprise Server 3.17.0" in result.out
            assert "this server sets no limits" in result.out
            assert "this server has no issue fields" in " ".join(result.out.split())
            assert "documents.repository" in result.out
            assert 1 == result.status
            assert token not in result.out + result.err
            assert not (made.root / ".tracksync").exists()
