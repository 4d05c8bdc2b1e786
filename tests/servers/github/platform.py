"""The fake GitHub as a function from requests to answers: who asks, whether they may, what they get."""

import hashlib
from dataclasses import replace
from email.utils import format_datetime
from itertools import count
from pathlib import Path

from tests.servers.github import apps, fields, issue_parts, issues, projects, repositories
from tests.servers.github.call import Call, ok
from tests.servers.github.graphql import endpoint
from tests.servers.github.limits import CREATING, Limits
from tests.servers.github.refusals import Refused, not_found
from tests.servers.github.routing import by_name
from tests.servers.github.state import State
from tests.servers.messages import Answer, Request
from tests.servers.openapi import description
from tests.servers.recording import Recorded, parsed
from tests.servers.routing import Router

VERSIONS = ("2022-11-28", "2026-03-10")
PREFIX = "/api/v3"
FREE = ("GET /rate_limit", endpoint.ROUTE)
ROUTES = {
    **repositories.ROUTES,
    **issues.ROUTES,
    **issue_parts.ROUTES,
    **fields.ROUTES,
    **projects.ROUTES,
    **apps.ROUTES,
}
HONEST_ERRORS = ("NOT_FOUND", "FORBIDDEN", "RATE_LIMITED")
"""GraphQL errors that say something of the world and nothing against the query."""
CLOUD_ONLY = frozenset({*fields.ROUTES, *projects.ROUTES, "GET /repos/{owner}/{repo}/issue-types"})
"""Enterprise Servers up to 3.19 lack these."""
OPENAPI = Path(__file__).with_name("openapi.json")


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
                **{name: route for name, route in ROUTES.items() if not (state.enterprise and name in CLOUD_ONLY)},
                "GET /rate_limit": self.rate_limit,
                endpoint.ROUTE: lambda call: endpoint.graphql(call, self.limits),
            }
        )
        self._numbers = count(1)

    def locate(self, request: Request) -> Request:
        """The request without the prefix of an Enterprise Server, and with its template."""
        if request.path == "/api/graphql":
            path, root = "/graphql", request.root + PREFIX
        elif request.path.startswith(f"{PREFIX}/"):
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
            call = Call(self.state, request, None)
            try:
                self._identify(call)
                answer = self._limited(call)
            except Refused as refused:
                answer = refused.answer()
            answer.headers.update(self._headers(call))
            return answer

    def violations(self, sent: Recorded) -> list[str]:
        """What GitHub's description, or its GraphQL schema, has against a request."""
        if sent.template == "/graphql":
            errors = (parsed(sent) or {}).get("errors", ()) if sent.status == 200 and not sent.spoilt else ()
            return [f"GraphQL: {error['message']}" for error in errors if error.get("type") not in HONEST_ERRORS]
        return description(OPENAPI).request(replace(sent, template=_canonical(sent.template)))

    def _identify(self, call: Call) -> None:
        """Finds out who calls. Raises Refused: an unknown or expired token is worse than none."""
        headers = call.request.headers
        if not headers.get("user-agent"):
            raise Refused(403, "Request forbidden by administrative rules: there is no User-Agent header.")
        version = headers.get("x-github-api-version")
        if version is not None and version not in VERSIONS:
            raise Refused(400, f'"{version}" is not a supported version.')
        secret = headers.get("authorization", "").rpartition(" ")[2]
        if not secret:
            return
        call.app = apps.signed_by(secret, self.state.apps)
        call.token = self.state.tokens.get(secret)
        expired = call.token and call.token.expires_at and call.token.expires_at <= self.clock.now
        if call.app is None and (call.token is None or expired):
            call.token = None
            raise Refused(401, "Bad credentials")

    def _limited(self, call: Call) -> Answer:
        """GraphQL counts its points itself, and says with status 200 that there are none left."""
        name = f"{call.request.method} {call.request.template}"
        if name in FREE:
            return self._conditional(call)
        creates = name in CREATING
        self.limits.check(call.token, "core", creates)
        try:
            answer = self._conditional(call)
        except Refused as refused:
            answer = refused.answer()
        if answer.status != 304:
            self.limits.count(call.token, "core", 1, creates and answer.status == 201)
        return answer

    def _conditional(self, call: Call) -> Answer:
        """304 for a matching ETag; an ETag is of one token only."""
        answer = self._routed(call)
        if call.request.method != "GET" or answer.status != 200 or call.request.template == "/rate_limit":
            return answer
        digest = hashlib.sha256((call.token.secret if call.token else "").encode() + answer.body).hexdigest()
        answer.headers["ETag"] = f'W/"{digest}"'
        asked = [tag.strip().removeprefix("W/") for tag in call.request.headers.get("if-none-match", "").split(",")]
        if f'"{digest}"' in asked:
            return Answer(304, b"", answer.headers)
        return answer

    def _routed(self, call: Call) -> Answer:
        path = by_name(self.state, call.request.path)
        _, route, params = self._router.match(call.request.method, path)
        bare = not call.request.root.endswith(PREFIX)
        if route is None or (self.state.enterprise and bare):
            raise not_found()
        call.request = replace(call.request, path=path)
        call.params = params
        return route(call)

    def _headers(self, call: Call) -> dict[str, str]:
        request, token = call.request, call.token
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


def _canonical(template: str) -> str:
    """A repository by its number is described as the one by its name."""
    return template.replace("/repositories/{repository_id}", "/repos/{owner}/{repo}")


def _resource(request: Request) -> str:
    return "graphql" if request.template == "/graphql" else "core"
