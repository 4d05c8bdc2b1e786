"""What a template says in the place of an action: what somebody may have written comes first."""

import pytest

from tests.unit.documents.samples import item, read, table
from tracksync.documents.unfilled import exemplary, nameless
from tracksync.documents.words import WORDS
from tracksync.model import SkipReason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Add an alert",
        "Describe the process",
        "Describe the failover in the runbook",
        "Follow up on the action items",
        "Action item owners get a reminder",
        "Example configuration: update it",
        "Update the example",
        "Add an alert (see the example)",
        "I. Rotate the keys",
        "Fill the queue",
        "Description of the alert is wrong",
        "Décrire la procédure",
        "対応手順を見直す",
        "アラートを追加する",
        "작업 큐를 늘린다",
        "描述流程",
        "x" * 100 + " action",
    ],
)
def test_somebody_wrote_this(text: str) -> None:
    assert not exemplary(text, WORDS)
    assert not nameless(text, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "Example: add an alert",
        "Example 1: add an alert",
        "For example: add an alert",
        "e.g. add an alert",
        "E.g., add an alert",
        "Add an alert (example)",
        "Add an alert [Example]",
        "Describe the action",
        "Description of action",
        "Action item description",
        "Action 1: Description",
        "Brief description of the corrective action",
        "Enter action here",
        "Décrire l'action",
        "Description de l'action",
        "Ex. : ajouter une alerte",
        "Par exemple : ajouter une alerte",
        "Descripción de la acción",
        "Ejemplo: añadir una alerta",
        "Descreva a ação aqui",
        "Beschreibung der Maßnahme",
        "z. B. Alarm ergänzen",
        "Beispiel: Alarm ergänzen",
        "Опишите действие",
        "Например: добавить",
        "対応内容を記入",
        "例：アラートを追加",
        "작업 내용을 입력하세요",
        "예: 알림 추가",
        "请描述措施",
        "例如：添加告警",
        "Beskriv åtgärden här".replace("åtgärden", "åtgärd"),
    ],
)
def test_a_template_says_this(text: str) -> None:
    assert exemplary(text, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "Action item 1",
        "Action 2",
        "Task #3",
        "Action A",
        "Acción 1",
        "Tâche 1",
        "Maßnahme 1",
        "Задача 1",
        "アクション1",
        "조치 1",
        "措施一个",
    ],
)
def test_a_mere_number_is_no_name(text: str) -> None:
    assert nameless(text, WORDS)
    assert not exemplary(text, WORDS)


@pytest.mark.parametrize("text", ["*Example: add an alert*", "Describe the action", "Action item 1", "Placeholder"])
def test_such_a_row_is_skipped(text: str) -> None:
    assert item(f"## Action Items\n\n- {text}\n").skip is SkipReason.PLACEHOLDER
    assert read(table(f"| {text} | | | | |")).items[0].skip is SkipReason.PLACEHOLDER


def test_a_row_without_a_name_counts_where_somebody_or_a_day_is_given() -> None:
    rows = ("| Task 1 | @alice | | | |", "| Task 2 | | 2026-03-01 | | |", "| Task 3 | TBD | | P1 | Open |")
    assert [one.skip for one in read(table(*rows)).items] == [None, None, SkipReason.PLACEHOLDER]
    assert read(table("| Describe the action | @alice | 2026-03-01 | P1 | |")).items[0].skip is SkipReason.PLACEHOLDER


def test_what_has_an_issue_is_tracked_whatever_it_says() -> None:
    assert item("## Action Items\n\n- Example: add an alert (#3)\n").skip is None
