"""People edit both sides, runs die between any two steps, memory is lost: the promises hold all the same.

Real documents in a real git repository, the real local tracker, the real run. Only death is simulated: at any request
to the tracker and at any rename of a file, before or after it took effect.
"""

import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tracksync import app, config, git
from tracksync.documents import parse
from tracksync.errors import OutcomeUnknown
from tracksync.model import Field, Issue, IssueDraft, IssuePatch, IssueRef, Marker, Status
from tracksync.trackers.local import LocalTracker
from tracksync.trackers.local_people import LocalPeople
from tracksync.workspace import Workspace, open_workspace

FILES = {"postmortems/a.md": 1, "postmortems/b.md": 1}
COLUMNS = {Field.OWNER: 2, Field.DUE: 3, Field.STATUS: 5}
VALUES = {
    Field.OWNER: ["alice", "bob"],
    Field.DUE: ["2026-02-01", "2026-03-01", "2026-04-01"],
    Field.STATUS: ["not_started", "in_progress", "complete"],
}
WORDS = {"not_started": "Not Started", "in_progress": "In Progress", "complete": "Complete"}
MERGING = (Field.OWNER, Field.DUE)
FIELDS = st.sampled_from([Field.DUE, Field.DUE, Field.DUE, Field.OWNER, Field.STATUS])
"""Three values make all cases; a field in which they meet often finds more than many fields."""
ITEMS = [(path, row) for path, count in FILES.items() for row in range(count)]
Item = tuple[str, int]


class Death(BaseException):
    """The process is gone: nothing but what was written before remains."""


class Scythe:
    """Counts the points at which a run can die, and ends it at the chosen one."""

    def __init__(self) -> None:
        self.left: int | None = None

    def point(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Death

    def around(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def acted(*args: Any, **kwargs: Any) -> Any:
            self.point()
            result = act(*args, **kwargs)
            self.point()
            return result

        return acted


class MortalTracker(LocalTracker):
    """The local tracker behind a connection that can break, before and after a request took effect."""

    def __init__(self, path: Path, scythe: Scythe) -> None:
        super().__init__(path)
        self.scythe = scythe
        self.lose_answers = False

    def create(self, draft: IssueDraft) -> Issue:
        made: Issue = self.scythe.around(super().create)(draft)
        if self.lose_answers:
            raise OutcomeUnknown("the connection was lost before the answer came")
        return made

    def update(self, seen: Issue, patch: IssuePatch) -> Issue:
        done: Issue = self.scythe.around(super().update)(seen, patch)
        return done

    def fetch(self, refs: Sequence[IssueRef]) -> Mapping[IssueRef, Issue]:
        found: Mapping[IssueRef, Issue] = self.scythe.around(super().fetch)(refs)
        return found


def page(rows: int) -> str:
    head = "# Postmortem: Queue outage\n\n**Status**: Final\n\n## Action Items\n\n"
    table = "| Action | Owner | Due Date | Priority | Status |\n|---|---|---|---|---|\n"
    return head + table + "".join(f"| Item {n} | @alice | 2026-02-01 | P1 | Not Started |\n" for n in range(rows))


class SyncMachine(RuleBasedStateMachine):
    """What happens in any order, and what must always be true."""

    @initialize(started=st.booleans())
    def begin(self, started: bool) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="tracksync-machine-")).resolve()
        for path, rows in FILES.items():
            (self.root / path).parent.mkdir(exist_ok=True)
            (self.root / path).write_text(page(rows))
        git.start_repository(self.root)
        git.commit_all(self.root, "postmortems")
        self.scythe = Scythe()
        self.people = LocalPeople(self.root / ".tracksync" / "tracker.db")
        self.in_file: Counter[tuple[Item, Field]] = Counter()
        self.in_head: Counter[tuple[Item, Field]] = Counter()
        self.in_issue: Counter[tuple[Item, Field]] = Counter()
        self.forgotten: set[tuple[Item, Field]] = set()
        self.agreed: dict[tuple[Item, Field], str] = {}
        self.proposed: defaultdict[tuple[Item, Field], set[str]] = defaultdict(set)
        self.backup: Path | None = None
        if started:
            self.a_run_and_a_commit()

    # What people do.

    @rule(item=st.sampled_from(ITEMS), which=FIELDS, data=st.data())
    def a_person_edits_the_file(self, item: Item, which: Field, data: st.DataObject) -> None:
        self.edit_file(item, which, data.draw(st.sampled_from(VALUES[which])))

    @rule(item=st.sampled_from(ITEMS), which=FIELDS, data=st.data())
    def two_people_edit_both_sides(self, item: Item, which: Field, data: st.DataObject) -> None:
        self.edit_file(item, which, data.draw(st.sampled_from(VALUES[which])))
        self.a_person_commits()
        self.edit_issue(item, which, data.draw(st.sampled_from(VALUES[which])))

    def edit_file(self, item: Item, which: Field, value: str) -> None:
        if self.shown()[item][which] == value:
            return
        path = self.root / item[0]
        lines = path.read_text().split("\n")
        at = next(n for n, line in enumerate(lines) if line.startswith(f"| Item {item[1]} "))
        cells = lines[at].split("|")
        old = cells[COLUMNS[which]].strip()
        link = old[old.index(" (") :] if " (" in old else ""
        cells[COLUMNS[which]] = {Field.OWNER: f" @{value} "}.get(which, f" {WORDS.get(value, value)}{link} ")
        lines[at] = "|".join(cells)
        path.write_text("\n".join(lines))
        # Who sets what a run proposed leaves the proposal as it is: nothing can tell the two apart.
        self.in_file[item, which] = int(value not in self.proposed[item, which])

    @rule()
    def a_person_commits(self) -> None:
        before = self.stated()
        if git.changed_since_head(self.root):
            git.commit_all(self.root, "edits")
        for item, values in self.stated().items():
            for which in MERGING:
                # What a run wrote, and a person commits, is agreed; what a person wrote is an edit of the document.
                if values[which] != before[item][which] and not self.in_file[item, which]:
                    self.agreed[item, which] = values[which]
        self.in_head.update(self.in_file)
        self.in_file.clear()

    @rule()
    def a_person_discards_what_is_not_committed(self) -> None:
        for path, data in git.show_head(self.root, list(FILES)).items():
            (self.root / path).write_bytes(data)
        self.in_file.clear()

    @rule(item=st.sampled_from(ITEMS), which=FIELDS, data=st.data())
    def a_person_edits_the_issue(self, item: Item, which: Field, data: st.DataObject) -> None:
        self.edit_issue(item, which, data.draw(st.sampled_from(VALUES[which])))

    @rule(item=st.sampled_from(ITEMS), which=FIELDS, data=st.data(), committed=st.booleans())
    def a_person_edits_the_issue_and_back(self, item: Item, which: Field, data: st.DataObject, committed: bool) -> None:
        """With a run in between, which took the first edit into the document: the case that needs a memory."""
        issue = self.issues().get(item)
        if issue is not None:
            self.edit_issue(item, which, data.draw(st.sampled_from(VALUES[which])))
            self.a_run()
            if committed:
                self.a_person_commits()
            self.edit_issue(item, which, issue.value(which))

    def edit_issue(self, item: Item, which: Field, value: str) -> None:
        issue = self.issues().get(item)
        if issue is None or issue.value(which) == value:
            return
        if which is Field.STATUS:
            status = Status(value)
            if status.closed:
                self.people.close(issue.ref.number, status, actor="sam")
            else:
                self.people.edit(issue.ref.number, status=status, actor="sam")
        elif which is Field.OWNER:
            self.people.edit(issue.ref.number, assignees=[value], actor="sam")
        else:
            self.people.edit(issue.ref.number, actor="sam", **{which.value: value})  # type: ignore[arg-type]
        self.in_issue[item, which] = 1

    # What happens to the memory.

    @rule()
    def the_cache_is_lost(self) -> None:
        shutil.rmtree(self.root / ".tracksync" / "cache", ignore_errors=True)

    @rule()
    def the_journal_is_lost(self) -> None:
        shutil.rmtree(self.root / ".tracksync" / "journal", ignore_errors=True)
        self.forgotten.update((item, which) for item in ITEMS for which in MERGING)

    @rule()
    def cache_and_journal_are_copied(self) -> None:
        self.backup = self.backup or Path(tempfile.mkdtemp(prefix="tracksync-backup-"))
        for name in ("cache", "journal"):
            shutil.rmtree(self.backup / name, ignore_errors=True)
            if (self.root / ".tracksync" / name).exists():
                shutil.copytree(self.root / ".tracksync" / name, self.backup / name)

    @precondition(lambda self: getattr(self, "backup", None) is not None)
    @rule()
    def an_old_copy_of_cache_and_journal_comes_back(self) -> None:
        assert self.backup is not None
        for name in ("cache", "journal"):
            shutil.rmtree(self.root / ".tracksync" / name, ignore_errors=True)
            if (self.backup / name).exists():
                shutil.copytree(self.backup / name, self.root / ".tracksync" / name)
        self.forgotten.update((item, which) for item in ITEMS for which in MERGING)

    # Runs.

    @rule()
    def a_run(self) -> None:
        self.run(None, lose_answers=False)

    @rule()
    def a_run_and_a_commit(self) -> None:
        self.a_run()
        self.a_person_commits()

    @rule(after=st.integers(0, 30))
    def a_run_that_dies(self, after: int) -> None:
        self.run(after, lose_answers=False)

    @rule()
    def a_run_whose_answers_are_lost(self) -> None:
        self.run(None, lose_answers=True)

    def run(self, after: int | None, lose_answers: bool) -> None:
        issues, files, heads = self.issues(), self.shown(), self.stated()
        died = False
        with self.mortal(after) as space:
            space.tracker.lose_answers = lose_answers  # type: ignore[attr-defined]
            try:
                app.sync(space)
            except Death:
                died = True
        for item, made in self.issues().items():
            if item not in issues:
                self.agreed.update({(item, which): made.value(which) for which in MERGING})
        self.nobody_was_overwritten(issues, files, heads)
        if died:
            # What both sides said alike may have been agreed before the end, or not.
            every = ((item, which) for item in issues for which in MERGING)
            self.forgotten.update(
                known for known in every if heads[known[0]][known[1]] == issues[known[0]].value(known[1])
            )
        else:
            self.agree()
            for (item, which), values in self.proposed.items():
                values &= {self.shown()[item][which]}

    @contextmanager
    def mortal(self, after: int | None) -> Iterator[Workspace]:
        space = open_workspace(config.load(self.root, self.root))
        tracker = MortalTracker(self.root / ".tracksync" / "tracker.db", self.scythe)
        self.scythe.left = after
        with patch("os.replace", self.scythe.around(os.replace)):
            try:
                yield replace(space, tracker=tracker)
            finally:
                self.scythe.left = None

    # What must be true.

    def nobody_was_overwritten(
        self,
        issues: Mapping[Item, Issue],
        files: Mapping[Item, Mapping[Field, str]],
        heads: Mapping[Item, Mapping[Field, str]],
    ) -> None:
        """An edit is a value that a person set and that differs from what was agreed: there and back again is none."""
        now_issues, now_files = self.issues(), self.shown()
        for item, issue in issues.items():
            now = now_issues[item]
            assert issue.status == now.status, "status follows the tracker: a run never changes it there"
            for which in MERGING:
                known = (item, which)
                agreed = self.agreed.get(known)
                if issue.value(which) != now.value(which):
                    assert heads[item][which] == now.value(which), "only a committed value goes into an issue"
                if issue.value(which) != now.value(which) and known not in self.forgotten:
                    assert not self.in_issue[known] or issue.value(which) == agreed, (
                        f"{known}: an edit of the issue is lost"
                    )
                if files[item][which] != now_files[item][which]:
                    assert now_files[item][which] in (issue.value(which), heads[item][which])
                    assert not self.in_file[known] or files[item][which] == heads[item][which], f"{known}: file"
                    committed = self.in_head[known] and known not in self.forgotten
                    assert not committed or heads[item][which] == agreed, f"{known}: a committed edit is lost"
                    self.in_file[known] = 0
                    self.proposed[known].add(now_files[item][which])

    def agree(self) -> None:
        heads, issues = self.stated(), self.issues()
        for item, issue in issues.items():
            for which in MERGING:
                if heads[item][which] == issue.value(which):
                    self.agreed[item, which] = issue.value(which)
                    self.in_head[item, which] = self.in_issue[item, which] = 0
                    self.forgotten.discard((item, which))

    @invariant()
    def no_item_has_two_issues(self) -> None:
        if not hasattr(self, "people"):
            return
        keys = Counter(issue.marker.key for issue in self.people.listing() if isinstance(issue.marker, Marker))
        assert all(count == 1 for count in keys.values()), keys
        assert len(keys) <= len(ITEMS)

    def teardown(self) -> None:
        if not hasattr(self, "people"):
            return
        try:
            self.settles()
        finally:
            shutil.rmtree(self.root, ignore_errors=True)
            if self.backup:
                shutil.rmtree(self.backup, ignore_errors=True)

    def settles(self) -> None:
        """Committed and run again, both sides come to rest; where they differ, it is reported."""
        for _ in range(3):
            self.a_person_commits()
            self.a_run()
        self.a_person_commits()
        self.a_run()
        planned = app.plan(open_workspace(config.load(self.root, self.root)))
        assert () == planned.plan.changes
        assert planned.plan.tracked == len(self.issues())
        done = [item for item, fields in self.shown().items() if fields[Field.STATUS] == "complete"]
        assert set(ITEMS) - set(self.issues()) <= set(done), "only what was done before it had an issue has none"
        reported = {(conflict.path, conflict.line, conflict.field) for conflict in planned.plan.conflicts}
        for match in planned.matches.values():
            assert match.issue is not None
            for which in COLUMNS:
                shown = self.shown()[match.document.path, match.item.index][which]
                same = shown == match.issue.value(which)
                assert same or (match.document.path, match.item.line, which) in reported

    # Looking.

    def shown(self) -> dict[Item, dict[Field, str]]:
        return self._read({path: (self.root / path).read_bytes() for path in FILES})

    def stated(self) -> dict[Item, dict[Field, str]]:
        return self._read(git.show_head(self.root, list(FILES)))

    def _read(self, files: Mapping[str, bytes]) -> dict[Item, dict[Field, str]]:
        return {
            (path, item.index): {
                Field.OWNER: ",".join(item.owners),
                Field.DUE: item.due or "",
                Field.STATUS: item.status.value if item.status else "",
            }
            for path, data in files.items()
            for item in parse(path, data).items
        }

    def issues(self) -> dict[Item, Issue]:
        places = {(path, f"Item {row}"): (path, row) for path, row in ITEMS}
        return {
            places[issue.marker.document, issue.title]: issue
            for issue in self.people.listing()
            if isinstance(issue.marker, Marker)
        }


TestSync = SyncMachine.TestCase
TestSync.settings = settings(deadline=None, stateful_step_count=30)
