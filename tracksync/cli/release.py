"""`tracksync release`: let go of issues. Links and values stay; nothing of ours is left in the issue."""

import sys
from typing import TYPE_CHECKING

import click

from tracksync.cli import console, running
from tracksync.cli.context import Session
from tracksync.cli.exits import FAIL_ON, Outcome, exit_status
from tracksync.cli.options import KEY
from tracksync.errors import TracksyncError, UsageError
from tracksync.workspace import Workspace

if TYPE_CHECKING:
    from tracksync.adopting import Seen
    from tracksync.model import Issue, IssueRef


@click.command(help="Let go of issues: they stay as they are, and are no longer kept in step.", epilog=KEY)
@click.argument("key", metavar="[KEY]", required=False)
@click.option("--all", "everything", is_flag=True, help="Let go of all issues: for leaving tracksync.")
@click.option("--yes", is_flag=True, help="Let go without asking.")
@click.pass_obj
def release(session: Session, /, key: str | None, everything: bool, yes: bool) -> int:
    """One item's issue, or all of them. KEY is a key, an issue reference (#12), or PATH:LINE."""
    from tracksync import adopting
    from tracksync.look import in_archive
    from tracksync.planning import adoption

    if everything is (key is not None):
        raise UsageError("release takes one KEY, or --all", "see `tracksync release --help`")
    space = running.workspace(session)
    with space.alone():
        ref = space.tracker.reference(key) if key else None
        seen = adopting.see(space, (), [ref] if ref else [])
        if key is None:
            issues = adoption.ours(seen.world, space.repository)
            _all_linked(seen, [issue.ref for issue in issues])
            if issues and not yes and not _confirmed(len(issues)):
                click.echo("Nothing was let go.")
                return 0
        else:
            issues = adopting.to_let_go(space, seen, in_archive(space, key))
        return _released(session, space, seen, issues)


def _all_linked(seen: "Seen", refs: "list[IssueRef]") -> None:
    """Raises `UsageError` while a row still waits for its link: without one, its issue would be lost."""
    from tracksync.model import Reading
    from tracksync.planning import adoption

    rows = adoption.unlinked(seen.world, seen.matching, refs)
    waiting = [row for row in rows if row.item.readings.issue is not Reading.ABSENT]
    if waiting:
        raise UsageError(
            f"{waiting[0]} has no link to its issue yet ({len(waiting)} in all); nothing was let go",
            "run `tracksync sync` first: it writes the links",
        )


def _confirmed(number: int) -> bool:
    """What a person says. Raises `UsageError` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError(f"{number} issues would be let go", "add --yes if that is meant")
    return click.confirm(f"Let go of {number} issues? tracksync forgets which item is whose", err=True)


def _released(session: Session, space: Workspace, seen: "Seen", issues: list["Issue"]) -> int:
    from tracksync import adopting
    from tracksync.planning import adoption
    from tracksync.reports.words import counted

    released = []
    for issue in space.progress("Letting go", issues):
        try:
            adopting.let_go(space, issue)
        except TracksyncError as error:
            console.error(str(error), error.hint)
        else:
            released.append(issue.ref)
    click.echo(f"{counted(len(released), 'issue')} let go.")
    for row in adoption.unlinked(seen.world, seen.matching, released):
        console.warn(f"{row} has no link to its former issue: the next sync makes a new one, unless you write it there")
    failed = len(released) < len(issues)
    return exit_status({Outcome.FAILED} if failed else set(), FAIL_ON)
