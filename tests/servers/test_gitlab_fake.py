"""The fake GitLab answers as GitLab does: issues, labels, people, pages, seen through python-gitlab and plain HTTP."""

from datetime import timedelta, timezone
from time import perf_counter

import pytest
import requests
from gitlab import GitlabCreateError, GitlabGetError

from tests.servers.gitlab import gitlab
from tests.servers.gitlab.entities import DEVELOPER


def titles(answer):
    return [one["title"] for one in answer.json()]


def test_an_issue_is_created_changed_and_closed_by_a_real_client(lab):
    project = lab.client().projects.get("acme/ops")
    made = project.issues.create(
        {"title": "Fix it", "description": "now", "labels": ["sev1"], "assignee_ids": [lab.alice.id]}
    )
    project.issues.update(
        made.iid, {"title": "Fix it well", "add_labels": ["sev2"], "remove_labels": ["sev1"], "state_event": "close"}
    )
    again = project.issues.get(made.iid)
    assert ("Fix it well", "now", "closed", ["sev2"]) == (again.title, again.description, again.state, again.labels)
    assert ("alice", "alice") == (again.author["username"], again.attributes["closed_by"]["username"])
    assert [("sev1", "add"), ("sev2", "add"), ("sev1", "remove")] == [
        (event.label["name"], event.action) for event in again.resourcelabelevents.list(iterator=True)
    ]
    assert ["closed"] == [event.state for event in again.resourcestateevents.list(iterator=True)]
    assert [] == lab.server.requests.violations()


def test_routes_take_the_number_in_the_project_and_never_the_global_one(lab):
    made = lab.ask("POST", lab.issues, {"title": "a"}).json()
    assert 1 == made["iid"] < made["id"]
    assert 404 == lab.ask("GET", f"{lab.issues}/{made['id']}").status_code
    assert 403 == lab.ask("GET", f"/issues/{made['id']}").status_code
    assert "acme/ops#1" == made["references"]["full"]


def test_timestamps_show_milliseconds_and_the_clock_stands_still(lab):
    first = lab.ask("POST", lab.issues, {"title": "a"}).json()
    lab.server.clock.advance(0.25)
    second = lab.ask("PUT", f"{lab.issues}/1", {"title": "b"}).json()
    assert first["created_at"] == first["updated_at"] == second["created_at"]
    assert (".000Z", ".250Z") == (first["updated_at"][19:], second["updated_at"][19:])


def test_an_instance_may_write_timestamps_with_an_offset(lab):
    lab.server.state.zone = timezone(timedelta(hours=2))
    assert "+02:00" == lab.ask("POST", lab.issues, {"title": "a"}).json()["created_at"][-6:]


def test_a_change_that_changes_nothing_leaves_no_trace(lab):
    body = {"title": "a", "description": "b", "labels": "x", "due_date": "2026-03-01", "assignee_ids": [lab.alice.id]}
    first = lab.ask("POST", lab.issues, body).json()
    lab.server.clock.advance(10)
    assert first == lab.ask("PUT", f"{lab.issues}/1", {**body, "state_event": "reopen"}).json()


def test_labels_differ_in_case_and_are_made_on_the_fly(lab):
    lab.ask("POST", lab.issues, {"title": "a", "labels": ["review"]})
    both = lab.ask("PUT", f"{lab.issues}/1", {"add_labels": "REVIEW,new"}).json()
    assert ["REVIEW", "new", "review"] == both["labels"]
    known = lab.ask("GET", f"/projects/{lab.ops.id}/labels").json()
    assert {"REVIEW", "new", "review"} == {one["name"] for one in known}
    assert {("#6699cc", True)} == {(one["color"], one["is_project_label"]) for one in known}


def test_labels_replace_the_set_and_removing_wins_over_adding(lab):
    lab.ask("POST", lab.issues, {"title": "a", "labels": "x,y"})
    assert ["z"] == lab.ask("PUT", f"{lab.issues}/1", {"labels": "z"}).json()["labels"]
    changed = lab.ask("PUT", f"{lab.issues}/1", {"add_labels": "a,b", "remove_labels": "b,z,none"}).json()
    assert ["a"] == changed["labels"]
    assert [] == lab.ask("PUT", f"{lab.issues}/1", {"labels": ""}).json()["labels"]


@pytest.mark.parametrize(("tier", "left"), [("free", ["p::1", "p::2", "p::q::1"]), ("premium", ["p::2", "p::q::1"])])
def test_scoped_labels_exclude_each_other_on_premium_only(labs, tier, left):
    lab = labs(tier=tier)
    lab.ask("POST", lab.issues, {"title": "a", "labels": "p::1,p::q::1"})
    assert left == lab.ask("PUT", f"{lab.issues}/1", {"add_labels": "p::2"}).json()["labels"]


def test_a_label_of_the_group_is_used_instead_of_a_new_one(lab):
    lab.server.state.label(lab.acme, "shared", color="#ff0000")
    lab.ask("POST", lab.issues, {"title": "a", "labels": "shared"})
    assert {} == lab.ops.labels
    assert [("shared", False)] == [
        (one["name"], one["is_project_label"]) for one in lab.ask("GET", f"/projects/{lab.ops.id}/labels").json()
    ]


def test_a_label_needs_a_colour_and_a_new_name(lab):
    labels = f"/projects/{lab.ops.id}/labels"
    assert {"error": "color is missing"} == lab.ask("POST", labels, {"name": "x"}).json()
    assert 400 == lab.ask("POST", labels, {"name": "x", "color": "ff0000"}).status_code
    assert 201 == lab.ask("POST", labels, {"name": "x", "color": "#ff0000"}).status_code
    again = lab.ask("POST", labels, {"name": "x", "color": "#ff0000"})
    assert (409, "Label already exists") == (again.status_code, again.json()["message"])
    assert 201 == lab.ask("POST", labels, {"name": "X", "color": "#ff0000"}).status_code
    assert "X" == lab.ask("GET", f"{labels}/X").json()["name"]


def test_the_four_shapes_of_an_error(lab):
    assert {"message": "404 Project Not Found"} == lab.ask("GET", "/projects/999").json()
    assert {"message": {"title": ["can't be blank"]}} == lab.ask("POST", lab.issues, {"title": " "}).json()
    assert {"error": "state does not have a valid value"} == lab.ask("GET", f"{lab.issues}?state=open").json()
    readonly = lab.server.state.personal_token(lab.alice, "read_api")
    refused = lab.ask("POST", lab.issues, {"title": "a"}, token=readonly)
    assert (403, "insufficient_scope") == (refused.status_code, refused.json()["error"])
    assert "error_description" in refused.json()


def test_a_path_with_an_unescaped_slash_has_no_route(lab):
    assert {"error": "404 Not Found"} == lab.ask("GET", "/projects/acme/ops").json()
    assert "acme/ops" == lab.ask("GET", "/projects/acme%2Fops").json()["path_with_namespace"]
    assert {"message": "404 Not found"} == lab.ask("GET", f"{lab.issues}/7").json()
    assert {"error": "issue_iid is invalid"} == lab.ask("GET", f"{lab.issues}/x").json()


def test_a_private_project_is_not_there_for_strangers(lab):
    for token in (lab.tokens["mallory"], None):
        refused = lab.ask("GET", lab.issues, token=token)
        assert (404, {"message": "404 Project Not Found"}) == (refused.status_code, refused.json())


@pytest.mark.parametrize(("visibility", "stranger", "nobody"), [("public", 200, 200), ("internal", 200, 404)])
def test_visibility_decides_who_sees_a_project(lab, visibility, stranger, nobody):
    lab.ops.visibility = visibility
    assert [stranger, nobody] == [
        lab.ask("GET", lab.issues, token=token).status_code for token in (lab.tokens["mallory"], None)
    ]


def test_a_project_tells_what_the_caller_may_do(lab):
    lab.acme.members[lab.alice] = DEVELOPER
    shown = lab.ask("GET", "/projects/acme%2Fops").json()
    assert (40, 30) == tuple(shown["permissions"][f"{name}_access"]["access_level"] for name in ("project", "group"))
    assert ("private", "enabled", "main", "group") == (
        shown["visibility"],
        shown["issues_access_level"],
        shown["default_branch"],
        shown["namespace"]["kind"],
    )
    assert "permissions" not in lab.ask("GET", f"/projects/{lab.other.id}", token=None).json()


def test_unknown_parameters_are_ignored_and_only_the_recording_complains(lab):
    lab.them.opens("a", labels=["x"])
    lab.them.opens("b")
    assert ["b", "a"] == titles(lab.ask("GET", f"{lab.issues}?labelz=x"))
    assert 200 == lab.ask("PUT", f"{lab.issues}/1", {"title": "c", "sate_event": "close"}).status_code
    assert "opened" == lab.ops.issues[1].state
    assert [
        "GET /projects/{id}/issues: query labelz: no such parameter",
        "PUT /projects/{id}/issues/{issue_iid}: body sate_event: no such parameter",
    ] == lab.server.requests.violations()


def test_values_of_the_wrong_kind_are_violations(lab):
    lab.ask("POST", lab.issues, {"title": "a", "confidential": "true"})
    assert 1 == len(lab.server.requests.violations())


def test_a_change_without_any_known_parameter_is_refused(lab):
    lab.them.opens("a")
    refused = lab.ask("PUT", f"{lab.issues}/1", {"labelz": "x"})
    assert 400 == refused.status_code
    assert refused.json()["error"].endswith("are missing, at least one parameter must be provided")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": ""},
        {"title": "x" * 256},
        {"title": ["x"]},
        {"title": "x", "description": "x" * 1_048_577},
        {"title": "x", "issue_type": "bug"},
        {"title": "x", "confidential": "maybe"},
        {"title": "x", "assignee_ids": ["alice"]},
        {"title": "x", "labels": {"a": 1}},
    ],
)
def test_a_bad_issue_is_refused_and_nothing_created(lab, body):
    assert 400 == lab.ask("POST", lab.issues, body).status_code
    assert {} == lab.ops.issues


@pytest.mark.parametrize(
    "query",
    [
        "state=open",
        "sort=up",
        "order_by=votes",
        "scope=mine",
        "issue_type=bug",
        "updated_after=soon",
        "iids[]=a",
        "per_page=x",
        "page=0",
        "confidential=maybe",
    ],
)
def test_a_bad_filter_is_refused(lab, query):
    assert 400 == lab.ask("GET", f"{lab.issues}?{query}").status_code


def test_a_date_that_cannot_be_read_is_no_date(lab):
    made = lab.ask("POST", lab.issues, {"title": "a", "due_date": "next week"})
    assert (201, None) == (made.status_code, made.json()["due_date"])


def test_an_empty_date_clears_it(lab):
    assert "2026-03-01" == lab.ask("POST", lab.issues, {"title": "a", "due_date": "2026-03-01"}).json()["due_date"]
    assert None is lab.ask("PUT", f"{lab.issues}/1", {"due_date": ""}).json()["due_date"]


@pytest.mark.parametrize(("tier", "kept"), [("free", ["bob"]), ("premium", ["bob", "alice"])])
def test_only_premium_keeps_several_assignees(labs, tier, kept):
    lab = labs(tier=tier)
    made = lab.ask("POST", lab.issues, {"title": "a", "assignee_ids": [lab.bob.id, lab.alice.id]}).json()
    assert kept == [one["username"] for one in made["assignees"]]
    assert "bob" == made["assignee"]["username"]
    assert ("weight" in made) == (tier == "premium")


def test_assignees_are_cleared_by_zero_or_by_nothing(lab):
    for empty in ([0], "", []):
        lab.ask("POST", lab.issues, {"title": "a", "assignee_ids": [lab.alice.id]})
        number = max(lab.ops.issues)
        assert [] == lab.ask("PUT", f"{lab.issues}/{number}", {"assignee_ids": empty}).json()["assignees"]


def test_strangers_are_not_assigned_silently_or_not_so_silently(lab):
    body = {"title": "a", "assignee_ids": [lab.mallory.id]}
    assert [] == lab.ask("POST", lab.issues, body).json()["assignees"]
    lab.server.state.strangers_refused = True
    assert 400 == lab.ask("POST", lab.issues, body).status_code
    assert [1] == list(lab.ops.issues)


def test_a_blocked_member_is_listed_but_not_assigned(lab):
    lab.bob.state = "blocked"
    people = lab.ask("GET", f"/projects/{lab.ops.id}/members/all").json()
    assert [("alice", "active", 40), ("bob", "blocked", 10)] == [
        (one["username"], one["state"], one["access_level"]) for one in people
    ]
    body = {"title": "a", "assignee_ids": [lab.bob.id]}
    assert [] == lab.ask("POST", lab.issues, body).json()["assignees"]


def test_guests_open_issues_but_set_nothing_on_them(lab):
    body = {"title": "a", "labels": "x", "due_date": "2026-03-01", "assignee_ids": [lab.alice.id]}
    made = lab.ask("POST", lab.issues, body, token=lab.tokens["bob"])
    assert (201, [], None, []) == (made.status_code, *(made.json()[n] for n in ("labels", "due_date", "assignees")))
    lab.them.opens("b")
    assert 403 == lab.ask("PUT", f"{lab.issues}/2", {"title": "c"}, token=lab.tokens["bob"]).status_code


def test_issues_that_are_off_look_empty(lab):
    lab.them.opens("a")
    lab.ops.issues_access_level = "disabled"
    assert (200, []) == (lab.ask("GET", lab.issues).status_code, lab.ask("GET", lab.issues).json())
    assert 403 == lab.ask("POST", lab.issues, {"title": "b"}).status_code
    assert 404 == lab.ask("GET", f"{lab.issues}/1").status_code


def test_people_are_found_by_name(lab):
    assert [lab.bob.id] == [one["id"] for one in lab.ask("GET", "/users?username=BOB").json()]
    assert [] == lab.ask("GET", "/users?username=bo").json()
    assert {"alice", "bob"} == {one["username"] for one in lab.ask("GET", f"/projects/{lab.ops.id}/users").json()}


def test_lists_show_all_states_and_filter_as_asked(lab):
    lab.them.opens("a", labels=["x", "y"], assignees=[lab.alice])
    lab.server.clock.advance(1)
    lab.them.opens("b", labels=["x"], state="closed")
    lab.server.clock.advance(1)
    lab.server.people(lab.ops, lab.bob).opens("c")
    for query, expected in {
        "": ["c", "b", "a"],
        "state=opened": ["c", "a"],
        "state=closed": ["b"],
        "labels=x": ["b", "a"],
        "labels=x,y": ["a"],
        "labels=X": [],
        "labels=None": ["c"],
        "labels=Any": ["b", "a"],
        "not[labels]=y": ["c", "b"],
        "iids[]=1&iids[]=3": ["c", "a"],
        "sort=asc": ["a", "b", "c"],
        "order_by=title&sort=asc": ["a", "b", "c"],
        "assignee_id=None": ["c", "b"],
        "assignee_username=alice": ["a"],
        "author_username=bob": ["c"],
        "scope=created_by_me": ["b", "a"],
        "scope=assigned_to_me": ["a"],
        "search=B": ["b"],
        "issue_type=task": [],
    }.items():
        assert (query, expected) == (query, titles(lab.ask("GET", f"{lab.issues}?{query}")))


def test_updated_after_includes_the_moment_itself(lab):
    made = lab.them.opens("a")
    moment = made.updated_at
    for seconds, expected in ((0, ["a"]), (0.001, [])):
        text = (moment + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")
        assert expected == titles(lab.ask("GET", f"{lab.issues}?updated_after={text}"))


def test_labels_are_shown_with_details_on_demand(lab):
    lab.them.opens("a", labels=["x"])
    shown = lab.ask("GET", f"{lab.issues}?with_labels_details=true").json()[0]["labels"]
    assert [("x", "#6699cc")] == [(one["name"], one["color"]) for one in shown]


def test_pages_go_by_number_and_say_how_many(lab):
    for number in range(25):
        lab.them.opens(str(number))
    answer = lab.ask("GET", f"{lab.issues}?state=opened")
    assert ("25", "2", "20", "2") == tuple(
        answer.headers[name] for name in ("X-Total", "X-Total-Pages", "X-Per-Page", "X-Next-Page")
    )
    assert "state=opened" in answer.links["next"]["url"]
    assert 5 == len(lab.ask("GET", answer.links["next"]["url"]).json())
    found = lab.client().projects.get("acme/ops", lazy=True).issues.list(iterator=True, per_page=7)
    assert 25 == len(list(found))


def test_long_lists_do_not_tell_their_length(lab):
    lab.server.state.count_ceiling = 3
    for number in range(4):
        lab.them.opens(str(number))
    answer = lab.ask("GET", f"{lab.issues}?per_page=2")
    assert {"next", "first"} == set(answer.links)
    assert not {"X-Total", "X-Total-Pages"} & set(answer.headers)


def test_a_cursor_neither_skips_nor_repeats_what_changes_between_pages(lab):
    for number in range(5):
        lab.them.opens(str(number))
    first = lab.ask("GET", f"{lab.issues}?pagination=keyset&order_by=created_at&sort=asc&per_page=2")
    assert (["0", "1"], {"next"}, False) == (titles(first), set(first.links), "X-Total" in first.headers)
    assert "state=all" in first.links["next"]["url"]
    lab.them.deletes(1)
    second = lab.ask("GET", first.links["next"]["url"])
    assert ["2", "3"] == titles(second)
    third = lab.ask("GET", second.links["next"]["url"])
    assert (["4"], {}) == (titles(third), third.links)


def test_versions_before_18_3_ignore_the_wish_for_a_cursor(labs):
    lab = labs(version="18.2")
    lab.them.opens("a")
    assert "1" == lab.ask("GET", f"{lab.issues}?pagination=keyset").headers["X-Total"]
    assert "/-/issues/1" == lab.ask("GET", f"{lab.issues}/1").json()["web_url"][-11:]


def test_an_unchanged_list_costs_nothing(lab):
    lab.them.opens("a")
    tag = lab.ask("GET", lab.issues).headers["ETag"]
    assert 'W/"' == tag[:3]
    assert 304 == lab.ask("GET", lab.issues, headers={"If-None-Match": tag}).status_code
    lab.them.edits(1, title="b")
    assert 200 == lab.ask("GET", lab.issues, headers={"If-None-Match": tag}).status_code


def test_an_instance_lives_below_a_prefix(labs):
    lab = labs(prefix="/gitlab")
    lab.them.opens("a")
    assert "a" == lab.client().projects.get("acme/ops").issues.get(1).title
    shown = lab.ask("GET", f"{lab.issues}/1").json()
    assert shown["web_url"].startswith(f"{lab.server.url}/acme/ops/")
    assert 404 == requests.get(f"{lab.server.url.removesuffix('/gitlab')}/api/v4/version", timeout=5).status_code


def test_the_version_tells_the_edition(labs):
    def version(**settings):
        shown = labs(**settings)
        return shown.ask("GET", "/version").json()

    assert ("19.2.1-ee", True) == tuple(version()[name] for name in ("version", "enterprise"))
    assert ("17.0.1", False) == tuple(version(version="17.0", enterprise=False)[n] for n in ("version", "enterprise"))
    assert "18.3.4" == version(version="18.3.4", enterprise=False)["version"]


def test_a_fresh_server_starts_in_a_blink():
    with gitlab():
        pass
    start = perf_counter()
    with gitlab():
        assert perf_counter() - start < 0.05


def test_errors_reach_a_real_client(lab):
    client = lab.client()
    with pytest.raises(GitlabGetError):
        client.projects.get("acme/none")
    with pytest.raises(GitlabCreateError):
        client.projects.get("acme/ops").issues.create({"title": ""})
