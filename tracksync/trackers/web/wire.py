"""The one place that sends again, waits and gives up. Nothing below it does, nothing above it needs to.

Sent again: reads, and writes that surely did nothing (never sent, or refused because of a limit). Whatever else
happens to a write is `OutcomeUnknown`: neither platform has a key that would make a second POST harmless.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from tracksync.errors import OutcomeUnknown, TrackerError
from tracksync.trackers.base import Requests
from tracksync.trackers.web.budget import Budget
from tracksync.trackers.web.clock import Clock
from tracksync.trackers.web.limits import asked_to_wait
from tracksync.trackers.web.message import Answer, Garbled, Lost, Request, Unsent
from tracksync.trackers.web.pace import Pace

ATTEMPTS = 5
_GAVE_UP = "Something went wrong while executing your query"
"""How GitHub's GraphQL tells of a query that took too long, with status 200."""
REDIRECTS = 5
_MOVED = (301, 302, 307, 308)
_BACKOFF = 1.0
_TELL_FROM = 5.0
"""Seconds: shorter waits are not worth a sentence."""

Send = Callable[[Request], Answer]
"""Sends one request once. Raises `Unsent`, `Lost`."""


class _Again(Exception):
    """To be sent again after so many seconds."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Wire:
    """Requests to one origin, one after the other."""

    def __init__(
        self,
        origin: str,
        send: Send,
        pace: Pace,
        budget: Budget,
        clock: Clock,
        say: Callable[[str], None] = lambda sentence: None,
        requests: Requests | None = None,
    ) -> None:
        self.requests = requests or Requests()
        """What was sent, also by other wires that count here."""
        self.origin = origin
        """Scheme, host and port of the API: nothing is ever sent elsewhere."""
        self.host = urlsplit(origin).hostname or origin
        self.budget = budget
        self.say = say
        self._send = send
        self._pace = pace
        self._clock = clock

    def ask(self, request: Request) -> Answer:
        """The answer, whatever its status, but for limits and server errors. Raises `TrackerError`,
        `OutcomeUnknown`, `BudgetSpent`.
        """
        retrying = Retrying(
            retry=retry_if_exception_type(_Again),
            wait=_seconds,
            stop=stop_after_attempt(ATTEMPTS),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            for attempt in retrying:
                with attempt:
                    return self._followed(request, attempt.retry_state.attempt_number)
        except _Again as error:
            raise TrackerError(f"{self.host}: {error}, {ATTEMPTS} times in a row", "run again later") from None
        raise AssertionError("tenacity either returns or raises")

    def pages(self, request: Request) -> Iterator[Answer]:
        """One page after the other, each addressed by the one before."""
        while True:
            answer = self.ask(request)
            yield answer
            if answer.next is None:
                return
            request = replace(request, path=self._here(answer.next), query={}, headers={})

    def _followed(self, request: Request, attempt: int) -> Answer:
        """The answer after redirects: to the same origin, by the same method, with the same query."""
        for _ in range(REDIRECTS):
            answer = self._once(request, attempt)
            location = answer.headers.get("location")
            if answer.status not in _MOVED or location is None:
                return answer
            place = urlsplit(self._here(location))
            # GitHub's redirect of a renamed repository has lost the query (measured): without it the list would be
            # another one.
            query = {**_query(urlsplit(request.path).query), **request.query, **_query(place.query)}
            request = replace(request, path=f"{self.origin}{place.path}", query=query)
        raise TrackerError(f"{self.host} redirects in a circle", "check tracker.project and tracker.base_url")

    def _here(self, address: str) -> str:
        if address.startswith("/") and not address.startswith("//"):
            return address
        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            raise TrackerError(
                f"{self.host} points to another server ({parts.scheme}://{parts.hostname}); the token stays here",
                "check tracker.base_url",
            )
        return address

    def _once(self, request: Request, attempt: int) -> Answer:
        self._wait_for_a_turn(request)
        if request.reads:
            self.requests.read += 1
        else:
            self.requests.write += 1
        try:
            answer = self._send(request)
            limit = asked_to_wait(answer, self._clock.now(), attempt)
            if limit is None and answer.status != 304 and answer.good:
                answer.data()
        except Unsent as error:
            raise _Again(f"can't be reached ({error})", _backoff(attempt)) from None
        except Lost as error:
            self._unless_read(request, str(error))
            raise _Again(str(error), _backoff(attempt)) from None
        if limit is not None:
            self.budget.check(self._sent, self._clock.now(), limit, reads=request.reads)
            self._tell(limit)
            raise _Again("its limit of requests is reached", limit)
        if request.reads and _gave_up(answer):
            raise _Again("gave up on a query", _backoff(attempt))
        if answer.status >= 500:
            self._unless_read(request, f"status {answer.status}")
            raise _Again(f"answers with status {answer.status}", _backoff(attempt))
        return answer

    @property
    def _sent(self) -> int:
        return self.requests.read + self.requests.write

    def _unless_read(self, request: Request, reason: str) -> None:
        if not request.reads:
            raise OutcomeUnknown(
                f"{self.host}: the answer to a write was lost ({reason}), so it may have happened",
                "run again: the next run finds out",
            )

    def _wait_for_a_turn(self, request: Request) -> None:
        now = self._clock.now()
        wait = 0.0 if request.reads else self._pace.seconds_to_wait(now)
        self.budget.check(self._sent, now, wait, reads=request.reads)
        if wait:
            self._tell(wait)
            self._sleep(wait)
        if not request.reads:
            self._pace.wrote(self._clock.now())

    def _sleep(self, seconds: float) -> None:
        self._clock.sleep(seconds)

    def _tell(self, seconds: float) -> None:
        if seconds >= _TELL_FROM:
            self.say(f"{self.host} asks to wait: going on in {round(seconds)} s")


def _query(text: str) -> dict[str, str | list[str]]:
    """The parameters of an address; one that is repeated has a list."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def _seconds(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return error.seconds if isinstance(error, _Again) else 0.0


def _gave_up(answer: Answer) -> bool:
    """True when GraphQL says so itself: an issue may quote the sentence."""
    return _GAVE_UP in answer.text and any(_GAVE_UP in str(error.get("message", "")) for error in answer.errors)


def _backoff(attempt: int) -> float:
    return _BACKOFF * 2.0 ** (attempt - 1)


ARCHIVED = "unarchive the repository, or name another project"


def refused(answer: Answer, doing: str, hints: Mapping[int, str]) -> TrackerError:
    """The error for an answer that refuses; `doing` begins the sentence, `hints` say what to do by status."""
    said = f": {answer.message.removesuffix('.')}" if answer.message else ""
    hint = ARCHIVED if "archived" in answer.message.lower() else hints.get(answer.status, "")
    return TrackerError(f"{doing} was refused with status {answer.status}{said}", hint)


__all__ = ["Garbled", "Send", "Wire", "refused"]
