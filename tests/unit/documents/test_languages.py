"""The languages: a table and a list are read in each, and written in its words."""

import pytest

from tests.unit.documents.samples import item, read
from tracksync.documents import publication, rewrite
from tracksync.documents.wordlist import LANGUAGES
from tracksync.documents.words import WORDS, plain_word
from tracksync.model import Field, ItemEdit, Publication, SkipReason, Status

TABLES = {
    "ja": ("アクションアイテム", "| 対応内容 | 担当者 | 期限 | 優先度 | 状態 |", "高", "未着手", "完了"),
    "fr": (
        "Actions correctives",
        "| Action | Responsable | Échéance | Priorité | Statut |",
        "Haute",
        "À faire",
        "Terminé",
    ),
    "es": (
        "Acciones correctivas",
        "| Tarea | Dueño | Fecha límite | Prioridad | Estado |",
        "Alta",
        "Pendiente",
        "Completado",
    ),
    "pt": (
        "Ações preventivas",
        "| Ação | Responsável | Prazo | Prioridade | Situação |",
        "Alta",
        "Pendente",
        "Concluído",
    ),
    "de": ("Maßnahmen", "| Maßnahme | Verantwortlich | Fällig am | Priorität | Stand |", "Hoch", "Offen", "Erledigt"),
    "ru": (
        "План действий",
        "| Действие | Ответственный | Срок | Приоритет | Статус |",
        "Высокий",
        "Не начато",
        "Готово",
    ),
    "ko": ("후속 조치", "| 조치 내용 | 담당자 | 기한 | 우선순위 | 상태 |", "높음", "시작 전", "완료"),
    "zh": ("改进措施", "| 措施 | 负责人 | 截止日期 | 优先级 | 状态 |", "高", "未开始", "已完成"),
    "it": (
        "Azioni correttive",
        "| Azione | Responsabile | Scadenza | Priorità | Stato |",
        "Alta",
        "Da fare",
        "Completato",
    ),
    "nl": ("Actiepunten", "| Actie | Eigenaar | Vervaldatum | Prioriteit | Status |", "Hoog", "Te doen", "Gereed"),
    "no": ("Aksjonspunkter", "| Aksjon | Eier | Frist | Prioritet | Status |", "Høy", "Ikke startet", "Ferdig"),
    "tr": ("Aksiyon öğeleri", "| Aksiyon | Sahip | Tarih | Öncelik | Durum |", "Yüksek", "Açık", "Tamamlandı"),
    "pl": (
        "Działania naprawcze",
        "| Działanie | Właściciel | Termin | Priorytet | Stan |",
        "Wysoki",
        "Otwarte",
        "Zakończone",
    ),
    "uk": ("План дій", "| Дія | Відповідальний | Термін | Пріоритет | Стан |", "Високий", "Відкрито", "Виконано"),
    "vi": (
        "Hành động khắc phục",
        "| Hành động | Người phụ trách | Thời hạn | Ưu tiên | Trạng thái |",
        "Cao",
        "Chưa bắt đầu",
        "Hoàn thành",
    ),
    "id": (
        "Tindak lanjut",
        "| Tindakan | Penanggung jawab | Tenggat | Prioritas | Kemajuan |",
        "Tinggi",
        "Belum dimulai",
        "Selesai",
    ),
    "sv": ("Åtgärder", "| Åtgärd | Ansvarig | Förfallodatum | Prioritet | Status |", "Hög", "Ej påbörjad", "Klar"),
}


@pytest.mark.parametrize("language", TABLES)
def test_a_table_is_read_and_its_status_is_written_in_its_language(language: str) -> None:
    heading, header, priority, status, done = TABLES[language]
    text = f"## {heading}\n\n{header}\n|---|---|---|---|---|\n| x | @alice | 2026-12-01 | {priority} | {status} |\n"
    one = item(text)
    assert (one.owners, one.due, one.priority, one.status) == (("alice",), "2026-12-01", "P1", Status.NOT_STARTED)
    result = rewrite("a.md", text.encode(), [ItemEdit(0, Field.STATUS, "complete"), ItemEdit(0, Field.PRIORITY, "P3")])
    after = item(result.data.decode())
    assert (result.problems, after.status_raw, after.status, after.priority) == ((), done, Status.COMPLETE, "P3")


def test_a_french_list_of_measures_is_one_of_action_items() -> None:
    header = "|Mesure à prendre|Type|Responsable|# de problème|Niveau de priorité|Complet|\n|-|-|-|-|-|-|\n"
    rows = "|Ajouter une alerte|Détecter|@ann|#12|P0|En cours|\nLe guide|||\n | | | | | |"
    text = f"## Éléments d’action :\n\n{header}{rows}"
    first, second, third = read(text).items
    assert (first.owners, first.link, first.priority, first.status) == (("ann",), "#12", "P0", Status.IN_PROGRESS)
    assert (second.action, third.skip) == ("Le guide", SkipReason.BLANK)


DAYS = {
    "en": ("Due: June 15, 2026", "Due: May 1, 2027"),
    "ja": ("期限: 2026年6月15日", "期限: 2027年5月1日"),
    "fr": ("Échéance : 15 juin 2026", "Échéance : 1 mai 2027"),
    "es": ("Plazo: 15 de junio de 2026", "Plazo: 1 de mayo de 2027"),
    "pt": ("Prazo: 15 de junho de 2026", "Prazo: 1 de maio de 2027"),
    "de": ("Frist: 15. Juni 2026", "Frist: 1. Mai 2027"),
    "ru": ("Срок: 15 июня 2026 г.", "Срок: 1 мая 2027 г."),
    "ko": ("기한: 2026년 6월 15일", "기한: 2027년 5월 1일"),
    "zh": ("截止日期：2026年6月15日", "截止日期：2027年5月1日"),
    "sv": ("Förfallodatum: 15 juni 2026", "Förfallodatum: 1 maj 2027"),
}


@pytest.mark.parametrize(("before", "after"), DAYS.values(), ids=DAYS)
@pytest.mark.parametrize("form", ["- x (@alice, {})\n", "- x ({})\n", "- x — {}\n", "- x\n  - {}\n"])
def test_a_day_in_words_is_read_and_written_in_its_language(before: str, after: str, form: str) -> None:
    text = "## Action Items\n\n" + form
    one = item(text.format(before))
    assert (one.action, one.due) == ("x", "2026-06-15")
    result = rewrite("a.md", text.format(before).encode(), [ItemEdit(0, Field.DUE, "2027-05-01")])
    assert (result.problems, result.data.decode()) == ((), text.format(after))


def test_a_day_takes_its_language_from_the_other_days_of_the_document() -> None:
    rows = "| A | 15 mars 2026 | x |\n| B | 2 maj 2026 | x |\n"
    text = f"## Åtgärder\n\n| Åtgärd | Förfallodatum | Ansvarig |\n|---|---|---|\n{rows}"
    result = rewrite("a.md", text.encode(), [ItemEdit(0, Field.DUE, "2027-05-01")])
    assert result.data.decode() == text.replace("15 mars 2026", "1 maj 2027")


def test_all_of_them_are_there() -> None:
    assert sorted(TABLES) == sorted(LANGUAGES)
    groups = set(LANGUAGES["fr"])
    assert all(set(words) - groups <= {"section hint", "family name", "honorific"} for words in LANGUAGES.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_language_keeps_its_meaning(language: str) -> None:
    for key, words in LANGUAGES[language].items():
        group, _, meaning = key.partition(" ")
        for word in words:
            known = {"status": WORDS.statuses, "priority": WORDS.priorities}.get(group, {})
            assert not known or known[plain_word(word)] == meaning


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**Statut** : Brouillon", Publication.HELD),
        ("**Estado**: Resuelto", Publication.PUBLISHED),
        ("**ステータス**：下書き", Publication.HELD),
        ("Статус: Черновик", Publication.HELD),
        ("**Status**: Entwurf", Publication.HELD),
        ("**状态**: 已发布", Publication.PUBLISHED),
    ],
)
def test_the_status_line_of_a_document_is_read_too(line: str, expected: Publication) -> None:
    assert read(f"# T\n\n{line}\n").publication is expected
    assert publication.of("Keskeneräinen", WORDS) is Publication.UNKNOWN
