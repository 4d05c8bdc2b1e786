"""One request as a route sees it: who asks, about what, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.servers.gitlab import rights
from tests.servers.gitlab.entities import Issue, MergeRequest, Project, Token, User
from tests.servers.gitlab.refusals import bad_value, error, forbidden, moved, not_found, unauthorized
from tests.servers.gitlab.shapes import Shapes
from tests.servers.gitlab.state import State
from tests.servers.messages import Answer, Request, of_json

FLAGS = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}


@dataclass
class Call:
    """`params` are the parts of the path that the template names."""

    state: State
    request: Request
    token: Token | None
    params: dict[str, str] = field(default_factory=dict)

    @cached_property
    def shapes(self) -> Shapes:
        return Shapes(self.state, self.request.root)

    @property
    def user(self) -> User | None:
        return self.token.user if self.token else None

    @property
    def viewer(self) -> User:
        """Raises Refused (401) for anonymous requests."""
        if self.token is None:
            raise unauthorized()
        return self.token.user

    @cached_property
    def given(self) -> dict[str, Any]:
        """Query and body together, as GitLab reads them; `labels[]` is `labels`. Raises Refused for broken JSON."""
        found = {**self.request.query, **self._body()}
        return {name.removesuffix("[]"): value for name, value in found.items()}

    def _body(self) -> dict[str, Any]:
        if self.request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return dict(parse_qsl(self.request.body.decode(), keep_blank_values=True))
        try:
            value = self.request.json()
        except ValueError:
            raise error(400, "The provided params are not valid JSON") from None
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise error(400, "body is invalid")
        return value

    @cached_property
    def project(self) -> Project:
        """The one that the path names. Raises Refused: 404 for what may not be seen, a redirect for a former path."""
        found, former = self.state.find(self.params["id"])
        if found is None or not rights.sees(self.user, found):
            raise not_found("Project")
        if former:
            rest = "/".join(["", *self.request.path.split("/", 3)[3:]])
            query = f"?{urlencode(self.request.query)}" if self.state.moved_keeps_query and self.request.query else ""
            raise moved(f"{self.request.root}/api/v4/projects/{found.id}{rest}{query}")
        return found

    @cached_property
    def issue(self) -> Issue:
        """Raises Refused: 404 where it isn't there or not for this user's eyes, 400 for what is no number."""
        found = self.project.issues.get(self.number("issue_iid"))
        if found is None or not rights.reads(self.user, found):
            raise not_found()
        return found

    @cached_property
    def merge_request(self) -> MergeRequest:
        found = self.project.merge_requests.get(self.number("merge_request_iid"))
        if found is None:
            raise not_found()
        return found

    def number(self, name: str) -> int:
        if not self.params[name].isdecimal():
            raise error(400, f"{name} is invalid")
        return int(self.params[name])

    def at_least(self, level: int) -> None:
        """Raises Refused (401, 403) for anonymous callers and for those with less than this access level."""
        if rights.level(self.viewer, self.project) < level:
            raise forbidden()

    # What the request says. All raise Refused (400) for values that don't fit.

    def text(self, name: str) -> str | None:
        """None if absent or null; numbers count as texts."""
        value = self.given.get(name)
        if isinstance(value, list | dict):
            raise error(400, f"{name} is invalid")
        return None if value is None else str(value)

    def needed(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise error(400, f"{name} is missing")
        return value

    def choice(self, name: str, values: Sequence[str], otherwise: str) -> str:
        value = self.text(name)
        if value is None:
            return otherwise
        if value not in values:
            raise bad_value(name)
        return value

    def flag(self, name: str) -> bool | None:
        value = self.given.get(name)
        if value is None or value == "":
            return None
        found = FLAGS.get(str(value).lower())
        if found is None:
            raise error(400, f"{name} is invalid")
        return found

    def integers(self, name: str) -> list[int] | None:
        """A list, or numbers with commas between them; an empty text is an empty list. None if absent."""
        if name not in self.given:
            return None
        value = self.given[name]
        items = value if isinstance(value, list) else str("" if value is None else value).split(",")
        found = [str(item).strip() for item in items if item not in ("", None)]
        if not all(item.isdecimal() for item in found):
            raise error(400, f"{name} is invalid")
        return [int(item) for item in found]

    def names(self, name: str) -> list[str] | None:
        """Texts with commas between them, or a list of such. None if absent or null."""
        value = self.given.get(name)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str | int) for item in items):
            raise error(400, f"{name} is invalid")
        split = [part.strip() for item in items for part in str(item).split(",")]
        return list(dict.fromkeys(part for part in split if part))


def ok(value: object) -> Answer:
    return of_json(200, value)


def created(value: object) -> Answer:
    return of_json(201, value)
