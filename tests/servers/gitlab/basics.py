"""What the REST interface shows of people, tokens, projects and labels."""

from datetime import datetime
from typing import Any

from tests.servers.gitlab.entities import Group, Label, Project, Token, User
from tests.servers.gitlab.state import State

FEATURES = ("issues", "merge_requests", "wiki", "jobs", "snippets")


class Basics:
    """`root`: scheme, host and prefix of the instance; links for people start with it too."""

    def __init__(self, state: State, root: str) -> None:
        self.state = state
        self.root = root
        self.api = f"{root}/api/v4"

    def time(self, moment: datetime | None) -> str | None:
        """With milliseconds: `2026-03-01T12:00:00.000Z`, or with the offset of the instance's time zone."""
        if moment is None:
            return None
        return moment.astimezone(self.state.zone).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def version(self) -> dict[str, Any]:
        """`-ee` marks an Enterprise Edition, licensed or not."""
        state = self.state
        full = state.version if state.version.count(".") > 1 else f"{state.version}.1"
        full = f"{full}-ee" if state.enterprise and "-" not in full else full
        return {"version": full, "revision": "f4d029d2da8", "enterprise": state.enterprise}

    def user(self, user: User) -> dict[str, Any]:
        return {
            "id": user.id,
            "username": user.username,
            "public_email": None,
            "name": user.name,
            "state": user.state,
            "locked": False,
            "avatar_url": None,
            "web_url": f"{self.root}/{user.username}",
        }

    def maybe(self, user: User | None) -> dict[str, Any] | None:
        return self.user(user) if user else None

    def myself(self, user: User) -> dict[str, Any]:
        """GET /user"""
        mail = f"{user.username}@example.com"
        return {**self.user(user), "bot": user.bot, "email": mail, "commit_email": mail, "external": False}

    def member(self, user: User, level: int) -> dict[str, Any]:
        return {**self.user(user), "access_level": level, "expires_at": None, "membership_state": "active"}

    def token(self, token: Token) -> dict[str, Any]:
        return {
            "id": token.id,
            "name": token.name,
            "revoked": token.revoked,
            "created_at": self.time(token.created_at),
            "description": "",
            "scopes": list(token.scopes),
            "user_id": token.user.id,
            "last_used_at": self.time(self.state.clock.exact),
            "active": True,
            "granular": False,
            "expires_at": token.expires_at.isoformat() if token.expires_at else None,
        }

    def namespace(self, project: Project) -> dict[str, Any]:
        home = project.namespace
        group = isinstance(home, Group)
        path = home.path if isinstance(home, Group) else home.username
        return {
            "id": home.id,
            "name": path,
            "path": path,
            "kind": "group" if group else "user",
            "full_path": home.full_path if isinstance(home, Group) else path,
            "parent_id": home.parent.id if isinstance(home, Group) and home.parent else None,
            "web_url": f"{self.root}/{'groups/' if group else ''}{path}",
        }

    def project(self, project: Project, viewer: User | None) -> dict[str, Any]:
        """Strangers don't see what a member's page says about permissions and features."""
        path, url = project.path_with_namespace, f"{self.api}/projects/{project.id}"
        basic = {
            "id": project.id,
            "description": None,
            "name": project.path,
            "name_with_namespace": path.replace("/", " / "),
            "path": project.path,
            "path_with_namespace": path,
            "created_at": self.time(project.created_at),
            "default_branch": project.default_branch,
            "ssh_url_to_repo": f"git@gitlab.example.com:{path}.git",
            "http_url_to_repo": f"{self.root}/{path}.git",
            "web_url": f"{self.root}/{path}",
            "namespace": self.namespace(project),
            "_links": {"self": url, "issues": f"{url}/issues"},
            "visibility": project.visibility,
        }
        if viewer is None:
            return basic
        return {
            **basic,
            "archived": project.archived,
            "empty_repo": False,
            "issues_enabled": project.issues_access_level != "disabled",
            "merge_requests_enabled": True,
            **{f"{name}_access_level": "enabled" for name in FEATURES},
            "issues_access_level": project.issues_access_level,
            "permissions": self.permissions(project, viewer),
        }

    def permissions(self, project: Project, viewer: User) -> dict[str, Any]:
        """Of a membership of the project itself, and of one of a group around it."""
        direct = project.members.get(viewer)
        inherited = max((group.members.get(viewer, 0) for group in project.groups), default=0)
        return {
            "project_access": {"access_level": direct, "notification_level": 3} if direct else None,
            "group_access": {"access_level": inherited, "notification_level": 3} if inherited else None,
        }

    def label(self, label: Label) -> dict[str, Any]:
        return {
            "id": label.id,
            "name": label.name,
            "description": label.description,
            "description_html": label.description or "",
            "text_color": "#FFFFFF",
            "color": label.color,
            "archived": False,
        }
