"""The door: command lines in, exit statuses out."""

from tracksync.cli.entry import main

__all__ = ["main"]
