"""What GitHub doesn't take: people who can't be assigned, and fields from a token that may not set them."""

from .world import World, row, rules


class TestAnOwnerWhoCanNotBeAssigned:
    def test_loses_no_item_and_leaves_a_label_until_somebody_is_assigned(self, world: World) -> None:
        world.document(row("Give retries a limit", "@zoe"), row("Warm the cache", "@alice, @zoe"))
        report = world.sync()
        assert (["owner-not-held"] * 2, ()) == (rules(report), report.failed)
        first, second = world.web.issues.values()
        assert ({"tracksync", "needs-owner", "priority/P1"}, []) == (
            {label.name for label in first.labels},
            [one.login for one in first.assignees],
        )
        assert ["alice"] == [one.login for one in second.assignees]
        assert "needs-owner" not in {label.name for label in second.labels}

        world.edit("| @zoe | 2026-12-01", "| @bob | 2026-12-01")
        world.sync()
        assert ["bob"] == [one.login for one in first.assignees]
        assert "needs-owner" not in {label.name for label in first.labels}


class TestATokenThatMayNotSetLabels:
    def test_makes_one_issue_links_it_and_stops(self, world: World) -> None:
        world.document(row("Give retries a limit"))
        world.sync()
        world.document(
            row("Give retries a limit"), row("Warm the cache"), row("Page somebody"), path="postmortems/b.md"
        )
        world.forget()  # the memory is kept for one token
        report = world.sync(world.tracker(world.server.state.classic_token(world.mallory)))
        assert [1, 2] == world.numbers()
        dropped = "acme/web#2: the tracker didn't take owner, priority and our label; the token may lack write access"
        assert [dropped] == [problem.message for problem in report.noticed]
        assert {"acme/web#2 came back without our label"} == {
            failure.message.removeprefix("not created, because ").partition(":")[0] for failure in report.failed
        }
        assert "https://github.com/acme/web/issues/2" in world.read("postmortems/b.md")
