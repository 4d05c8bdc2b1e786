"""A conflict about an issue on GitLab is settled by one write."""

from dataclasses import replace

import pytest

from tracksync import app, config, resolving
from tracksync.model import Field
from tracksync.planning.resolution import Take
from tracksync.workspace import Workspace, open_workspace

from .world import World, row


def space(world: World) -> Workspace:
    """As a new process has it, a second later."""
    world.server.clock.advance(1)
    return replace(open_workspace(config.load(world.root, world.root)), tracker=world.tracker(), cache=None)


@pytest.fixture
def conflicting(world: World) -> World:
    """Both sides moved the owner."""
    world.document(row("Give retries a limit"))
    world.sync()
    world.edit("@alice", "@bob")
    world.person().edits(1, assignees=[])
    return world


def owner(world: World) -> list[str]:
    return [one.username for one in world.web.issues[1].assignees]


def test_is_shown_with_who_moved_the_issue(conflicting: World) -> None:
    here = space(conflicting)
    seen = app.plan(here)
    before = here.tracker.requests.read
    (found,) = app.with_persons(here, seen).plan.conflicts
    assert ("alice", 1) == (found.person, here.tracker.requests.read - before)
    assert {} == here.tracker.editors([(found.issue, Field.PRIORITY)])


@pytest.mark.parametrize("which", [None, Field.OWNER])
def test_by_taking_the_document(conflicting: World, which: Field | None) -> None:
    here = space(conflicting)
    changes, noticed = resolving.resolve(here, "#1", Take.DOCUMENT, which)
    assert [("owner", "", "bob")] == [(one.field, one.before, one.after) for one in changes]
    assert ([], 1) == (noticed, here.tracker.requests.write)
    assert ["bob"] == owner(conflicting)
    conflicting.sync()
    conflicting.settled()


def test_by_taking_the_tracker(conflicting: World) -> None:
    here = space(conflicting)
    _, noticed = resolving.resolve(here, "#1", Take.TRACKER, None)
    assert ([], 1) == (noticed, here.tracker.requests.write)
    conflicting.sync()
    conflicting.sync()
    conflicting.settled()
    assert [] == owner(conflicting)
    assert "@bob" not in conflicting.read()
