"""The clock, as a value: everything that waits does it here, so that a test can let an hour pass."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple


class Clock(NamedTuple):
    """`now`: the instant, in UTC. `sleep`: let so many seconds pass."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
