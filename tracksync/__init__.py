"""tracksync: keeps postmortem action items and tracker issues in step."""

__version__ = "0.1.0"
