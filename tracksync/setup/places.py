"""Where postmortems seem to lie, from the names of files alone, and which of them are templates and drafts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

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
_ANY_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_OF_A_TEMPLATE = frozenset(
    {"template", "templates", "tmpl", "post", "mortem", "postmortem", "incident", "review", "report", "rca", "outage"}
    | {"root", "cause", "analysis", "blank", "empty", "default", "the", "new", "v", "sev", "blameless", "markdown"}
)
_HEADING = re.compile(rb"^(?:#{1,3}[ \t]+|title:)[^\n]*(?:post[- ]?mortem|incident|root cause|outage|\brca\b)", re.I | re.M)
_ODD = re.compile(r"[*?\[\]{}\\]|[^\S ]|(?<= ) | (?=/)|(?<=/) |^[ ~/]|(?<=^[A-Za-z]):| $|[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def is_document(path: str) -> bool:
    """Whether a file may be a postmortem: Markdown or YAML that is neither hidden nor vendored, with a UTF-8 name."""
    if not path.lower().endswith(DOCUMENTS) or any("\ud800" <= character <= "\udfff" for character in path):
        return False
    return not any(is_foreign(folder) for folder in path.split("/")[:-1])


def is_foreign(folder: str) -> bool:
    """Whether a folder of this name is hidden or vendored."""
    return folder.startswith(".") or folder.replace("-", "_").lower() in VENDORED


def by_name(paths: Iterable[str]) -> list[Place]:
    """The places that the names of folders and files point to, in the order of their paths."""
    folders: dict[str, bool] = {}
    loose: dict[str, list[str]] = defaultdict(list)
    documents = [path for path in paths if is_document(path)]
    for path in documents:
        named = _named_folder(path)
        if named is not None:
            folders[named[0]] = named[1]
        elif _FILE.search(path.rpartition("/")[2]):
            loose[path.rpartition("/")[0]].append(path)
    found = [folder_place(folder, documents, sure=sure) for folder, sure in folders.items()]
    found += [_loose_place(folder, named) for folder, named in loose.items() if not all(map(is_no_postmortem, named))]
    return sorted(found)


def by_content(hits: Iterable[str], paths: Iterable[str]) -> list[Place]:
    """The places of Markdown files that read like postmortems: their folders, the outermost ones."""
    documents = [path for path in paths if is_document(path)]
    files = sorted(hit for hit in hits if not is_no_postmortem(hit))
    folders = {folder for path in files if (folder := path.rpartition("/")[0])}
    outermost = sorted(one for one in folders if not any(one.startswith(f"{other}/") for other in folders))
    found = [folder_place(folder, documents) for folder in outermost]
    at_the_root = [path for path in files if "/" not in path]
    if at_the_root:
        found.append(Place("", tuple(map(escaped, at_the_root)), likely=not found))
    return sorted(found)


def folder_place(folder: str, documents: Iterable[str], *, sure: bool = True) -> Place:
    """All that lies below a folder, but for its templates and drafts."""
    below = f"{folder}/" if folder else ""
    within = [path for path in documents if path.startswith(below)]
    return Place(
        folder,
        (f"{escaped(folder)}/**" if folder else "**",),
        tuple(dict.fromkeys(_excluded(sorted(within), len(below)))),
        sure,
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
    words = [word.lower() for word in _ANY_WORD.findall(path.rpartition("/")[2].rpartition(".")[0])]
    is_template = bool({"template", "templates", "tmpl"}.intersection(words)) and _OF_A_TEMPLATE.issuperset(words)
    return is_template or "draft" in (words[:1] + words[-1:])


def _named_folder(path: str) -> tuple[str, bool] | None:
    """The outermost folder above a file whose name is one for postmortems, and whether that is sure."""
    parts = path.split("/")[:-1]
    for depth, part in enumerate(parts, start=1):
        name = "".join(_ANY_WORD.findall(part)).lower()
        if name in _SURE or name in _UNSURE:
            return "/".join(parts[:depth]), name in _SURE
    return None


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
            if "".join(_ANY_WORD.findall(part)).lower() in ("template", "templates", "draft", "drafts"):
                yield escaped(path[:skip] + "/".join(parts[:depth])) + "/**"
                break
        else:
            if is_no_postmortem(path):
                yield escaped(path)


def _likely(folder: str) -> bool:
    return _TRIALS.isdisjoint(part.strip("_").lower() for part in folder.split("/"))
