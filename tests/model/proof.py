"""What docs/proofs.md says of the model: made by running the searches.

`python -m tests.model.proof` writes the page's tables; the tests hold them to what a search finds.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

from tests.docs.pages import END
from tests.model.rules import RULES, SPARED, Rule
from tests.model.search import Found, Search, Small
from tests.model.worlds import REDUCED, WORLDS

PAGE = Path(__file__).parents[2] / "docs" / "proofs.md"
THINGS = {
    "runs": "runs",
    "document": "edits of the document",
    "tracker": "edits of the issue",
    "deaths": "runs that die",
    "lost": "lost answers or requests",
    "lags": "issues that listings show late",
    "partial": "listings that break off",
    "rewords": "rewordings",
    "forgeries": "forged markers",
    "unlabelled": "labels taken away",
    "unlinks": "links removed",
    "placeholders": "placeholders",
}


def begin(name: str) -> str:
    """The line above a made part."""
    return f"<!-- made by `python -m tests.model.proof`: {name} -->\n"


def part(name: str) -> list[str]:
    """The rows of a table on the page as it is."""
    text = PAGE.read_text("utf-8").partition(begin(name))[2].partition(END)[0]
    return [line for line in text.split("\n") if line.startswith("| ")][1:]


def broken(rule: Rule) -> Found:
    """What a search finds with one rule left out."""
    with patch(*rule.patch) if rule.patch else nullcontext():
        return Search(rule.small, rule.hands).run(most=200_000)


def numbered(number: int) -> Found:
    """The same for one rule of the table: functions don't travel between processes, numbers do."""
    return broken(RULES[number])


def whole(small: Small) -> Found:
    """What a search finds with all rules."""
    return Search(small).run()


def world_row(small: Small, states: int) -> str:
    """One line of the table of worlds."""
    spent = [f"{count} {THINGS[name]}" for name, count in small.budget._asdict().items() if count]
    return f"| {small.name} | {', '.join(spent)} | {states:,} |"


def rule_row(rule: Rule, found: Found) -> str:
    """One line of the table of rules."""
    story = "; ".join(found.story[:-1]).replace("|", "\\|")
    return f"| {rule.name} | {rule.how} | {found.broken} | {story} |"


def worlds(smalls: Sequence[Small]) -> Iterator[str]:
    """The table of worlds, searched now."""
    yield from ("| world | what may happen, in any order | states |", "|---|---|---|")
    began, total = time.monotonic(), 0
    with ProcessPoolExecutor() as pool:
        for small, found in zip(smalls, pool.map(whole, smalls), strict=True):
            assert not found.broken, found
            total += found.states
            yield world_row(small, found.states)
    yield ""
    seconds = time.monotonic() - began
    yield f"Together {total:,} states, in {seconds:,.0f} seconds on two busy cores when this table was made."


def rules() -> Iterator[str]:
    """The table of rules, each left out now."""
    yield from ("| rule | left out | what breaks | shortest story |", "|---|---|---|---|")
    with ProcessPoolExecutor() as pool:
        for rule, found in zip(RULES, pool.map(numbered, range(len(RULES))), strict=True):
            yield rule_row(rule, found)


def spared() -> Iterator[str]:
    """The rules without which the model still ends well."""
    return (f"- {rule.name}; left out: {rule.how}" for rule in SPARED)


def _told(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        print(line, flush=True)
        yield line


def main() -> None:
    """Make all tables anew."""
    made = {
        "the whole search": worlds(WORLDS),
        "the reduced search": worlds(REDUCED),
        "rules left out": rules(),
        "rules spared": spared(),
    }
    text = PAGE.read_text("utf-8")
    for name, lines in made.items():
        before, _, rest = text.partition(begin(name))
        made_lines = list(_told(lines))
        text = f"{before}{begin(name)}" + "\n".join(made_lines) + "\n\n" + END + rest.partition(END)[2]
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
