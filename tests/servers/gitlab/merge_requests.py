"""Routes about merge requests."""

from tests.servers.gitlab import actions, changes, rights
from tests.servers.gitlab.call import Call, created, ok
from tests.servers.gitlab.entities import DEVELOPER, MergeRequest, Project, User
from tests.servers.gitlab.listing import page
from tests.servers.gitlab.refusals import forbidden, invalid, message
from tests.servers.gitlab.state import State
from tests.servers.messages import Answer

STATES = ("opened", "closed", "locked", "merged", "all")


def open_merge_request(state: State, project: Project, author: User, title: str, branch: str) -> MergeRequest:
    """Into the default branch, from a branch that is made where it is missing."""
    project.branches.setdefault(branch, "b" * 40)
    iid = max(project.merge_requests, default=0) + 1
    now = state.clock.exact
    made = MergeRequest(state.new_id(), iid, project, title, None, author, now, now, branch, project.default_branch)
    project.merge_requests[iid] = made
    return made


def merge_requests(call: Call) -> Answer:
    """All states unless told otherwise."""
    query = call.request.query
    state = call.choice("state", STATES, "all")
    labels = call.names("labels") or []
    found = [
        one
        for one in call.project.merge_requests.values()
        if state in ("all", one.state)
        and query.get("source_branch", one.source_branch) == one.source_branch
        and query.get("target_branch", one.target_branch) == one.target_branch
        and set(labels) <= {label.name for label in one.labels}
    ]
    sort = call.choice("sort", ("asc", "desc"), "desc")
    found.sort(key=lambda one: (one.created_at, one.iid), reverse=sort == "desc")
    return page(call, found, call.shapes.merge_request)


def merge_request(call: Call) -> Answer:
    return ok(call.shapes.merge_request(call.merge_request))


def create(call: Call) -> Answer:
    """One open merge request for each pair of branches."""
    call.at_least(DEVELOPER)
    source, target, title = (call.needed(name) for name in ("source_branch", "target_branch", "title"))
    project = call.project
    for one in project.merge_requests.values():
        if (one.source_branch, one.target_branch, one.state) == (source, target, "opened"):
            raise message(409, f"Another open merge request already exists for this source branch: !{one.iid}")
    missing = [
        f'{kind} branch "{name}" does not exist'
        for kind, name in (("Source", source), ("Target", target))
        if name not in project.branches
    ]
    if missing:
        raise invalid(validate_branches=missing)
    made = open_merge_request(call.state, project, call.viewer, title.strip(), source)
    made.target_branch = target
    made.remove_source_branch = bool(call.flag("remove_source_branch"))
    _settle(call, made)
    text = call.text("description")
    if text is not None:
        made.description, _ = actions.strip(call.state, made, call.viewer, text)
    return created(call.shapes.merge_request(made))


def change(call: Call) -> Answer:
    one, actor = call.merge_request, call.viewer
    if actor is not one.author and not rights.level(actor, one.project) >= DEVELOPER:
        raise forbidden()
    title, text = call.text("title"), call.text("description")
    event = call.choice("state_event", ("close", "reopen"), "")
    if title is not None:
        changes.retitle(call.state, one, actor, title.strip())
    if text is not None:
        changes.describe(call.state, one, actor, actions.strip(call.state, one, actor, text)[0])
    one.target_branch = call.text("target_branch") or one.target_branch
    _settle(call, one)
    if event == "close" and one.state == "opened":
        one.state, one.closed_at = "closed", call.state.clock.exact
    elif event == "reopen" and one.state == "closed":
        one.state, one.closed_at = "opened", None
    changes.touch(call.state, one)
    return ok(call.shapes.merge_request(one))


def _settle(call: Call, one: MergeRequest) -> None:
    labels, added, gone = (call.names(name) for name in ("labels", "add_labels", "remove_labels"))
    if labels is not None:
        changes.relabel(call.state, one, call.viewer, labels)
    changes.add_labels(call.state, one, call.viewer, [name for name in added or () if name not in (gone or ())])
    changes.unlabel(call.state, one, call.viewer, gone or ())
    wanted = call.integers("assignee_ids") or call.integers("assignee_id")
    if wanted is not None:
        people = [user for user in call.state.users.values() if user.id in wanted]
        changes.reassign(call.state, one, call.viewer, people)


REQUESTS = "/projects/{id}/merge_requests"
ROUTES = {
    f"GET {REQUESTS}": merge_requests,
    f"POST {REQUESTS}": create,
    f"GET {REQUESTS}/{{merge_request_iid}}": merge_request,
    f"PUT {REQUESTS}/{{merge_request_iid}}": change,
}
