import pytest

from tests.unit.reports.builders import change, conflict, creation, plan
from tracksync.model import Field, Problem, Severity, SkipReason
from tracksync.planning.changes import Action, Cost, Limit, Skipped
from tracksync.reports.lines import KINDS
from tracksync.reports.plan_text import plan_text

PROBLEM = Problem("due-ambiguous", Severity.WARNING, "b.md", 7, '"01/12/2026" can be two dates; write 2026-12-01.')
SKIP = Skipped("b.md", 9, SkipReason.PLACEHOLDER)
UNPUBLISHED = Skipped("b.md", 9, SkipReason.UNPUBLISHED, "status Draft")


def test_a_plan_without_changes_says_so_first_and_how_things_stand():
    assert "No changes.\n12 action items in 3 documents, 12 in sync.\n" == plan_text(plan())


def test_a_plan_shows_changes_by_document_and_one_summary_line():
    changes = [
        creation(line=12),
        change(),
        change(Action.WRITE, path="b.md", line=8, field=Field.STATUS, before="in_progress", after="wont_do", reason=""),
        change(Action.WRITE, path="b.md", line=9, field=Field.ISSUE, before="", after="local#3", reason=""),
    ]
    text = plan_text(plan(*changes, in_sync=4, skipped=(SKIP, SKIP), problems=(PROBLEM,)))
    expected = """\
a.md
  + L12 Alert on queue depth   (no issue yet)
  ~ L41 local#3 due 2026-02-01 → 2026-03-01   (changed in the document)

b.md
  < L8 local#3 status In Progress → Won't Do
  < L9 local#3 link local#3

Problems (1)
  b.md:7 warning due-ambiguous: "01/12/2026" can be two dates; write 2026-12-01.

Skipped: 2 placeholder.

Plan: 1 to create, 1 to update, 2 cells to write in 1 document; 4 in sync, 2 skipped, 1 problem.
"""
    assert expected == text


@pytest.mark.parametrize(
    ("action", "mark"),
    [(Action.CLOSE, "x"), (Action.REOPEN, "o"), (Action.ADOPT, "="), (Action.UPDATE, "~"), (Action.WRITE, "<")],
)
def test_each_action_has_its_mark(action, mark):
    moved = change(action, field=Field.STATUS, before="not_started", after="duplicate", reason="")
    assert f"  {mark} L41 local#3 status Not Started → Duplicate" == plan_text(plan(moved)).split("\n")[1]


def test_a_change_that_only_remembers_has_the_mark_of_adoption_and_its_own_count():
    same = change(before="2026-03-01", reason="both sides agree")
    text = plan_text(plan(same, in_sync=11))
    assert "  = L41 local#3 due 2026-03-01   (both sides agree)" == text.split("\n")[1]
    assert "Plan: 1 to remember; 11 in sync." == text.split("\n")[3]


def test_values_read_as_people_write_them():
    changes = [
        change(field=Field.OWNER, before="", after="alice,bob", reason=""),
        change(field=Field.TITLE, before="Old", after="New", reason=""),
        change(field=Field.PRIORITY, before="P2", after="", reason=""),
        change(field=Field.STATUS, before=None, after="blocked", reason=""),
    ]
    lines = [line.removeprefix("  ~ L41 local#3 ") for line in plan_text(plan(*changes)).split("\n")[1:5]]
    expected = ["owner nobody → @alice, @bob", 'title "Old" → "New"', "priority P2 → none", "status unknown → Blocked"]
    assert expected == lines


def test_closing_a_duplicate_shows_the_item_and_its_issue():
    closing = change(Action.CLOSE, field=None, before=None, after=None, title="Alert", reason="same item as local#1")
    assert "  x L41 local#3 Alert   (same item as local#1)" == plan_text(plan(closing)).split("\n")[1]


def test_a_link_to_an_issue_that_is_not_made_yet_is_planned_without_a_number():
    link = change(Action.WRITE, issue=None, field=Field.ISSUE, before="", after="", reason="")
    assert "  < L41 link to the issue" == plan_text(plan(link)).split("\n")[1]


def test_a_link_that_moves_to_another_issue_shows_both():
    link = change(Action.WRITE, field=Field.ISSUE, before="local#4", after="local#3", reason="")
    assert "  < L41 local#3 link local#4 → local#3" == plan_text(plan(link)).split("\n")[1]


def test_verbose_adds_skipped_items_and_titles():
    skips = (SKIP, Skipped("b.md", 0, SkipReason.READ_ONLY, "local#9 is not ours"))
    text = plan_text(plan(change(title="Alert on depth"), skipped=skips), verbose=True)
    assert 'due 2026-02-01 → 2026-03-01 of "Alert on depth"' in text
    assert "  b.md:9 placeholder\n  b.md read-only link (local#9 is not ours)\n" in text


def test_skips_are_grouped_and_counted_most_frequent_first():
    skips = (UNPUBLISHED, SKIP, SKIP)
    text = plan_text(plan(skipped=skips))
    assert "Skipped: 2 placeholder, 1 not published." in text
    assert "b.md" not in text


def test_conflicts_show_all_sides_and_the_reason():
    text = plan_text(plan(conflicts=(conflict(),), in_sync=11))
    expected = """\
No changes.
12 action items in 3 documents, 11 in sync, 1 conflict.

Conflicts (1)
  a.md:41 local#3 due: document 2026-02-01, tracker 2026-03-01, last agreed 2026-01-01   (both sides moved)
  To settle it: edit either side, or `tracksync resolve local#3 --take document` (or `--take tracker`).
"""
    assert expected == text


def test_a_problem_of_a_whole_document_has_no_line():
    problem = Problem("not-utf8", Severity.ERROR, "c.md", 0, "The file is not UTF-8.")
    assert "  c.md error not-utf8: The file is not UTF-8." in plan_text(plan(problems=(problem,)))


def test_when_every_document_is_held_back_the_first_line_says_how_many_and_why():
    held = (("a.md", "Draft"), ("b.md", "Draft"), ("c.md", "In Review"))
    text = plan_text(plan(held=held, in_sync=0, items=1, skipped=(UNPUBLISHED,)))
    expected = """\
Nothing to do: 3 documents are held back (2 Draft, 1 In Review).
1 action item in 3 documents, 0 in sync, 1 skipped.

Skipped: 1 not published.
"""
    assert expected == text


def test_when_everything_is_older_the_first_line_says_so():
    older = Skipped("a.md", 12, SkipReason.OLDER)
    text = plan_text(plan(in_sync=0, items=2, skipped=(older, older)))
    assert text.startswith("Nothing to do: 2 action items are older than `documents.since`.\n")
    assert plan_text(plan(in_sync=1, items=2, skipped=(older,))).startswith("No changes.\n")


def test_a_published_document_without_items_does_not_hide_that_the_rest_is_held_back():
    text = plan_text(plan(held=(("a.md", "Draft"),), in_sync=0, items=1, skipped=(UNPUBLISHED,)), verbose=True)
    assert text.startswith("Nothing to do: 1 document is held back (1 Draft).\n")
    assert text.endswith("  b.md:9 not published (status Draft)\n  a.md: Draft\n")


def test_a_document_held_back_among_others_is_told_below():
    text = plan_text(plan(change(), held=(("c.md", "Draft"),), skipped=(UNPUBLISHED,)))
    assert "\nSkipped: 1 not published.\n1 document is held back (1 Draft).\n" in text


def test_an_exceeded_limit_says_what_how_many_the_limit_and_the_flags():
    limits = (Limit("creates", 40, 25), Limit("closes", 3, 10), Limit("emptied", 1, 0))
    lines = plan_text(plan(creation(), limits=limits)).split("\n")
    assert [
        "Refused: 40 issues to create, the limit is 25.",
        "Refused: 1 documents that lost all their items, the limit is 0.",
        "If this is meant: tracksync sync --allow-creates 40 --allow-vanished 1",
        "",
    ] == lines[-4:]


def test_an_exceeded_limit_names_its_project_where_there_are_several():
    text = plan_text(plan(creation(), limits=(Limit("creates", 40, 25, "acme/web"),)))
    assert "Refused: 40 issues to create in acme/web, the limit is 25.\n" in text


def test_a_long_run_says_how_long():
    assert "This takes about 12 minutes" in plan_text(plan(change(), cost=Cost(3, 900, 12)))
    assert "minutes" not in plan_text(plan(change(), cost=Cost(3, 9, 1)))


def test_text_from_documents_and_trackers_does_nothing_in_a_terminal():
    sly = creation("\x1b]0;x\x07Alert\n::add-mask::a", path="a\x1b[1m.md", reason="\x9b31m")
    text = plan_text(plan(sly))
    assert "a\\x1b[1m.md\n  + L41 \\x1b]0;x\\x07Alert : :add-mask::a   (\\x9b31m)\n" == text[: text.index("\n\n") + 1]


def test_lines_fit_the_width():
    text = plan_text(plan(creation("Alert when the checkout queue grows for ten minutes")), width=40)
    assert "  + L41 Alert when the checkout queue\n      grows for ten minutes   (no issue\n      yet)\n" in text


def test_every_line_is_styled_by_a_known_kind():
    seen = set()

    def style(kind, text):
        seen.add(kind)
        return f"[{kind}]{text}"

    full = plan(
        *(change(action) for action in Action),
        conflicts=(conflict(),),
        problems=(PROBLEM,),
        skipped=(SKIP,),
        limits=(Limit("updates", 2, 1),),
    )
    plan_text(full, style=style)
    actions = {action.value for action in Action}
    assert {"heading", "conflict", "warning", "skip", "summary", "refused"} | actions == seen
    assert seen <= set(KINDS)
    assert plan_text(plan(), style=style).startswith("[good]No changes.\n")


@pytest.mark.parametrize(("signals", "said"), [(1, "1 request"), (3, "3 requests")])
def test_what_signals_cost_is_told_with_changes_and_without(signals: int, said: str) -> None:
    line = f"Signals cost {said} in each run (tracker.signals, tracker.board)."
    assert line in plan_text(plan(cost=Cost(0, 0, 0, signals)))
    assert "Signals cost" not in plan_text(plan())
