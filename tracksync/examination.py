"""Whether a run can work, looked at from all sides: the tracker, the documents' repository, who can see what.

Nothing is written, nothing is remembered, and one check that fails keeps no other from being made, unless that would
only fail for the same reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from tracksync import home
from tracksync.checks import Check, Health, failed, ok, warning
from tracksync.config.settings import Settings
from tracksync.errors import ConfigError, TracksyncError
from tracksync.lock import Say
from tracksync.planning.visibility import WAY_BACK, WAY_OUT, Reach, back, out
from tracksync.workspace import Workspace, open_workspace, unheard, utc_now

FIRST = ("server", "token", "repository", "project", "database")
"""When one of these fails, nothing else can be asked."""


def examine(
    settings: Settings,
    environment: Mapping[str, str],
    now: Callable[[], datetime] = utc_now,
    say: Say = unheard,
) -> list[Check]:
    """All checks, in the order in which they depend on each other."""
    configured = [_configuration(settings)]
    try:
        fresh = replace(settings, cache=False, requests=0, minutes=0)
        space = open_workspace(fresh, environment=environment, now=now, say=say)
    except ConfigError as error:
        return [*configured, failed("tracker", str(error), error.hint)]
    return [*configured, *of_workspace(space)]


def of_workspace(space: Workspace) -> list[Check]:
    """The checks of what a configuration leads to."""
    found: list[Check] = []
    if space.settings.tracker != "local":
        space.say(f"asking {space.tracker.host} …")
    try:
        found += space.tracker.diagnose(space.readers().documents, space.now())
    except TracksyncError as error:
        found.append(failed("tracker", str(error), error.hint))
    reached = not any(check.health is Health.FAILED and check.name in FIRST for check in found)
    return [*found, *([_documents(space), *_visibility(space)] if reached else [])]


def _configuration(settings: Settings) -> Check:
    if settings.file is None:
        hint = "`tracksync init` writes a configuration that fits the postmortems here"
        return warning("configuration", "there is no configuration file, so the defaults count", hint)
    return ok("configuration", f"{settings.file.name}: the tracker is {settings.tracker}, {settings.project}")


def _documents(space: Workspace) -> Check:
    settings = space.settings
    try:
        identity = space.repository
    except TracksyncError as error:
        return failed("documents", str(error), error.hint)
    if settings.repository:
        return ok("documents", f"their repository is {identity}, as {home.KEY} says")
    at = space.readers().documents
    named = f" ({space.facts_of(at).name})" if at else ""
    return ok("documents", f"their repository is {identity}{named}")


def _visibility(space: Workspace) -> list[Check]:
    if space.settings.tracker == "local":
        return []
    try:
        projects = (space.settings.project, *(route.project for route in space.settings.routes))
        reach = space.readers().reach
        found = dict.fromkeys(reach(project, True) for project in projects)
    except TracksyncError as error:
        return [failed("visibility", str(error), error.hint)]
    return [_of_reach(one, space.settings) for one in found]


def _of_reach(found: Reach, settings: Settings) -> Check:
    if found.hides_new and found.keeps_out:
        return ok("visibility", f"{out(found, '')}, so new issues are confidential there: only its members see them")
    if found.keeps_out:
        return failed("visibility", out(found), WAY_OUT)
    if found.keeps_back:
        return warning("visibility", back(found), WAY_BACK)
    if settings.hosted.allow_more_public or settings.hosted.allow_less_public:
        return ok("visibility", "what may pass between documents and issues is set in the configuration")
    if not found.project:
        return ok("visibility", "documents and issues are in one repository")
    theirs = f"the documents are {found.documents}" if found.told else "who sees the documents can't be told"
    return ok("visibility", f"{found.project} is {found.issues}, and {theirs}")
