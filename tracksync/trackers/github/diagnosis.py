"""What GitHub's answers mean for a run, one check after the other. Pure.

Sources, all docs.github.com: "Scopes for OAuth apps", "Permissions required for fine-grained personal access tokens",
"Automatic token authentication" for GITHUB_TOKEN, "Available rules for rulesets".
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from tracksync.checks import Check, failed, ok, warning
from tracksync.errors import TrackerError
from tracksync.trackers.github import rungs
from tracksync.trackers.github.facts import HINTS
from tracksync.trackers.github.graph import Repository
from tracksync.trackers.github.probe import Seen
from tracksync.trackers.github.signing import Kind
from tracksync.trackers.labels import LOOKS
from tracksync.trackers.web.message import Answer, Garbled

MOST_SKEW = timedelta(seconds=60)
SOON = timedelta(days=14)
FEW = 10
"""Percent of the requests of an hour that are left."""
WRITERS = ("ADMIN", "MAINTAIN", "WRITE")
_HERE = ": `tracksync doctor` tells more"
ACTIONS = "github-actions[bot]"
RULES = {
    "pull_request": "changes come by pull request only",
    "update": "only those who may bypass its rules can push",
    "merge_queue": "changes go through the merge queue",
    "required_signatures": "commits must be signed",
    "required_status_checks": "checks must have passed before a push",
    "workflows": "required workflows must have passed",
    "code_scanning": "code must have been scanned",
    "required_deployments": "deployments must have succeeded",
    "commit_message_pattern": "commit messages must follow a pattern",
    "commit_author_email_pattern": "authors' addresses must follow a pattern",
    "committer_email_pattern": "committers' addresses must follow a pattern",
    "file_path_restriction": "some paths may not be changed",
}
"""Rules of a branch that can stand in the way of a commit with changed documents."""


def checks(seen: Seen) -> list[Check]:
    """All checks, in the order in which they depend on each other."""
    if isinstance(seen.limits, TrackerError):
        where = "check this machine's network, and tracker.base_url"
        return [failed("server", str(seen.limits), seen.limits.hint or where)]
    found = [_server(seen, seen.limits), *_clock(seen, seen.limits), _token(seen, seen.limits)]
    if seen.limits.status == 401:
        return found
    return [*found, _requests(seen, seen.limits), *_of_repository(seen), *_branch(seen)]


def _server(seen: Seen, first: Answer) -> Check:
    version = first.headers.get("x-github-enterprise-version", "")
    called = f" (Enterprise Server {version})" if version else ""
    return ok("server", f"{seen.address.host}{called} answers")


def _clock(seen: Seen, first: Answer) -> Iterator[Check]:
    try:
        skew = parsedate_to_datetime(first.headers.get("date", "")) - seen.now
    except (ValueError, TypeError):
        return
    if abs(skew) > MOST_SKEW:
        seconds, way = round(abs(skew).total_seconds()), "behind" if skew > timedelta(0) else "ahead of"
        hint = "set the clock, best by NTP: Apps can't sign in and limits are misjudged"
        yield warning("clock", f"this machine's clock is {seconds} s {way} the server's", hint)
    else:
        yield ok("clock", "this machine's clock agrees with the server's")


def _token(seen: Seen, first: Answer) -> Check:
    if first.status == 401:
        return failed(
            "token", f"{seen.address.host} doesn't accept {seen.standing.kind}", f"{HINTS[401]}: {_new(seen)}"
        )
    kind = "GITHUB_TOKEN of a workflow" if seen.viewer == ACTIONS else str(seen.standing.kind)
    said = [kind, *([f"of {seen.viewer}"] if seen.viewer and seen.viewer != ACTIONS else [])]
    scopes = first.headers.get("x-oauth-scopes")
    told = " ".join(said) + (f", scopes {scopes or 'none'}" if scopes is not None else "")
    ends = _instant(first.headers.get("github-authentication-token-expiration", ""))
    if ends is None:
        return ok("token", told)
    told += f", until {ends:%Y-%m-%d}"
    if ends - seen.now < SOON:
        return warning("token", told, f"it ends soon: make a new one, {_new(seen)}")
    return ok("token", told)


def _new(seen: Seen) -> str:
    """Where tokens of this kind are made."""
    if seen.standing.kind is Kind.FINE_GRAINED:
        return f"{seen.address.web}/settings/personal-access-tokens"
    if seen.standing.kind in (Kind.INSTALLATION, Kind.USER):
        return f"{seen.address.web}/settings/apps"
    return f"{seen.address.web}/settings/tokens/new?scopes=repo,read:org&description=tracksync"


def _instant(text: str) -> datetime | None:
    """`2026-02-01 10:00:00 UTC`, or with an offset."""
    for form in ("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S UTC"):
        try:
            read = datetime.strptime(text, form)
        except ValueError:
            continue
        return read if read.tzinfo else read.replace(tzinfo=UTC)
    return None


def _requests(seen: Seen, first: Answer) -> Check:
    if first.status == 404:
        return ok("requests", "this server sets no limits")
    resources = _object(_object(first).get("resources"))
    left = [(name, _object(resources.get(name))) for name in ("core", "graphql")]
    known = [(name, one["remaining"], one["limit"], one["reset"]) for name, one in left if _counted(one)]
    if not known:
        return warning("requests", f"how many requests are left is not told (status {first.status})")
    shown = ", ".join(f"{remaining:,} of {limit:,} left ({name})" for name, remaining, limit, _ in known)
    scarce = [reset for _, remaining, limit, reset in known if remaining * 100 < limit * FEW]
    if scarce:
        hint = f"wait until {datetime.fromtimestamp(max(scarce), UTC):%H:%M} UTC: others use this token's budget too"
        return warning("requests", shown, hint)
    return ok("requests", f"{shown}, an hour")


def _counted(one: Mapping[str, Any]) -> bool:
    return all(isinstance(one.get(name), int) for name in ("remaining", "limit", "reset"))


def _of_repository(seen: Seen) -> Iterator[Check]:
    found = seen.repository
    if isinstance(found, TrackerError):
        yield failed("repository", str(found), found.hint)
    elif found is not None:
        yield _repository(seen, found)
        if found.archived:
            hint = f"unarchive it at {seen.address.web}/{found.name}/settings, or name another one in tracker.project"
            yield failed("archive", f"{found.name} is archived, so nothing can be written", hint)
        yield _issues(seen, found)
        yield _permissions(seen, found)
        yield _labels(seen)
        yield _people(seen)
        yield from rungs.checks(seen, found, workflow=seen.viewer == ACTIONS)


def _repository(seen: Seen, found: Repository) -> Check:
    if found.name.lower() != seen.project.lower():
        hint = f"write `project: {found.name}` and `formerly: [{seen.project}]` under `tracker`"
        return warning("repository", f"{seen.project} is now called {found.name}", hint)
    owner = "an organisation" if found.organisation else "a person"
    return ok("repository", f"{found.name} ({found.visibility}) belongs to {owner}")


def _issues(seen: Seen, found: Repository) -> Check:
    if not found.issues:
        hint = f"{HINTS[410]}: {seen.address.web}/{found.name}/settings"
        return failed("issues", f"issues are switched off in {found.name}", hint)
    if isinstance(seen.listed, Answer) and seen.listed.status == 200:
        return ok("issues", "issues can be read")
    reason, hint = _why_not(seen.listed)
    return failed("issues", f"issues can't be read: {reason}", hint)


def _permissions(seen: Seen, found: Repository) -> Check:
    kind, granted = seen.standing
    if kind is Kind.INSTALLATION:
        return _of_installation(seen, found, granted)
    scopes = seen.limits.headers.get("x-oauth-scopes") if isinstance(seen.limits, Answer) else None
    wanted = ("repo",) if found.visibility != "public" else ("repo", "public_repo")
    if scopes is not None and not {scope.strip() for scope in scopes.split(",")}.intersection(wanted):
        message = f"the token may not write issues in {found.name}: it lacks the scope {' or '.join(wanted)}"
        return failed("permissions", message, f"make a new one: {_new(seen)}")
    if found.permission not in WRITERS:
        role = found.permission.lower() or "none"
        hint = f"give {seen.viewer} the role Write: {seen.address.web}/{found.name}/settings/access"
        message = f"{seen.viewer} has the role {role} in {found.name}: new issues would lose their labels and owners"
        return failed("permissions", message, hint)
    if scopes is not None:
        return ok("permissions", f"may create, label and assign issues (role {found.permission.lower()})")
    hint = f"the token needs the permission Issues: read and write; see {_new(seen)}"
    message = f"{seen.viewer} may write here; whether the token may as well shows only when it writes"
    return ok("permissions", message, hint)


def _of_installation(seen: Seen, found: Repository, granted: Mapping[str, str] | None) -> Check:
    if granted is None:
        hint = "the workflow must say `permissions:` with `issues: write`; an App needs Issues: read and write"
        return ok("permissions", "what this token may write shows only when it writes", hint)
    if granted.get("issues") == "write":
        return ok("permissions", "the App may create, label and assign issues")
    owner = found.organisation
    settings = f"/organizations/{owner}/settings/installations" if owner else "/settings/installations"
    hint = f"give it Issues: read and write in its settings, and accept that at {seen.address.web}{settings}"
    return failed("permissions", f"the App may not write issues in {found.name}", hint)


def _labels(seen: Seen) -> Check:
    if not isinstance(seen.labels, frozenset):
        reason, hint = _why_not(seen.labels)
        return failed("labels", f"the labels can't be read: {reason}", hint)
    missing = [name for name in LOOKS if name.lower() not in seen.labels]
    if not missing:
        return ok("labels", "all are there")
    return ok("labels", f"{len(LOOKS) - len(missing)} of {len(LOOKS)} are there; the others are made when first needed")


def _people(seen: Seen) -> Check:
    if not isinstance(seen.assignable, int):
        reason, hint = _why_not(seen.assignable)
        return failed("people", f"who can be assigned can't be read: {reason}", hint)
    if not seen.assignable:
        return warning("people", "nobody can be assigned", "give the owners of action items access to the repository")
    people = "1 person" if seen.assignable == 1 else f"{seen.assignable} people"
    return ok("people", f"{people} can be assigned")


def _branch(seen: Seen) -> Iterator[Check]:
    if not seen.branch:
        return
    where = f"{seen.branch} of {seen.documents}"
    if not isinstance(seen.rules, Answer) or seen.rules.status != 200:
        yield warning("branch rules", f"the rules of {where} can't be read: {_why_not(seen.rules)[0]}")
        return
    data = seen.rules.data()
    kinds = [str(_object(one).get("type")) for one in data] if isinstance(data, list) else []
    told = [RULES[kind] for kind in dict.fromkeys(kinds) if kind in RULES]
    if told:
        hint = "commit what a sync wrote on a branch, and open a pull request; GITHUB_TOKEN can't bypass a ruleset"
        yield warning("branch rules", f"{where}: {', '.join(told)}", hint)
    else:
        yield ok("branch rules", f"no ruleset forbids a push to {where}")


def _why_not(found: object) -> tuple[str, str]:
    """The reason why an answer is of no use, and what to do."""
    if isinstance(found, TrackerError):
        return str(found), found.hint.removesuffix(_HERE)
    if isinstance(found, Answer):
        return found.message or f"status {found.status}", HINTS.get(found.status, "").removesuffix(_HERE)
    return "it was not asked for", ""


def _object(value: object) -> Mapping[str, Any]:
    if isinstance(value, Answer):
        try:
            value = value.data()
        except Garbled:
            return {}
    return value if isinstance(value, dict) else {}
