"""How long an answer asks to wait: every way in which GitHub and GitLab say that enough is enough."""

from datetime import timedelta

import pytest

from tracksync.trackers.web.limits import AT_LEAST, asked_to_wait
from tracksync.trackers.web.message import Answer

from .given import NOW, answer, http_date

QUICK = {"message": "Validation Failed", "errors": [{"code": "custom", "message": "was submitted too quickly"}]}
SOON = str(int((NOW + timedelta(seconds=90)).timestamp()))
SECONDARY = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}
LIMITED = {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}
ALREADY = {"errors": [{"type": "RATE_LIMIT", "code": "graphql_rate_limit", "message": "rate limit already exceeded"}]}


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        (answer(200, {"data": {}}), None),
        (answer(200, {"title": "RATE_LIMITED"}), None),
        (answer(200, {"errors": "RATE_LIMITED"}), None),
        (answer(200, {"errors": ["RATE_LIMITED"]}), None),
        (answer(200, ["RATE_LIMITED"]), None),
        (Answer(200, {}, "<html>RATE_LIMITED</html>"), None),
        (answer(403, {"message": "Resource not accessible by integration"}), None),
        (answer(403, {"message": "Forbidden"}, x_ratelimit_remaining="12", x_ratelimit_reset=SOON), None),
        (answer(404, {"message": "Not Found"}, retry_after="7"), None),
        (answer(422, SECONDARY), None),
        (answer(500, SECONDARY), None),
    ],
)
def test_what_is_no_limit(given, seconds):
    assert seconds == asked_to_wait(given, NOW)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        (answer(429), AT_LEAST),
        (answer(429, retry_after="7"), 7),
        (answer(429, retry_after=" 7 "), 7),
        (answer(429, retry_after="0"), 1),
        (answer(429, retry_after=http_date(NOW + timedelta(seconds=30))), 30),
        (answer(429, retry_after=http_date(NOW - timedelta(hours=1))), 1),
        (answer(429, retry_after="Sun, 01 Mar 2026 12:00:30"), 30),
        (answer(429, retry_after="soon"), AT_LEAST),
        (answer(429, retry_after="²"), AT_LEAST),
        (answer(429, retry_after="-5"), AT_LEAST),
        (answer(429, retry_after=""), AT_LEAST),
        (answer(429, x_ratelimit_remaining="0", x_ratelimit_reset=SOON), 91),
        (answer(429, x_ratelimit_remaining="0", x_ratelimit_reset="²"), AT_LEAST),
        (answer(429, x_ratelimit_remaining="0"), AT_LEAST),
        (answer(429, ratelimit_remaining="0", ratelimit_reset=SOON), 91),
        (answer(429, x_ratelimit_remaining="0", x_ratelimit_reset=str(int(NOW.timestamp()) - 5)), 1),
        (answer(429, retry_after="7", x_ratelimit_remaining="0", x_ratelimit_reset=SOON), 7),
        (answer(403, retry_after="7"), 7),
        (answer(403, SECONDARY), AT_LEAST),
        (answer(403, {"message": "You have triggered an abuse detection mechanism."}), AT_LEAST),
        (answer(403, SECONDARY, x_ratelimit_remaining="4999", x_ratelimit_reset=SOON), AT_LEAST),
        (answer(403, {"message": "API rate limit exceeded"}, x_ratelimit_remaining="0", x_ratelimit_reset=SOON), 91),
        (answer(422, QUICK), AT_LEAST),
        (answer(200, ALREADY), AT_LEAST),
        (answer(200, LIMITED), AT_LEAST),
        (answer(200, LIMITED, x_ratelimit_remaining="0", x_ratelimit_reset=SOON), 91),
        (answer(200, LIMITED | {"data": None}, retry_after="5"), 5),
    ],
)
def test_what_a_limit_asks_for(given, seconds):
    assert seconds == asked_to_wait(given, NOW)


def test_a_limit_that_does_not_say_how_long_doubles_each_time():
    assert [60, 120, 240, 480] == [asked_to_wait(answer(429), NOW, attempt) for attempt in (1, 2, 3, 4)]


def test_this_machines_clock_may_be_wrong_because_the_answers_own_date_counts():
    there = NOW + timedelta(hours=5)
    reset = str(int(there.timestamp()) + 20)
    given = answer(403, x_ratelimit_remaining="0", x_ratelimit_reset=reset, date=http_date(there))
    assert 21 == asked_to_wait(given, NOW)
    dated = answer(429, retry_after=http_date(there + timedelta(seconds=20)), date=http_date(there))
    assert 20 == asked_to_wait(dated, NOW)
