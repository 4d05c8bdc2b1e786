"""One request as a route sees it: who asks, about what, and what of it they may."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.servers.github import rights
from tests.servers.github.entities import Account, App, Issue, Organization, Repository, Token
from tests.servers.github.refusals import Refused, issues_off, malformed, moved, not_found
from tests.servers.github.shapes import Shapes
from tests.servers.github.state import State
from tests.servers.messages import Answer, Request, of_json


@dataclass
class Call:
    """`params` are the parts of the path that the template names."""

    state: State
    request: Request
    token: Token | None
    params: dict[str, str] = field(default_factory=dict)
    app: App | None = None
    """Whose JSON Web Token was sent in place of a token."""

    @cached_property
    def shapes(self) -> Shapes:
        return Shapes(self.request.root, self.request.root.removesuffix("/api/v3"), self.state.enterprise)

    @property
    def viewer(self) -> Account:
        """Raises Refused (401) for anonymous requests."""
        if self.token is None:
            raise Refused(401, "Requires authentication")
        return self.token.account

    @cached_property
    def body(self) -> dict[str, Any]:
        """Raises Refused for what is no JSON object; labels alone may also come as a list."""
        try:
            value = self.request.json()
        except ValueError:
            raise Refused(400, "Problems parsing JSON") from None
        if value is None:
            return {}
        if isinstance(value, list) and self.request.path.endswith("/labels"):
            return {"labels": value}
        if not isinstance(value, dict):
            raise Refused(400, "Body should be a JSON object")
        return value

    @cached_property
    def repository(self) -> Repository:
        """The one that the path names. Raises Refused: 404 for what may not be seen, 301 for a former name."""
        found, former = self.state.find(self.params["owner"], self.params["repo"])
        if found is None or not rights.sees(self.token, found):
            raise not_found()
        if former:
            rest = self.request.path.split("/", 4)[4:]
            raise moved("/".join([f"{self.request.root}/repositories/{found.id}", *rest]))
        return found

    @cached_property
    def tracker(self) -> Repository:
        """The repository, if its issues are on and this token may read them."""
        self.granted("issues", "read")
        if not self.repository.has_issues:
            raise issues_off()
        return self.repository

    @cached_property
    def issue(self) -> Issue:
        """The one that the path names, pull requests included."""
        return self.numbered(self.params["issue_number"])

    def numbered(self, number: str) -> Issue:
        """Raises Refused: 404, 410 for a deleted one, 301 for one that was transferred."""
        self.granted("issues", "read")
        issue = self.repository.issues.get(int(number)) if number.isdecimal() else None
        if not ((issue and issue.pull) or self.repository.has_issues):
            raise issues_off()
        if issue is None:
            raise not_found()
        if issue.deleted:
            raise Refused(410, "This issue was deleted")
        if issue.moved_to is None:
            return issue
        target = issue.moved_to.repository
        if not rights.sees(self.token, target):
            raise not_found()
        rest = self.request.path.partition(f"/issues/{number}")[2]
        raise moved(f"{self.request.root}/repositories/{target.id}/issues/{issue.moved_to.number}{rest}")

    @property
    def pushes(self) -> bool:
        return rights.at_least(rights.effective(self.token, self.repository), "write")

    def granted(self, area: str, wanted: str) -> None:
        """Raises Refused (403) where a token with fine-grained permissions lacks one; classic tokens have none."""
        self.granted_in(self.repository, area, wanted)

    def granted_in(self, repository: Repository, area: str, wanted: str) -> None:
        token = self.token
        if token is None or token.kind == "classic":
            return
        public_read = wanted == "read" and not repository.private
        enough = token.permissions.get(area) in ({"write"} if wanted == "write" else {"read", "write"})
        if not public_read and not (enough and rights.reaches(token, repository)):
            kind = "integration" if token.kind == "installation" else "personal access token"
            raise Refused(
                403, f"Resource not accessible by {kind}", {"X-Accepted-GitHub-Permissions": f"{area}={wanted}"}
            )

    def writes(self) -> None:
        """Raises Refused where nobody may write: not signed in, archived, or a permission is missing."""
        if self.viewer and self.tracker.archived:
            raise Refused(403, "Repository was archived so is read-only.")
        if self.token and self.token.kind == "classic" and not rights.scoped(self.token, self.repository):
            raise not_found()
        self.granted("issues", "write")

    def pushing(self) -> None:
        """Raises Refused for a caller without push access."""
        self.writes()
        if not self.pushes:
            raise Refused(403, "Must have push access to repository")

    def organization(self) -> Organization:
        found = self.state.accounts.get(self.params["org"].lower())
        if not isinstance(found, Organization):
            raise not_found()
        return found

    def organization_right(self, one: Organization, name: str, wanted: str, scopes: tuple[str, ...]) -> None:
        """Raises Refused: 403 for a token without the right (a workflow's never has one), 404 for strangers."""
        token = self.token
        if self.viewer and token and token.kind == "classic":
            if not set(scopes) & set(token.scopes):
                raise Refused(403, f"Your token has not been granted the required scopes: {', '.join(scopes)}.")
        elif token and token.permissions.get(name) not in (wanted, "write", "admin"):
            kind = "integration" if token.kind == "installation" else "personal access token"
            raise Refused(403, f"Resource not accessible by {kind}")
        installed = token and token.installation and token.installation.account is one
        if not installed and self.viewer not in one.members | one.owners:
            raise not_found()

    def text(self, name: str, *, needed: bool = False) -> str | None:
        """A text of the body; None if absent or null. Raises Refused (422) for another type."""
        value = self.body.get(name)
        if value is None and needed:
            raise Refused(422, f'Invalid request.\n\n"{name}" wasn\'t supplied.')
        if value is not None and not isinstance(value, str):
            raise malformed(name, "a string")
        return value

    def texts(self, name: str) -> list[str]:
        """A list of texts, or of objects with a name. Raises Refused (422) for anything else."""
        value = self.body.get(name)
        if not isinstance(value, list):
            raise malformed(name, "an array")
        found = [one.get("name") if isinstance(one, dict) else one for one in value]
        if not all(isinstance(one, str) for one in found):
            raise malformed(name, "an array of strings")
        return found


def ok(value: object) -> Answer:
    return of_json(200, value)


def created(value: object, location: str | None = None) -> Answer:
    return of_json(201, value, {"Location": location} if location else None)


def no_content() -> Answer:
    return Answer(204)
