from markdown_it import MarkdownIt

from tests.unit.reports.builders import change, conflict, creation, plan
from tracksync.model import Field, IssueRef, Problem, Severity, SkipReason
from tracksync.planning.changes import Limit, Skipped
from tracksync.reports.plan_markdown import plan_markdown

SKIP = Skipped("b.md", 9, SkipReason.UNPUBLISHED)


def test_no_changes_is_the_first_thing_said():
    expected = "## tracksync plan\n\nNo changes.\n\n12 action items in 3 documents, 12 in sync.\n"
    assert expected == plan_markdown(plan())


def test_a_plan_is_a_table_for_each_document():
    changes = [creation(), change(before="2026-03-01"), change(path="b.md", field=Field.OWNER, before="", after="al")]
    expected = """\
## tracksync plan

Plan: 1 to create, 1 to update, 1 to remember; 9 in sync.

### a.md

| Change | Line | Issue | What | Why |
|---|---|---|---|---|
| create | 41 |  | Alert on queue depth | no issue yet |
| remember | 41 | `local#3` | due 2026-03-01 | changed in the document |

### b.md

| Change | Line | Issue | What | Why |
|---|---|---|---|---|
| update | 41 | `local#3` | owner nobody → @\u200bal | changed in the document |
"""
    assert expected == plan_markdown(plan(*changes, in_sync=9))


def test_refusals_conflicts_problems_and_skips_are_told():
    problem = Problem("due-ambiguous", Severity.WARNING, "b.md", 7, "Write a|b.")
    text = plan_markdown(
        plan(
            conflicts=(conflict(),),
            problems=(problem,),
            skipped=(SKIP,),
            held=(("b.md", "Draft"),),
            limits=(Limit("creates", 40, 25),),
        )
    )
    tail = """\
- Refused: 40 issues to create, the limit is 25.
- If this is meant: tracksync sync --allow-creates 40

### Conflicts

| Where | Issue | Field | Document | Tracker | Last agreed | Why |
|---|---|---|---|---|---|---|
| a.md:41 | `local#3` | due | 2026-02-01 | 2026-03-01 | 2026-01-01 | both sides moved |

To settle it: edit either side, or `tracksync resolve kkkkkkkkkkkkkkkk --take document` (or `--take tracker`).

### Problems

| Where | Severity | Rule | Problem |
|---|---|---|---|
| b.md:7 | warning | due-ambiguous | Write a\\|b. |

Skipped: 1 not published.

1 document is held back (1 Draft).
"""
    assert tail == text[text.index("- Refused") :]


def test_a_plan_with_everything_held_back_says_it_once():
    text = plan_markdown(plan(items=1, in_sync=0, skipped=(SKIP,), held=(("b.md", "Draft"),)))
    assert 1 == text.count("held back")


def test_sly_text_makes_no_markup_anywhere():
    sly = "</td><script>x</script> | **b** ![i](http://x) @team `c` \n# h"
    text = plan_markdown(
        plan(
            creation(sly, path=sly, reason=sly, issue=IssueRef("h", "a`|b", 1)),
            conflicts=(conflict(path=sly, field=Field.TITLE, document=sly, tracker=sly, reason=sly),),
            problems=(Problem(sly, Severity.NOTE, sly, 1, sly),),
            held=((sly, sly),),
        )
    )
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inner = {child.type for token in tokens for child in token.children or []}
    assert {"text", "code_inline"} == inner
    assert "html_block" not in {token.type for token in tokens}
    assert "@team" not in text
    assert 3 == len([token for token in tokens if token.type == "table_open"])
