"""`tracksync adopt`: make an issue that is there already an item's own."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracksync.cli import console, running
from tracksync.cli.context import Session
from tracksync.cli.exits import FAIL_ON, Outcome, exit_status
from tracksync.errors import LimitExceeded, TracksyncError, UsageError
from tracksync.workspace import Workspace

if TYPE_CHECKING:
    from tracksync.model import Issue
    from tracksync.planning.adoption import Adoption, Row

EPILOG = "PATH:LINE is where the item stands, as `tracksync items` shows it. ISSUE is like #12."

NEXT = "hint: nothing but the tie has changed; `tracksync plan` shows what follows"


@click.command(help="Make an issue that is there already an action item's own.", epilog=EPILOG)
@click.argument("words", metavar="[PATH:LINE ISSUE | PATH...]", nargs=-1)
@click.option("--links", is_flag=True, help="Adopt the issue of every row (in PATH) that names one.")
@click.option("-i", "--interactive", is_flag=True, help="Ask for each row without an issue, with suggestions.")
@click.option("--dry-run", is_flag=True, help="Print what would be adopted, and stop.")
@click.option("--allow-updates", type=click.IntRange(min=0), metavar="N", help="Allow this run to update N issues.")
@click.pass_obj
def adopt(
    session: Session,
    /,
    words: tuple[str, ...],
    links: bool,
    interactive: bool,
    dry_run: bool,
    allow_updates: int | None,
) -> int:
    """One row and its issue, all rows that name one, or row by row; see docs/adopting.md."""
    if links and interactive:
        raise UsageError("--links and --interactive exclude each other")
    if interactive and dry_run:
        raise UsageError("--interactive asks before each adoption: leave --dry-run out")
    if not links and not interactive and len(words) != 2:
        example = "`tracksync adopt docs/postmortems/a.md:12 local#3`, or --links, or --interactive"
        raise UsageError("adopt takes a row and its issue", example)
    space = running.workspace(session)
    with space.alone():
        if interactive:
            return _asked(space, words)
        found = _by_links(space, words) if links else _one(space, *words)
        return _carried_out(session, space, found, dry_run, allow_updates)


def _one(space: Workspace, wanted: str, issue: str) -> list[tuple["Row", "Adoption | str"]]:
    from tracksync import adopting
    from tracksync.look import in_archive

    ref = adopting.reference(space, issue)
    file = wanted.rpartition(":")[0]
    seen = adopting.see(space, running.absolute((file,)) if Path(file).is_file() else (), [ref])
    row = adopting.row_at(seen, in_archive(space, wanted))
    return [(row, adopting.planned(space, seen, row, ref))]


def _by_links(space: Workspace, paths: tuple[str, ...]) -> list[tuple["Row", "Adoption | str"]]:
    from tracksync import adopting
    from tracksync.planning import adoption

    seen = adopting.see(space, running.absolute(paths))
    return adoption.by_links(seen.world, seen.matching, space.repository)


def _carried_out(
    session: Session,
    space: Workspace,
    found: list[tuple["Row", "Adoption | str"]],
    dry_run: bool,
    allowed: int | None,
) -> int:
    """Show everything, hold it against the limit, then adopt one by one; one that fails never stops the others."""
    from tracksync import adopting
    from tracksync.reports.adoption import adoption_text
    from tracksync.reports.words import counted

    width, style = running.stdout_look()
    click.echo(adoption_text(found, width=width, style=style), nl=False)
    planned = [one for _, one in found if not isinstance(one, str)]
    try:
        adopting.hold_against_limit(space, planned, allowed)
    except LimitExceeded as error:
        console.error(str(error), error.hint)
        return exit_status({Outcome.REFUSED}, FAIL_ON)
    failed = 0 if dry_run else sum(not _adopted(space, one) for one in planned)
    verb = "would be adopted" if dry_run else "adopted"
    click.echo(f"{counted(len(planned) - failed, 'issue')} {verb}, {len(found) - len(planned)} left alone.")
    if planned and not dry_run:
        console.note(session, NEXT)
    return exit_status({Outcome.FAILED} if failed else set(), FAIL_ON)


def _adopted(space: Workspace, found: "Adoption") -> bool:
    from tracksync import adopting

    try:
        adopting.adopt(space, found)
    except TracksyncError as error:
        console.error(str(error), error.hint)
        return False
    return True


def _asked(space: Workspace, paths: tuple[str, ...]) -> int:
    """Row by row. What was adopted stays adopted when a person stops."""
    from tracksync import adopting
    from tracksync.planning import adoption
    from tracksync.reports.words import counted

    seen = adopting.see(space, running.absolute(paths))
    candidates, taken, done, passed = adopting.candidates(space, seen), set[object](), 0, 0
    for row in adoption.without_issue(seen.world, seen.matching):
        linked = space.tracker.reference(row.item.link or "")
        own = [issue for issue in seen.world.issues.issues if issue.ref == linked]
        suggestions = [one for one in own or candidates.like(row.item.action) if one.ref not in taken]
        answer = _answer(row, suggestions) if suggestions else None
        if answer == "q":
            break
        if answer is None or not _chosen(space, row, answer, taken):
            passed += 1
        else:
            done += 1
    click.echo(f"{counted(done, 'issue')} adopted, {counted(passed, 'row')} without one.")
    return 0


def _answer(row: "Row", suggestions: Sequence["Issue"]) -> str | None:
    """The reference of an issue, "q" to stop, None for no issue."""
    from tracksync.reports.adoption import row_text

    width, style = running.stdout_look()
    click.echo(row_text(row, suggestions, width=width, style=style), nl=False, err=True)
    choices = "1" if len(suggestions) == 1 else f"1-{len(suggestions)}"
    while True:
        question = f"Its issue? [{choices}, an issue like #12, Enter: none, q: stop]"
        answer = str(click.prompt(question, default="", show_default=False, err=True)).strip()
        if answer in ("", "q"):
            return answer or None
        if not answer.isdecimal():
            return answer
        if 1 <= int(answer) <= len(suggestions):
            return str(suggestions[int(answer) - 1].ref)


def _chosen(space: Workspace, row: "Row", answer: str, taken: set[object]) -> bool:
    """Adopt what was answered; False, with the reason said, when it can't be."""
    from tracksync import adopting

    try:
        ref = adopting.reference(space, answer)
        # A fresh look: the adoption before may have written into this document.
        seen = adopting.see(space, (), [ref])
        adopting.adopt(space, adopting.planned(space, seen, adopting.row_at(seen, str(row)), ref))
    except TracksyncError as error:
        console.error(str(error), error.hint)
        return False
    taken.add(ref)
    return True
