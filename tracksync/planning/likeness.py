"""Issues that look like an item. Likeness only ever suggests: `EU` and `US` alerts are alike to 96 of 100."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher

from tracksync.model import Issue, IssueRef
from tracksync.planning.canonical import canonical_text
from tracksync.planning.trust import TRUSTED


class Candidates:
    """Free open issues that an item may have had before tracksync came."""

    ALIKE = 0.6
    """Likeness of two texts (0 to 1) from which one is suggested for the other."""
    MOST = 3
    """Suggestions for one item."""
    COMPARED = 20
    """Texts that are compared letter by letter: those with the most words in common."""
    LONGEST = 500
    """Characters of a text that are compared: the time grows with their square."""

    def __init__(self, issues: Iterable[Issue], taken: Collection[IssueRef]) -> None:
        free = [one for one in issues if one.ref not in taken and not one.status.closed and one.trust in TRUSTED]
        self._issues = {issue.ref: issue for issue in free}
        self._texts = {issue.ref: canonical_text(issue.title)[: self.LONGEST] for issue in free}
        self._having: dict[str, list[IssueRef]] = defaultdict(list)
        for ref, text in self._texts.items():
            for word in set(text.split(" ")):
                self._having[word].append(ref)

    def like(self, action: str) -> list[Issue]:
        """The free open issues whose titles are most like the text of an item, the likest first."""
        text = canonical_text(action)[: self.LONGEST]
        common = Counter(ref for word in set(text.split(" ")) for ref in self._having.get(word, ()))
        scores = {
            ref: SequenceMatcher(None, text, self._texts[ref], autojunk=False).ratio()
            for ref, _ in common.most_common(self.COMPARED)
        }
        likest = sorted((ref for ref, score in scores.items() if score >= self.ALIKE), key=lambda ref: -scores[ref])
        return [self._issues[ref] for ref in likest[: self.MOST]]
