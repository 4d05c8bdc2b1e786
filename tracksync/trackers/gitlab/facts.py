"""What must be known of a project and of ourselves before anything is written: asked for once, and remembered."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tracksync.errors import TrackerError
from tracksync.trackers.base import Memory
from tracksync.trackers.gitlab.address import Address, project_path
from tracksync.trackers.gitlab.labels import LOOKS
from tracksync.trackers.labels import OTHER
from tracksync.trackers.web.message import Answer, Request
from tracksync.trackers.web.wire import Wire, refused

PAGE = {"per_page": "100"}
_NEEDED = ("id", "path_with_namespace")
PLANNER, REPORTER = 15, 20
"""Access levels ("Members API", docs.gitlab.com): from Planner on, people may change all issues of a project."""

HINTS = {
    401: "the token is wrong, expired or revoked: make a new one",
    403: "the token needs the scope `api` and at least the role Planner or Reporter: `tracksync doctor` tells more",
    404: "check tracker.project, and that the token may see it: GitLab doesn't tell a wrong name from a hidden one",
}
_MULTIPLE = """query($path: ID!) { project(fullPath: $path) { workItemTypes { nodes {
  widgetDefinitions { type ... on WorkItemWidgetDefinitionAssignees { allowsMultipleAssignees } } } } } }"""


class Project(NamedTuple):
    """A project as GitLab describes it now."""

    ident: int
    name: str
    """Its present path with its groups."""
    branch: str
    """The default branch."""
    visibility: str
    """`public`, `internal` or `private`."""
    issues: bool
    """Issues are switched on for us."""
    archived: bool
    level: int
    """Our access level, 0 where it isn't told."""
    readers: str
    """Who sees the issues: as `visibility`, but where only members do."""


class Member(NamedTuple):
    """Somebody in the project, or in a group around it."""

    ident: int
    level: int
    active: bool
    """False for those whose account is blocked."""


class Facts:
    """Facts about one project, each fetched when it is first needed. Raises `TrackerError`."""

    def __init__(self, wire: Wire, address: Address, project: str, memory: Memory) -> None:
        self._wire = wire
        self._address = address
        self.project = project
        self._memory = memory

    def called(self) -> str:
        """The project's present path, as far as it was asked for."""
        known = self._memory.get(f"project {self.project.lower()}")
        return str(known["name"]) if known else self.project

    def viewer(self) -> str:
        """Our own username."""
        known = self._memory.get("basics")
        if known is None:
            user = self._object("/user", "asking who we are", "username")
            known = self._memory.put("basics", str(user["username"]))
        return str(known)

    def found(self) -> Project:
        """The project."""
        return self.other(self.project)

    def other(self, name: str) -> Project:
        """A project of this GitLab, by its path. Raises `TrackerError` when it can't be seen."""
        key = _key(name)
        known = self._memory.get(key)
        if known is None or "readers" not in known:
            known = self._memory.put(
                key, _project(self._object(project_path(name), f"looking at {name}", *_NEEDED))._asdict()
            )
        return Project(**known)

    def visibility(self, names: Iterable[str]) -> dict[str, str]:
        """Who can see these projects now; those that can't be seen are missing."""
        now: dict[str, str] = {}
        for name in names:
            answer = self._wire.ask(Request("GET", project_path(name), reads=True))
            if answer.status == 200:
                found = _project(_whole(answer, f"looking at {name}", _NEEDED))
                self._memory.put(_key(name), found._asdict())
                now[name] = found.readers if name.lower() == self.project.lower() else found.visibility
            elif answer.status != 404:
                raise refused(answer, f"looking at {name}", HINTS)
        return now

    def path(self, rest: str = "") -> str:
        """A path below the project, by its number: that survives a move."""
        return f"{project_path(self.found().ident)}{rest}"

    def members(self) -> Mapping[str, Member]:
        """The members by username in lower case, inherited ones included."""
        known = self._memory.get("people")
        if known is None:
            found = self._listed(self.path("/members/all"), f"reading the members of {self.project}")
            known = self._memory.put("people", {str(one["username"]).lower(): _member(one) for one in found})
        return {name: Member(*one) for name, one in known.items()}

    def assignable(self) -> Mapping[str, int]:
        """Username in lower case → id, of those whom an issue can be assigned to: blocked members are none of them."""
        return {name: one.ident for name, one in self.members().items() if one.active}

    def writers(self) -> frozenset[str]:
        """The usernames of those who may change issues."""
        return frozenset(name for name, one in self.members().items() if one.level >= PLANNER)

    def several_assignees(self) -> bool:
        """Whether an issue can have more than one assignee: the project says so, nobody guesses by the tier. Where it
        doesn't say so, one; then it is asked again.
        """
        known = self._memory.get("several")
        if known is None:
            data = self.graph(_MULTIPLE, {"path": self.found().name})
            types = ((data.get("project") or {}).get("workItemTypes") or {}).get("nodes") or ()
            told = [
                widget["allowsMultipleAssignees"]
                for kind in types
                for widget in kind.get("widgetDefinitions") or ()
                if "allowsMultipleAssignees" in widget
            ]
            known = self._memory.put("several", any(told)) if told else False
        return bool(known)

    def graph(self, query: str, variables: Mapping[str, object]) -> Mapping[str, Any]:
        """The data that a GraphQL query gives; nothing where the server doesn't know what is asked for, or says no."""
        body = {"query": query, "variables": dict(variables)}
        answer = self._wire.ask(Request("POST", self._address.graphql, body=body, reads=True))
        found = answer.data() if answer.status == 200 else None
        data = found.get("data") if isinstance(found, dict) and not found.get("errors") else None
        return data if isinstance(data, dict) else {}

    def label_names(self) -> frozenset[str]:
        """The labels that issues of the project can carry, those of its groups too."""
        found = self._listed(self.path("/labels"), f"reading the labels of {self.project}")
        return frozenset(str(one["name"]) for one in found)

    def ensure_labels(self, wanted: frozenset[str]) -> None:
        """Make the labels that the project and its groups lack."""
        if wanted <= frozenset(self._memory.get("labels") or ()):
            return
        for name in sorted(wanted - self.label_names()):
            look = LOOKS.get(name, OTHER)
            label = {"name": name, "color": f"#{look.colour}", "description": look.description}
            answer = self._wire.ask(Request("POST", self.path("/labels"), body=label))
            # 409: somebody made it meanwhile.
            if answer.status not in (201, 409):
                raise refused(answer, f"making the label {name} in {self.project}", HINTS)
        self._memory.put("labels", sorted(wanted | frozenset(self._memory.get("labels") or ())))

    def forget(self, *names: str) -> None:
        """Ask again: something that was remembered turned out to be no longer so."""
        for name in names:
            self._memory.put(name, None)

    def _object(self, path: str, doing: str, *needed: str) -> Mapping[str, Any]:
        answer = self._wire.ask(Request("GET", path, reads=True))
        if answer.status != 200:
            raise refused(answer, doing, HINTS)
        return _whole(answer, doing, needed)

    def _listed(self, path: str, doing: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for answer in self._wire.pages(Request("GET", path, PAGE, reads=True)):
            found += rows_of(answer, doing)
        return found


class NoCursor(TrackerError):
    """The server has no pages by cursor for this list."""


def rows_of(answer: Answer, doing: str) -> list[dict[str, Any]]:
    """The objects of a page. Raises `TrackerError` for anything else."""
    if answer.status == 405:
        raise NoCursor(str(refused(answer, doing, HINTS)))
    if answer.status != 200:
        raise refused(answer, doing, HINTS)
    data = answer.data()
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise TrackerError(f"{doing}: the answer is no list", "check tracker.base_url")
    return data


def _whole(answer: Answer, doing: str, needed: Sequence[str]) -> Mapping[str, Any]:
    """The object of an answer, which has what is needed of it. Raises `TrackerError`."""
    data = answer.data()
    if not isinstance(data, dict) or any(data.get(name) is None for name in needed):
        raise TrackerError(f"{doing}: the answer is none of GitLab's", "check tracker.base_url")
    return data


def _key(name: str) -> str:
    """What a project is remembered under."""
    return f"project {name.lower()}"


def _member(one: Mapping[str, Any]) -> list[int]:
    return [int(one["id"]), int(one["access_level"]), one.get("state", "active") == "active"]


def _project(found: Mapping[str, Any]) -> Project:
    rights = found.get("permissions") or {}
    visibility = str(found.get("visibility") or "private")
    levels = [int((rights.get(name) or {}).get("access_level") or 0) for name in ("project_access", "group_access")]
    return Project(
        ident=int(found["id"]),
        name=str(found["path_with_namespace"]),
        branch=str(found.get("default_branch") or ""),
        visibility=visibility,
        issues=found.get("issues_access_level", "enabled") != "disabled" and found.get("issues_enabled", True),
        archived=bool(found.get("archived")),
        level=max(levels),
        readers="private" if found.get("issues_access_level") == "private" else visibility,
    )
