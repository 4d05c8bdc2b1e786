"""Issues as GitLab's REST API describes them."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.unit.trackers.github.given import ORIGIN, VALUES, marker
from tracksync.model import Issue
from tracksync.trackers import body
from tracksync.trackers.gitlab.rows import Reader

__all__ = ["ORIGIN", "VALUES", "marker"]
IDS = {"alice": 1, "bob": 2, "dana": 3}


def text(**values: str) -> str:
    """The description that we write, as GitLab stores it."""
    return body.render(marker(**values), ORIGIN).rstrip()


def user(login: str) -> dict[str, Any]:
    return {"id": IDS.get(login, 9), "username": login}


def raw(**changed: Any) -> dict[str, Any]:
    """An issue as we would have made it; `assignees` by name."""
    assignees = changed.pop("assignees", ["alice"])
    return {
        "id": 7_012,
        "iid": 12,
        "title": "Give retries a limit",
        "description": text(),
        "state": "opened",
        "labels": ["tracksync", "priority::1"],
        "assignees": [user(login) for login in assignees],
        "due_date": "2026-12-01",
        "author": user("robot"),
        "updated_at": "2026-03-01T12:00:00.123Z",
        "_links": {"closed_as_duplicate_of": None},
        "moved_to_id": None,
        **changed,
    }


def reader(writers: Callable[[], frozenset[str]] = frozenset, trusted: frozenset[str] = frozenset()) -> Reader:
    return Reader("gitlab.com", "acme/web", "robot", trusted, writers)


def issue(given: Mapping[str, Any]) -> Issue:
    return reader().issue(given)
