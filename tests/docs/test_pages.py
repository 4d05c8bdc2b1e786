from pathlib import Path

import pytest

from tests.docs.pages import END, PAGES, begin, filled, pages


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_the_page_is_what_make_docs_would_write(path: Path) -> None:
    assert pages()[path] == path.read_text("utf-8")


def test_each_made_part_is_there_once() -> None:
    made = {path.name: text for path, text in pages().items()}
    for name, sources in PAGES.items():
        assert [1] * len(sources) == [made[name].count(begin(source)) for source in sources]
        assert len(sources) == made[name].count(END)


def test_what_people_wrote_around_the_made_part_stays() -> None:
    page = f"before\n{begin('x')}old\n{END}after\n"
    assert f"before\n{begin('x')}new\n\n{END}after\n" == filled(page, "x", ["new"])
