"""Every fault that one request can meet at GitHub, by name, for tests that try each at each request of a run."""

from collections.abc import Mapping

from tests.servers.faults import Fault, fails_after, fails_before, html_page, lost_after, lost_before, truncated
from tests.servers.github.refusals import primary_limit, secondary_limit, secondary_limit_until

NOT_CARRIED_OUT: Mapping[str, Fault] = {
    "closed before": lost_before(),
    "reset before": lost_before(reset=True),
    "502 before": fails_before(502),
    "503 before": fails_before(503),
    "primary limit as 403": primary_limit(),
    "primary limit as 429": primary_limit(status=429),
    "403 without a time": secondary_limit(),
    "403 with seconds": secondary_limit("30"),
    "403 with a date": secondary_limit_until(90),
    "429 without a time": secondary_limit(status=429),
    "429 with seconds": secondary_limit("30", status=429),
    "429 with a date": secondary_limit_until(90, status=429),
    "a page of HTML": html_page(),
}
CARRIED_OUT: Mapping[str, Fault] = {
    "closed after": lost_after(),
    "reset after": lost_after(reset=True),
    "502 after": fails_after(502),
    "500 after": fails_after(500),
    "truncated": truncated(),
}
FAULTS: Mapping[str, Fault] = {**NOT_CARRIED_OUT, **CARRIED_OUT}
"""A slow answer is missing: what it means depends on the patience of the client. `drips` makes one."""
