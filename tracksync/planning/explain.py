"""What is known about one item, field by field: the answer to "why did it do that?"."""

from collections.abc import Iterator

from tracksync.planning.fields import Facts
from tracksync.planning.findings import Findings
from tracksync.planning.identity import Match, Standing
from tracksync.planning.items import ItemPlanner
from tracksync.planning.merge import Verdict
from tracksync.planning.plan import Planned
from tracksync.planning.rules import Rules

WORDS = {
    Verdict.IN_SYNC: "in sync",
    Verdict.WRITE: "to be written into the document",
    Verdict.PATCH: "to be written into the issue",
    Verdict.HOLD: "held: edited in the document, and this field follows the tracker",
    Verdict.CONFLICT: "conflict: both sides moved",
    Verdict.LEFT: "left: this field follows the document",
    Verdict.DECLINED: "left: a person declined it",
}


def find(planned: Planned, wanted: str) -> list[Match]:
    """The rows that a KEY names: a key, an issue reference in any form the tracker reads, or PATH:LINE."""
    path, _, line = wanted.rpartition(":")
    ref = planned.world.resolve(wanted)
    return [
        match
        for match in planned.matches.values()
        if match.key == wanted.upper()
        or (match.issue is not None and match.issue.ref == ref)
        or (match.document.path, str(match.item.line)) == (path, line)
    ]


def explain(planned: Planned, rules: Rules, match: Match) -> Iterator[tuple[Facts, str]]:
    """Each merged field of a two-way item with what comes next, in words. Nothing for a new or read-only item."""
    if match.issue is None or match.standing is not Standing.TWO_WAY:
        return
    planner = ItemPlanner(planned.world, rules, Findings())
    sides = planner.sides(match, match.issue)
    known = [one for one in planned.plan.conflicts if one.key == match.key and one.person]
    who = {one.field: f", in the tracker by {one.person}" for one in known}
    for facts in planner.facts(match, match.issue, sides):
        verdict = WORDS[facts.decision.verdict] if sides.item else "waits to be committed"
        if facts.proposed and facts.decision.verdict is Verdict.WRITE:
            verdict = "written, waits to be committed"
        elif facts.stated is None and facts.decision.verdict is Verdict.IN_SYNC:
            verdict = "nothing readable in the document"
        yield facts, verdict + who.get(facts.field, "")
