"""What stands around the words of an item: what must stay with the action comes first."""

import pytest

from tracksync.documents.forms import item_text, names
from tracksync.documents.forms.names import person, written
from tracksync.documents.forms.pieces import labelled
from tracksync.documents.markdown import LONGEST
from tracksync.documents.words import WORDS, Role


def parts(text: str, **how: bool) -> tuple[str, dict[str, str]]:
    peeled = item_text.peel(text, WORDS, **how)
    spans = {role.value: text[span.start : span.end] for role, span in peeled.spans.items()}
    return text[peeled.start : peeled.end], spans


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@alice",
        "(@alice)",
        "P1",
        "Done",
        "Add an alert (for the queue)",
        "Add an alert (80 %)",
        "Ask @carol",
        "Look into #12",
        "Revert the change in #12",
        "Add what #12",
        "Start what waits for #11, #12",
        "Read acme/web#11, acme/web#12",
        "Revenir sur acme/web#12",
        "Mit den Leuten von acme/web#12 und @alice",
        "See https://github.com/a/b/issues/12",
        "Move to Kafka (Confluent)",
        "Documentation: update the runbook",
        "**Monitoring**: add an alert",
        "**API** returns too much",
        "Fix the retry - it is too fast",
        "Pin the version (commit 6288eb9)",
        "Pin the version (#PR)",
        "Read [the guide](https://wiki.example/guide)",
        "Read ![a](b)",
        "Read [the guide][guide]",
        "Close issues that are done and old",
        "Write down what is done, mostly - done partly",
        "Take the dump) before",
        "Say what (is @alice, x",
        "(P1",
        "Add alerts for: [Rick]",
        "Release on 2026-02-15",
        "Rotate the keys - due diligence is done by others",
        "x" * (LONGEST + 1) + " (@alice)",
        "Use OK",
        "Upgrade to protobufjs@6.11.3",
        "Upgrade to the version @6.11.3",
        "Write to alice@example.com",
        "Take the dump)",
        "Say it, , (, )",
        "Wait until the end",
        "Call NASA",
        "Ship it by noon",
        "Kafka: move it",
        "**Kafka**: move it",
        "**Load Balancer**: move it",
        "Jenkins - update it",
        "Checkout to use the new API",
        "Team Debrief: hold it",
        "@alice to be told",
        "**Alice** and the others know it",
        "Add it [Grafana]",
        "Add it [Backend]",
        "Add it [RDS]",
        "Add it (as agreed with Alice, Bob)",
        "Add it – Kafka – then test it",
        "Move it to Kafka (Confluent)",
        "Add it (UK)",
        "データ: 消す",
        "Target: fewer pages - say how",
        "Ask Alice",
        "Add it (owned by many people)",
        "追加する（owner + 期限日）",
        "Owner: the page lies - fix it",
        "[Owner: the page lies] fix it",
        "Issue: it fails - fix it",
        "Priority: speed - and more",
        "Status: the page lies - fix it",
    ],
)
def test_this_stays_with_the_action(text: str) -> None:
    assert parts(text) == (text, {})


@pytest.mark.parametrize(
    ("text", "action", "values"),
    [
        ("Add it (@alice)", "Add it", {"owner": "@alice"}),
        ("Add it. (@alice).", "Add it.", {"owner": "@alice"}),
        ("Add it **(@alice)**", "Add it", {"owner": "@alice"}),
        ("Add **it** (@alice)", "Add **it**", {"owner": "@alice"}),
        ("Add it, owner: Bob", "Add it", {"owner": "Bob"}),
        ("Add it, tracked in #12", "Add it", {"link": "#12"}),
        ("Add it; due 2026-02-15", "Add it", {"due": "2026-02-15"}),
        ("Add it: @alice", "Add it", {"owner": "@alice"}),
        ("Add a, b, (@alice), ", "Add a, b", {"owner": "@alice"}),
        ("Add it;", "Add it", {}),
        ("Add it: (@alice)", "Add it:", {"owner": "@alice"}),
        ("Add it: (@alice, P1) #12", "Add it:", {"owner": "@alice", "priority": "P1", "link": "#12"}),
        ("Ask @carol, @bob", "Ask @carol, @bob", {}),
        ("Add it, @alice, due 2026-02-15", "Add it", {"owner": "@alice", "due": "2026-02-15"}),
        ("修正、担当: @bob、期限: 2026-02-15", "修正", {"owner": "@bob", "due": "2026-02-15"}),
        ("修复，负责人：@li。", "修复", {"owner": "@li"}),
        ("Add it (@alice, due Feb 15, 2026)", "Add it", {"owner": "@alice", "due": "Feb 15, 2026"}),
        ("Add it - Feb 15, 2026", "Add it", {"due": "Feb 15, 2026"}),
        ("~~Add it (@alice)~~", "Add it", {"owner": "@alice"}),
        ("Add it (@alice, @bob)", "Add it", {"owner": "@alice, @bob"}),
        ("Add it (@alice & @bob, P2)", "Add it", {"owner": "@alice & @bob", "priority": "P2"}),
        ("Add it (@alice due 2026-02-15)", "Add it", {"owner": "@alice", "due": "2026-02-15"}),
        ("Add it (Alice, 15 Feb 2026)", "Add it", {"owner": "Alice", "due": "15 Feb 2026"}),
        ("Add it (@alice, after the freeze)", "Add it", {"owner": "@alice"}),
        ("Add it [Rick]", "Add it", {"owner": "Rick"}),
        ("Add it [Name]", "Add it", {"owner": "Name"}),
        ("Add it (owner: Bob, due: 2026-02-15)", "Add it", {"owner": "Bob", "due": "2026-02-15"}),
        ("Add it (owner: @a, due: next week)", "Add it", {"owner": "@a", "due": "next week"}),
        ("Add it (owned by Bob, by 2026-02-15)", "Add it", {"owner": "Bob", "due": "2026-02-15"}),
        ("Add it (tracked in #12)", "Add it", {"link": "#12"}),
        ("追加する（担当: @a、期限: 2026-02-15）", "追加する", {"owner": "@a", "due": "2026-02-15"}),
        ("Add it - Owner: [Name] - Due: [Date]", "Add it", {"owner": "[Name]", "due": "[Date]"}),
        ("Add it — due 2026-02-15 — @owner2", "Add it", {"due": "2026-02-15", "owner": "@owner2"}),
        ("Add it | Owner: Bob | P2", "Add it", {"owner": "Bob", "priority": "P2"}),
        ("Add it - @alice, @bob", "Add it", {"owner": "@alice, @bob"}),
        ("Add it. Owner: Bob. Due: 2026-02-15.", "Add it.", {"owner": "Bob", "due": "2026-02-15"}),
        ("Add it, @alice", "Add it", {"owner": "@alice"}),
        ("Add it now @alice, @bob", "Add it now", {"owner": "@alice, @bob"}),
        ("Add it by 2026-03-01", "Add it", {"due": "2026-03-01"}),
        ("Add it due TBD", "Add it", {"due": "TBD"}),
        ("Add it (P1)", "Add it", {"priority": "P1"}),
        ("Add it (high)", "Add it", {"priority": "high"}),
        ("Add it (Done)", "Add it", {"status": "Done"}),
        ("Add it (Done as of 2026-02-15)", "Add it", {"status": "Done"}),
        ("Add it **(Done during the incident)**", "Add it", {"status": "Done"}),
        ("Add it (Done, #12)", "Add it", {"status": "Done", "link": "#12"}),
        ("Add it (Done, PR #12)", "Add it", {"status": "Done"}),
        ("Add it (done: 6288eb9)", "Add it", {"status": "done"}),
        ("Add it - done", "Add it", {"status": "done"}),
        ("Add it - done and list updated", "Add it", {"status": "done"}),
        ("Add it - test - done: it - really - works", "Add it - test", {"status": "done"}),
        ("Add it - in progress: waits for a part", "Add it", {"status": "in progress"}),
        ("Add it WONTDO", "Add it", {"status": "WONTDO"}),
        ("Add it IN PROGRESS", "Add it", {"status": "IN PROGRESS"}),
        ("Add it [FIXED](https://x.example/c/1)", "Add it", {"status": "[FIXED](https://x.example/c/1)"}),
        ("Add it (#12)", "Add it", {"link": "#12"}),
        (
            "Add it ([#12](https://github.com/a/b/issues/12))",
            "Add it",
            {"link": "[#12](https://github.com/a/b/issues/12)"},
        ),
        ("Add it ([#12][issue-12]).", "Add it", {"link": "[#12][issue-12]"}),
        ("Add it. #12", "Add it.", {"link": "#12"}),
        ("Add it soon web#12", "Add it soon", {"link": "web#12"}),
        (
            "Add it [Issue](https://github.com/a/b/issues/1)",
            "Add it",
            {"link": "[Issue](https://github.com/a/b/issues/1)"},
        ),
        (
            'Add it <a href="https://github.com/a/b/issues/1">#1</a>',
            "Add it",
            {"link": '<a href="https://github.com/a/b/issues/1">#1</a>'},
        ),
        ("Add it (OPS-12)", "Add it", {"link": "OPS-12"}),
        (
            "Add it (unassigned, no due date, no priority)",
            "Add it",
            {"owner": "unassigned", "due": "no due date", "priority": "no priority"},
        ),
        ("Add it by none", "Add it", {"due": "none"}),
        ("Add it (owner none)", "Add it", {"owner": "none"}),
        ("P1: Add it", "Add it", {"priority": "P1"}),
        ("[P1] Add it", "Add it", {"priority": "P1"}),
        ("(High) Add it", "Add it", {"priority": "High"}),
        ("no priority: Add it", "Add it", {"priority": "no priority"}),
        ("**P0** - Add it", "Add it", {"priority": "P0"}),
        ("[DONE] P1: Add it", "Add it", {"status": "DONE", "priority": "P1"}),
        ("TODO: Add it", "Add it", {"status": "TODO"}),
        ("✅ Add it", "Add it", {"status": "✅"}),
        ("✅ P1: @a: Add it", "Add it", {"status": "✅", "priority": "P1", "owner": "@a"}),
        ("Add it (@a,, P1)", "Add it", {"owner": "@a", "priority": "P1"}),
        ("⏸\ufe0f Add it", "Add it", {"status": "⏸\ufe0f"}),
        ("[Done](https://x.example) Add it", "Add it", {"status": "[Done](https://x.example)"}),
        ("@alice: Add it", "Add it", {"owner": "@alice"}),
        ("@alice, @bob - Add it", "Add it", {"owner": "@alice, @bob"}),
        ("@alice to add it", "add it", {"owner": "@alice"}),
        ("@alice, @bob will add it", "add it", {"owner": "@alice, @bob"}),
        ("**@alice** to add it", "add it", {"owner": "@alice"}),
        ("Alice Ace to add it", "add it", {"owner": "Alice Ace"}),
        ("Alice & Zorb should add it", "add it", {"owner": "Alice & Zorb"}),
        ("Platform team must add it", "add it", {"owner": "Platform team"}),
        ("Lucía debe añadirlo", "añadirlo", {"owner": "Lucía"}),
        ("Alice: Add it", "Add it", {"owner": "Alice"}),
        ("**Alice**: add it", "add it", {"owner": "Alice"}),
        ("**Alice** Add it", "Add it", {"owner": "Alice"}),
        ("**Alice:** add it", "add it", {"owner": "Alice"}),
        ("[Alice] add it", "add it", {"owner": "Alice"}),
        ("Alice Ace - add it - 2026-03-01", "add it", {"owner": "Alice Ace", "due": "2026-03-01"}),
        ("Иван: добавить", "добавить", {"owner": "Иван"}),
        ("田中さん：追加する", "追加する", {"owner": "田中さん"}),
        ("佐々木: 追加する", "追加する", {"owner": "佐々木"}),
        ("王伟：添加", "添加", {"owner": "王伟"}),
        ("Add it – Alice – 2026-03-01", "Add it", {"owner": "Alice", "due": "2026-03-01"}),
        ("Add it (Alice)", "Add it", {"owner": "Alice"}),
        ("Add it (Alice & Zorb)", "Add it", {"owner": "Alice & Zorb"}),
        ("Add it (Alice, Zorb)", "Add it", {"owner": "Alice, Zorb"}),
        ("Add it (Alice, by end of Q1)", "Add it", {"owner": "Alice", "due": "by end of Q1"}),
        ("Add it (@alice, Q2 2026)", "Add it", {"owner": "@alice", "due": "Q2 2026"}),
        ("Add it (@alice, next week)", "Add it", {"owner": "@alice", "due": "next week"}),
        ("Hinzufügen (Jürgen, Ende März)", "Hinzufügen", {"owner": "Jürgen", "due": "Ende März"}),
        ("追加する（@alice、来週中）", "追加する", {"owner": "@alice", "due": "来週中"}),
        ("Add it [JP]", "Add it", {"owner": "JP"}),
        ("Add it [SRE]", "Add it", {"owner": "SRE"}),
        ("Add it [Team Payments]", "Add it", {"owner": "Team Payments"}),
        (
            "**Owner:** Alice - **Due:** 2026-03-01 - Add it",
            "Add it",
            {"owner": "Alice", "due": "2026-03-01"},
        ),
        (
            "Owner: TBD · Due: end of Q1 · Priority: P1 · Add it",
            "Add it",
            {"owner": "TBD", "due": "end of Q1", "priority": "P1"},
        ),
        ("Owner: Alice; Priority: P1; Add it", "Add it", {"owner": "Alice", "priority": "P1"}),
        ("Owner: Payments - Due: 2026-03-01 - Add it", "Add it", {"owner": "Payments", "due": "2026-03-01"}),
        ("Add it (Checkout, due 2026-03-01)", "Add it", {"owner": "Checkout", "due": "2026-03-01"}),
        ("Add it (owned by Security)", "Add it", {"owner": "Security"}),
        ("Add it (owner Checkout & Search, P1)", "Add it", {"owner": "Checkout & Search", "priority": "P1"}),
        ("[Owner: Alice] Add it", "Add it", {"owner": "Alice"}),
        ("**Owner: Alice** - Add it", "Add it", {"owner": "Alice"}),
        ("*Alice*: Add it", "Add it", {"owner": "Alice"}),
        ("Status: open - Owner: @bob - Add it", "Add it", {"status": "open", "owner": "@bob"}),
        ("**JP** Add it", "Add it", {"owner": "JP"}),
        ("**AC/RK**: Add it", "Add it", {"owner": "AC/RK"}),
    ],
)
def test_this_is_a_value(text: str, action: str, values: dict[str, str]) -> None:
    assert parts(text) == (action, values)


def test_the_same_value_twice_is_read_once() -> None:
    assert parts("Add it (@alice) (@bob)") == ("Add it (@alice)", {"owner": "@bob"})
    assert parts("@alice: Add it (@bob)") == ("Add it (@bob)", {"owner": "@alice"})


def test_with_a_check_box_nothing_else_is_a_status() -> None:
    assert parts("Add it (Done)", boxed=True) == ("Add it (Done)", {})
    assert parts("✅ Add it (@a)", boxed=True) == ("✅ Add it", {"owner": "@a"})


def test_where_all_items_end_in_a_name_the_name_is_the_owner() -> None:
    assert parts("Add it (Zorb)", named=True) == ("Add it", {"owner": "Zorb"})
    assert parts("Add it - Zorb Ace", named=True) == ("Add it", {"owner": "Zorb Ace"})
    assert parts("Kafka: Add it", named=True) == ("Kafka: Add it", {})
    assert parts("Add it (Zorb)") == ("Add it (Zorb)", {})


@pytest.mark.parametrize(
    "text", ["", "API", "Monitoring", "Quick wins", "Short term", "For planning", "lower", "鍵", "Detection", "x" * 90]
)
def test_this_names_nobody(text: str) -> None:
    assert not person(text, WORDS)
    assert not written(text, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "Datadog",
        "Kafka & Redis",
        "Q1",
        "Load Balancer",
        "Zorb",
        "RDS",
        "Überwachung",
        "データ",
        "데이터",
        "数据库",
        "周报",
        "お客様へ",
    ],
)
def test_without_company_this_is_a_topic(text: str) -> None:
    assert not names.titled(text, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "Alice",
        "Alice & Zorb",
        "Zoë",
        "Jean-Paul",
        "Ольга",
        "佐藤",
        "田中さん",
        "决策团队",
        "김민수",
        "Platform team",
    ],
)
def test_this_is_surely_somebody(text: str) -> None:
    assert names.somebody(text, WORDS)
    assert names.titled(text, WORDS)


def test_who_stands_in_the_owner_map_is_known() -> None:
    words = WORDS.extended(owners=["Zorb", "@Checkout Crew", "kafka"])
    assert [names.somebody(text, words) for text in ("Zorb", "checkout crew", "Kafka", "Redis")] == [
        True,
        True,
        True,
        False,
    ]
    peeled = item_text.peel("Kafka: move it", words)
    assert (peeled.start, list(peeled.spans)) == (len("Kafka: "), [Role.OWNER])


@pytest.mark.parametrize(
    "text", ["@alice", "JP", "AC/RK", "Alice", "Alice, Bob & Zoë", "Alice Ace", "Platform team", "SRE", "Team Payments"]
)
def test_this_names_somebody(text: str) -> None:
    assert person(text, WORDS)


@pytest.mark.parametrize("line", ["", "Owner", "Colour: red", "We said: no", "@a: b"])
def test_this_is_no_label_with_a_value(line: str) -> None:
    assert labelled(line, 0, len(line), WORDS) is None


@pytest.mark.parametrize(
    ("line", "role", "value"),
    [
        ("Owner: @alice ", Role.OWNER, "@alice"),
        ("**Owner**: Bob", Role.OWNER, "Bob"),
        ("**Due date:** 2026-02-15", Role.DUE, "2026-02-15"),
        ("Priority:", Role.PRIORITY, ""),
        ("担当：田中", Role.OWNER, "田中"),
        ("Échéance : 2026-02-15", Role.DUE, "2026-02-15"),
    ],
)
def test_a_label_says_what_the_value_is(line: str, role: Role, value: str) -> None:
    found = labelled(line, 0, len(line), WORDS)
    assert found is not None
    assert (found[0], line[found[1].start : found[1].end]) == (role, value)


@pytest.mark.parametrize(
    "text",
    ["Blocked: requests from bots should be logged", "Closed: sockets must be counted", "Open - connections leak"],
)
def test_a_word_that_may_begin_a_sentence_is_no_status(text: str) -> None:
    assert (text, {}) == parts(text)


@pytest.mark.parametrize(
    "text", ["DONE: Add it", "Done: Add it", "todo: Add it", "**Blocked**: Add it", "完了： Add it"]
)
def test_a_word_that_begins_no_sentence_is_one(text: str) -> None:
    assert ("Add it", ["status"]) == (parts(text)[0], list(parts(text)[1]))


def test_the_dash_between_two_values_belongs_to_neither() -> None:
    text = "Plan it - Owner: @bob - Due: Mar 1, 2026"
    assert ("Plan it", {"owner": "@bob", "due": "Mar 1, 2026"}) == parts(text)


def test_a_number_behind_the_brackets_is_the_link() -> None:
    assert ("Plan three", {"owner": "@bob", "link": "#12"}) == parts("Plan three (@bob) #12")


def test_a_sentence_about_somebody_does_not_start_with_its_owner() -> None:
    assert item_text.leads("@bob will look into it", WORDS)
    assert not item_text.leads("Bob will look into it", WORDS)


def test_brackets_within_bold_are_marks_too() -> None:
    assert parts("**[P1]** Add it") == ("Add it", {"priority": "P1"})
