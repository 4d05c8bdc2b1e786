from pathlib import Path

import pytest

from tests.docs.pages import BEGIN, END, pages


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_the_page_is_what_make_docs_would_write(path: Path) -> None:
    assert pages()[path] == path.read_text("utf-8")


def test_what_people_wrote_around_the_made_part_stays() -> None:
    reference = next(text for path, text in pages().items() if path.name == "configuration.md")
    assert (1, 1, True) == (reference.count(BEGIN), reference.count(END), reference.startswith("# Configuration\n"))
