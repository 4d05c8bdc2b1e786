"""Routes about the parts of an issue: comments, labels, assignees, history."""

from urllib.parse import unquote

from tests.servers.github import changes
from tests.servers.github.call import Call, created, ok
from tests.servers.github.entities import Comment
from tests.servers.github.listing import page
from tests.servers.github.refusals import Refused, not_found
from tests.servers.github.repositories import check_label_name
from tests.servers.github.rights import assignable
from tests.servers.github.wanted import body
from tests.servers.messages import Answer

MOST_ASSIGNEES = 10


def comments(call: Call) -> Answer:
    one = call.issue
    return page(call, one.comments, lambda comment: call.shapes.comment(one, comment), lambda comment: [comment.id])


def comment(call: Call) -> Answer:
    one = call.issue
    call.writes()
    if one.locked and not call.pushes:
        raise Refused(403, "Unable to create comment because issue is locked.")
    call.text("body", needed=True)
    made = changes.comment(call.state, one, call.viewer, body(call) or "")
    shown = call.shapes.comment(one, made)
    return created(shown, shown["url"])


def add_labels(call: Call) -> Answer:
    one = call.issue
    call.pushing()
    names = call.texts("labels")
    for name in names:
        check_label_name(name)
    for name in names:
        changes.add_label(call.state, one, call.viewer, changes.named_label(call.state, one.repository, name))
    return _labels(call)


def remove_label(call: Call) -> Answer:
    one = call.issue
    call.pushing()
    label = one.repository.labels.get(unquote(call.params["name"]).lower())
    if label is None or label not in one.labels:
        raise Refused(404, "Label does not exist")
    changes.unlabel(call.state, one, call.viewer, label)
    return _labels(call)


def _labels(call: Call) -> Answer:
    return ok([call.shapes.label(call.repository, label) for label in call.issue.labels])


def add_assignees(call: Call) -> Answer:
    """Whoever can't be assigned is left out silently here, unlike in a create."""
    one = call.issue
    call.writes()
    for login in call.texts("assignees")[:MOST_ASSIGNEES] if call.pushes else ():
        account = call.state.accounts.get(login.lower())
        if account and assignable(account, one.repository):
            changes.assign(call.state, one, call.viewer, account)
    return created(call.shapes.issue(one, whole=True))


def remove_assignees(call: Call) -> Answer:
    one = call.issue
    call.writes()
    names = {login.lower() for login in call.texts("assignees")} if call.pushes else set()
    for account in list(one.assignees):
        if account.login.lower() in names:
            changes.unassign(call.state, one, call.viewer, account)
    return ok(call.shapes.issue(one, whole=True))


def events(call: Call) -> Answer:
    one = call.issue
    return page(
        call, one.timeline, lambda event: call.shapes.event(one, event, "state_reason"), lambda event: [event.id]
    )


def timeline(call: Call) -> Answer:
    """Events and comments, oldest first."""
    one = call.issue
    when = [(event.at, event.id, event) for event in one.timeline]
    when += [(comment.created_at, comment.id, comment) for comment in one.comments]
    lines = [line for _, _, line in sorted(when, key=lambda line: line[:2])]
    show = call.shapes
    return page(
        call,
        lines,
        lambda line: show.commented(one, line) if isinstance(line, Comment) else show.event(one, line, "assigner"),
        lambda line: [line.id],
    )


def issue_types(call: Call) -> Answer:
    organization = call.repository.organization
    if organization is None or organization.issue_types is None:
        raise not_found()
    return ok([call.shapes.issue_type(kind) for kind in organization.issue_types])


ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}"
ROUTES = {
    f"GET {ISSUE}/comments": comments,
    f"POST {ISSUE}/comments": comment,
    f"POST {ISSUE}/labels": add_labels,
    f"DELETE {ISSUE}/labels/{{name}}": remove_label,
    f"POST {ISSUE}/assignees": add_assignees,
    f"DELETE {ISSUE}/assignees": remove_assignees,
    f"GET {ISSUE}/events": events,
    f"GET {ISSUE}/timeline": timeline,
    "GET /repos/{owner}/{repo}/issue-types": issue_types,
}
