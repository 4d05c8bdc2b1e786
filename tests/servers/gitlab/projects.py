"""Routes about the caller, people, projects and what surrounds their issues."""

from urllib.parse import unquote

from tests.servers.gitlab import rights
from tests.servers.gitlab.call import Call, created, ok
from tests.servers.gitlab.entities import DEVELOPER, PLANNER, Label
from tests.servers.gitlab.listing import page
from tests.servers.gitlab.refusals import forbidden, message, not_found
from tests.servers.messages import Answer


def user(call: Call) -> Answer:
    return ok(call.shapes.myself(call.viewer))


def version(call: Call) -> Answer:
    """`-ee` marks an Enterprise Edition, licensed or not."""
    assert call.viewer
    return ok({**call.shapes.version(), "kas": {"enabled": False}})


def own_token(call: Call) -> Answer:
    """Not for OAuth."""
    assert call.viewer
    if call.token is None or call.token.kind not in ("personal", "project", "group"):
        raise message(400, "400 Bad request - This endpoint requires token type to be a personal access token")
    return ok(call.shapes.token(call.token))


def users(call: Call) -> Answer:
    """A name is looked up whole, in whatever case. Bots of tokens are found too."""
    name = call.request.query.get("username")
    if call.token is None and name is None:
        raise forbidden()
    everybody = [one for one in call.state.users.values() if name is None or one.username.lower() == name.lower()]
    return page(call, everybody, call.shapes.user)


def one_user(call: Call) -> Answer:
    for one in call.state.users.values():
        if one.id == call.number("id"):
            return ok(call.shapes.user(one))
    raise not_found("User")


def project(call: Call) -> Answer:
    return ok(call.shapes.project(call.project, call.user))


def namespace(call: Call) -> Answer:
    """`plan` is shown by GitLab.com only; there every tier has its name."""
    assert call.viewer
    for group in call.state.groups:
        if call.params["id"].lower() in (str(group.id), group.full_path.lower()):
            shown = {"id": group.id, "name": group.path, "path": group.path, "kind": "group"}
            return ok({**shown, "full_path": group.full_path, "plan": group.chain[-1].tier})
    raise not_found("Namespace")


def members(call: Call) -> Answer:
    """Those of the groups around the project too, blocked ones and bots included."""
    found = sorted(rights.members(call.project).items(), key=lambda one: one[0].id)
    text = (call.request.query.get("query") or "").lower()
    wanted = call.integers("user_ids")
    kept = [
        (one, level)
        for one, level in found
        if text in one.username.lower() or text in one.name.lower()
        if wanted is None or one.id in wanted
    ]
    return page(call, kept, lambda one: call.shapes.member(*one))


def member(call: Call) -> Answer:
    for one, level in rights.members(call.project).items():
        if one.id == call.number("user_id"):
            return ok(call.shapes.member(one, level))
    raise not_found()


def project_users(call: Call) -> Answer:
    text = (call.request.query.get("search") or "").lower()
    found = [one for one in rights.members(call.project) if text in one.username.lower() or text in one.name.lower()]
    return page(call, sorted(found, key=lambda one: one.id), call.shapes.user)


def labels(call: Call) -> Answer:
    """Those of the groups around the project too."""
    homes = call.project.homes
    text = (call.request.query.get("search") or "").lower()
    found = [one for home in homes for name, one in home.labels.items() if text in name.lower()]
    return page(call, sorted(found, key=lambda one: one.name.lower()), lambda one: _shown(call, one))


def label(call: Call) -> Answer:
    wanted = unquote(call.params["name"])
    for home in call.project.homes:
        for one in home.labels.values():
            if wanted in (one.name, str(one.id)):
                return ok(_shown(call, one))
    raise not_found("Label")


def _shown(call: Call, one: Label) -> dict[str, object]:
    more = {"subscribed": False, "priority": None, "is_project_label": one.group is None}
    return {**call.shapes.label(one), **more}


def create_label(call: Call) -> Answer:
    """The colour must be given, with its #."""
    call.at_least(PLANNER)
    name, color = call.needed("name"), call.needed("color")
    if "," in name or not name.strip():
        raise message(400, "400 Bad request - title is invalid")
    if not color.startswith("#") or len(color) not in (4, 7):
        raise message(400, "400 Bad request - color must be a valid color code")
    if any(name in home.labels for home in call.project.homes):
        raise message(409, "Label already exists")
    made = call.state.label(call.project, name, color=color, description=call.text("description"))
    return created(_shown(call, made))


def protected_branches(call: Call) -> Answer:
    call.at_least(DEVELOPER)
    return page(call, call.project.protected_branches, call.shapes.protected_branch)


def branch(call: Call) -> Answer:
    name = call.params["branch"]
    commit = call.project.branches.get(name)
    if commit is None:
        raise not_found("Branch")
    shown = {
        "name": name,
        "commit": {"id": commit, "short_id": commit[:8], "title": "A commit", "parent_ids": []},
        "merged": False,
        "default": name == call.project.default_branch,
        "web_url": f"{call.shapes.root}/{call.project.path_with_namespace}/-/tree/{name}",
    }
    return ok({**shown, **call.shapes.rights_on_branch(call.project, name, call.user)})


def job(call: Call) -> Answer:
    """What a job may ask of itself."""
    return ok({"id": 1, "status": "running", "user": call.shapes.user(call.viewer)})


PROJECT = "/projects/{id}"
ROUTES = {
    "GET /user": user,
    "GET /version": version,
    "GET /metadata": version,
    "GET /personal_access_tokens/self": own_token,
    "GET /users": users,
    "GET /users/{id}": one_user,
    "GET /namespaces/{id}": namespace,
    "GET /job": job,
    f"GET {PROJECT}": project,
    f"GET {PROJECT}/members/all": members,
    f"GET {PROJECT}/members/all/{{user_id}}": member,
    f"GET {PROJECT}/users": project_users,
    f"GET {PROJECT}/labels": labels,
    f"POST {PROJECT}/labels": create_label,
    f"GET {PROJECT}/labels/{{name}}": label,
    f"GET {PROJECT}/protected_branches": protected_branches,
    f"GET {PROJECT}/repository/branches/{{branch}}": branch,
}
