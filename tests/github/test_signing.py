"""Who we are towards GitHub: a token, a job's token, an App with a real key."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.servers import faults
from tracksync.errors import ConfigError, TrackerError
from tracksync.trackers.opening import AppKey

from .world import GRAPHQL, ISSUES, World, draft

INSTALLATION = "/repos/{owner}/{repo}/installation"
TOKENS = "/app/installations/{installation_id}/access_tokens"
RIGHTS = {"issues": "write", "contents": "write"}


class Keys:
    """One private key in PEM, and its public half."""

    def __init__(self) -> None:
        key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
        form = serialization.PrivateFormat.TraditionalOpenSSL
        self.private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()
        form_of_public = serialization.PublicFormat.SubjectPublicKeyInfo
        self.public = key.public_key().public_bytes(serialization.Encoding.PEM, form_of_public).decode()


@pytest.fixture(scope="module")
def keys() -> Keys:
    return Keys()


@pytest.fixture
def app(world: World, keys: Keys) -> Callable[..., Any]:
    """A function that installs an App on the project and opens the tracker as it."""

    def install(**rights: str) -> AppKey:
        state = world.server.state
        one = state.app("tracksync", world.robot, keys.public)
        if rights:
            state.install(one, world.acme, [world.web], **rights)
        return AppKey(str(one.id), keys.private)

    return install


class TestTokens:
    def test_a_token_signs_each_request_and_white_space_around_it_does_no_harm(self, world: World) -> None:
        assert "robot" == world.tracker(f" {world.token}\n").facts.viewer()
        assert ["token ***"] == [one.headers["authorization"] for one in world.server.requests]

    @pytest.mark.parametrize("token", ["ghp_\u2026abc", "ghp_a bc", "ghp_a\nghp_b", "ghp_\x00abc", "ghp_\u00e4"])
    def test_what_can_not_be_a_token_is_refused_and_never_quoted(self, world: World, token: str) -> None:
        with pytest.raises(ConfigError, match="characters that no token has") as raised:
            world.tracker(token)
        assert "ghp_" not in f"{raised.value}{raised.value.hint}"

    @pytest.mark.parametrize("token", ["", " ", "\n"])
    def test_no_token_is_told_with_what_to_set(self, world: World, token: str) -> None:
        with pytest.raises(ConfigError, match="there is no token for GitHub") as raised:
            world.tracker(token)
        assert "GITHUB_TOKEN" in raised.value.hint

    def test_a_token_that_was_revoked_is_told_with_what_to_do(self, world: World) -> None:
        (problem,) = world.tracker("ghp_revoked").check()
        assert "was refused with status 401: Bad credentials" in problem.message
        assert "make a new one" in problem.message
        assert "ghp_revoked" not in problem.message

    def test_a_jobs_token_knows_its_own_name(self, world: World) -> None:
        token = world.server.state.actions_token(world.web)
        assert "github-actions[bot]" == world.tracker(token).facts.viewer()


class TestApps:
    def test_an_app_finds_its_installation_and_makes_an_issue(self, world: World, app: Any) -> None:
        tracker = world.tracker("", app=app(**RIGHTS))
        assert [] == tracker.check()
        made = tracker.create(draft())
        assert ("tracksync[bot]", "tracksync[bot]") == (made.author, tracker.facts.viewer())
        counts = world.server.requests.counts()
        assert (1, 1) == (counts[f"GET {INSTALLATION}"], counts[f"POST {TOKENS}"])

    def test_its_token_is_renewed_before_it_ends(self, world: World, app: Any) -> None:
        tracker = world.tracker("", app=app(**RIGHTS))
        tracker.create(draft())
        world.server.clock.advance(54 * 60)
        tracker.issues()
        assert 1 == world.server.requests.counts()[f"POST {TOKENS}"]
        world.server.clock.advance(2 * 60)
        tracker.issues()
        world.server.clock.advance(3 * 3_600)
        tracker.issues()
        counts = world.server.requests.counts()
        assert (1, 3) == (counts[f"GET {INSTALLATION}"], counts[f"POST {TOKENS}"])

    def test_signing_in_is_retried_like_any_read(self, world: World, app: Any) -> None:
        world.server.faults.add("GET", INSTALLATION, faults.fails_before(502))
        world.server.faults.add("POST", TOKENS, faults.lost_after())
        assert 1 == world.tracker("", app=app(**RIGHTS)).create(draft()).ref.number

    def test_signing_in_counts_among_the_requests_of_a_run(self, world: World, app: Any) -> None:
        tracker = world.tracker("", app=app(**RIGHTS))
        tracker.issues()
        assert len(world.server.requests) == tracker.requests.read + tracker.requests.write

    def test_one_that_is_not_installed_is_told_what_to_do(self, world: World, app: Any) -> None:
        (problem,) = world.tracker("", app=app()).check()
        assert "signing in as the GitHub App for acme/web was refused with status 404" in problem.message
        assert "install the App on the repository" in problem.message

    def test_one_with_another_key_is_told_what_to_do(self, world: World, app: Any) -> None:
        ident = app(**RIGHTS).ident
        (problem,) = world.tracker("", app=AppKey(ident, Keys().private)).check()
        assert "check the App's id and private key, and this machine's clock" in problem.message

    def test_one_of_an_unknown_id_is_told_what_to_do(self, world: World, keys: Keys) -> None:
        (problem,) = world.tracker("", app=AppKey("4711", keys.private)).check()
        assert "refused with status 401" in problem.message

    @pytest.mark.parametrize("key", ["", "secret", "-----BEGIN RSA PRIVATE KEY-----\nsecret\n-----END"])
    def test_a_key_that_is_none_is_refused_and_never_quoted(self, world: World, key: str) -> None:
        with pytest.raises(ConfigError, match="private key of the GitHub App can't be used") as raised:
            world.tracker("", app=AppKey("1", key))
        assert "secret" not in f"{raised.value}{raised.value.hint}{AppKey('1', key)!r}"

    @pytest.mark.parametrize("path", [INSTALLATION, TOKENS])
    @pytest.mark.parametrize("body", [[], {}, "x"])
    def test_an_answer_that_is_no_sign_in_is_told(self, world: World, app: Any, path: str, body: object) -> None:
        status = 200 if path == INSTALLATION else 201
        world.server.faults.add("*", path, faults.answers(status, body))
        with pytest.raises(TrackerError, match="signing in as the GitHub App for acme/web"):
            world.tracker("", app=app(**RIGHTS)).issues()

    def test_a_right_that_it_lacks_stops_before_anything_is_written(self, world: World, app: Any) -> None:
        tracker = world.tracker("", app=app(issues="read"))
        with pytest.raises(TrackerError) as raised:
            tracker.create(draft())
        assert "issues: write" in raised.value.hint
        assert [] == world.numbers()


def test_each_request_asks_for_the_version_that_it_was_written_for(world: World) -> None:
    world.tracker().issues()
    assert {"2022-11-28"} == {one.headers["x-github-api-version"] for one in world.server.requests}
    assert {"application/vnd.github+json"} == {one.headers["accept"] for one in world.server.requests}
    assert {"tracksync"} == {one.headers["user-agent"] for one in world.server.requests}
    assert {GRAPHQL, ISSUES} >= {one.template for one in world.server.requests}


def test_a_limit_asked_for_by_the_sign_in_is_waited_for(world: World, app: Any) -> None:
    world.server.faults.add("GET", INSTALLATION, faults.answers(429, {}, {"Retry-After": "30"}))
    began = world.server.clock.now
    world.tracker("", app=app(**RIGHTS)).issues()
    assert timedelta(seconds=30) == world.server.clock.now - began
