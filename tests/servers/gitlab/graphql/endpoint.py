"""POST /api/graphql: what is wrong is said with status 200."""

from typing import Any

from tests.servers.gitlab.call import Call, ok
from tests.servers.gitlab.graphql.resolvers import RESOLVERS, has_statuses, type_of
from tests.servers.gitlab.graphql.schema import schema
from tests.servers.graphql.checking import bound, check
from tests.servers.graphql.execution import Execution
from tests.servers.graphql.language import QueryError, parse
from tests.servers.messages import Answer

ROUTE = "POST /api/graphql"


def graphql(call: Call) -> Answer:
    """Anonymous callers may ask too; what they may not see is null."""
    text, known = call.given.get("query"), schema(has_statuses(call))
    try:
        query = parse(text if isinstance(text, str) else "")
        variables = bound(query, call.given.get("variables") or {})
        check(known, query, variables)
        execution = Execution(known, call, query, variables, RESOLVERS, type_of)
        answer: dict[str, Any] = {"data": execution.run()}
    except QueryError as error:
        return ok({"errors": [error.error]})
    return ok({**answer, "errors": execution.errors} if execution.errors else answer)
