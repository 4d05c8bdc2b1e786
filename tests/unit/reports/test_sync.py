import json
from dataclasses import replace

from tests.unit.reports.builders import change, creation, plan
from tracksync.model import Field, Problem, Severity
from tracksync.planning.changes import Action, as_json
from tracksync.reports.plan_json import plan_value
from tracksync.reports.run import Failure, RunReport
from tracksync.reports.sync import sync_json, sync_text

CREATE = creation()
WRITE = change(Action.WRITE, field=Field.ISSUE, before="", after="local#3")
REMEMBER = change(before="2026-03-01")


def test_the_result_as_json_holds_the_plan_and_what_became_of_it():
    report = RunReport(
        plan(CREATE, WRITE),
        applied=(CREATE,),
        failed=(Failure(WRITE, "a.md changed meanwhile"),),
        documents_changed=("b.md",),
        reads=4,
        writes=1,
        published=("the working tree",),
    )
    assert {
        "schema": 1,
        "plan": plan_value(report.plan),
        "applied": [as_json(CREATE)],
        "failed": [{"change": as_json(WRITE), "message": "a.md changed meanwhile", "unknown": False}],
        "documents_changed": ["b.md"],
        "requests": {"read": 4, "write": 1},
        "published": ["the working tree"],
        "stopped": None,
        "remaining": [],
    } == json.loads(sync_json(report))


def test_the_result_as_text_counts_what_was_done_and_where_it_went():
    applied = (CREATE, CREATE, WRITE, REMEMBER, change(Action.CLOSE))
    report = RunReport(
        plan(*applied), applied, documents_changed=("a.md",), reads=4, writes=5, published=("the working tree",)
    )
    expected = """\
Done: 2 created, 1 closed, 1 cell written in 1 document, 1 remembered.
  changed a.md
  published: the working tree
4 reads, 5 writes.
"""
    assert expected == sync_text(report)


def test_a_run_with_nothing_to_do_says_no_changes():
    assert "No changes.\n1 read, 0 writes.\n" == sync_text(RunReport(plan(), reads=1))


def test_a_plan_that_was_not_applied_is_not_called_no_changes():
    assert "Nothing was changed.\n1 read, 0 writes.\n" == sync_text(RunReport(plan(CREATE), reads=1))


def test_a_failure_names_the_place_and_what_may_have_happened():
    failed = (Failure(CREATE, "The answer was lost.", unknown=True), Failure(REMEMBER, "Refused."))
    expected = """\
2 failed:
  a.md:41 create Alert on queue depth: The answer was lost. It may have happened: the next run looks for it.
  a.md:41 update due 2026-03-01: Refused.
1 read, 2 writes.
"""
    assert expected == sync_text(RunReport(plan(CREATE, REMEMBER), failed=failed, reads=1, writes=2))


def test_a_run_that_was_stopped_says_what_is_left_and_when_to_go_on():
    stopped = RunReport(plan(CREATE), (WRITE,), stopped="500 requests are used up", remaining=(CREATE,))
    later = replace(stopped, resume="2026-12-01T10:00:00Z")
    assert "Stopped: 500 requests are used up. 1 change left: run `tracksync sync` again, at once.\n" in sync_text(
        stopped
    )
    assert "run `tracksync sync` again, from 2026-12-01T10:00:00Z on.\n" in sync_text(later)
    now, then = json.loads(sync_json(stopped)), json.loads(sync_json(later))
    assert {"reason": "500 requests are used up", "resume": None} == now["stopped"]
    assert ("2026-12-01T10:00:00Z", [as_json(CREATE)]) == (then["stopped"]["resume"], then["remaining"])


def test_what_came_up_in_the_run_names_its_place_where_it_has_one():
    noticed = (Problem("a-b", Severity.WARNING, "a.md", 3, "One."), Problem("c-d", Severity.NOTE, "", 0, "Two."))
    assert "  a.md:3 a-b: One.\n  c-d: Two.\n" in sync_text(RunReport(plan(), noticed=noticed))
