"""Routes about the fields that an organisation puts on its issues."""

from tests.servers.github import changes, wanted
from tests.servers.github.call import Call, no_content, ok
from tests.servers.github.definitions import IssueField
from tests.servers.github.entities import Issue
from tests.servers.github.refusals import not_found
from tests.servers.messages import Answer

MOST_VALUES = 25


def issue_fields(call: Call) -> Answer:
    """The definitions: an organisation's right, which a workflow's token never has."""
    organization = call.organization()
    call.organization_right(organization, "issue_fields", "read", ("read:org", "admin:org"))
    if organization.issue_fields is None:
        raise not_found()
    return ok([call.shapes.issue_field(one) for one in organization.issue_fields])


def values(call: Call) -> Answer:
    one = call.issue
    _known(call)
    return ok(call.shapes.values(one))


def add(call: Call) -> Answer:
    """Fields that aren't named keep their values; an empty list takes them all away."""
    return _set(call, replace=not call.body.get("issue_field_values"))


def put(call: Call) -> Answer:
    """Fields that aren't named lose their values."""
    return _set(call, replace=True)


def _set(call: Call, *, replace: bool) -> Answer:
    one = call.issue
    call.pushing()
    _known(call)
    changes.set_values(call.state, one, call.viewer, wanted.field_values(call), replace=replace)
    return ok(call.shapes.values(one))


def remove(call: Call) -> Answer:
    one: Issue = call.issue
    call.pushing()
    known = {str(field.id): field.id for field in _known(call)}
    key = known.get(call.params["issue_field_id"])
    if key is None or key not in one.values:
        raise not_found()
    kept = {field: value for field, value in one.values.items() if field != key}
    changes.set_values(call.state, one, call.viewer, kept, replace=True)
    return no_content()


def _known(call: Call) -> list[IssueField]:
    """Raises Refused (404) where the feature is off."""
    found = wanted.fields(call)
    if found is None:
        raise not_found()
    return found


VALUES = "/repos/{owner}/{repo}/issues/{issue_number}/issue-field-values"
ROUTES = {
    "GET /orgs/{org}/issue-fields": issue_fields,
    f"GET {VALUES}": values,
    f"POST {VALUES}": add,
    f"PUT {VALUES}": put,
    f"DELETE {VALUES}/{{issue_field_id}}": remove,
}
