"""What the REST interface shows of issues, merge requests and what happens to them."""

import re
from typing import Any

from tests.servers.gitlab import rights
from tests.servers.gitlab.basics import Basics
from tests.servers.gitlab.entities import (
    Issue,
    LabelEvent,
    MergeRequest,
    Note,
    Project,
    ProtectedBranch,
    StateEvent,
    User,
)

TASK = re.compile(r"^[ \t]*(?:[-*+]|\d+\.) \[([ xX])\] ", re.M)
LEVELS = {0: "No one", 30: "Developers + Maintainers", 40: "Maintainers"}


class Shapes(Basics):
    """All of it."""

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
