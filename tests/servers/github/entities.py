"""The things that GitHub keeps: accounts, repositories, issues."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.servers.github.definitions import IssueField, IssueType, ProjectField

LEVELS = ("none", "read", "triage", "write", "maintain", "admin")
"""What an account may do in a repository, in rising order."""


@dataclass(eq=False)
class Account:
    """A person, a bot or an organisation."""

    id: int
    login: str
    type: str = "User"

    @property
    def node_id(self) -> str:
        return f"{ {'User': 'U', 'Bot': 'BOT', 'Organization': 'O'}[self.type] }_kgDO{self.id:06x}"


@dataclass(eq=False)
class Project:
    """A board of an organisation (Projects v2)."""

    id: int
    number: int
    title: str
    fields: list[ProjectField] = field(default_factory=list)
    items: list["ProjectItem"] = field(default_factory=list)

    @property
    def node_id(self) -> str:
        return f"PVT_kwDO{self.id:06x}"


@dataclass(eq=False)
class ProjectItem:
    """An issue on a board, with its values by field id: a text, a number, or an option's id."""

    id: int
    issue: "Issue"
    creator: Account
    created_at: datetime
    updated_at: datetime
    values: dict[int, Any] = field(default_factory=dict)
    archived_at: datetime | None = None

    @property
    def node_id(self) -> str:
        return f"PVTI_lADO{self.id:06x}"


@dataclass(eq=False)
class Organization(Account):
    """`issue_fields` and `issue_types` are None where the feature is off."""

    type: str = "Organization"
    members: set[Account] = field(default_factory=set)
    owners: set[Account] = field(default_factory=set)
    base_permission: str = "read"
    issue_fields: list[IssueField] | None = None
    issue_types: list[IssueType] | None = None
    projects: dict[int, Project] = field(default_factory=dict)


@dataclass(eq=False)
class Label:
    id: int
    name: str
    color: str = "ededed"
    description: str | None = None

    @property
    def node_id(self) -> str:
        return f"LA_kwDO{self.id:06x}"


@dataclass(eq=False)
class Milestone:
    id: int
    number: int
    title: str
    creator: Account
    created_at: datetime

    @property
    def node_id(self) -> str:
        return f"MI_kwDO{self.id:06x}"


@dataclass(eq=False)
class Comment:
    id: int
    author: Account
    body: str
    created_at: datetime
    updated_at: datetime

    @property
    def node_id(self) -> str:
        return f"IC_kwDO{self.id:06x}"


@dataclass(eq=False)
class Event:
    """One line of an issue's timeline. `detail` holds what the kind needs: label, assignee, rename, state_reason …"""

    id: int
    kind: str
    actor: Account
    at: datetime
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        return f"{self.kind[:3].upper()}E_lADO{self.id:06x}"


@dataclass(frozen=True)
class Edit:
    """One version of a body. GitHub keeps the first one when the second is made."""

    at: datetime
    editor: Account
    text: str


@dataclass(eq=False)
class Pull:
    """What makes an issue a pull request."""

    draft: bool = False
    merged_at: datetime | None = None


@dataclass(eq=False)
class Issue:
    id: int
    number: int
    repository: "Repository"
    title: str
    body: str | None
    author: Account
    created_at: datetime
    updated_at: datetime
    state: str = "open"
    state_reason: str | None = None
    labels: list[Label] = field(default_factory=list)
    assignees: list[Account] = field(default_factory=list)
    milestone: Milestone | None = None
    type: IssueType | None = None
    values: dict[int, Any] = field(default_factory=dict)
    """Values of the organisation's issue fields, by field id: text, number, or names of options."""
    closed_at: datetime | None = None
    closed_by: Account | None = None
    locked: bool = False
    lock_reason: str | None = None
    comments: list[Comment] = field(default_factory=list)
    timeline: list[Event] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    pull: Pull | None = None
    closing_pulls: list["Issue"] = field(default_factory=list)
    blocked_by: list["Issue"] = field(default_factory=list)
    duplicate_of: "Issue | None" = None
    deleted: bool = False
    moved_to: "Issue | None" = None

    @property
    def node_id(self) -> str:
        return f"{'PR' if self.pull else 'I'}_kwDO{self.id:06x}"


@dataclass(eq=False)
class Repository:
    id: int
    owner: Account
    name: str
    created_at: datetime
    visibility: str = "public"
    has_issues: bool = True
    archived: bool = False
    default_branch: str = "main"
    collaborators: dict[Account, str] = field(default_factory=dict)
    contributors: set[Account] = field(default_factory=set)
    former_names: set[str] = field(default_factory=set)
    """Full names in lower case under which it was known."""
    labels: dict[str, Label] = field(default_factory=dict)
    """By name in lower case: names of labels differ in more than case."""
    issues: dict[int, Issue] = field(default_factory=dict)
    milestones: dict[int, Milestone] = field(default_factory=dict)
    branch_rules: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        return f"{self.owner.login}/{self.name}"

    @property
    def private(self) -> bool:
        return self.visibility != "public"

    @property
    def node_id(self) -> str:
        return f"R_kgDO{self.id:06x}"

    @property
    def organization(self) -> Organization | None:
        return self.owner if isinstance(self.owner, Organization) else None


@dataclass(eq=False)
class App:
    """A GitHub App; `slug[bot]` is the account that acts through its installations."""

    id: int
    slug: str
    bot: Account
    owner: Account
    public_key: str


@dataclass(eq=False)
class Installation:
    """An app in an account. `repositories` None: all of the account's."""

    id: int
    app: App
    account: Account
    permissions: dict[str, str]
    repositories: list[Repository] | None = None
    lifetime: int = 3600
    """Seconds that a token lives."""


@dataclass(eq=False)
class Token:
    """A secret that stands for an account. Kinds: classic, fine-grained, installation."""

    secret: str
    kind: str
    account: Account
    scopes: tuple[str, ...] = ()
    permissions: dict[str, str] = field(default_factory=dict)
    repositories: list[Repository] | None = None
    """None: all that the account (or the installation's account) has."""
    installation: Installation | None = None
    expires_at: datetime | None = None
    hourly: int = 5000
