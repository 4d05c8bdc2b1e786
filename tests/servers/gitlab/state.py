"""All that the fake GitLab knows, and how a test sets it up."""

import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, date, timedelta, tzinfo
from typing import Any

from tests.servers.clock import Clock
from tests.servers.gitlab.entities import (
    DEVELOPER,
    OWNER,
    Group,
    Issue,
    Label,
    LabelEvent,
    MergeRequest,
    Project,
    ProtectedBranch,
    StateEvent,
    Token,
    User,
)

PREFIXES = {"personal": "glpat-", "project": "glpat-", "group": "glpat-", "job": "glcbt-64_", "oauth": ""}


class State:
    """Users, tokens, groups and projects. `lock` is held while a request is carried out."""

    def __init__(self, clock: Clock, version: str, tier: str, enterprise: bool) -> None:
        self.clock = clock
        self.version = version
        self.tier = tier
        """What groups have unless told otherwise."""
        self.enterprise = enterprise
        self.lock = threading.RLock()
        self.count_ceiling = 10_000
        """Items beyond which a listing doesn't tell how many there are."""
        self.zone: tzinfo = UTC
        """Instances of one's own write timestamps with the offset of their time zone."""
        self.strangers_refused = False
        """Whether an assignee who isn't a member fails the request; else nobody is assigned, silently."""
        self.moved_keeps_query = False
        """Whether the address to which a moved project redirects has the query of the request."""
        self.external_url: str | None = None
        """What links to further pages start with; None: the address that was asked."""
        self.users: dict[str, User] = {}
        self.tokens: dict[str, Token] = {}
        self.groups: list[Group] = []
        self.projects: list[Project] = []
        self._id = 100
        self.ghost = self.user("ghost", name="Ghost User")

    def new_id(self) -> int:
        self._id += 1
        return self._id

    @property
    def numbers(self) -> tuple[int, int]:
        """Of the version: (18, 3)."""
        major, minor = self.version.split(".")[:2]
        return int(major), int(minor)

    # Users and their tokens

    def user(self, username: str, **settings: Any) -> User:
        made = User(self.new_id(), username, settings.pop("name", username.capitalize()), **settings)
        self.users[username.lower()] = made
        return made

    def delete_user(self, user: User) -> None:
        """What the user wrote belongs to the ghost user from now on; its tokens and memberships are gone."""
        del self.users[user.username.lower()]
        self.tokens = {secret: token for secret, token in self.tokens.items() if token.user is not user}
        for group in self.groups:
            group.members.pop(user, None)
        for project in self.projects:
            project.members.pop(user, None)
            for issue in project.issues.values():
                _forget(issue, user, self.ghost)
            for request in project.merge_requests.values():
                _forget(request, user, self.ghost)

    def personal_token(self, user: User, *scopes: str, expires_at: date | None = None) -> str:
        return self._token("personal", user, scopes=scopes or ("api",), expires_at=expires_at or self._in_a_year())

    def project_token(self, project: Project, *scopes: str, level: int = DEVELOPER, **settings: Any) -> str:
        """Makes the bot user that such a token acts as."""
        return self._bot_token("project", project, scopes, level, **settings)

    def group_token(self, group: Group, *scopes: str, level: int = DEVELOPER, **settings: Any) -> str:
        """Makes the bot user that such a token acts as."""
        return self._bot_token("group", group, scopes, level, **settings)

    def _bot_token(
        self, kind: str, home: Project | Group, scopes: tuple[str, ...], level: int, expires_at: date | None = None
    ) -> str:
        bot = self.user(f"{kind}_{home.id}_bot_{self.new_id():032x}", name="tracksync", bot=True)
        home.members[bot] = level
        return self._token(kind, bot, scopes=scopes or ("api",), home=home, expires_at=expires_at or self._in_a_year())

    def oauth_token(self, user: User, *scopes: str) -> str:
        """Known as a Bearer only."""
        return self._token("oauth", user, scopes=scopes or ("api",))

    def job_token(self, user: User) -> str:
        """CI_JOB_TOKEN of a job that `user` started."""
        return self._token("job", user, scopes=())

    def _token(self, kind: str, user: User, **settings: Any) -> str:
        number = self.new_id()
        secret = f"{PREFIXES[kind]}{kind[:2]}{number:018d}"
        self.tokens[secret] = Token(number, secret, kind, user, self.clock.exact, **settings)
        return secret

    def _in_a_year(self) -> date:
        return (self.clock.now + timedelta(days=364)).date()

    def revoke(self, secret: str) -> None:
        """From now on the token is refused, and why is said."""
        self.tokens[secret].revoked = True

    def renew(self, secret: str) -> str:
        """A project's or group's access token is deleted and made anew: another bot user, and the old one is gone."""
        old = self.tokens[secret]
        assert old.home is not None
        level = old.home.members[old.user]
        self.delete_user(old.user)
        return self._bot_token(old.kind, old.home, old.scopes, level)

    # Groups and projects

    def group(self, path: str, *, parent: Group | None = None, members: Mapping[User, int] | None = None) -> Group:
        made = Group(self.new_id(), path, parent, self.tier, members=dict(members or {}))
        self.groups.append(made)
        return made

    def project(
        self, namespace: Group | User, path: str, *, members: Mapping[User, int] | None = None, **settings: Any
    ) -> Project:
        """`members`: access level by user."""
        made = Project(self.new_id(), namespace, path, self.clock.exact, members=dict(members or {}), **settings)
        if isinstance(namespace, User):
            made.members[namespace] = OWNER
        self.projects.append(made)
        return made

    def move_project(self, project: Project, path: str, namespace: Group | User | None = None) -> None:
        """Renames or transfers a project. The old path redirects."""
        project.former_paths.add(project.path_with_namespace.lower())
        project.path = path
        project.namespace = namespace or project.namespace
        project.former_paths.discard(project.path_with_namespace.lower())

    def label(self, home: Project | Group, name: str, **settings: Any) -> Label:
        """Names differ in case too."""
        made = Label(self.new_id(), name, group=home if isinstance(home, Group) else None, **settings)
        home.labels[name] = made
        return made

    def protect(self, project: Project, name: str, **settings: Any) -> ProtectedBranch:
        made = ProtectedBranch(self.new_id(), name, **settings)
        project.protected_branches.append(made)
        return made

    # Looking things up

    def find(self, id_or_path: str) -> tuple[Project | None, bool]:
        """The project, and whether this is a path that it no longer has."""
        wanted = id_or_path.lower()
        for project in self.projects:
            if wanted in (str(project.id), project.path_with_namespace.lower()):
                return project, False
        for project in self.projects:
            if wanted in project.former_paths:
                return project, True
        return None, False

    def issues(self) -> Iterator[Issue]:
        for project in self.projects:
            yield from project.issues.values()


def _forget(one: Issue | MergeRequest, user: User, ghost: User) -> None:
    for name in ("author", "closed_by", "edited_by", "merged_by"):
        if getattr(one, name, None) is user:
            setattr(one, name, ghost)
    if user in one.assignees:
        one.assignees.remove(user)
    for note in one.notes:
        note.author = ghost if note.author is user else note.author
    events: list[StateEvent | LabelEvent] = [*one.state_events, *one.label_events]
    for event in events:
        event.user = ghost if event.user is user else event.user
