"""Faults between a client and a platform, seen from the client's side."""

import time
from dataclasses import dataclass

import pytest
import requests

from tests.servers import faults
from tests.servers.clock import Clock
from tests.servers.messages import Answer, Request, of_json
from tests.servers.recording import Recorded
from tests.servers.service import service


@dataclass
class Counter:
    """A platform that counts what it is asked."""

    clock: Clock
    creating: frozenset[str] = frozenset({"POST /things"})
    count: int = 0

    def locate(self, request: Request) -> Request:
        return Request(request.method, request.path, request.query, request.headers, request.body, "", request.path)

    def violations(self, sent: Recorded) -> list[str]:
        return ["a query"] if sent.query else []

    def __call__(self, request: Request) -> Answer:
        self.count += 1
        return of_json(201 if request.method == "POST" else 200, {"count": self.count, "filler": "x" * 1000})


@pytest.fixture
def platform():
    return Counter(Clock())


@pytest.fixture
def running(platform):
    with service(platform) as running:
        yield running


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize(("lost", "carried_out"), [(faults.lost_before, 0), (faults.lost_after, 1)])
def test_a_connection_breaks_before_or_after_the_request_was_carried_out(platform, running, lost, carried_out, reset):
    url, rules, recording = running
    rules.add("POST", "/things", lost(reset))
    with pytest.raises(requests.ConnectionError):
        requests.post(f"{url}/things", json={})
    assert carried_out == platform.count
    assert [(None, 201 if carried_out else None)] == [(one.status, one.applied) for one in recording]


@pytest.mark.parametrize(("fails", "carried_out"), [(faults.fails_before, 0), (faults.fails_after, 1)])
def test_a_server_error_before_or_after_the_request_was_carried_out(platform, running, fails, carried_out):
    url, rules, _ = running
    rules.add("*", "*", fails(503))
    assert 503 == requests.get(f"{url}/things").status_code
    assert carried_out == platform.count


def test_a_rule_takes_the_nth_request_and_as_many_as_it_says(running):
    url, rules, _ = running
    rule = rules.add("GET", "/a*", faults.fails_before(), nth=2, times=2)
    statuses = [requests.get(url + path).status_code for path in ("/ab", "/b", "/ac", "/ad", "/ae")]
    assert [200, 200, 502, 502, 200] == statuses
    assert (4, 2) == (rule.seen, rule.used)


def test_a_rule_without_an_end_takes_all(running):
    url, rules, _ = running
    rules.add("GET", "/", faults.html_page(), times=None)
    answers = [requests.get(f"{url}/") for _ in range(3)]
    assert [(200, "text/html; charset=utf-8")] * 3 == [
        (one.status_code, one.headers["Content-Type"]) for one in answers
    ]


def test_a_rule_that_took_nothing_is_named(running):
    url, rules, _ = running
    used, unused = rules.add("GET", "*", faults.fails_before()), rules.add("PUT", "*", faults.fails_before())
    requests.get(url)
    assert 1 == used.used
    assert [unused] == rules.unused()


def test_a_truncated_answer_ends_in_its_midst(platform, running):
    url, rules, _ = running
    rules.add("GET", "*", faults.truncated(0.3))
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.get(url)
    assert 1 == platform.count


def test_a_dripping_answer_is_right_and_late(running):
    url, rules, _ = running
    rules.add("GET", "*", faults.drips(5000))
    start = time.monotonic()
    assert 1 == requests.get(url, timeout=0.15).json()["count"]
    assert 0.15 < time.monotonic() - start < 3


def test_somebody_acts_before_and_after(platform, running):
    url, rules, recording = running
    seen: list[int] = []
    rules.add("GET", "*", faults.before(lambda: seen.append(platform.count)))
    rules.add("GET", "*", faults.after(lambda: seen.append(platform.count)))
    requests.get(url)
    assert [0, 1] == seen
    assert [False] == [one.spoilt for one in recording]


def test_several_rules_spoil_one_request(platform, running):
    url, rules, _ = running
    seen: list[int] = []
    rules.add("GET", "*", faults.fails_after(500))
    rules.add("GET", "*", faults.after(lambda: seen.append(platform.count)))
    assert 500 == requests.get(url).status_code
    assert [1] == seen


def test_a_retry_date_is_on_the_clock_of_the_platform(platform):
    platform.clock.advance(60)
    assert faults.http_date(platform.clock, 0).endswith("GMT")
    assert faults.http_date(platform.clock, 60) != faults.http_date(platform.clock, 0)


def test_the_recording_counts_and_veils(running):
    url, _, recording = running
    requests.post(f"{url}/things?a=b", json={"x": 1}, headers={"Authorization": "Bearer secret", "PRIVATE-TOKEN": "s"})
    requests.get(f"{url}/things", headers={"Authorization": "alone"})
    first, second = recording
    assert {"POST /things": 1, "GET /things": 1} == recording.counts()
    assert (1, 1) == (recording.reads(), recording.writes())
    assert ({"a": "b"}, {"x": 1}) == (first.query, first.body)
    assert ("Bearer ***", "***") == (first.headers["authorization"], first.headers["private-token"])
    assert "***" == second.headers["authorization"]
    assert ["a query"] == recording.violations()
    assert 2 == len(recording)
    recording.clear()
    assert 0 == len(recording)


def test_the_busiest_span_is_found(platform, running):
    url, _, recording = running
    for pause in (0, 30, 29, 1, 3600):
        platform.clock.advance(pause)
        requests.post(f"{url}/things", json={})
    assert (3, 4) == (recording.busiest(60), recording.busiest(61))
    assert 5 == recording.busiest(7200)


def test_a_crash_of_the_platform_is_raised_at_the_end():
    class Broken(Counter):
        def __call__(self, request: Request) -> Answer:
            raise LookupError("a mistake")

    def block() -> None:
        with service(Broken(Clock())) as (url, _, _):
            assert 500 == requests.get(url).status_code

    with pytest.raises(LookupError):
        block()


def test_a_server_starts_and_stops_at_once_even_with_open_connections(platform):
    start = time.perf_counter()
    with requests.Session() as session, service(platform) as (url, _, _):
        assert 200 == session.get(url).status_code
    assert time.perf_counter() - start < 1
