"""One organisation with a repository, people of each kind, and a way to ask."""

from dataclasses import dataclass
from typing import Any

import requests
from github import Auth, Github

from tests.servers.github import Server


@dataclass
class World:
    """`alice` may push, `bob` is a member and may read, `mallory` is a stranger."""

    server: Server
    session: requests.Session

    def __post_init__(self) -> None:
        state = self.server.state
        self.alice, self.bob, self.mallory = (state.user(login) for login in ("alice", "bob", "mallory"))
        self.acme = state.organization("acme", self.alice, self.bob)
        self.ops = state.repository(self.acme, "ops", push=[self.alice])
        self.tokens = {one.login: state.classic_token(one) for one in (self.alice, self.bob, self.mallory)}
        self.them = self.server.people(self.ops, self.bob)

    def ask(self, method: str, path: str, body: Any = None, *, token: str | None = "", **settings: Any) -> Any:
        """As alice unless a token is named; None is nobody."""
        secret = self.tokens["alice"] if token == "" else token
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        headers.update(settings.pop("headers", {}))
        url = path if path.startswith("http") else self.server.url + path
        return self.session.request(method, url, json=body, headers=headers, allow_redirects=False, **settings)

    def query(self, text: str, token: str | None = "", **variables: Any) -> Any:
        """GraphQL."""
        return self.ask("POST", "/graphql", {"query": text, "variables": variables}, token=token).json()

    def client(self, login: str = "alice") -> Github:
        """PyGithub without its pauses and without its second tries."""
        auth = Auth.Token(self.tokens[login])
        return Github(
            base_url=self.server.url, auth=auth, retry=None, seconds_between_requests=0, seconds_between_writes=0
        )
