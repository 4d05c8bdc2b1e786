"""GitHub Apps in the fake GitHub, signed in with by PyGithub."""

import time

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from github import Auth, Github, GithubException, GithubIntegration

ISSUES = "/repos/acme/ops/issues"


def pem_pair() -> tuple[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


PRIVATE, PUBLIC = pem_pair()
PAUSES = {"seconds_between_requests": 0, "seconds_between_writes": 0, "retry": None}


@pytest.fixture
def app(world):
    return world.server.state.app("tracker", world.alice, PUBLIC)


@pytest.fixture
def installation(world, app):
    return world.server.state.install(app, world.acme, issues="write")


def signed(app, key=PRIVATE, **claims):
    now = int(time.time())
    return jwt.encode({"iat": now, "exp": now + 300, "iss": str(app.id), **claims}, key, algorithm="RS256")


def token_of(world, installation, body=None):
    path = f"/app/installations/{installation.id}/access_tokens"
    return world.ask("POST", path, body, token=signed(installation.app))


def test_a_real_client_finds_the_installation_and_works_as_the_bot(world, app, installation):
    with GithubIntegration(auth=Auth.AppAuth(app.id, PRIVATE), base_url=world.server.url, **PAUSES) as integration:
        found = integration.get_repo_installation("acme", "ops")
        assert installation.id == found.id
        with found.get_github_for_installation() as gh:
            issue = gh.get_repo("acme/ops").create_issue("a", labels=["x"], assignees=["alice"])
    assert ("tracker[bot]", 1) == (issue.user.login, len(issue.labels))
    assert [] == world.server.requests.violations()


def test_a_token_expires_on_the_clock_of_the_server(world, installation):
    answer = token_of(world, installation)
    secret = answer.json()["token"]
    assert (201, "ghs_", "write") == (answer.status_code, secret[:4], answer.json()["permissions"]["issues"])
    assert 200 == world.ask("GET", ISSUES, token=secret).status_code
    world.server.clock.advance(3600)
    assert 401 == world.ask("GET", ISSUES, token=secret).status_code


def test_a_real_client_renews_a_short_lived_token(world, app, installation):
    installation.lifetime = 1
    auth = Auth.AppAuth(app.id, PRIVATE).get_installation_auth(installation.id)
    with Github(auth=auth, base_url=world.server.url, **PAUSES) as gh:
        repository = gh.get_repo("acme/ops")
        for _ in range(2):
            repository.create_issue("a")
            world.server.clock.advance(1)
    template = "/app/installations/{installation_id}/access_tokens"
    assert len(world.server.requests.of("POST", template)) > 1
    assert 2 == len(world.ops.issues)


def test_a_token_is_narrowed_and_never_widened(world, installation):
    state = world.server.state
    state.repository(world.acme, "secret", visibility="private")
    narrow = token_of(world, installation, {"repositories": ["ops"], "permissions": {"issues": "read"}}).json()
    assert ("selected", "read") == (narrow["repository_selection"], narrow["permissions"]["issues"])
    assert 403 == world.ask("POST", ISSUES, {"title": "a"}, token=narrow["token"]).status_code
    assert 404 == world.ask("GET", "/repos/acme/secret", token=narrow["token"]).status_code
    assert 422 == token_of(world, installation, {"permissions": {"contents": "write"}}).status_code
    assert 422 == token_of(world, installation, {"repositories": ["none"]}).status_code
    shown = world.ask("GET", "/installation/repositories", token=narrow["token"]).json()
    assert (1, "ops") == (shown["total_count"], shown["repositories"][0]["name"])
    whole = token_of(world, installation).json()["token"]
    assert 2 == world.ask("GET", "/installation/repositories", token=whole).json()["total_count"]
    assert 403 == world.ask("GET", "/installation/repositories").status_code


def test_the_app_and_its_installations_are_shown(world, app, installation):
    token = signed(app)
    assert ("tracker", 1) == tuple(
        world.ask("GET", "/app", token=token).json()[one] for one in ("slug", "installations_count")
    )
    assert (
        "all" == world.ask("GET", f"/app/installations/{installation.id}", token=token).json()["repository_selection"]
    )
    assert 404 == world.ask("GET", "/app/installations/1", token=token).status_code
    assert 404 == world.ask("GET", "/repos/alice/none/installation", token=token).status_code
    world.server.state.rename(world.ops, "operations")
    assert 301 == world.ask("GET", "/repos/acme/ops/installation", token=token).status_code


def test_a_bad_signature_or_a_bad_time_is_refused(world, app, installation):
    other, _ = pem_pair()
    now = int(time.time())
    tokens = [
        signed(app, other),
        signed(app, iat=now - 900, exp=now - 600),
        signed(app, exp=now + 3600),
        signed(app, iss="1"),
        "a.b.c",
        world.tokens["alice"],
    ]
    assert [401] * 6 == [world.ask("GET", "/app", token=token).status_code for token in tokens]


def test_a_signature_alone_is_no_account(world, app, installation):
    assert 401 == world.ask("GET", "/user", token=signed(app)).status_code
    with (
        GithubIntegration(auth=Auth.AppAuth(app.id, pem_pair()[0]), base_url=world.server.url, **PAUSES) as wrong,
        pytest.raises(GithubException) as raised,
    ):
        wrong.get_repo_installation("acme", "ops")
    assert 401 == raised.value.status


def test_an_apps_rights_in_the_organisation(world, app):
    state = world.server.state
    state.issue_field(world.acme, "Due", "date")
    rights = {"issue_fields": "read", "organization_projects": "write"}
    may = state.install(app, world.acme, issues="write", **rights)
    token = token_of(world, may).json()["token"]
    state.project(world.acme, "Board")
    assert 200 == world.ask("GET", "/orgs/acme/issue-fields", token=token).status_code
    assert 200 == world.ask("GET", "/orgs/acme/projectsV2/1/items", token=token).status_code
    state.organization("other")
    assert 404 == world.ask("GET", "/orgs/other/issue-fields", token=token).status_code
