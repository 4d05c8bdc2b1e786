"""python-gitlab, tamed: it builds and signs requests; it never sends twice, follows nothing, and waits for nothing.

Left to itself it has no timeout, waits inside a call for as long as `Retry-After` says and falls over one that is a
date, and sends a private token to another host behind a redirect (all measured). Bearer tokens don't do that.
"""

from typing import Any, NoReturn, cast

from gitlab import Gitlab
from gitlab._backends import DefaultBackend

from tracksync.trackers.gitlab.address import Address
from tracksync.trackers.web.message import Answer, Request
from tracksync.trackers.web.once import SECONDS, Reply, exchange

AGENT = "tracksync"


class _Answered(Exception):
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


class _Once(DefaultBackend):
    """One exchange for each request; the answer leaves as an exception, before anybody can act on it."""

    seconds = SECONDS

    def http_request(
        self,
        method: str,
        url: str,
        json: Any = None,
        data: Any = None,
        params: Any = None,
        timeout: Any = None,
        verify: Any = True,
        stream: Any = False,
        **more: Any,
    ) -> NoReturn:
        raise _Answered(
            exchange(self.client, method, url, self.seconds, json=json, data=data, params=params, verify=verify, **more)
        )


class Connection:
    """Sends single requests to one GitLab, signed by a bearer token."""

    def __init__(self, address: Address, token: str, seconds: float = SECONDS) -> None:
        self._client = Gitlab(
            address.web,
            oauth_token=token,
            user_agent=AGENT,
            keep_base_url=True,
            retry_transient_errors=False,
            backend=type("_Once", (_Once,), {"seconds": seconds}),
        )

    def send(self, request: Request) -> Answer:
        """One exchange. Raises `Unsent`, `Lost`."""
        try:
            self._client.http_request(
                request.method.lower(),
                request.path,
                query_data=dict(request.query),
                post_data=cast(dict[str, Any] | None, request.body),
                extra_headers=dict(request.headers),
                obey_rate_limit=False,
                retry_transient_errors=False,
                max_retries=0,
            )
        except _Answered as answered:
            return Answer(*answered.reply)
        raise AssertionError("the backend always answers by an exception")
