"""What a tracker is opened with: the settings, and of the environment what they name. A token goes to the configured
host only, and a host that the configuration file names must be confirmed by whoever runs it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from tracksync.config.settings import Settings
from tracksync.errors import ConfigError
from tracksync.memory import FileMemory
from tracksync.state import STATE
from tracksync.trackers.base import Forgetful, Memory
from tracksync.trackers.opening import AppKey, Wanted
from tracksync.trackers.web.clock import Clock

HOSTS = {"github": "github.com", "gitlab": "gitlab.com"}
"""Kind → the host that needs no confirmation."""
TOKENS = {"github": "GITHUB_TOKEN", "gitlab": "GITLAB_TOKEN"}
"""Kind → the environment variable of its token, where the configuration names none."""
HOST = "TRACKSYNC_HOST"
SERVERS = ("GITHUB_SERVER_URL", "CI_SERVER_URL")
"""What a CI job says about its own server."""


def wanted(
    settings: Settings, environment: Mapping[str, str], now: Callable[[], datetime], say: Callable[[str], None]
) -> Wanted:
    """What to open the tracker with. Raises `ConfigError` when the host isn't confirmed or the token is missing."""
    state = settings.root / STATE
    if settings.tracker == "local":
        return Wanted(state, settings.project)
    hosted = settings.hosted
    confirm(settings.tracker, hosted.base_url, environment)
    app = None
    if hosted.app_id:
        app = AppKey(hosted.app_id, _secret(hosted.app_key_variable, environment))
    token = "" if app else _secret(hosted.token_variable or TOKENS[settings.tracker], environment)
    memory: Memory = Forgetful()
    if settings.cache:
        place = f"{settings.tracker}\0{hosted.base_url}\0{settings.project}"
        memory = FileMemory(state / "cache", place, app.ident if app else token, now)
    return Wanted(
        state=state,
        project=settings.project,
        base_url=hosted.base_url,
        token=token,
        app=app,
        trusted=hosted.trusted_authors,
        formerly=hosted.formerly,
        issue_type=hosted.issue_type,
        due_field=hosted.due_field,
        priority_field=hosted.priority_field,
        status_field=hosted.status_field,
        signals=hosted.signals,
        board=hosted.board,
        confidential=hosted.confidential,
        job_tokens=tuple(filter(None, [environment.get("CI_JOB_TOKEN", "")])),
        requests=settings.requests,
        minutes=settings.minutes,
        memory=memory,
        clock=Clock(now=now),
        say=say,
    )


def confirm(kind: str, base_url: str, environment: Mapping[str, str]) -> None:
    """Raises `ConfigError` when only the configuration file says where the token goes."""
    host = (urlsplit(base_url).netloc or HOSTS[kind]).lower()
    known = {HOSTS[kind], environment.get(HOST, "").lower()}
    known |= {urlsplit(environment.get(name, "")).netloc.lower() for name in SERVERS}
    if host not in known:
        raise ConfigError(
            f"tracker.base_url names {host}, and nothing outside the configuration file confirms that host",
            f"if the token may go there, say so: --host {host}, or {HOST}={host} in the environment",
        )


def _secret(variable: str, environment: Mapping[str, str]) -> str:
    value = environment.get(variable, "").strip()
    if not value:
        raise ConfigError(
            f"the environment variable {variable} is not set, so there is no token for the tracker",
            "set it, or name another one with `token: env/TRACKSYNC_TOKEN` under `tracker`",
        )
    return value
