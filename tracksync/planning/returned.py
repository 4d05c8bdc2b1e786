"""What a tracker made of a request, held against what was asked: fields may be dropped silently. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tracksync.model import MERGED, Base, Field, Issue, IssueDraft, IssuePatch, Marker, Overwritten, Problem, Severity
from tracksync.owners import Directory, joined
from tracksync.planning.changes import Change
from tracksync.planning.project import BLANK, Hold, tracker_side

LABEL = "our label"
MARKER = "the marker"
LABELS = "labels"

_LONGEST = 100
"""Characters of a person's text that a message repeats."""


def from_draft(draft: IssueDraft, made: Issue, hold: Hold) -> list[str]:
    """What a new issue lacks of its draft, in words."""
    carried = isinstance(made.marker, Marker) and made.marker.key == draft.marker.key
    missing = [] if made.labelled else [LABEL]
    missing += [] if carried else [MARKER]
    asked = {which: value for which, value in draft.values.items() if value != BLANK[which]}
    return [*_values(hold(asked, made.ref.project), made), *_labels(draft.labels, (), made), *missing]


def from_patch(patch: IssuePatch, after: Issue, hold: Hold) -> list[str]:
    """What an issue lacks of a patch, in words."""
    missing = [] if patch.marker in (None, after.marker) else [MARKER]
    return [
        *_values(hold(patch.values, after.ref.project), after),
        *_labels(patch.add_labels, patch.remove_labels, after),
        *missing,
    ]


def lost(made: Issue, dropped: Collection[str]) -> str:
    """Why no issue may be created after this one, "" when they may: the listing would not find it, or not know it."""
    what = next((one for one in (LABEL, MARKER) if one in dropped), "")
    if not what:
        return ""
    return (
        f"not created, because {made.ref} came back without {what}: the next run could not find such an issue; give "
        "the token write access to the project"
    )


def correction(
    issue: Issue, asked: Collection[Field], dropped: Collection[str], directory: Directory
) -> IssuePatch | None:
    """What sets the memory right, None when nothing is to be: a value that was dropped was never agreed on, and must
    not look like a person's edit of the issue.
    """
    if not isinstance(issue.marker, Marker):
        return None
    fields = [which for which in asked if which.value in dropped or (which is Field.OWNER and LABELS in dropped)]
    now, base = tracker_side(issue, directory), issue.marker.base
    moved = {which: Base(now[which], base[which].serial + 1) for which in fields if base[which].value != now[which]}
    return IssuePatch({}, replace(issue.marker, base={**base, **moved})) if moved else None


def problem(change: Change, issue: Issue, dropped: Sequence[str], corrected: bool) -> Problem:
    """The problem that tells of it."""
    *most, last = dropped
    listed = f"{', '.join(most)} and {last}" if most else last
    message = f"{issue.ref}: the tracker didn't take {listed}; the token may lack write access"
    if not corrected:
        message += ". That could not be remembered: the next plan may take it for an edit of the issue"
    return Problem("field-dropped", Severity.WARNING, change.path, change.line, message)


def _values(asked: Mapping[Field, str], issue: Issue) -> list[str]:
    return [which.value for which in MERGED if which in asked and asked[which] != _shown(issue, which)]


def _shown(issue: Issue, which: Field) -> str:
    return joined(issue.owner.split(",")) if which is Field.OWNER else issue.value(which)


def _labels(wanted: Collection[str], unwanted: Collection[str], issue: Issue) -> list[str]:
    """Labels differ by more than case: platforms answer with the spelling of the label that there is."""
    shown = {name.casefold() for name in issue.labels}
    missing, left = {name.casefold() for name in wanted} - shown, {name.casefold() for name in unwanted} & shown
    return [LABELS] if missing or left else []


def overwrote(found: Overwritten, change: Change) -> Problem:
    """The problem of a person's edit that we overwrote in the moment in which it was made. What a text was, the
    platform's own history of it shows.
    """
    value = " ".join(found.value.split())
    short = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
    untold = found.field == "text" and not short
    what = "the text" if untold else f"{found.field} from {short or 'nothing'}"
    message = f"{found.ref}: overwrote {found.person}'s change of {what}"
    return Problem("overwrote", Severity.WARNING, change.path, change.line, message)
