"""`tracksync demo`: the whole loop on sample postmortems, in a folder of its own. What is printed really ran."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import click

from tracksync.cli import console
from tracksync.cli.context import Session
from tracksync.errors import TracksyncError, UsageError

CONFIGURATION = "documents:\n  include: [postmortems/**]\ntracker:\n  kind: local\n"


@click.command(help="Show the whole loop on sample postmortems.")
@click.option("--dir", "folder", metavar="DIR", help="Use this new folder and keep it.")
@click.pass_obj
def demo(session: Session, folder: str | None) -> int:
    """Plan, sync, edit issues as people would, sync back, and show what changed in the documents."""
    with _playground(folder) as root, contextlib.chdir(root):
        _prepare(root)
        _told("Five postmortems, four of them published, in a git repository of their own.")
        _run("items", "postmortems")
        _told("What would happen? Nothing is written by `plan`.")
        _run("plan")
        _told("One issue for each open action item of a published postmortem; the links go into the documents.")
        _run("--quiet", "sync")
        _told("A second run has nothing to do.")
        _run("--quiet", "sync")
        _commit(root, "Link action items to their issues")
        _told("People work in the tracker: one closes an issue, another starts work and moves a due date.")
        _run("issues", "close", "1", "--as", "dana")
        _run("issues", "edit", "2", "--status", "in_progress", "--due", "2027-01-15", "--as", "sam")
        _told("The next run writes that back into the documents, and touches nothing else.")
        _run("--quiet", "sync")
        _git_diff(root)
        _commit(root, "Take over the status of action items")
        _told("After the commit both sides agree, which is remembered in the issues. Then, again:")
        _run("--quiet", "sync")
        _run("--quiet", "sync")
        if folder:
            _told(f"All of it is in {root}: edit a due date there, commit, and run `tracksync sync`.")
    return 0


@contextlib.contextmanager
def _playground(folder: str | None) -> Iterator[Path]:
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="tracksync-demo-", ignore_cleanup_errors=True) as made:
            yield Path(made).resolve()
        return
    root = Path(folder).absolute()
    if root.exists():
        raise UsageError(f"{root} exists already", "give a folder that doesn't exist yet")
    root.mkdir(parents=True)
    yield root


def _prepare(root: Path) -> None:
    samples = resources.files("tracksync") / "samples"
    with resources.as_file(samples) as source:
        shutil.copytree(source, root / "postmortems", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (root / "tracksync.yml").write_text(CONFIGURATION)
    from tracksync import git

    git.start_repository(root)
    _commit(root, "Postmortems")


def _commit(root: Path, message: str) -> None:
    from tracksync import git

    git.commit_all(root, message)
    click.echo(f'\n$ git commit --all --message "{message}"')


def _git_diff(root: Path) -> None:
    from tracksync import git

    click.echo("\n$ git diff --unified=0")
    click.echo(git.diff(root), nl=False)


def _told(sentence: str) -> None:
    click.echo(f"\n# {sentence}")


def _run(*words: str) -> None:
    """Run a tracksync command as a user would, and show it."""
    from tracksync.cli.entry import ended

    click.echo("\n$ tracksync " + " ".join(words))
    status = ended(list(words))
    if status and console.reader_left():
        raise SystemExit(status)
    if status:
        raise TracksyncError(f"the demo stopped: `tracksync {' '.join(words)}` ended with {status}")
