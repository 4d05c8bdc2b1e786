"""The worlds that are searched: whole by `make proofs`, and smaller ones of each kind by `make test`."""

from tests.model.search import Small
from tests.model.states import Budget
from tracksync.planning.rules import FieldPolicy

FULL = Budget(runs=3, document=2, tracker=2, deaths=1)

WORLDS = (
    Small("an item without an issue", Budget(runs=3, deaths=2, lost=1, lags=1, partial=1, forgeries=1)),
    Small("a field that is merged", FULL),
    Small("a field that follows the tracker", FULL, policy=FieldPolicy.TRACKER),
    Small("a field that follows the document", FULL, policy=FieldPolicy.DOCUMENT),
    Small("cells without a value", Budget(runs=3, document=1, tracker=1, placeholders=1, deaths=1)),
    Small("rewordings and lost links", Budget(runs=3, document=1, rewords=1, unlinks=1, deaths=1)),
    Small("lost labels and broken listings", Budget(runs=2, document=1, tracker=1, unlabelled=1, partial=1), born=True),
    Small("without git", FULL, mode="plain"),
    Small("two checkouts", Budget(runs=3, deaths=1, lags=1), places=2),
    Small("two checkouts, a person in the tracker", Budget(runs=3, tracker=1), places=2),
    Small("two checkouts, a person in the document", Budget(runs=2, document=1), places=2),
    Small("a runner that pushes", FULL, mode="push"),
    Small("two runners that push", Budget(runs=3, document=1, tracker=1), mode="push", places=2, born=True),
)

REDUCED = (
    Small("an item without an issue", Budget(runs=2, deaths=1, lost=1, lags=1, forgeries=1)),
    Small("a field that is merged", Budget(runs=2, document=1, tracker=2, deaths=1), born=True),
    Small(
        "a field that follows the tracker",
        Budget(runs=2, document=1, tracker=2),
        policy=FieldPolicy.TRACKER,
        born=True,
    ),
    Small("rewordings", Budget(runs=2, rewords=1, deaths=1)),
    Small("without git", Budget(runs=2, document=1, tracker=1, deaths=1), mode="plain"),
    Small("two checkouts", Budget(runs=2, tracker=1), places=2),
    Small("two runners that push", Budget(runs=2, document=1, tracker=1), mode="push", places=2, born=True),
)
