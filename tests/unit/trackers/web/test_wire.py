"""What is sent again, what never is, what is waited for, and where nothing is ever sent."""

import pytest

from tracksync.errors import BudgetSpent, OutcomeUnknown, TrackerError
from tracksync.model import Window
from tracksync.trackers.base import Requests
from tracksync.trackers.web.message import Answer, Lost, Request, Unsent
from tracksync.trackers.web.wire import ATTEMPTS, REDIRECTS, refused

from .given import ORIGIN, READ, WRITE, Other, Time, answer, wire

GOOD = answer(200, [])
QUERY = Request("POST", "/graphql", body={"query": "query { viewer { login } }"}, reads=True)
LIMITED = answer(200, {"errors": [{"type": "RATE_LIMITED"}]})
GAVE_UP = "Something went wrong while executing your query. This may be the result of a timeout"
READS = [READ, QUERY]
WRITES = [WRITE, Request("PATCH", "/issues/1", body={}), Request("DELETE", "/issues/1/x")]
HALF = Answer(200, {}, '{"number": 1, "tit')
PAGE = Answer(200, {"content-type": "text/html"}, "<html>Back soon</html>")
UNCLEAR = [Lost("reset"), answer(500), answer(502), answer(503), answer(504), HALF, PAGE]


class TestWhatIsSentAgain:
    @pytest.mark.parametrize("request_", READS)
    @pytest.mark.parametrize("fault", [*UNCLEAR, Unsent("refused"), answer(429), LIMITED])
    def test_reads_are_whatever_went_wrong(self, request_, fault):
        other = Other(fault, GOOD)
        assert GOOD == wire(other, Time()).ask(request_)
        assert [request_, request_] == other.sent

    @pytest.mark.parametrize("request_", WRITES)
    @pytest.mark.parametrize("fault", UNCLEAR)
    def test_a_write_that_may_have_happened_never_is(self, request_, fault):
        other, time = Other(fault, GOOD), Time()
        with pytest.raises(OutcomeUnknown) as raised:
            wire(other, time).ask(request_)
        assert ([request_], []) == (other.sent, time.slept)
        assert "so it may have happened" in str(raised.value)
        assert "run again" in raised.value.hint

    @pytest.mark.parametrize("request_", WRITES)
    @pytest.mark.parametrize("fault", [Unsent("refused"), answer(429), answer(403, retry_after="3"), LIMITED])
    def test_a_write_that_surely_did_nothing_is(self, request_, fault):
        other = Other(fault, GOOD)
        assert GOOD == wire(other, Time()).ask(request_)
        assert [request_, request_] == other.sent

    @pytest.mark.parametrize("request_", [READ, WRITE])
    @pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 422])
    def test_a_refusal_is_an_answer(self, request_, status):
        other = Other(answer(status, {"message": "no"}))
        assert status == wire(other, Time()).ask(request_).status
        assert [request_] == other.sent

    def test_what_never_works_is_given_up(self):
        other, time = Other(answer(503)), Time()
        with pytest.raises(TrackerError, match=r"answers with status 503, 5 times in a row") as raised:
            wire(other, time).ask(READ)
        assert not isinstance(raised.value, OutcomeUnknown)
        assert (ATTEMPTS, [1, 2, 4, 8]) == (len(other.sent), time.slept)

    def test_a_write_that_was_never_sent_is_no_unknown_outcome(self):
        with pytest.raises(TrackerError, match="can't be reached") as raised:
            wire(Other(Unsent("refused")), Time()).ask(WRITE)
        assert not isinstance(raised.value, OutcomeUnknown)

    def test_not_modified_has_no_body_and_is_an_answer(self):
        assert 304 == wire(Other(answer(304)), Time()).ask(READ).status

    def test_a_query_that_the_server_gave_up_is_asked_again(self):
        other, time = Other(answer(200, {"data": None, "errors": [{"message": GAVE_UP}]}), GOOD), Time()
        assert (GOOD, [1]) == (wire(other, time).ask(QUERY), time.slept)

    @pytest.mark.parametrize("request_", READS)
    @pytest.mark.parametrize("said", [[{"title": GAVE_UP}], {"data": {"i1": {"title": GAVE_UP}}}])
    def test_an_issue_that_quotes_this_is_an_answer(self, request_, said):
        other = Other(answer(200, said))
        wire(other, Time()).ask(request_)
        assert [request_] == other.sent


class TestWaiting:
    def test_as_long_as_it_is_asked_to(self):
        time = Time()
        wire(Other(answer(429, retry_after="30"), answer(403, retry_after="4"), GOOD), time).ask(WRITE)
        assert [30, 4] == time.slept

    def test_longer_each_time_when_it_is_not_told(self):
        time = Time()
        wire(Other(answer(429), answer(429), answer(429), GOOD), time).ask(WRITE)
        assert [60, 120, 240] == time.slept

    def test_a_person_who_may_be_watching_is_told_of_a_long_wait_only(self):
        said: list[str] = []
        wire(Other(answer(429, retry_after="4"), answer(429, retry_after="30"), GOOD), Time(), say=said.append).ask(
            READ
        )
        assert ["api.example.com asks to wait: going on in 30 s"] == said

    def test_writes_wait_for_their_turn_and_reads_do_not(self):
        time = Time()
        line = wire(Other(answer(201, {})), time, (Window(60, 60),))
        for request in (WRITE, READ, WRITE, READ, READ, WRITE):
            line.ask(request)
        assert [1.02, 1.02] == time.slept

    def test_a_write_that_is_sent_again_has_its_turn_again(self):
        time = Time()
        wire(Other(answer(429, retry_after="1"), answer(201, {})), time, (Window(6, 60),)).ask(WRITE)
        assert [1, 9.2] == time.slept


class TestABudget:
    def test_every_request_that_left_counts(self):
        line = wire(Other(answer(503), GOOD), Time())
        line.ask(READ)
        line.ask(QUERY)
        line.ask(WRITE)
        assert Requests(read=3, write=1) == line.requests

    def test_a_spent_budget_sends_nothing(self):
        other = Other(GOOD)
        line = wire(other, Time(), requests=10)
        for _ in range(6):
            line.ask(WRITE)
        with pytest.raises(BudgetSpent):
            line.ask(WRITE)
        assert 6 == len(other.sent)

    def test_a_limit_that_ends_too_late_ends_the_run_without_waiting(self):
        time = Time()
        other = Other(answer(403, retry_after="3600"))
        with pytest.raises(BudgetSpent) as raised:
            wire(other, time, minutes=30).ask(READ)
        assert ([], 1, "2026-03-01T13:00:00Z") == (time.slept, len(other.sent), raised.value.resume)

    def test_the_pace_counts_as_time(self):
        other = Other(answer(201, {}))
        line = wire(other, Time(), (Window(1, 60),), minutes=2)
        for _ in range(2):
            line.ask(WRITE)
        with pytest.raises(BudgetSpent):
            line.ask(WRITE)
        assert 2 == len(other.sent)


class TestRedirects:
    def moved(self, status: int = 301, to: str = f"{ORIGIN}/repositories/42/issues") -> Answer:
        return answer(status, {"message": "Moved"}, location=to)

    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    @pytest.mark.parametrize("request_", [READ, WRITE])
    def test_are_followed_by_the_same_method_with_the_same_query_and_body(self, status, request_):
        other = Other(self.moved(status), GOOD)
        assert GOOD == wire(other, Time()).ask(request_)
        sent = other.sent[-1]
        assert (request_.method, request_.query, request_.body, f"{ORIGIN}/repositories/42/issues") == (
            sent.method,
            sent.query,
            sent.body,
            sent.path,
        )

    def test_a_query_of_the_new_place_is_added(self):
        other = Other(self.moved(to="/elsewhere?page=2"), GOOD)
        wire(other, Time()).ask(READ)
        assert (f"{ORIGIN}/elsewhere", {"state": "all", "page": "2"}) == (other.sent[-1].path, other.sent[-1].query)

    def test_the_query_of_a_page_is_kept_too(self):
        following = answer(200, [], link=f'<{ORIGIN}/issues?state=all&page=2>; rel="next"')
        other = Other(following, self.moved(), GOOD)
        assert 2 == len(list(wire(other, Time()).pages(READ)))
        assert {"state": "all", "page": "2"} == dict(other.sent[-1].query)

    @pytest.mark.parametrize(
        "place",
        [
            "https://evil.example.com/issues",
            "https://api.example.com.evil.com/issues",
            "https://api.example.com@evil.com/issues",
            "https://api.example.com:8443/issues",
            "http://api.example.com/issues",
            "//evil.com/issues",
            "issues",
        ],
    )
    def test_another_server_never_gets_anything(self, place):
        other = Other(self.moved(to=place), GOOD)
        with pytest.raises(TrackerError, match="points to another server") as raised:
            wire(other, Time()).ask(READ)
        assert [READ] == other.sent
        assert "the token stays here" in str(raised.value)

    def test_in_a_circle_end(self):
        other = Other(self.moved())
        with pytest.raises(TrackerError, match="redirects in a circle"):
            wire(other, Time()).ask(READ)
        assert REDIRECTS == len(other.sent)

    def test_without_a_place_are_answers(self):
        assert 301 == wire(Other(answer(301, {})), Time()).ask(READ).status


class TestPages:
    def linked(self, place: str) -> Answer:
        return answer(200, [1], link=f'<{place}>; rel="next"')

    def test_each_is_addressed_by_the_one_before(self):
        other = Other(self.linked(f"{ORIGIN}/issues?after=c2"), self.linked("/issues?after=c3"), GOOD)
        request = Request("GET", "/issues", {"state": "all"}, headers={"If-None-Match": "x"}, reads=True)
        assert 3 == len(list(wire(other, Time()).pages(request)))
        assert ["/issues", f"{ORIGIN}/issues?after=c2", "/issues?after=c3"] == [one.path for one in other.sent]
        assert [{"If-None-Match": "x"}, {}, {}] == [one.headers for one in other.sent]

    def test_a_next_page_on_another_server_is_refused(self):
        other = Other(self.linked("https://evil.example.com/issues"))
        with pytest.raises(TrackerError, match="points to another server"):
            list(wire(other, Time()).pages(READ))
        assert 1 == len(other.sent)


def test_a_refusal_names_what_was_done_what_was_said_and_what_to_do():
    error = refused(answer(403, {"message": "Forbidden"}), "reading the labels", {403: "give it rights"})
    assert ("reading the labels was refused with status 403: Forbidden", "give it rights") == (str(error), error.hint)
    assert "reading was refused with status 500" == str(refused(answer(500), "reading", {}))
