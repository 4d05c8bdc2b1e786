import re

from tests.docs.picture import ABOUT, PICTURE, TITLE, drawn, plan_lines, shown


def test_the_picture_shows_the_plan_of_today() -> None:
    plan = [line for line in plan_lines() if line]
    assert ["$ tracksync plan", *plan] == shown(PICTURE.read_text("utf-8")) == shown(drawn())


def test_the_picture_loads_nothing_and_says_what_it_shows() -> None:
    for svg in (PICTURE.read_text("utf-8"), drawn()):
        assert ["http://www.w3.org/2000/svg"] == re.findall(r"https?:[^\"' )]+", svg)
        assert [] == re.findall(r"@font-face|@import|url\((?!#)", svg)
        assert (1, 1) == (svg.count(f">{TITLE}</title>"), svg.count(f">{ABOUT}</desc>"))
