"""References to issues, as people write them: `#12`, `web#12`, `acme/web#12`, URLs, Markdown links, Jira keys."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from tracksync.documents.markdown import LINK, LONGEST


class Target(StrEnum):
    """What a reference names."""

    ISSUE = "issue"
    CHANGE = "change"
    """A pull or merge request: evidence, never a link to an issue."""
    ELSEWHERE = "elsewhere"
    """Another tracker: Jira, Bugzilla, Trello, Linear."""
    PAGE = "page"
    """Any other URL."""


class Reference(NamedTuple):
    """One reference: `text` without Markdown around it, and where the whole of it stands."""

    text: str
    target: Target
    start: int
    end: int


_ISSUE_URL = re.compile(r"https?://[^/\s]+/[^\s?#]+/(?:issues|work_items)/[0-9]+(?:[/?#]\S*)?\Z")
_CHANGE_URL = re.compile(r"https?://[^/\s]+/[^\s?#]+/(?:pull|pulls|merge_requests)/[0-9]+(?:[/?#]\S*)?\Z")
_ELSEWHERE_URL = re.compile(
    r"https?://(?:[^/\s]*\b(?:trello\.com|linear\.app|atlassian\.net|bugzilla\.[^/\s]+)/"
    r"|[^/\s]+/(?:[^\s?#]+/)?(?:browse/[A-Z][A-Z0-9_]+-[0-9]+|show_bug\.cgi))",
    re.IGNORECASE,
)
_NOT_JIRA = (
    r"(?!(?:CVE|CWE|ADR|AI|AC|RFC|ISO|IEC|UTF|SHA|MD|AES|RSA|TLS|SSL|HTTP|IPV|SEV|SEVERITY|PM|AP|AR|RCA|INC|COVID|GPT|"
    r"S|P|Q|H|V|GHSA|PEP|BUG|TODO|STEP|PHASE|OWASP|US|EU|AZ|DC)-)"
)
_NAME = r"[A-Za-z0-9_.-]+"
_REFERENCE = re.compile(
    rf"{LINK}"
    r"|<(?P<auto>https?://[^\s<>]+)>"
    r"|(?P<url>https?://[^\s<>|()\[\]`*]+(?:\([^\s()]*\)[^\s<>|()\[\]`*]*)*)"
    r"|(?P<change>\b(?:PR|MR|[Pp]ull [Rr]equest|[Mm]erge [Rr]equest)s?:?\s*"
    rf"(?P<named>(?:{_NAME}(?:/{_NAME})*)?[#!][0-9]+)\b)"
    rf"|(?P<merge>(?<![\w!&])(?:{_NAME}(?:/{_NAME})+)?![0-9]+\b)"
    rf"|(?P<issue>(?<![\w/&#.-])(?:{_NAME}(?:/{_NAME})*)?(?<![&/])#[0-9]+\b(?![-\w]))"
    rf"|(?P<jira>(?<![\w/#.-]){_NOT_JIRA}[A-Z][A-Z0-9]{{1,9}}-[1-9][0-9]*\b(?![-./\w]))"
)
_HINT = re.compile(r"[#!][0-9]|://|[A-Z0-9]-[1-9]")


@lru_cache(maxsize=1024)
def find(text: str) -> tuple[Reference, ...]:
    """All references, in order."""
    if not likely(text):
        return ()
    return tuple(_reference(match) for match in _REFERENCE.finditer(text))


def likely(text: str) -> bool:
    """A cheap look: whether there can be a reference."""
    return len(text) <= LONGEST and _HINT.search(text) is not None


def _reference(match: re.Match[str]) -> Reference:
    start, end = match.span()
    if match["target"] is not None:
        return _linked(match)
    if url := match["auto"]:
        return Reference(url, _of_url(url), start, end)
    if url := match["url"]:
        url = url.rstrip(".,;:!?'\"")
        return Reference(url, _of_url(url), start, start + len(url))
    if text := match["named"]:
        return Reference(text, Target.CHANGE, start, end)
    target = {"merge": Target.CHANGE, "issue": Target.ISSUE, "jira": Target.ELSEWHERE}[str(match.lastgroup)]
    return Reference(match.group(), target, start, end)


def _linked(match: re.Match[str]) -> Reference:
    """A Markdown link names what its URL names; a page that is nobody's issue leaves the word to the text."""
    target = _of_url(match["target"])
    inner = find(match["label"]) if target is Target.PAGE else ()
    if len(inner) == 1:
        return inner[0]._replace(start=match.start(), end=match.end())
    return Reference(match["target"], target, *match.span())


def _of_url(url: str) -> Target:
    if _ISSUE_URL.match(url):
        return Target.ISSUE
    if _CHANGE_URL.match(url):
        return Target.CHANGE
    return Target.ELSEWHERE if _ELSEWHERE_URL.match(url) else Target.PAGE


def listed(text: str) -> tuple[str, ...]:
    """The references to trackers in a text, as written: pages that are no issue are left out."""
    return tuple(one.text for one in find(text) if one.target is not Target.PAGE)
