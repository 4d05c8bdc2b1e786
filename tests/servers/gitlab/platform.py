"""The fake GitLab as a function from requests to answers: who asks, whether they may, what they get."""

import hashlib
from dataclasses import replace
from email.utils import format_datetime

from tests.servers.gitlab import issue_parts, issues, known, merge_requests, projects, rights
from tests.servers.gitlab.call import Call
from tests.servers.gitlab.entities import Token
from tests.servers.gitlab.graphql import endpoint
from tests.servers.gitlab.graphql.mutations import HIDDEN
from tests.servers.gitlab.limits import CREATING, Limits
from tests.servers.gitlab.refusals import Refused, message, no_route, token, unauthorized
from tests.servers.gitlab.state import State
from tests.servers.messages import Answer, Request, of_json
from tests.servers.recording import Recorded, parsed
from tests.servers.routing import Router

ROUTES = {
    **projects.ROUTES,
    **issues.ROUTES,
    **issue_parts.ROUTES,
    **merge_requests.ROUTES,
    endpoint.ROUTE: endpoint.graphql,
}
GRAPHQL = endpoint.ROUTE.partition(" ")[2]
API = "/api/v4"
FOR_JOBS = ("GET /job",)
"""The few routes that know CI_JOB_TOKEN; for all others it is as if there were no token."""
REAUTHORIZE = "You can either do re-authorization or token refresh."


class GitLab:
    """Answers as gitlab.com or an instance of one's own does, below `prefix`."""

    creating = CREATING

    def __init__(self, state: State, prefix: str = "") -> None:
        self.state = state
        self.clock = state.clock
        self.prefix = prefix
        self.limits = Limits(state.clock)
        self._router = Router(ROUTES)

    def locate(self, request: Request) -> Request:
        """The request without prefix and version, and with its template; pages that are no interface have none."""
        start = self.prefix + API
        if not request.path.startswith(f"{start}/"):
            path = request.path.removeprefix(self.prefix)
            template = path if path == GRAPHQL else ""
            return replace(request, path=path, root=request.root + self.prefix, template=template)
        path = request.path.removeprefix(start)
        template, _, _ = self._router.match(request.method, path)
        return replace(request, path=path, root=request.root + self.prefix, template=template)

    def __call__(self, request: Request) -> Answer:
        with self.state.lock:
            call = Call(self.state, request, None)
            try:
                answer = self._answer(call)
            except Refused as refused:
                answer = refused.answer
            headers = {
                "Server": "nginx",
                "Date": format_datetime(self.clock.now, usegmt=True),
                "Vary": "Origin",
                **self.limits.headers(call.user),
            }
            return replace(answer, headers={**headers, **answer.headers})

    def violations(self, sent: Recorded) -> list[str]:
        """Parameters that the route doesn't know, although GitLab says nothing; errors in a GraphQL query."""
        if sent.template != GRAPHQL:
            return known.violations(sent)
        errors = (parsed(sent) or {}).get("errors", ()) if sent.status == 200 and not sent.spoilt else ()
        return [f"GraphQL: {error['message']}" for error in errors if error["message"] != HIDDEN]

    def _answer(self, call: Call) -> Answer:
        request = call.request
        if not request.template:
            return Answer(404, b"<!DOCTYPE html>\n<title>Not Found</title>\n", {"Content-Type": "text/html"})
        _, route, params = self._router.match(request.method, request.path)
        if route is None:
            raise no_route()
        call.params = params
        name = f"{request.method} {request.template}"
        try:
            call.token = self._identified(call, name)
        except Refused:
            if request.template == GRAPHQL:
                raise Refused(of_json(401, {"errors": [{"message": "Invalid token"}]})) from None
            raise
        self.limits.check(call.user, name)
        return _conditional(request, route(call))

    def _identified(self, call: Call, name: str) -> Token | None:
        """Who asks. Raises Refused: 401 for a token that is unknown, revoked or expired, 403 for one that may not."""
        headers = call.request.headers
        private = headers.get("private-token")
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        job = headers.get("job-token")
        if job and name in FOR_JOBS:
            found = self.state.tokens.get(job)
            if found is None or found.kind != "job":
                raise unauthorized()
            return found
        secret = private or bearer
        if not secret:
            return None
        found = self.state.tokens.get(secret)
        if found is None or found.kind == "job" or (private and found.kind == "oauth"):
            raise unauthorized()
        self._good(found, call.request.method not in ("GET", "HEAD") and call.request.template != GRAPHQL)
        return found

    def _good(self, found: Token, writes: bool) -> None:
        if found.revoked:
            raise token(401, "invalid_token", "Token was revoked. You have to re-authorize from the user.")
        if found.expires_at and found.expires_at <= self.clock.now.date():
            raise token(401, "invalid_token", f"Token is expired. {REAUTHORIZE}")
        if found.user.state == "blocked":
            raise message(403, "403 Forbidden - Your account has been blocked.")
        if not rights.scoped(found, writes):
            raise token(
                403,
                "insufficient_scope",
                "The request requires higher privileges than provided by the access token",
            )


def _conditional(request: Request, answer: Answer) -> Answer:
    """A weak ETag of the body, whoever asks; 304 where it is known."""
    if request.method != "GET" or answer.status != 200:
        return answer
    tag = f'W/"{hashlib.md5(answer.body, usedforsecurity=False).hexdigest()}"'
    headers = {**answer.headers, "ETag": tag, "Cache-Control": "max-age=0, private, must-revalidate"}
    asked = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if tag in asked or tag.removeprefix("W/") in asked:
        return Answer(304, b"", headers)
    return replace(answer, headers=headers)
