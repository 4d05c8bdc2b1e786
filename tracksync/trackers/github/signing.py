"""Who we are towards GitHub: a token, or an App that fetches itself tokens for an hour."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from github import Auth
from github.Auth import Auth as Signature

from tracksync.errors import ConfigError, TrackerError
from tracksync.trackers.github.address import Address
from tracksync.trackers.github.connection import Connection
from tracksync.trackers.opening import AppKey
from tracksync.trackers.web.clock import Clock
from tracksync.trackers.web.message import Request
from tracksync.trackers.web.wire import Wire, refused

REFRESH_BEFORE = timedelta(minutes=5)
"""An installation's token lives for an hour; one request may wait long."""
_HINTS = {
    401: "check the App's id and private key, and this machine's clock",
    404: "install the App on the repository",
}


class Kind(StrEnum):
    """The kinds of tokens, as people call them."""

    CLASSIC = "a classic personal access token"
    FINE_GRAINED = "a fine-grained personal access token"
    INSTALLATION = "the token of a GitHub App"
    OAUTH = "the token of an OAuth app"
    USER = "a GitHub App's token for a person"
    UNKNOWN = "a token of an unknown kind"


PREFIXES = {
    "ghp_": Kind.CLASSIC,
    "github_pat_": Kind.FINE_GRAINED,
    "ghs_": Kind.INSTALLATION,
    "gho_": Kind.OAUTH,
    "ghu_": Kind.USER,
}
"""How tokens begin (docs.github.com, "About authentication to GitHub", token formats)."""


class Standing(NamedTuple):
    """What a credential is, and which permissions it was given (area → level), where it knows."""

    kind: Kind
    granted: Mapping[str, str] | None = None


class Token:
    """A personal access token, or one that a job was given."""

    def __init__(self, token: str) -> None:
        """Raises `ConfigError` for what can't be a token; white space around it is what copying leaves."""
        bare = token.strip()
        if not bare.isascii() or not bare.isprintable() or " " in bare:
            raise ConfigError("the token for GitHub holds characters that no token has", "copy it again, as a whole")
        self._signature = Auth.Token(bare)
        kinds = (kind for prefix, kind in PREFIXES.items() if bare.startswith(prefix))
        self._standing = Standing(next(kinds, Kind.UNKNOWN))

    def standing(self) -> Standing:
        """What its first letters say."""
        return self._standing

    def auth(self) -> Signature:
        """The token."""
        return self._signature


class _Signed:
    """The App itself: it may only ask for its installations."""

    def __init__(self, app: AppKey) -> None:
        try:
            self._signature = Auth.AppAuth(int(app.ident) if app.ident.isdigit() else app.ident, app.key)
            self._signature.create_jwt()
        except Exception:  # whatever the library for keys raises, it must not be shown: it may quote the key
            raise ConfigError("the private key of the GitHub App can't be used", "it must be the PEM file") from None

    def auth(self) -> Signature:
        """A fresh signature: it is valid for some minutes."""
        return self._signature


class App:
    """An App's installation on one repository, found by itself; its token is renewed before it ends."""

    def __init__(
        self, app: AppKey, address: Address, project: str, clock: Clock, wire_of: Callable[[Connection], Wire]
    ) -> None:
        self._wire = wire_of(Connection(address, _Signed(app)))
        self._project = project
        self._clock = clock
        self._installation: int | None = None
        self._token: tuple[Signature, datetime] | None = None
        self._granted: Mapping[str, str] | None = None

    def standing(self) -> Standing:
        """What the installation was granted, once it has a token."""
        return Standing(Kind.INSTALLATION, self._granted)

    def auth(self) -> Signature:
        """The installation's token. Raises `TrackerError`."""
        if self._token is None or self._token[1] - REFRESH_BEFORE < self._clock.now():
            self._token = self._renewed()
        return self._token[0]

    def _renewed(self) -> tuple[Signature, datetime]:
        if self._installation is None:
            found = self._ask(Request("GET", f"/repos/{self._project}/installation", reads=True), 200)
            self._installation = int(str(found["id"]))
        # A token that was made and got lost harms nobody, so this POST may be sent again.
        path = f"/app/installations/{self._installation}/access_tokens"
        made = self._ask(Request("POST", path, reads=True), 201)
        granted = made.get("permissions")
        self._granted = granted if isinstance(granted, dict) else None
        return Auth.Token(str(made["token"])), datetime.fromisoformat(str(made["expires_at"]))

    def _ask(self, request: Request, status: int) -> dict[str, object]:
        answer = self._wire.ask(request)
        data = answer.data() if answer.status == status else None
        if not isinstance(data, dict):
            raise refused(answer, f"signing in as the GitHub App for {self._project}", _HINTS)
        if not {"id", "token"} & data.keys():
            raise TrackerError(f"signing in as the GitHub App for {self._project} gave no token")
        return data
