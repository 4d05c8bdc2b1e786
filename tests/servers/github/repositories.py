"""Routes about the caller, repositories, assignable people and labels."""

import re
from typing import Any

from tests.servers.clock import written
from tests.servers.github.call import Call, created, no_content, ok
from tests.servers.github.entities import Account, Label, Repository
from tests.servers.github.listing import page
from tests.servers.github.refusals import Refused, invalid, not_found
from tests.servers.github.rights import assignable
from tests.servers.messages import Answer

LONGEST_LABEL = 50
LONGEST_DESCRIPTION = 100


def user(call: Call) -> Answer:
    """An installation is nobody here, and neither is a workflow."""
    viewer = call.viewer
    if call.token and call.token.kind == "installation":
        raise Refused(403, "Resource not accessible by integration")
    numbers = dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
    words = dict.fromkeys(("name", "company", "email", "hireable", "bio", "location"), None)
    moments = dict.fromkeys(("created_at", "updated_at"), "2020-01-01T00:00:00Z")
    return ok({**call.shapes.account(viewer), **words, "blog": "", **numbers, **moments})


def meta(call: Call) -> Answer:
    shown: dict[str, Any] = {"verifiable_password_authentication": call.state.enterprise is None}
    if call.state.enterprise:
        shown["installed_version"] = f"{call.state.enterprise}.0"
    return ok(shown)


def repository(call: Call) -> Answer:
    return ok(shown(call, call.repository))


def shown(call: Call, one: Repository) -> dict[str, Any]:
    """A repository as by its name; addresses that nobody follows are left to the first few."""
    url = call.shapes.repository_url(one)
    page_ = f"{call.shapes.site}/{one.full_name}"
    open_issues = sum(issue.state == "open" for issue in one.issues.values())
    counted = ("forks", "network", "stargazers", "subscribers", "watchers")
    zero = ("forks", "watchers", "size", *(f"{name}_count" for name in counted))
    empty = ("description", "homepage", "language", "license", "mirror_url")
    return {
        "id": one.id,
        "node_id": one.node_id,
        "name": one.name,
        "full_name": one.full_name,
        "private": one.private,
        "visibility": one.visibility,
        "owner": call.shapes.account(one.owner),
        "html_url": page_,
        "url": url,
        "clone_url": f"{page_}.git",
        "git_url": f"{page_}.git",
        "ssh_url": f"git@github.com:{one.full_name}.git",
        "svn_url": page_,
        "fork": False,
        "has_issues": one.has_issues,
        **dict.fromkeys(("has_projects", "has_wiki"), True),
        **dict.fromkeys(("has_pages", "has_discussions", "has_downloads", "disabled", "is_template"), False),
        "archived": one.archived,
        "default_branch": one.default_branch,
        "open_issues": open_issues,
        "open_issues_count": open_issues,
        "permissions": call.shapes.permissions(call.token, one),
        "topics": [],
        **dict.fromkeys(zero, 0),
        **dict.fromkeys(empty),
        **dict.fromkeys(("created_at", "updated_at", "pushed_at"), written(one.created_at)),
        **_links(url),
    }


LINKS = (
    "assignees{/user}",
    "branches{/branch}",
    "collaborators{/collaborator}",
    "comments{/number}",
    "commits{/sha}",
    "contents/{+path}",
    "contributors",
    "deployments",
    "downloads",
    "events",
    "forks",
    "hooks",
    "issues{/number}",
    "keys{/key_id}",
    "labels{/name}",
    "languages",
    "merges",
    "milestones{/number}",
    "notifications{?since,all,participating}",
    "pulls{/number}",
    "releases{/id}",
    "stargazers",
    "subscribers",
    "subscription",
    "tags",
    "teams",
)
OTHER_LINKS = {
    "archive_url": "{archive_format}{/ref}",
    "blobs_url": "git/blobs{/sha}",
    "compare_url": "compare/{base}...{head}",
    "git_commits_url": "git/commits{/sha}",
    "git_refs_url": "git/refs{/sha}",
    "git_tags_url": "git/tags{/sha}",
    "issue_comment_url": "issues/comments{/number}",
    "issue_events_url": "issues/events{/number}",
    "statuses_url": "statuses/{sha}",
    "trees_url": "git/trees{/sha}",
}


def _links(url: str) -> dict[str, str]:
    simple = {f"{re.split('[{/]', link)[0]}_url": f"{url}/{link}" for link in LINKS}
    return {**simple, **{name: f"{url}/{link}" for name, link in OTHER_LINKS.items()}}


def assignees(call: Call) -> Answer:
    people = sorted(_assignable(call.state.accounts.values(), call.repository), key=lambda one: one.login.lower())
    return page(call, people, call.shapes.account, lambda one: [one.login.lower()])


def _assignable(accounts: Any, one: Repository) -> list[Account]:
    return [account for account in accounts if assignable(account, one)]


def assignee(call: Call) -> Answer:
    account = call.state.accounts.get(call.params["assignee"].lower())
    if account is None or not assignable(account, call.repository):
        raise not_found()
    return no_content()


def labels(call: Call) -> Answer:
    known = sorted(call.repository.labels.values(), key=lambda one: one.name.lower())
    return page(call, known, lambda one: call.shapes.label(call.repository, one), lambda one: [one.name.lower()])


def label(call: Call) -> Answer:
    found = call.repository.labels.get(call.params["name"].lower())
    if found is None:
        raise not_found()
    return ok(call.shapes.label(call.repository, found))


def create_label(call: Call) -> Answer:
    call.pushing()
    name = call.text("name", needed=True) or ""
    color = call.text("color") or "ededed"
    description = call.text("description")
    check_label_name(name)
    if not re.fullmatch("[0-9a-fA-F]{6}", color):
        raise invalid("Label", "color")
    if description and len(description) > LONGEST_DESCRIPTION:
        raise invalid("Label", "description", message="description is too long (maximum is 100 characters)")
    if name.lower() in call.repository.labels:
        raise invalid("Label", "name", "already_exists")
    made: Label = call.state.label(call.repository, name, color, description)
    shown = call.shapes.label(call.repository, made)
    return created(shown, shown["url"])


def check_label_name(name: str) -> None:
    """Raises Refused (422)."""
    if not name.strip():
        raise invalid("Label", "name", "missing_field")
    if len(name) > LONGEST_LABEL:
        raise invalid("Label", "name", message=f"name is too long (maximum is {LONGEST_LABEL} characters)")


def branch_rules(call: Call) -> Answer:
    rules = call.repository.branch_rules.get(call.params["branch"], [])
    source = {"ruleset_source_type": "Repository", "ruleset_source": call.repository.full_name, "ruleset_id": 1}
    return page(call, [{**rule, **source} for rule in rules], lambda rule: rule, lambda rule: [rule["type"]])


ROUTES = {
    "GET /user": user,
    "GET /meta": meta,
    "GET /repos/{owner}/{repo}": repository,
    "GET /repos/{owner}/{repo}/assignees": assignees,
    "GET /repos/{owner}/{repo}/assignees/{assignee}": assignee,
    "GET /repos/{owner}/{repo}/labels": labels,
    "POST /repos/{owner}/{repo}/labels": create_label,
    "GET /repos/{owner}/{repo}/labels/{name}": label,
    "GET /repos/{owner}/{repo}/rules/branches/{branch}": branch_rules,
}
