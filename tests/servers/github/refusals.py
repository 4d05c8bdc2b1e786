"""How GitHub says no."""

from collections.abc import Mapping
from typing import Any

from tests.servers.clock import Clock
from tests.servers.faults import Fault, answers, http_date
from tests.servers.messages import Answer, Exchange, of_json

DOCS = "https://docs.github.com/rest"
LIMITS = f"{DOCS}/using-the-rest-api/rate-limits-for-the-rest-api"


class Refused(Exception):
    """Ends a request with this answer."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        self.body = {"message": message, **more}

    def answer(self) -> Answer:
        extra = {"documentation_url": DOCS, "status": str(self.status)}
        return of_json(self.status, {**extra, **self.body} if self.body else extra, self.headers)


def not_found() -> Refused:
    return Refused(404, "Not Found")


def issues_off() -> Refused:
    return Refused(410, "Issues has been disabled in this repository.")


def invalid(resource: str, field: str, code: str = "invalid", value: Any = None, message: str | None = None) -> Refused:
    """422 with one entry in `errors`."""
    error: dict[str, Any] = {"resource": resource, "field": field, "code": code}
    if message is not None:
        error = {"resource": resource, "code": "custom", "field": field, "message": message}
    elif value is not None:
        error["value"] = value
    return Refused(422, "Validation Failed", errors=[error])


def malformed(property_: str, expected: str) -> Refused:
    """422 of the layer that checks types before anything else."""
    return Refused(422, f"Invalid request.\n\nFor 'properties/{property_}', the value is not {expected}.")


def moved(location: str) -> Refused:
    return Refused(301, "Moved Permanently", {"Location": location}, url=location)


PRIMARY = "API rate limit exceeded for user ID 1. If you reach out to GitHub Support for help, please include the ID."
SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    " If you reach out to GitHub Support for help, please include the request ID."
)


def primary_limit(reset_in: int = 600, status: int = 403) -> Fault:
    """A fault: the hour's requests are used up; GitHub sends 403 or 429."""

    def fault(exchange: Exchange) -> Answer:
        reset = int(exchange.clock.now.timestamp()) + reset_in
        headers = {
            "X-RateLimit-Limit": "5000",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Used": "5000",
            "X-RateLimit-Reset": str(reset),
            "X-RateLimit-Resource": "core",
        }
        return Refused(status, PRIMARY, headers, documentation_url=LIMITS).answer()

    return fault


def secondary_limit(retry_after: str | None = None, status: int = 403) -> Fault:
    """A fault: too much at once. `retry_after` is the header as it stands: seconds, or an HTTP date."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return lambda exchange: Refused(status, SECONDARY, headers, documentation_url=LIMITS).answer()


def secondary_limit_until(seconds: int, status: int = 403) -> Fault:
    """A fault: too much at once, with an HTTP date in Retry-After, on the fake's clock."""
    return lambda exchange: secondary_limit(http_date(exchange.clock, seconds), status)(exchange)


def graphql_limited(reset_in: int = 600) -> Fault:
    """A fault: GraphQL says that the limit is reached with status 200."""

    def fault(exchange: Exchange) -> Answer:
        error = {"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}
        headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(_reset(exchange.clock, reset_in))}
        return answers(200, {"errors": [error]}, headers)(exchange)

    return fault


def _reset(clock: Clock, seconds: int) -> int:
    return int(clock.now.timestamp()) + seconds
