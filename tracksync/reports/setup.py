"""What `tracksync init` found, in words."""

from collections.abc import Iterator, Mapping, Sequence

from tracksync.reports.lines import BLANK, Line, Style, no_style, render
from tracksync.reports.words import counted
from tracksync.setup.findings import Findings
from tracksync.setup.survey import Candidate, Survey

_FORMS = {
    "table": "in tables",
    "yaml": "in YAML",
    "list": "in lists",
    "tasklist": "in task lists",
    "html": "in HTML tables",
    "heading": "under headings",
}
_LONGEST = 40
_SHOWN = 5
_WIDTH = 14


def headline(found: Findings) -> str:
    """The one line that matters: "41 documents, 180 action items, 37 owners without a login"."""
    parts = [counted(found.documents, "document"), counted(found.items, "action item")]
    return ", ".join([*parts, f"{counted(found.owners, 'owner')} without a login"])


def found_text(
    survey: Survey, found: Findings, passed: Sequence[str] = (), *, width: int | None = None, style: Style = no_style
) -> str:
    """What was found, one thing a line; `passed`: the folders that are not taken."""
    return render(_lines(survey, found, passed), width, style)


def choice_text(candidates: Sequence[Candidate], counts: Sequence[Findings], *, width: int | None = None) -> str:
    """The places to choose from, numbered from 1."""
    lines = [Line("heading", "Postmortems seem to lie in several places:")]
    for number, (candidate, found) in enumerate(zip(candidates, counts, strict=True), start=1):
        where = f"{candidate.place.folder}/" if candidate.place.folder else "the top folder"
        only = "" if any(glob.endswith("**") for glob in candidate.place.include) else ", by their names"
        held = f"{counted(found.documents, 'document')}{only}, {counted(found.items, 'action item')}"
        lines.append(Line("row", f"  {number}  {where}: {held}"))
    return render(lines, width, no_style)


def next_text() -> str:
    """What to do now."""
    return (
        "Next:\n"
        "  tracksync items    what is read out of the postmortems\n"
        "  tracksync plan     which issues a sync would make; it changes nothing\n"
    )


def _lines(survey: Survey, found: Findings, passed: Sequence[str]) -> Iterator[Line]:
    yield Line("heading", f"Found {headline(found)}.")
    yield BLANK
    yield _about("documents", ", ".join(found.include))
    if found.exclude:
        yield _about("left out", f"{', '.join(found.exclude)} (templates and drafts)")
    if passed:
        yield _about("passed over", f"{', '.join(passed)} (add it to `documents.include` to take it)")
    if found.unread:
        yield _about("not read", f"{counted(found.unread, 'document')} beyond the limit of this look; a run reads all")
    if found.items:
        yield _about("action items", _items(found))
    yield from _waiting(found)
    if found.owners:
        yield _about("owners", f"{found.owners} without a login: tracksync items --unknown-owners")
    if found.problems:
        yield _about("problems", f"{counted(found.problems, 'problem')} in documents, told by: tracksync items")
    if survey.remote:
        there = f"; tracksync.yml says how to keep issues in {survey.remote.platform}" if survey.remote.platform else ""
        yield _about("git remote", f"{survey.remote}{there}")
    if survey.others:
        yield _about("also here", f"{', '.join(survey.others[:_SHOWN])}: a configuration of its own for that folder")
    if not survey.complete:
        yield _about("files", f"only the first {survey.files:,} were looked at; name the folder: tracksync init PATH")
    if survey.unopened:
        opened = f"{survey.opened:,} Markdown files were opened, {survey.unopened:,} more not"
        yield _about("files", f"{opened}; name the folder: tracksync init PATH")


def _items(found: Findings) -> str:
    forms = ", ".join(f"{number} {_FORMS.get(form, form)}" for form, number in found.forms.items())
    return f"{forms}; {found.open} not done, {found.linked} with a link to an issue"


def _waiting(found: Findings) -> Iterator[Line]:
    """The documents whose items get no issue now."""
    if found.older:
        yield _about("older", f"{counted(found.older, 'document')} from before {found.since}: no new issues for them")
    if found.undated:
        undated = counted(found.undated, "document")
        yield _about("no date", f"{undated}: no new issues until a line `Date: YYYY-MM-DD` says how old")
    if found.held:
        yield _about("held back", f"{_held(found.held)} not published yet, by the status: {_told(found.held)}")
    if found.unknown:
        where = "tracksync.yml has the lines to settle it"
        yield _about("held back", f"{_held(found.unknown)} with an unknown status: {_told(found.unknown)}; {where}")


def _held(words: Mapping[str, int]) -> str:
    return counted(sum(words.values()), "document")


def _told(words: Mapping[str, int]) -> str:
    shown = [f'{number} "{_short(word)}"' for word, number in words.items()]
    more = len(shown) - _SHOWN
    return ", ".join(shown if more <= 0 else [*shown[:_SHOWN], f"{more} more"])


def _short(word: str) -> str:
    word = " ".join(word.split())
    return word if len(word) <= _LONGEST else word[: _LONGEST - 1] + "…"


def _about(name: str, text: str) -> Line:
    return Line("row", f"  {name.ljust(_WIDTH)}{text}", _WIDTH + 2)
