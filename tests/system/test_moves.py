"""Documents and rows that move, in a real git repository: one issue for each item, whatever became of its place."""

import subprocess
from collections.abc import Callable

import pytest

from tracksync.model import Issue
from tracksync.trackers.local_people import LocalPeople

from .conftest import TABLE, Repository

QUEUE, OTHER = "postmortems/queue.md", "postmortems/other.md"
HEAD = TABLE[: TABLE.index("| Alert when")]
ALERT = "| Alert when the queue holds more than 5,000 messages | @alice | 2026-12-01 | P1 | Not Started |\n"
RETRIES = "| Give retries a limit | @bob | 2026-12-15 | P2 | Not Started |\n"
PLACELESS = """# Postmortem: Queue outage

**Status**: Final

## Action Items

| Action | Owner |
|---|---|
| Alert on depth | @alice |
| Give retries a limit | @bob |
"""


def issues(repository: Repository) -> list[Issue]:
    return LocalPeople(repository.root / ".tracksync" / "tracker.db").listing()


def rules(repository: Repository) -> list[str]:
    return sorted(problem["rule"] for problem in repository.run("plan", "--format", "json").json["problems"])


def changes(repository: Repository) -> list[tuple[str, str | None, str | None]]:
    plan = repository.run("plan", "--format", "json").json
    return [(one["action"], one["field"], one["after"]) for one in plan["changes"]]


def rows(repository: Repository, path: str = QUEUE) -> list[str]:
    """The rows of the table, linked by now."""
    return [line + "\n" for line in repository.read(path).split("\n") if line.startswith("| ")][1:]


@pytest.fixture
def linked(repository: Callable[..., Repository]) -> Repository:
    """One document with two items whose links are committed, and one that is not linked to."""
    made = repository(postmortems__queue_md=TABLE)
    made.run("sync")
    made.settled()
    return made


@pytest.fixture
def unlinked(repository: Callable[..., Repository]) -> Repository:
    """Two items that have issues, and no place for a link."""
    made = repository(postmortems__queue_md=PLACELESS)
    made.run("sync")
    made.settled()
    return made


class TestADocument:
    def test_that_is_renamed_keeps_its_issues(self, linked: Repository) -> None:
        subprocess.run(["git", "mv", QUEUE, OTHER], cwd=linked.root, check=True)
        linked.commit()
        assert [] == changes(linked)
        linked.edit(OTHER, "2026-12-01", "2027-01-01")
        linked.settled()
        assert (2, "2027-01-01") == (len(issues(linked)), issues(linked)[0].due)

    def test_that_is_renamed_before_its_links_came_creates_nothing(self, unlinked: Repository) -> None:
        subprocess.run(["git", "mv", QUEUE, OTHER], cwd=unlinked.root, check=True)
        unlinked.commit()
        assert [] == changes(unlinked)
        assert ["document-gone", "reworded-or-new", "reworded-or-new"] == [
            rule for rule in rules(unlinked) if rule != "no-place"
        ]

    def test_that_is_split_keeps_its_issues(self, linked: Repository) -> None:
        first, second = rows(linked)
        linked.write(QUEUE, HEAD + first)
        linked.write(OTHER, HEAD + second)
        linked.commit()
        assert [] == changes(linked)
        assert [] == rules(linked)
        linked.settled()
        assert 2 == len(issues(linked))

    def test_that_is_split_before_its_links_came_creates_nothing(self, unlinked: Repository) -> None:
        unlinked.write(QUEUE, PLACELESS.replace("| Give retries a limit | @bob |\n", ""))
        unlinked.write(OTHER, PLACELESS.replace("| Alert on depth | @alice |\n", ""))
        unlinked.commit()
        assert [] == changes(unlinked)
        found = unlinked.run("plan", "--format", "json").json["problems"]
        (asked,) = [problem for problem in found if problem["rule"] == "reworded-or-new"]
        assert (OTHER, 9) == (asked["path"], asked["line"])
        command = f"adopt {OTHER}:9 local#2"
        assert f"`tracksync {command}`" in asked["message"]
        assert 0 == unlinked.run(*command.split()).status
        unlinked.settled()
        assert ["no-place", "no-place"] == rules(unlinked)
        assert 2 == len(issues(unlinked))

    def test_that_takes_another_one_in_keeps_all_issues(self, linked: Repository) -> None:
        linked.write(OTHER, HEAD + "| Drain before restarts | @carol | 2026-12-20 | P2 | Not Started |\n")
        linked.settled()
        linked.write(QUEUE, HEAD + "".join([*rows(linked), *rows(linked, OTHER)]))
        (linked.root / OTHER).unlink()
        linked.commit()
        assert [] == changes(linked)
        assert [] == rules(linked)
        linked.settled()
        assert 3 == len(issues(linked))

    def test_that_is_copied_leaves_the_copy_read_only(self, linked: Repository) -> None:
        linked.write(OTHER, linked.read(QUEUE))
        linked.commit()
        assert [] == changes(linked)
        linked.edit(OTHER, "2026-12-01", "2027-01-01")
        linked.commit()
        assert [] == changes(linked)
        linked.edit(QUEUE, "2026-12-01", "2027-02-02")
        linked.settled()
        assert (2, "2027-02-02") == (len(issues(linked)), issues(linked)[0].due)
        linked.run("issues", "close", "1")
        linked.settled()
        assert "Complete (local#1)" in linked.read(OTHER)

    def test_of_which_the_original_goes_after_the_copy_keeps_its_issues(self, linked: Repository) -> None:
        linked.write(OTHER, linked.read(QUEUE))
        (linked.root / QUEUE).unlink()
        linked.edit(OTHER, "2026-12-01", "2027-01-01")
        linked.settled()
        assert (2, "2027-01-01") == (len(issues(linked)), issues(linked)[0].due)

    def test_that_is_deleted_is_reported_and_comes_back_as_it_was(self, linked: Repository) -> None:
        text = linked.read(QUEUE)
        linked.write(OTHER, HEAD + "| Drain before restarts | @carol | 2026-12-20 | P2 | Not Started |\n")
        (linked.root / QUEUE).unlink()
        linked.commit()
        assert ["document-gone"] == rules(linked)
        linked.run("sync")
        assert [False, False, False] == [issue.status.closed for issue in issues(linked)]
        linked.write(QUEUE, text)
        linked.settled()
        assert [] == rules(linked)
        assert 3 == len(issues(linked))


class TestARow:
    def test_that_changes_places_keeps_its_issue(self, linked: Repository) -> None:
        linked.write(QUEUE, HEAD + "".join(reversed(rows(linked))))
        linked.commit()
        assert [] == changes(linked)

    def test_that_changes_places_without_a_link_keeps_its_issue(self, unlinked: Repository) -> None:
        text = PLACELESS.replace("| Give retries a limit | @bob |\n", "")
        unlinked.write(QUEUE, text.replace("| Alert on", "| Give retries a limit | @bob |\n| Alert on"))
        unlinked.commit()
        assert [] == changes(unlinked)

    def test_that_is_reworded_keeps_its_issue(self, linked: Repository) -> None:
        linked.edit(QUEUE, "Give retries a limit", "Limit retries to five")
        linked.commit()
        assert [("update", "title", "Limit retries to five")] == changes(linked)
        linked.settled()
        assert "Limit retries to five" == issues(linked)[1].title

    def test_that_is_reworded_before_its_link_came_creates_nothing(self, unlinked: Repository) -> None:
        unlinked.edit(QUEUE, "Give retries a limit", "Limit retries to five")
        unlinked.commit()
        assert [] == changes(unlinked)
        assert {"orphan-issue", "reworded-or-new", "no-place"} == set(rules(unlinked))

    @pytest.mark.parametrize("policy", ["report", "close"])
    def test_that_is_deleted_and_restored_before_a_run_was_never_away(self, linked: Repository, policy: str) -> None:
        linked.write("tracksync.yml", f"removed: {policy}\n")
        text = linked.read(QUEUE)
        linked.write(QUEUE, HEAD + rows(linked)[0])
        linked.commit()
        linked.write(QUEUE, text)
        linked.settled()
        assert [] == rules(linked)
        assert [False, False] == [issue.status.closed for issue in issues(linked)]


class TestAnItemThatIsRemoved:
    def removed(self, linked: Repository, policy: str = "close") -> str:
        """The text before."""
        linked.write("tracksync.yml", f"removed: {policy}\n")
        linked.commit()
        text = linked.read(QUEUE)
        linked.write(QUEUE, HEAD + rows(linked)[0])
        return text

    def test_is_reported_by_default(self, linked: Repository) -> None:
        self.removed(linked, "report")
        linked.commit()
        assert ["orphan-issue"] == rules(linked)
        linked.settled()
        assert not issues(linked)[1].status.closed

    def test_stays_open_until_the_removal_is_committed(self, linked: Repository) -> None:
        self.removed(linked)
        assert [] == changes(linked)
        assert "not closed, because its removal is not committed yet" in linked.run("plan").out
        linked.commit()
        assert [("close", "status", "wont_do")] == changes(linked)

    def test_is_closed_as_not_planned(self, linked: Repository) -> None:
        self.removed(linked)
        linked.commit()
        out = linked.run("plan").out
        assert "  x local#2 status Not Started → Won't Do   (its item was removed from the document)" in out
        assert "| close |  | `local#2` |" in linked.run("plan", "--format", "markdown").out
        assert 0 == linked.run("sync").status
        assert "wont_do" == issues(linked)[1].status
        linked.settled()
        assert [] == rules(linked)

    def test_by_nobody_who_does_not_have_its_history(self, linked: Repository) -> None:
        """Another checkout, from before the row came: nothing was removed there."""
        linked.write("tracksync.yml", "removed: close\n")
        linked.write(QUEUE, TABLE.replace(RETRIES, ""))
        subprocess.run(["git", "checkout", "--quiet", "--orphan", "older"], cwd=linked.root, check=True)
        linked.commit()
        assert "not closed, because no committed version of the document shows its item" in linked.run("plan").out
        linked.run("sync")
        assert [False, False] == [issue.status.closed for issue in issues(linked)]

    def test_and_restored_with_its_link_is_a_conflict_that_a_person_settles(self, linked: Repository) -> None:
        text = self.removed(linked)
        linked.commit()
        linked.run("sync")
        linked.write(QUEUE, text)
        linked.commit()
        assert [] == changes(linked)
        assert 1 == len(linked.run("plan", "--format", "json").json["conflicts"])
        assert 0 == linked.run("resolve", "local#2", "--take", "document").status
        linked.settled()
        assert [False, False] == [issue.status.closed for issue in issues(linked)]

    def test_and_written_anew_gets_no_second_issue(self, linked: Repository) -> None:
        self.removed(linked)
        linked.commit()
        linked.run("sync")
        linked.write(QUEUE, linked.read(QUEUE) + RETRIES)
        linked.commit()
        assert ([], ["closed-before"]) == (changes(linked), rules(linked))
        assert 2 == len(issues(linked))

    def test_over_the_limit_closes_nothing(self, linked: Repository) -> None:
        linked.write("tracksync.yml", "removed: close\nlimits:\n  closes: 0\n")
        linked.write(QUEUE, HEAD + rows(linked)[0])
        linked.commit()
        assert 4 == linked.run("sync").status
        assert not issues(linked)[1].status.closed
