"""Who may do what: access levels, and what a token's scopes leave of them."""

from tests.servers.gitlab.entities import OWNER, PLANNER, Issue, Project, Token, User


def members(project: Project) -> dict[User, int]:
    """Everybody with their highest level, those of the groups around the project included."""
    found: dict[User, int] = {}
    for home in project.homes:
        for user, level in home.members.items():
            found[user] = max(level, found.get(user, 0))
    return found


def level(user: User | None, project: Project) -> int:
    """0 for strangers; administrators own everything."""
    if user is None:
        return 0
    return OWNER if user.admin else members(project).get(user, 0)


def sees(user: User | None, project: Project) -> bool:
    """Whether the project exists at all for this user."""
    if project.visibility == "public" or level(user, project):
        return True
    return project.visibility == "internal" and user is not None and not user.bot


def tracks(user: User | None, project: Project) -> bool:
    """Whether the project has issues as far as this user can tell."""
    if project.issues_access_level == "private":
        return level(user, project) > 0
    return project.issues_access_level == "enabled"


def reads(user: User | None, issue: Issue) -> bool:
    """Confidential issues are for planners and above, and for those whom they concern."""
    if not sees(user, issue.project) or not tracks(user, issue.project):
        return False
    return not issue.confidential or plans(user, issue.project) or user is issue.author or user in issue.assignees


def plans(user: User | None, project: Project) -> bool:
    """Whether labels, assignees and dates are theirs to set."""
    return level(user, project) >= PLANNER


def updates(user: User | None, issue: Issue) -> bool:
    return plans(user, issue.project) or user in (issue.author, *issue.assignees)


def assignable(user: User, project: Project) -> bool:
    """Members whose account isn't blocked."""
    return user.state == "active" and level(user, project) > 0


def scoped(token: Token, writes: bool) -> bool:
    """Whether the scopes of a token allow a request to the interface."""
    return "api" in token.scopes or (not writes and "read_api" in token.scopes)
