"""The rules of the design, each left out in turn: the search must then find a story in which a promise breaks."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from tests.model.hands import Hands
from tests.model.search import Small
from tests.model.states import Budget
from tracksync.model import Base, Carrier, Issue, Marker, Trust
from tracksync.planning import identity, items, plan, settled
from tracksync.planning.changes import Action
from tracksync.planning.merge import Decision, Verdict
from tracksync.planning.rules import FieldPolicy, Rules
from tracksync.planning.world import World

Patch = tuple[str, Any]
"""A name in the product, and what stands there without the rule."""


class Rule(NamedTuple):
    """One rule, and how it is left out: by hands that don't keep it, or by a decision that doesn't."""

    name: str
    how: str
    small: Small
    hands: Hands = Hands()
    patch: Patch | None = None
    quick: bool = True
    """False: only `make proofs` leaves it out."""


def _decided(change: Callable[[Decision], Decision]) -> Patch:
    def decide(*arguments: Any) -> Decision:
        return change(items_decide(*arguments))

    items_decide = items.decide
    return "tracksync.planning.items.decide", decide


def _settled_conflict(decision: Decision) -> Decision:
    return decision._replace(verdict=Verdict.PATCH, reason="") if decision.verdict is Verdict.CONFLICT else decision


def _nothing_remembered(decision: Decision) -> Decision:
    return decision._replace(remember=None) if decision.verdict is Verdict.IN_SYNC else decision


def _no_opinion_is_empty(*arguments: Any) -> Decision:
    document, *others = arguments
    return _decide(document or "", *others)


def _any_serial(carriers: Iterable[Carrier], base: Base | None, *others: Any) -> Carrier | None:
    now = [carrier._replace(serial=base.serial) for carrier in carriers] if base else []
    return settled.carrier_of(now, base, *others)


def _complete(world: World, rules: Rules) -> plan.Planned:
    return plan.build(replace(world, issues=replace(world.issues, complete=True)), rules)


def _any_repository(world: World, repository: str) -> dict[str, list[Issue]]:
    def ours(issue: Issue) -> Issue:
        same = isinstance(issue.marker, Marker)
        return replace(issue, marker=replace(issue.marker, repository=repository)) if same else issue

    issues = tuple(map(ours, world.issues.issues))
    return _trusted(replace(world, issues=replace(world.issues, issues=issues)), repository)


def _by_text_alone(matcher: Any, row: Any, link: str) -> None:
    if row.birth in matcher.by_key:
        matcher.claims[row.birth].append(row)
    else:
        matcher.unlinked.append(row)


def _by_link_alone(matcher: Any, row: Any) -> None:
    if row.item.link:
        _claim(matcher, row)
    else:
        matcher.unlinked.append(row)


def _linked_stays(linked: Issue | None, live: list[Issue], same: list[Issue]) -> Issue | None:
    return linked if linked in live else _kept(linked, live, same)


_decide, _trusted, _kept = items.decide, identity.trusted_markers, identity.kept_of
_claim = identity._Matcher._claim

CREATE = Small("an item without an issue", Budget(runs=2, deaths=1))
ONE = Small("one checkout", Budget(runs=2, document=1, tracker=2, deaths=1), born=True)
TWO = Small("two checkouts", Budget(runs=2, tracker=1), places=2)
FORGED = Small("forged markers", Budget(runs=1, forgeries=1))

RULES = (
    # Memory
    Rule(
        "the marker is in the create request itself",
        "issues are created without it, and it is written afterwards; one without a marker stops nothing",
        CREATE,
        Hands(marker_in_post=False),
        patch=("tracksync.planning.identity.without_marker", lambda world: {}),
    ),
    Rule(
        "fields and base move in one PATCH",
        "two requests, the fields first",
        Small("one checkout", Budget(runs=2, document=2, deaths=1), born=True),
        Hands(one_patch=False),
    ),
    Rule("what a run brings into a document is remembered", "no journal", ONE, Hands(remembers=False)),
    Rule(
        "it is remembered before it is written",
        "the journal is written after the file",
        ONE,
        Hands(remembers_first=False),
    ),
    Rule(
        "the former value is remembered until the new one is written",
        "an entry replaces the one before",
        Small("one checkout", Budget(runs=3, tracker=3, deaths=1), born=True),
        Hands(remembers_former=False),
        quick=False,
    ),
    Rule(
        "what is taken back is not remembered",
        "it is, like what is brought",
        Small("status", Budget(runs=2, document=1, tracker=2, deaths=1), policy=FieldPolicy.TRACKER, born=True),
        Hands(remembers_withdrawals=True),
        quick=False,
    ),
    Rule(
        "what was committed and replaced since has landed, too",
        "only HEAD is looked at",
        ONE,
        Hands(looks_at_history=False),
    ),
    Rule(
        "a carrier with another serial is ignored",
        "`carrier_of` is given all with the serial of the base",
        Small("one checkout", Budget(runs=3, document=2, tracker=2), born=True),
        patch=("tracksync.planning.items.carrier_of", _any_serial),
        quick=False,
    ),
    Rule(
        "nothing is written while a landed value is not accounted for",
        "`orders.unaccounted` finds nothing",
        Small("one checkout", Budget(runs=2, document=1, tracker=2), born=True),
        patch=("tracksync.planning.orders.unaccounted", lambda changes: set()),
        quick=False,
    ),
    # The merge
    Rule(
        "a document states what is committed",
        "`Settled.stated` gives the row of the file",
        ONE,
        patch=("tracksync.planning.settled.Settled.stated", lambda settled, match: match.item),
    ),
    Rule(
        "the base moves when both sides agree",
        "`decide` remembers nothing when they do",
        ONE,
        patch=_decided(_nothing_remembered),
    ),
    Rule("both moved: neither is touched", "the document wins", ONE, patch=_decided(_settled_conflict)),
    Rule(
        "no value is no opinion",
        "`decide` is given an empty one",
        Small("one checkout", Budget(runs=1, placeholders=1), born=True),
        patch=("tracksync.planning.items.decide", _no_opinion_is_empty),
    ),
    Rule(
        "an edit that is not committed is not overwritten",
        "all that a file shows beyond HEAD counts as proposed by us",
        ONE,
        patch=("tracksync.planning.fields.Facts.proposed", True),
    ),
    # The order of steps
    Rule(
        "issues are listed before documents are read",
        "the other way round",
        Small("two runners push", Budget(runs=3, tracker=1, document=1), mode="push", places=2, born=True),
        Hands(issues_first=False),
    ),
    Rule(
        "an issue is read again before its update",
        "what was planned is sent",
        ONE,
        Hands(compares_versions=False),
    ),
    Rule(
        "the issues are read again before documents are written",
        "they are written as planned",
        Small("two runners push", Budget(runs=3, tracker=2, document=1), mode="push", places=2, born=True),
        Hands(looks_before_documents=False),
        quick=False,
    ),
    Rule("a document is written only over what was read", "no lock over its bytes", ONE, Hands(locks_documents=False)),
    Rule(
        "HEAD is as it was when the run looked",
        "nobody asks",
        Small("one checkout", Budget(runs=2, tracker=2), born=True),
        Hands(minds_commits=False),
    ),
    Rule(
        "an unknown outcome is never sent again",
        "the create is sent again",
        Small("an item without an issue", Budget(runs=1, lost=1)),
        Hands(posts_once=False),
    ),
    Rule(
        "a broken listing proves nothing",
        "`build` is told that it is complete",
        Small("broken listings", Budget(runs=2, partial=1, tracker=1)),
        patch=("tests.model.thinking.build", _complete),
    ),
    Rule(
        "a linked issue that a listing lacks is fetched by number",
        "it is not",
        Small("labels", Budget(runs=1, unlabelled=1), born=True),
        Hands(fetches_linked=False),
    ),
    # Which row is which issue
    Rule(
        "the link counts first",
        "rows are matched by their text alone",
        Small("rewordings", Budget(runs=1, rewords=1), born=True),
        patch=("tracksync.planning.identity._Matcher._claim_by_link", _by_text_alone),
    ),
    Rule(
        "a row finds its issue by the key of its birth",
        "a row without a link has none",
        CREATE,
        patch=("tracksync.planning.identity._Matcher._claim", _by_link_alone),
    ),
    Rule(
        "an issue that lost its row stops creation",
        "`Orphans.blocking` finds none",
        Small("rewordings", Budget(runs=2, rewords=1, deaths=1)),
        patch=("tracksync.planning.orphans.Orphans.blocking", lambda orphans, path, item: ()),
    ),
    Rule(
        "of several issues the lowest stays",
        "each row keeps its own",
        Small("two checkouts", Budget(runs=3, lags=1), places=2),
        patch=("tracksync.planning.identity.kept_of", _linked_stays),
        quick=False,
    ),
    Rule(
        "the others are closed",
        "`permitted` lets no close pass",
        TWO,
        patch=("tracksync.planning.plan.permitted", lambda change, policy: change.action is not Action.CLOSE),
    ),
    Rule(
        "one in which a person worked is left to people",
        "`worked_on` finds none",
        TWO,
        patch=("tracksync.planning.identity.worked_on", lambda issue, directory: False),
    ),
    # Trust
    Rule(
        "a stranger's marker counts for nothing",
        "strangers are trusted",
        FORGED,
        patch=("tracksync.planning.trust.TRUSTED", (Trust.OURS, Trust.WRITER, Trust.STRANGER)),
    ),
    Rule(
        "a marker counts in its own repository",
        "in any",
        FORGED,
        patch=("tracksync.planning.identity.trusted_markers", _any_repository),
    ),
)

SPARED = (
    Rule(
        "a proposal that nobody wants any more is withdrawn",
        "`decide` never withdraws: what is committed all the same has landed, and its serial tells",
        ONE,
        patch=_decided(lambda decision: decision._replace(withdraw=False)),
    ),
    Rule(
        "what is proposed is withdrawn before the issue changes",
        "the other way round: in a working tree no field needs both in one run",
        Small("status", Budget(runs=3, document=2, tracker=2, deaths=1), policy=FieldPolicy.TRACKER, born=True),
        Hands(withdraws_first=False),
    ),
    Rule(
        "issues are listed again after creates",
        "they are not: the next run finds the second issue as well",
        TWO,
        Hands(lists_again=False),
    ),
)
"""Rules that save a run or a surprise: without them these worlds still end well. Requests on GitHub need the second."""
