"""Routes about GitHub Apps: JSON Web Tokens, installations and the tokens they get."""

from datetime import timedelta
from typing import Any

import jwt

from tests.servers.clock import written
from tests.servers.github.call import Call, created, ok
from tests.servers.github.entities import App, Installation, Repository
from tests.servers.github.refusals import Refused, invalid, moved, not_found
from tests.servers.github.repositories import shown as repository_shown
from tests.servers.messages import Answer

LONGEST_LIFE = 600
"""Seconds that a JSON Web Token may live."""


def signed_by(call_secret: str, apps: dict[int, App]) -> App | None:
    """The app whose key signed this JSON Web Token; None for what is none. Raises Refused (401).

    Times are checked on the real clock: the libraries that sign ask no other.
    """
    if call_secret.count(".") != 2:
        return None
    try:
        issuer = str(jwt.decode(call_secret, options={"verify_signature": False}).get("iss"))
        app = apps[int(issuer)]
        claims = jwt.decode(call_secret, app.public_key, algorithms=["RS256"], leeway=60, issuer=[issuer])
    except (jwt.PyJWTError, KeyError, ValueError):
        raise Refused(401, "A JSON web token could not be decoded") from None
    if claims["exp"] - claims["iat"] > LONGEST_LIFE + 60:
        raise Refused(401, "'Expiration time' claim ('exp') is too far in the future")
    return app


def app(call: Call) -> Answer:
    found = _app(call)
    return ok(
        {
            "id": found.id,
            "slug": found.slug,
            "node_id": f"A_kwHO{found.id:06x}",
            "owner": call.shapes.account(found.owner),
            "name": found.slug,
            "description": None,
            "external_url": call.shapes.site,
            "html_url": f"{call.shapes.site}/apps/{found.slug}",
            "created_at": written(call.state.clock.now),
            "updated_at": written(call.state.clock.now),
            "permissions": {"metadata": "read"},
            "events": [],
            "installations_count": len(_installations(call, found)),
        }
    )


def _app(call: Call) -> App:
    if call.app is None:
        raise Refused(401, "A JSON web token could not be decoded")
    return call.app


def _installations(call: Call, one: App) -> list[Installation]:
    return [found for found in call.state.installations if found.app is one]


def of_repository(call: Call) -> Answer:
    one = _app(call)
    wanted, former = call.state.find(call.params["owner"], call.params["repo"])
    for found in _installations(call, one):
        if wanted and wanted.owner is found.account and wanted in _repositories(call, found):
            if former:
                raise moved(f"{call.request.root}/repositories/{wanted.id}/installation")
            return ok(_shown(call, found))
    raise not_found()


def installation(call: Call) -> Answer:
    return ok(_shown(call, _named(call)))


def _named(call: Call) -> Installation:
    for found in _installations(call, _app(call)):
        if str(found.id) == call.params["installation_id"]:
            return found
    raise not_found()


def _repositories(call: Call, found: Installation) -> list[Repository]:
    if found.repositories is not None:
        return found.repositories
    return [one for one in call.state.repositories if one.owner is found.account]


def _shown(call: Call, found: Installation) -> dict[str, Any]:
    url = f"{call.request.root}/app/installations/{found.id}"
    return {
        "id": found.id,
        "account": call.shapes.account(found.account),
        "repository_selection": "all" if found.repositories is None else "selected",
        "access_tokens_url": f"{url}/access_tokens",
        "repositories_url": f"{call.request.root}/installation/repositories",
        "html_url": f"{call.shapes.site}/settings/installations/{found.id}",
        "app_id": found.app.id,
        "app_slug": found.app.slug,
        "target_id": found.account.id,
        "target_type": found.account.type,
        "permissions": found.permissions,
        "events": [],
        "created_at": written(call.state.clock.now),
        "updated_at": written(call.state.clock.now),
        "single_file_name": None,
        "suspended_by": None,
        "suspended_at": None,
    }


def access_token(call: Call) -> Answer:
    """Can be narrowed to some repositories and rights of the installation, never widened."""
    found = _named(call)
    narrowed: dict[str, Any] = {"expires_at": call.state.clock.now + timedelta(seconds=found.lifetime)}
    names = call.body.get("repositories")
    if names is not None:
        chosen = [one for one in _repositories(call, found) if one.name in names]
        if len(chosen) != len(names):
            raise invalid("Installation", "repositories")
        narrowed["repositories"] = chosen
    rights = call.body.get("permissions")
    if rights:
        if any(_rank(right) > _rank(found.permissions.get(name)) for name, right in rights.items()):
            raise Refused(422, "The permissions requested are not granted to this installation.")
        narrowed["permissions"] = {"metadata": "read", **rights}
    secret = call.state.installation_token(found, **narrowed)
    token = call.state.tokens[secret]
    selection = "all" if token.repositories is None else "selected"
    shown = {"token": secret, "expires_at": written(narrowed["expires_at"]), "permissions": token.permissions}
    return created({**shown, "repository_selection": selection})


def _rank(right: str | None) -> int:
    return (None, "read", "write", "admin").index(right)


def repositories(call: Call) -> Answer:
    token = call.token
    if token is None or token.kind != "installation":
        raise Refused(403, "You must authenticate with an installation access token in order to list repositories.")
    found = token.repositories
    if found is None:
        assert token.installation
        found = _repositories(call, token.installation)
    return ok({"total_count": len(found), "repositories": [repository_shown(call, one) for one in found]})


ROUTES = {
    "GET /app": app,
    "GET /app/installations/{installation_id}": installation,
    "POST /app/installations/{installation_id}/access_tokens": access_token,
    "GET /repos/{owner}/{repo}/installation": of_repository,
    "GET /installation/repositories": repositories,
}
