"""The fake GitHub's GraphQL: what is refused, what is found, what it costs."""

import pytest

from tests.servers.github.graphql.resolvers import RESOLVERS
from tests.servers.github.graphql.schema import schema
from tests.servers.graphql.language import QueryError, parse

IN_OPS = 'repository(owner: "acme", name: "ops")'


def issue(world, fields: str, number: int = 1, token: str | None = ""):
    return world.query(f"{{ {IN_OPS} {{ issue(number: {number}) {{ {fields} }} }} }}", token)["data"]["repository"][
        "issue"
    ]


def test_a_query_with_everything_in_it_is_read():
    query = parse(
        "query Name($a: [ID!]!, $b: Int = 3) { # a comment\n"
        ' one: f(x: $a, y: {k: [1, -2.5, "q\\"\\u0041\\n"]}, z: NULLISH)'
        ' { ... on T { g } ... { h } ...part } } fragment part on T { i(s: """block""", t: true, n: null) }'
    )
    (first,) = query.selections
    assert ("f", "one", 2) == (first.name, first.alias, first.line)
    assert [1, -2.5, 'q"A\n'] == first.arguments["y"]["k"]
    assert ({"a": True, "b": False}, {"b": 3}) == (query.variables, query.defaults)
    assert {"s": "block", "t": True, "n": None} == query.fragments["part"].selections[0].arguments


@pytest.mark.parametrize("text", ["", "{", "{ a", "{ a(b:) }", "{ a } { b }", "{ ? }", "{ a(b: !) }"])
def test_a_query_that_cant_be_read_is_refused(text):
    with pytest.raises(QueryError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{ viewer { nickname } }", "Field 'nickname' doesn't exist on type 'User'"),
        ("{ viewer { login(x: 1) } }", "Field 'login' doesn't accept argument 'x'"),
        ('{ repository(owner: "a") { id } }', "Field 'repository' is missing required arguments: name"),
        ("{ viewer }", "Field 'viewer' must have selections"),
        ("{ viewer { login { x } } }", "Field 'login' can't have selections"),
        ("{ viewer { ... on Issue { id } } }", "Fragment on Issue can't be spread inside User"),
        ("{ viewer { ...missing } }", "A fragment is used but not defined"),
        ("query($x: Int) { viewer { login } }", "Variable $x is declared by the query but not used"),
        ("{ node(id: $x) { id } }", "Variable $x is used by the query but not declared"),
        ("query($x: ID!) { node(id: $x) { id } }", "Variable $x of type is required and wasn't provided a value"),
    ],
)
def test_a_query_that_cant_be_right_is_refused_whole(world, text, message):
    answer = world.query(text)
    assert (None, [message]) == (answer.get("data"), [one["message"] for one in answer["errors"]])
    assert [f"GraphQL: {message}"] == world.server.requests.violations()


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ("", "MISSING_PAGINATION_BOUNDARIES"),
        ("(first: 101)", "EXCESSIVE_PAGINATION"),
        ("(last: -1)", "EXCESSIVE_PAGINATION"),
    ],
)
def test_a_connection_needs_a_size_of_at_most_a_hundred(world, arguments, kind):
    answer = world.query(f"{{ {IN_OPS} {{ labels{arguments} {{ totalCount }} }} }}")
    assert kind == answer["errors"][0]["type"]


def test_too_many_nodes_are_refused(world):
    many = "issues(first: 100) { nodes { blockedBy(first: 100) { nodes { blockedBy(first: 40) { totalCount } } } } }"
    assert "errors" not in world.query(f"{{ {IN_OPS} {{ {many} }} }}")
    deep = "issues(first: 100) { nodes { blockedBy(first: 100) { nodes { blockedBy(first: 100) { totalCount } } } } }"
    assert "MAX_NODE_LIMIT_EXCEEDED" == world.query(f"{{ {IN_OPS} {{ {deep} }} }}")["errors"][0]["type"]


def test_what_a_query_costs(world):
    cheap = world.query(f"{{ rateLimit {{ cost remaining nodeCount }} {IN_OPS} {{ id }} }}")["data"]["rateLimit"]
    assert {"cost": 1, "remaining": 4999, "nodeCount": 0} == cheap
    dear = (
        "issues(first: 100) { nodes { labels(first: 10) { nodes { name } } assignees(first: 2) { nodes { login } } } }"
    )
    shown = world.query(f"{{ rateLimit {{ cost remaining nodeCount }} {IN_OPS} {{ {dear} }} }}")["data"]["rateLimit"]
    assert {"cost": 2, "remaining": 4997, "nodeCount": 1300} == shown
    assert 5000 == world.ask("GET", "/rate_limit").json()["resources"]["core"]["remaining"]


def test_strangers_and_nobody_get_nothing(world):
    assert 401 == world.ask("POST", "/graphql", {"query": "{ viewer { login } }"}, token=None).status_code
    assert 400 == world.ask("POST", "/graphql", {"q": ""}).status_code
    world.ops.visibility = "private"
    answer = world.query(f"{{ {IN_OPS} {{ id }} }}", world.tokens["mallory"])
    assert ({"repository": None}, "NOT_FOUND") == (answer["data"], answer["errors"][0]["type"])
    assert [] == world.server.requests.violations()


def test_what_is_missing_is_null_and_the_rest_stands(world):
    for title in ("a", "b", "c"):
        world.them.opens(title)
    world.them.deletes(2)
    world.them.transfers(3, world.server.state.repository(world.acme, "web"))
    aliases = " ".join(f"i{number}: issue(number: {number}) {{ number }}" for number in (1, 2, 3, 4))
    answer = world.query(f"{{ {IN_OPS} {{ {aliases} }} }}")
    assert {"i1": {"number": 1}, "i2": None, "i3": None, "i4": None} == answer["data"]["repository"]
    assert [["repository", f"i{number}"] for number in (2, 3, 4)] == [one["path"] for one in answer["errors"]]


def test_nodes_come_in_the_order_of_their_ids(world):
    ids = [world.them.opens(title).node_id for title in ("a", "b")]
    answer = world.query(
        "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Issue { title } } }", ids=[ids[1], "x", ids[0]]
    )
    assert ["b", None, "a"] == [one and one["title"] for one in answer["data"]["nodes"]]
    assert [["nodes", 1]] == [one["path"] for one in answer["errors"]]
    assert (
        "a"
        == world.query("query($i: ID!) { node(id: $i) { ... on Issue { title } } }", i=ids[0])["data"]["node"]["title"]
    )
    assert {"node": None} == world.query('{ node(id: "x") { id } }')["data"]
    too_many = world.query("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids * 51)
    assert "ARGUMENT_LIMIT" == too_many["errors"][0]["type"]


def test_a_former_name_finds_the_repository(world):
    world.server.state.rename(world.ops, "operations")
    assert (
        "acme/operations" == world.query(f"{{ {IN_OPS} {{ nameWithOwner }} }}")["data"]["repository"]["nameWithOwner"]
    )
    strict = '{ repository(owner: "acme", name: "ops", followRenames: false) { id } }'
    assert {"repository": None} == world.query(strict)["data"]


def test_the_history_tells_who_changed_what(world):
    world.ask("POST", "/repos/acme/ops/issues", {"title": "a", "body": "one"})
    world.server.clock.advance(60)
    since = world.server.clock.now.isoformat()
    world.them.edits(
        1, title="b", body="two", labels=["x"], assignees=[world.alice], state="closed", state_reason="duplicate"
    )
    world.them.edits(1, labels=[], assignees=[], state="open")
    world.them.comments(1, "hello")
    shown = issue(
        world,
        f'timelineItems(first: 20, since: "{since}") {{ totalCount nodes {{ __typename'
        " ... on Event { actor { login } }"
        " ... on RenamedTitleEvent { previousTitle currentTitle } ... on LabeledEvent { label { name } }"
        " ... on AssignedEvent { assignee { ... on User { login } } }"
        " ... on ClosedEvent { stateReason(enableDuplicate: true) }"
        " ... on IssueComment { body } } }"
        " userContentEdits(first: 1) { totalCount nodes { diff editor { login } } } lastEditedAt editor { login }",
    )
    lines = shown["timelineItems"]["nodes"]
    kinds = ["RenamedTitle", "Labeled", "Assigned", "Closed", "Unlabeled", "Unassigned", "Reopened"]
    assert [*(f"{kind}Event" for kind in kinds), "IssueComment"] == [one["__typename"] for one in lines]
    assert ("a", "b", "bob") == (lines[0]["previousTitle"], lines[0]["currentTitle"], lines[0]["actor"]["login"])
    assert ("x", "alice", "DUPLICATE") == (
        lines[1]["label"]["name"],
        lines[2]["assignee"]["login"],
        lines[3]["stateReason"],
    )
    assert {"totalCount": 2, "nodes": [{"diff": "two", "editor": {"login": "bob"}}]} == shown["userContentEdits"]
    assert "bob" == shown["editor"]["login"]
    only = issue(
        world, "timelineItems(last: 1, itemTypes: [LABELED_EVENT, RENAMED_TITLE_EVENT]) { nodes { __typename } }"
    )
    assert ["LabeledEvent"] == [one["__typename"] for one in only["timelineItems"]["nodes"]]


def test_the_oldest_versions_of_a_body_come_last(world):
    world.them.opens("a", "one")
    world.them.edits(1, body="two")
    world.them.edits(1, body="three")
    edits = issue(world, "userContentEdits(first: 10) { nodes { diff } }")["userContentEdits"]["nodes"]
    assert ["three", "two", "one"] == [one["diff"] for one in edits]


def test_a_duplicate_passes_for_not_planned_unless_asked(world):
    world.them.opens("a", state="closed", state_reason="duplicate")
    shown = issue(world, "plain: stateReason full: stateReason(enableDuplicate: true)")
    assert {"plain": "NOT_PLANNED", "full": "DUPLICATE"} == shown


def test_a_bot_has_another_login_here_than_in_rest(world):
    token = world.server.state.actions_token(world.ops)
    rest = world.ask("POST", "/repos/acme/ops/issues", {"title": "a"}, token=token).json()["user"]["login"]
    shown = issue(world, "author { __typename login }")["author"]
    assert ("github-actions[bot]", {"__typename": "Bot", "login": "github-actions"}) == (rest, shown)


def test_a_deleted_author_is_null(world):
    world.them.opens("a")
    world.server.state.delete_user(world.bob)
    assert {"author": None, "authorAssociation": "NONE"} == issue(world, "author { login } authorAssociation")


def test_linked_pull_requests_and_dependencies(world):
    world.them.opens("a")
    blocker = world.them.opens("b")
    world.ops.issues[1].blocked_by.append(blocker)
    world.them.opens_pull("open", closes=[1], draft=True)
    merged = world.them.opens_pull("merged", closes=[1])
    merged.pull.merged_at = world.server.clock.now
    world.them.edits(4, state="closed")
    pulls = "closedByPullRequestsReferences(first: 9{more}) {{ nodes {{ number state isDraft merged }} }}"
    few = issue(world, pulls.format(more=""))["closedByPullRequestsReferences"]["nodes"]
    assert [{"number": 3, "state": "OPEN", "isDraft": True, "merged": False}] == few
    all_ = issue(world, pulls.format(more=", includeClosedPrs: true"))["closedByPullRequestsReferences"]["nodes"]
    assert ["OPEN", "MERGED"] == [one["state"] for one in all_]
    shown = issue(world, "blockedBy(first: 5) { nodes { number state } } blocking(first: 5) { totalCount }")
    assert [{"number": 2, "state": "OPEN"}] == shown["blockedBy"]["nodes"]
    assert 1 == issue(world, "blocking(first: 5) { totalCount }", 2)["blocking"]["totalCount"]
    both = world.query(
        f"{{ {IN_OPS} {{ issueOrPullRequest(number: 3) {{ __typename ... on PullRequest {{ isDraft }} }} }} }}"
    )
    assert {"__typename": "PullRequest", "isDraft": True} == both["data"]["repository"]["issueOrPullRequest"]


def test_a_field_that_is_asked_for_twice_is_merged(world):
    world.them.opens("a")
    text = f"{{ {IN_OPS} {{ issue(number: 1) {{ author {{ login }} ... on Issue {{ author {{ __typename }} }} }} }} }}"
    shown = world.query(text)["data"]["repository"]["issue"]
    assert {"author": {"login": "bob", "__typename": "User"}} == shown


def test_pages_of_a_connection(world):
    for number in range(5):
        world.server.state.label(world.ops, f"l{number}")
    labels = "labels(first: 2, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } }"
    text = f"query($after: String) {{ {IN_OPS} {{ {labels} }} }}"
    seen, after, more = [], None, True
    while more:
        page = world.query(text, after=after)["data"]["repository"]["labels"]
        seen += [one["name"] for one in page["nodes"]]
        more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
    assert [f"l{number}" for number in range(5)] == seen
    before = world.query(f'{{ {IN_OPS} {{ labels(last: 1, before: "{after}") {{ nodes {{ name }} }} }} }}')
    assert [{"name": "l3"}] == before["data"]["repository"]["labels"]["nodes"]
    last = world.query(f"{{ {IN_OPS} {{ labels(last: 2) {{ edges {{ node {{ name }} }} }} }} }}")["data"]["repository"]
    assert ["l3", "l4"] == [one["node"]["name"] for one in last["labels"]["edges"]]


def test_issues_of_a_repository_are_filtered_and_ordered(world):
    world.them.opens("a", labels=["x"])
    world.them.opens("b", state="closed")
    world.them.opens_pull("pull")
    shown = "issues(first: 9{more}) {{ nodes {{ title }} }}"

    def titles(more: str) -> list[str]:
        answer = world.query(f"{{ {IN_OPS} {{ {shown.format(more=more)} }} }}")
        return [one["title"] for one in answer["data"]["repository"]["issues"]["nodes"]]

    assert ["a", "b"] == titles("")
    assert ["a"] == titles(', labels: ["X"]')
    assert ["b"] == titles(", states: [CLOSED]")
    assert ["b", "a"] == titles(", orderBy: {field: CREATED_AT, direction: DESC}")
    unknown = world.query(f'{{ {IN_OPS} {{ issues(first: 9, filterBy: {{createdBy: "bob"}}) {{ totalCount }} }} }}')
    assert "UNPROCESSABLE" == unknown["errors"][0]["type"]
    people = world.query(f"{{ {IN_OPS} {{ assignableUsers(first: 9) {{ nodes {{ login }} }} }} }}")["data"][
        "repository"
    ]
    assert [{"login": "alice"}] == people["assignableUsers"]["nodes"]


def test_a_token_without_the_right_is_forbidden(world):
    world.ops.visibility = "private"
    world.them.opens("a")
    token = world.server.state.actions_token(world.ops, contents="write")
    answer = world.query(f"{{ {IN_OPS} {{ issue(number: 1) {{ id }} }} }}", token)
    assert ({"repository": {"issue": None}}, "FORBIDDEN") == (answer["data"], answer["errors"][0]["type"])


def test_a_mutation_is_refused(world):
    assert "mutations" in world.query("mutation { a }")["errors"][0]["message"]


def test_every_resolver_is_of_a_field_in_the_schema():
    unknown = [
        name for name in RESOLVERS if name.partition(".")[2] not in schema().types[name.partition(".")[0]].fields
    ]
    assert [] == unknown


def test_every_field_of_the_main_types_answers(world):
    world.them.opens("a", "body", labels=["x"])
    world.ops.default_branch = "trunk"
    for type_, inside in (("Issue", "issue(number: 1)"), ("Repository", None)):
        for name, field in schema().types[type_].fields.items():
            if field.type or any(field.arguments.values()):
                continue
            text = f"{{ {IN_OPS} {{ {inside} {{ {name} }} }} }}" if inside else f"{{ {IN_OPS} {{ {name} }} }}"
            assert "errors" not in world.query(text), name
    branch = world.query(f"{{ {IN_OPS} {{ defaultBranchRef {{ name }} owner {{ login }} }} }}")["data"]["repository"]
    assert {"defaultBranchRef": {"name": "trunk"}, "owner": {"login": "acme"}} == branch
