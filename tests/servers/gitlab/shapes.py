"""What the REST interface shows of the state."""

import re
from datetime import datetime
from typing import Any

from tests.servers.gitlab import rights
from tests.servers.gitlab.entities import (
    Group,
    Issue,
    Label,
    LabelEvent,
    MergeRequest,
    Note,
    Project,
    ProtectedBranch,
    StateEvent,
    Token,
    User,
)
from tests.servers.gitlab.state import State

TASK = re.compile(r"^[ \t]*(?:[-*+]|\d+\.) \[([ xX])\] ", re.M)
LEVELS = {0: "No one", 30: "Developers + Maintainers", 40: "Maintainers"}
FEATURES = ("issues", "merge_requests", "wiki", "jobs", "snippets")


class Shapes:
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

    def issue_url(self, issue: Issue) -> str:
        return f"{self.api}/projects/{issue.project.id}/issues/{issue.iid}"

    def web_url(self, issue: Issue) -> str:
        """Newer versions call every issue a work item."""
        kind = "work_items" if self.state.numbers >= (19, 0) else "issues"
        return f"{self.root}/{issue.project.path_with_namespace}/-/{kind}/{issue.iid}"

    def issue(self, issue: Issue, viewer: User | None, *, details: bool = False) -> dict[str, Any]:
        """`details`: labels as objects. Only licensed instances show a weight."""
        url = self.issue_url(issue)
        boxes = TASK.findall(issue.description or "")
        done = sum(box != " " for box in boxes)
        duplicate = issue.duplicate_of
        assignees = [self.user(user) for user in issue.assignees]
        return {
            "id": issue.id,
            "iid": issue.iid,
            "project_id": issue.project.id,
            "title": issue.title,
            "description": issue.description,
            "state": issue.state,
            "created_at": self.time(issue.created_at),
            "updated_at": self.time(issue.updated_at),
            "closed_at": self.time(issue.closed_at),
            "closed_by": self.maybe(issue.closed_by),
            "labels": [self.label(one) if details else one.name for one in sorted(issue.labels, key=lambda x: x.name)],
            "milestone": None,
            "assignees": assignees,
            "author": self.user(issue.author),
            "type": issue.issue_type.upper(),
            "assignee": assignees[0] if assignees else None,
            "user_notes_count": sum(not note.system for note in issue.notes),
            "merge_requests_count": len({*issue.merge_requests, *issue.closing}),
            "upvotes": 0,
            "downvotes": 0,
            "start_date": None,
            "due_date": issue.due_date.isoformat() if issue.due_date else None,
            "confidential": issue.confidential,
            "discussion_locked": issue.locked or None,
            "issue_type": issue.issue_type,
            "web_url": self.web_url(issue),
            "time_stats": dict.fromkeys(("time_estimate", "total_time_spent"), 0),
            "task_completion_status": {"count": len(boxes), "completed_count": done},
            "has_tasks": bool(boxes),
            "task_status": f"{done} of {len(boxes)} checklist items completed" if boxes else "",
            "_links": {
                "self": url,
                "notes": f"{url}/notes",
                "award_emoji": f"{url}/award_emoji",
                "project": f"{self.api}/projects/{issue.project.id}",
                "closed_as_duplicate_of": self.issue_url(duplicate) if duplicate else None,
            },
            "references": self.references(issue, "#"),
            "severity": "UNKNOWN",
            "subscribed": viewer in (issue.author, *issue.assignees),
            "moved_to_id": issue.moved_to.id if issue.moved_to else None,
            "imported": False,
            "imported_from": "none",
            "service_desk_reply_to": None,
            **({"blocking_issues_count": 0} if self.state.enterprise else {}),
            **({"weight": None} if issue.project.premium else {}),
        }

    def references(self, one: Issue | MergeRequest, sign: str) -> dict[str, str]:
        short = f"{sign}{one.iid}"
        return {"short": short, "relative": short, "full": f"{one.project.path_with_namespace}{short}"}

    def merge_request(self, one: MergeRequest) -> dict[str, Any]:
        assignees = [self.user(user) for user in one.assignees]
        return {
            "id": one.id,
            "iid": one.iid,
            "project_id": one.project.id,
            "title": one.title,
            "description": one.description,
            "state": one.state,
            "created_at": self.time(one.created_at),
            "updated_at": self.time(one.updated_at),
            "merged_at": self.time(one.merged_at),
            "closed_at": self.time(one.closed_at),
            "merged_by": self.maybe(one.merged_by),
            "merge_user": self.maybe(one.merged_by),
            "source_branch": one.source_branch,
            "target_branch": one.target_branch,
            "source_project_id": one.project.id,
            "target_project_id": one.project.id,
            "author": self.user(one.author),
            "assignees": assignees,
            "assignee": assignees[0] if assignees else None,
            "reviewers": [],
            "labels": sorted(label.name for label in one.labels),
            "draft": one.draft,
            "work_in_progress": one.draft,
            "sha": one.project.branches.get(one.source_branch),
            "should_remove_source_branch": None,
            "force_remove_source_branch": one.remove_source_branch,
            "references": self.references(one, "!"),
            "web_url": f"{self.root}/{one.project.path_with_namespace}/-/merge_requests/{one.iid}",
            "user_notes_count": sum(not note.system for note in one.notes),
            "has_conflicts": False,
            "detailed_merge_status": "mergeable",
        }

    def note(self, note: Note, one: Issue | MergeRequest) -> dict[str, Any]:
        return {
            "id": note.id,
            "type": None,
            "body": note.body,
            "author": self.user(note.author),
            "created_at": self.time(note.created_at),
            "updated_at": self.time(note.updated_at),
            "system": note.system,
            "noteable_id": one.id,
            "noteable_type": type(one).__name__,
            "project_id": one.project.id,
            "resolvable": False,
            "confidential": note.internal,
            "internal": note.internal,
            "imported": False,
            "imported_from": "none",
            "noteable_iid": one.iid,
            "commands_changes": {},
        }

    def state_event(self, event: StateEvent, one: Issue | MergeRequest) -> dict[str, Any]:
        return {**self._event(event, one), "source_commit": None, "source_merge_request": None, "state": event.state}

    def label_event(self, event: LabelEvent, one: Issue | MergeRequest) -> dict[str, Any]:
        return {**self._event(event, one), "label": self.label(event.label), "action": event.action}

    def _event(self, event: StateEvent | LabelEvent, one: Issue | MergeRequest) -> dict[str, Any]:
        return {
            "id": event.id,
            "user": self.user(event.user),
            "created_at": self.time(event.at),
            "resource_type": type(one).__name__,
            "resource_id": one.id,
        }

    def protected_branch(self, one: ProtectedBranch) -> dict[str, Any]:
        def levels(level: int) -> list[dict[str, Any]]:
            return [{"id": one.id, "access_level": level, "access_level_description": LEVELS[level]}]

        return {
            "id": one.id,
            "name": one.name,
            "push_access_levels": levels(one.push),
            "merge_access_levels": levels(one.merge),
            "allow_force_push": one.allow_force_push,
            **({"code_owner_approval_required": False} if self.state.enterprise else {}),
        }

    def rights_on_branch(self, project: Project, name: str, viewer: User | None) -> dict[str, Any]:
        """What a branch says of itself."""
        rule = next((one for one in project.protected_branches if one.name == name), None)
        level = rights.level(viewer, project)
        needed = rule.push if rule else 30
        return {
            "protected": rule is not None,
            "developers_can_push": rule is not None and rule.push == 30,
            "developers_can_merge": rule is not None and rule.merge == 30,
            "can_push": bool(needed) and level >= needed,
        }
