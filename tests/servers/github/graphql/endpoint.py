"""POST /graphql: what is wrong with a query is said with status 200."""

from typing import Any

from tests.servers.clock import written
from tests.servers.github.call import Call, ok
from tests.servers.github.entities import Token
from tests.servers.github.graphql.resolvers import RESOLVERS, type_of
from tests.servers.github.graphql.schema import schema
from tests.servers.github.limits import Limits
from tests.servers.github.refusals import Refused
from tests.servers.graphql.checking import Cost, bound, check
from tests.servers.graphql.execution import Execution, Shown
from tests.servers.graphql.language import QueryError, parse
from tests.servers.messages import Answer

ROUTE = "POST /graphql"


def graphql(call: Call, limits: Limits) -> Answer:
    """Raises Refused for anonymous callers and for a body that is no query."""
    if call.token is None:
        raise Refused(401, "This endpoint requires you to be authenticated.")
    text = call.body.get("query")
    if not isinstance(text, str):
        raise Refused(400, "A query attribute must be specified and must be a string.")
    known = schema(enterprise=call.state.enterprise is not None)
    given = call.body.get("variables") or {}
    try:
        query = parse(text)
        variables = bound(query, given)
        cost = check(known, query, variables)
    except QueryError as error:
        return ok({"errors": [error.error]})
    if not limits.affords(call.token, "graphql", cost.points):
        return ok({"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}]})
    limits.count(call.token, "graphql", cost.points, created=False)
    rate = {"Query.rateLimit": lambda *_: _rate(limits, call.token, cost)}
    execution = Execution(known, call, query, variables, {**RESOLVERS, **rate}, type_of)
    answer: dict[str, Any] = {"data": execution.run()}
    return ok({**answer, "errors": execution.errors} if execution.errors else answer)


def _rate(limits: Limits, token: Token | None, cost: Cost) -> Shown | None:
    """Null on an Enterprise Server without limits."""
    if not limits.on:
        return None
    shown = limits.shown(token, "graphql")
    numbers = {name: shown[name] for name in ("limit", "remaining", "used")}
    reset = written(limits.resets(token, "graphql"))
    return Shown("RateLimit", {**numbers, "cost": cost.points, "nodeCount": cost.nodes, "resetAt": reset})
