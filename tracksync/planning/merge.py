"""The three-way merge of one field: document, tracker, and the base both last agreed on.

The table of design section "Merge and memory", as one ladder. Pure: three values in, one decision out.
"""

from enum import StrEnum
from typing import NamedTuple

from tracksync.model import Base, Carrier, CarrierState
from tracksync.planning.rules import FieldPolicy

Opinion = str | None
"""What a document says about a field: a value, "" where the place is empty, None where it says nothing."""


class Verdict(StrEnum):
    """What is to be done about one field of one item."""

    IN_SYNC = "in_sync"
    WRITE = "write"
    """Bring the tracker's value into the document."""
    PATCH = "patch"
    """Bring the document's value into the tracker."""
    HOLD = "hold"
    """The document moved a field that follows the tracker: touch neither."""
    CONFLICT = "conflict"
    """Both sides moved: touch neither."""
    LEFT = "left"
    """The tracker moved a field that follows the document: left as it is, reported."""
    DECLINED = "declined"
    """A person declined to take the tracker's value into the document: reported."""


class Decision(NamedTuple):
    """A verdict with what goes with it."""

    verdict: Verdict
    value: str
    """What to write or patch (for `IN_SYNC`: what both show)."""
    reason: str
    remember: str | None = None
    """The value to which the base moves without anything else changing (a landed carrier, both sides equal)."""
    withdraw: bool = False
    """Take back what is proposed for the cell."""
    adopted: bool = False
    """There was no readable base: the field's home decided."""


def decide(
    document: Opinion,
    tracker: str,
    base: Base | None,
    carrier: Carrier | None,
    policy: FieldPolicy,
    blank: str = "",
    ticked: bool = False,
) -> Decision:
    """Decide one field. `carrier` must have the base's serial; any other is to be left out by the caller.

    `blank` is what the tracker has when nobody ever set the field: "" or, for the status, "not_started". `ticked`: the
    document says done and the tracker doesn't, which is never undone without knowing that the tracker moved.
    """
    if base is None:
        return _without_base(document, tracker, policy, blank, ticked)
    landed = carrier is not None and carrier.state is CarrierState.LANDED
    agreed = carrier.value if carrier is not None and landed else base.value
    speaks = document is not None and (document != "" or agreed != "")
    shown = document if document is not None and speaks else agreed
    decision = _ladder(shown, tracker, agreed, carrier, policy)
    if landed and decision.remember is None and decision.verdict is not Verdict.PATCH:
        decision = decision._replace(remember=agreed)
    return decision._replace(withdraw=_withdraws(decision, carrier))


def _ladder(document: str, tracker: str, agreed: str, carrier: Carrier | None, policy: FieldPolicy) -> Decision:
    if document == tracker:
        moved = tracker if agreed != tracker else None
        return Decision(Verdict.IN_SYNC, tracker, "both sides agree", remember=moved)
    if document == agreed:
        return _tracker_moved(tracker, carrier, policy)
    if tracker == agreed:
        if policy is FieldPolicy.TRACKER:
            return Decision(Verdict.HOLD, document, "edited in the document, but this field follows the tracker")
        return Decision(Verdict.PATCH, document, "changed in the document")
    if policy is FieldPolicy.MERGE:
        return Decision(Verdict.CONFLICT, document, "changed on both sides")
    if policy is FieldPolicy.DOCUMENT:
        return Decision(
            Verdict.PATCH, document, f"changed on both sides (tracker: {tracker or 'empty'}); the document decides"
        )
    return Decision(
        Verdict.WRITE, tracker, f"changed on both sides (document: {document or 'empty'}); the tracker decides"
    )


def _tracker_moved(tracker: str, carrier: Carrier | None, policy: FieldPolicy) -> Decision:
    if policy is FieldPolicy.DOCUMENT:
        return Decision(Verdict.LEFT, tracker, "changed in the tracker, but this field follows the document")
    if carrier is not None and carrier.state is CarrierState.DECLINED and carrier.value == tracker:
        return Decision(Verdict.DECLINED, tracker, "a person declined this change of the document")
    return Decision(Verdict.WRITE, tracker, "changed in the tracker")


def _without_base(document: Opinion, tracker: str, policy: FieldPolicy, blank: str, ticked: bool) -> Decision:
    """No readable base: the home wins. Until the document shows the tracker's value, the base is what it shows now:
    a base that runs ahead of the document would make its old value look like a person's edit.
    """
    if (document or blank) == tracker:
        return Decision(Verdict.IN_SYNC, tracker, "both sides agree", remember=tracker, adopted=True)
    if not document:
        return Decision(Verdict.WRITE, tracker, "only the tracker has a value", remember=blank, adopted=True)
    if policy is FieldPolicy.TRACKER and ticked:
        return Decision(Verdict.HOLD, document, "done in the document, open in the tracker, and nothing was remembered")
    if policy is FieldPolicy.TRACKER:
        reason = f"nothing was remembered (document: {document}); the tracker decides"
        return Decision(Verdict.WRITE, tracker, reason, remember=document, adopted=True)
    reason = f"nothing was remembered (tracker: {tracker or 'empty'}); the document decides"
    return Decision(Verdict.PATCH, document, reason, adopted=True)


def _withdraws(decision: Decision, carrier: Carrier | None) -> bool:
    if carrier is None or carrier.state is not CarrierState.OPEN:
        return False
    return decision.verdict is not Verdict.WRITE
