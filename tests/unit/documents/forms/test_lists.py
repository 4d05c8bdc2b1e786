"""Action items in lists and task lists: what must not be taken for one comes first."""

import pytest

from tests.unit.documents.samples import item, read, rules
from tracksync.documents import parse, rewrite
from tracksync.documents.words import WORDS
from tracksync.model import Field, ItemEdit, Reading, SkipReason, Status

ACTIONS = "## Action Items\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "- Add it\n",
        "# Notes\n\n- [ ] Add it\n",
        "## Timeline\n\n- 10:00 Add it\n",
        "## What went well\n\n- [x] Alert\n",
        "## Action Items\n\n### What went wrong\n\n- It broke\n",
        "## Action Items\n\n**References:**\n\n- a page\n",
        "## Mitigation\n\n### Immediate actions\n\n1. Restart (@alice)\n",
        "## Actions taken\n\n- Restarted\n",
        "## Immediate actions (completed)\n\n- Restarted (@alice)\n",
        "## Completed improvements\n\n- Restarted\n",
        "## Corrective actions applied\n\n- Restarted\n",
        "## Customer impact\n\n- All\n",
        "## Impact on customers\n\n- All\n",
        "## 障害のタイムライン詳細\n\n- 10:00\n",
        "## Prevention\n\n- The proxy now checks it\n",
        "## Next steps\n\n1. Restart\n   ```sh\n   reboot\n   ```\n2. Look\n",
        "## Checklist\n\n- [ ] Reviewed\n",
        "## Action Items\n\n```\n- [ ] Add it\n```\n",
        "## Action Items\n\n> - Quoted\n",
        "## Action Items\n\nNone.\n",
        "action_items:\n  - item: Add it\n    owner: x\n",
        "## Action items completed during the outage\n\n- Restarted (@alice)\n",
        "## Work done during the outage\n\n### Tasks\n\n- Restarted (@alice)\n",
        "## Actions during the outage\n\n- Restarted (@alice)\n",
        "## Immediate actions\n\n- Restarted (@alice)\n- [x] Failed over (2026-02-15)\n",
        "## Immediate actions taken\n\n- Restarted (@alice)\n",
        "## Sofortmaßnahmen\n\n- Neu gestartet (@alice)\n",
        "## Next steps for affected customers\n\n- Rotate your key (@alice)\n",
        "## Next steps (for customers)\n\n- Rotate your key\n",
        "## Nächste Schritte für Kunden\n\n- Schlüssel tauschen\n",
        "## Follow-up questions\n\n- Why so late?\n",
        "## Preguntas de seguimiento\n\n- ¿Por qué?\n",
        "## Postmortem review tasks\n\n- [ ] Read it aloud\n",
        "## Action items status legend\n\n- Open: nobody has begun\n",
        "## Action Items\n\n**Legend:**\n\n- Open: nobody has begun\n",
        "## Action Items\n\nStatus legend:\n\n- Open: nobody has begun\n",
        "## Action Items\n\nThe following were considered:\n\n- A second region\n",
        "## Maßnahmen\n\nFolgende Alternativen wurden verworfen:\n\n- Eine zweite Region\n",
        "## Action Items\n\nParticipants\n\n- Alice\n",
        "## Action Items\n\n*Participants*\n\n- Alice\n",
        "## Actions menées pendant la panne\n\n- Redémarré\n",
        "## Мероприятия\n\n### Действия во время сбоя\n\n- Перезапуск\n",
        "## Åtgärder under driftstoppet\n\n- Omstart\n",
        "## Próximos passos para os clientes\n\n- Trocar a chave\n",
        "## アクションアイテム\n\n凡例：\n\n- 済\n",
        "## 장애 중 수행한 조치\n\n- 재시작\n",
        "## 改进措施\n\n参与者\n\n- 王\n",
        "## 후속 조치\n\n참석자:\n\n- 김\n",
        "## Follow-up\n\n- **Debrief:** May 7, 2026 @ 10:00 AM\n- **Topic:** How it goes on\n",
        "## Follow-up\n\n- **Open:** 7\n- **Next look:** 2026-06-28\n- __Closed when__: all are done\n",
        "## Actions\n\n- [ ] Sections above are filled out\n- [ ] This report is done\n- [ ] It has a title\n",
        "## Corrective actions\n\nThree records were removed, namely those of these three hosts:\n\n- shop\n- files\n",
        "## Follow-up\n\n### Quarterly review\n\n- Present it\n",
        "## Lessons\n\n**Next steps:**\n\n- Add it\n",
    ],
)
def test_this_holds_no_items(text: str) -> None:
    assert read(f"# T\n\n{text}").items == ()


@pytest.mark.parametrize(
    "heading",
    [
        "## Action Items",
        "## :rocket: Follow-up tasks",
        "## 4. Corrective Actions with Owners",
        "## Kafka action items",
        "## Acciones (Action Items)",
        "## Next steps",
        "## Team tasks",
        "## Completed action items",
        "## Action Items Checklist",
        "## Process improvements",
        "## Remediation\n\n### Planned actions (planned or in progress)",
        "## Action Items\n\n### Detection",
        "## Action Items\n\n### Short term",
        "## Lessons learned\n\n### Action items",
        "## Other\n\n**Action items:**",
        "## Other\n\nAction items:",
        "## Actions Correctives",
        "## Acoes preventivas",
        "## アクションアイテム",
        "## 今回の再発防止策について",
        "## Maßnahmen",
        "## План действий",
        "## 후속 조치",
        "## 改进措施",
        "## Åtgärder",
        "# Action Items",
        "## Action items identified during the review",
        "## Action items status",
        "## Next steps during the third quarter",
        "## Action items and lessons",
        "## Summary of action items",
        "## Resolution and corrective actions",
        "## Actions: detection",
        "## Next steps for customer support",
        "## Action Items\n\n### Immediate actions",
        "## Next steps\n\n### Immediate actions",
        "## Action Items\n\nWhat we will do next",
        "## Action Items\n\n### Improvements for our customers",
        "## Action Items\n\n### Better documentation for users",
        "## Next steps to protect customers",
        "## Follow-ups from the last discussion",
        "## Action Items\n\n### Improvements to the recovery",
        "## Action Items\n\nImpact on us: we must react",
        "## Lessons\n\n**Actions planned:**",
        "## The queue\n\n**Next steps:**",
        "Leftover tasks:",
    ],
)
def test_items_stand_under_a_heading_that_names_them(heading: str) -> None:
    (one,) = read(f"{heading}\n\n- Add it\n").items
    assert (one.action, one.format, one.skip) == ("Add it", "list", None)


@pytest.mark.parametrize(
    "values", ["- [ ] Add it", "- Add it (@alice)", "- Add it (due 2026-02-15)", "- Add it (P1)", "- Add it (#3)"]
)
@pytest.mark.parametrize("heading", ["Prevention", "Recommendations"])
def test_under_a_weaker_heading_an_item_must_show_what_only_items_have(heading: str, values: str) -> None:
    assert len(read(f"# T\n\n## {heading}\n\n{values}\n").items) == 1


@pytest.mark.parametrize("values", ["- [ ] Add it", "- Add it (due 2026-02-15)", "- Add it (P1)", "- Add it (open)"])
@pytest.mark.parametrize("heading", ["Immediate actions", "Ações imediatas", "Sofortmaßnahmen", "緊急対応"])
def test_what_was_to_be_done_at_once_was_done_unless_it_says_otherwise(heading: str, values: str) -> None:
    assert len(read(f"# T\n\n## {heading}\n\n{values}\n").items) == 1
    assert read(f"# T\n\n## {heading}\n\n- Added it (@alice, #3)\n").items == ()


def test_an_item_has_its_line_its_column_and_its_values() -> None:
    one = item(f"{ACTIONS}1. Rotate the **keys**\n   of all hosts (@alice, due 2026-02-15, P1, #3)\n")
    assert (one.line, one.column, one.action) == (3, 4, "Rotate the keys of all hosts")
    assert (one.owners, one.due, one.priority, one.link) == (("alice",), "2026-02-15", "P1", "#3")
    assert one.status is None
    assert one.readings.status is Reading.EMPTY


def test_a_check_box_is_the_status() -> None:
    document = read(f"{ACTIONS}- [ ] Add it\n- [x] Test it\n- [ ]\n- [~] Half\n")
    shown = [(one.format, one.box, one.status, one.skip) for one in document.items]
    assert shown == [
        ("tasklist", True, Status.NOT_STARTED, None),
        ("tasklist", True, Status.COMPLETE, SkipReason.DONE_WITHOUT_LINK),
        ("tasklist", True, Status.NOT_STARTED, SkipReason.BLANK),
        ("tasklist", True, Status.IN_PROGRESS, None),
    ]


def test_a_placeholder_and_another_trackers_item_are_left_alone() -> None:
    document = read(f"{ACTIONS}- [Action 1]\n- Add it (OPS-12)\n-\n")
    assert [one.skip for one in document.items] == [
        SkipReason.PLACEHOLDER,
        SkipReason.TRACKED_ELSEWHERE,
        SkipReason.BLANK,
    ]


@pytest.mark.parametrize(
    ("text", "skip", "problems"),
    [
        ("~~Add it~~", SkipReason.STRUCK, []),
        ("~~Add it (@alice, P1)~~", SkipReason.STRUCK, []),
        ("<del>Add it</del> (@alice, P1)", SkipReason.STRUCK, []),
        ("[ ] ~~Add it~~", SkipReason.STRUCK, []),
        ("[x] ~~Add it~~", SkipReason.DONE_WITHOUT_LINK, []),
        ("~~Add it~~ (won't do)", SkipReason.DONE_WITHOUT_LINK, []),
        ("~~Add it~~ (OPS-12)", SkipReason.TRACKED_ELSEWHERE, []),
        ("~~Add it~~ (#3)", None, ["struck-out"]),
        ("~~Add it (#3)~~", None, ["struck-out"]),
        ("[x] ~~Add it~~ (#3)", None, []),
        ("~~Add it~~ in the client", None, []),
    ],
)
def test_what_is_crossed_out_is_done_or_dropped(text: str, skip: SkipReason | None, problems: list[str]) -> None:
    document = read(f"{ACTIONS}- {text}\n")
    assert [one.action.removesuffix(" in the client") for one in document.items] == ["Add it"]
    assert ([one.skip for one in document.items], rules(document)) == ([skip], problems)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Cache the answers #12", ["#12"]),
        ("Replace disk #3.", ["#3"]),
        ("Cache the answers #12, #13", ["#13"]),
        ("[ ] Cache the answers (@alice, P1) #12", []),
        ("Cache the answers (#12)", []),
        ("Cache the answers. #12", []),
        ("Cache the answers #12 (#13)", []),
        ("Revert the change from #12", []),
        ("Build on #11 and #12", []),
        ("Revenir sur #12", []),
        ("Prüfen, siehe #12", []),
        ("Проверить, см. #12", []),
        ("[x] Replace disk #3", []),
        ("Replace disk number 3", []),
    ],
)
def test_a_bare_number_at_the_end_is_text_and_somebody_is_asked(text: str, named: list[str]) -> None:
    document = read(f"{ACTIONS}- {text}\n")
    assert rules(document) == ["link-or-text"] * len(named)
    assert all(one in problem.message for one, problem in zip(named, document.problems, strict=True))


def test_a_number_in_a_table_is_text_because_links_have_a_column() -> None:
    assert rules(read("## Actions\n\n| Action | Status |\n|---|---|\n| Replace disk #3 | Open |\n")) == []


def test_a_label_with_nothing_behind_or_below_it_is_a_line_to_be_filled_in() -> None:
    found = parse("a.md", b"## Action Items\n\n- Who follows up:\n- Limit the retries:\n  - in the client\n").items
    assert [("Who follows up:", SkipReason.BLANK), ("Limit the retries:", None)] == [(i.action, i.skip) for i in found]


def test_what_is_nested_in_an_item_is_its_detail() -> None:
    one = item(f"{ACTIONS}- Add it:\n  - first #5\n  - then\n")
    assert (one.action, one.links, one.link) == ("Add it:", ("#5",), None)


@pytest.mark.parametrize(
    "fields",
    [
        "  - Owner: @alice\n  - Due: 2026-02-15\n",
        "  - **Owner**: @alice\n\n  - **Due**: 2026-02-15\n  - and more\n",
        "  Owner: @alice\n  **Due:** 2026-02-15\n  and more\n",
        "- Owner: @alice\n- Due: 2026-02-15\n",
    ],
)
def test_fields_may_stand_below_an_item(fields: str) -> None:
    marker = "1." if fields.startswith("- ") else "-"
    one = item(f"{ACTIONS}{marker} Add it\n{fields}")
    assert (one.action, one.owners, one.due) == ("Add it", ("alice",), "2026-02-15")


@pytest.mark.parametrize(
    ("label", "owners", "status"),
    [
        ("**JP**\n", ("JP",), None),
        ("**Alice, Bob & Zoë**:\n\n", ("Alice", "Bob", "Zoë"), None),
        ("**AG - for planning**\n", ("AG",), None),
        ("@alice:\n\n", ("alice",), None),
        ("**Done**\n", (), Status.COMPLETE),
        ("**Short term**\n", (), None),
        ("**Datadog**\n", (), None),
        ("**Kafka & Redis**\n", (), None),
        ("**Q1**\n", (), None),
        ("**Load Balancer**\n", (), None),
        ("**Zorb**\n", (), None),
        ("**Zorb and Alice**\n", ("Zorb", "Alice"), None),
        ("**RDS**\n", (), None),
        ("**AC/JBP**\n", ("AC", "JBP"), None),
        ("**SRE**\n", ("SRE",), None),
        ("**Owner:** Zorb\n\n", ("Zorb",), None),
        ("Owners: @alice, Zorb\n\n", ("alice", "Zorb"), None),
        ("**Due:** 2026-03-01\n\n", (), None),
        ("### Alice\n\n", ("Alice",), None),
        ("### Platform team\n\n**Done**\n\n", ("Platform team",), Status.COMPLETE),
        ("### Alice\n\n**Bob**\n\n", ("Bob",), None),
        ("### Datadog\n\n", (), None),
        ("### SRE\n\n", (), None),
        ("**田中さん**\n", ("田中さん",), None),
        ("Two lines\n**JP**\n", (), None),
    ],
)
def test_a_label_above_a_list_says_it_of_all_its_items(
    label: str, owners: tuple[str, ...], status: Status | None
) -> None:
    one = item(f"{ACTIONS}{label}- Add it\n")
    assert (one.owners, one.status) == (owners, status)


@pytest.mark.parametrize(
    ("label", "priority", "said"),
    [
        ("### P0 - at once\n\n", "P0", "P0"),
        ("### 🔴 Critical (today)\n\n", "P0", "Critical"),
        ("### P2 improvements\n\n", "P2", "P2"),
        ("**High priority:**\n\n", "P1", "High"),
        ("**Prioridad alta**\n", "P1", "alta"),
        ("### Low-priority items\n\n", "P3", "Low"),
        ("### P0 and P1\n\n", None, None),
        ("### Priority 1\n\n", None, None),
        ("### High load\n\n", None, None),
        ("### P1\n\n**P2**\n", "P2", "P2"),
        ("- **P1**\n  ", "P1", "P1"),
    ],
)
def test_a_priority_may_stand_above_a_list(label: str, priority: str | None, said: str | None) -> None:
    one = item(f"{ACTIONS}{label}- Add it\n")
    assert (one.action, one.priority, one.priority_raw, one.above) == (
        "Add it",
        priority,
        said,
        (Field.PRIORITY,) if said else (),
    )
    assert item(f"{ACTIONS}{label}- P4: Add it\n").priority == "P4"


def test_a_list_of_facts_has_a_label_and_a_value_in_each_line_and_a_day_alone_in_one() -> None:
    for text in ("- **Add it:** 2026-03-01\n", "- **Add:** a test\n- Then **see:** 2026-03-01\n"):
        assert read(f"{ACTIONS}{text}").items != ()


def test_a_label_right_behind_an_item_belongs_to_the_items_below_it() -> None:
    text = "**Alice**\n- Add it\n  - how\n**Bob**\n- Test it\n- Try it\n**What went well**\n- it ran\n"
    assert [(one.action, one.owners) for one in read(ACTIONS + text).items] == [
        ("Add it", ("Alice",)),
        ("Test it", ("Bob",)),
        ("Try it", ("Bob",)),
    ]
    wrapped = "- Add it\nNext steps:\n- Test it on\nall of these:\n- Try it\n"
    assert [one.action for one in read(ACTIONS + wrapped).items] == ["Add it", "Test it on all of these:", "Try it"]


def test_an_item_that_is_only_the_name_of_a_list_or_a_time_is_the_label_of_those_nested_in_it() -> None:
    text = "- Short-term:\n  1. Test it\n- **Improvements/fixes:**\n  - Try it\n- Proxy:\n  - why\n"
    boxed = "- [ ] Improvements\n  - what\n- Prevention\n  - how\n"
    shown = [one.action for one in read(ACTIONS + text + boxed).items]
    assert shown == ["Test it", "Try it", "Proxy:", "Improvements", "Prevention"]


def test_a_label_among_names_is_a_name() -> None:
    both = read(f"{ACTIONS}**Zorb**\n- Add it\n\n**Alice**\n- Test it\n\n**Grafana**\n- Try it\n").items
    assert [one.owners for one in both] == [("Zorb",), ("Alice",), ()]
    apart = read(f"{ACTIONS}**Zorb**\n- Add it\n\n### More\n\n**Alice**\n- Test it\n").items
    assert [one.owners for one in apart] == [(), ("Alice",)]
    nested = read(f"{ACTIONS}- **Zorb**\n  - Add it\n- **Alice**\n  - Test it\n- Write it\n  - now\n").items
    assert [(one.action, one.owners) for one in nested] == [
        ("Add it", ("Zorb",)),
        ("Test it", ("Alice",)),
        ("Write it", ()),
    ]


def test_a_line_of_fields_is_no_item_unless_the_text_follows_them() -> None:
    fields = "- Add it\n  - Owner: Alice - Due: 2026-03-01\n- Owner: Alice - Platform team\n"
    assert read(f"{ACTIONS}{fields}").items[0].action == "Add it"
    assert read(f"{ACTIONS}- Owner: Alice - Due: 2026-03-01\n- Owner: Bob - Due: 2026-03-01 - P1\n").items == ()
    one = item(f"{ACTIONS}- **Owner:** Alice - **Due:** 2026-03-01 - Add it\n")
    assert (one.action, one.owners, one.due) == ("Add it", ("Alice",), "2026-03-01")


def test_a_rough_time_beside_an_owner_is_a_date_to_be_asked_for() -> None:
    document = read(f"{ACTIONS}- Add it (Alice, by end of Q1)\n")
    assert [problem.rule for problem in document.problems] == ["unreadable-date"]


def test_a_list_may_hold_nothing_but_labels() -> None:
    assert [one.action for one in read(f"{ACTIONS}- @alice\n  - Add it\n").items] == ["Add it"]


def test_an_items_own_owner_goes_first() -> None:
    one = item(f"{ACTIONS}**JP**\n- Add it (@bob)\n")
    assert (one.owners, one.above) == (("bob",), ())
    assert item(f"{ACTIONS}**JP**\n- Add it\n").above == (Field.OWNER,)
    assert item(f"{ACTIONS}**Done**\n- [ ] Add it\n").status is Status.NOT_STARTED


def test_an_item_may_be_the_label_of_nested_ones() -> None:
    document = read(
        f"{ACTIONS}- @alice\n  - Add it\n- **Done**\n  - Test it\n- **References**\n  - a page\n- Write it\n"
    )
    shown = [(one.action, one.owners, one.status) for one in document.items]
    assert shown == [("Add it", ("alice",), None), ("Test it", (), Status.COMPLETE), ("Write it", (), None)]


def test_names_at_the_end_are_owners_where_every_item_has_one() -> None:
    document = read(f"{ACTIONS}- Add it (Alice)\n- Test it - Zorb\n")
    assert [one.owners for one in document.items] == [("Alice",), ("Zorb",)]
    assert read(f"{ACTIONS}- Add it (Zorb)\n- Test it (Alice)\n- Try it\n").items[0].owners == ()
    assert [one.owners for one in read(f"{ACTIONS}- Add it (Zorb)\n- Test it (Quux)\n").items] == [(), ()]


@pytest.mark.parametrize(
    ("first", "owners"),
    [
        ("[jdoe?] Test it", ("jdoe?",)),
        ("(xy, ops teams) Test it", ("xy", "ops teams")),
        ("[grafana] Test it", ()),
        ("[process] Test it", ()),
        ("[a/b c] Test it", ()),
        ("Test it", ()),
    ],
)
def test_handles_in_brackets_before_most_items_are_owners_where_one_is_known(
    first: str, owners: tuple[str, ...]
) -> None:
    known = "- [alice] Add it\n- [kmoore7] Write it\n"
    assert [one.owners for one in read(f"{ACTIONS}- {first}\n{known}").items] == [owners, ("alice",), ("kmoore7",)]


def test_labels_in_brackets_are_no_owners_where_nobody_is_known() -> None:
    text = "- [web] Add it\n- [kmoore7] Write it\n- [queue] Test it\n"
    assert [one.owners for one in read(f"{ACTIONS}{text}").items] == [(), (), ()]


def test_a_long_item_keeps_its_text_whole() -> None:
    one = item(f"{ACTIONS}- {'word ' * 900}(@alice)\n")
    assert one.owners == ()


def test_words_of_the_configuration_name_sections_and_columns() -> None:
    words = WORDS.extended(
        sections=["Homework"], not_sections=["Next steps"], headers={"owner": ("Champion",), "due": ()}
    )
    assert len(read("## Homework\n\n- Add it\n", words=words).items) == 1
    assert read("## Next steps\n\n- Add it\n", words=words).items == ()
    (one,) = read("| Action | Champion | Status |\n|---|---|---|\n| Add it | bob | Open |\n", words=words).items
    assert one.owners == ("bob",)


def test_a_title_is_written_while_it_is_plain_and_stands_in_one_line() -> None:
    text = f"{ACTIONS}- Add it (@a)\n- Add\n  that\n- Add `x`\n".encode()
    result = rewrite("a.md", text, [ItemEdit(at, Field.TITLE, "Do *it*") for at in range(3)])
    assert result.data == f"{ACTIONS}- Do \\*it\\* (@a)\n- Add\n  that\n- Add `x`\n".encode()
    assert [problem.rule for problem in result.problems] == ["no-place", "no-place"]


def test_a_value_over_two_lines_is_not_written() -> None:
    text = f"{ACTIONS}- Add it (@alice,\n  @bob)\n".encode()
    result = rewrite("a.md", text, [ItemEdit(0, Field.OWNER, "carol")])
    assert (result.data, [problem.rule for problem in result.problems]) == (text, ["no-place"])


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        ("- Add it\n", {Field.ISSUE: "#1"}, "- Add it (#1)\n"),
        ("- Add it  \n", {Field.ISSUE: "#1", Field.STATUS: "complete"}, "- Add it (Complete, #1)  \n"),
        ("- Add it (#1)\n", {Field.STATUS: "complete"}, "- Add it (Complete, #1)\n"),
        ("- Add it (done)\n", {Field.ISSUE: "#1"}, "- Add it (done, #1)\n"),
        ("- Add it - done\n", {Field.ISSUE: "#1"}, "- Add it - done (#1)\n"),
        ("- ✅ Add it\n", {Field.STATUS: "in_progress"}, "- 🔄 Add it\n"),
        ("- Add it - done\n- Test it\n", {Field.STATUS: "not_started"}, "- Add it - not started\n- Test it\n"),
        ("- Add it (@a)\n", {Field.OWNER: ""}, "- Add it (unassigned)\n"),
        ("- Add it (owner: @a)\n", {Field.OWNER: ""}, "- Add it (owner: none)\n"),
        ("- [ ] Add it\n", {Field.STATUS: "wont_do"}, "- [x] Add it\n"),
        ("* [X] Add it\n", {Field.STATUS: "blocked"}, "* [ ] Add it\n"),
        ("- **JP** Add it\n", {Field.OWNER: "bob"}, "- **Bob Zorb** Add it\n"),
        ("- **JP** add it\n", {Field.OWNER: "bob,eve"}, "- **Bob Zorb, @eve** add it\n"),
        ("**JP** Add it\n", {Field.OWNER: "bob,eve"}, "**Bob Zorb, @eve** Add it\n"),
        ("1. Add it\n   more\n\n   - detail\n", {Field.ISSUE: "#1"}, "1. Add it\n   more (#1)\n\n   - detail\n"),
    ],
)
def test_what_is_written_into_an_item(before: str, edits: dict[Field, str], after: str) -> None:
    changes = [ItemEdit(0, field, value) for field, value in edits.items()]
    words, names = WORDS.extended(owners=["Bob Zorb"]), {"bob": "Bob Zorb"}
    result = rewrite("a.md", f"{ACTIONS}{before}".encode(), changes, words, names)
    assert (result.data.decode(), result.problems) == (f"{ACTIONS}{after}", ())
