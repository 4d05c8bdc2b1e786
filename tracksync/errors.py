"""What can go wrong with the world, as one small tree.

    TracksyncError            exit 1   something failed
    ├── UsageError            exit 2   a command line that makes no sense
    ├── ConfigError           exit 2   the configuration can't be used
    ├── NothingFound          exit 6   no document matched
    ├── LimitExceeded         exit 4   the plan is larger than a limit allows
    ├── StalePlan             exit 1   the plan is not the one that was reviewed
    ├── PublishError          exit 1   a document could not be written
    │   └── StaleDocument     it changed since it was read
    └── TrackerError          exit 1
        ├── OutcomeUnknown    a write was sent and its answer was lost
        ├── StaleIssue        the issue moved between planning and writing
        └── BudgetSpent       what one run may ask of the tracker is used up

Bad *data* is never an exception: it is a `Problem` or a skip with a reason (see `model`).
Every error says what happened in one sentence; `hint` says what to do next.
"""


class TracksyncError(Exception):
    """A failure that a user can understand. `str()` is the sentence, `hint` the next step (may be empty)."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(TracksyncError):
    """The command line asks for something that can't be done."""

    exit_code = 2


class ConfigError(TracksyncError):
    """The configuration can't be used; below its first line stands one fault a line, `file:line:column: reason`."""

    exit_code = 2


class NothingFound(TracksyncError):
    """No document matched, so nothing was looked at."""

    exit_code = 6


class LimitExceeded(TracksyncError):
    """A plan is larger than a limit allows; nothing was written."""

    exit_code = 4


class StalePlan(TracksyncError):
    """The plan computed now is not the one the caller wanted applied."""


class PublishError(TracksyncError):
    """A document could not be written; it was left as it was."""


class StaleDocument(PublishError):
    """The document changed since it was read."""


class TrackerError(TracksyncError):
    """The tracker refused or could not be reached."""


class OutcomeUnknown(TrackerError):
    """A write was sent and its answer was lost: it may have happened. Never send it again blindly."""


class StaleIssue(TrackerError):
    """The issue changed since it was read; nothing was written to it."""


class BudgetSpent(TrackerError):
    """The run's requests or minutes are used up; nothing was sent. `resume`: ISO instant (UTC) from which a next run
    gets on, "" for at once."""

    def __init__(self, message: str, hint: str = "", resume: str = "") -> None:
        super().__init__(message, hint)
        self.resume = resume
