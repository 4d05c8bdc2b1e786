"""How many requests a run sends to GitLab, counted at the other end."""

from tests.github.figures import LIFTED, Counted, documents, pages

from .world import LABELS, MEMBERS, World, row

__all__ = ["Counted"]


def counted(world: World, *, cache: bool) -> Counted:
    """One run of a new process; what it counts itself is what came."""
    world.server.requests.clear()
    report = world.sync(cache=cache, many=LIFTED)
    sent = world.server.requests
    assert (sent.reads(), sent.writes()) == (report.reads, report.writes)
    assert () == report.failed
    return Counted(report, sent.reads(), sent.writes(), len(sent.of("POST", LABELS)))


def people(world: World, count: int) -> None:
    """So many more members and labels."""
    world.web.members |= {world.server.state.user(f"person{number}"): 30 for number in range(count)}
    for number in range(count):
        world.server.state.label(world.web, f"label{number}")


def whole_life(world: World, items: int) -> None:
    """Everything that the figures promise, with so many items. Raises AssertionError."""
    documents(world, items)  # type: ignore[arg-type]
    people(world, 150)
    first(world, items)
    unchanged(world, items)
    persons_change(world, items)
    documents_change(world, items)
    one_more(world, items)


def first(world: World, items: int) -> None:
    """N new items are N writes, and labels once."""
    run = counted(world, cache=True)
    assert (items + run.labels, 2) == (run.writes, run.labels)
    assert items == len(world.numbers()) == len(world.open_numbers())
    members, labels = len(world.web.members), len(world.web.labels)
    assert run.reads <= pages(members) + pages(labels) + 2 * pages(items) + 4
    assert (pages(items), items) == (run.report.plan.cost.reads, run.report.plan.cost.writes)


def unchanged(world: World, items: int) -> None:
    """Nothing changed: one read with the cache, a listing and three without (up to a hundred members)."""
    run = counted(world, cache=True)
    assert (1, 0) == (run.reads, run.writes)
    assert [] == [*run.report.plan.changes, *run.report.plan.problems]
    run = counted(world, cache=False)
    assert (pages(items), 0) == (run.reads, run.writes)
    known = world.memory
    world.forget()
    run = counted(world, cache=False)
    world.memory = known
    assert pages(items) + 2 + pages(len(world.web.members)) == run.reads
    assert 0 == run.writes


def persons_change(world: World, items: int) -> None:
    """One person changes one issue: at most three requests more, and as many for agreeing on it."""
    for cache in (True, False):
        base = 1 if cache else pages(items)
        world.person().edits(items, assignees=[world.bob if cache else world.alice])
        written = counted(world, cache=cache)
        assert (base + 1, 0) == (written.reads, written.writes)
        agreed = counted(world, cache=cache)
        assert (base + 2, 1) == (agreed.reads, agreed.writes)
        for run in (written, agreed):
            cost = run.report.plan.cost
            assert (run.reads - base, run.writes) == (cost.reads, cost.writes)
        assert (base, 0) == (counted(world, cache=cache).reads, world.server.requests.writes())


def documents_change(world: World, items: int) -> None:
    """One cell changes: three requests more."""
    for cache, new, old in ((True, "zero", "0"), (False, "nought", "zero")):
        base = 1 if cache else pages(items)
        world.edit(f"Do thing {old} ", f"Do thing {new} ", path="postmortems/00000.md")
        run = counted(world, cache=cache)
        assert (base + 2, 1) == (run.reads, run.writes)
        assert (2, 1) == (run.report.plan.cost.reads, run.report.plan.cost.writes)
        assert f"Do thing {new}" == world.web.issues[1].title


def one_more(world: World, items: int) -> None:
    """One new item beside many: one write, and what was predicted is never less than what was sent."""
    world.document(row("One more"), path="postmortems/more.md")
    run = counted(world, cache=False)
    assert (pages(items) + pages(items + 1), 1) == (run.reads, run.writes)
    assert (pages(items + 1), 1) == (run.report.plan.cost.reads, run.report.plan.cost.writes)
    world.document(row("And another"), path="postmortems/another.md")
    assert (2, 1) == ((run := counted(world, cache=True)).reads, run.writes)
    assert 0 == len(world.server.requests.of("GET", MEMBERS))
