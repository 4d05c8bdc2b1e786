"""All that the fake GitHub knows, and how a test sets it up."""

import threading
from collections.abc import Iterable, Iterator
from typing import Any

from tests.servers.clock import Clock
from tests.servers.github.definitions import IssueField, IssueType, Option, ProjectField
from tests.servers.github.entities import (
    Account,
    App,
    Installation,
    Issue,
    Label,
    Milestone,
    Organization,
    Project,
    Repository,
    Token,
)

GHOST = 10137
ACTIONS = 41898282
"""The ids that the ghost user and github-actions[bot] have on github.com."""


class State:
    """Accounts, tokens, repositories and apps. `lock` is held while a request is carried out."""

    def __init__(self, clock: Clock, enterprise: str | None = None) -> None:
        self.clock = clock
        self.enterprise = enterprise
        """The version of a GitHub Enterprise Server; None: github.com."""
        self.lock = threading.RLock()
        self.page_ceiling = 10_000
        """Items beyond which a listing can't be paged by number."""
        self.ghost = Account(GHOST, "ghost")
        self.actions = Account(ACTIONS, "github-actions[bot]", "Bot")
        self.accounts: dict[str, Account] = {a.login.lower(): a for a in (self.ghost, self.actions)}
        self.tokens: dict[str, Token] = {}
        self.repositories: list[Repository] = []
        self.apps: dict[int, App] = {}
        self.installations: list[Installation] = []
        self._id = 1000

    def new_id(self) -> int:
        self._id += 1
        return self._id

    # Accounts and their tokens

    def user(self, login: str, type: str = "User") -> Account:
        return self._account(Account(self.new_id(), login, type))

    def organization(self, login: str, *members: Account, **settings: Any) -> Organization:
        made = Organization(self.new_id(), login, members=set(members), **settings)
        self._account(made)
        return made

    def _account(self, made: Account) -> Account:
        self.accounts[made.login.lower()] = made
        return made

    def delete_user(self, account: Account) -> None:
        """What the account wrote belongs to the ghost user from now on; its tokens and rights are gone."""
        del self.accounts[account.login.lower()]
        self.tokens = {secret: token for secret, token in self.tokens.items() if token.account is not account}
        for repository in self.repositories:
            repository.collaborators.pop(account, None)
            for issue in repository.issues.values():
                _forget(issue, account, self.ghost)

    def classic_token(self, account: Account, *scopes: str) -> str:
        return self._token("ghp_", "classic", account, scopes=scopes or ("repo",))

    def fine_grained_token(self, account: Account, repositories: list[Repository] | None, **permissions: str) -> str:
        """`permissions` such as issues="write"; metadata is always readable."""
        rights = {"metadata": "read", **permissions}
        return self._token("github_pat_", "fine-grained", account, repositories=repositories, permissions=rights)

    def actions_token(self, repository: Repository, **permissions: str) -> str:
        """What a workflow run gets as GITHUB_TOKEN."""
        rights = {"metadata": "read", **(permissions or {"issues": "write", "contents": "write"})}
        return self._token(
            "ghs_", "installation", self.actions, repositories=[repository], permissions=rights, hourly=1000
        )

    def installation_token(self, installation: Installation, **narrowed: Any) -> str:
        settings = {"permissions": installation.permissions, "repositories": installation.repositories, **narrowed}
        return self._token("ghs_", "installation", installation.app.bot, installation=installation, **settings)

    def _token(self, prefix: str, kind: str, account: Account, **settings: Any) -> str:
        secret = f"{prefix}{kind[0]}{self.new_id():036d}"
        self.tokens[secret] = Token(secret, kind, account, **settings)
        return secret

    def app(self, slug: str, owner: Account, public_key: str) -> App:
        """`public_key`: PEM of the key with which its JSON Web Tokens are checked."""
        made = App(self.new_id(), slug, self.user(f"{slug}[bot]", "Bot"), owner, public_key)
        self.apps[made.id] = made
        return made

    def install(self, app: App, account: Account, repositories: list[Repository] | None = None, **rights: str) -> Any:
        permissions = {"metadata": "read", **rights}
        made = Installation(self.new_id(), app, account, permissions, repositories)
        self.installations.append(made)
        return made

    # Repositories and what organisations define

    def repository(self, owner: Account, name: str, *, push: Iterable[Account] = (), **settings: Any) -> Repository:
        made = Repository(self.new_id(), owner, name, self.clock.now, **settings)
        made.collaborators.update(dict.fromkeys(push, "write"))
        self.repositories.append(made)
        return made

    def rename(self, repository: Repository, name: str, owner: Account | None = None) -> None:
        """Also a transfer, with another owner. The old address redirects."""
        repository.former_names.add(repository.full_name.lower())
        repository.name = name
        repository.owner = owner or repository.owner
        repository.former_names.discard(repository.full_name.lower())

    def label(self, repository: Repository, name: str, color: str = "ededed", description: str | None = None) -> Label:
        made = Label(self.new_id(), name, color, description)
        repository.labels[name.lower()] = made
        return made

    def milestone(self, repository: Repository, title: str, creator: Account) -> Milestone:
        made = Milestone(self.new_id(), len(repository.milestones) + 1, title, creator, self.clock.now)
        repository.milestones[made.number] = made
        return made

    def issue_field(
        self, organization: Organization, name: str, data_type: str, options: Iterable[str] = ()
    ) -> IssueField:
        """Raises ValueError on an Enterprise Server, which has none."""
        if self.enterprise:
            raise ValueError("an Enterprise Server has no issue fields")
        choices = tuple(Option(self.new_id(), option) for option in options)
        made = IssueField(self.new_id(), name, data_type, choices)
        organization.issue_fields = [*(organization.issue_fields or []), made]
        return made

    def issue_type(self, organization: Organization, name: str) -> IssueType:
        made = IssueType(self.new_id(), name)
        organization.issue_types = [*(organization.issue_types or []), made]
        return made

    def project(self, organization: Organization, title: str) -> Project:
        made = Project(self.new_id(), len(organization.projects) + 1, title)
        organization.projects[made.number] = made
        return made

    def project_field(self, project: Project, name: str, data_type: str, options: Iterable[str] = ()) -> ProjectField:
        made = ProjectField(self.new_id(), name, data_type, {f"{self.new_id():08x}": option for option in options})
        project.fields.append(made)
        return made

    # Looking things up

    def find(self, owner: str, name: str) -> tuple[Repository | None, bool]:
        """The repository, and whether this is a name that it no longer has."""
        wanted = f"{owner}/{name}".lower()
        for repository in self.repositories:
            if repository.full_name.lower() == wanted:
                return repository, False
        for repository in self.repositories:
            if wanted in repository.former_names:
                return repository, True
        return None, False

    def issues(self) -> Iterator[Issue]:
        for repository in self.repositories:
            yield from repository.issues.values()


def _forget(issue: Issue, account: Account, ghost: Account) -> None:
    if issue.author is account:
        issue.author = ghost
    if issue.closed_by is account:
        issue.closed_by = ghost
    if account in issue.assignees:
        issue.assignees.remove(account)
    for one in [*issue.comments, *issue.timeline]:
        holder = "author" if hasattr(one, "author") else "actor"
        if getattr(one, holder) is account:
            setattr(one, holder, ghost)
