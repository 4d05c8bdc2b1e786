"""In every form, whatever a tracker can hold comes into the document, stays there, and moves nothing else."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tracksync import app, config
from tracksync.documents import parse
from tracksync.model import Field, Reading, Status
from tracksync.trackers.local_people import LocalPeople
from tracksync.workspace import Workspace, open_workspace

HEAD = "# Postmortem: Queue\n\n**Status**: Final\n\n- a point, no item\n\n## Action Items\n\n"
TAIL = "\n## Lessons Learned\n\n- none\n"
FORMS = {
    "table": "| Action | Owner | Due | Priority | Status |\n|---|---|---|---|---|\n"
    "| Add an alert | @alice | 2026-12-01 | P1 | Open |\n| Write it up | @bob | | | Open |\n",
    "bare table": "| Action | Owner | Issue |\n|---|---|---|\n| Add an alert | @alice | |\n| Write it up | Bob | |\n",
    "list": "- Add an alert (@alice, due 2026-12-01, P1)\n- Write it up (@bob)\n",
    "list with status": "* TODO: Add an alert - @alice - P1\n* TODO: Write it up — due 2026-12-01\n",
    "list with commas": "- Add an alert, owner: @alice\n- Write it up, due 2026-12-01,\n- Test it;\n- Tell them:\n",
    "plain list": "1. Add an alert\n2. Write it up.\n   In two lines.\n",
    "tasklist": "- [ ] Add an alert (owner: @alice, due: 2026-12-01)\n- [ ] Write it up\n",
    "fields below": "- Add an alert\n  - Owner: @alice\n  - Due: 2026-12-01\n  - Priority: P1\n  - Status: Open\n"
    "- Write it up\n",
    "heading": "### 1. Add an alert\n\n- **Owner**: @alice\n- **Due**: 2026-12-01\n- **Status**: Open\n\n"
    "### 2. Write it up\n\n- **Owner**: @bob\n",
    "paragraph": "**JP** Add an alert\n\n**AC** Write it up (P2)\n",
    "html table": "<table>\n<tr><th>Action</th><th>Owner</th><th>Due</th><th>Priority</th><th>Status</th></tr>\n"
    "<tr><td>Add an alert</td><td>@alice</td><td>2026-12-01</td><td>P1</td><td><b>Open</b></td></tr>\n"
    "<tr><td>Write it up</td><td></td><td></td><td></td><td>Open</td></tr>\n</table>\n",
    "html list": "<ul>\n  <li>Add an alert (@alice, due 2026-12-01)</li>\n  <li>Write it up</li>\n</ul>\n",
    "html task list": '<ul>\n  <li><input type="checkbox"> Add an alert (@alice, due 2026-12-01)</li>\n'
    "  <li><label><input type='checkbox' disabled /> Write it up</label></li>\n</ul>\n",
    "html boxes": "<table>\n<tr><th>Action</th><th>Owner</th><th>Done</th></tr>\n"
    "<tr><td>Add an alert</td><td>@alice</td><td><input type=checkbox></td></tr>\n"
    "<tr><td>Write it up</td><td></td><td></td></tr>\n</table>\n",
    "table with boxes": "| Action | Owner | Done |\n|---|---|---|\n"
    '| Add an alert | @alice | <input type="checkbox"> |\n| Write it up | | |\n',
    "yaml": "```yaml\naction_items:\n  - item: Add an alert\n    owner: '@alice'\n    due: 2026-12-01\n"
    "    priority: P1\n    status: Open\n  - item: Write it up\n    owner:\n    status: Open\n```\n",
    "german": "| Maßnahme | Verantwortlich | Fällig am | Priorität | Stand |\n|---|---|---|---|---|\n"
    "| Alarm anlegen | @alice | 15. März 2026 | Hoch | Offen |\n| Beschreiben | | | | Offen |\n",
    "french list": "- Ajouter une alerte (@alice, échéance : 1er mars 2026)\n- Documenter — 12 février 2026\n",
    "japanese": "| 対応 | 担当 | 期限 | 優先度 | 状態 |\n|---|---|---|---|---|\n"
    "| 監視を追加 | @alice | 2026-12-01 | 高 | 未着手 |\n"
    "| 文書化 | | | | 未着手 |\n",
}
VALUES = [
    *((Field.STATUS, status.value) for status in Status),
    *((Field.OWNER, value) for value in ("", "carol", "alice,bob")),
    *((Field.DUE, value) for value in ("", "2027-01-31")),
    *((Field.PRIORITY, value) for value in ("", "P0", "P3", "P4")),
]


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A folder with nothing but the local tracker."""
    (tmp_path / "tracksync.yml").write_text("owners: {Bob: bob, Alice: alice}\n", "utf-8")
    return open_workspace(config.load(tmp_path, None))


def synced(space: Workspace, path: Path) -> bytes:
    assert () == app.sync(space, [path]).failed
    return path.read_bytes()


def lines(data: bytes) -> list[bytes]:
    return re.split(rb"(?<=\n)", data)


@pytest.mark.parametrize(("field", "value"), VALUES, ids=lambda one: str(one) or "none")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("eol", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_value_comes_into_the_document_and_stays(
    space: Workspace, form: str, field: Field, value: str, eol: str
) -> None:
    if field is not Field.STATUS and eol != "\n":
        eol = "\r"
    path = space.settings.root / "queue.md"
    path.write_bytes((HEAD + FORMS[form] + TAIL).replace("\n", eol).encode())
    before = synced(space, path)
    people = LocalPeople(space.settings.root / ".tracksync" / "tracker.db")
    for issue in people.listing():
        if field is Field.STATUS and Status(value).closed:
            people.close(issue.ref.number, Status(value), actor="maria")
        elif field is Field.STATUS:
            people.edit(issue.ref.number, status=Status(value), actor="maria")
        elif field is Field.OWNER:
            people.edit(issue.ref.number, assignees=list(filter(None, value.split(","))), actor="maria")
        elif field is Field.PRIORITY:
            people.edit(issue.ref.number, priority=value, actor="maria")
        else:
            people.edit(issue.ref.number, due=value, actor="maria")
    after = synced(space, path)
    assert [] == list(app.plan(space, [path]).plan.changes)
    assert after == synced(space, path)
    was, now = parse("queue.md", before), parse("queue.md", after)
    assert [item.action for item in was.items] == [item.action for item in now.items]
    reach = {number for item in now.items for number in range(item.line, item.line + 6)}
    for number, pair in enumerate(zip(lines(before), lines(after), strict=True), 1):
        assert pair[0] == pair[1] or number in reach or eol == "\r"
    for old, new in zip(was.items, now.items, strict=True):
        for other in set(Field) - {field, Field.ISSUE}:
            assert old.raw(other) == new.raw(other)
        if field is Field.STATUS and not new.box and new.readings.status is not Reading.ABSENT:
            assert value == (new.status or Status.NOT_STARTED)
        if new.box and field is Field.STATUS:
            assert (Status.COMPLETE if Status(value).closed else Status.NOT_STARTED) == new.status


def test_the_words_that_are_written_are_those_of_the_documents_language(space: Workspace) -> None:
    path = space.settings.root / "queue.md"
    path.write_bytes((HEAD + FORMS["japanese"] + TAIL).encode())
    synced(space, path)
    people = LocalPeople(space.settings.root / ".tracksync" / "tracker.db")
    people.close(1, actor="maria")
    people.edit(2, status=Status.IN_PROGRESS, priority="P3", actor="maria")
    text = synced(space, path).decode()
    assert "| 監視を追加 | @alice | 2026-12-01 | 高 | 完了 (local#1) |" in text
    assert "対応中 (local#2) |" in text
    assert replace(parse("queue.md", text.encode()).items[1], line=0).priority == "P3"


def test_an_owner_that_a_label_says_of_several_items_is_not_written(space: Workspace) -> None:
    path = space.settings.root / "queue.md"
    path.write_bytes((HEAD + "**Alice**\n- Add an alert\n- Write it up\n" + TAIL).encode())
    before = synced(space, path)
    people = LocalPeople(space.settings.root / ".tracksync" / "tracker.db")
    people.edit(1, assignees=["carol"], actor="maria")
    assert before == synced(space, path)
    plan = app.plan(space, [path]).plan
    assert ([], ["no-place"]) == (list(plan.changes), [problem.rule for problem in plan.problems])


def test_an_item_that_is_crossed_out_gets_no_issue_in_any_form(space: Workspace) -> None:
    path = space.settings.root / "queue.md"
    crossed = "- ~~Add an alert (@alice)~~\n- [ ] ~~Test it~~ (@bob)\n\n| Action | Owner | Status |\n|---|---|---|\n"
    path.write_bytes((HEAD + crossed + "| ~~Write it up~~ | @carol | Open |\n" + TAIL).encode())
    plan = app.plan(space, [path]).plan
    assert ([], ["struck"] * 3) == (list(plan.changes), [skipped.reason for skipped in plan.skipped])


def test_an_item_that_is_crossed_out_later_keeps_its_issue_and_somebody_is_asked(space: Workspace) -> None:
    path = space.settings.root / "queue.md"
    path.write_bytes((HEAD + "- Add an alert\n- Write it up\n" + TAIL).encode())
    text = synced(space, path).decode()
    path.write_bytes(text.replace("Add an alert (local#1)", "~~Add an alert (local#1)~~").encode())
    plan = app.plan(space, [path]).plan
    assert ([], ["struck-out"]) == (list(plan.changes), [problem.rule for problem in plan.problems])
    LocalPeople(space.settings.root / ".tracksync" / "tracker.db").close(1, actor="maria")
    assert "- ~~Add an alert (Complete, local#1)~~\n" in synced(space, path).decode()
    plan = app.plan(space, [path]).plan
    assert ([], []) == (list(plan.changes), list(plan.problems))


def test_a_value_without_a_place_stays_in_the_tracker_and_is_told_once(space: Workspace) -> None:
    path = space.settings.root / "queue.md"
    path.write_bytes((HEAD + FORMS["plain list"] + TAIL).encode())
    before = synced(space, path)
    people = LocalPeople(space.settings.root / ".tracksync" / "tracker.db")
    for issue in people.listing():
        people.edit(issue.ref.number, assignees=["carol"], due="2027-01-31", priority="P1", actor="maria")
    assert before == synced(space, path)
    plan = app.plan(space, [path]).plan
    assert ([], ["no-place"] * 3) == (list(plan.changes), [problem.rule for problem in plan.problems])


def test_a_done_item_without_a_link_gets_no_issue_in_any_form(space: Workspace) -> None:
    path = space.settings.root / "queue.md"
    path.write_bytes((HEAD + "- [x] Add an alert\n\n**Done**\n- Test it\n\nMore:\n\n- Write it up - done\n").encode())
    assert [] == list(app.plan(space, [path]).plan.changes)
