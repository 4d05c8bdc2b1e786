"""Where postmortems seem to lie, from the names of files alone, and which of them are templates and drafts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from tracksync.setup.survey import Place

MARKDOWN = (".md", ".markdown")
DOCUMENTS = (*MARKDOWN, ".yml", ".yaml")

VENDORED = frozenset(
    {"node_modules", "bower_components", "vendor", "third_party", "thirdparty", "site_packages", "venv", "__pycache__"}
)
"""Folders with the work of others, "-" written as "_"."""

_SURE = frozenset({"postmortem", "postmortems"})
_UNSURE = frozenset(
    {
        "incident", "incidents", "incidentreview", "incidentreviews", "incidentreport", "incidentreports",
        "postincident", "postincidentreview", "postincidentreviews", "pir", "pirs", "rca", "rcas",
        "rootcauseanalysis", "rootcauseanalyses", "outage", "outages", "blameless", "coe", "coes",
    }
)  # fmt: skip
"""Folders by name, in lower case without anything but letters. Programs have folders named like the unsure ones."""

_TRIALS = frozenset({"test", "tests", "testdata", "spec", "fixtures", "examples", "samples", "golden"})

_FILE = re.compile(
    r"post[-_ ]?mortem|incident[-_ ]?(?:review|report)|root[-_ ]?cause|(?<![a-z])rca(?![a-z])", re.IGNORECASE
)
_MANY = 5
"""More places than that of one kind are written as one."""

_ANY_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"(?=.*(?:template|tmpl))(?:[^a-z]|templates?|tmpl|post|mortem|incident|review|report|rca|root|cause|analysis"
    r"|outage|blameless|blank|empty|default|the|new|sev|v|markdown)*+",
    re.IGNORECASE | re.DOTALL,
)
"""The whole name of a template: `2023-template-engine-outage` is none."""

_HEADING = re.compile(
    rb"^(?:#{1,3}[ \t]+|title:)[^\n]*post[- ]?mortem|^#[ \t]+(?:incident (?:report|review)|root cause|rca\b)",
    re.I | re.M,
)
_ODD = re.compile(
    r"[*?\[\]{}\\]|[^\S ]|(?<= ) | (?=/)|(?<=/) |^[ ~/]|(?<=^[A-Za-z]):| $|[\x00-\x1f\x7f-\x9f\u2028\u2029]"
)


def is_document(path: str) -> bool:
    """Whether a file may be a postmortem: Markdown or YAML that is neither hidden nor vendored, with a UTF-8 name."""
    if not path.lower().endswith(DOCUMENTS) or not is_text(path):
        return False
    return not any(is_foreign(folder) for folder in path.split("/")[:-1])


def is_text(path: str) -> bool:
    """Whether a path is UTF-8: other bytes are lone surrogates in Python (PEP 383)."""
    return not any("\ud800" <= character <= "\udfff" for character in path)


def is_foreign(folder: str) -> bool:
    """Whether a folder of this name is hidden or vendored."""
    return folder.startswith(".") or folder.replace("-", "_").lower() in VENDORED


def by_name(paths: Iterable[str]) -> list[Place]:
    """The places that the names of folders and files point to, in the order of their paths."""
    folders: dict[str, list[str]] = defaultdict(list)
    loose: dict[str, list[str]] = defaultdict(list)
    for path in filter(is_document, paths):
        folder = _named_folder(path)
        if folder is not None:
            folders[folder].append(path)
        elif _FILE.search(path.rpartition("/")[2]):
            loose[path.rpartition("/")[0]].append(path)
    found = [_loose_place(folder, named) for folder, named in loose.items() if not all(map(is_no_postmortem, named))]
    alike: dict[str, list[str]] = defaultdict(list)
    for folder in folders:
        alike[folder.rpartition("/")[2]].append(folder)
    for name, same in alike.items():
        if len(same) > _MANY:
            found.append(_place_anywhere(name, [folder_place(one, folders[one]) for one in same]))
        else:
            found += [folder_place(one, folders[one]) for one in same]
    return sorted(found)


def by_content(hits: Iterable[str]) -> list[Place]:
    """The places of Markdown files that read like postmortems: their folders, not one inside another, and not many."""
    files = sorted(hit for hit in hits if not is_no_postmortem(hit))
    folders = _outermost({folder for path in files if (folder := path.rpartition("/")[0])})
    while len(folders) > _MANY:
        depth = max(folder.count("/") for folder in folders)
        folders = _outermost({one.rpartition("/")[0] if one.count("/") == depth else one for one in folders})
    found = [folder_place(folder, (), sure=True) for folder in sorted(folders)]
    at_the_root = [] if "" in folders else [path for path in files if "/" not in path]
    if at_the_root:
        found.append(Place("", tuple(map(escaped, at_the_root))))
    return sorted(found)


def folder_place(folder: str, paths: Iterable[str], *, sure: bool | None = None) -> Place:
    """All below a folder but the templates and drafts among `paths`. By default its name decides whether it is sure."""
    below = f"{folder}/" if folder else ""
    within = [path for path in paths if path.startswith(below) and path.lower().endswith(DOCUMENTS) and is_text(path)]
    return Place(
        folder,
        (f"{escaped(folder)}/**" if folder else "**",),
        tuple(dict.fromkeys(_excluded(sorted(within), len(below)))),
        _letters(folder) in _SURE if sure is None else sure,
        _likely(folder),
    )


def file_place(path: str) -> Place:
    """One file that somebody named."""
    return Place(path.rpartition("/")[0], (escaped(path),))


def reads_like_one(data: bytes) -> bool:
    """Whether a heading of a document says that it is a postmortem."""
    return _HEADING.search(data) is not None


def escaped(path: str) -> str:
    """A glob for this path: what a glob or the configuration reads otherwise is any one character."""
    return _ODD.sub("?", path)


def is_no_postmortem(path: str) -> bool:
    """Whether a file's name says that it is a template or a draft."""
    name = path.rpartition("/")[2].rpartition(".")[0]
    words = [word.lower() for word in _ANY_WORD.findall(name)]
    return _TEMPLATE.fullmatch(name) is not None or "draft" in (words[:1] + words[-1:])


def _named_folder(path: str) -> str | None:
    """The outermost folder above a file whose name is one for postmortems."""
    parts = path.split("/")[:-1]
    depths = (depth for depth, part in enumerate(parts, start=1) if _letters(part) in _SURE | _UNSURE)
    depth = next(depths, None)
    return None if depth is None else "/".join(parts[:depth])


def _letters(folder: str) -> str:
    return "".join(_ANY_WORD.findall(folder.rpartition("/")[2])).lower()


def _place_anywhere(name: str, same: Sequence[Place]) -> Place:
    """One place for many folders of the same name."""
    return Place(
        f"**/{name}",
        (f"**/{escaped(name)}/**",),
        tuple(sorted(glob for one in same for glob in one.exclude)),
        same[0].sure,
        any(one.likely for one in same),
    )


def _outermost(folders: Set[str]) -> set[str]:
    """Those that lie in none of the others."""
    if "" in folders:
        return {""}
    above = {folder: folder.split("/")[:-1] for folder in folders}
    return {
        folder
        for folder, parts in above.items()
        if not any("/".join(parts[:depth]) in folders for depth in range(1, len(parts) + 1))
    }


def _loose_place(folder: str, paths: Sequence[str]) -> Place:
    """Files among others: one glob for each way in which their names say it."""
    below = f"{escaped(folder)}/" if folder else ""
    globs, excluded = set(), []
    for path in paths:
        name = path.rpartition("/")[2]
        if is_no_postmortem(path):
            excluded.append(escaped(path))
        elif said := _FILE.search(name):
            globs.add(f"{below}*{escaped(said.group())}*.{name.rpartition('.')[2]}")
    return Place(folder, tuple(sorted(globs)), tuple(sorted(excluded)), sure=False, likely=_likely(folder))


def _excluded(paths: Iterable[str], skip: int) -> Iterator[str]:
    for path in paths:
        parts = path[skip:].split("/")[:-1]
        for depth, part in enumerate(parts, start=1):
            if _letters(part) in ("template", "templates", "draft", "drafts"):
                yield escaped(path[:skip] + "/".join(parts[:depth])) + "/**"
                break
        else:
            if is_no_postmortem(path):
                yield escaped(path)


def _likely(folder: str) -> bool:
    return _TRIALS.isdisjoint(part.strip("_").lower() for part in folder.split("/"))
