"""What the user configured: one YAML file, checked as a whole, and the settings that it comes to."""

from tracksync.config.model import keys
from tracksync.config.settings import FILE_NAMES, UNUSABLE, Configured, Settings, configured, find, load, parse

__all__ = ["FILE_NAMES", "UNUSABLE", "Configured", "Settings", "configured", "find", "keys", "load", "parse"]
