"""The fake GitHub as a function from requests to answers: who asks, whether they may, what they get."""

import hashlib
from dataclasses import replace
from email.utils import format_datetime
from itertools import count

from tests.servers.github import issue_parts, issues, repositories
from tests.servers.github.call import Call, ok
from tests.servers.github.entities import Token
from tests.servers.github.limits import CREATING, Limits
from tests.servers.github.refusals import Refused, not_found
from tests.servers.github.routing import Router, by_name
from tests.servers.github.state import State
from tests.servers.messages import Answer, Request

VERSIONS = ("2022-11-28", "2026-03-10")
PREFIX = "/api/v3"


class GitHub:
    """Answers as api.github.com does, or as an Enterprise Server if the state says so."""

    creating = CREATING

    def __init__(self, state: State) -> None:
        self.state = state
        self.clock = state.clock
        self.limits = Limits(state.clock)
        self.limits.on = state.enterprise is None
        self._router = Router(
            {
                **repositories.ROUTES,
                **issues.ROUTES,
                **issue_parts.ROUTES,
                "GET /rate_limit": self.rate_limit,
            }
        )
        self._numbers = count(1)

    def locate(self, request: Request) -> Request:
        """The request without the prefix of an Enterprise Server, and with its template."""
        if request.path.startswith(f"{PREFIX}/"):
            path, root = request.path.removeprefix(PREFIX), request.root + PREFIX
        else:
            path, root = request.path, request.root
        named = by_name(self.state, path)
        template, _, _ = self._router.match(request.method, named)
        if named != path:
            template = template.replace("/repos/{owner}/{repo}", "/repositories/{repository_id}")
        return replace(request, path=path, root=root, template=template)

    def __call__(self, request: Request) -> Answer:
        with self.state.lock:
            token: Token | None = None
            try:
                token = self._token(request)
                answer = self._limited(request, token)
            except Refused as refused:
                answer = refused.answer()
            answer.headers.update(self._headers(request, token))
            return answer

    def _token(self, request: Request) -> Token | None:
        """Raises Refused: an unknown or expired token is worse than none."""
        if not request.headers.get("user-agent"):
            raise Refused(
                403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent."
            )
        version = request.headers.get("x-github-api-version")
        if version is not None and version not in VERSIONS:
            raise Refused(400, f'"{version}" is not a supported version.')
        secret = request.headers.get("authorization", "").rpartition(" ")[2]
        if not secret:
            return None
        token = self.state.tokens.get(secret)
        if token is None or (token.expires_at and token.expires_at <= self.clock.now):
            raise Refused(401, "Bad credentials")
        return token

    def _limited(self, request: Request, token: Token | None) -> Answer:
        resource = _resource(request)
        if request.template == "/rate_limit":
            return self._conditional(request, token)
        creates = f"{request.method} {request.template}" in CREATING
        self.limits.check(token, resource, creates)
        try:
            answer = self._conditional(request, token)
        except Refused as refused:
            answer = refused.answer()
        if answer.status != 304:
            self.limits.count(token, resource, 1, creates and answer.status == 201)
        return answer

    def _conditional(self, request: Request, token: Token | None) -> Answer:
        """304 for a matching ETag; an ETag is of one token only."""
        answer = self._routed(request, token)
        if request.method != "GET" or answer.status != 200 or request.template == "/rate_limit":
            return answer
        digest = hashlib.sha256((token.secret if token else "").encode() + answer.body).hexdigest()
        answer.headers["ETag"] = f'W/"{digest}"'
        asked = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
        if f'"{digest}"' in asked:
            return Answer(304, b"", answer.headers)
        return answer

    def _routed(self, request: Request, token: Token | None) -> Answer:
        path = by_name(self.state, request.path)
        _, route, params = self._router.match(request.method, path)
        bare = not request.root.endswith(PREFIX)
        if route is None or (self.state.enterprise and bare):
            raise not_found()
        return route(Call(self.state, replace(request, path=path), token, params))

    def _headers(self, request: Request, token: Token | None) -> dict[str, str]:
        headers = {
            "Server": "github.com",
            "Date": format_datetime(self.clock.now, usegmt=True),
            "X-GitHub-Request-Id": f"FA4E:{next(self._numbers):08X}",
            "X-GitHub-Media-Type": "github.v3; format=json",
            "X-GitHub-Api-Version-Selected": request.headers.get("x-github-api-version", VERSIONS[0]),
            "Vary": "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With",
            "Cache-Control": "private, max-age=60, s-maxage=60",
            **self.limits.headers(token, _resource(request)),
        }
        if token and token.kind == "classic":
            headers["X-OAuth-Scopes"] = ", ".join(token.scopes)
            headers["X-Accepted-OAuth-Scopes"] = ""
        if self.state.enterprise:
            headers["X-GitHub-Enterprise-Version"] = f"{self.state.enterprise}.0"
        return headers

    def rate_limit(self, call: Call) -> Answer:
        """Free of charge. An Enterprise Server without limits has nothing to say."""
        if not self.limits.on:
            raise Refused(404, "Rate limiting is not enabled.")
        shown = {name: self.limits.shown(call.token, name) for name in ("core", "graphql", "search")}
        return ok({"resources": shown, "rate": shown["core"]})


def _resource(request: Request) -> str:
    return "graphql" if request.template == "/graphql" else "core"
