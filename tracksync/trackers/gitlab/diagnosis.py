"""Whether a run can work on a GitLab project: what can be known about server, token and project without writing.

Sources, all docs.gitlab.com: "Personal access tokens API", "Members API", "Roles and permissions".
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from tracksync.checks import Check, failed, ok, warning
from tracksync.errors import TrackerError
from tracksync.trackers.gitlab.address import Address
from tracksync.trackers.gitlab.facts import HINTS, PLANNER, Facts, Project
from tracksync.trackers.gitlab.labels import LOOKS
from tracksync.trackers.web.message import Answer, Request
from tracksync.trackers.web.wire import Wire

MOST_SKEW = timedelta(seconds=60)
SOON = timedelta(days=14)
LEAST_VERSION = (17, 0)
MAINTAINER = 40
_ROLES = {0: "no role", 5: "Minimal", 10: "Guest", 15: "Planner", 20: "Reporter", 30: "Developer", 40: "Maintainer"}


class Doctor:
    """Looks at one project. Nothing that it does raises."""

    def __init__(self, wire: Wire, address: Address, facts: Facts, now: datetime) -> None:
        self._wire = wire
        self._address = address
        self._facts = facts
        self._now = now

    def checks(self, documents: str) -> Iterator[Check]:
        """All checks, in the order in which they depend on each other."""
        first = self._get("/version")
        if isinstance(first, TrackerError):
            where = "check this machine's network, and tracker.base_url"
            yield failed("server", str(first), first.hint or where)
            return
        yield self._server(first)
        yield from self._clock(first)
        if first.status == 401:
            yield failed("token", f"{self._address.host} doesn't accept the token", HINTS[401])
            return
        yield self._token()
        try:
            project = self._facts.found()
        except TrackerError as error:
            yield failed("project", str(error), error.hint)
            return
        yield from self._of_project(project)
        yield from self._branch(documents)

    def _server(self, first: Answer) -> Check:
        version = str(_object(first).get("version") or "")
        if not version:
            return ok("server", f"{self._address.host} answers")
        told = f"{self._address.host} answers, GitLab {version}"
        parts = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
        if parts < LEAST_VERSION:
            return warning("server", told, "tracksync is made for GitLab 17.0 and later")
        return ok("server", told)

    def _clock(self, first: Answer) -> Iterator[Check]:
        try:
            skew = parsedate_to_datetime(first.headers.get("date", "")) - self._now
        except (ValueError, TypeError):
            return
        if abs(skew) > MOST_SKEW:
            way = "behind" if skew > timedelta(0) else "ahead of"
            seconds = round(abs(skew).total_seconds())
            yield warning("clock", f"this machine's clock is {seconds} s {way} the server's", "set the clock, by NTP")
        else:
            yield ok("clock", "this machine's clock agrees with the server's")

    def _token(self) -> Check:
        answer = self._get("/personal_access_tokens/self")
        try:
            user = self._facts.viewer()
        except TrackerError as error:
            return failed("token", str(error), error.hint)
        found = {} if isinstance(answer, TrackerError) else _object(answer)
        if "scopes" not in found:
            return ok("token", f"a token of {user}; GitLab tells no more about it")
        scopes = [str(scope) for scope in found.get("scopes") or ()]
        told = f"a token of {user}, scopes {', '.join(scopes) or 'none'}"
        if "api" not in scopes:
            return failed("token", told, "make one with the scope `api`: read_api can't change issues")
        ends = str(found.get("expires_at") or "")
        if not ends:
            return ok("token", told)
        told += f", until {ends}"
        if date.fromisoformat(ends) - self._now.date() < SOON:
            return warning("token", told, "it ends soon: renew it (linked issues of its bot stay ours)")
        return ok("token", told)

    def _of_project(self, project: Project) -> Iterator[Check]:
        if project.name.lower() != self._facts.project.lower():
            hint = f"write `project: {project.name}` and `formerly: [{self._facts.project}]` under `tracker`"
            yield warning("project", f"{self._facts.project} is now {project.name}", hint)
        else:
            yield ok("project", f"{project.name} is {project.visibility}")
        if project.archived:
            yield failed(
                "issues", f"{project.name} is archived, so nothing can be written", "unarchive it, or name another"
            )
        elif not project.issues:
            yield failed("issues", "issues are switched off", "switch them on: Settings, General, Visibility")
        else:
            yield ok("issues", "issues are switched on")
        role = _ROLES.get(project.level, "Owner" if project.level > MAINTAINER else "another role")
        if 0 < project.level < PLANNER:
            yield failed("role", f"the token has the role {role}", HINTS[403])
        elif project.level:
            yield ok("role", f"the token has the role {role}")
        else:
            yield warning("role", "GitLab doesn't tell which role the token has here", HINTS[403])
        yield from self._labels_and_people()

    def _labels_and_people(self) -> Iterator[Check]:
        try:
            missing = sorted(set(LOOKS) - self._facts.label_names())
            people, several = len(self._facts.members()), self._facts.several_assignees()
        except TrackerError as error:
            yield failed("labels", str(error), error.hint)
            return
        made = f"; the first run that needs them makes {', '.join(missing)}" if missing else ""
        yield ok("labels", f"{len(LOOKS) - len(missing)} of {len(LOOKS)} labels are there{made}")
        each = "several assignees (Premium)" if several else "one assignee (Free)"
        yield ok("owners", f"{people} people can be assigned; an issue takes {each}")
        yield ok("values", "due date and assignees are GitLab's own, priority and status are scoped labels")

    def _branch(self, documents: str) -> Iterator[Check]:
        if not documents:
            return
        try:
            project = self._facts.other(documents)
        except TrackerError as error:
            yield failed("documents", str(error), error.hint)
            return
        where = f"{project.branch} of {project.name}"
        # What the branch says of itself, because a rule may be a pattern ("Branches API").
        answer = self._get(f"/projects/{project.ident}/repository/branches/{quote(project.branch, safe='')}")
        found = {} if isinstance(answer, TrackerError) else _object(answer)
        if "protected" not in found:
            yield warning("branch", f"GitLab doesn't tell whether {where} is protected", HINTS[404])
        elif found["protected"] and not found.get("developers_can_push"):
            hint = "documents must be committed by somebody who may, or by merge request"
            yield warning("branch", f"{where} is protected: Developers can't push", hint)
        else:
            yield ok("branch", f"{where} has no rule that keeps Developers from pushing")

    def _get(self, path: str) -> Answer | TrackerError:
        try:
            return self._wire.ask(Request("GET", path, reads=True))
        except TrackerError as error:
            return error


def _object(answer: Answer) -> Mapping[str, Any]:
    data = answer.data() if answer.status == 200 else None
    return data if isinstance(data, dict) else {}
