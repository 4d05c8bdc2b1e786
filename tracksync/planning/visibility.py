"""Who can see what: private documents never go to a more public tracker, nor a private tracker's values into more
public documents. Only statuses and links pass. Pure.
"""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from tracksync.model import Field, IssueRef, Problem, Severity
from tracksync.planning.changes import Action, Change

PRIVATE, INTERNAL, PUBLIC = RANKS = ("private", "internal", "public")
"""From few people to many."""


class Reach(NamedTuple):
    """Who can see the documents, and who the issues of a project: each one of `RANKS`; and what the user allows."""

    documents: str
    issues: str
    project: str = ""
    told: bool = True
    """False where nobody tells who sees the documents: then they count as private."""
    out_allowed: bool = False
    back_allowed: bool = False
    hides: bool = False
    """A single issue can be kept from all but the members of its project."""
    hides_always: bool = False
    """And that is what the user wants for each new one."""

    @property
    def hidden(self) -> "Reach":
        """The reach of an issue that only members of its project see."""
        return self._replace(issues=PRIVATE)

    @property
    def hides_new(self) -> bool:
        """True when new issues are hidden: the user wants it, or they go where the documents must not."""
        return self.hides and (self.hides_always or self.keeps_out)

    @property
    def keeps_out(self) -> bool:
        """True when people who don't see the documents see the issues, and that is not allowed."""
        return self._step > 0 and not self.out_allowed

    @property
    def keeps_back(self) -> bool:
        """True when people who don't see the issues see the documents, and that is not allowed."""
        return self._step < 0 and not self.back_allowed

    @property
    def _step(self) -> int:
        return RANKS.index(self.issues) - RANKS.index(self.documents)


SAME = Reach(PRIVATE, PRIVATE)

Ask = Callable[[str, bool], Reach]
"""(project, "" for the default one; True: ask the platform now, False: what is remembered will do)."""


def reach_of(documents: str | None, issues: str | None, project: str) -> Reach:
    """The reach by what the platform says; where it says nothing that is known, the safe side counts."""
    told = documents in RANKS
    return Reach(documents if documents in RANKS else PRIVATE, issues if issues in RANKS else PUBLIC, project, told)


def same_everywhere(project: str, freshly: bool) -> Reach:
    """Documents and issues have the same readers: a local tracker, or one repository for both."""
    return SAME


def forbids(change: Change, ask: Ask, hidden: Collection[IssueRef] = ()) -> Reach | None:
    """The reach that forbids a change; None when it may be made. `hidden` issues are seen by members only."""
    creates = change.action is Action.CREATE
    if _goes_out(change):
        found = ask(change.project, creates)
        found = found.hidden if change.issue in hidden or (creates and found.hides_new) else found
        return found if found.keeps_out else None
    if _comes_back(change):
        found = ask(change.project, False)
        found = found.hidden if change.issue in hidden else found
        return found if found.keeps_back else None
    return None


def _goes_out(change: Change) -> bool:
    """True for what brings more than a status of a document into the tracker."""
    if change.action is Action.CREATE:
        return True
    updates = change.action in (Action.UPDATE, Action.ADOPT) and not change.remembers_only
    return updates and change.field is not Field.STATUS


def _comes_back(change: Change) -> bool:
    """True for what brings more than a status or a link of the tracker into a document."""
    put_back = change.text is not None
    return change.action is Action.WRITE and not put_back and change.field not in (Field.STATUS, Field.ISSUE)


def problems(forbidding: Iterable[Reach]) -> list[Problem]:
    """What to tell of the reaches that forbade something: once for each project."""
    return [_told(found) for found in sorted(set(forbidding))]


def _told(found: Reach) -> Problem:
    if found.keeps_out:
        return Problem("more-public", Severity.ERROR, "", 0, f"{out(found)}; {WAY_OUT}")
    return Problem("less-public", Severity.NOTE, "", 0, f"{back(found)}; {WAY_BACK}")


def out(found: Reach, so: str = ": nothing of them is brought there") -> str:
    """The sentence about a tracker that is more public than the documents, and what follows."""
    theirs = "the documents are" if found.told else "who sees the documents can't be told, so they count as"
    return f"{found.project} is {found.issues} and {theirs} {found.documents}{so}"


def back(found: Reach) -> str:
    """The sentence about documents that are more public than their tracker."""
    return (
        f"{found.project} is {found.issues} and the documents are {found.documents}: of its issues only statuses and "
        "links are written into them"
    )


WAY_OUT = "name a project that no more people see or, if this is meant, set tracker.allow_more_public"
WAY_BACK = "if more may be seen there, set tracker.allow_less_public"
