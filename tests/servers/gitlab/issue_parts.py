"""Routes about the parts of issues and merge requests: notes, history, links, merge requests of an issue."""

from collections.abc import Callable
from typing import Any

from tests.servers.gitlab import actions, changes, rights
from tests.servers.gitlab.call import Call, created, ok
from tests.servers.gitlab.changes import Thing
from tests.servers.gitlab.entities import MAINTAINER, PLANNER, Command, Note
from tests.servers.gitlab.listing import page
from tests.servers.gitlab.refusals import bad_value, forbidden, message, not_found
from tests.servers.messages import Answer, of_json

ACTIVITIES = ("all_notes", "only_comments", "only_activity")
LINK_TYPES = ("relates_to", "blocks", "is_blocked_by")


def thing(call: Call) -> Thing:
    """What the path names."""
    return call.issue if "issue_iid" in call.params else call.merge_request


def notes(call: Call) -> Answer:
    """System notes too unless told otherwise, the newest first."""
    one = thing(call)
    kind = call.choice("activity_filter", ACTIVITIES, "all_notes")
    order = call.choice("order_by", ("created_at", "updated_at"), "created_at")
    sort = call.choice("sort", ("asc", "desc"), "desc")
    found = [note for note in one.notes if kind == "all_notes" or note.system == (kind == "only_activity")]
    if not rights.plans(call.user, one.project):
        found = [note for note in found if not note.internal]
    found.sort(key=lambda note: (getattr(note, order), note.id), reverse=sort == "desc")
    return page(call, found, lambda note: call.shapes.note(note, one))


def write_note(call: Call) -> Answer:
    """A note of nothing but commands isn't kept: 202, and what they changed."""
    one, actor = thing(call), call.viewer
    text = call.needed("body")
    internal = bool(call.flag("internal"))
    stored, commands = actions.strip(call.state, one, actor, text)
    if not stored.strip():
        if commands:
            return of_json(202, {"commands_changes": _said(commands), "summary": [_summary(one) for one in commands]})
        raise message(400, '400 Bad request - Note {:note=>["can\'t be blank"]}')
    made = changes.note(call.state, one, actor, stored, internal=internal and rights.plans(actor, one.project))
    return created({**call.shapes.note(made, one), "commands_changes": _said(commands)})


def _said(commands: list[Command]) -> dict[str, str]:
    return {one.name: one.argument for one in commands}


def _summary(command: Command) -> str:
    return f"Applied {command.name} command."


def one_note(call: Call) -> Answer:
    return ok(call.shapes.note(_note(call), thing(call)))


def edit_note(call: Call) -> Answer:
    """By its author, or by maintainers."""
    note, text = _note(call), call.needed("body")
    if call.viewer is not note.author and rights.level(call.viewer, call.project) < MAINTAINER:
        raise forbidden()
    note.body, _ = actions.strip(call.state, thing(call), call.viewer, text)
    note.updated_at = call.state.clock.exact
    return ok(call.shapes.note(note, thing(call)))


def _note(call: Call) -> Note:
    for note in thing(call).notes:
        if note.id == call.number("note_id"):
            return note
    raise not_found()


def state_events(call: Call) -> Answer:
    one = thing(call)
    return page(call, one.state_events, lambda event: call.shapes.state_event(event, one))


def label_events(call: Call) -> Answer:
    one = thing(call)
    return page(call, one.label_events, lambda event: call.shapes.label_event(event, one))


def related_merge_requests(call: Call) -> Answer:
    """Those that mention the issue and those that will close it."""
    found = list(dict.fromkeys([*call.issue.merge_requests, *call.issue.closing]))
    return page(call, found, call.shapes.merge_request)


def closed_by(call: Call) -> Answer:
    """Merge requests that will close the issue, or have closed it: no person."""
    return page(call, call.issue.closing, call.shapes.merge_request)


def links(call: Call) -> Answer:
    found = [one for one in call.issue.related if rights.reads(call.user, one)]
    return ok([{**call.shapes.issue(one, call.user), "link_type": "relates_to"} for one in found])


def link(call: Call) -> Answer:
    """Blocking needs a licence, and a Community Edition doesn't know the word."""
    call.at_least(PLANNER)
    known = LINK_TYPES if call.state.enterprise else LINK_TYPES[:1]
    if call.choice("link_type", known, "relates_to") != "relates_to" and not call.project.premium:
        raise message(403, "Blocked issues not available for current license")
    project, _ = call.state.find(call.text("target_project_id") or "")
    iid = call.text("target_issue_iid") or ""
    if not iid.isdecimal():
        raise bad_value("target_issue_iid")
    target = project.issues.get(int(iid)) if project else None
    if target is None or not rights.reads(call.user, target):
        raise not_found()
    changes.relate(call.state, call.issue, call.viewer, target)
    shown: Callable[..., dict[str, Any]] = call.shapes.issue
    both = {"source_issue": shown(call.issue, call.user), "target_issue": shown(target, call.user)}
    return created({**both, "link_type": "relates_to"})


ISSUE = "/projects/{id}/issues/{issue_iid}"
MERGE_REQUEST = "/projects/{id}/merge_requests/{merge_request_iid}"
ROUTES = {
    f"GET {ISSUE}/related_merge_requests": related_merge_requests,
    f"GET {ISSUE}/closed_by": closed_by,
    f"GET {ISSUE}/links": links,
    f"POST {ISSUE}/links": link,
}
for home in (ISSUE, MERGE_REQUEST):
    ROUTES |= {
        f"GET {home}/notes": notes,
        f"POST {home}/notes": write_note,
        f"GET {home}/notes/{{note_id}}": one_note,
        f"PUT {home}/notes/{{note_id}}": edit_note,
        f"GET {home}/resource_state_events": state_events,
        f"GET {home}/resource_label_events": label_events,
    }
