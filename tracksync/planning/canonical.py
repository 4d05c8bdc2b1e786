"""An item's identity at birth. What stands here never changes: keys in thousands of issues depend on it."""

import base64
import hashlib
import unicodedata
from collections import Counter

from tracksync.model import Document


def canonical_text(action: str) -> str:
    """The form in which two texts are the same item: compatibility-normalised, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", action).casefold().split())


def text_digest(action: str) -> str:
    """16 base32 characters (80 bits) of the SHA-256 of the canonical text."""
    return _base32(canonical_text(action))


def birth_keys(repository: str, document: Document) -> tuple[str, ...]:
    """The key that each item would get if it were created now, by item index.

    Two writers, or a run after a crash, compute the same key for the same row: it depends on the repository, the path,
    the canonical text and how many equal texts stand before it in the document, and on nothing else.
    """
    path = unicodedata.normalize("NFC", document.path)
    seen: Counter[str] = Counter()
    keys = []
    for item in document.items:
        text = canonical_text(item.action)
        keys.append(_base32("\0".join((repository, path, text, str(seen[text])))))
        seen[text] += 1
    return tuple(keys)


def _base32(text: str) -> str:
    return base64.b32encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:10]).decode("ascii")
