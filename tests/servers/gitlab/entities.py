"""The things that GitLab keeps: users, tokens, groups, projects, issues, merge requests."""

from dataclasses import dataclass, field
from datetime import date, datetime

GUEST, PLANNER, REPORTER, DEVELOPER, MAINTAINER, OWNER = 10, 15, 20, 30, 40, 50


@dataclass(eq=False)
class User:
    """A person, or the bot that stands behind a project's or group's access token."""

    id: int
    username: str
    name: str
    state: str = "active"
    """active, blocked"""
    bot: bool = False
    admin: bool = False


@dataclass(eq=False)
class Token:
    """`kind`: personal, project, group, oauth, job."""

    id: int
    secret: str
    kind: str
    user: User
    created_at: datetime
    scopes: tuple[str, ...] = ("api",)
    name: str = "tracksync"
    expires_at: date | None = None
    revoked: bool = False
    home: "Project | Group | None" = None
    """Where a project's or group's access token was made."""


@dataclass(eq=False)
class Label:
    """`group` is None for a label of a project."""

    id: int
    name: str
    color: str = "#6699cc"
    description: str | None = None
    group: "Group | None" = None


@dataclass(eq=False)
class Group:
    """A namespace, inside another one or on its own. `tier`: free, premium; the topmost group's counts."""

    id: int
    path: str
    parent: "Group | None" = None
    tier: str = "free"
    visibility: str = "public"
    members: dict[User, int] = field(default_factory=dict)
    """Access level by user."""
    labels: dict[str, Label] = field(default_factory=dict)

    @property
    def full_path(self) -> str:
        return f"{self.parent.full_path}/{self.path}" if self.parent else self.path

    @property
    def premium(self) -> bool:
        return self.chain[-1].tier != "free"

    @property
    def chain(self) -> "list[Group]":
        """The group and those around it."""
        return [self, *(self.parent.chain if self.parent else [])]


@dataclass(eq=False)
class Note:
    id: int
    body: str
    author: User
    created_at: datetime
    updated_at: datetime
    system: bool = False
    internal: bool = False


@dataclass(eq=False)
class StateEvent:
    """`state`: closed, reopened, merged."""

    id: int
    user: User
    at: datetime
    state: str


@dataclass(eq=False)
class LabelEvent:
    """`action`: add, remove."""

    id: int
    user: User
    at: datetime
    label: Label
    action: str


@dataclass(frozen=True)
class Status:
    """A work item's status. `category`: to_do, in_progress, done, canceled, triage."""

    id: int
    name: str
    category: str


STATUSES = (
    Status(1, "To do", "to_do"),
    Status(2, "In progress", "in_progress"),
    Status(3, "Done", "done"),
    Status(4, "Won't do", "canceled"),
    Status(5, "Duplicate", "canceled"),
)
"""What GitLab itself defines; the first is that of an open issue, the third that of a closed one."""


@dataclass(frozen=True)
class Command:
    """A quick action that was found in a text, and carried out as far as the fake knows it."""

    name: str
    argument: str


@dataclass(eq=False)
class Issue:
    """`id` is unique in the instance, `iid` in the project."""

    id: int
    iid: int
    project: "Project"
    title: str
    description: str | None
    author: User
    created_at: datetime
    updated_at: datetime
    state: str = "opened"
    """opened, closed"""
    issue_type: str = "issue"
    labels: list[Label] = field(default_factory=list)
    assignees: list[User] = field(default_factory=list)
    due_date: date | None = None
    confidential: bool = False
    locked: bool = False
    status: Status = STATUSES[0]
    closed_at: datetime | None = None
    closed_by: User | None = None
    edited_at: datetime | None = None
    """When the title or the description was last changed, and by whom."""
    edited_by: User | None = None
    notes: list[Note] = field(default_factory=list)
    state_events: list[StateEvent] = field(default_factory=list)
    label_events: list[LabelEvent] = field(default_factory=list)
    duplicate_of: "Issue | None" = None
    moved_to: "Issue | None" = None
    related: "list[Issue]" = field(default_factory=list)
    merge_requests: "list[MergeRequest]" = field(default_factory=list)
    """Those that mention the issue."""
    closing: "list[MergeRequest]" = field(default_factory=list)
    """Those that will close it."""
    commands: list[Command] = field(default_factory=list)


@dataclass(eq=False)
class MergeRequest:
    id: int
    iid: int
    project: "Project"
    title: str
    description: str | None
    author: User
    created_at: datetime
    updated_at: datetime
    source_branch: str
    target_branch: str
    state: str = "opened"
    """opened, closed, merged"""
    labels: list[Label] = field(default_factory=list)
    assignees: list[User] = field(default_factory=list)
    remove_source_branch: bool = False
    merged_at: datetime | None = None
    closed_at: datetime | None = None
    merged_by: User | None = None
    notes: list[Note] = field(default_factory=list)
    state_events: list[StateEvent] = field(default_factory=list)
    label_events: list[LabelEvent] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)

    @property
    def draft(self) -> bool:
        return self.title.lower().startswith(("draft:", "[draft]", "(draft)"))


@dataclass(frozen=True)
class ProtectedBranch:
    """`push`, `merge`: the access level that is needed; 0 is nobody. `name` may be a pattern: `release/*`."""

    id: int
    name: str
    push: int = MAINTAINER
    merge: int = MAINTAINER
    allow_force_push: bool = False


@dataclass(eq=False)
class Project:
    """`namespace` is a group or, for a personal project, a user."""

    id: int
    namespace: Group | User
    path: str
    created_at: datetime
    visibility: str = "public"
    """public, internal, private"""
    issues_access_level: str = "enabled"
    """enabled, private (members only), disabled"""
    archived: bool = False
    default_branch: str = "main"
    members: dict[User, int] = field(default_factory=dict)
    former_paths: set[str] = field(default_factory=set)
    labels: dict[str, Label] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    merge_requests: dict[int, MergeRequest] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=lambda: {"main": "a" * 40})
    """Commit by name."""
    protected_branches: list[ProtectedBranch] = field(default_factory=list)
    last_iid: int = 0

    @property
    def path_with_namespace(self) -> str:
        above = self.namespace.full_path if isinstance(self.namespace, Group) else self.namespace.username
        return f"{above}/{self.path}"

    @property
    def groups(self) -> list[Group]:
        """Those that the project is in, the nearest first."""
        return self.namespace.chain if isinstance(self.namespace, Group) else []

    @property
    def homes(self) -> "list[Project | Group]":
        """What members and labels may belong to."""
        return [self, *self.groups]

    @property
    def premium(self) -> bool:
        return bool(self.groups) and self.groups[0].premium
