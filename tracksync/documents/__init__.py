"""Postmortems as documents: reading action items, and rewriting them byte by byte. Positions never leave this room."""

from tracksync.documents.age import latest_day
from tracksync.documents.explain import explain
from tracksync.documents.reading import parse
from tracksync.documents.words import WORDS, Words
from tracksync.documents.writing import Rewritten, rewrite

__all__ = ["WORDS", "Rewritten", "Words", "explain", "latest_day", "parse", "rewrite"]
