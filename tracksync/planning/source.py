"""Where an item comes from, as addresses on the platform that hosts its document. Pure.

Sources of the rules for anchors: GitHub's own answers as collected in the fixtures of `github-slugger`, and GitLab's
`lib/gitlab/utils/markdown.rb`. Both keep letters, marks, digits and connectors, and count headings that come out alike.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from tracksync.model import ActionItem, Document

_KEPT = ("L", "M", "Nd", "Nl", "Pc")
"""Unicode categories, or the first letter of several, of what stays in an anchor beside hyphens and blanks."""


class Origin(NamedTuple):
    """The repository of the documents, as its platform shows it."""

    web: str
    """`https://github.com/acme/pm`."""
    platform: str
    """`github` or `gitlab`."""
    branch: str
    """The default branch."""
    commit: str = ""
    """The full name of the commit that HEAD names, "" before the first one."""
    prefix: str = ""
    """The folder of the archive inside the repository: "" or `docs/`."""


def section(origin: Origin | None, document: Document, item: ActionItem) -> str:
    """The address of the item's section on the default branch; "" where nobody hosts the document."""
    if origin is None:
        return ""
    headings = anchors(document.headings, origin.platform)
    anchor = quote(headings[item.heading - 1], safe="") if item.heading else ""
    return _file(origin, origin.branch, document.path) + (f"#{anchor}" if anchor else "")


def permalink(origin: Origin | None, path: str, line: int) -> str:
    """The address of a line in HEAD's commit; "" where nobody hosts it."""
    if origin is None or not origin.commit:
        return ""
    return f"{_file(origin, origin.commit, path)}?plain=1#L{line}"


def _file(origin: Origin, revision: str, path: str) -> str:
    parts = {"github": "blob", "gitlab": "-/blob"}
    full = quote(origin.prefix + path, errors="surrogateescape")
    return f"{origin.web}/{parts[origin.platform]}/{quote(revision)}/{full}"


def anchors(headings: Iterable[str], platform: str) -> list[str]:
    """The anchor of each heading of a document, given their texts without Markdown."""
    return _github(headings) if platform == "github" else _gitlab(headings)


def _github(headings: Iterable[str]) -> list[str]:
    """An anchor that is taken, be it by a heading that reads so, is counted on."""
    seen: dict[str, int] = {}
    found = []
    for heading in headings:
        first = anchor = _kept(heading).replace(" ", "-")
        while anchor in seen:
            seen[first] += 1
            anchor = f"{first}-{seen[first]}"
        seen[anchor] = 0
        found.append(anchor)
    return found


def _gitlab(headings: Iterable[str]) -> list[str]:
    """Hyphens are drawn together, and a number alone would read as an issue."""
    seen: Counter[str] = Counter()
    found = []
    for heading in headings:
        joined = re.sub("-+", "-", _kept(heading.strip()).replace(" ", "-"))
        anchor = re.sub(r"\A(\d+)\Z", r"anchor-\1", joined)
        found.append(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return found


def _kept(heading: str) -> str:
    return "".join(one for one in heading.lower() if one in "- " or unicodedata.category(one).startswith(_KEPT))
