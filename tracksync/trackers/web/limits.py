"""How long an answer asks to wait. Pure.

Sources: "Rate limits for the REST API" (docs.github.com): `retry-after`, else `x-ratelimit-reset` when nothing
remains, else at least a minute, longer each time; a limit comes as 403 or 429, on GraphQL also as an error in an answer
with status 200; content that comes too fast may be called invalid (422; not documented: cli/cli#4801).
GitLab: 429 with `Retry-After` or `RateLimit-Reset` (docs.gitlab.com, "Rate limits").
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tracksync.trackers.web.message import Answer

AT_LEAST = 60.0
"""Seconds to wait after a limit that doesn't say how long."""
_GRAPHQL_LIMITS = ("RATE_LIMITED", "RATE_LIMIT")
"""The second one is what github.com says today, with the code `graphql_rate_limit`; it is not documented."""
_MARGIN = 1.0
"""Both platforms count in whole seconds."""


def asked_to_wait(answer: Answer, now: datetime, attempt: int = 1) -> float | None:
    """Seconds to wait before asking again; None when the answer is not about a limit. `attempt` counts from 1."""
    if not _limited(answer):
        return None
    headers = answer.headers
    there = _date(headers.get("date")) or now
    if (after := _after(headers.get("retry-after"), there)) is not None:
        return max(after, _MARGIN)
    reset = headers.get("x-ratelimit-reset", headers.get("ratelimit-reset", ""))
    if _remaining(headers) == "0" and _digits(reset):
        return max(int(reset) - there.timestamp(), 0) + _MARGIN
    return AT_LEAST * 2.0 ** (attempt - 1)


def _limited(answer: Answer) -> bool:
    if answer.status == 429:
        return True
    if answer.status == 403:
        telling = "retry-after" in answer.headers or _remaining(answer.headers) == "0"
        return telling or "rate limit" in answer.message.lower() or "abuse" in answer.message.lower()
    if answer.status == 422:
        return "submitted too quickly" in answer.message
    return answer.status == 200 and _graphql_limited(answer)


def _graphql_limited(answer: Answer) -> bool:
    """GraphQL says it in an answer with status 200; no other answer has this text in so short a beginning."""
    return "RATE_LIMIT" in answer.text[:2000] and any(error.get("type") in _GRAPHQL_LIMITS for error in answer.errors)


def _remaining(headers: Mapping[str, str]) -> str | None:
    return headers.get("x-ratelimit-remaining", headers.get("ratelimit-remaining"))


def _after(text: str | None, now: datetime) -> float | None:
    """`Retry-After` in seconds or as a date (RFC 9110, 10.2.3)."""
    if text is None:
        return None
    if _digits(text.strip()):
        return float(text)
    date = _date(text)
    return (date - now).total_seconds() if date else None


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _date(text: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
