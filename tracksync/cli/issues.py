"""`tracksync issues`: the local tracker as a person uses it."""

import json
import os
from datetime import date
from typing import TYPE_CHECKING

import click

from tracksync.cli.context import Session, settings
from tracksync.cli.options import format_option

if TYPE_CHECKING:
    from tracksync.model import Issue
    from tracksync.trackers.local_people import LocalPeople, Shown

OPEN_STATUSES = ("not_started", "in_progress", "blocked")
REASONS = {"completed": "complete", "not_planned": "wont_do", "duplicate": "duplicate"}
"""Why an issue is closed, in the trackers' words → the status."""


@click.group(help="Look at and change issues of the local tracker.")
def issues() -> None:
    """The commands of a person."""


number_argument = click.argument("reference", metavar="NUMBER")
as_option = click.option(
    "--as",
    "actor",
    metavar="NAME",
    help="Who does this. By default, you.",
    callback=lambda ctx, option, value: _actor(value),
)


@issues.command("list", help="List issues.")
@click.option(
    "--state", type=click.Choice(("open", "closed", "all")), default="open", show_default=True, help="Which issues."
)
@format_option("text", "json")
@click.pass_obj
def list_issues(session: Session, state: str, output_format: str) -> None:
    """Issues by number, whoever made them."""
    from tracksync.cli.running import stdout_look
    from tracksync.reports.issues import issues_json, issues_text

    everything = [one for people in _projects(session) for one in people.listing()]
    found = [one for one in everything if state in ("all", "closed" if one.status.closed else "open")]
    if output_format == "json":
        click.echo(issues_json(found), nl=False)
    else:
        width, style = stdout_look()
        click.echo(issues_text(found, width=width, style=style), nl=False)


@issues.command(help="Show one issue, and who changed what.")
@number_argument
@format_option("text", "json")
@click.pass_obj
def show(session: Session, reference: str, output_format: str) -> None:
    """One issue with its text and history."""
    from tracksync.reports.issues import issues_json

    people = _people(session, reference)
    shown = people.show(_number(people, reference))
    click.echo(issues_json([shown.issue]) if output_format == "json" else _text(shown), nl=False)


@issues.command(help='Change fields of an issue; "" clears one.')
@number_argument
@click.option("--title", metavar="TEXT", help="What is to be done.", callback=lambda ctx, option, value: _title(value))
@click.option(
    "--owner",
    "owners",
    metavar="LOGIN",
    multiple=True,
    callback=lambda ctx, option, value: _logins(value),
    help='Who does it. May be repeated; "" for nobody.',
)
@click.option(
    "--due",
    metavar="DATE",
    callback=lambda ctx, option, value: _day(value),
    help='The day it is due, YYYY-MM-DD; "" for none.',
)
@click.option(
    "--priority", type=click.Choice(("P0", "P1", "P2", "P3", "P4", ""), case_sensitive=False), help='"" for none.'
)
@click.option("--status", type=click.Choice(OPEN_STATUSES), help="How far it is; a closed issue is opened again.")
@click.option(
    "--add-label",
    "add_labels",
    metavar="LABEL",
    multiple=True,
    help="May be repeated.",
    callback=lambda ctx, option, value: _labels(value),
)
@click.option(
    "--remove-label",
    "remove_labels",
    metavar="LABEL",
    multiple=True,
    help="May be repeated.",
    callback=lambda ctx, option, value: _labels(value),
)
@as_option
@click.pass_obj
def edit(
    session: Session,
    reference: str,
    title: str | None,
    owners: tuple[str, ...],
    due: str | None,
    priority: str | None,
    status: str | None,
    add_labels: tuple[str, ...],
    remove_labels: tuple[str, ...],
    actor: str,
) -> None:
    """Change what is given and leave the rest."""
    from tracksync.model import Status

    if not any((owners, status, add_labels, remove_labels)) and (title, due, priority) == (None, None, None):
        raise click.UsageError("nothing to change: give at least one option, see --help")
    people = _people(session, reference)
    changed = people.edit(
        _number(people, reference),
        actor=actor,
        title=title,
        assignees=list(owners) or None,
        due=due,
        priority=priority,
        status=Status(status) if status else None,
        add_labels=add_labels,
        remove_labels=remove_labels,
    )
    _say(changed)


@issues.command(help="Close an issue.")
@number_argument
@click.option("--reason", type=click.Choice(tuple(REASONS)), default="completed", show_default=True, help="Why.")
@as_option
@click.pass_obj
def close(session: Session, reference: str, reason: str, actor: str) -> None:
    """Close it for a reason."""
    from tracksync.model import Status

    people = _people(session, reference)
    _say(people.close(_number(people, reference), Status(REASONS[reason]), actor=actor))


@issues.command(help="Open a closed issue again.")
@number_argument
@as_option
@click.pass_obj
def reopen(session: Session, reference: str, actor: str) -> None:
    """An open issue stays as it is."""
    people = _people(session, reference)
    _say(people.reopen(_number(people, reference), actor=actor))


def _say(issue: "Issue") -> None:
    from tracksync.reports.issues import issue_text

    click.echo(issue_text(issue), nl=False)


def _people(session: Session, reference: str) -> "LocalPeople":
    """The project that a reference names, else the default one."""
    named = reference.rpartition("#")[0]
    default, *others = _projects(session)
    return next((people for people in others if people.project == named), default)


def _projects(session: Session) -> list["LocalPeople"]:
    from tracksync.state import STATE
    from tracksync.trackers.local import database
    from tracksync.trackers.local_people import LocalPeople

    configured = settings(session)
    projects = dict.fromkeys([configured.project, *(route.project for route in configured.routes)])
    return [LocalPeople(database(configured.root / STATE), project) for project in projects]


def _text(shown: "Shown") -> str:
    from tracksync.cli.running import stdout_look
    from tracksync.reports.issues import issues_text
    from tracksync.reports.plain import plain
    from tracksync.trackers.body import BEGIN, END, without_marker

    width, style = stdout_look()
    head = issues_text([shown.issue], width=width, style=style).split("\n")[0]
    lines = without_marker(shown.issue.body).strip().split("\n")
    text = [plain(line) for line in lines if line.strip() not in (BEGIN, END)]
    history = [_event(*event) for event in shown.history]
    labels = plain(", ".join(shown.labels)) or "none"
    return "\n".join([head, f"Labels: {labels}", "", *text, "", "History:", *history]) + "\n"


def _event(at: str, actor: str, field: str, before: str, after: str) -> str:
    from tracksync.reports.plain import plain

    changed = "" if field == "body" else f" from {_quoted(before)} to {_quoted(after)}"
    what = f"created {_quoted(after)}" if field == "created" else f"changed {field}{changed}"
    return plain(f"  {at[:19].replace('T', ' ')}  {actor} {what}")


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False) if value else "nothing"


def _number(people: "LocalPeople", reference: str) -> int:
    """`12`, `#12` or `PROJECT#12`."""
    project, _, digits = reference.rpartition("#")
    if project not in ("", people.project) or not (digits.isascii() and digits.isdecimal() and len(digits) < 11):
        raise click.UsageError(f"{reference!r} is no issue here; name one as 12, #12 or {people.project}#12")
    return int(digits)


def _actor(name: str | None) -> str:
    if name is not None and not name.strip():
        raise click.BadParameter("a name can't be empty")
    return (name or os.environ.get("USER") or "person").strip()


def _title(text: str | None) -> str | None:
    if text is not None and not text.strip():
        raise click.BadParameter("an issue needs a title")
    return text


def _logins(written: tuple[str, ...]) -> tuple[str, ...]:
    from tracksync.config.values import one_login

    for text in filter(None, written):
        try:
            one_login(text)
        except ValueError:
            raise click.BadParameter(f"{text!r} is not one login") from None
    return tuple(text.removeprefix("@") for text in written)


def _labels(written: tuple[str, ...]) -> tuple[str, ...]:
    if not all(label.strip() for label in written):
        raise click.BadParameter("a label can't be empty")
    return written


def _day(text: str | None) -> str | None:
    if not text:
        return text
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a date like 2027-01-15") from None
