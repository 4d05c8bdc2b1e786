"""What goes wrong between a client and a platform: rules that each spoil some of the requests."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import format_datetime
from fnmatch import fnmatchcase
from threading import Lock

from tests.servers.clock import Clock
from tests.servers.messages import Answer, ConnectionLost, Exchange, Request, of_json

Fault = Callable[[Exchange], Answer]
"""Answers in place of the platform, or calls `exchange.apply()` and spoils what comes of it."""


@dataclass
class Rule:
    """Spoils `times` requests (None: all) from the `nth` that matches on."""

    method: str
    path: str
    fault: Fault
    nth: int = 1
    times: int | None = 1
    seen: int = 0
    used: int = 0

    def takes(self, request: Request) -> bool:
        """Counts the request if it matches; true if it is to be spoilt."""
        if self.method not in ("*", request.method):
            return False
        if self.path != request.template and not fnmatchcase(request.path, self.path):
            return False
        self.seen += 1
        hit = self.seen >= self.nth and (self.times is None or self.seen < self.nth + self.times)
        self.used += hit
        return hit


class Faults:
    """The rules in force. The first that was added is the outermost where several take the same request."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self._counting = Lock()

    def add(self, method: str, path: str, fault: Fault, *, nth: int = 1, times: int | None = 1) -> Rule:
        """`path` is a template (`/repos/{owner}/{repo}/issues`) or a shell pattern of paths (`/repos/*/issues/7`)."""
        rule = Rule(method, path, fault, nth, times)
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        self.rules.clear()

    def unused(self) -> list[Rule]:
        """Rules that spoilt nothing: most likely a mistake in the test."""
        return [rule for rule in self.rules if not rule.used]

    def run(self, exchange: Exchange) -> Answer:
        """Raises ConnectionLost when a fault says so."""
        whole: Fault = Exchange.apply
        with self._counting:
            taken = [rule for rule in self.rules if rule.takes(exchange.request)]
        for rule in reversed(taken):
            whole = _around(rule.fault, whole)
        return whole(exchange)


def _around(fault: Fault, inner: Fault) -> Fault:
    def spoilt(exchange: Exchange) -> Answer:
        nested = replace(exchange, platform=lambda _: inner(exchange))
        return fault(nested)

    return spoilt


def lost_before(reset: bool = False) -> Fault:
    """The connection breaks, and the platform never saw the request."""

    def fault(exchange: Exchange) -> Answer:
        raise ConnectionLost(reset)

    return fault


def lost_after(reset: bool = False) -> Fault:
    """The platform carries the request out, and the answer is lost."""

    def fault(exchange: Exchange) -> Answer:
        exchange.apply()
        raise ConnectionLost(reset)

    return fault


def fails_before(status: int = 502) -> Fault:
    """A server error, and nothing was done."""
    return answers(status, {"message": "Server Error"})


def fails_after(status: int = 502) -> Fault:
    """A server error although the request was carried out."""

    def fault(exchange: Exchange) -> Answer:
        exchange.apply()
        return of_json(status, {"message": "Server Error"})

    return fault


def answers(status: int, body: object, headers: dict[str, str] | None = None) -> Fault:
    """This instead of the platform's answer; nothing was done."""
    return lambda exchange: of_json(status, body, headers)


def html_page(status: int = 200) -> Fault:
    """What a captive portal or a broken proxy says; nothing was done."""
    page = b"<!DOCTYPE html>\n<html><title>Maintenance</title><body>Back soon</body></html>\n"
    return lambda exchange: Answer(status, page, {"Content-Type": "text/html; charset=utf-8"})


def drips(bytes_per_second: int) -> Fault:
    """The answer is right and arrives slowly."""
    return lambda exchange: replace(exchange.apply(), drip=bytes_per_second)


def truncated(keep: float = 0.5) -> Fault:
    """The answer ends in its midst: `keep` of the body arrive."""

    def fault(exchange: Exchange) -> Answer:
        answer = exchange.apply()
        return replace(answer, cut=int(len(answer.body) * keep))

    return fault


def before(action: Callable[[], object]) -> Fault:
    """Somebody does something before the request is carried out."""

    def fault(exchange: Exchange) -> Answer:
        action()
        return exchange.apply()

    return fault


def after(action: Callable[[], object]) -> Fault:
    """Somebody does something after the request was carried out and before the answer leaves."""

    def fault(exchange: Exchange) -> Answer:
        answer = exchange.apply()
        action()
        return answer

    return fault


def http_date(clock: Clock, seconds: int) -> str:
    """A moment `seconds` from now, as Retry-After may write it."""
    return format_datetime(clock.now + timedelta(seconds=seconds), usegmt=True)
