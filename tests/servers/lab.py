"""What the probe tests of the fake GitLab share: two projects, people of each kind, and a way to ask."""

from dataclasses import dataclass
from typing import Any

import requests
from gitlab import Gitlab

from tests.servers.gitlab import Server
from tests.servers.gitlab.entities import GUEST, MAINTAINER


@dataclass
class Lab:
    """`alice` is a maintainer of the private project acme/ops, `bob` a guest, `mallory` a stranger."""

    server: Server
    session: requests.Session

    def __post_init__(self) -> None:
        state = self.server.state
        self.alice, self.bob, self.mallory = (state.user(name) for name in ("alice", "bob", "mallory"))
        self.acme = state.group("acme")
        self.other = state.project(self.acme, "other", members={self.alice: MAINTAINER})
        self.ops = state.project(
            self.acme, "ops", visibility="private", members={self.alice: MAINTAINER, self.bob: GUEST}
        )
        self.tokens = {one.username: state.personal_token(one) for one in (self.alice, self.bob, self.mallory)}
        self.them = self.server.people(self.ops, self.alice)
        self.there = self.server.people(self.other, self.alice)
        self.there.opens("so that iid and id differ")

    @property
    def issues(self) -> str:
        return f"/projects/{self.ops.id}/issues"

    def ask(self, method: str, path: str, body: Any = None, *, token: str | None = "", **settings: Any) -> Any:
        """As alice unless a token is named; None is nobody. The path is one below /api/v4, or a whole URL."""
        secret = self.tokens["alice"] if token == "" else token
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        headers.update(settings.pop("headers", {}))
        url = path if path.startswith("http") else f"{self.server.url}/api/v4{path}"
        return self.session.request(method, url, json=body, headers=headers, allow_redirects=False, **settings)

    def client(self, name: str = "alice") -> Gitlab:
        return Gitlab(self.server.url, oauth_token=self.tokens[name], timeout=5)
