"""What must be known of a project and of ourselves before anything is written: asked for once, and remembered."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracksync.errors import TrackerError
from tracksync.trackers.base import Memory
from tracksync.trackers.github import graph
from tracksync.trackers.github.address import Address
from tracksync.trackers.github.fields import Fields, Names, from_definitions
from tracksync.trackers.github.graph import Repository
from tracksync.trackers.labels import LOOKS, OTHER
from tracksync.trackers.web.message import Answer, Request
from tracksync.trackers.web.wire import Wire, refused

PAGE = {"per_page": "100"}

HINTS = {
    401: "the token is wrong, expired or revoked: make a new one",
    403: "give the token the permission `issues: write` on this repository: `tracksync doctor` tells more",
    404: "check tracker.project, and that the token may see it: GitHub doesn't tell a wrong name from a hidden one",
    410: "switch issues on in the repository's settings, or name another project",
}


class Facts:
    """Facts about one project, each fetched when it is first needed. Raises `TrackerError`."""

    def __init__(self, wire: Wire, address: Address, project: str, memory: Memory, names: Names) -> None:
        self._wire = wire
        self._address = address
        self.project = project
        self._memory = memory
        self._names = names
        self._fields: Fields | None = None
        self._older = False

    def called(self) -> str:
        """The project's present name, as far as it was asked for."""
        known = self._memory.get("basics")
        return str(known["repository"]["name"]) if known else self.project

    def viewer(self) -> str:
        """Our own login; an app's ends in `[bot]`."""
        return str(self._basics()["viewer"])

    def repository(self) -> Repository:
        """The project's repository."""
        return Repository(**self._basics()["repository"])

    def other(self, name: str) -> Repository:
        """Another repository of the same GitHub. Raises `TrackerError` when it can't be seen."""
        if name.lower() in (self.project.lower(), self.called().lower()):
            return self.repository()
        key = _named(name)
        known = self._memory.get(key)
        if known is None:
            known = self._memory.put(key, graph.repository_of(self._asked(name, "the documents' repository"))._asdict())
        return Repository(**known)

    def visibility(self, names: Sequence[str]) -> dict[str, str]:
        """Who can see these repositories now, in one query; what was remembered otherwise is forgotten."""
        text, variables = graph.visibility(names)
        answer = self._wire.ask(graph.query(self._address, text, variables))
        if answer.status != 200:
            raise refused(answer, "asking who can see the repositories", HINTS)
        found = graph.data(answer, "asking who can see the repositories")
        told = [(name, found.get(f"r{number}")) for number, name in enumerate(names)]
        now = {name: str(one["visibility"]).lower() for name, one in told if isinstance(one, dict)}
        for name, visibility in now.items():
            own = name.lower() == self.project.lower()
            known = (self._memory.get("basics") or {}).get("repository") if own else self._memory.get(_named(name))
            if known and known["visibility"] != visibility:
                self.forget("basics" if own else _named(name))
        return now

    def assignable(self) -> frozenset[str]:
        """The logins, in lower case, that issues of the project can be assigned to."""
        known = self._memory.get("assignable")
        if known is None:
            found = self._listed(f"/repos/{self.project}/assignees", "reading who can be assigned")
            known = self._memory.put("assignable", sorted(str(one["login"]).lower() for one in found))
        return frozenset(known)

    def fields(self) -> Fields:
        """The issue fields of the organisation that can be used; none where there are none, or we may not see them."""
        if self._fields is None:
            self._fields = from_definitions(self.definitions(), self._names)
        return self._fields

    def definitions(self) -> list[dict[str, Any]]:
        """What the organisation defines as issue fields. GITHUB_TOKEN may not read it, older servers don't know it."""
        known = self._memory.get("fields")
        if known is None:
            owner = self.repository().organisation
            answer = self._wire.ask(Request("GET", f"/orgs/{owner}/issue-fields", reads=True)) if owner else None
            data = answer.data() if answer is not None and answer.status == 200 else []
            known = self._memory.put("fields", data if isinstance(data, list) else [])
        return list(known)

    def ensure_labels(self, wanted: frozenset[str]) -> None:
        """Make the labels that the project lacks: GitHub would make them grey and without a word about them."""
        if not wanted:
            return
        known = self._memory.get("labels")
        if known is None:
            listed = self._listed(f"/repos/{self.project}/labels", "reading the labels")
            known = self._memory.put("labels", sorted(str(one["name"]).lower() for one in listed))
        for name in sorted(label for label in wanted if label.lower() not in known):
            look = LOOKS.get(name, OTHER)
            label = {"name": name, "color": look.colour, "description": look.description}
            answer = self._wire.ask(Request("POST", f"/repos/{self.project}/labels", body=label))
            if answer.status != 201 and "already_exists" not in answer.message:
                raise refused(answer, f"making the label {name} in {self.project}", HINTS)
            known = self._memory.put("labels", sorted({*known, name.lower()}))

    def issues_by_number(self, numbers: Sequence[int]) -> dict[int, Mapping[str, Any]]:
        """Issues and pull requests as GraphQL tells of them, by number."""
        if not self._older:
            try:
                return self.ask_about_issues(*graph.by_number(numbers, self.project))
            except TrackerError as error:
                if graph.DUPLICATES not in str(error):
                    raise
                self._older = True
        return self.ask_about_issues(*graph.by_number(numbers, self.project, duplicates=False))

    def ask_about_issues(self, text: str, names: Mapping[str, str]) -> dict[int, Mapping[str, Any]]:
        """What a query tells of the project's issues, by number."""
        doing = f"reading issues of {self.project}"
        answer = self._wire.ask(graph.query(self._address, text, names))
        if answer.status != 200:
            raise refused(answer, doing, HINTS)
        found = graph.data(answer, doing)
        if found.get("repository") is None:
            raise TrackerError(f"{doing}: the token can't see the repository", HINTS[404])
        return graph.nodes(found)

    def forget(self, *names: str) -> None:
        """Ask again: something that was remembered turned out to be no longer so."""
        for name in names:
            self._memory.put(name, None)

    def _basics(self) -> Mapping[str, Any]:
        known = self._memory.get("basics")
        if known is None:
            data = self._asked(self.project, "the project")
            viewer = graph.login(data.get("viewer"))
            if not viewer:
                raise TrackerError(f"{self._address.host} doesn't say whose token this is", HINTS[401])
            repository = graph.repository_of(data)
            known = self._memory.put("basics", {"viewer": viewer, "repository": repository._asdict()})
        return dict(known)

    def _asked(self, name: str, what: str) -> Mapping[str, Any]:
        owner, _, short = name.partition("/")
        answer = self._wire.ask(graph.query(self._address, graph.BASICS, {"owner": owner, "name": short}))
        if answer.status != 200:
            raise refused(answer, f"looking at {what} {name}", HINTS)
        data = graph.data(answer, f"looking at {what} {name}")
        if not data.get("repository"):
            raise TrackerError(
                f"{what} {name} doesn't exist on {self._address.host}, or the token can't see it", HINTS[404]
            )
        return data

    def _listed(self, path: str, doing: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for answer in self._wire.pages(Request("GET", path, PAGE, reads=True)):
            found += rows_of(answer, f"{doing} of {self.project}")
        return found


def _named(name: str) -> str:
    """What a repository is remembered under."""
    return f"repository {name.lower()}"


def rows_of(answer: Answer, doing: str) -> list[dict[str, Any]]:
    """The objects of a page. Raises `TrackerError` for anything else."""
    if answer.status != 200:
        raise refused(answer, doing, HINTS)
    data = answer.data()
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise TrackerError(f"{doing}: the answer is no list", "check tracker.base_url")
    return data
