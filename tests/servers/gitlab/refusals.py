"""How GitLab says no: four shapes of error, and what a limit answers."""

from tests.servers.clock import Clock
from tests.servers.faults import Fault, http_date
from tests.servers.messages import Answer, Exchange, of_json

TOO_MANY = "This endpoint has been requested too many times. Try again later."


class Refused(Exception):
    """Ends a request with this answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.body.decode())
        self.answer = answer


def message(status: int, text: str) -> Refused:
    """The application says no: `{"message": "404 Project Not Found"}`."""
    return Refused(of_json(status, {"message": text}))


def invalid(**fields: list[str]) -> Refused:
    """A model says no: `{"message": {"title": ["can't be blank"]}}`."""
    return Refused(of_json(400, {"message": fields}))


def error(status: int, text: str) -> Refused:
    """The layer that checks parameters and routes says no: `{"error": "state does not have a valid value"}`."""
    return Refused(of_json(status, {"error": text}))


def token(status: int, name: str, description: str) -> Refused:
    """The token is good for nothing, or not for this: `error` and `error_description`."""
    return Refused(of_json(status, {"error": name, "error_description": description}))


def not_found(what: str = "") -> Refused:
    """`404 Project Not Found`, or `404 Not found` of something inside a project."""
    return message(404, f"404 {what} Not Found" if what else "404 Not found")


def no_route() -> Refused:
    return error(404, "404 Not Found")


def forbidden() -> Refused:
    return message(403, "403 Forbidden")


def unauthorized() -> Refused:
    return message(401, "401 Unauthorized")


def bad_value(name: str) -> Refused:
    return error(400, f"{name} does not have a valid value")


def moved(location: str, status: int = 301) -> Refused:
    text = f"This resource has been moved permanently to {location}."
    return Refused(Answer(status, text.encode(), {"Content-Type": "text/plain", "Location": location}))


def throttled(headers: dict[str, str], *, text: str | None = None) -> Refused:
    """429: as plain text before the application is reached, as `{"message": {"error": …}}` from inside."""
    if text is not None:
        return Refused(Answer(429, text.encode(), {"Content-Type": "text/plain", **headers}))
    return Refused(of_json(429, {"message": {"error": TOO_MANY}}, headers))


def rate_limited(
    seconds: int = 60, *, date: bool = False, named: bool = True, text: str | None = "Retry later\n"
) -> Fault:
    """A fault: the minute's requests are used up.

    `date`: Retry-After as an HTTP date; `named`: RateLimit-* headers too; `text`: None for the answer in JSON.
    """

    def fault(exchange: Exchange) -> Answer:
        clock = exchange.clock
        headers = {"Retry-After": http_date(clock, seconds) if date else str(seconds)}
        if named:
            headers |= exhausted(clock, seconds, 2000, "throttle_authenticated_api")
        return throttled(headers, text=text).answer

    return fault


def exhausted(clock: Clock, seconds: int, limit: int, name: str) -> dict[str, str]:
    """The RateLimit-* headers of a limit that is used up for so many seconds."""
    return {
        "RateLimit-Limit": str(limit),
        "RateLimit-Name": name,
        "RateLimit-Observed": str(limit + 1),
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": str(int(clock.now.timestamp()) + seconds),
        "RateLimit-ResetTime": http_date(clock, seconds),
    }


def sent_elsewhere(location: str, status: int = 302) -> Fault:
    """A fault: a redirect, to another host for instance; nothing was done."""
    return lambda exchange: Answer(status, b"", {"Location": location})
