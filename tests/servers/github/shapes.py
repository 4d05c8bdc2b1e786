"""What the REST interface shows of the state, in the shapes of GitHub's OpenAPI description."""

from typing import Any

from tests.servers.clock import written
from tests.servers.github.definitions import IssueField, IssueType
from tests.servers.github.entities import LEVELS, Account, Comment, Event, Issue, Label, Milestone, Repository, Token
from tests.servers.github.rights import association, at_least, effective

ACCOUNT_LINKS = {
    "followers_url": "followers",
    "following_url": "following{/other_user}",
    "gists_url": "gists{/gist_id}",
    "starred_url": "starred{/owner}{/repo}",
    "subscriptions_url": "subscriptions",
    "organizations_url": "orgs",
    "repos_url": "repos",
    "events_url": "events{/privacy}",
    "received_events_url": "received_events",
}
ZERO_REACTIONS = dict.fromkeys(("total_count", "+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"), 0)


class Shapes:
    """`root` starts every link; `site` every link for people."""

    def __init__(self, root: str, site: str, enterprise: str | None = None) -> None:
        self.root = root
        self.site = site
        self.enterprise = enterprise

    def account(self, account: Account) -> dict[str, Any]:
        url = f"{self.root}/users/{account.login}"
        return {
            "login": account.login,
            "id": account.id,
            "node_id": account.node_id,
            "avatar_url": f"{self.site}/avatars/{account.id}",
            "gravatar_id": "",
            "url": url,
            "html_url": f"{self.site}/{account.login}",
            "type": account.type,
            "user_view_type": "public",
            "site_admin": False,
            **{name: f"{url}/{rest}" for name, rest in ACCOUNT_LINKS.items()},
        }

    def maybe(self, account: Account | None) -> dict[str, Any] | None:
        return self.account(account) if account else None

    def repository_url(self, repository: Repository) -> str:
        return f"{self.root}/repos/{repository.full_name}"

    def label(self, repository: Repository, label: Label) -> dict[str, Any]:
        return {
            "id": label.id,
            "node_id": label.node_id,
            "url": f"{self.repository_url(repository)}/labels/{label.name}",
            "name": label.name,
            "color": label.color,
            "default": False,
            "description": label.description,
        }

    def issue(self, issue: Issue, *, whole: bool = False) -> dict[str, Any]:
        """`whole`: as it is shown by number; lists leave `closed_by` out."""
        repository = issue.repository
        url = f"{self.repository_url(repository)}/issues/{issue.number}"
        shown = {
            "url": url,
            "repository_url": self.repository_url(repository),
            "labels_url": f"{url}/labels{{/name}}",
            "comments_url": f"{url}/comments",
            "events_url": f"{url}/events",
            "timeline_url": f"{url}/timeline",
            "html_url": self.issue_page(issue),
            "id": issue.id,
            "node_id": issue.node_id,
            "number": issue.number,
            "title": issue.title,
            "user": self.account(issue.author),
            "labels": [self.label(repository, label) for label in issue.labels],
            "state": issue.state,
            "locked": issue.locked,
            "assignees": [self.account(one) for one in issue.assignees],
            "assignee": self.maybe(issue.assignees[0] if issue.assignees else None),
            "milestone": self.milestone(repository, issue.milestone),
            "comments": len(issue.comments),
            "created_at": written(issue.created_at),
            "updated_at": written(issue.updated_at),
            "closed_at": written(issue.closed_at) if issue.closed_at else None,
            "author_association": association(issue.author, repository),
            "active_lock_reason": issue.lock_reason,
            "body": issue.body,
            "closed_by": self.maybe(issue.closed_by),
            "reactions": {"url": f"{url}/reactions", **ZERO_REACTIONS},
            "performed_via_github_app": None,
            "state_reason": issue.state_reason,
        }
        organization = repository.organization
        if not self.enterprise:
            shown["sub_issues_summary"] = {"total": 0, "completed": 0, "percent_completed": 0}
            shown["issue_dependencies_summary"] = _dependencies(issue)
        if organization and organization.issue_types is not None:
            shown["type"] = self.issue_type(issue.type) if issue.type else None
        if organization and organization.issue_fields is not None:
            shown["issue_field_values"] = self.values(issue)
        if issue.pull:
            shown.update(self._pull(issue))
        return shown if whole else {key: value for key, value in shown.items() if key != "closed_by"}

    def issue_page(self, issue: Issue) -> str:
        kind = "pull" if issue.pull else "issues"
        return f"{self.site}/{issue.repository.full_name}/{kind}/{issue.number}"

    def _pull(self, issue: Issue) -> dict[str, Any]:
        assert issue.pull
        page = self.issue_page(issue)
        merged = issue.pull.merged_at
        links = {
            "url": f"{self.repository_url(issue.repository)}/pulls/{issue.number}",
            "html_url": page,
            "diff_url": f"{page}.diff",
            "patch_url": f"{page}.patch",
            "merged_at": written(merged) if merged else None,
        }
        return {"draft": issue.pull.draft, "pull_request": links}

    def milestone(self, repository: Repository, milestone: Milestone | None) -> dict[str, Any] | None:
        if milestone is None:
            return None
        url = f"{self.repository_url(repository)}/milestones/{milestone.number}"
        return {
            "url": url,
            "html_url": f"{self.site}/{repository.full_name}/milestone/{milestone.number}",
            "labels_url": f"{url}/labels",
            "id": milestone.id,
            "node_id": milestone.node_id,
            "number": milestone.number,
            "title": milestone.title,
            "description": None,
            "creator": self.account(milestone.creator),
            "open_issues": 0,
            "closed_issues": 0,
            "state": "open",
            "created_at": written(milestone.created_at),
            "updated_at": written(milestone.created_at),
            "due_on": None,
            "closed_at": None,
        }

    def issue_type(self, kind: IssueType) -> dict[str, Any]:
        shown = {"id": kind.id, "node_id": kind.node_id, "name": kind.name, "description": None, "color": kind.color}
        return {**shown, "is_enabled": True}

    def issue_field(self, one: IssueField) -> dict[str, Any]:
        shown = {"id": one.id, "node_id": one.node_id, "name": one.name, "description": None}
        options = [{"id": option.id, "name": option.name, "color": option.color} for option in one.options]
        shown.update(data_type=one.data_type, visibility=one.visibility)
        return {**shown, "options": options} if "select" in one.data_type else shown

    def values(self, issue: Issue) -> list[dict[str, Any]]:
        organization = issue.repository.organization
        known = organization.issue_fields or [] if organization else []
        return [self._value(one, issue.values[one.id]) for one in known if one.id in issue.values]

    def _value(self, one: IssueField, value: Any) -> dict[str, Any]:
        shown = {
            "issue_field_id": one.id,
            "issue_field_name": one.name,
            "node_id": one.node_id,
            "data_type": one.data_type,
            "value": value,
        }
        options = [{"id": o.id, "name": o.name, "color": o.color} for o in one.options]
        if one.data_type == "single_select":
            # Set by the option's name, shown by its id: so in the examples of GitHub's description.
            shown["single_select_option"] = next(option for option in options if option["name"] == value)
            shown["value"] = shown["single_select_option"]["id"]
        elif one.data_type == "multi_select":
            shown["multi_select_options"] = [option for option in options if option["name"] in value]
            shown["value"] = ",".join(value)
        return shown

    def comment(self, issue: Issue, comment: Comment) -> dict[str, Any]:
        base = f"{self.repository_url(issue.repository)}/issues"
        return {
            "id": comment.id,
            "node_id": comment.node_id,
            "url": f"{base}/comments/{comment.id}",
            "html_url": f"{self.issue_page(issue)}#issuecomment-{comment.id}",
            "issue_url": f"{base}/{issue.number}",
            "user": self.account(comment.author),
            "body": comment.body,
            "created_at": written(comment.created_at),
            "updated_at": written(comment.updated_at),
            "author_association": association(comment.author, issue.repository),
        }

    def commented(self, issue: Issue, comment: Comment) -> dict[str, Any]:
        """A comment as a line of the timeline."""
        return {**self.comment(issue, comment), "event": "commented", "actor": self.account(comment.author)}

    def event(self, issue: Issue, event: Event, hidden: str) -> dict[str, Any]:
        """Without the detail `hidden`: the list of events and the timeline each leave one out."""
        shown = {
            "id": event.id,
            "node_id": event.node_id,
            "url": f"{self.repository_url(issue.repository)}/issues/events/{event.id}",
            "actor": self.account(event.actor),
            "event": event.kind,
            "commit_id": None,
            "commit_url": None,
            "created_at": written(event.at),
            "performed_via_github_app": None,
        }
        for name, value in event.detail.items():
            if name in ("field", hidden):
                continue
            if isinstance(value, Account):
                shown[name] = self.account(value)
            elif isinstance(value, Label):
                shown[name] = {"name": value.name, "color": value.color}
            else:
                shown[name] = value
        return shown

    def permissions(self, token: Token | None, repository: Repository) -> dict[str, bool]:
        """An installation's token shows what anybody may do, whatever it was granted."""
        found = effective(token, repository, "contents")
        if token and token.kind == "installation":
            found = "read"
        names = {"admin": "admin", "maintain": "maintain", "push": "write", "triage": "triage", "pull": "read"}
        assert set(names.values()) <= set(LEVELS)
        return {name: at_least(found, level) for name, level in names.items()}


def _dependencies(issue: Issue) -> dict[str, int]:
    blocking = sum(other.state == "open" for other in issue.blocked_by)
    return {"blocked_by": blocking, "total_blocked_by": len(issue.blocked_by), "blocking": 0, "total_blocking": 0}
